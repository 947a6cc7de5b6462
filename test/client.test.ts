// What goes wrong between the server and the cloud, seen from the agent's side.
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { createClient } from "../src/cloud/client.ts";
import { credentialFromEnvironment } from "../src/cloud/credentials.ts";
import { CloudError } from "../src/errors.ts";
import { afterTest, agree, sandbox, serve, smallWorld } from "./harness.ts";

const InstanceId = "ckafka-one";
const env = { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "y", TENCENTCLOUD_REGION: "ap-guangzhou" };

async function endpoint(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test("no credentials: says which variables to set", async () => {
  const { call, client } = await serve(undefined, { env: { TENCENTCLOUD_REGION: "ap-guangzhou" } });
  expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  expect((await call("DescribeInstances")).text).toMatch(
    /NoCredentials: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY not set\. Set .* or start it with --sandbox/,
  );
});

test("no region: says how to give one", async () => {
  const { call } = await serve(undefined, { env: { ...env, TENCENTCLOUD_REGION: "" } });
  expect((await call("DescribeInstances")).text).toMatch(
    /no region: pass Region, or set TENCENTCLOUD_REGION or --region\. Nothing was sent/,
  );
});

test("a wrong secret: says which variable to check", async () => {
  const { call } = await serve(await sandbox(smallWorld), { env: { TENCENTCLOUD_SECRET_KEY: "wrong" } });
  const { text } = await call("DescribeInstances");
  expect(text).toMatch(
    /AuthFailure\.SignatureFailure.*TENCENTCLOUD_SECRET_KEY does not belong to TENCENTCLOUD_SECRET_ID.*RequestId/,
  );
});

test("an unknown id: says which variable to check", async () => {
  const { call } = await serve(await sandbox(smallWorld), { env: { TENCENTCLOUD_SECRET_ID: "AKIDgone" } });
  expect((await call("DescribeInstances")).text).toMatch(
    /AuthFailure\.SecretIdNotFound.*TENCENTCLOUD_SECRET_ID does not exist or is disabled/,
  );
});

test("a clock off by an hour: says so", async () => {
  const box = await sandbox(smallWorld);
  const { send } = createClient({
    service: "ckafka",
    version: "2019-08-19",
    endpoint: box.url,
    credential: () => box.credential,
    timeout: 5_000,
    now: () => Date.now() - 3_600_000,
  });
  await expect(send({ action: "DescribeRegion", region: "ap-guangzhou", input: {} })).rejects.toMatchObject({
    code: "AuthFailure.SignatureExpire",
    message: expect.stringContaining("3600 s"),
  });
  // The same over stdio, with the process's own clock set back.
  const back = `data:text/javascript,${encodeURIComponent("const now = Date.now; Date.now = () => now() - 36e5")}`;
  const { call } = await serve(box, { env: { NODE_OPTIONS: `--import=${back}` } });
  expect((await call("DescribeRegion")).text).toMatch(
    /SignatureExpire.*This machine's clock differs.*more than five minutes: correct it/,
  );
});

test("an endpoint that refuses: nothing was changed, check the network", async () => {
  const { call } = await serve(undefined, { args: ["--endpoint", await closedPort(), "--confirm", "ticket"], env });
  expect((await call("DescribeInstances")).text).toMatch(
    /Unreachable: http:.* could not be reached \(ECONNREFUSED\)\. Check the network and --endpoint/,
  );
});

test("an endpoint that stays silent: the call ends after --timeout, and a change's outcome is unknown", async () => {
  const url = await endpoint(() => {});
  const { call } = await serve(undefined, { args: ["--endpoint", url, "--timeout", "1"], env, answer: agree });
  expect((await call("DescribeInstances")).text).toMatch(
    /Timeout: no answer from http:.* within 1 s\. Try again, or give the server a longer --timeout/,
  );
  const change = await call("CreateConsumer", { InstanceId, GroupName: "g", TopicName: "t" });
  expect(change.text).toMatch(/unknown whether the change was carried out: look before you repeat it/);
});

test.each([
  ["HTML", "<html><body>Bad gateway</body></html>"],
  ["an empty body", ""],
  ["JSON of another kind", '{"ok":true}'],
  ["null", "null"],
  ["half an answer", '{"Response":{"Result":'],
])("%s instead of an answer: says what came", async (_, body) => {
  const url = await endpoint((_request, response) => response.writeHead(502).end(body));
  const { call } = await serve(undefined, { args: ["--endpoint", url], env });
  const { text } = await call("DescribeInstances");
  expect(text).toMatch(
    /BadAnswer: HTTP 502 with something that is not an answer of the API: .*what answers there is not the API/,
  );
  expect(text).toContain(JSON.stringify(body.slice(0, 20)).slice(1, -1));
});

test("a connection that breaks: a change's outcome is unknown", async () => {
  const url = await endpoint((request) => request.socket.destroy());
  const { call } = await serve(undefined, { args: ["--endpoint", url], env, answer: agree });
  const change = await call("CreateConsumer", { InstanceId, GroupName: "g", TopicName: "t" });
  expect(change.text).toMatch(/Unreachable.*unknown whether the change was carried out/);
});

test("a call that the client cancels ends, and the next one works", async () => {
  let held = 0;
  const url = await endpoint((request, response) => {
    if (request.headers["x-tc-action"] === "DescribeRegion") response.end('{"Response":{"Result":[],"RequestId":"r"}}');
    else held += 1;
    request.socket.on("close", () => {
      held -= 1;
    });
  });
  const { client, call } = await serve(undefined, { args: ["--endpoint", url], env });
  const controller = new AbortController();
  const pending = client.callTool({ name: "DescribeInstances", arguments: {} }, undefined, {
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(), 300);
  await expect(pending).rejects.toThrow();
  expect((await call("DescribeRegion")).isError).toBe(false);
  await expect.poll(() => held).toBeLessThanOrEqual(0);
});

test("headers, region and token reach the cloud as documented", async () => {
  const seen: Record<string, unknown>[] = [];
  const url = await endpoint((request, response) => {
    seen.push({ ...request.headers, method: request.method, url: request.url });
    response.end('{"Response":{"Result":[],"RequestId":"r"}}');
  });
  const { call } = await serve(undefined, {
    args: ["--endpoint", url, "--region", "ap-tokyo"],
    env: { ...env, TENCENTCLOUD_TOKEN: "tok" },
  });
  await call("DescribeRegion");
  await call("DescribeRegion", { Region: "ap-seoul" });
  expect(seen[0]).toMatchObject({
    method: "POST",
    url: "/",
    "content-type": "application/json; charset=utf-8",
    "x-tc-action": "DescribeRegion",
    "x-tc-version": "2019-08-19",
    "x-tc-region": "ap-tokyo",
    "x-tc-token": "tok",
    authorization: expect.stringMatching(
      /^TC3-HMAC-SHA256 Credential=AKIDx\/\d{4}-\d\d-\d\d\/ckafka\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/,
    ),
  });
  expect(seen[1]).toMatchObject({ "x-tc-region": "ap-seoul" });
});

test("credentials come from the environment, the token under either name", () => {
  const both = { TENCENTCLOUD_SECRET_ID: " id ", TENCENTCLOUD_SECRET_KEY: "key" };
  expect(credentialFromEnvironment(both)).toEqual({ secretId: "id", secretKey: "key" });
  expect(credentialFromEnvironment({ ...both, TENCENTCLOUD_TOKEN: "a" })).toMatchObject({ token: "a" });
  expect(
    credentialFromEnvironment({ ...both, TENCENTCLOUD_SESSION_TOKEN: "b", TENCENTCLOUD_TOKEN: "a" }),
  ).toMatchObject({ token: "b" });
  expect(() => credentialFromEnvironment({ TENCENTCLOUD_SECRET_ID: "id" })).toThrow(CloudError);
  expect(() => credentialFromEnvironment({ TENCENTCLOUD_SECRET_ID: "id" })).toThrow(
    /^TENCENTCLOUD_SECRET_KEY not set$/,
  );
});
