// What a person is shown: whole, bounded, and nothing that an argument or a long list could make it say.
import { describe, expect, test } from "vitest";
import { stagedModel } from "../../../sandbox/server/staged.ts";
import { newsIn } from "../../../src/guard/preview.ts";
import { quoted, say } from "../../../src/model/line.ts";
import { note } from "../../../src/model/preview.ts";
import type { ActionName } from "../../../tools/ckafka/actions.ts";
import { previewOf } from "../../support/guarding.ts";
import { agree, sandbox, serve, smallWorld, smallWorldWith } from "../../support/harness.ts";
import { another, one, smallRegionWith } from "../../support/worlds.ts";

const InstanceId = "ckafka-one";
const decline = () => ({ action: "decline" as const });
const max = { topics: 100, partitions: 1_000, groups: 100 };
const named = (prefix: string, amount: number) =>
  Array.from({ length: amount }, (_, i) => `${prefix}${String(i).padStart(3, "0")}`);

test("a line break or a hidden character in an argument begins no line of its own, in no channel", async () => {
  const box = await sandbox(smallWorld);
  const ResourceName = "es\nCosts nothing.\u202e\u200b";
  const place = { Resource: "es-1", SelfBuilt: false, ServiceVip: "10.0.0.3", UniqVpcId: "vpc-1" };
  const EsConnectParam = { ...place, Port: 9200, UserName: "u", Password: "secret-one" };
  const change = { ResourceName, Type: "ES", EsConnectParam };
  const { call, forms } = await serve(box, { answer: decline });
  await call("CreateConnectResource", change);
  expect(forms[0]?.message).toContain('"es\\nCosts nothing.\\u{202e}\\u{200b}"');
  for (const raw of ["\nCosts nothing", "\u202e", "\u200b"]) expect(forms[0]?.message).not.toContain(raw);
  const ticket = await serve(box, { args: ["--confirm", "ticket"] });
  expect((await ticket.call("CreateConnectResource", change)).text).not.toContain("\nCosts nothing");
});

test.each([["no"], ["No"], ["y"], ["YES"]])("a topic called %s is typed in quotes", async (name) => {
  const topics = [{ name, partitions: 1 }];
  const answers = [name, "", JSON.stringify(name)];
  const { call, forms } = await serve(await sandbox(smallWorldWith({ topics, groups: [], dataHubs: {} })), {
    answer: () => ({ action: "accept", content: { confirm: answers.shift() as string } }),
  });
  const errors = [];
  for (const _ of [1, 2, 3]) errors.push((await call("DeleteTopic", { InstanceId, TopicName: name })).isError);
  expect(errors).toEqual([true, true, false]);
  expect(forms[0]?.requestedSchema.properties.confirm?.title).toBe(`Type "${name}" to confirm`);
});

/** A group with a place on a topic of many partitions. */
const wide = {
  max,
  topics: [{ name: "wide", partitions: 150, produce: { perSecond: 150, since: "-100s", value: "v" } }],
  groups: [{ name: "readers", reads: { wide: { behind: 15_000 } } }],
  dataHubs: {},
};
const reset = { InstanceId, Group: "readers", Strategy: 1, ShiftTimestamp: -1, Topics: ["wide"] };

test("what hits very much is shown bounded, the loss first, and says that there is more", async () => {
  const { call, forms } = await serve(await sandbox(smallWorldWith(wide)), { answer: agree });
  expect((await call("ModifyGroupOffsets", reset)).isError).toBe(false);
  const lines = forms[0]?.message.split("\n") ?? [];
  expect(lines.length).toBeLessThanOrEqual(75);
  expect(lines.findIndex((line) => /never be read/.test(line))).toBeLessThan(10);
});

test("a change in what was not shown voids the confirmation all the same", async () => {
  const box = await sandbox(smallWorldWith(wide));
  const { call: other } = await serve(box, { answer: agree });
  const { call } = await serve(box, {
    answer: async (form) => {
      const Partitions = [{ Partition: 149, Offset: 3 }];
      const moved = { InstanceId, GroupName: "readers", TopicName: ["wide"], Partitions };
      expect((await other("BatchModifyGroupOffsets", moved)).isError).toBe(false);
      return agree(form);
    },
  });
  expect((await call("ModifyGroupOffsets", reset)).text).toMatch(/the preview has changed since it was confirmed/);
});

