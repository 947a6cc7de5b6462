import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { agree, LOGS, type ServerUnderTest, SHOP, sandbox, serve, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const world = smallWorldWith({
  users: [{ name: "alice" }, { name: "bob" }],
  throttles: [{ group: "readers", consume: 8 }],
});

interface Rule {
  ThrottleRuleId: number;
  ThrottleType: number;
  UserName?: string;
  ClientId?: string;
  TopicName?: string;
  ConsumeThrottle?: number;
}
const rules = async (call: ServerUnderTest["call"], args: object = {}): Promise<Rule[]> =>
  (await call("DescribeThrottleRules", { InstanceId, ...args })).data.Result.ThrottleRuleList ?? [];
/** Type, what is limited, and the consume limit. */
const words = (found: Rule[]) =>
  found.map((r) => [r.ThrottleType, r.UserName, r.ClientId, r.TopicName, r.ConsumeThrottle].filter(Boolean).join(" "));

test("rules are listed by dimension, searched and paged", async () => {
  const { call } = await serve(await sandbox());
  expect(words(await rules(call, { InstanceId: SHOP }))).toEqual(["2 search-indexer 20", "1 partner-acme 5"]);
  expect(words(await rules(call, { InstanceId: SHOP, SearchWord: "acme" }))).toEqual(["1 partner-acme 5"]);
  expect(words(await rules(call, { InstanceId: LOGS, ThrottleDimension: 2 }))).toEqual(["3 metrics"]);
  const page = await call("DescribeThrottleRules", { InstanceId: SHOP, Offset: 1, Limit: 1 });
  expect(page.data.Result).toMatchObject({ TotalCount: 2, ThrottleRuleList: [{ UserName: "partner-acme" }] });
  expect((await call("DescribeThrottleRules", { InstanceId: SHOP, Limit: 201 })).text).toMatch(/at most 200/);
});

test("users and clients named together are limited in pairs, once, after a person saw whom it slows", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const rule = {
    InstanceId,
    ThrottleType: 1,
    UserNameList: ["alice", "bob", "bob"],
    ClientIdList: ["c1"],
    ConsumeThrottle: 3,
  };
  expect((await call("CreateThrottleRule", { ...rule, ProduceThrottle: 2 })).data.Result.ReturnCode).toBe("0");
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Loses: speed: whoever exceeds the limit is slowed and can fall behind.",
    "ThrottleType: by user or client (1)",
    "ConsumeThrottle: 3 MB/s",
    "ProduceThrottle: 2 MB/s",
    'ClientIdList: "c1"',
    'UserNameList: "alice", "bob", "bob"',
    "Makes 2 rules: one for each user with each client.",
  ]);
  const found = ["2 readers 8", "1 alice c1 3", "1 bob c1 3"];
  expect(words(await rules(call))).toEqual(found);
  const again = await call("CreateThrottleRule", { ...rule, UserNameList: ["alice"] });
  expect(again.text).toMatch(
    /rule \d+ limits user alice with client c1 already; ModifyThrottleRule.*Nothing was changed/,
  );
  expect((await call("CreateThrottleRule", { ...rule, UserNameList: ["carol"] })).text).toMatch(/has no user carol/);
  const group = { InstanceId, ThrottleType: 2, GroupNameList: ["live", "none"], ConsumeThrottle: 3 };
  expect((await call("CreateThrottleRule", group)).text).toMatch(/ckafka-one has no group none;.*Nothing was changed/);
  const standing = { ...group, GroupNameList: ["live", "readers"] };
  expect((await call("CreateThrottleRule", standing)).text).toMatch(/rule \d+ limits group readers already/);
  const topic = { InstanceId, ThrottleType: 3, TopicNameList: ["none"], ConsumeThrottle: 3 };
  expect((await call("CreateThrottleRule", topic)).text).toMatch(/ResourceNotFound.*topic none.*Nothing was changed/);
  // Nobody was asked about any of these.
  expect(forms).toHaveLength(1);
  expect(words(await rules(call))).toEqual(found);
  // A rule of the user alone stands beside those of its clients.
  const alone = { InstanceId, ThrottleType: 1, UserNameList: ["alice"], ConsumeThrottle: 3 };
  expect((await call("CreateThrottleRule", alone)).isError).toBe(false);
});

test("a rule needs a limit, and names of what its type limits and of nothing else", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const create = async (args: object) => (await call("CreateThrottleRule", { InstanceId, ...args })).text;
  const limit = { ConsumeThrottle: 3 };
  expect(await create({ ThrottleType: 3, TopicNameList: ["events"] })).toMatch(
    /give ConsumeThrottle or ProduceThrottle/,
  );
  expect(await create({ ThrottleType: 1, ...limit })).toMatch(/ThrottleType 1 needs UserNameList or ClientIdList/);
  expect(await create({ ThrottleType: 3, GroupNameList: ["readers"], TopicNameList: ["events"], ...limit })).toMatch(
    /ThrottleType 3 is not for GroupNameList. Nothing was sent/,
  );
  expect(forms).toHaveLength(0);
});

