// What happens by itself happens when its time comes, whoever looks and whenever: through the SDK, on a standing clock.
import { expect, test } from "vitest";
import { diff } from "../../sandbox/world/diff.ts";
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { sandbox, smallWorld } from "../support/harness.ts";
import { sender } from "../support/scenario.ts";
import { another, kafka, leadsTo, one, smallRegionWith } from "../support/worlds.ts";

const InstanceId = "ckafka-one";
const MINUTE = 60_000;
const max = { topics: 9, partitions: 30, groups: 9 };
const worldWith = (more: object, target: object = {}) =>
  smallRegionWith({
    instances: [
      { ...one, max, broker: "v2.8.1_r1.1.4", routes: [{ type: "public", access: "sasl-ssl" }] },
      another("ckafka-two", { max, ...target }),
    ],
    connections: [leadsTo("resource-one", InstanceId), leadsTo("resource-two", "ckafka-two")],
    ...more,
  });
async function start(world: object) {
  const box = await sandbox(world);
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const send = sender(box) as (action: string, input: object) => Promise<any>;
  const statusOf = async (TaskId: string) => (await send("DescribeDatahubTask", { TaskId })).Result;
  const end = async (Instance: string, TopicName: string) => {
    const { Result } = await send("DescribeTopicSyncReplica", { InstanceId: Instance, TopicName });
    return Result.TopicInSyncReplicaList.reduce((sum: number, p: { EndOffset: number }) => sum + p.EndOffset, 0);
  };
  return { box, send, statusOf, end };
}
const mirror = {
  TaskName: "mirror",
  SourceResourceId: "resource-one",
  TargetResourceId: "resource-two",
  OffsetType: "earliest",
  TopicRegularExpression: "events|late",
};

