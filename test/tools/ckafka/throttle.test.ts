import { expect, test } from "vitest";
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
  expect(forms[0]?.message.split("\n")).toEqual([
    "CreateThrottleRule on ckafka-one in ap-guangzhou",
    "Loses: speed: whoever exceeds the limit is slowed and can fall behind.",
    "Limits to consuming 3 MB/s, producing 2 MB/s:",
    "users alice, bob, bob",
    "clients c1",
  ]);
  const found = ["2 readers 8", "1 alice c1 3", "1 bob c1 3"];
  expect(words(await rules(call))).toEqual(found);
  const again = await call("CreateThrottleRule", { ...rule, UserNameList: ["alice"] });
  expect(forms[1]?.message).toContain("(user or client alice c1) exists already: consuming 3 MB/s.");
  expect(again.text).toMatch(/InvalidParameterValue\.RepetitionValue: c1 has a throttle rule.*Nothing was changed/);
  expect((await call("CreateThrottleRule", { ...rule, UserNameList: ["carol"] })).text).toMatch(/user carol does not/);
  const group = { InstanceId, ThrottleType: 2, GroupNameList: ["live", "none"], ConsumeThrottle: 3 };
  expect((await call("CreateThrottleRule", group)).text).toMatch(/ResourceNotFound: group none.*Nothing was changed/);
  expect(words(await rules(call))).toEqual(found);
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
  expect(forms.at(-1)?.message).toContain("(topic events), consuming: no limit shown → 9 MB/s.");
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
  expect((await call("ModifyThrottleRule", of)).text).toMatch(/nothing would change: Rule .* has 8 MB\/s already/);
  expect(forms).toEqual([]);
  expect(await rules(call)).toEqual([rule]);
  await call("ModifyThrottleRule", { ...of, ConsumeThrottle: 2 });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Beware: consumers above the new limit are slowed and can fall behind.",
    `Rule ${rule?.ThrottleRuleId} (group readers), consuming: 8 MB/s → 2 MB/s.`,
  ]);
  expect(await rules(call)).toEqual([{ ...rule, ConsumeThrottle: 2, UpdateTime: "2026-03-02 17:01:00" }]);
});

test("a rule is deleted by its typed number, and goes with its group", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  await call("CreateThrottleRule", { InstanceId, ThrottleType: 1, ClientIdList: ["c1"], ConsumeThrottle: 3 });
  const ThrottleRuleId = String((await rules(call))[1]?.ThrottleRuleId);
  await call("DeleteThrottleRule", { InstanceId, ThrottleRuleId });
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ title: `Type ${ThrottleRuleId} to confirm` });
  expect(forms[1]?.message).toContain(`Rule ${ThrottleRuleId} (user or client c1), consuming: 3 MB/s → no limit.`);
  expect(words(await rules(call))).toEqual(["2 readers 8"]);
  const gone = await call("DeleteThrottleRule", { InstanceId, ThrottleRuleId });
  expect(gone.text).toMatch(/ckafka-one has no throttle rule \d+.*Nothing was changed/);
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  expect(await rules(call)).toEqual([]);
});
