import { expect, test } from "vitest";
import { agree, sandbox, serve, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const OLD = "v2.8.1_r1.1.4";
const NEW = "v2.8.1_r1.1.6";
/** The small world with brokers that are due for an upgrade. */
const world = smallWorldWith({ broker: OLD });
const MINUTE = 60_000;
const upgrade = { InstanceId, Type: 1, SourceVersion: OLD, TargetVersion: NEW };

async function start() {
  const box = await sandbox(world);
  const server = await serve(box, { answer: agree });
  const { call } = server;
  const show = async () => (await call("DescribeInstanceAttributes", { InstanceId })).data.Result;
  const version = async () => (await call("DescribeCkafkaVersion", { InstanceId })).data.Result;
  const task = async (FlowId: number) => (await call("DescribeTaskStatus", { FlowId })).data.Result;
  const planned = async () =>
    (await call("DescribeInstancesDetail", { InstanceId })).data.Result.InstanceList[0].RebalanceTime;
  const tasks = () => box.world.regions["ap-guangzhou"]?.tasks.length;
  return { ...server, box, show, version, task, planned, tasks };
}

test("brokers are upgraded from the build that runs to the newest of their Kafka version", async () => {
  const { call, forms, box, show, version, task } = await start();
  expect(await version()).toMatchObject({ KafkaVersion: "2.8.1", CurBrokerVersion: OLD, HighVersionSet: ["3.2.3"] });
  const upgraded = await call("UpgradeBrokerVersion", { ...upgrade, Type: 5 });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Beware: brokers are restarted in place, which disconnects clients.",
    `Brokers of ckafka-one (Kafka 2.8.1): ${OLD} → ${NEW}. No action of this API goes back.`,
    "In place: each broker is restarted.",
    "Begins: now.",
    "2 consumer groups; consuming now: live.",
  ]);
  const { FlowId } = upgraded.data.Result.Data;
  expect(await task(FlowId)).toEqual({ Status: 2, Output: "running" });
  expect((await show()).Status).toBe(7);
  expect((await version()).CurBrokerVersion).toBe(OLD);
  box.clock.step(3 * MINUTE);
  expect(await task(FlowId)).toEqual({ Status: 0, Output: "success" });
  expect((await show()).Status).toBe(1);
  expect((await version()).CurBrokerVersion).toBe(NEW);
});

test("an upgrade to or from anything else is refused and leaves no task", async () => {
  const { call, forms, tasks } = await start();
  const refused = async (code: RegExp, args: object) =>
    expect((await call("UpgradeBrokerVersion", { ...upgrade, ...args })).text).toMatch(code);
  await refused(/InvalidParameterValue.*run v2\.8\.1_r1\.1\.4, not v2\.8\.1_r1\.1\.5/, {
    SourceVersion: "v2.8.1_r1.1.5",
  });
  expect(forms[0]?.message).toContain("SourceVersion is v2.8.1_r1.1.5, which is not what runs");
  await refused(/InvalidParameterValue: TargetVersion/, { TargetVersion: "v3.2.3_r1.0.7" });
  await refused(/InvalidParameter: DelayTimeStamp 2026-03-02 16:00:00 has passed/, {
    DelayTimeStamp: "2026-03-02 16:00:00",
  });
  await refused(/InvalidParameter: soon is not a time like/, { DelayTimeStamp: "soon" });
  expect((await call("DescribeTaskStatus", { FlowId: 1 })).text).toMatch(/InvalidParameter: task 1 does not exist/);
  expect(tasks()).toBe(0);
});

