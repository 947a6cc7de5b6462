// What goes wrong between the server and the cloud, seen from the agent's side.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent } from "undici";
import { expect, test } from "vitest";
import { createClient } from "../../../src/cloud/client.ts";
import { fixed, fromEnvironment, renewing } from "../../../src/cloud/credentials/source.ts";
import { hostsOf } from "../../../src/cloud/endpoints.ts";
import { noLimiter } from "../../../src/cloud/limiter.ts";
import type { CloudError } from "../../../src/model/errors.ts";
import { ckafka } from "../../../tools/ckafka/service.ts";
import { afterTest, agree, sandbox, serve, smallWorld } from "../../support/harness.ts";
import { endpoint, secureEndpoint } from "../../support/http.ts";

const InstanceId = "ckafka-one";
const env = { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "y", TENCENTCLOUD_REGION: "ap-guangzhou" };
const answer = (Response: object) => JSON.stringify({ Response });
const plain = {
  credentials: fixed("test", { secretId: "AKIDx", secretKey: "y" }),
  limiter: noLimiter,
  timeout: 10_000,
  share: () => 0.01,
};
const describeRegion = {
  service: ckafka,
  action: "DescribeRegion",
  region: "ap-guangzhou",
  input: {},
  changes: false,
  perSecond: 100,
};

/** Nobody listens there, and no other process can be given this port, as it could one that was just closed. */
const CLOSED = "http://127.0.0.1:1";

test("no credentials: says which variables to set", async () => {
  const { call, client } = await serve(undefined, { env: { TENCENTCLOUD_REGION: "ap-guangzhou" } });
  expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  expect((await call("DescribeInstances")).text).toMatch(
    /NoCredentials: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY not set\. Set .* or start it with --sandbox/,
  );
});

