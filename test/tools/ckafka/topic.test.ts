import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { agree, LOGS, SHOP, STAGING, sandbox, serve, smallWorld, smallWorldWith } from "../../support/harness.ts";
import { sender } from "../../support/scenario.ts";

const InstanceId = "ckafka-one";

test("topics are listed, searched, sorted and paged", async () => {
  const { call } = await serve(await sandbox());
  const all = await call("DescribeTopic", { InstanceId: SHOP, Limit: 50 });
  expect(all.data.Result.TotalCount).toBe(13);
  expect(all.data.Result.TopicList).toHaveLength(13);
  const orders = await call("DescribeTopic", { InstanceId: SHOP, SearchWord: "order" });
  expect(orders.data.Result.TopicList.map((t: { TopicName: string }) => t.TopicName)).toEqual([
    "orders",
    "orders-dead-letter",
  ]);
  const page = await call("DescribeTopic", { InstanceId: SHOP, Offset: 12, Limit: 5 });
  expect(page.data.Result).toMatchObject({ TotalCount: 13, TopicList: [{ TopicName: "campaign-2024" }] });
  const byPartitions = await call("DescribeTopicDetail", {
    InstanceId: SHOP,
    OrderBy: "PartitionNum",
    OrderType: 1,
    Limit: 2,
  });
  expect(byPartitions.data.Result.TopicList[0]).toMatchObject({ TopicName: "campaign-2024", PartitionNum: 12 });
  const three = await call("DescribeTopicDetail", {
    InstanceId: SHOP,
    Filters: [{ Name: "ReplicaNum", Values: ["3"] }],
  });
  expect(three.data.Result.TotalCount).toBe(3);
  const anyCase = await call("DescribeTopicDetail", {
    InstanceId: SHOP,
    SearchWord: "ORDERS",
    SearchWordIgnoreCaseFlag: true,
  });
  expect(anyCase.data.Result.TotalCount).toBe(2);
});

test("a topic is created after a person agreed, and every read shows it", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const created = await call("CreateTopic", {
    InstanceId,
    TopicName: "new.topic",
    PartitionNum: "3",
    ReplicaNum: 2,
    EnableWhiteList: 1,
    IpWhiteList: '["10.0.0.8"]',
    RetentionMs: 3_600_000,
    Note: "note",
    Tags: [{ TagKey: "team", TagValue: "a" }],
  });
  expect(created.isError).toBe(false);
  expect(created.data.Result.TopicId).toMatch(/^topic-/);
  const [title, ...lines] = (forms[0]?.message ?? "").split("\n");
  expect(title).toMatch(/^CreateTopic on "new\.topic" in "ckafka-one", region ap-guangzhou/);
  expect(lines).toEqual([
    "PartitionNum: 3 partitions",
    "ReplicaNum: 2",
    "EnableWhiteList: on (1)",
    'IpWhiteList: "10.0.0.8"',
    'Note: "note"',
    "RetentionMs: 3,600,000 ms (1 h)",
    'Tags[0].TagKey: "team"',
    'Tags[0].TagValue: "a"',
  ]);
  const shown = await call("DescribeTopicAttributes", { InstanceId, TopicName: "new.topic" });
  expect(shown.data.Result).toMatchObject({
    TopicId: created.data.Result.TopicId,
    PartitionNum: 3,
    ReplicaNum: 2,
    Note: { untrusted: "note" },
    EnableWhiteList: 1,
    IpWhiteList: ["10.0.0.8"],
    CreateTime: 1_772_442_000,
    Config: { Retention: 3_600_000, CleanUpPolicy: "delete" },
  });
  const detail = await call("DescribeTopicDetail", { InstanceId, SearchWord: "new" });
  expect(detail.data.Result.TopicList).toMatchObject([
    { TopicName: "new.topic", Tags: [{ TagKey: "team", TagValue: "a" }] },
  ]);
  const instance = await call("DescribeInstanceAttributes", { InstanceId });
  expect(instance.data.Result).toMatchObject({
    CreatedTopics: 3,
    RemainingTopics: 0,
    CreatedPartitions: 6,
    RemainingPartitions: 4,
  });
});

