import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countBetween } from "../../../sandbox/kafka/log.ts";
import { goneFrom } from "../../../sandbox/kafka/retention.ts";
import { stagedModel } from "../../../sandbox/server/staged.ts";
import type { Instance, Position, Topic } from "../../../sandbox/state/store.ts";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { groupPreviews } from "../../../tools/ckafka/group/preview.ts";
import { agree, SHOP, sandbox, serve, smallWorld, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const of = { InstanceId, Group: "readers" };
type Row = { Partition: number; Offset: number; LogEndOffset: number; Lag: number };
const rows = (data: { Result: { TopicList: { Partitions: Row[] }[] } }) =>
  data.Result.TopicList[0]?.Partitions.map((p) => [p.Offset, p.LogEndOffset, p.Lag]);

test("groups are listed, searched and filtered by state", async () => {
  const { call } = await serve(await sandbox());
  const all = await call("DescribeGroup", { InstanceId: SHOP });
  expect(all.data.Result).toMatchObject({ TotalCount: 7, GroupCountQuota: 300 });
  const empty = await call("DescribeGroup", { InstanceId: SHOP, Filters: [{ Name: "GroupState", Values: ["Empty"] }] });
  expect(empty.data.Result.GroupList.map((g: { Group: string }) => g.Group)).toEqual([
    "invoice-mailer",
    "cart-abandonment",
    "finance-export",
  ]);
  expect((await call("DescribeGroup", { InstanceId: SHOP, SearchWord: "mail", Limit: 1 })).data.Result).toMatchObject({
    TotalCount: 2,
  });
});

test("a group's state shows members and assignments; an unknown group is Dead", async () => {
  const { call } = await serve(await sandbox());
  const { data } = await call("DescribeGroupInfo", {
    InstanceId: SHOP,
    GroupList: ["email-sender", "invoice-mailer", "nobody"],
  });
  expect(data.Result.map((g: { State: string }) => g.State)).toEqual(["Stable", "Empty", "Dead"]);
  expect(data.Result[0].Members.map((m: { Assignment: { Topics: object[] } }) => m.Assignment.Topics)).toEqual([
    [{ Topic: "emails", Partitions: [0, 2] }],
    [{ Topic: "emails", Partitions: [1] }],
  ]);
});

test("lag grows with the sandbox clock, and stands still while the clock does", async () => {
  const box = await sandbox(smallWorld);
  const { call } = await serve(box);
  const lag = async (Group: string) => rows((await call("DescribeGroupOffsets", { InstanceId, Group })).data);
  const before = [
    [81, 101, 20],
    [80, 100, 20],
  ];
  expect(await lag("readers")).toEqual(before);
  expect(await lag("readers")).toEqual(before);
  box.clock.step(10_000);
  expect(await lag("readers")).toEqual([
    [81, 111, 30],
    [80, 110, 30],
  ]);
  // Half a message a second in each partition is consumed, one is produced.
  expect(await lag("live")).toEqual([
    [101, 111, 10],
    [100, 110, 10],
  ]);
});

test("a group that cannot get past a message keeps its place while its lag grows", async () => {
  const box = await sandbox();
  const { call } = await serve(box);
  const { data } = await call("DescribeGroupOffsets", { InstanceId: SHOP, Group: "invoice-mailer" });
  const stuck = data.Result.TopicList[0].Partitions[1];
  expect(stuck).toMatchObject({ Partition: 1, Lag: stuck.LogEndOffset - stuck.Offset });
  const message = await call("FetchMessageByOffset", {
    InstanceId: SHOP,
    Topic: "invoices",
    Partition: 1,
    Offset: stuck.Offset,
  });
  expect(message.data.Result.Key).toEqual({ untrusted: "INV-1-poison" });
  box.clock.step(3_600_000);
  const later = await call("DescribeGroupOffsets", { InstanceId: SHOP, Group: "invoice-mailer" });
  expect(later.data.Result.TopicList[0].Partitions[1].Offset).toBe(stuck.Offset);
});

test("offsets move by shift, to a time and to an offset, clamped to the log", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const move = async (args: object) => {
    const result = await call("ModifyGroupOffsets", { ...of, Topics: ["events"], ...args });
    expect(result.text).toContain('"ReturnCode":"0"');
    return rows((await call("DescribeGroupOffsets", of)).data)?.map(([offset]) => offset);
  };
  expect(await move({ Strategy: 0, Shift: 5 })).toEqual([86, 85]);
  expect(forms[0]?.message).toContain('"events" partition 0: offset 81 → 86: skips 5 messages');
  expect(await move({ Strategy: 0, Shift: -1000 })).toEqual([0, 0]);
  expect(forms[1]?.message).toContain('"events" partition 0: offset 86 → 0: reads 86 messages again');
  expect(await move({ Strategy: 0, Shift: 1000 })).toEqual([101, 100]);
  expect(await move({ Strategy: 1, ShiftTimestamp: -2 })).toEqual([0, 0]);
  expect(await move({ Strategy: 1, ShiftTimestamp: -1 })).toEqual([101, 100]);
  // 30 s before the clock; the second partition's messages fall on half seconds.
  expect(await move({ Strategy: 1, ShiftTimestamp: box.clock.now() - 30_000 })).toEqual([70, 70]);
  expect(await move({ Strategy: 1, ShiftTimestamp: box.clock.now() + 5_000 })).toEqual([101, 100]);
  expect(await move({ Strategy: 2, Offset: 7, Partitions: [1] })).toEqual([101, 7]);
  expect(await move({ Strategy: 2, Offset: 9999 })).toEqual([101, 100]);
});

