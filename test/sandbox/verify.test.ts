// What the sandbox lets in, request by request, with a signer of the test's own making where the client's is too correct.
import { expect, test } from "vitest";
import { cases, post } from "../support/forged.ts";

test.each(cases)("%s: %s", async (_, change, code) => {
  expect(await post(change)).toBe(code);
});
