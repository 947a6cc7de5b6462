// The control endpoint over HTTP, and what the official SDK then sees.
import { request } from "node:http";
import { expect, test } from "vitest";
import { controlled, smallWorld, smallWorldWith } from "../support/harness.ts";

const one = { InstanceId: "ckafka-one" };

async function start() {
  const { client, ...others } = await controlled(smallWorld);
  const topics = async () => (await client.DescribeTopic(one)).Result?.TopicList?.map((t) => t.TopicName);
  const create = (TopicName: string) => client.CreateTopic({ ...one, TopicName, PartitionNum: 1, ReplicaNum: 1 });
  return { ...others, client, topics, create };
}

test("the world is dumped, changed, compared and put back", async () => {
  const { ask, topics, create } = await start();
  const { body: before } = await ask("GET /world");
  expect(before.dump).toBe(1);
  await create("new");
  const { body: compared } = await ask("POST /diff", { before });
  expect(compared.differences).toContainEqual(
    expect.stringMatching(/^regions\.ap-guangzhou\.instances\[one\]\.topics\[new\]: nothing → \{/),
  );
  const { body: after } = await ask("GET /world");
  expect((await ask("POST /diff", { before: after, after: before })).body.differences).toContainEqual(
    expect.stringMatching(/topics\[new\]: .+ → nothing$/),
  );
  expect(await ask("PUT /world", before)).toMatchObject({ status: 200, body: { mode: "standing" } });
  expect((await ask("GET /world")).body).toEqual(before);
  expect(await topics()).toEqual(["events", "quiet"]);
  await ask("PUT /world", smallWorldWith({ topics: [{ name: "other", partitions: 1 }], groups: [], dataHubs: {} }));
  expect(await topics()).toEqual(["other"]);
});

test("the clock is moved", async () => {
  const { ask, client } = await start();
  const end = async () =>
    (await client.DescribeTopicSyncReplica({ ...one, TopicName: "events" })).Result?.TopicInSyncReplicaList?.[0]
      ?.EndOffset;
  const at = (time: string) => ({ status: 200, body: { mode: "standing", at: `2026-03-02T${time}.000Z` } });
  expect(await ask("GET /clock")).toEqual(at("09:00:00"));
  expect(await end()).toBe(101);
  expect(await ask("POST /clock", { step: "90s" })).toEqual(at("09:01:30"));
  expect(await end()).toBe(191);
  expect(await ask("POST /clock", { step: 500 })).toMatchObject({ body: { at: "2026-03-02T09:01:30.500Z" } });
  expect(await ask("POST /clock", { at: "2026-03-02T10:00:00Z" })).toEqual(at("10:00:00"));
  expect(await ask("POST /clock", { run: true })).toMatchObject({ body: { mode: "running" } });
  expect(await ask("POST /clock", { stand: true, step: "1h" })).toMatchObject({ body: { mode: "standing" } });
});

test("faults are met by action, as often as was asked, and the SDK sees them", async () => {
  const { ask, client, topics, create } = await start();
  const outcome = (call: Promise<unknown>) =>
    call.then(
      () => "ok",
      (error) => error.code ?? error.message,
    );

  await ask("POST /faults", { action: "DescribeTopic", count: 2, code: "InternalError", message: "m" });
  expect(await outcome(client.DescribeRegion({}))).toBe("ok");
  await expect(client.DescribeTopic(one)).rejects.toMatchObject({ code: "InternalError", message: "m" });
  expect(await outcome(topics())).toBe("InternalError");
  expect(await outcome(topics())).toBe("ok");

  // Refused without, and with, having been carried out.
  await ask("POST /faults", { action: "CreateTopic", code: "FailedOperation" });
  expect(await outcome(create("never"))).toBe("FailedOperation");
  await ask("POST /faults", { action: "CreateTopic", code: "InternalError", after: true });
  expect(await outcome(create("though"))).toBe("InternalError");
  expect(await topics()).toEqual(["events", "quiet", "though"]);
  await client.DeleteTopic({ ...one, TopicName: "quiet" });

  // No answer at all, before and after.
  await ask("POST /faults", { action: "CreateTopic", drop: true });
  expect(await outcome(create("lost"))).toMatch(/socket hang up|ECONNRESET/);
  await ask("POST /faults", { action: "CreateTopic", drop: true, after: true });
  expect(await outcome(create("unknown"))).toMatch(/socket hang up|ECONNRESET/);
  expect(await topics()).toEqual(["events", "though", "unknown"]);

  // An answer that comes after the delay: what is asked meanwhile comes first.
  await ask("POST /faults", { action: "DescribeTopic", delay: 1500 });
  const order: string[] = [];
  await Promise.all([
    topics().then(() => order.push("delayed")),
    client.DescribeRegion({}).then(() => order.push("other")),
  ]);
  expect(order).toEqual(["other", "delayed"]);

  await ask("POST /faults", { action: "*", count: 9, code: "RequestLimitExceeded" });
  expect(await outcome(client.DescribeRegion({}))).toBe("RequestLimitExceeded");
  expect((await ask("GET /faults")).body).toMatchObject([{ action: "*", count: 8 }]);
  expect(await ask("DELETE /faults")).toEqual({ status: 200, body: [] });
  expect(await outcome(topics())).toBe("ok");
});

test("what is wrong with a request is said, and nothing happens", async () => {
  const { ask, control } = await start();
  const before = (await ask("GET /world")).body;
  const cases: [string, unknown, number, RegExp][] = [
    ["GET /worlds", undefined, 404, /^there is no GET \/worlds; there are GET \/world, PUT \/world/],
    ["POST /clock", undefined, 400, /needs a body/],
    ["POST /clock", "{", 400, /^the body is not JSON: /],
    ["POST /clock", {}, 400, /^give stand, run, step or at$/],
    ["POST /clock", { stop: true }, 400, /unknown field stop \(did you mean step\?\)/],
    ["POST /clock", { step: "soon" }, 400, /^step: /],
    ["POST /clock", { run: true, stand: true }, 400, /cannot stand and run/],
    ["POST /clock", { at: "2026-03-02T08:00:00Z" }, 400, /goes only forward/],
    ["POST /faults", { action: "DescribeTopics", code: "x" }, 400, /^action: there is no DescribeTopics$/],
    ["POST /faults", { action: "DescribeTopic" }, 400, /^give delay, code, drop or outcome$/],
    [
      "POST /faults",
      { action: "CreateTopic", outcome: "fail" },
      400,
      /^outcome: CreateTopic is over when it answers; .*CreateRoute/,
    ],
    ["POST /faults", { action: "*", outcome: "fail" }, 400, /^outcome: \* is over/],
    [
      "POST /faults",
      { action: "CreateRoute", outcome: "fail", drop: true },
      400,
      /^what is not carried out has no outcome/,
    ],
    ["POST /faults", { action: "DescribeTopic", count: 0, drop: true }, 400, /^count: /],
    ["POST /faults", { action: "*", code: "x", drop: true }, 400, /give code or drop/],
    ["POST /diff", { before: smallWorld }, 400, /must be dumps/],
    ["PUT /world", { regions: {}, seeds: "s" }, 400, /^world sent is not valid: .*did you mean seed/],
    ["PUT /world", { dump: 1 }, 400, /^dump sent is not valid: clock: Required/],
  ];
  for (const [route, body, status, error] of cases)
    expect(await ask(route, body), route).toEqual({ status, body: { error: expect.stringMatching(error) } });
  expect((await ask("GET /world")).body).toEqual(before);

  // A page in a browser, by its origin or by a name that leads to loopback.
  for (const headers of [{ origin: "https://example.com" }, { host: "example.com" }]) {
    const status = await new Promise((resolve, reject) =>
      request(`${control.url}/world`, { headers }, (r) => resolve(r.resume().statusCode))
        .on("error", reject)
        .end(),
    );
    expect(status).toBe(403);
  }
});