test("the preview of a reset names what would be skipped, and the reset does just that", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  await call("ModifyGroupOffsets", { ...of, Topics: ["events"], Strategy: 1, ShiftTimestamp: -1 });
  expect(forms[0]?.message).toMatch(/^ModifyGroupOffsets on "readers" in "ckafka-one", region ap-guangzhou, account /);
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Loses: the group's present position: 40 messages would never be read.",
    "Strategy: to a time or an end (1)",
    'Topics: "events"',
    "ShiftTimestamp: latest (-1)",
    "Partitions: all",
    '"events" partition 0: offset 81 → 101: skips 20 messages',
    '"events" partition 1: offset 80 → 100: skips 20 messages',
    "The group is empty: it has no members.",
  ]);
  expect(rows((await call("DescribeGroupOffsets", of)).data)).toEqual([
    [101, 101, 0],
    [100, 100, 0],
  ]);
});

test("the preview of a reset to a time names the offsets of that time, and the reset goes there", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const reset = { InstanceId, Group: "readers", Topics: ["events"], Strategy: 1 };
  await call("ModifyGroupOffsets", { ...reset, ShiftTimestamp: box.clock.now() - 30_000 });
  expect(forms[0]?.message).toContain("\nShiftTimestamp: 2026-03-02T08:59:30Z (");
  expect(forms[0]?.message.split("\n").slice(-3)).toEqual([
    "The group is empty: it has no members.",
    '"events" partition 0: offset 81 → 70: reads 11 messages again',
    '"events" partition 1: offset 80 → 70: reads 10 messages again',
  ]);
  await call("ModifyGroupOffsets", { ...reset, ShiftTimestamp: box.clock.now() + 5_000 });
  expect(forms[1]?.message).toContain('"events" partition 0: offset 70 → 101: skips 31 messages');
  const { data } = await call("DescribeGroupOffsets", { InstanceId, Group: "readers" });
  expect(data.Result.TopicList[0].Partitions.map((p: { Offset: number }) => p.Offset)).toEqual([101, 100]);
});

test("a reset while members are active is refused and changes nothing", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  const before = (await call("DescribeGroupOffsets", { InstanceId, Group: "live" })).data.Result;
  const reset = await call("ModifyGroupOffsets", {
    InstanceId,
    Group: "live",
    Topics: ["events"],
    Strategy: 1,
    ShiftTimestamp: -1,
  });
  expect(forms).toEqual([]);
  expect(reset.text).toMatch(/Stable with 1 active member \(10\.0\.0\.7\).*have to be stopped.*Nothing was changed/);
  const batch = await call("BatchModifyGroupOffsets", {
    InstanceId,
    GroupName: "live",
    Partitions: [{ Partition: 0, Offset: 0 }],
  });
  expect(batch.text).toMatch(/its consumers have to be stopped first/);
  expect((await call("DescribeGroupOffsets", { InstanceId, Group: "live" })).data.Result).toEqual(before);
});

test("a batch sets offsets per partition", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  const Partitions = [
    { Partition: 0, Offset: 3 },
    { Partition: 1, Offset: 90 },
  ];
  await call("BatchModifyGroupOffsets", { InstanceId, GroupName: "readers", Partitions, TopicName: ["events"] });
  const lines = forms[0]?.message.split("\n") ?? [];
  expect(lines[1]).toBe(
    "Loses: the group's present position: 10 messages would never be read, 78 messages would be read again.",
  );
  for (const line of ["1: offset 80 → 90: skips 10 messages", "0: offset 81 → 3: reads 78 messages again"])
    expect(lines).toContain(`"events" partition ${line}`);
  expect(rows((await call("DescribeGroupOffsets", of)).data)?.map(([offset]) => offset)).toEqual([3, 90]);
});

