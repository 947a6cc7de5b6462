import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { inRoot } from "../support/paths.ts";

test("the demo's story holds from beginning to end", () => {
  const text = execFileSync(process.execPath, ["--import", "tsx", inRoot("demo/story.ts")], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  expect(text).toMatch(/0 +│ 'ckafka-shop7k2m' +│ 'invoice-mailer' +│ 'Empty' +│ 4560\d/);
  expect(text).toContain("not JSON:");
  expect(text).toMatch(/offset 9600 → 55201: skips 45,601 messages/);
  expect(text).toMatch(/the person typed "yes" where "invoice-mailer" was asked for\. Nothing was changed/);
  expect(text).toContain("invoice-mailer: lag 45601 → 0");
  expect(text).toMatch(/the person typed "invoice" where "invoices" was asked for\. Nothing was changed/);
  expect(text).toContain("Topics before: 13, after: 13.");
});