test("names in use, full quotas and missing brokers are refused with the documented codes", async () => {
  const { call } = await serve(await sandbox(smallWorld), { answer: agree });
  const create = (args: object) =>
    call("CreateTopic", { InstanceId, TopicName: "x", PartitionNum: 1, ReplicaNum: 1, ...args });
  const twice = await create({ TopicName: "events" });
  expect(twice.text).toMatch(/ckafka-one has a topic events already.*Nothing was changed\.$/);
  expect((await create({ PartitionNum: 8 })).text).toMatch(/LimitExceeded.*7 left/);
  expect((await create({ InstanceId: "ckafka-none" })).text).toMatch(/InstanceNotExist.*DescribeInstances/);
  expect((await create({ ReplicaNum: 1, MinInsyncReplicas: 2 })).text).toMatch(
    /MinInsyncReplicas 2 is more than the 1 replicas that x would have.*Nothing was changed/,
  );
  await create({});
  expect((await create({ TopicName: "y" })).text).toMatch(/LimitExceeded.*3 topics/);
  expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(3);
});

test("settings change from → to; retention deletes for good as the clock moves", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const counts = async () => {
    const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "events" });
    return data.Result.TopicInSyncReplicaList.map((p: { BeginOffset: number; EndOffset: number }) => [
      p.BeginOffset,
      p.EndOffset,
    ]);
  };
  expect(await counts()).toEqual([
    [0, 101],
    [0, 100],
  ]);
  const modified = await call("ModifyTopicAttributes", {
    InstanceId,
    TopicName: "events",
    RetentionMs: 60_000,
    Note: "short",
    QuotaProducerByteRate: 5,
  });
  expect(modified.data.Result.ReturnCode).toBe("0");
  expect(forms[0]?.message).toContain(
    [
      'Loses: messages older than 60,000 ms (1 min) in "events"; speed of producers above 5 MB/s.',
      'Note: empty → "short"',
      "RetentionMs: 3,600,000 ms (1 h) → 60,000 ms (1 min)",
      "QuotaProducerByteRate: not set → 5 MB/s",
      'Of the 201 messages in "events", 80 messages are older than 60,000 ms (1 min).',
      "201 messages in 2 partitions, 1,608 B on disk.",
      'Written to now by "10.0.0.9".',
    ].join("\n"),
  );
  expect(await counts()).toEqual([
    [40, 101],
    [40, 100],
  ]);
  box.clock.step(30_000);
  expect(await counts()).toEqual([
    [70, 131],
    [70, 130],
  ]);
  await call("ModifyTopicAttributes", { InstanceId, TopicName: "events", RetentionMs: 3_600_000 });
  // What becomes longer takes nothing: nobody is warned of it.
  expect(forms[1]?.message).not.toMatch(/Loses|Beware/);
  expect(forms[1]?.requestedSchema.properties.confirm?.type).toBe("boolean");
  expect(await counts()).toEqual([
    [70, 131],
    [70, 130],
  ]);
  const shown = await call("DescribeTopicAttributes", { InstanceId, TopicName: "events" });
  expect(shown.data.Result).toMatchObject({ Note: { untrusted: "short" }, QuotaConfig: { QuotaProducerByteRate: 5 } });
});