test("a planned upgrade can be moved, keeps other changes away, and starts by itself", async () => {
  const { call, forms, box, show, version, task, planned, tasks } = await start();
  const upgraded = await call("UpgradeBrokerVersion", { ...upgrade, DelayTimeStamp: "2026-03-02 18:00:00" });
  const { FlowId } = upgraded.data.Result.Data;
  expect(await planned()).toBe("2026-03-02 18:00:00");
  expect((await call("UpgradeBrokerVersion", upgrade)).text).toMatch(/FailedOperation.*planned or under way/);
  expect((await call("ModifyInstancePre", { InstanceId, BandWidth: 400 })).text).toMatch(/FailedOperation.*planned/);
  expect((await show()).Bandwidth).toBe(320);
  expect(tasks()).toBe(1);
  const RebalanceTime = box.clock.now() / 1000 + 7200;
  await call("ModifyInstanceAttributes", { InstanceId, RebalanceTime });
  expect(forms.at(-1)?.message).toContain(
    "Instance one.\nPlanned upgrade: 2026-03-02 18:00:00 → 2026-03-02 19:00:00 (Beijing time)",
  );
  box.clock.step(120 * MINUTE - 1);
  expect(await planned()).toBe("2026-03-02 19:00:00");
  expect((await show()).Status).toBe(1);
  box.clock.step(1);
  expect((await show()).Status).toBe(7);
  expect(await planned()).toBe("0000-00-00 00:00:00");
  box.clock.step(10 * MINUTE);
  expect((await version()).CurBrokerVersion).toBe(NEW);
  expect((await task(FlowId)).Status).toBe(0);
  expect((await call("ModifyInstanceAttributes", { InstanceId, RebalanceTime })).text).toMatch(
    /UnsupportedOperation: no upgrade is planned/,
  );
});

test("automatic maintenance shows in the instance's attributes and says what it deletes or costs", async () => {
  const { call, forms, show } = await start();
  const maintain = (MaintenanceType: string, MaintenanceSubtype: string, args: object = {}) =>
    call("ModifyRoutineMaintenanceTask", { InstanceId, MaintenanceType, MaintenanceSubtype, ...args });
  const steps = { ConfigureThreshold: 80, ConfigureStepSize: 20 };
  await maintain("QUOTA", "INSTANCE_STORAGE_CAPACITY", { ...steps, ConfigureLimit: 2000 });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Costs or refunds money.",
    "Instance one: QUOTA INSTANCE_STORAGE_CAPACITY is switched on.",
    "ConfigureThreshold: 80",
    "ConfigureStepSize: 20",
    "ConfigureLimit: 2000",
    'Today: {"Enable":0,"DiskQuotaPercentage":75,"StepForwardPercentage":10,"MaxDiskSpace":500000}.',
    "Each step by which the disk grows costs more.",
  ]);
  await maintain("QUOTA", "MESSAGE_RETENTION_PERIOD", { ...steps, ConfigureLimit: 60, Status: 0 });
  expect(forms[1]?.message).toContain("Beware: as the disk fills, retention is cut and older messages are deleted.");
  await maintain("ELASTIC_BANDWIDTH", "ELASTIC_BANDWIDTH", { Status: 0 });
  expect(forms[2]?.message).toContain("Bandwidth used beyond the instance's own is charged for.");
  expect(await show()).toMatchObject({
    DynamicDiskConfig: { Enable: 1, DiskQuotaPercentage: 80, StepForwardPercentage: 20, MaxDiskSpace: 2000 },
    RetentionTimeConfig: { Enable: 1, DiskQuotaPercentage: 80, StepForwardPercentage: 20, BottomRetention: 60 },
    ElasticBandwidthSwitch: 1,
  });
  await maintain("QUOTA", "MESSAGE_RETENTION_PERIOD", { Status: 1 });
  await maintain("ELASTIC_BANDWIDTH", "ELASTIC_BANDWIDTH", { Status: 1 });
  expect(forms[4]?.message).toContain("Beware: clients above the instance's own bandwidth are throttled.");
  expect(await show()).toMatchObject({
    RetentionTimeConfig: { Enable: 0, BottomRetention: 60 },
    ElasticBandwidthSwitch: 0,
  });
  const stray = await maintain("RE_BALANCE", "INSTANCE_PARTITION_RE_BALANCE", { TopicName: "none" });
  expect(stray.text).toMatch(/ResourceNotFound: topic none/);
});