test("no region: says how to give one", async () => {
  const { call } = await serve(undefined, { env: { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "y" } });
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

test("an endpoint that refuses: nothing was changed, check the network", async () => {
  const { call } = await serve(undefined, { args: ["--endpoint", CLOSED, "--timeout", "0.3"], env, answer: agree });
  expect((await call("DescribeInstances")).text).toMatch(
    /Unreachable: http:.*: ECONNREFUSED\. Check the network and --endpoint/,
  );
  expect((await call("CreateConsumer", { InstanceId, GroupName: "g", TopicName: "t" })).text).toMatch(
    /ECONNREFUSED.*Nothing was changed\.$/,
  );
});

test("an endpoint that stays silent: the call ends after --timeout, and a change's outcome is unknown", async () => {
  const url = await endpoint(() => {});
  const { call } = await serve(undefined, { args: ["--endpoint", url, "--timeout", "0.2"], env, answer: agree });
  expect((await call("DescribeInstances")).text).toMatch(
    /Timeout: http:.*: no answer within .* s\. Give the server a longer --timeout/,
  );
  const change = await call("CreateConsumer", { InstanceId, GroupName: "g", TopicName: "t" });
  expect(change.text).toMatch(
    /unknown whether the change was carried out: DescribeConsumerGroup tells; look before you repeat it/,
  );
});

test.each([
  ["HTML", "<html><body>Bad gateway</body></html>"],
  ["an empty body", ""],
  ["JSON of another kind", '{"ok":true}'],
  ["null", "null"],
  ["half an answer", '{"Response":{"Result":'],
])("%s instead of an answer: says what came", async (_, body) => {
  const url = await endpoint((_request, response) => response.writeHead(404).end(body));
  const { call } = await serve(undefined, { args: ["--endpoint", url], env });
  const { text } = await call("DescribeInstances");
  expect(text).toMatch(
    /BadAnswer: HTTP 404 with something that is not an answer of the API: .*what answers there is not the API/,
  );
  expect(text).toContain(JSON.stringify(body.slice(0, 20)).slice(1, -1));
});

/** Answers of a server, one a request; the last is repeated. */
type Behaviour = (response: ServerResponse, request: IncomingMessage) => unknown;
const fine: Behaviour = (response) => response.end(answer({ Result: [], RequestId: "r" }));
const problem =
  (Code: string): Behaviour =>
  (response) =>
    response.end(answer({ Error: { Code, Message: "m" }, RequestId: "r" }));
const html =
  (status: number): Behaviour =>
  (response) =>
    response.writeHead(status).end("<html></html>");
const cut: Behaviour = (response) => {
  response.writeHead(200, { "content-length": "1000" }).write('{"Response":');
  setTimeout(() => response.destroy(), 20);
};
const reset: Behaviour = (response) => response.destroy();
const redirect: Behaviour = (response, request) =>
  response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
const silent: Behaviour = () => {};

/** Sends one call to a server that behaves so; the outcome and how many requests reached it. */
async function outcome(behaviours: Behaviour[], changes: boolean, timeout = 3_000) {
  let requests = 0;
  const url = await endpoint((request, response) => {
    request.resume();
    (behaviours[Math.min(requests++, behaviours.length - 1)] as Behaviour)(response, request);
  });
  const { send, close } = createClient({ ...plain, url: () => url, timeout });
  afterTest(close);
  const result = await send({ ...describeRegion, changes }).then(
    () => "done",
    (error: CloudError) => `${error.code} ${error.executed}`,
  );
  return { result, requests };
}

test.each([
  // what the server does, then: a read's outcome and requests, a change's outcome and requests
  ["a reset", [reset, fine], "done", 2, "Lost unknown", 1],
  ["a body cut off", [cut, fine], "done", 2, "Lost unknown", 1],
  ["502 with HTML", [html(502), fine], "done", 2, "BadAnswer unknown", 1],
  ["503 with an error of the API", [problem("ServiceUnavailable"), fine], "done", 2, "ServiceUnavailable unknown", 1],
  ["429 with HTML", [html(429), fine], "done", 2, "done", 2],
  [
    "a rate limit",
    [problem("RequestLimitExceeded"), problem("RequestLimitExceeded.UinLimitExceeded"), fine],
    "done",
    3,
    "done",
    3,
  ],
  ["an internal error", [problem("InternalError.Db"), fine], "done", 2, "InternalError.Db unknown", 1],
  ["a refusal", [problem("InvalidParameterValue"), fine], "InvalidParameterValue no", 1, "InvalidParameterValue no", 1],
  ["a redirect", [redirect, fine], "BadAnswer unknown", 1, "BadAnswer unknown", 1],
  ["a login page", [html(200), fine], "BadAnswer unknown", 1, "BadAnswer unknown", 1],
  ["an answer without Response", [(r) => r.end("{}"), fine], "BadAnswer unknown", 1, "BadAnswer unknown", 1],
] as [string, Behaviour[], string, number, string, number][])(
  "%s",
  async (_, behaviours, read, readRequests, change, changeRequests) => {
    expect(await outcome(behaviours, false)).toEqual({ result: read, requests: readRequests });
    expect(await outcome(behaviours, true)).toEqual({ result: change, requests: changeRequests });
  },
);

test("silence before and after the headers ends at the deadline, repeated within it for a read only", async () => {
  const late: Behaviour = (response) => response.writeHead(200).write(" ");
  for (const behaviour of [silent, late]) {
    expect(await outcome([behaviour], true, 150)).toEqual({ result: "Timeout unknown", requests: 1 });
    expect(await outcome([behaviour], false, 150)).toEqual({ result: "Timeout unknown", requests: 1 });
  }
});

test("a read is given up after a few attempts", async () => {
  const { result, requests } = await outcome([html(503)], false, 60_000);
  expect(result).toBe("BadAnswer unknown");
  expect(requests).toBe(5);
});

test("a name that does not resolve and a certificate that does not hold: certainly not carried out", async () => {
  const unresolved = new Agent({
    connect: {
      lookup: (_name, _options, done) => done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), "", 4),
    },
  });
  const nowhere = createClient({
    ...plain,
    url: () => "https://api.nowhere",
    timeout: 500,
    dispatcher: unresolved,
  });
  await expect(nowhere.send({ ...describeRegion, changes: true })).rejects.toMatchObject({
    code: "Unreachable",
    executed: "no",
    message: expect.stringContaining("ENOTFOUND"),
  });
  const url = await secureEndpoint((request, response) => fine(response, request));
  const distrusting = createClient({ ...plain, url: () => url, timeout: 2_000 });
  await expect(distrusting.send({ ...describeRegion, changes: true })).rejects.toMatchObject({
    code: "Insecure",
    executed: "no",
  });
});

test("an answer of more than 50 MB is not read to its end", async () => {
  let written = 0;
  const url = await endpoint((_request, response) => {
    response.on("close", () => clearInterval(timer));
    const chunk = Buffer.alloc(4 * 1024 * 1024, 0x20);
    const timer = setInterval(() => {
      if (written < 200 * 1024 * 1024 && response.write(chunk)) written += chunk.length;
    }, 1);
  });
  const { send } = createClient({ ...plain, url: () => url, timeout: 20_000 });
  await expect(send(describeRegion)).rejects.toMatchObject({
    code: "AnswerTooLarge",
    message: expect.stringContaining("50 MB"),
  });
  expect(written).toBeLessThan(80 * 1024 * 1024);
});