test("a batch changes each topic on its own and says which failed", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  const batch = await call("BatchModifyTopicAttributes", {
    InstanceId,
    Topic: [
      { TopicName: "events", PartitionNum: 4, Note: "grown" },
      { TopicName: "quiet", PartitionNum: 99 },
    ],
  });
  expect(forms[0]?.message).toContain("Topic[0].PartitionNum: 2 partitions → 4 partitions");
  expect(forms[0]?.message).toMatch(/Cannot be undone: partitions cannot be removed again, and keys map to other/);
  // One entry that failed: what was asked for was not done.
  expect(batch.isError).toBe(true);
  expect(batch.data.Result).toMatchObject([
    { TopicName: "events", ReturnCode: "0" },
    { TopicName: "quiet", ReturnCode: "20018" },
  ]);
  const shown = await call("DescribeTopicAttributes", { InstanceId, TopicName: "events" });
  expect(shown.data.Result).toMatchObject({ PartitionNum: 4, Note: { untrusted: "grown" } });
});

test("partitions grow and never shrink", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  expect((await call("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 5 })).isError).toBe(false);
  expect(forms[0]?.message).toMatch(
    /Cannot be undone: .*keys map to other.*\nPartitionNum: 2 partitions → 5 partitions/,
  );
  const fewer = await call("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 4 });
  expect(fewer.text).toMatch(/5 partitions already.*Nothing was changed/);
  expect(
    (await call("DescribeTopicAttributes", { InstanceId, TopicName: "events" })).data.Result.Partitions,
  ).toHaveLength(5);
});

test("the IP allow list gains and loses addresses", async () => {
  const topics = [{ name: "payments", partitions: 1, allowList: ["10.0.8.21", "10.0.8.22"] }];
  const { call, forms } = await serve(await sandbox(smallWorldWith({ topics, groups: [], dataHubs: {} })), {
    answer: agree,
  });
  const of = { InstanceId, TopicName: "payments" };
  const listed = async () => (await call("DescribeTopicAttributes", of)).data.Result.IpWhiteList;
  await call("CreateTopicIpWhiteList", { ...of, IpWhiteList: ["10.0.8.23", "10.0.8.21"] });
  expect(forms[0]?.message).toContain('Opens: the topic to "10.0.8.23".');
  expect(await listed()).toEqual(["10.0.8.21", "10.0.8.22", "10.0.8.23"]);
  await call("DeleteTopicIpWhiteList", { ...of, IpWhiteList: ["10.0.8.22"] });
  expect(forms[1]?.message).toContain('Loses: access of "10.0.8.22" to the topic.');
  expect(forms[1]?.message).toContain('Allow list today (in force): "10.0.8.21", "10.0.8.22", "10.0.8.23".');
  expect(await listed()).toEqual(["10.0.8.21", "10.0.8.23"]);
  await call("ModifyTopicAttributes", { ...of, IpWhiteList: ["10.0.8.23", "10.0.8.9"] });
  expect(forms[2]?.message).toContain(
    'Loses: access of "10.0.8.21" to the topic.\nOpens: the topic to "10.0.8.9".\nIpWhiteList: "10.0.8.21", "10.0.8.23" → ',
  );
  await call("ModifyTopicAttributes", { ...of, EnableWhiteList: 0 });
  expect(forms[3]?.message).toContain("Opens: the topic to any address.\nEnableWhiteList: on (1) → off (0)");
  // A list that is not in force lets nobody in and shuts nobody out.
  await call("CreateTopicIpWhiteList", { ...of, IpWhiteList: ["10.0.8.1"] });
  expect(forms[4]?.message).not.toMatch(/Opens|Loses/);
  await call("ModifyTopicAttributes", { ...of, EnableWhiteList: 1, IpWhiteList: ["10.0.8.1"] });
  expect(forms[5]?.message).toContain('Loses: access of every address but "10.0.8.1".');
  expect(forms).toHaveLength(6);
});

test("a topic can be deleted 60 s after its creation, by its typed name, and its groups forget it", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  await call("CreateTopic", { InstanceId, TopicName: "brief", PartitionNum: 1, ReplicaNum: 1 });
  const early = await call("DeleteTopic", { InstanceId, TopicName: "brief" });
  expect(early.text).toMatch(/FrequencyTopicDeleteOperate.*wait, then call again\. Nothing was changed/);
  box.clock.step(60_000);
  expect((await call("DeleteTopic", { InstanceId, TopicName: "brief" })).data.Result.ReturnCode).toBe("0");
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(forms.at(-1)?.message).toContain(
    [
      "Loses: every message in the topic: 321 messages.",
      "321 messages in 2 partitions, 2,568 B on disk.",
      'Written to now by "10.0.0.9".',
      "Last written 2026-03-02T09:01:00Z (partition 0, its longest).",
      'Read by group "live" (stable, 70 offsets behind the end).',
      'Read by group "readers" (empty, 160 offsets behind the end).',
    ].join("\n"),
  );
  expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(1);
  // Nobody consumes for the one, so that nothing is left of it; the other is still there.
  expect((await call("DescribeGroupOffsets", { InstanceId, Group: "readers" })).text).toMatch(/ResourceNotFound/);
  expect((await call("DescribeGroupOffsets", { InstanceId, Group: "live" })).data.Result.TotalCount).toBe(0);
  expect((await call("DeleteTopic", { InstanceId, TopicName: "events" })).text).toMatch(
    /ResourceNotFound.*Nothing was changed/,
  );
});

test("subscribers, producers, replicas out of sync and traffic are shown", async () => {
  const { call } = await serve(await sandbox());
  const readers = await call("DescribeTopicSubscribeGroup", { InstanceId: SHOP, TopicName: "payments" });
  expect(readers.data.Result).toMatchObject({ Status: 1, TotalCount: 3, StatusCountInfo: "1 Empty, 2 Stable" });
  const member = readers.data.Result.GroupsInfo[0].Members[0];
  expect(member).toMatchObject({
    ClientId: { untrusted: "fulfilment-0" },
    Assignment: { Topics: [{ Topic: "orders" }, { Topic: "payments", Partitions: [0, 3] }] },
  });
  const producers = await call("DescribeTopicProduceConnection", { InstanceId: SHOP, TopicName: "orders" });
  expect(producers.data.Result.map((c: { IpAddr: string }) => c.IpAddr)).toEqual(["10.0.8.11", "10.0.8.12"]);
  const behind = await call("DescribeTopicSyncReplica", {
    InstanceId: LOGS,
    TopicName: "error-log",
    OutOfSyncReplicaOnly: true,
  });
  expect(behind.data.Result.TotalCount).toBe(3);
  expect(behind.data.Result.TopicInSyncReplicaList[0]).toMatchObject({
    Partition: "partition-1",
    OutOfSyncReplica: "150034",
  });
  const ranking = await call("DescribeTopicFlowRanking", { InstanceId: LOGS, RankingType: "PRO" });
  expect(ranking.data.Result.TopicFlow[0].TopicName).toBe("metrics");
  expect(ranking.data.Result.ConsumeSpeed[0]).toMatchObject({ ConsumerGroupName: "alerting" });
  // Its rate for a minute, on a clock that runs.
  expect(ranking.data.Result.ConsumeSpeed[0].Speed / 120_350).toBeCloseTo(1, 2);
  const broker = await call("DescribeTopicFlowRanking", {
    InstanceId: LOGS,
    RankingType: "CON",
    BrokerIp: "10.0.2.31",
  });
  expect(broker.data.Result.BrokerTopicData).toHaveLength(7);
  expect(
    (await call("DescribeTopicFlowRanking", { InstanceId: LOGS, RankingType: "PRO", BrokerIp: "1.2.3.4" })).text,
  ).toMatch(/no broker/);
});

test("times of a ranking that name no zone are Beijing time", async () => {
  const produce = { perSecond: 1, since: "-1m", value: "x".repeat(100_000) };
  const box = await sandbox(
    smallWorldWith({ groups: [], dataHubs: {}, topics: [{ name: "events", partitions: 1, produce }] }),
  );
  const send = sender(box);
  const traffic = async (BeginDate: string) => {
    const { Result } = await send("DescribeTopicFlowRanking", {
      InstanceId: "ckafka-one",
      RankingType: "PRO",
      BeginDate,
    });
    return (Result as { TopicFlow: { TopicTraffic: string }[] }).TopicFlow[0]?.TopicTraffic;
  };
  const minute = await traffic("2026-03-02T08:59:30Z");
  expect(Number(minute)).toBeGreaterThan(2);
  expect(await traffic("2026-03-02T16:59:30")).toBe(minute);
  expect(await traffic("2026-03-03")).toBe("0.00");
});

test("an instance that is not running takes reads and refuses changes", async () => {
  const { call } = await serve(await sandbox(), { answer: agree });
  const of = { InstanceId: "ckafka-sgold5n1", Region: "ap-singapore" };
  expect((await call("DescribeTopic", of)).data.Result.TotalCount).toBe(1);
  expect((await call("DeleteTopic", { ...of, TopicName: "orders" })).text).toMatch(
    /instance ckafka-sgold5n1 does not run, it is isolated \(5\).*Nothing was changed/,
  );
  expect((await call("DescribeTopic", { InstanceId: STAGING })).data.Result.TotalCount).toBe(4);
});

test("an allow list takes 512 addresses, however they come", async () => {
  const { call } = await serve(await sandbox(smallWorld), { answer: agree });
  const of = { InstanceId: "ckafka-one", TopicName: "events" };
  const ips = (count: number, net: number) => Array.from({ length: count }, (_, i) => `10.${net}.${i >> 8}.${i & 255}`);
  const add = (IpWhiteList: string[]) => call("CreateTopicIpWhiteList", { ...of, IpWhiteList });
  expect((await add(ips(500, 1))).isError).toBe(false);
  expect((await add(ips(13, 2))).text).toMatch(/InvalidParameter: an allow list takes 512 addresses, not 513/);
  expect((await add([...ips(12, 2), ...ips(20, 1)])).isError).toBe(false);
  const { data } = await call("DescribeTopicAttributes", of);
  expect(data.Result.IpWhiteList).toHaveLength(512);
  const change = { ...of, Note: "n", IpWhiteList: ips(513, 3) };
  expect((await call("ModifyTopicAttributes", change)).text).toMatch(/not 513.*Nothing was changed/);
  expect((await call("DescribeTopicAttributes", of)).data.Result).toEqual(data.Result);
});

test("producers are connected since they began, and gone once they have stopped", async () => {
  const produce = { perSecond: 1, since: "-1h", value: "v", clients: ["10.0.0.9"] };
  const topics = [
    { name: "live", partitions: 1, produce },
    { name: "over", partitions: 1, produce: { ...produce, until: "-1m" } },
  ];
  const box = await sandbox(smallWorldWith({ groups: [], dataHubs: {}, topics }));
  const send = sender(box);
  const connected = async (TopicName: string) =>
    (await send("DescribeTopicProduceConnection", { InstanceId, TopicName })).Result;
  box.clock.step(60_000);
  expect(await connected("live")).toEqual([
    { IpAddr: "10.0.0.9", Time: "2026-03-02 16:00:00", IsUnSupportVersion: false },
  ]);
  expect(await connected("over")).toEqual([]);
});

/** A server on a world, and each change with what was said of it and what it did to the state of a topic, a line each. */
async function watched(world?: object) {
  const box = await sandbox(world);
  const server = await serve(box, { answer: agree });
  const topics = () => Object.values(dumpWorld(box.world).regions).flatMap((r) => r.instances.flatMap((i) => i.topics));
  const change = async (action: string, args: Record<string, unknown>) => {
    const before = topics();
    const result = await server.call(action, args);
    expect(result.isError, result.text).toBe(false);
    // Runs of a log are cut where something is deleted for good; that is no change of a setting.
    const did = diff(before, topics()).filter(
      (line) => !/\.(changed|retentionChanged|quota\.(rule|updated)|begin)/.test(line),
    );
    return { said: server.forms.at(-1)?.message ?? "", did };
  };
  return { ...server, box, change };
}

test("tags are replaced as a whole, and the preview says which are lost", async () => {
  const { change } = await watched();
  const of = { InstanceId: SHOP, TopicName: "orders" };
  const one = await change("ModifyTopicAttributes", { ...of, Tags: [{ TagKey: "team", TagValue: "x" }] });
  expect(one.did).toEqual(['[orders].tags.owner: "checkout" → nothing', '[orders].tags.team: nothing → "x"']);
  expect(one.said).toContain('Loses: the tag "owner" = "checkout".');
  expect(one.said).toContain('Tags[0].TagKey: not set → "team"\nTags[0].TagValue: not set → "x"');
  // Whoever gives all of them again loses none.
  const Tags = [
    { TagKey: "tier", TagValue: "1" },
    { TagKey: "team", TagValue: "y" },
  ];
  const two = await change("ModifyTopicAttributes", { ...of, Tags });
  expect(two.said).not.toMatch(/Loses|Beware/);
  expect(two.said).toContain('Tags[1].TagValue: "x" → "y"');
  expect(two.did).toEqual(['[orders].tags.team: "x" → "y"', '[orders].tags.tier: nothing → "1"']);
});

test("each setting is shown from what is in force to what it becomes", async () => {
  const { change } = await watched(smallWorld);
  const settings = {
    ...{
      Note: "n",
      MinInsyncReplicas: 2,
      UncleanLeaderElectionEnable: 1,
      MaxMessageBytes: 2048,
      SegmentMs: 172_800_000,
    },
    ...{ RetentionBytes: 1_073_741_824, LogMsgTimestampType: "LogAppendTime", QuotaConsumerByteRate: 3 },
  };
  const { said, did } = await change("ModifyTopicAttributes", { InstanceId, TopicName: "events", ...settings });
  expect(did.sort()).toEqual([
    "[events].maxMessageBytes: 1048576 → 2048",
    "[events].minInsyncReplicas: 1 → 2",
    '[events].note: "" → "n"',
    "[events].quota.consume: null → 3",
    "[events].retentionBytes: null → 1073741824",
    "[events].segmentMs: null → 172800000",
    '[events].timestampType: null → "LogAppendTime"',
    "[events].unclean: 0 → 1",
  ]);
  for (const line of [
    "MaxMessageBytes: 1,048,576 B → 2,048 B",
    "MinInsyncReplicas: 1 → 2",
    'Note: empty → "n"',
    "QuotaConsumerByteRate: not set → 3 MB/s",
    "RetentionBytes: not set → 1,073,741,824 B",
    "SegmentMs: not set → 172,800,000 ms (2 d)",
    "LogMsgTimestampType: not set → set by the broker (LogAppendTime)",
    "UncleanLeaderElectionEnable: off (0) → on (1)",
  ])
    expect(said.split("\n")).toContain(line);
  expect(said).toMatch(/Loses: .*messages larger than 2,048 B.*writes with acks -1 while fewer than 2 replicas/);
});

test.each([60_000, 75_500, 3_600_000 - 1])(
  "as many messages go as a retention of %i ms was said to take",
  async (to) => {
    const { box, call, forms } = await watched(smallWorld);
    const held = async () => {
      const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "events" });
      return data.Result.TopicInSyncReplicaList.reduce(
        (n: number, p: { MessageCount: number }) => n + p.MessageCount,
        0,
      );
    };
    const before = await held();
    // A batch says the same as the action for one topic.
    await call("BatchModifyTopicAttributes", { InstanceId, Topic: [{ TopicName: "events", RetentionMs: to }] });
    const said = /Of the (\d+) messages in "events", (\d+) messages? are older/.exec(forms[0]?.message ?? "");
    expect([Number(said?.[1]), Number(said?.[2])]).toEqual([before, before - (await held())]);
    expect(forms[0]?.message).toContain(`RetentionMs: 3,600,000 ms (1 h) → ${to.toLocaleString("en-US")} ms`);
    expect(forms[0]?.message).toMatch(
      /Loses: messages older than .*\n[\s\S]*Read by group "readers" \(empty, 40 offsets/,
    );
    box.clock.step(1);
  },
);

test("a topic that is only compacted loses nothing to a retention, and says so of a new one", async () => {
  const topics = [{ name: "states", partitions: 1, cleanUpPolicy: "compact", retention: "3d" }];
  const { call, forms, change } = await watched(smallWorldWith({ topics, groups: [], dataHubs: {} }));
  const { said } = await change("ModifyTopicAttributes", { InstanceId, TopicName: "states", RetentionMs: 60_000 });
  expect(said).not.toMatch(/Loses|Beware/);
  const deleting = await change("ModifyTopicAttributes", { InstanceId, TopicName: "states", CleanUpPolicy: "delete" });
  expect(deleting.said).toContain('Loses: messages older than 60,000 ms (1 min) in "states".');
  expect(deleting.said).toContain("CleanUpPolicy: compacted by key (compact) → deleted by age (delete)");
  const made = { InstanceId, PartitionNum: 1, ReplicaNum: 1 };
  await call("CreateTopic", { ...made, TopicName: "a", CleanUpPolicy: "compact" });
  expect(forms.at(-1)?.message).not.toMatch(/are deleted after/);
  await call("CreateTopic", { ...made, TopicName: "b" });
  expect(forms.at(-1)?.message).toContain("Messages are deleted after 7,200,000 ms (2 h), as no RetentionMs is given.");
});

test("an emptied topic holds no messages, however far its readers are behind", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: () => ({ action: "decline" }) });
  box.world.regions["ap-guangzhou"]?.instances[0]?.topics[0]?.partitions.forEach((partition) => {
    partition.begin = 101;
  });
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(forms[0]?.message).toContain("Loses: the topic, which holds no message.\n0 messages in 2 partitions");
  expect(forms[0]?.message).toContain('Read by group "readers" (empty, 40 offsets behind the end).');
});