test("a group is created at the end of its topics and deleted once nobody consumes", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  expect(
    (await call("CreateConsumer", { InstanceId, GroupName: "fresh", TopicNameList: ["events", "quiet"] })).isError,
  ).toBe(false);
  expect((await call("DescribeGroupOffsets", { InstanceId, Group: "fresh" })).data.Result.TotalCount).toBe(2);
  const listed = await call("DescribeConsumerGroup", { InstanceId, GroupName: "fresh" });
  expect(listed.data.Result.GroupList[0]).toMatchObject({
    ConsumerGroupName: "fresh",
    SubscribedInfo: [{ TopicName: "events", Partition: [0, 1] }, { TopicName: "quiet" }],
  });
  expect((await call("CreateConsumer", { InstanceId, GroupName: "fourth", TopicName: "events" })).text).toMatch(
    /the quota of ckafka-one, 3 groups, is used up\. Nothing was changed/,
  );
  await call("DeleteGroup", { InstanceId, Group: "fresh" });
  expect((await call("CreateConsumer", { InstanceId, GroupName: "lost", TopicName: "none" })).text).toMatch(
    /ResourceNotFound.*topic none/,
  );
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  expect(forms.at(-1)?.message).toContain('Forgets its place on "events" (2 partitions, 40 messages unread).');
  expect((await call("DeleteGroup", { InstanceId, Group: "live" })).text).toMatch(
    /1 active member.*Nothing was changed/,
  );
  expect((await call("DescribeGroupOffsets", of)).text).toMatch(/ResourceNotFound/);
});

test("a topic is taken away from a group that nobody consumes for, and only this group forgets it", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  const take = (Group: string, Topic: string) => call("DeleteGroupSubscribeTopic", { InstanceId, Group, Topic });
  await call("CreateConsumer", { InstanceId, GroupName: "both", TopicNameList: ["events", "quiet"] });
  await call("ModifyGroupOffsets", { InstanceId, Group: "both", Topics: ["events"], Strategy: 0, Shift: -3 });
  expect((await take("both", "events")).data.Result.ReturnCode).toBe("0");
  expect(forms.at(-1)?.requestedSchema.properties.confirm).toMatchObject({ title: "Type both to confirm" });
  expect(forms.at(-1)?.message.split("\n").slice(1)).toEqual([
    "Loses: the group's committed offsets on the topic.",
    'Topic: "events"',
    'Forgets its place on "events" (2 partitions, 6 messages unread).',
    "The group is empty: it has no members.",
  ]);
  const topics = async (Group: string) =>
    (await call("DescribeGroupOffsets", { InstanceId, Group })).data.Result.TopicList.map(
      (t: { Topic: string }) => t.Topic,
    );
  expect(await topics("both")).toEqual(["quiet"]);
  expect(await topics("readers")).toEqual(["events"]);
  const listed = await call("DescribeConsumerGroup", { InstanceId, GroupName: "both" });
  expect(listed.data.Result.GroupList[0].SubscribedInfo).toMatchObject([{ TopicName: "quiet" }]);
  const readers = await call("DescribeTopicSubscribeGroup", { InstanceId, TopicName: "events" });
  expect(readers.data.Result.GroupsInfo.map((g: { Group: string }) => g.Group)).toEqual(["readers", "live"]);
  const again = await take("both", "events");
  expect(again.text).toMatch(/group both has no place on events.*Nothing was changed/);
  const busy = await take("live", "events");
  expect(busy.text).toMatch(/1 active member.*have to be stopped first\. Nothing was changed/);
  expect(forms).toHaveLength(3);
  expect(await topics("live")).toEqual(["events"]);
});