test("a topic's rule and its quotas are one thing", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const quotas = async (TopicName: string) =>
    (await call("DescribeTopicAttributes", { InstanceId, TopicName })).data.Result.QuotaConfig;
  await call("CreateThrottleRule", { InstanceId, ThrottleType: 3, TopicNameList: ["events"], ProduceThrottle: 6 });
  expect(await quotas("events")).toEqual({ QuotaProducerByteRate: 6 });
  await call("ModifyTopicAttributes", { InstanceId, TopicName: "quiet", QuotaConsumerByteRate: 4 });
  const [events, quiet] = await rules(call, { ThrottleDimension: 2 });
  expect(words([events as Rule, quiet as Rule])).toEqual(["3 events", "3 quiet 4"]);
  await call("ModifyThrottleRule", { InstanceId, ThrottleRuleId: events?.ThrottleRuleId, ConsumeThrottle: 9 });
  expect(forms.at(-1)?.message).toContain("\nConsumeThrottle: not set → 9 MB/s\n");
  expect(forms.at(-1)?.message).toContain('\nLimits topic "events".');
  expect(await quotas("events")).toEqual({ QuotaProducerByteRate: 6, QuotaConsumerByteRate: 9 });
  await call("DeleteThrottleRule", { InstanceId, ThrottleRuleId: String(quiet?.ThrottleRuleId) });
  expect(await quotas("quiet")).toBeUndefined();
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(await rules(call, { ThrottleDimension: 2 })).toEqual([]);
});

test("a limit changes from → to; without a new one nothing changes", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const [rule] = await rules(call);
  const of = { InstanceId, ThrottleRuleId: rule?.ThrottleRuleId };
  box.clock.step(60_000);
  expect((await call("ModifyThrottleRule", of)).text).toMatch(/nothing would change: rule \d+ has 8 MB\/s already/);
  expect(forms).toEqual([]);
  expect(await rules(call)).toEqual([rule]);
  await call("ModifyThrottleRule", { ...of, ConsumeThrottle: 2 });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    'Loses: speed: group "readers" above the new limit is slowed and can fall behind.',
    `ThrottleRuleId: ${rule?.ThrottleRuleId}`,
    "ConsumeThrottle: 8 MB/s → 2 MB/s",
    'Limits group "readers".',
  ]);
  expect(await rules(call)).toEqual([{ ...rule, ConsumeThrottle: 2, UpdateTime: "2026-03-02 17:01:00" }]);
  // Of a limit that becomes higher, nobody is warned.
  await call("ModifyThrottleRule", { ...of, ConsumeThrottle: 20 });
  expect(forms[1]?.message).toContain("\nConsumeThrottle: 2 MB/s → 20 MB/s");
  expect(forms[1]?.message).not.toMatch(/Loses|Beware|slowed/);
});

test("a rule is deleted by its typed number, and goes with its group", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  await call("CreateThrottleRule", { InstanceId, ThrottleType: 1, ClientIdList: ["c1"], ConsumeThrottle: 3 });
  const ThrottleRuleId = String((await rules(call))[1]?.ThrottleRuleId);
  await call("DeleteThrottleRule", { InstanceId, ThrottleRuleId });
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ title: `Type ${ThrottleRuleId} to confirm` });
  expect(forms[1]?.message).toContain('\nLimits client "c1"; consuming: 3 MB/s → no limit.');
  expect(words(await rules(call))).toEqual(["2 readers 8"]);
  // The number that the list shows is taken for the text that the API wants.
  const gone = await call("DeleteThrottleRule", { InstanceId, ThrottleRuleId: Number(ThrottleRuleId) });
  expect(gone.text).toMatch(/ckafka-one has no throttle rule \d+.*Nothing was changed/);
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  expect(await rules(call)).toEqual([]);
});

test("results say what types and limits are", async () => {
  const { call } = await serve(await sandbox(world));
  const { data } = await call("DescribeThrottleRules", { InstanceId });
  expect(data["(legend)"]).toBe("ThrottleType 2: by consumer group; ConsumeThrottle: MB/s; UpdateTime: Beijing time");
});

test("what a preview says of a rule is the difference that it makes", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const throttles = () => dumpWorld(box.world).regions["ap-guangzhou"]?.instances[0]?.access.throttles ?? [];
  const before = throttles();
  const many = { InstanceId, ThrottleType: 1, UserNameList: ["alice", "bob"], ClientIdList: ["c1", "c2", "c2"] };
  await call("CreateThrottleRule", { ...many, ProduceThrottle: 4 });
  const made = throttles().slice(before.length);
  expect(forms[0]?.message).toContain(`Makes ${made.length} rules`);
  expect(made.map(({ produce, consume }) => [produce, consume])).toEqual(Array(4).fill([4, null]));
  const [rule] = before;
  await call("ModifyThrottleRule", { InstanceId, ThrottleRuleId: rule?.id, ConsumeThrottle: 3 });
  expect(forms[1]?.message).toContain(`ConsumeThrottle: ${rule?.consume} MB/s → ${throttles()[0]?.consume} MB/s`);
  expect(
    diff(before, throttles().slice(0, 1)).map((line) => line.replace(/^\[\d+\]\./, "").replace(/:.*/, "")),
  ).toEqual(["consume", "updated"]);
});
