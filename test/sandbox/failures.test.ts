// What is accepted and fails later, over HTTP: as staged at the control endpoint, or because of what happened meanwhile.
import { expect, test } from "vitest";
import { LASTING } from "../../sandbox/server/staged.ts";
import { diff } from "../../sandbox/world/diff.ts";
import { controlled } from "../support/harness.ts";
import { another, kafka, leadsTo, one, smallRegionWith } from "../support/worlds.ts";

const OLD = "v2.8.1_r1.1.4";
const world = smallRegionWith({
  instances: [
    { ...one, broker: OLD, max: { topics: 9, partitions: 800, groups: 9 }, publicNetwork: 3, disk: 3000 },
    another("ckafka-hour", { chargeType: "POSTPAID_BY_HOUR", disk: 3000, max: { partitions: 1800 } }),
    another("ckafka-two", {
      vip: "10.0.0.3",
      routes: [{ type: "public", access: "sasl-ssl" }],
      max: { topics: 3, partitions: 10, groups: 3 },
    }),
  ],
  connections: [leadsTo("resource-one", "ckafka-one"), leadsTo("resource-two", "ckafka-two")],
  tasks: [
    { id: "task-runs", name: "runs", type: "SINK", source: kafka("events"), target: kafka("quiet") },
    {
      id: "task-rests",
      name: "rests",
      type: "SINK",
      paused: "-1h",
      source: kafka("events"),
      target: kafka("quiet"),
    },
  ],
});
const MINUTE = 60_000;
const WHY = "no capacity left";

async function start() {
  const { box, client, ask } = await controlled(world);
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const send = (action: string, input: object): Promise<any> => client.request(action, input);
  const fails = async (action: string, input: object) => {
    await ask("POST /faults", { action, outcome: "fail", message: WHY });
    return send(action, input);
  };
  const step = (step: number) => ask("POST /clock", { step });
  const flow = async (FlowId: number) => (await send("DescribeTaskStatus", { FlowId })).Result;
  const instance = async (InstanceId: string) => (await send("DescribeInstanceAttributes", { InstanceId })).Result;
  const task = async (TaskId: string) => (await send("DescribeDatahubTask", { TaskId })).Result;
  const route = async (InstanceId: string) => (await send("DescribeRoute", { InstanceId })).Result.Routers.at(-1);
  const connection = async (ResourceId: string) => (await send("DescribeConnectResource", { ResourceId })).Result;
  const dump = async () => (await ask("GET /world")).body;
  return { box, ask, send, fails, step, flow, instance, task, route, connection, dump };
}

const order = { VpcId: "vpc-1", SubnetId: "subnet-1", ZoneId: 100003, SpecificationsType: "profession" };
const sync = { TaskName: "s", SourceResourceId: "resource-one", TargetResourceId: "resource-two" };
const choice = { OffsetType: "earliest", TopicRegularExpression: "ev.*" };
const es = { Port: 9200, UserName: "u", Password: "p", Resource: "es-1", SelfBuilt: true };
const one_ = { InstanceId: "ckafka-one" };
/** An input of each action that lasts. */
const inputs: Record<string, object> = {
  CreateInstancePre: { ...order, InstanceName: "new", Period: "1m", InstanceType: 1 },
  CreatePostPaidInstance: order,
  CreateInstancePost: { ...order, InstanceName: "new", InstanceType: 1, DiskSize: 500, BandWidth: 40, Partition: 800 },
  ModifyInstancePre: { ...one_, BandWidth: 1000 },
  InstanceScalingDown: { InstanceId: "ckafka-hour", UpgradeStrategy: 2, BandWidth: 40, DiskSize: 500, Partition: 800 },
  DeleteInstancePre: one_,
  DeleteInstancePost: { InstanceId: "ckafka-hour" },
  UpgradeBrokerVersion: { ...one_, Type: 1, SourceVersion: OLD, TargetVersion: "v2.8.1_r1.1.6" },
  CreatePrometheus: { ...one_, VpcId: "vpc-1", SubnetId: "subnet-2" },
  CreateCdcCluster: {
    CdcId: "cluster-1",
    CdcVpcId: "vpc-cdc",
    CdcSubnetId: "subnet-cdc",
    ZoneId: 100003,
    Bandwidth: 100,
    DiskSize: 1000,
    DiskType: "CLOUD_SSD",
    SystemDiskType: "CLOUD_SSD",
  },
  CreateRoute: { ...one_, VipType: 1, AccessType: 3, PublicNetwork: 6 },
  DeleteRoute: { InstanceId: "ckafka-two", RouteId: 1002 },
  DeleteRouteTriggerTime: { InstanceId: "ckafka-two", DelayTime: "2026-03-02 17:30:00" },
  CreateConnectResource: { ResourceName: "search", Type: "ES", EsConnectParam: es },
  ModifyConnectResource: {
    ResourceId: "resource-two",
    Type: "KAFKA",
    KafkaConnectParam: { SelfBuilt: false, Resource: "ckafka-one" },
  },
  CreateDatahubTask: {
    TaskName: "t",
    TaskType: "SINK",
    SourceResource: kafka("events"),
    TargetResource: kafka("quiet"),
  },
  CreateMetaSyncDatahubTask: sync,
  CreateMetaAndDataSyncDatahubTask: { ...sync, ...choice },
  CreateMetaDataAndOffsetSyncDatahubTask: { ...sync, ...choice },
  PauseDatahubTask: { TaskId: "task-runs" },
  ResumeDatahubTask: { TaskId: "task-rests" },
  RestartDatahubTask: { TaskId: "task-runs" },
};