test("a token that the cloud refuses is renewed once", async () => {
  let issued = 0;
  const source = renewing("test", async () => {
    issued += 1;
    return {
      credential: { secretId: `id${issued}`, secretKey: "k", token: `t${issued}` },
      expires: Date.now() + 3_600_000,
    };
  });
  const tokens: unknown[] = [];
  const url = await endpoint((request, response) => {
    tokens.push(request.headers["x-tc-token"]);
    (tokens.length === 1 ? problem("AuthFailure.TokenFailure") : fine)(response, request);
  });
  const { send } = createClient({ ...plain, url: () => url, credentials: source });
  await send({ ...describeRegion, changes: true });
  expect(tokens).toEqual(["t1", "t2"]);
  const stubborn = await endpoint((request, response) => problem("AuthFailure.TokenFailure")(response, request));
  const { send: refused } = createClient({ ...plain, url: () => stubborn, credentials: source });
  await expect(refused(describeRegion)).rejects.toMatchObject({ code: "AuthFailure.TokenFailure", executed: "no" });
  expect(issued).toBe(3);
});

test("each region has its host, and a finance zone only its own", () => {
  const host = "ckafka.tencentcloudapi.com";
  expect(hostsOf(host)("ap-guangzhou", "near")).toBe("https://ckafka.tencentcloudapi.com");
  expect(hostsOf(host)("ap-guangzhou", "regional")).toBe("https://ckafka.ap-guangzhou.tencentcloudapi.com");
  expect(hostsOf(host)("ap-singapore", "international")).toBe("https://ckafka.intl.tencentcloudapi.com");
  for (const access of ["near", "regional", "international"] as const)
    expect(hostsOf(host)("ap-shanghai-fsi", access)).toBe("https://ckafka.ap-shanghai-fsi.tencentcloudapi.com");
});

test("integers beyond 2^53 keep every digit, both ways", async () => {
  let body = "";
  const url = await endpoint(async (request, response) => {
    for await (const chunk of request) body += chunk;
    response.end(
      '{"Response":{"Result":{"TopicList":[{"Topic":"t","Partitions":[{"Partition":0,"Offset":9223372036854775807,"Lag":1}]}]},"RequestId":"r"}}',
    );
  });
  const { call } = await serve(undefined, { args: ["--endpoint", url, "--confirm", "ticket"], env });
  const read = await call("FetchMessageByOffset", { InstanceId, Topic: "t", Partition: 0, Offset: "9007199254740993" });
  expect(body).toContain('"Offset":9007199254740993');
  expect(read.text).toContain('"Offset":9223372036854775807');
  expect(read.data.Result.TopicList[0].Partitions[0].Offset).toBe("9223372036854775807");
  expect(
    (await call("FetchMessageByOffset", { InstanceId, Topic: "t", Partition: 0, Offset: "-9007199254740993" })).text,
  ).toMatch(/Offset must be at least 0/);
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
    args: ["--endpoint", url, "--region", "ap-tokyo", "--language", "en-US"],
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
    "x-tc-language": "en-US",
    "x-tc-token": "tok",
    authorization: expect.stringMatching(
      /^TC3-HMAC-SHA256 Credential=AKIDx\/\d{4}-\d\d-\d\d\/ckafka\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/,
    ),
  });
  expect(seen[1]).toMatchObject({ "x-tc-region": "ap-seoul" });
});

test("credentials come from the environment, the token under each name that Tencent Cloud's tools use", () => {
  const both = { TENCENTCLOUD_SECRET_ID: " id ", TENCENTCLOUD_SECRET_KEY: "key" };
  expect(fromEnvironment(both)).toEqual({ secretId: "id", secretKey: "key" });
  expect(fromEnvironment({ ...both, TENCENTCLOUD_TOKEN: "a" })).toMatchObject({ token: "a" });
  expect(fromEnvironment({ ...both, TENCENTCLOUD_SECURITY_TOKEN: "c" })).toMatchObject({ token: "c" });
  expect(fromEnvironment({ ...both, TENCENTCLOUD_SESSION_TOKEN: "b", TENCENTCLOUD_TOKEN: "a" })).toMatchObject({
    token: "b",
  });
  expect(fromEnvironment({ TENCENTCLOUD_SECRET_ID: "id" })).toBeUndefined();
});