test("a group that was moved past the message that stopped it goes on", async () => {
  const topics = [
    {
      name: "mail",
      partitions: 1,
      records: [1, 2, 3, 4].map((n) => ({ partition: 0, at: `-${10 - n}m`, key: `k${n}`, value: "v" })),
    },
  ];
  const members = [{ client: "c", host: "10.0.0.7", joined: "+1m" }];
  const groups = [{ name: "mailer", members, reads: { mail: { perSecond: 1, behind: 4, stuckOn: "k2" } } }];
  const box = await sandbox(smallWorldWith({ dataHubs: {}, topics, groups }));
  const { call } = await serve(box, { answer: agree });
  const place = async () =>
    (await call("DescribeGroupOffsets", { InstanceId: "ckafka-one", Group: "mailer" })).data.Result.TopicList[0]
      .Partitions[0];
  expect(await place()).toMatchObject({ Offset: 1, Lag: 3 });
  await call("ModifyGroupOffsets", {
    InstanceId: "ckafka-one",
    Group: "mailer",
    Strategy: 2,
    Topics: ["mail"],
    Offset: 2,
  });
  box.clock.step(120_000);
  expect(await place()).toMatchObject({ Offset: 4, Lag: 0 });
});

// What an offset is, and what it is not.

/** A topic with one hour of messages left of a day's, one a second, and a group that stopped long before. */
const hour = {
  topics: [{ name: "day", partitions: 1, retention: "1h", produce: { perSecond: 1, since: "-1d", value: "v" } }],
  groups: [{ name: "late", reads: { day: { behind: 80_000 } } }],
  dataHubs: {},
};
const late = { InstanceId, Group: "late", Topics: ["day"] };
const linesOf = (forms: { message: string }[]) => forms.at(-1)?.message.split("\n") ?? [];
const start = async (fields: object) => {
  const box = await sandbox(smallWorldWith(fields));
  return { box, ...(await serve(box, { answer: agree })) };
};
const placesIn = (box: Awaited<ReturnType<typeof sandbox>>, group: string): Position[] =>
  dumpWorld(box.world).regions["ap-guangzhou"]?.instances[0]?.groups.find(({ name }) => name === group)?.positions ??
  [];

test("what retention has deleted is neither skipped nor read again", async () => {
  const { box, call, forms } = await start(hour);
  await call("ModifyGroupOffsets", { ...late, Strategy: 1, ShiftTimestamp: -2 });
  expect(linesOf(forms)).toContain('"day" partition 0: offset 6401 → 82800: what is between is deleted already');
  expect(linesOf(forms)[1]).toBe("Loses: the group's present position: no message is skipped or read again.");
  expect(placesIn(box, "late")[0]?.offset).toBe(82_800);
  const again = await start(hour);
  await again.call("ModifyGroupOffsets", { ...late, Strategy: 1, ShiftTimestamp: -1 });
  expect(linesOf(again.forms)[1]).toBe("Loses: the group's present position: 3,601 messages would never be read.");
});

test("integers beyond 2^53 are counted exactly, in the single action and in the batch", async () => {
  const far = "9007199254740993";
  for (const [action, args] of [
    ["ModifyGroupOffsets", { ...late, Strategy: 2, Offset: far }],
    ["ModifyGroupOffsets", { ...late, Strategy: 0, Shift: far }],
    [
      "BatchModifyGroupOffsets",
      { InstanceId, GroupName: "late", TopicName: ["day"], Partitions: [{ Partition: 0, Offset: far }] },
    ],
  ] as const) {
    const { box, call, forms } = await start(hour);
    expect((await call(action, args)).isError).toBe(false);
    expect(linesOf(forms)[1]).toBe("Loses: the group's present position: 3,601 messages would never be read.");
    expect(linesOf(forms).join("\n")).toMatch(/(Offset|Shift): 9,007,199,254,740,993 offsets/);
    expect(linesOf(forms)).toContain('"day" partition 0: offset 6401 → 86401: skips 3,601 messages');
    expect(placesIn(box, "late")[0]?.offset).toBe(86_401);
  }
});

test("a batch stops at the ends of the log, and nobody is asked about one that changes nothing", async () => {
  const { box, call, forms } = await start(hour);
  const batch = (Offset: number, Partition = 0) =>
    call("BatchModifyGroupOffsets", { InstanceId, GroupName: "late", Partitions: [{ Partition, Offset }] });
  await batch(90_000_000);
  expect(linesOf(forms)).toContain('"day" partition 0: offset 6401 → 86401: skips 3,601 messages');
  expect(linesOf(forms)).toContain("TopicName: all");
  expect(placesIn(box, "late")[0]?.offset).toBe(86_401);
  expect((await batch(90_000_001)).text).toMatch(/nothing would change: the offsets of group late are there already/);
  expect((await batch(5, 7)).text).toMatch(/has no offset in these partitions/);
  const twice = [0, 0].map((Partition, Offset) => ({ Partition, Offset }));
  const given = { InstanceId, GroupName: "late", Partitions: twice };
  expect((await call("BatchModifyGroupOffsets", given)).text).toMatch(/names partition 0 twice/);
  expect(forms).toHaveLength(1);
});

