// A dump is the whole world: loaded again it is the same one, now and later.
import fc from "fast-check";
import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import { expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox/server/http.ts";
import { LASTING, stagedModel } from "../../sandbox/server/staged.ts";
import defaultWorld from "../../sandbox/world/default.json" with { type: "json" };
import { diff } from "../../sandbox/world/diff.ts";
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { makeWorld, readWorld, WorldError } from "../../sandbox/world/world.ts";
import { afterTest, LOGS, SHOP, sandbox, smallWorld } from "../support/harness.ts";

const Client = ckafka.v20190819.Client;
type Call = [action: string, input: Record<string, unknown>];

const sender = ({ url, credential }: Sandbox) => {
  const httpProfile = { protocol: "http://", endpoint: url.replace("http://", "") };
  const client = new Client({ credential, region: "ap-guangzhou", profile: { httpProfile } });
  // What is refused is part of the story as well: it also takes an id.
  return ([action, input]: Call) =>
    client.request(action, input).catch(({ code, requestId }: { code: string; requestId: string }) => ({
      code,
      requestId,
    })) as Promise<Record<string, unknown>>;
};
const text = ({ world }: Sandbox) => JSON.stringify(dumpWorld(world));
/** Another sandbox on what the first was written down as. */
async function copyOf(box: Sandbox): Promise<Sandbox> {
  const copy = await startSandbox({ world: makeWorld(JSON.parse(text(box))) });
  afterTest(copy.close);
  return copy;
}

const shop = { InstanceId: SHOP };
const reads: Call[] = [
  ["DescribeInstances", {}],
  ["DescribeInstanceAttributes", shop],
  ["DescribeTopicDetail", { ...shop, Limit: 50 }],
  ["DescribeTopicAttributes", { ...shop, TopicName: "orders" }],
  ["DescribeTopicSyncReplica", { ...shop, TopicName: "orders" }],
  ["DescribeTopicFlowRanking", { ...shop, RankingType: "PRO" }],
  ["DescribeConsumerGroup", shop],
  ["DescribeGroup", shop],
  ["DescribeGroupInfo", { ...shop, GroupList: ["email-sender", "g1", "g4"] }],
  ["DescribeUser", shop],
  ["DescribeACL", { ...shop, ResourceType: 2 }],
  ["DescribeAclRule", shop],
  ["DescribeRoute", shop],
  ["DescribeThrottleRules", shop],
  ["DescribeConnectResources", {}],
  ["DescribeDatahubTasks", {}],
  ["DescribeDatahubTopics", {}],
  ["FetchMessageListByTimestamp", { ...shop, Topic: "orders", StartTime: 0 }],
  ["DescribeTopicDetail", { InstanceId: LOGS }],
  ["CreateConsumer", { ...shop, GroupName: "after", TopicName: "orders" }],
];

const word = fc.constantFrom("a", "b", "orders", "carts");
const number = fc.integer({ min: 1, max: 4 });
const change = fc.oneof(
  fc.tuple(word, number).map(
    ([TopicName, PartitionNum]): Call => [
      "CreateTopic",
      {
        ...shop,
        TopicName,
        PartitionNum,
        ReplicaNum: 2,
        Tags: [
          { TagKey: "z", TagValue: "1" },
          { TagKey: "a", TagValue: "2" },
        ],
      },
    ],
  ),
  word.map((TopicName): Call => ["DeleteTopic", { ...shop, TopicName }]),
  fc
    .tuple(word, number)
    .map(([TopicName, n]): Call => ["CreatePartition", { ...shop, TopicName, PartitionNum: 6 + n }]),
  fc
    .tuple(word, number)
    .map(
      ([TopicName, n]): Call => [
        "ModifyTopicAttributes",
        { ...shop, TopicName, RetentionMs: n * 3_600_000, QuotaProducerByteRate: n },
      ],
    ),
  fc.tuple(word, number).map(([TopicName, n]): Call => ["CreateConsumer", { ...shop, GroupName: `g${n}`, TopicName }]),
  number.map((n): Call => ["DeleteGroup", { ...shop, Group: `g${n}` }]),
  fc
    .tuple(word, number)
    .map(
      ([name, n]): Call => ["ModifyGroupOffsets", { ...shop, Group: `g${n}`, Strategy: 0, Shift: -n, Topics: [name] }],
    ),
  word.map((Name): Call => ["CreateUser", { ...shop, Name, Password: "p1" }]),
  word.map((Name): Call => ["DeleteUser", { ...shop, Name }]),
  word.map(
    (name): Call => [
      "CreateAcl",
      { ...shop, ResourceType: 2, ResourceName: name, Operation: 3, PermissionType: 3, Principal: "User:checkout" },
    ],
  ),
  number.map(
    (n): Call => ["CreateRoute", { ...shop, VipType: 3, AccessType: n, VpcId: "vpc-a", SubnetId: "subnet-a" }],
  ),
  fc.constant<Call>(["CreateThrottleRule", { ...shop, ThrottleType: 1, ClientIdList: ["c"], ConsumeThrottle: 3 }]),
  word.map(
    (name): Call => ["CreateDatahubTopic", { Name: `1300957330-${name}`, PartitionNum: 2, RetentionMs: 86_400_000 }],
  ),
  word.map(
    (name): Call => [
      "CreateDatahubTask",
      {
        TaskName: name,
        TaskType: "SOURCE",
        SourceResource: { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: SHOP, Topic: "orders" } },
        TargetResource: { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: SHOP, Topic: name, QpsLimit: 7 } },
      },
    ],
  ),
  fc
    .tuple(
      fc.constantFrom("Pause", "Resume", "Restart", "Delete"),
      fc.constantFrom("task-k8selast", "task-errindex", "task-webforms"),
    )
    .map(([what, TaskId]): Call => [`${what}DatahubTask`, { TaskId }]),
  fc.constant<Call>(["DeleteInstancePost", { InstanceId: LOGS }]),
  fc.constant<Call>(["RenewCkafkaInstance", { ...shop, TimeSpan: 1 }]),
  fc.constant<Call>(["ModifyInstancePre", { ...shop, BandWidth: 1000 }]),
);
const pause = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 400_000 }) }, fc.constant(8 * 86_400_000));
/** The world that ships, with a group whose members come and go. */
const comings = fc.array(fc.tuple(fc.option(fc.nat(900)), fc.option(fc.integer({ min: 900, max: 2_000 }))), {
  maxLength: 3,
});
function worldWith(members: [number | null, number | null][]) {
  const world = structuredClone(defaultWorld) as Loose;
  world.clock = { mode: "standing", at: "2026-03-02T09:00:00Z" };
  const seconds = (time: number | null) => (time === null ? undefined : `+${time}s`);
  world.regions["ap-guangzhou"].instances
    .find((i: Loose) => i.id === SHOP)
    .groups.push({
      name: "g4",
      members: members.map(([joined, left], i) => ({
        client: `c${i}`,
        host: "10.0.0.9",
        joined: seconds(joined),
        left: seconds(left),
      })),
      reads: { orders: { perSecond: 30, behind: 500 } },
    });
  return world;
}

