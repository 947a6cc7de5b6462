import { describe, expect, test } from "vitest";
import { judge } from "../../../sandbox/reference/judge.ts";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { makeWorld } from "../../../sandbox/world/world.ts";
import { parse } from "../../../src/call/parse.ts";
import type { AnyAction } from "../../../src/model/action.ts";
import { actions } from "../../../tools/cls/actions.ts";
import { agree } from "../../support/harness.ts";
import { fromInstance, GROUP, IMPORT, InstanceId, LOGS, PAUSED, READ, rule, started, world } from "./support.ts";

const deny = () => ({ action: "decline" }) as const;
const dump = (box: Parameters<typeof dumpWorld>[0]) => JSON.parse(JSON.stringify(dumpWorld(box)));
/** What differs, without ids given out. */
const changed = (before: unknown, after: unknown) => diff(before, after).filter((line) => !line.startsWith("made"));

describe("what is needed beside what", () => {
  const own = {
    ...fromInstance,
    KafkaType: 1,
    KafkaInstance: undefined,
    ServerAddr: "192.168.0.1:9095",
    IsEncryptionAddr: false,
  };
  const login = { Protocol: "sasl_ssl", Mechanism: "PLAIN", UserName: "u", Password: "p" };
  const parsing = (fields: object) => ({ LogRechargeRule: { ...rule, ...fields } });
  const timed = (RechargeType: string, fields: object = {}) =>
    parsing({ RechargeType, DefaultTimeSwitch: false, TimeFormat: "%H", TimeZone: "UTC+08:00", ...fields });
  const check = (given: object, name: keyof typeof actions = "CreateKafkaRecharge") => {
    const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    judge(name, parse(name, actions[name] as unknown as AnyAction, input));
  };
  test.each<[string, object, RegExp]>([
    ["KafkaInstance", { KafkaInstance: undefined }, /KafkaInstance is needed with KafkaType 0/],
    ["no ServerAddr", { ServerAddr: "a:1" }, /ServerAddr is only for KafkaType 1/],
    ["ServerAddr", { ...own, ServerAddr: undefined }, /ServerAddr is needed with KafkaType 1/],
    ["IsEncryptionAddr", { ...own, IsEncryptionAddr: undefined }, /IsEncryptionAddr is needed with KafkaType 1/],
    ["no KafkaInstance", { ...own, KafkaInstance: InstanceId }, /KafkaInstance is only for KafkaType 0/],
    ["Protocol", { ...own, IsEncryptionAddr: true }, /Protocol is needed with IsEncryptionAddr true/],
    [
      "its Protocol",
      { ...own, IsEncryptionAddr: true, Protocol: {} },
      /Protocol\.Protocol is needed with IsEncryptionAddr true/,
    ],
    ...["Mechanism", "UserName", "Password"].map((field): [string, object, RegExp] => [
      field,
      { ...own, IsEncryptionAddr: true, Protocol: { ...login, [field]: undefined } },
      new RegExp(`Protocol\\.${field} is needed with Protocol\\.Protocol sasl_ssl`),
    ]),
    ["TimeKey", timed("json_log"), /LogRechargeRule\.TimeKey is needed with DefaultTimeSwitch false and json_log/],
    [
      "TimeKey",
      timed("fullregex_log", { Keys: ["a"] }),
      /TimeKey is needed with DefaultTimeSwitch false and fullregex_log/,
    ],
    ["TimeRegex", timed("minimalist_log"), /TimeRegex is needed with DefaultTimeSwitch false and minimalist_log/],
    [
      "TimeFormat",
      timed("json_log", { TimeKey: "t", TimeFormat: undefined }),
      /TimeFormat is needed with DefaultTimeSwitch false/,
    ],
    [
      "TimeZone",
      timed("json_log", { TimeKey: "t", TimeZone: undefined }),
      /TimeZone is needed with DefaultTimeSwitch false/,
    ],
    ["Keys", parsing({ RechargeType: "fullregex_log" }), /Keys is needed with RechargeType fullregex_log/],
    [
      "Keys",
      parsing({ RechargeType: "delimiter_log", Delimiter: "," }),
      /Keys is needed with RechargeType delimiter_log/,
    ],
    [
      "Delimiter",
      parsing({ RechargeType: "delimiter_log", Keys: ["a"] }),
      /Delimiter is needed with RechargeType delimiter_log/,
    ],
    ["no LogRegex", parsing({ LogRegex: "a" }), /LogRegex is only for RechargeType fullregex_log/],
    [
      "no JsonExpand",
      parsing({ JsonExpand: { Switch: true, Fields: ["a"] } }),
      /JsonExpand is only for RechargeType json_log/,
    ],
    ["a type that the prose confuses", parsing({ RechargeType: "full_regex_log" }), /did you mean "?fullregex_log/],
    ["a zone that is not there", timed("json_log", { TimeKey: "t", TimeZone: "UTC+05:30" }), /TimeZone must be one of/],
    [
      "three fields",
      parsing({ RechargeType: "json_log", JsonExpand: { Switch: true, Fields: ["a", "b", "c", "d"] } }),
      /at most 3 entries/,
    ],
    [
      "different fields",
      parsing({ RechargeType: "json_log", JsonExpand: { Switch: true, Fields: ["a", "a"] } }),
      /must not name a field twice/,
    ],
    ["an offset that is none", { Offset: 0 }, /Offset must be one of -2, -1/],
    [
      "a CKafka topic's id",
      { TopicId: "topic-1a2b3c4d" },
      /TopicId is the id of a CKafka topic.*CLS log topic, a UUID/,
    ],
    ["ASCII commas", { UserKafkaTopics: "a，b" }, /must have ASCII commas/],
    ["a version that is none", { UserKafkaMeta: { KafkaVersion: "4.0.0" } }, /KafkaVersion must be one of 0\.10\.2\.0/],
  ])("%s", (_, given, refusal) => {
    const whole = { ...fromInstance, ...given };
    expect(() => check(JSON.parse(JSON.stringify(whole)))).toThrow(refusal);
  });
  test("what has all that it needs is taken, by the models and by the sandbox's reading of the same pages", () => {
    check(fromInstance);
    check({ ...own, IsEncryptionAddr: true, Protocol: login });
    check({ ...fromInstance, ...timed("json_log", { TimeKey: "t" }) });
    check({ ...fromInstance, ...parsing({ RechargeType: "delimiter_log", Keys: ["a"], Delimiter: "|" }) });
    check({ KafkaType: 1, ServerAddr: "a:1" }, "CheckRechargeKafkaServer");
  });
  test("a preview of parsing needs a rule, and names a hundred topics at most", () => {
    const { LogRechargeRule: _, TopicId: __, Name: ___, ...source } = fromInstance;
    const preview = { PreviewType: 1, ...source };
    check(preview, "PreviewKafkaRecharge");
    expect(() => check({ ...preview, PreviewType: 2 }, "PreviewKafkaRecharge")).toThrow(
      /LogRechargeRule is needed with PreviewType 2/,
    );
    const topics = Array.from({ length: 101 }, (_, i) => `t${i}`);
    expect(() => check({ ...preview, UserKafkaTopics: topics }, "PreviewKafkaRecharge")).toThrow(/at most 100 topics/);
  });
});

test("the page's example is taken by the model, the sandbox and the SDK", async () => {
  const example = {
    TopicId: LOGS,
    Name: "testname",
    KafkaType: 1,
    ServerAddr: "192.168.0.1:9095",
    IsEncryptionAddr: true,
    UserKafkaTopics: "topic-1212123123,topic-sadf5r32f3ww",
    ConsumerGroupName: "consumer-group-name",
    Offset: -1,
    LogRechargeRule: {
      DefaultTimeSrc: 0,
      DefaultTimeSwitch: true,
      EncodingFormat: 0,
      RechargeType: "minimalist_log",
      UnMatchLogKey: "LogParseFailure",
      UnMatchLogSwitch: true,
      UnMatchLogTimeSrc: 0,
    },
    Protocol: { Protocol: "plaintext" },
  };
  const { call, ask } = await started({ answer: agree });
  const { data, text } = await call("CreateKafkaRecharge", example);
  expect(data.Id, text).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const { Infos } = await ask("DescribeKafkaRecharges", { TopicId: LOGS, Id: data.Id });
  expect(Infos[0]).toMatchObject({
    Status: 1,
    ServerAddr: "192.168.0.1:9095",
    UserKafkaTopics: example.UserKafkaTopics,
  });
  const again = await ask("CreateKafkaRecharge", example).catch((error: { code: string }) => error.code);
  expect(again).toBe("InvalidParameter.DbDuplication");
});

test("an import is one more consumer group on the instance, with members and lag", async () => {
  const { box, call } = await started({ answer: agree });
  const made = await call("CreateKafkaRecharge", { ...fromInstance, ConsumerGroupName: "fresh" });
  expect(made.isError, made.text).toBe(false);
  const groups = await call("DescribeGroup", { InstanceId });
  expect(groups.data.Result.GroupList.map((g: { Group: string }) => g.Group)).toEqual([
    "readers",
    "live",
    GROUP,
    "rests",
    "fresh",
  ]);
  const lag = async (Group: string) => {
    const { data } = await call("DescribeGroupOffsets", { InstanceId, Group });
    const rows = data.Result.TopicList[0].Partitions as { Lag: number }[];
    return rows.reduce((sum, { Lag }) => sum + Lag, 0);
  };
  // All that the topic holds, as long as the group has not settled.
  expect(await lag("fresh")).toBe(201);
  expect(await lag(GROUP)).toBe(30);
  box.clock.step(10_000);
  expect(await lag("fresh")).toBe(0);
  // Two messages a second come, one is imported.
  expect(await lag(GROUP)).toBe(40);
  const info = await call("DescribeGroupInfo", { InstanceId, GroupList: ["fresh"] });
  expect(info.data.Result[0]).toMatchObject({
    State: "Stable",
    Members: [{ ClientId: { untrusted: `cls-${made.data.Id}` } }],
  });
});

test("its states are words, though pausing and being paused have opposite numbers", async () => {
  const { call, forms } = await started({ answer: agree });
  const listed = await call("DescribeKafkaRecharges", { TopicId: LOGS });
  expect(listed.text).toMatch(/Status 1: running, 2: paused/);
  expect(listed.data.TotalCount).toBe(2);
  const only = await call("DescribeKafkaRecharges", { TopicId: LOGS, Status: 2 });
  expect(only.data.Infos.map(({ Id }: { Id: string }) => Id)).toEqual([PAUSED]);
  await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, StatusControl: 1 });
  expect(forms.at(-1)?.message).toMatch(/StatusControl: running \(2\) → paused \(1\)/);
  expect(forms.at(-1)?.message).toMatch(/Loses: what expires on the Kafka/);
  const after = await call("DescribeKafkaRecharges", { TopicId: LOGS, Id: IMPORT });
  expect(after.data.Infos[0].Status).toBe(2);
  expect((await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, StatusControl: 1 })).text).toMatch(
    /nothing would change/,
  );
});