test("microseconds are refused; ISO 8601 is taken", async () => {
  const { box, call, forms } = await start(hour);
  const to = (ShiftTimestamp: unknown) => call("ModifyGroupOffsets", { ...late, Strategy: 1, ShiftTimestamp });
  expect((await to(1_772_193_600_000_000)).text).toMatch(/ShiftTimestamp must be in milliseconds.*Nothing was sent/);
  expect((await to(2e13)).text).toMatch(/ShiftTimestamp must be in milliseconds.*Nothing was sent/);
  expect(forms).toEqual([]);
  await to("2026-03-02T16:30:00+08:00");
  expect(placesIn(box, "late")[0]?.offset).toBe(84_600);
});

const odd = {
  max: { topics: 10, partitions: 20, groups: 10 },
  groups: [
    { name: "none", reads: { events: { behind: [null, 20] } } },
    { name: "beyond", reads: { events: { behind: [-1899, 0] } } },
    { name: "gone", reads: { old: { gone: [40, 2] }, events: { behind: 4 } } },
    {
      name: "uneven",
      members: [{ client: "c", host: "10.0.0.7" }],
      reads: { events: { perSecond: [3, 0], behind: [60, 5] } },
    },
    {
      name: "connect-one",
      protocolType: "connect",
      members: [{ client: "w", host: "10.0.0.8" }],
      reads: { events: { behind: 4 } },
    },
  ],
};

test("rates and lag can differ between partitions", async () => {
  const { box, call } = await start(odd);
  const lag = async () => rows((await call("DescribeGroupOffsets", { InstanceId, Group: "uneven" })).data);
  expect(await lag()).toEqual([
    [41, 101, 60],
    [95, 100, 5],
  ]);
  box.clock.step(10_000);
  expect(await lag()).toEqual([
    [71, 111, 40],
    [95, 110, 15],
  ]);
});

test("where nothing is committed nothing is said to be skipped, and nothing can be shifted", async () => {
  const { box, call, forms } = await start(odd);
  const none = { InstanceId, Group: "none", Topics: ["events"] };
  expect(rows((await call("DescribeGroupOffsets", { InstanceId, Group: "none" })).data)).toEqual([
    [-1, 101, 101],
    [80, 100, 20],
  ]);
  expect((await call("DescribeGroupOffsets", { InstanceId, Group: "none" })).text).toContain(
    "Offset -1: nothing committed",
  );
  const refused = await call("ModifyGroupOffsets", { ...none, Strategy: 0, Shift: 1 });
  expect(refused.text).toMatch(/has committed nothing on events partition 0 .*Nothing was changed/);
  await call("ModifyGroupOffsets", { ...none, Strategy: 2, Offset: 0, Partitions: [0] });
  expect(linesOf(forms)).toContain('"events" partition 0: nothing committed → 0: 101 messages left to read');
  expect(forms.at(-1)?.message).not.toMatch(/Loses|Beware/);
  expect(placesIn(box, "none")[0]?.offset).toBe(0);
});

test("what lies before the first place of a group counts as never read", async () => {
  const { call, forms } = await start(odd);
  const none = { InstanceId, Group: "none", Topics: ["events"] };
  await call("ModifyGroupOffsets", { ...none, Strategy: 2, Offset: 70, Partitions: [0] });
  expect(linesOf(forms)[1]).toBe("Loses: messages: 70 messages before the new place would never be read.");
  expect(linesOf(forms)).toContain(
    '"events" partition 0: nothing committed → 70: 31 messages left to read, 70 messages before it never read',
  );
});

test("of a place beyond the end, only what is there counts", async () => {
  const { call, forms } = await start(odd);
  const beyond = { InstanceId, Group: "beyond", Topics: ["events"] };
  expect(rows((await call("DescribeGroupOffsets", { InstanceId, Group: "beyond" })).data)?.[0]).toEqual([
    2000, 101, -1899,
  ]);
  await call("ModifyGroupOffsets", { ...beyond, Strategy: 1, ShiftTimestamp: -2, Partitions: [0] });
  expect(linesOf(forms)).toContain(
    '"events" partition 0: offset 2000, beyond the end 101, → 0: 101 messages left to read',
  );
  await call("DeleteGroup", { InstanceId, Group: "beyond" });
  expect(linesOf(forms)).toContain('Forgets its place on "events" (2 partitions, 101 messages unread).');
});