test("whatever happened to a world, its dump loads to the same world, which goes on in the same way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(change, pause, fc.boolean()), { minLength: 4, maxLength: 16 }),
      comings,
      pause,
      async (story, members, later) => {
        const box = await sandbox(worldWith(members));
        const send = sender(box);
        for (const [call, wait, fails] of story) {
          if (fails && LASTING.includes(call[0]))
            box.staged.add(stagedModel.parse({ action: call[0], outcome: "fail" }));
          await send(call);
          box.clock.step(wait);
        }
        const copy = await copyOf(box);
        expect(diff(JSON.parse(text(box)), JSON.parse(text(copy)))).toEqual([]);
        expect(text(copy)).toBe(text(box));
        const sendToCopy = sender(copy);
        for (const both of [box, copy]) both.clock.step(later);
        for (const read of reads) expect(await sendToCopy(read), read[0]).toEqual(await send(read));
        expect(text(copy)).toBe(text(box));
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test("a dump of what a file says has everything in the order of the model", () => {
  const world = makeWorld(smallWorld);
  const dump = dumpWorld(world);
  expect(Object.keys(dump)).toEqual(["dump", "clock", "appId", "seed", "made", "region", "regions"]);
  expect(dump.clock).toEqual({ mode: "standing", at: Date.parse("2026-03-02T09:00:00Z") });
  const [quiet] = dump.regions["ap-guangzhou"]?.instances[0]?.topics.filter((t) => t.name === "quiet") ?? [];
  expect(quiet?.partitions[0]?.runs).toEqual([
    {
      from: 0,
      at: Date.parse("2026-03-02T08:50:00Z"),
      every: 0,
      count: 1,
      key: "a",
      value: "first",
      headers: null,
      literal: true,
    },
  ]);
});

test("a running clock goes on from the moment of the dump", () => {
  const world = readWorld();
  const dump = dumpWorld(world);
  expect(dump.clock.mode).toBe("running");
  const loaded = makeWorld(JSON.parse(JSON.stringify(dump)));
  expect(loaded.clock.stands()).toBe(false);
  expect(loaded.clock.now()).toBeGreaterThanOrEqual(dump.clock.at);
});

test.each([
  [(d: Loose) => Object.assign(d, { dump: 2 }), /dump file is not valid: dump: Invalid literal value, expected 1/],
  [(d: Loose) => Reflect.deleteProperty(d, "seed"), /seed: Required/],
  [(d: Loose) => Object.assign(topicOf(d), { notes: "" }), /topics\.0: unknown field notes \(did you mean note\?\)/],
  [
    (d: Loose) => Object.assign(topicOf(d).partitions[1], { number: 0 }),
    /regions\.ap-guangzhou\.instances\.0\.topics\.0\.partitions\.1\.number: it is 0; in the order of the list it must be 1/,
  ],
  [
    (d: Loose) => void topicOf(d).partitions[0].runs.push({ ...run, from: -1 }),
    /partitions\.0\.runs\.[01]: it (goes back to offset -1|has no end)/,
  ],
  [
    (d: Loose) => Object.assign(topicOf(d, 1).partitions[0], { begin: 2 }),
    /begin: 2 is not in the log; it must be 0 to 1/,
  ],
  [(d: Loose) => Object.assign(topicOf(d, 1), { partitions: [] }), /topics\.1\.partitions: there is none/],
  [
    (d: Loose) => Object.assign(topicOf(d, 1), { name: "events" }),
    /topics\.1\.name: events is taken by regions\.ap-guangzhou\.instances\.0\.topics\.0; it must differ/,
  ],
  [
    (d: Loose) => Object.assign(groupOf(d).positions[1], { topic: "event" }),
    /groups\.0\.positions\.1\.topic: topic event does not exist; did you mean events\?/,
  ],
  [
    (d: Loose) => Object.assign(groupOf(d).positions[1], { partition: 7 }),
    /positions\.1\.partition: events\/7 does not exist; partitions are 0 to 1/,
  ],
  [
    (d: Loose) => Object.assign(groupOf(d).positions[1], { partition: 0 }),
    /positions\.1: events\/0 stands there twice/,
  ],
  [
    (d: Loose) => Object.assign(groupOf(d).positions[0], { offset: -2 }),
    /positions\.0\.offset: -2 is no offset; it must be 0 or more, or -1 where nothing is committed/,
  ],
  [
    (d: Loose) => Object.assign(groupOf(d).positions[0], { stuckAt: 102 }),
    /positions\.0\.stuckAt: 102 is not in the log, which ends at 101; it must be 0 to 101/,
  ],
  [
    (d: Loose) => void groupOf(d).members.push({ client: "c", host: "h", joined: 2, left: 1 }),
    /groups\.0\.members\.0\.left: it leaves before it joins/,
  ],
  [
    (d: Loose) => void accessOf(d).tokens.push({ user: "nobody", value: "v", authorized: true }),
    /access\.tokens\.0\.user: user nobody does not exist; there is none/,
  ],
  [
    (d: Loose) => void accessOf(d).acls.push({ ...acl, principal: "User:alice", resource: "none" }),
    /acls\.0\.principal: user alice does not exist; .*acls\.0\.resource: topic none does not exist; there are events, quiet/,
  ],
  [(d: Loose) => Object.assign(topicOf(d).acl, { rules: ["r"] }), /topics\.0\.acl\.rules: preset ACL rule r does not/],
  [
    (d: Loose) => Object.assign(accessOf(d), { serial: 5 }),
    /routes\.0\.id: 1001 is above serial; serial must be at least 1001/,
  ],
  [(d: Loose) => Object.assign(accessOf(d), { routes: [] }), /access\.routes: one of them must be the main route/],
  [
    (d: Loose) => Object.assign(instanceOf(d), { cluster: 9 }),
    /cluster: dedicated cluster 9 does not exist; it must be/,
  ],
  [(d: Loose) => Object.assign(instanceOf(d).brokers, { behind: [3] }), /behind: there is no broker 3; .* 0 to 2/],
  [
    (d: Loose) => Object.assign(taskOf(d), { source: { Type: "ES", EsParam: { Resource: "resource-x" } } }),
    /datahub\.tasks\.0: connection resource-x does not exist; there is none/,
  ],
  [
    (d: Loose) => Object.assign(taskOf(d), { source: { Type: "TOPIC", TopicParam: { Resource: "1-x" } } }),
    /datahub\.tasks\.0: elastic topic 1-x does not exist/,
  ],
  [
    (d: Loose) =>
      void d.regions["ap-guangzhou"].tasks.push(...[1, 1].map((flow) => ({ flow, until: 0, failure: null }))),
    /tasks\.1\.flow: 1 is taken by regions\.ap-guangzhou\.tasks\.0/,
  ],
  [(d: Loose) => void topicOf(d).partitions[0].runs.push({ ...run, value: 1 }), /runs\.1\.value: Expected string/],
])("a dump that cannot be a world is refused: %#", (spoil, why) => {
  const dump = JSON.parse(JSON.stringify(dumpWorld(makeWorld(smallWorld))));
  spoil(dump);
  expect(() => makeWorld(dump)).toThrow(WorldError);
  expect(() => makeWorld(dump)).toThrow(why);
});
// biome-ignore lint/suspicious/noExplicitAny: it is spoilt on purpose
type Loose = any;
const instanceOf = (dump: Loose) => dump.regions["ap-guangzhou"].instances[0];
const topicOf = (dump: Loose, index = 0) => instanceOf(dump).topics[index];
const groupOf = (dump: Loose) => instanceOf(dump).groups[0];
const accessOf = (dump: Loose) => instanceOf(dump).access;
const taskOf = (dump: Loose) => dump.regions["ap-guangzhou"].datahub.tasks[0];
const acl = { type: 2, resource: "events", principal: "User:*", host: "*", operation: 3, permission: 3 };
const run = { from: 500, at: 0, every: 0, count: 1, key: null, value: "", headers: null };

test("the difference of two dumps is told by names, a line each", async () => {
  const box = await sandbox(smallWorld);
  const before = JSON.parse(text(box));
  const send = sender(box);
  const one = { InstanceId: "ckafka-one" };
  await send(["ModifyTopicAttributes", { ...one, TopicName: "events", Note: "n", RetentionMs: 60_000 }]);
  await send(["DeleteTopic", { ...one, TopicName: "quiet" }]);
  await send(["CreateUser", { ...one, Name: "u", Password: "p1" }]);
  const lines = diff(before, JSON.parse(text(box)));
  const at = "regions.ap-guangzhou.instances[one]";
  expect(lines).toContain(`${at}.topics[events].note: "" → "n"`);
  expect(lines).toContain(`${at}.topics[events].retentionMs: 3600000 → 60000`);
  expect(lines).toContainEqual(expect.stringMatching(/topics\[quiet\]: \{"id":.+ → nothing$/));
  expect(lines).toContainEqual(expect.stringMatching(/access\.users\[u\]: nothing → \{"id":1002,"name":"u"/));
  expect(lines).toContain("made: 0 → 3");
  expect(diff(before, before)).toEqual([]);
  expect(diff({ a: [1, 2] }, { a: [1, 3, 4] })).toEqual(["a[1]: 2 → 3", "a[2]: nothing → 4"]);
  expect(diff([{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }])).toEqual([": in the order [1,2] → [2,1]"]);
});
