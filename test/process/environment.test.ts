// What a process has around it: a clock, proxies, a client that goes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agree, sandbox, serve, smallWorld, temporaryFolder } from "../support/harness.ts";
import { CERTIFICATE, endpoint, proxy, secureEndpoint } from "../support/http.ts";

const env = { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "y", TENCENTCLOUD_REGION: "ap-guangzhou" };
const answer = (Response: object) => JSON.stringify({ Response });

test("a clock off by an hour is corrected by the cloud's own; where that cannot be had, the answer says so", async () => {
  const box = await sandbox(smallWorld);
  const back = `data:text/javascript,${encodeURIComponent("const now = Date.now; Date.now = () => now() - 36e5")}`;
  const { call } = await serve(box, { real: true, env: { NODE_OPTIONS: `--import=${back}` } });
  expect((await call("DescribeRegion")).isError).toBe(false);
  const url = await endpoint((_request, response) => {
    response.sendDate = false;
    response.end(answer({ Error: { Code: "AuthFailure.SignatureExpire", Message: "expired" } }));
  });
  const { call: blind } = await serve(undefined, { args: ["--endpoint", url], env });
  expect((await blind("DescribeRegion")).text).toMatch(
    /SignatureExpire: expired\. This machine's clock differs.*more than five minutes: correct it/,
  );
});

test("a call goes through the proxy that the environment names, except where it says not to", async () => {
  const url = await secureEndpoint((_, response) => response.end(answer({ Result: [], RequestId: "r" })));
  const { port, targets } = await proxy();
  const certificate = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
  const through = await serve(undefined, {
    real: true,
    args: ["--endpoint", url],
    env: { ...env, ...certificate, https_proxy: `http://127.0.0.1:${port}` },
  });
  expect((await through.call("DescribeRegion")).isError).toBe(false);
  expect(targets).toEqual([new URL(url).host]);
  const around = await serve(undefined, {
    real: true,
    args: ["--endpoint", url],
    env: { ...env, ...certificate, https_proxy: `http://127.0.0.1:${port}`, no_proxy: "localhost" },
  });
  expect((await around.call("DescribeRegion")).isError).toBe(false);
  expect(targets).toHaveLength(1);
});

test("a client that leaves ends the looking", async () => {
  const dir = join(temporaryFolder(), "state");
  const server = await serve(await sandbox(smallWorld), {
    args: ["--wait", "600", "--state-dir", dir],
    answer: agree,
    real: true,
  });
  const args = { InstanceId: "ckafka-one", VipType: 3, AccessType: 0, VpcId: "vpc-2", SubnetId: "subnet-2" };
  const options = { onprogress: () => void server.client.close(), timeout: 60_000 };
  const { structuredContent } = await server.client.callTool(
    { name: "CreateRoute", arguments: args },
    undefined,
    options,
  );
  expect((structuredContent as Record<string, unknown>)["(note)"]).toMatch(/^Still in progress/);
  const [audit = ""] = readdirSync(join(dir, "audit")).filter((name) => name.endsWith(".jsonl"));
  const lines = readFileSync(join(dir, "audit", audit), "utf8")
    .trim()
    .split("\n");
  expect(JSON.parse(lines.at(-1) ?? "").event).toBe("followed");
});