test("Prometheus gets its own addresses for every broker after a minute, a subnet only once", async () => {
  const { call, forms, box, task } = await start();
  const open = (args: object) =>
    call("CreatePrometheus", { InstanceId, VpcId: "vpc-1", SubnetId: "subnet-1", ...args });
  const shown = async () => (await call("DescribePrometheus", { InstanceId })).data.Result ?? [];
  const { FlowId } = (await open({})).data.Result.Data;
  expect(forms[0]?.message).toMatch(
    /metrics of all brokers of ckafka-one: subnet-1 in vpc-1\.\nNobody has access today/,
  );
  expect(await shown()).toEqual([]);
  box.clock.step(MINUTE);
  expect((await task(FlowId)).Status).toBe(0);
  const first = await shown();
  expect(first).toHaveLength(6);
  expect(first[0]).toMatchObject({ Type: "JmxExport", SourcePort: 60_001, VpcId: "vpc-1", SubnetId: "subnet-1" });
  expect((await open({})).text).toMatch(/RepetitionValue: subnet-1 has access already.*Nothing was changed/);
  expect(forms[1]?.message).toContain("Has access today: subnet-1.");
  expect((await open({ VpcId: "net" })).text).toMatch(/VpcIdInvalid/);
  expect((await open({ SubnetId: "net" })).text).toMatch(/SubnetIdInvalid/);
  await open({ SubnetId: "subnet-2" });
  box.clock.step(MINUTE);
  const both: { SourceIp: string }[] = await shown();
  expect(new Set(both.map((p) => p.SourceIp)).size).toBe(2);
  expect(both).toHaveLength(12);
});

test("a dedicated cluster is ready after ten minutes; a region has one VPC for them, a CDC one subnet", async () => {
  const { call, forms, box } = await start();
  const cluster = {
    CdcId: "cluster-1",
    CdcVpcId: "vpc-cdc",
    CdcSubnetId: "subnet-cdc",
    ZoneId: 100003,
    Bandwidth: 400,
    DiskSize: 4000,
    DiskType: "CLOUD_SSD",
    SystemDiskType: "CLOUD_PREMIUM",
  };
  const create = async (args: object = {}) => call("CreateCdcCluster", { ...cluster, ...args });
  const { TaskId } = (await create()).data.Result;
  expect(forms[0]?.message.split("\n")).toEqual([
    "CreateCdcCluster on cluster-1 in ap-guangzhou",
    "Costs or refunds money.",
    "Adds a Kafka cluster to cluster-1, zone 100003: 400 MB/s, 4000 GB CLOUD_SSD, system disks CLOUD_PREMIUM.",
    "In vpc-cdc, subnet-cdc. No action of this API removes it, and no enquiry tells its price.",
  ]);
  const check = async () => (await call("CheckCdcCluster", { TaskId })).data.Result;
  expect(await check()).toBe("Running");
  expect((await call("DescribeCkafkaZone", { CdcId: "cluster-1" })).text).toMatch(/InvalidParameter.*does not exist/);
  box.clock.step(10 * MINUTE);
  expect(await check()).toBe("Success");
  const zones = await call("DescribeCkafkaZone", { CdcId: "cluster-1" });
  expect(zones.data.Result.ClusterInfo).toMatchObject([{ MaxDiskSize: 4000, MaxBandWidth: 400, ZoneId: 100003 }]);
  expect((await create({ CdcVpcId: "vpc-2" })).text).toMatch(/InvalidParameterValue.*VPC for CDC is vpc-cdc/);
  expect((await create({ CdcSubnetId: "subnet-2" })).text).toMatch(/InvalidParameterValue.*subnet of cluster-1/);
  expect((await create({ ZoneId: 1 })).text).toMatch(/InvalidParameterValue.*zone 1 is not in this region/);
  expect((await create({ Bandwidth: 10 })).text).toMatch(/Bandwidth must be at least 20/);
  expect((await call("CheckCdcCluster", { TaskId: 1 })).text).toMatch(/InvalidParameterValue: task 1 does not exist/);
});