test("paused it reads nothing; started again it goes on where it was, and money is at stake", async () => {
  const { box, call, forms, ask } = await started({ answer: agree });
  await ask("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, StatusControl: 1 });
  const state = async () => (await call("DescribeGroupInfo", { InstanceId, GroupList: [GROUP] })).data.Result[0].State;
  const lag = async () =>
    (await call("DescribeGroupOffsets", { InstanceId, Group: GROUP })).data.Result.TopicList[0].Partitions.reduce(
      (sum: number, { Lag }: { Lag: number }) => sum + Lag,
      0,
    );
  expect(await state()).toBe("Empty");
  box.clock.step(60_000);
  expect(await lag()).toBe(150);
  await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, StatusControl: 2 });
  expect(forms.at(-1)?.message).toMatch(/Costs: money/);
  expect(forms.at(-1)?.message).toMatch(/150 offsets behind/);
  expect(forms.at(-1)?.message).not.toMatch(/Loses|Beware/);
  box.clock.step(60_000);
  expect(await state()).toBe("Stable");
  expect(await lag()).toBe(0);
});

test("deleting its topic warns of its group, and puts it in error", async () => {
  const { box, call, forms } = await started({ answer: agree });
  box.clock.step(120_000);
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(forms.at(-1)?.message).toContain(GROUP);
  const { data, text } = await call("DescribeKafkaRecharges", { TopicId: LOGS, Id: IMPORT });
  expect(data.Infos[0].Status).toBe(3);
  expect(text).toMatch(/Status 3: in error/);
});