test("a place on a topic that is gone can be shown and forgotten, and holds nothing up", async () => {
  const { box, call, forms } = await start(odd);
  const shown = (await call("DescribeGroupOffsets", { InstanceId, Group: "gone" })).data.Result.TopicList;
  expect(shown[0]).toMatchObject({ Topic: "old", Partitions: [{ Offset: 40, ErrorCode: 3 }, { Offset: 2 }] });
  const reset = { InstanceId, Group: "gone", Topics: ["old"], Strategy: 1, ShiftTimestamp: -1 };
  expect((await call("ModifyGroupOffsets", reset)).text).toMatch(/ResourceNotFound.*topic old does not exist/);
  expect(forms).toEqual([]);
  const Partitions = [{ Partition: 0, Offset: 7 }];
  expect((await call("BatchModifyGroupOffsets", { InstanceId, GroupName: "gone", Partitions })).isError).toBe(false);
  expect(linesOf(forms)).toContain('Its place on "old" stays: the topic is not there any more.');
  expect(placesIn(box, "gone").map(({ offset }) => offset)).toEqual([40, 2, 7, 98]);
  expect((await call("DescribeConsumerGroup", { InstanceId, GroupName: "gone" })).isError).toBe(false);
  expect((await call("DeleteGroupSubscribeTopic", { InstanceId, Group: "gone", Topic: "old" })).isError).toBe(false);
  expect(linesOf(forms)).toContain('Forgets its place on "old", a topic that is not there any more (2 partitions).');
  expect(placesIn(box, "gone").map(({ topic }) => topic)).toEqual(["events", "events"]);
});

test("a group of another protocol shows no members, and is refused all the same", async () => {
  const { call, forms } = await start(odd);
  const { data } = await call("DescribeGroupInfo", { InstanceId, GroupList: ["connect-one"] });
  expect(data.Result[0]).toMatchObject({ State: "Stable", ProtocolType: "connect" });
  expect(data.Result[0].Members).toBeUndefined();
  const { text } = await call("DeleteGroup", { InstanceId, Group: "connect-one" });
  expect(text).toMatch(
    /is in Stable: its members, which use the protocol "connect", do not show .*Nothing was changed/,
  );
  expect(forms).toEqual([]);
});

const compactedTopic = {
  topics: [
    {
      name: "state",
      partitions: 1,
      cleanUpPolicy: "compact",
      records: [3, 2, 1].map((hours, n) => ({
        partition: 0,
        at: `-${hours}h`,
        key: n === 1 ? "b" : "a",
        value: `${n}`,
      })),
    },
  ],
  groups: [{ name: "keeper", reads: { state: { behind: 0 } } }],
  dataHubs: {},
};

test("on a compacted topic a reset to a time goes to a message that is there, as shown, and counts say at most", async () => {
  const { box, call, forms } = await start(compactedTopic);
  const reset = { InstanceId, Group: "keeper", Topics: ["state"], Strategy: 1 };
  await call("ModifyGroupOffsets", { ...reset, ShiftTimestamp: box.clock.now() - 4 * 3_600_000 });
  expect(linesOf(forms)).toContain('"state" partition 0: offset 3 → 1: reads at most 2 messages again');
  expect(placesIn(box, "keeper")[0]?.offset).toBe(1);
});

test("what stays is summed up, and the widest comes first", async () => {
  const topics = Array.from({ length: 30 }, (_, i) => ({
    name: `t${i}`,
    partitions: 2,
    produce: { perSecond: 2, since: "-100s", value: "v" },
  }));
  const reads = Object.fromEntries(topics.map(({ name }, i) => [name, { behind: i < 28 ? 0 : i }]));
  const max = { topics: 40, partitions: 100, groups: 3 };
  const { call, forms } = await start({ max, topics, groups: [{ name: "wide", reads }], dataHubs: {} });
  const Topics = topics.map(({ name }) => name);
  await call("ModifyGroupOffsets", { InstanceId, Group: "wide", Topics, Strategy: 1, ShiftTimestamp: -1 });
  expect(linesOf(forms).slice(6)).toEqual([
    '"t29" partition 0: offset 86 → 101: skips 15 messages',
    '"t28" partition 0: offset 87 → 101: skips 14 messages',
    '"t28" partition 1: offset 86 → 100: skips 14 messages',
    '"t29" partition 1: offset 86 → 100: skips 14 messages',
    "The group is empty: it has no members.",
    "Stay where they are: 56 partitions.",
  ]);
});