test.each(LASTING)("%s is accepted and fails later; a dump of it goes on in the same way", async (action) => {
  const { ask, send, fails, step, dump } = await start();
  if (action === "DeleteRouteTriggerTime")
    await send("DeleteRoute", { ...inputs.DeleteRoute, DeleteRouteTime: "2026-03-02 18:00:00" });
  const before = await dump();
  await fails(action, inputs[action] as object);
  expect((await ask("GET /faults")).body).toEqual([]);
  const begun = await dump();
  await step(60 * MINUTE);
  const failed = await dump();
  await ask("PUT /world", begun);
  await step(60 * MINUTE);
  expect(diff(failed, await dump())).toEqual([]);
  // Without the fault it comes to another end.
  await ask("PUT /world", before);
  await send(action, inputs[action] as object);
  await step(60 * MINUTE);
  expect(diff(failed, await dump()).length).toBeGreaterThan(0);
});

test("a route that could not be made or deleted says so, and the task that follows it as well", async () => {
  const { send, fails, step, flow, route, instance } = await start();
  const made = await fails("CreateRoute", inputs.CreateRoute as object);
  const { FlowId, RouteDTO } = made.Result.Data;
  expect(await flow(FlowId)).toEqual({ Status: 2, Output: "running" });
  expect(await route("ckafka-one")).toMatchObject({ RouteId: RouteDTO.RouteId, Status: 1 });
  await step(20_000);
  expect(await flow(FlowId)).toEqual({ Status: 1, Output: WHY });
  expect(await route("ckafka-one")).toMatchObject({ Status: 3 });
  expect((await instance("ckafka-one")).PublicNetwork).toBe(3);
  const { RouteId } = RouteDTO;
  await fails("DeleteRoute", { ...one_, RouteId });
  expect(await route("ckafka-one")).toMatchObject({ Status: 4 });
  await step(10_000);
  expect(await route("ckafka-one")).toMatchObject({ RouteId, Status: 6 });
  await send("DeleteRoute", { ...one_, RouteId });
  await step(10_000);
  expect(await route("ckafka-one")).toBeUndefined();
});

test("an instance that could not be made costs nothing; one that could not be resized is as before", async () => {
  const { box, send, fails, step, flow, instance } = await start();
  const bought = await fails("CreateInstancePre", inputs.CreateInstancePre as object);
  const InstanceId = bought.Result.Data.InstanceId;
  expect((await instance(InstanceId)).Status).toBe(0);
  await step(3 * MINUTE);
  expect((await instance(InstanceId)).Status).toBe(-1);
  await expect(
    send("CreateTopic", { InstanceId, TopicName: "t", PartitionNum: 1, ReplicaNum: 1 }),
  ).rejects.toMatchObject({
    code: "ResourceUnavailable",
  });
  await expect(send("RenewCkafkaInstance", { InstanceId })).rejects.toMatchObject({ code: "ResourceUnavailable" });
  await send("DeleteInstancePre", { InstanceId });
  await step(MINUTE);
  await expect(instance(InstanceId)).rejects.toMatchObject({ code: "InvalidParameterValue.InstanceNotExist" });
  const before = await instance("ckafka-one");
  await fails("ModifyInstancePre", inputs.ModifyInstancePre as object);
  expect((await instance("ckafka-one")).Status).toBe(7);
  await step(2 * MINUTE);
  expect(await instance("ckafka-one")).toEqual(before);
  expect(box.world.regions["ap-guangzhou"]?.deals.map((d) => d.amount)).toEqual([0, -0, 0]);
  const asked = await fails("CreateInstancePost", inputs.CreateInstancePost as object);
  await step(3 * MINUTE);
  expect(await flow(asked.Result.Data.FlowId)).toEqual({ Status: 1, Output: WHY });
  expect((await send("DescribeInstances", { Status: [-1] })).Result.TotalCount).toBe(1);
});