test("the world becomes the same whether it is looked at in between or not", async () => {
  const after = async (looks: boolean) => {
    const { box, send } = await start(worldWith({}));
    const pass = async (minutes: number) => {
      for (let i = 0; i < minutes * 6; i += 1) {
        box.clock.step(MINUTE / 6);
        if (!looks) continue;
        await send("DescribeRoute", { InstanceId });
        await send("DescribeDatahubTasks", {});
      }
      // Requests are numbered, and ids are made from the numbers.
      box.world.made = minutes;
    };
    const { Result } = await send("CreateRoute", { InstanceId, VipType: 7, AccessType: 0 });
    await send("CreateMetaAndDataSyncDatahubTask", mirror);
    await pass(2);
    await send("CreateTopic", { InstanceId, TopicName: "late", PartitionNum: 2, ReplicaNum: 1 });
    await send("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 3 });
    await send("DeleteRoute", { InstanceId, RouteId: Result.Data.RouteDTO.RouteId });
    await pass(13);
    return { ...dumpWorld(box.world), made: 0 };
  };
  const [seldom, often] = await Promise.all([after(false), after(true)]);
  const instances = seldom.regions["ap-guangzhou"]?.instances;
  expect(instances?.[1]?.topics.map((t) => t.name)).toEqual(["events", "late"]);
  expect(instances?.[0]?.access.routes).toHaveLength(2);
  expect(diff(JSON.parse(JSON.stringify(seldom)), JSON.parse(JSON.stringify(often)))).toEqual([]);
});

test("what has expired on a mirror stays away when its retention grows with the source's", async () => {
  const topics = [{ name: "events", partitions: 2, retention: "1h" }];
  const { box, send } = await start(worldWith({}, { topics }));
  await send("CreateMetaAndDataSyncDatahubTask", mirror);
  box.clock.step(2 * 60 * MINUTE);
  const begin = async () => {
    const { Result } = await send("DescribeTopicSyncReplica", { InstanceId: "ckafka-two", TopicName: "events" });
    return Result.TopicInSyncReplicaList[0].BeginOffset;
  };
  const before = await begin();
  expect(before).toBeGreaterThan(0);
  await send("ModifyTopicAttributes", { InstanceId, TopicName: "events", RetentionMs: 24 * 60 * MINUTE });
  box.clock.step(4 * MINUTE);
  expect(await begin()).toBeGreaterThanOrEqual(before);
  const { Result } = await send("DescribeTopicDetail", { InstanceId: "ckafka-two" });
  expect(Result.TopicList[0].RetentionTimeConfig).toMatchObject({
    Current: 1440,
    ModTimeStamp: Date.parse(smallWorld.clock.at) + 120 * MINUTE + MINUTE / 2,
  });
});

test("a task passes nothing on to or from an instance whose clients are cut off, and says so", async () => {
  const tasks = [
    {
      id: "task-in",
      name: "in",
      type: "SINK",
      source: kafka("src", { Resource: "ckafka-two" }),
      target: kafka("quiet"),
    },
    {
      id: "task-out",
      name: "out",
      type: "SINK",
      source: kafka("events"),
      target: kafka("dst", { Resource: "ckafka-two" }),
    },
  ];
  const topics = [
    { name: "src", partitions: 1, produce: { perSecond: 10_000, since: "-1h", value: "v" } },
    { name: "dst", partitions: 1 },
  ];
  const { box, send, statusOf, end } = await start(worldWith({ tasks }, { topics }));
  const ends = async () => [await end(InstanceId, "quiet"), await end("ckafka-two", "dst")];
  await send("IsolatedInstancePre", { InstanceId: "ckafka-two" });
  const before = await ends();
  box.clock.step(10 * MINUTE);
  expect(await ends()).toEqual(before);
  for (const id of ["task-in", "task-out"])
    expect(await statusOf(id)).toMatchObject({
      Status: 1,
      ErrorMessage: "the clients of instance ckafka-two are cut off",
    });
  await send("RenewCkafkaInstance", { InstanceId: "ckafka-two" });
  const renewed = box.clock.now();
  box.clock.step(MINUTE);
  const [into, out] = await ends();
  // Its own clients stay away; what waited for it goes on, with the time of copying.
  expect(into).toBe(before[0]);
  expect(out).toBeGreaterThan(before[1] as number);
  const first = { InstanceId: "ckafka-two", Topic: "dst", Partition: 0, Offset: before[1] };
  expect((await send("FetchMessageByOffset", first)).Result.Timestamp).toBeGreaterThanOrEqual(renewed);
  await send("RestartDatahubTask", { TaskId: "task-in" });
  box.clock.step(MINUTE);
  expect(await end(InstanceId, "quiet")).toBeGreaterThan(before[0] as number);
});

test("an access point works again once its topic is back, as its task says", async () => {
  const { box, send, statusOf } = await start(worldWith({}));
  const message = { DataHubId: "datahub-one", Message: [{ Body: "x" }] };
  await send("DeleteTopic", { InstanceId, TopicName: "quiet" });
  await expect(send("SendMessage", message)).rejects.toMatchObject({ code: "ResourceNotFound" });
  expect((await statusOf("task-one")).ErrorMessage).toBe("the target topic does not exist");
  await send("CreateTopic", { InstanceId, TopicName: "quiet", PartitionNum: 1, ReplicaNum: 1 });
  expect((await statusOf("task-one")).ErrorMessage).toBe("");
  expect((await send("SendMessage", message)).MessageId).toHaveLength(1);
  expect(JSON.parse(JSON.stringify(dumpWorld(box.world)))).not.toHaveProperty(
    "regions.ap-guangzhou.instances.0.dataHubs",
  );
});

test("topics of one name on two instances can each have an access point", async () => {
  const target = { topics: [{ name: "quiet", partitions: 1 }], dataHubs: { "datahub-two": "quiet" } };
  const { send } = await start(worldWith({}, target));
  const { Result } = await send("DescribeDatahubTasks", {});
  expect(Result.TaskList.map((t: { TaskName: string }) => t.TaskName)).toEqual([
    "http-to-quiet",
    "http-to-quiet-datahub-two",
  ]);
  await send("SendMessage", { DataHubId: "datahub-two", Message: [{ Body: "x" }] });
});

test("a planned upgrade that comes to nothing is told as a failure", async () => {
  const { box, send } = await start(worldWith({}));
  const { Result } = await send("UpgradeBrokerVersion", {
    InstanceId,
    Type: 5,
    SourceVersion: "v2.8.1_r1.1.4",
    TargetVersion: "v2.8.1_r1.1.6",
    DelayTimeStamp: "2026-03-03 09:00:00",
  });
  const status = async () => (await send("DescribeTaskStatus", { FlowId: Result.Data.FlowId })).Result;
  expect((await status()).Status).toBe(2);
  await send("IsolatedInstancePre", { InstanceId });
  expect(await status()).toEqual({ Status: 1, Output: `instance ${InstanceId} was isolated` });
  box.clock.step(48 * 60 * MINUTE);
  expect((await send("DescribeCkafkaVersion", { InstanceId })).Result.CurBrokerVersion).toBe("v2.8.1_r1.1.4");
});