describe("what the preview says is what changes", () => {
  test("of a new import", async () => {
    const { box, call, forms } = await started({ answer: agree });
    const before = dump(box.world);
    await call("CreateKafkaRecharge", { ...fromInstance, ConsumerGroupName: "fresh" });
    const message = forms.at(-1)?.message ?? "";
    expect(message).toMatch(new RegExp(`^CreateKafkaRecharge on "new" in "${LOGS}", .*service cls`));
    expect(message).toMatch(/Costs: money/);
    expect(message).toMatch(/one more consumer group/);
    expect(message).toMatch(/All that the topics hold is imported/);
    const lines = changed(before, dump(box.world));
    expect(lines.map((line) => line.replace(/:.*/s, ""))).toEqual([
      "regions.ap-guangzhou.instances[one].groups[fresh]",
      expect.stringMatching(/^regions\.ap-guangzhou\.logs\.imports\[new\]/),
    ]);
  });
  test("of one that joins a group at work, or one without members", async () => {
    const { box, call, forms } = await started({ answer: agree });
    const before = dump(box.world);
    await call("CreateKafkaRecharge", { ...fromInstance, ConsumerGroupName: "live" });
    expect(forms.at(-1)?.message).toMatch(/Loses: messages that the members of group "live" read today/);
    expect(changed(before, dump(box.world)).join("\n")).toMatch(/groups\[live\]\.members\[cls-/);
    await call("CreateKafkaRecharge", { ...fromInstance, Name: "other", ConsumerGroupName: "readers" });
    expect(forms.at(-1)?.message).toMatch(
      /"readers" is on "ckafka-one" already and has no members; the import goes on where/,
    );
    expect(forms.at(-1)?.message).not.toMatch(/Loses|Beware/);
  });
  test("of other topics", async () => {
    const { box, call, forms } = await started({ answer: agree });
    const before = dump(box.world);
    await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, UserKafkaTopics: "quiet" });
    const message = forms.at(-1)?.message ?? "";
    expect(message).toMatch(/Loses: its place in "events"/);
    expect(message).toMatch(/UserKafkaTopics: "events" → "quiet"/);
    const lines = changed(before, dump(box.world)).join("\n");
    expect(lines).toMatch(/groups\[log-import\]\.positions\[events\/0\]: .* → nothing/);
    expect(lines).toMatch(/groups\[log-import\]\.positions\[quiet\/0\]: nothing → /);
  });
  test("of one more topic: nothing is lost", async () => {
    const { call, forms } = await started({ answer: deny });
    await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, UserKafkaTopics: ["events", "quiet"] });
    expect(forms.at(-1)?.message).not.toMatch(/Loses|Beware/);
  });
  test("of another rule", async () => {
    const { call, forms } = await started({ answer: deny });
    const LogRechargeRule = { ...rule, RechargeType: "json_log" };
    await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, LogRechargeRule });
    const message = forms.at(-1)?.message ?? "";
    expect(message).toMatch(/Loses: lines that the new rule cannot parse/);
    expect(message).toMatch(/Lines that cannot be parsed are dropped/);
    expect(message).toMatch(
      /LogRechargeRule\.RechargeType: a line as it is \(minimalist_log\) → each message is JSON \(json_log\)/,
    );
  });
  test("of a new name: nothing is lost", async () => {
    const { box, call, forms } = await started({ answer: agree });
    const before = dump(box.world);
    await call("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, Name: "renamed" });
    expect(forms.at(-1)?.message).not.toMatch(/Loses|Beware|Costs/);
    expect(changed(before, dump(box.world)).filter((line) => !/updated/.test(line))).toEqual([
      expect.stringContaining('name: "events" → "renamed"'),
    ]);
  });
  test("of a deletion", async () => {
    const { box, call, forms } = await started({ answer: agree });
    const before = dump(box.world);
    await call("DeleteKafkaRecharge", { TopicId: LOGS, Id: IMPORT });
    const message = forms.at(-1)?.message ?? "";
    expect(message).toMatch(/Loses: the import's settings; imported logs stay/);
    expect(message).toMatch(/import "events", running \(1\), of "events"/);
    expect(message).toMatch(/consumer group "log-import", 30 offsets behind/);
    const lines = changed(before, dump(box.world));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/groups\[log-import\]\.members\[cls-.*\]\.left: null → \d+/);
    expect(lines[1]).toMatch(/imports\[events\]: .* → nothing/);
  });
});

