import { expect, test } from "vitest";
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
  expect(forms[0]?.message).toMatch(/CreateTopic on new\.topic in ap-guangzhou, ckafka-one\nAdds topic new\.topic/);
  const shown = await call("DescribeTopicAttributes", { InstanceId, TopicName: "new.topic" });
  expect(shown.data.Result).toMatchObject({
    TopicId: created.data.Result.TopicId,
    PartitionNum: 3,
    ReplicaNum: 2,
    Note: "note",
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
    /InvalidParameterValue.*MinInsyncReplicas/,
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
  expect(forms[0]?.message).toContain("RetentionMs: 3600000 (1 h) → 60000 (1 min)");
  expect(forms[0]?.message).toContain("messages older than the new retention are deleted");
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
  expect(await counts()).toEqual([
    [70, 131],
    [70, 130],
  ]);
  const shown = await call("DescribeTopicAttributes", { InstanceId, TopicName: "events" });
  expect(shown.data.Result).toMatchObject({ Note: "short", QuotaConfig: { QuotaProducerByteRate: 5 } });
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
  expect(forms[0]?.message).toContain("events PartitionNum: 2 → 4");
  expect(batch.data.Result).toMatchObject([
    { TopicName: "events", ReturnCode: "0" },
    { TopicName: "quiet", ReturnCode: "20018" },
  ]);
  const shown = await call("DescribeTopicAttributes", { InstanceId, TopicName: "events" });
  expect(shown.data.Result).toMatchObject({ PartitionNum: 4, Note: "grown" });
});

test("partitions grow and never shrink", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  expect((await call("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 5 })).isError).toBe(false);
  expect(forms[0]?.message).toContain("Partitions: 2 → 5. This cannot be undone");
  const fewer = await call("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 4 });
  expect(fewer.text).toMatch(/5 partitions already.*Nothing was changed/);
  expect(
    (await call("DescribeTopicAttributes", { InstanceId, TopicName: "events" })).data.Result.Partitions,
  ).toHaveLength(5);
});

test("the IP allow list gains and loses addresses", async () => {
  const { call, forms } = await serve(await sandbox(), { answer: agree });
  const of = { InstanceId: SHOP, TopicName: "payments" };
  const readers = ["10.0.9.10", "10.0.9.11", "10.0.9.12", "10.0.9.20"];
  await call("CreateTopicIpWhiteList", { ...of, IpWhiteList: ["10.0.8.23", "10.0.8.21"] });
  expect((await call("DescribeTopicAttributes", of)).data.Result.IpWhiteList).toEqual([
    "10.0.8.21",
    "10.0.8.22",
    ...readers,
    "10.0.8.23",
  ]);
  await call("DeleteTopicIpWhiteList", { ...of, IpWhiteList: ["10.0.8.22"] });
  expect(forms[1]?.message).toMatch(
    /Allow list today \(in force\): 10\.0\.8\.21, 10\.0\.8\.22, .*10\.0\.8\.23\.\nLose access: 10\.0\.8\.22\./,
  );
  expect((await call("DescribeTopicAttributes", of)).data.Result.IpWhiteList).toEqual([
    "10.0.8.21",
    ...readers,
    "10.0.8.23",
  ]);
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
  expect(forms.at(-1)?.message).toMatch(
    /Loses: every message in the topic\.\n321 messages in 2 partitions, 2\.6KB on disk\.\nWritten to now by 10\.0\.0\.9\.\nLast written 2026-03-02T09:01:00\.000Z \(partition 0, its longest\)\.\nRead by group readers \(Empty, lag 160 messages\)/,
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
    ClientId: "fulfilment-0",
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
  expect(ranking.data.Result.ConsumeSpeed[0]).toEqual({ ConsumerGroupName: "alerting", Speed: 121_800 });
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
  expect((await call("DeleteTopic", { ...of, TopicName: "orders" })).text).toMatch(/ResourceUnavailable.*status 5/);
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