test("an upgrade that fails leaves the brokers as they were; a deletion that fails leaves an instance to delete again", async () => {
  const { send, fails, step, flow, instance } = await start();
  const upgrade = await fails("UpgradeBrokerVersion", inputs.UpgradeBrokerVersion as object);
  await step(10 * MINUTE);
  expect(await flow(upgrade.Result.Data.FlowId)).toEqual({ Status: 1, Output: WHY });
  expect((await instance("ckafka-one")).Status).toBe(1);
  expect((await send("DescribeCkafkaVersion", one_)).Result.CurBrokerVersion).toBe(OLD);
  const InstanceId = "ckafka-hour";
  const deleted = await fails("DeleteInstancePost", { InstanceId });
  expect((await instance(InstanceId)).Status).toBe(2);
  await step(MINUTE);
  expect(await flow(deleted.Result.FlowId)).toEqual({ Status: 1, Output: WHY });
  expect((await instance(InstanceId)).Status).toBe(4);
  await send("DeleteInstancePost", { InstanceId });
  await step(MINUTE);
  await expect(instance(InstanceId)).rejects.toMatchObject({ code: "InvalidParameterValue.InstanceNotExist" });
  const ready = await fails("CreateCdcCluster", inputs.CreateCdcCluster as object);
  const cluster = async () => (await send("CheckCdcCluster", { TaskId: ready.Result.TaskId })).Result;
  expect(await cluster()).toBe("Running");
  await step(10 * MINUTE);
  expect(await cluster()).toBe("Failed");
  const opened = await fails("CreatePrometheus", inputs.CreatePrometheus as object);
  await step(MINUTE);
  expect(await flow(opened.Result.Data.FlowId)).toEqual({ Status: 1, Output: WHY });
  expect((await send("DescribePrometheus", one_)).Result).toEqual([]);
});

test("a connection that could not be made or changed says why, and keeps its settings", async () => {
  const { send, fails, step, connection } = await start();
  const made = await fails("CreateConnectResource", inputs.CreateConnectResource as object);
  const { ResourceId } = made.Result;
  expect(await connection(ResourceId)).toMatchObject({ Status: 0 });
  await step(20_000);
  expect(await connection(ResourceId)).toMatchObject({ Status: -1, ErrorMessage: WHY });
  await send("ModifyConnectResource", { ResourceId, Type: "ES", EsConnectParam: { ...es, UserName: "v" } });
  await step(10_000);
  expect(await connection(ResourceId)).toMatchObject({ Status: 1, EsConnectParam: { UserName: "v" } });
  await fails("ModifyConnectResource", {
    ResourceId,
    ResourceName: "x",
    Type: "ES",
    EsConnectParam: { ...es, UserName: "w" },
  });
  expect(await connection(ResourceId)).toMatchObject({ Status: 5 });
  await step(10_000);
  expect(await connection(ResourceId)).toMatchObject({
    Status: 6,
    ErrorMessage: WHY,
    ResourceName: "search",
    EsConnectParam: { UserName: "v" },
  });
});