test("nobody is asked about what cannot come to anything", async () => {
  const { call, forms } = await started({ answer: agree });
  const refused = async (action: string, input: object) => (await call(action, input as Record<string, unknown>)).text;
  expect(await refused("CreateKafkaRecharge", { ...fromInstance, UserKafkaTopics: "none" })).toMatch(
    /ckafka-one has no topic none/,
  );
  expect(
    await refused("CreateKafkaRecharge", { ...fromInstance, TopicId: "0b53fe5b-7ee3-4031-8043-5a73bad4f572" }),
  ).toMatch(/TopicNotExist/);
  expect(await refused("DeleteKafkaRecharge", { TopicId: READ, Id: IMPORT })).toMatch(/has no import/);
  expect(await refused("ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, Name: "events" })).toMatch(
    /nothing would change/,
  );
  expect(forms).toEqual([]);
});

test("what the log service finds wrong with a Kafka is told before anybody agrees", async () => {
  const { call, forms } = await started({ answer: deny });
  await call("CreateKafkaRecharge", { ...fromInstance, KafkaInstance: "ckafka-none" });
  const message = forms.at(-1)?.message ?? "";
  expect(message).toMatch(/finds fault with this Kafka: instance does not exist or is destroyed \(-8\)/);
  expect(message).toMatch(/The topics of "ckafka-none" could not be read \("InvalidParameterValue.InstanceNotExist"\)/);
});

test("passwords are shown nowhere, not in what is asked and not in what comes back", async () => {
  const { call, forms } = await started({ answer: agree });
  const Protocol = { Protocol: "sasl_ssl", Mechanism: "PLAIN", UserName: "reader", Password: "hunter2-secret" };
  const own = { ...fromInstance, KafkaType: 1, ServerAddr: "a:1", IsEncryptionAddr: true, Protocol };
  const { KafkaInstance: _, ...input } = own;
  const made = await call("CreateKafkaRecharge", input);
  expect(made.isError, made.text).toBe(false);
  const listed = await call("DescribeKafkaRecharges", { TopicId: LOGS, Id: made.data.Id });
  expect(listed.text).toContain("reader");
  for (const text of [forms.at(-1)?.message, made.text, listed.text]) expect(text).not.toContain("hunter2");
});

test("a check answers with words, also where something is wrong", async () => {
  const empty = { id: "ckafka-empty", name: "e", zones: [100003], vpc: "v", subnet: "s", vip: "10.0.0.3" };
  const silent = { ...empty, id: "ckafka-silent", topics: [{ name: "t", partitions: 1 }] };
  const base = world() as { regions: { "ap-guangzhou": { instances: object[] } } };
  base.regions["ap-guangzhou"].instances.push(empty, silent);
  const { call } = await started({}, base);
  const check = async (KafkaInstance: string) =>
    (await call("CheckRechargeKafkaServer", { KafkaType: 0, KafkaInstance })).text;
  expect(await check(InstanceId)).toMatch(/Status 0: reachable/);
  expect(await check("ckafka-none")).toMatch(/Status -8: instance does not exist or is destroyed/);
  expect(await check("ckafka-empty")).toMatch(/Status -4: topics do not exist/);
  expect(await check("ckafka-silent")).toMatch(/Status -5: topics hold no data/);
});

test("a preview shows the first message that would be read, and what the rule makes of it", async () => {
  const { call } = await started();
  const { LogRechargeRule: _, TopicId: __, Name: ___, ...source } = fromInstance;
  const raw = await call("PreviewKafkaRecharge", { PreviewType: 1, ...source });
  expect(JSON.parse(raw.data.LogData.untrusted)).toMatchObject({
    __CONTENT__: "v0",
    __TAG__: { kafka_topic: "events", kafka_offset: 0 },
  });
  const parsed = await call("PreviewKafkaRecharge", {
    ...{ PreviewType: 2, ...source, Offset: -1 },
    LogRechargeRule: { ...rule, RechargeType: "fullregex_log", LogRegex: "(.)(\\d+)", Keys: ["letter", "number"] },
  });
  expect(JSON.parse(parsed.data.LogData.untrusted)).toMatchObject({ letter: "v", number: "100" });
  expect(JSON.parse(parsed.data.LogSample.untrusted)).toMatchObject({ __CONTENT__: "v100" });
});

test("a world with imports dumps, loads again, and says what is wrong with it", async () => {
  const made = makeWorld(world());
  const text = JSON.stringify(dumpWorld(made));
  expect(JSON.stringify(dumpWorld(makeWorld(JSON.parse(text))))).toBe(text);
  const stray = { id: "i", logTopic: "none", name: "n", server: { address: "a:1" }, topics: ["t"] };
  expect(() => makeWorld(world({}, { imports: [stray] }))).toThrow(/log topic none does not exist/);
  const lost = { id: "i", logTopic: LOGS, name: "n", instance: "ckafka-none", topics: ["t"] };
  expect(() => makeWorld(world({}, { imports: [lost] }))).toThrow(/names ckafka-none, which does not exist/);
});