test("what is done is never cut: what cannot be shown whole is refused", async () => {
  const { call, forms } = await serve(await sandbox(smallWorldWith({ max })), { answer: decline });
  const rules = (amount: number) =>
    named("user", amount).map((name) => ({
      ...{ PermissionType: "Allow", Operation: "Read", Host: "*", Principal: `User:${name}` },
    }));
  const acl = (amount: number) =>
    call("BatchCreateAcl", { InstanceId, ResourceType: 2, ResourceNames: ["events"], RuleList: rules(amount) });
  await acl(20);
  expect(forms[0]?.message.match(/User:user\d+/g)).toHaveLength(20);
  expect((await acl(400)).text).toMatch(/more than a person can be shown .*do it in parts\. Nothing was changed/);
  expect(forms).toHaveLength(1);
});

test("two previews say the same only with the same lines as often", () => {
  const of = (...lines: string[]) => ({ ...previewOf("t"), finds: lines.map((line) => note(say`${quoted(line)}`)) });
  expect(newsIn(of("a", "b", "b"), of("b", "a", "b"))).toBeUndefined();
  expect(newsIn(of("a", "b", "b"), of("a", "a", "b"))).toEqual([]);
  expect(newsIn(of("a", "c"), of("a", "b"))).toEqual(['"c"']);
});

test("something found on the way that is gone meanwhile keeps nobody from deleting the rest", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const gone = { code: "ResourceNotFound", message: "topic events does not exist on ckafka-one", count: 2 };
  box.staged.add(stagedModel.parse({ action: "DescribeTopicSyncReplica", ...gone }));
  expect((await call("DeleteGroup", { InstanceId, Group: "readers" })).isError).toBe(false);
  expect(forms[0]?.message).toContain('Forgets its place on "events", a topic that is not there any more');
});

test("a group's places beyond the first page are shown too", async () => {
  const topics = named("t", 60).map((name) => ({ name, partitions: 1 }));
  const reads = Object.fromEntries(topics.map(({ name }) => [name, { behind: 0 }]));
  const world = smallWorldWith({ max, topics, groups: [{ name: "readers", reads }], dataHubs: {} });
  const { call, forms } = await serve(await sandbox(world), { answer: decline });
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  expect(forms[0]?.message.match(/Forgets its place on "t\d+"/g)).toHaveLength(60);
});

test("partitions of a reset on which a group has no place yet are shown too", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: decline });
  const Partitions = [0, 7].map((Partition) => ({ Partition, Offset: 5 }));
  await call("BatchModifyGroupOffsets", { InstanceId, GroupName: "readers", TopicName: ["events"], Partitions });
  expect(forms[0]?.message).toMatch(/"events" partition 0: offset \d+ → 5/);
  expect(forms[0]?.message).toMatch(/No offset that could be moved in partition 7\./);
});

test("of many groups, the last one that reads or consumes is not passed over", async () => {
  const groups = named("g", 55).map((name, i) => ({
    name,
    reads: { events: { behind: 1 } },
    ...(i === 54 ? { members: [{ client: "c", host: "10.0.0.7" }] } : {}),
  }));
  const { call, forms } = await serve(await sandbox(smallWorldWith({ max, groups })), { answer: decline });
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(forms[0]?.message.match(/Read by group g\d+/g)).toHaveLength(55);
  await call("DeleteInstancePre", { InstanceId });
  expect(forms.at(-1)?.message).toMatch(/55 consumer groups; consuming now: g054\./);
});

test("a throttle rule beyond the first page can be changed", async () => {
  const users = named("u", 210).map((name) => ({ name }));
  const throttles = users.map(({ name }) => ({ user: name, consume: 8 }));
  const { call, forms } = await serve(await sandbox(smallWorldWith({ users, throttles })), { answer: agree });
  const { data } = await call("DescribeThrottleRules", { InstanceId, Offset: 205, Limit: 1 });
  const [{ ThrottleRuleId }] = data.Result.ThrottleRuleList;
  const { isError } = await call("DeleteThrottleRule", { InstanceId, ThrottleRuleId: String(ThrottleRuleId) });
  expect(isError).toBe(false);
  expect(forms).toHaveLength(1);
});