test("nobody is asked about what cannot come to anything, alone or in a batch", async () => {
  const { call, forms } = await watched(smallWorld);
  const one = (args: object) => call("ModifyTopicAttributes", { InstanceId, TopicName: "events", ...args });
  const batch = (...Topic: object[]) => call("BatchModifyTopicAttributes", { InstanceId, Topic });
  const of = { TopicName: "events" };
  for (const [refused, why] of [
    [one({ MinInsyncReplicas: 3 }), /MinInsyncReplicas 3 is more than the 2 replicas that events would have/],
    [batch({ ...of, MinInsyncReplicas: 3 }), /MinInsyncReplicas 3 is more than the 2 replicas that events would have/],
    [one({ TopicName: "none", Note: "n" }), /topic none does not exist/],
    [batch({ ...of, Note: "n" }, { TopicName: "none", Note: "n" }), /ckafka-one has no topic none/],
    [one({ RetentionMs: 3_600_000, RetentionBytes: -1 }), /nothing would change on events/],
    [batch({ ...of, RetentionMs: 3_600_000 }), /nothing would change on events/],
    [batch({ ...of, PartitionNum: 1 }), /events has 2 partitions already, and partitions can only be added/],
    [batch({ ...of, Note: "a" }, { ...of, Note: "b" }), /names events twice/],
    [one({ AclRuleName: "none" }), /ckafka-one has no ACL rule none/],
  ] as const)
    expect((await refused).text).toMatch(new RegExp(`${why.source}.*Nothing was changed`));
  expect(forms).toEqual([]);
});