test("partitions that only some of the topics have are told", async () => {
  const reads = { events: { behind: 4 }, quiet: { behind: 1 } };
  const { call, forms } = await start({ groups: [{ name: "two", reads }] });
  const Partitions = [0, 1].map((Partition) => ({ Partition, Offset: 0 }));
  await call("BatchModifyGroupOffsets", { InstanceId, GroupName: "two", Partitions });
  expect(linesOf(forms)).toContain('No offset that could be moved in "quiet" partition 1.');
  const of = { InstanceId, GroupName: "fresh" };
  const before = (await call("DescribeGroup", { InstanceId })).data.Result.TotalCount;
  await call("CreateConsumer", { ...of, TopicNameList: ["quiet", "events"] });
  expect(linesOf(forms).slice(1)).toEqual(['TopicNameList: "quiet", "events"']);
  expect((await call("DescribeGroup", { InstanceId })).data.Result.TotalCount).toBe(before + 1);
});

test("what goes with a group is told", async () => {
  const { box, call, forms } = await start({
    users: [{ name: "alice" }],
    acls: [{ group: "readers", user: "alice", operation: "read" }],
    throttles: [{ group: "readers", consume: 8 }],
  });
  const before = dumpWorld(box.world);
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  expect(linesOf(forms)).toContain("ACLs on it, which go with it: 1.");
  expect(linesOf(forms)).toContain("Throttle rules on it, which go with it: 1.");
  const at = "regions.ap-guangzhou.instances[one].";
  const paths = diff(before, dumpWorld(box.world)).flatMap((line) =>
    line.startsWith(at) ? line.slice(at.length) : [],
  );
  expect(paths.map((path) => path.replace(/[:[].*/, "")).sort()).toEqual(["access.acls", "access.throttles", "groups"]);
});

test("nobody is asked about what is on an instance that does not run", async () => {
  const { call, forms } = await start({ status: 5, throttles: [{ group: "readers", consume: 8 }] });
  const of = { InstanceId, Group: "readers" };
  const changes: [string, object][] = [
    ["CreateConsumer", { InstanceId, GroupName: "new", TopicName: "events" }],
    ["ModifyGroupOffsets", { ...of, Topics: ["events"], Strategy: 2, Offset: 1 }],
    ["BatchModifyGroupOffsets", { InstanceId, GroupName: "readers", Partitions: [{ Partition: 0, Offset: 1 }] }],
    ["DeleteGroup", of],
    ["DeleteGroupSubscribeTopic", { ...of, Topic: "events" }],
    ["CreateThrottleRule", { InstanceId, ThrottleType: 3, TopicNameList: ["events"], ConsumeThrottle: 1 }],
    ["ModifyThrottleRule", { InstanceId, ThrottleRuleId: 1002, ConsumeThrottle: 1 }],
    ["DeleteThrottleRule", { InstanceId, ThrottleRuleId: "1002" }],
  ];
  for (const [name, args] of changes)
    expect((await call(name, { ...args })).text, name).toMatch(/instance ckafka-one does not run, it is isolated/);
  expect(forms).toEqual([]);
});

test("what the cloud does not show is said for itself, and the rest stands", async () => {
  const { box, call, forms } = await start({});
  const refused = { code: "UnauthorizedOperation", message: "no messages for you", count: 2 };
  box.staged.add(stagedModel.parse({ action: "FetchMessageListByTimestamp", ...refused }));
  const ShiftTimestamp = box.clock.now() - 30_000;
  const reset = { InstanceId, Group: "readers", Topics: ["events"], Strategy: 1, ShiftTimestamp };
  expect((await call("ModifyGroupOffsets", reset)).isError).toBe(false);
  expect(linesOf(forms)[1]).toBe("Loses: the group's present position: messages are skipped or read again.");
  expect(linesOf(forms)).toContain('"events" partition 0: offset 81 → not read');
  expect(linesOf(forms)).toContain('Where "events" stood at that time could not be read ("UnauthorizedOperation").');
});

test("lists that the cloud leaves out are empty, and a log that it does not show is said to be unread", async () => {
  const read = async (action: string) => {
    if (action === "DescribeGroupInfo") return { Result: [{ State: "Empty", Members: null }] };
    if (action === "DescribeGroupOffsets") return { Result: { TotalCount: 0, TopicList: null } };
    if (action === "DescribeThrottleRules") return { Result: null };
    if (action === "DescribeInstanceAttributes") return { Result: { Status: 1 } };
    return { Result: { TotalCount: 0, AclList: null } };
  };
  const { finds } = (await groupPreviews.DeleteGroup({ InstanceId, Group: "g" }, read as never)) as { finds: object[] };
  expect(finds).toHaveLength(1);
});

describe("what the preview says is what becomes of the group", () => {
  const size = fc.integer({ min: 1, max: 3 });
  const behind = fc.option(fc.integer({ min: -5, max: 130 }), { freq: 6 });
  const worldOf = fc.record({
    cleanUpPolicy: fc.constantFrom("delete", "compact"),
    retention: fc.constantFrom("30s", "1h"),
    places: fc.array(behind, { minLength: 1, maxLength: 3 }),
    key: fc.constantFrom("same", "k{n}"),
  });
  const wish = fc.oneof(
    fc.record({ Strategy: fc.constant(0), Shift: fc.integer({ min: -150, max: 150 }) }),
    fc.record({
      Strategy: fc.constant(1),
      ShiftTimestamp: fc.constantFrom(-2, -1, Date.parse("2026-03-02T08:59:15Z"), Date.parse("2026-03-02T08:59:50.3Z")),
    }),
    fc.record({ Strategy: fc.constant(2), Offset: fc.integer({ min: 0, max: 150 }) }),
    fc.record({
      Partitions: fc.array(fc.record({ Partition: size, Offset: fc.nat(150) }), { minLength: 1, maxLength: 3 }),
    }),
  );
  const LINE =
    /^"t" partition (\d+): (?:offset ([\d,]+)(?:, beyond the end \d+,)?|nothing committed) → ([\d,]+): (.*)$/;
  const number = (text: string | undefined) => (text === undefined ? -1 : Number(text.replaceAll(",", "")));

  test("for resets one by one and in a batch", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worldOf, wish, async ({ places, key, ...topic }, given) => {
        const produce = { perSecond: places.length, since: "-100s", key, value: "v" };
        const { box, call, forms } = await start({
          topics: [{ name: "t", partitions: places.length, produce, ...topic }],
          groups: [{ name: "g", reads: { t: { behind: places } } }],
          dataHubs: {},
        });
        const before = placesIn(box, "g");
        const instance = box.world.regions["ap-guangzhou"]?.instances[0] as Instance;
        const partitions = (instance.topics[0] as Topic).partitions;
        const result =
          "Partitions" in given
            ? await call("BatchModifyGroupOffsets", { InstanceId, GroupName: "g", ...given })
            : await call("ModifyGroupOffsets", { InstanceId, Group: "g", Topics: ["t"], ...given });
        const after = placesIn(box, "g");
        const changed = after.filter(({ offset }, i) => offset !== before[i]?.offset);
        // Nobody is asked in vain, and what is refused changes nothing.
        expect(forms).toHaveLength(changed.length > 0 ? 1 : 0);
        expect(result.isError).toBe(changed.length === 0);
        const told = linesOf(forms).flatMap((line) => LINE.exec(line) ?? []);
        expect(told.length / 5).toBe(changed.length);
        for (const line of linesOf(forms)) {
          const [, partition, from, to, what] = LINE.exec(line) ?? [];
          if (what === undefined) continue;
          const was = before[Number(partition)]?.offset ?? Number.NaN;
          const is = after[Number(partition)]?.offset ?? Number.NaN;
          expect([number(from), number(to)]).toEqual([was, is]);
          const log = partitions[Number(partition)] as (typeof partitions)[number];
          const gone = goneFrom(instance.topics[0] as Topic, log);
          const replicas = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "t" });
          const { BeginOffset, EndOffset } = replicas.data.Result.TopicInSyncReplicaList[Number(partition)];
          const between = (a: number, b: number) =>
            countBetween(log, Math.max(a, BeginOffset), Math.min(b, EndOffset), box.clock.now(), gone);
          const hit = what.includes("left to read")
            ? between(is, EndOffset)
            : between(Math.min(was, is), Math.max(was, is));
          const [, most, amount] =
            /^(?:skips |reads )?(at most )?([\d,]+) messages?(?: again| left to read.*)?$/.exec(what) ?? [];
          if (amount === undefined) expect([what, hit]).toEqual(["what is between is deleted already", 0]);
          else if (most) expect(number(amount)).toBeGreaterThanOrEqual(hit);
          else expect(number(amount)).toBe(hit);
        }
      }),
      { numRuns: 25 },
    );
  });
});