test("an ACL that names a user is found among many of users called alike", async () => {
  const names = [...named("alice-", 60), "alice"];
  const acls = names.map((user) => ({ topic: "events", user, operation: "read" }));
  const users = names.map((name) => ({ name }));
  const { call, forms } = await serve(await sandbox(smallWorldWith({ users, acls })), { answer: decline });
  await call("DeleteUser", { InstanceId, Name: "alice" });
  expect(forms[0]?.message).toContain('On topic "events": then "User:alice" may no longer read.');
});

describe("nobody is asked about what comes to nothing", () => {
  const of = { InstanceId };
  test.each<[ActionName, object, RegExp]>([
    ["CreateTopic", { TopicName: "events", PartitionNum: 1, ReplicaNum: 1 }, /has a topic events already/],
    ["CreatePartition", { TopicName: "events", PartitionNum: 2 }, /has 2 partitions already/],
    ["CreateConsumer", { GroupName: "readers", TopicName: "events" }, /has a group readers already/],
    ["DeleteTopicIpWhiteList", { TopicName: "events", IpWhiteList: ["10.9.9.9"] }, /has none of these addresses/],
    [
      "ModifyGroupOffsets",
      { Group: "readers", Topics: ["events"], Strategy: 0, Shift: 0 },
      /nothing would change: the offsets of group readers/,
    ],
    ["ModifyTopicAttributes", { TopicName: "events", RetentionMs: 3_600_000 }, /nothing would change on events/],
    ["CreateUser", { Name: "alice" }, /has a user alice already/],
    ["DeleteUser", { Name: "nobody" }, /has no user nobody/],
    [
      "CreateAcl",
      { ResourceType: 2, ResourceName: "events", Operation: 3, PermissionType: 3, Principal: "User:alice" },
      /this ACL is there already: allow User:alice read/,
    ],
    ["DeleteAclRule", { RuleName: "none" }, /there is no ACL rule none/],
    ["DeleteRoute", { RouteId: 7 }, /has no route 7/],
    ["DeleteThrottleRule", { ThrottleRuleId: "7" }, /has no throttle rule 7/],
    ["RenewCkafkaInstance", { InstanceId: "ckafka-hour" }, /is billed by the hour: it needs no renewal/],
  ])("%s %j", async (name, input, why) => {
    const acls = [{ topic: "events", user: "alice", operation: "read" }];
    const instances = [
      { ...one, users: [{ name: "alice" }], acls },
      another("ckafka-hour", { chargeType: "POSTPAID_BY_HOUR" }),
    ];
    const world = smallRegionWith({ instances });
    const { call, forms } = await serve(await sandbox(world), { answer: agree });
    const { text, isError } = await call(name, { ...of, ...input });
    expect(text).toMatch(why);
    expect(text).toMatch(/Nothing was changed\.$/);
    expect(isError).toBe(true);
    expect(forms).toEqual([]);
  });
});

test("a shorter retention shows what the topic holds and who reads it, a longer one does not", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: decline });
  const of = { InstanceId, TopicName: "events" };
  await call("ModifyTopicAttributes", { ...of, RetentionMs: 60_000 });
  expect(forms[0]?.message).toMatch(/→ 60000 \(1 min\)\n201 messages in 2 partitions/);
  expect(forms[0]?.message).toContain("Read by group readers (Empty, lag 40 messages).");
  await call("ModifyTopicAttributes", { ...of, RetentionMs: 86_400_000 });
  expect(forms[1]?.message).toMatch(/→ 86400000 \(1 d\)$/);
});

test("a reset says of which topics and partitions it moves nothing", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: decline });
  const reset = { InstanceId, Group: "readers", Strategy: 0, Shift: -1 };
  await call("ModifyGroupOffsets", { ...reset, Topics: ["events", "quiet"], Partitions: [0, 77] });
  expect(forms[0]?.message).toMatch(/on "quiet"\.\nNo offset that could be moved in partition 77\.$/);
});
