import { expect, test } from "vitest";
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
  expect(forms[0]?.message).toContain("events/0: offset 81 → 86: skips 5 messages");
  expect(await move({ Strategy: 0, Shift: -1000 })).toEqual([0, 0]);
  expect(forms[1]?.message).toContain("events/0: offset 86 → 0: reads 86 messages again");
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
  expect(forms[0]?.message.split("\n")).toEqual([
    "ModifyGroupOffsets on readers in ap-guangzhou, ckafka-one",
    "Loses: the group's present position: messages are skipped or read again.",
    "Group state Empty, 0 active members.",
    "40 unread messages would never be read by this group.",
    "events/0: offset 81 → 101: skips 20 messages",
    "events/1: offset 80 → 100: skips 20 messages",
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
  expect(forms[0]?.message.split("\n").slice(2)).toEqual([
    "Group state Empty, 0 active members.",
    "To the first messages from 2026-03-02T08:59:30.000Z on.",
    "events/0: offset 81 → 70: reads 11 messages again",
    "events/1: offset 80 → 70: reads 10 messages again",
  ]);
  await call("ModifyGroupOffsets", { ...reset, ShiftTimestamp: box.clock.now() + 5_000 });
  expect(forms[1]?.message).toContain("events/0: offset 70 → 101: skips 31 messages");
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
  expect(forms[0]?.message).toContain(
    "events/0: offset 81 → 3: reads 78 messages again\nevents/1: offset 80 → 90: skips 10 messages",
  );
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
    /LimitExceeded/,
  );
  await call("DeleteGroup", { InstanceId, Group: "fresh" });
  expect((await call("CreateConsumer", { InstanceId, GroupName: "lost", TopicName: "none" })).text).toMatch(
    /ResourceNotFound.*topic none/,
  );
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  expect(forms.at(-1)?.message).toContain("Forgets its place on events (2 partitions, lag 40 messages).");
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
  expect(forms.at(-1)?.message.split("\n")).toEqual([
    "DeleteGroupSubscribeTopic on both in ap-guangzhou, ckafka-one",
    "Loses: the group's committed offsets on the topic.",
    "Group state Empty, 0 active members.",
    "Forgets its place on events (2 partitions, lag 6 messages).",
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