test("a data task that could not be made, paused or resumed has the status for it, and does what that means", async () => {
  const { send, fails, step, task } = await start();
  const end = async () => {
    const { Result } = await send("DescribeTopicSyncReplica", { ...one_, TopicName: "quiet" });
    return Result.TopicInSyncReplicaList[0].EndOffset as number;
  };
  const made = await fails("CreateDatahubTask", inputs.CreateDatahubTask as object);
  const { TaskId } = made.Result;
  expect(await task(TaskId)).toMatchObject({ Status: 0, ErrorMessage: "" });
  await step(30_000);
  expect(await task(TaskId)).toMatchObject({ Status: -1, ErrorMessage: WHY });
  const listed = await send("DescribeDatahubTasks", { SearchWord: "t" });
  expect(listed.Result.TaskList.find((t: { TaskId: string }) => t.TaskId === TaskId)).toMatchObject({
    Status: -1,
    TaskProgress: 50,
    TaskCurrentStep: "WAIT_START_CONNECTOR",
  });
  const { Result: info } = await send("DescribeGroupInfo", { ...one_, GroupList: [`datahub-${TaskId}`] });
  expect(info).toMatchObject([{ State: "Empty" }]);
  await expect(send("ResumeDatahubTask", { TaskId })).rejects.toMatchObject({ code: "FailedOperation" });
  await send("RestartDatahubTask", { TaskId });
  await step(5_000);
  expect(await task(TaskId)).toMatchObject({ Status: 1, ErrorMessage: "" });
  await send("PauseDatahubTask", { TaskId });

  await fails("PauseDatahubTask", { TaskId: "task-runs" });
  expect(await task("task-runs")).toMatchObject({ Status: 5 });
  await step(6_000);
  expect(await task("task-runs")).toMatchObject({ Status: 7, ErrorMessage: WHY });
  const moved = await end();
  await step(10_000);
  expect(await end()).toBe(moved + 20);
  await send("PauseDatahubTask", { TaskId: "task-runs" });
  await step(5_000);
  expect(await task("task-runs")).toMatchObject({ Status: 6, ErrorMessage: "" });
  const still = await end();
  await fails("ResumeDatahubTask", { TaskId: "task-runs" });
  expect(await task("task-runs")).toMatchObject({ Status: 8 });
  await step(60_000);
  expect(await task("task-runs")).toMatchObject({ Status: 9, ErrorMessage: WHY });
  expect(await end()).toBe(still);
  await send("ResumeDatahubTask", { TaskId: "task-runs" });
  await step(60_000);
  expect(await task("task-runs")).toMatchObject({ Status: 1, ErrorMessage: "" });
  expect(await end()).toBeGreaterThan(still);
});

test("a data task fails by itself where an end of it is gone when its time comes, and can be restarted once it is back", async () => {
  const { send, step, task } = await start();
  const made = await send("CreateDatahubTask", inputs.CreateDatahubTask as object);
  const { TaskId } = made.Result;
  await send("DeleteTopic", { ...one_, TopicName: "quiet" });
  // The reference has no number for one that ran: it says what is wrong.
  expect(await task("task-runs")).toMatchObject({ Status: 1, ErrorMessage: "the target topic does not exist" });
  await send("ResumeDatahubTask", { TaskId: "task-rests" });
  await step(30_000);
  const failed = { ErrorMessage: "the target topic does not exist" };
  expect(await task(TaskId)).toMatchObject({ Status: -1, ...failed });
  expect(await task("task-rests")).toMatchObject({ Status: 9, ...failed });
  await send("RestartDatahubTask", { TaskId: "task-rests" });
  await step(5_000);
  expect(await task("task-rests")).toMatchObject({ Status: 9, ...failed });
  await send("CreateTopic", { ...one_, TopicName: "quiet", PartitionNum: 1, ReplicaNum: 1 });
  expect(await task("task-runs")).toMatchObject({ Status: 1, ErrorMessage: "" });
  for (const id of [TaskId, "task-rests"]) await send("RestartDatahubTask", { TaskId: id });
  await step(5_000);
  for (const id of [TaskId, "task-rests"]) expect(await task(id)).toMatchObject({ Status: 1, ErrorMessage: "" });
});

test("what a task finds when its time comes does not depend on when somebody looks", async () => {
  const looks = async (times: number[]) => {
    const { send, step, dump } = await start();
    await send("CreateDatahubTask", {
      ...inputs.CreateDatahubTask,
      TargetResource: {
        Type: "KAFKA",
        KafkaParam: { SelfBuilt: false, Resource: "ckafka-hour", Topic: "t", UseAutoCreateTopic: true },
      },
    });
    await send("DeleteInstancePost", { InstanceId: "ckafka-hour" });
    for (const time of times) {
      await step(time);
      await dump();
    }
    return dump();
  };
  // The instance goes after a minute, the task begins after half of one. How messages of two partitions take turns in one is
  // another matter.
  const differences = diff(await looks([90_000]), await looks([29_000, 1_000, 29_999, 1, 30_000]));
  expect(differences.filter((line) => !line.includes("topics[quiet]"))).toEqual([]);
});