test("a preset rule opens or shuts a topic by what else is on it", async () => {
  const aclRules = [{ name: "crew", entries: [{ user: "alice", operation: "Read" }] }];
  const users = [{ name: "alice" }];
  const { change } = await watched(smallWorldWith({ aclRules, users }));
  const on = { InstanceId, TopicName: "quiet", EnableAclRule: 1, AclRuleName: "crew" };
  const first = await change("ModifyTopicAttributes", on);
  expect(first.said).toContain('Loses: access of whoever ACL rule "crew" does not allow.');
  expect(first.said).not.toContain("Opens");
  expect(first.said).toMatch(/ACL rule "crew": .*User:alice/);
  const off = await change("ModifyTopicAttributes", { InstanceId, TopicName: "quiet", EnableAclRule: 0 });
  expect(off.said).toContain("Opens: the topic to everybody: no other ACL is on it.");
  expect(off.said).not.toContain("Loses");
});

test("a ranking tells what groups have really consumed", async () => {
  const produce = { perSecond: 10, since: "-2h", value: "x".repeat(1000) };
  const topics = [
    { name: "live", partitions: 1, produce, retention: "1d" },
    { name: "poisoned", partitions: 1, records: [{ partition: 0, at: "-1h", key: "bad", value: "v" }], produce },
  ];
  const members = [{ client: "c", host: "10.0.0.7" }];
  const groups = [
    { name: "level", members, reads: { live: { perSecond: 50 } } },
    { name: "slow", members, reads: { live: { perSecond: 4, behind: 30_000 } } },
    { name: "stuck", members, reads: { poisoned: { perSecond: 50, stuckOn: "bad" } } },
  ];
  const box = await sandbox(smallWorldWith({ topics, groups, dataHubs: {} }));
  const { call } = await serve(box);
  const ranking = async (RankingType: string) =>
    (await call("DescribeTopicFlowRanking", { InstanceId, RankingType })).data;
  const consumed = async () => {
    const { Result } = await ranking("CON");
    const megabytes = Result.TopicFlow.map((t: { TopicName: string; TopicTraffic: string }) => [
      t.TopicName,
      Math.round((Number(t.TopicTraffic) * 1_048_576) / 1000 / 100) * 100,
    ]);
    const speeds = Result.ConsumeSpeed.map((s: { ConsumerGroupName: string; Speed: number }) => [
      s.ConsumerGroupName,
      s.Speed,
    ]);
    return { messages: Object.fromEntries(megabytes), speeds: Object.fromEntries(speeds) };
  };
  // In an hour: the level group as much as was produced, the slow one what it could, the stuck one nothing.
  const expected = { messages: { live: 50_400, poisoned: 0 }, speeds: { level: 600, slow: 240, stuck: 0 } };
  expect(await consumed()).toEqual(expected);
  box.clock.step(3_600_000);
  expect(await consumed()).toEqual(expected);
  expect((await ranking("PRO"))["(legend)"]).toMatch(
    /TopicTraffic: MB; .*MessageHeap: bytes on disk, no count of messages.*Speed: messages\/min/,
  );
});

test("a sole replica is in sync with itself, wherever it is", async () => {
  const topics = [{ name: "one", partitions: 3, replicas: 1 }];
  const brokers = { count: 3, behind: [1] };
  const box = await sandbox(smallWorldWith({ topics, groups: [], dataHubs: {}, brokers }));
  const { call } = await serve(box);
  const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "one" });
  for (const { Leader, Replica, InSyncReplica } of data.Result.TopicInSyncReplicaList)
    expect([String(Leader), InSyncReplica]).toEqual([Replica, Replica]);
});

test("codes that read as their opposite say what they mean", async () => {
  const { call } = await serve(await sandbox(smallWorld));
  const { data } = await call("DescribeTopicDetail", { InstanceId, Limit: 1 });
  expect(data["(legend)"]).toMatch(/ForwardStatus 1: off/);
  expect(data["(legend)"]).toMatch(/Status 0: normal/);
  expect(data["(legend)"]).toMatch(/Retention: ms.*Expect, Current: min/);
  expect(data["(note)"]).toContain("Result.TopicList: 1 of 2; next Offset 1.");
});
