import { expect, test } from "vitest";
import { assess } from "../../../src/guard/risk.ts";
import { actions } from "../../../tools/ckafka/actions.ts";
import { changesIn } from "../../support/changes.ts";
import { agree, sandbox, serve, smallWorld, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const small = smallWorld.regions["ap-guangzhou"];
const OLD = "v2.8.1_r1.1.4";
const NEW = "v2.8.1_r1.1.6";
/** The small world with brokers that are due for an upgrade. */
const world = {
  ...smallWorld,
  regions: { "ap-guangzhou": { ...small, instances: [{ ...small.instances[0], broker: OLD }] } },
};
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
    "Loses: connections of clients, as each broker is restarted in place.",
    "Cannot be undone: no action goes back to the build that runs today.",
    "Type: minor upgrade in place (5)",
    `SourceVersion: "${OLD}"`,
    `TargetVersion: "${OLD}" → "${NEW}"`,
    'Kafka "2.8.1": each broker is restarted.',
    "It begins at once.",
    '2 consumer groups; consuming now: "live".',
  ]);
  const { FlowId } = upgraded.data.Result.Data;
  expect(await task(FlowId)).toEqual({ Status: 2, Output: { untrusted: "running" } });
  expect((await show()).Status).toBe(7);
  expect((await version()).CurBrokerVersion).toBe(OLD);
  box.clock.step(3 * MINUTE);
  expect(await task(FlowId)).toEqual({ Status: 0, Output: { untrusted: "success" } });
  expect((await show()).Status).toBe(1);
  expect((await version()).CurBrokerVersion).toBe(NEW);
});

test("nobody is asked about an upgrade to or from anything else, or in the past", async () => {
  const { call, forms, tasks } = await start();
  const refused = async (code: RegExp, args: object) =>
    expect((await call("UpgradeBrokerVersion", { ...upgrade, ...args })).text).toMatch(code);
  await refused(/run v2\.8\.1_r1\.1\.4, not the SourceVersion v2\.8\.1_r1\.1\.5\. Nothing was changed/, {
    SourceVersion: "v2.8.1_r1.1.5",
  });
  await refused(/TargetVersion v3\.2\.3_r1\.0\.7 is not offered for Kafka 2\.8\.1; .* has v2\.8\.1_r1\.1\.6\./, {
    TargetVersion: "v3.2.3_r1.0.7",
  });
  await refused(/TargetVersion v2\.8\.1_r1\.1\.9 is not offered/, { TargetVersion: "v2.8.1_r1.1.9" });
  await refused(/run v2\.8\.1_r1\.1\.4 already/, { TargetVersion: OLD });
  // It is 17:00 in Beijing.
  await refused(/DelayTimeStamp 2026-03-02 16:00:00 \(Beijing time\) has passed/, {
    DelayTimeStamp: "2026-03-02 16:00:00",
  });
  await refused(/DelayTimeStamp must be a real moment in Beijing time.*Nothing was sent/, { DelayTimeStamp: "soon" });
  expect(forms).toEqual([]);
  expect((await call("DescribeTaskStatus", { FlowId: 1 })).text).toMatch(/InvalidParameter: task 1 does not exist/);
  expect(tasks()).toBe(0);
});

test("a planned upgrade can be moved, keeps other changes away, and starts by itself", async () => {
  const { call, forms, box, show, version, task, planned, tasks } = await start();
  // 18:00 in Beijing.
  const upgraded = await call("UpgradeBrokerVersion", { ...upgrade, DelayTimeStamp: "2026-03-02T10:00:00Z" });
  expect(forms[0]?.message).toContain('DelayTimeStamp: "2026-03-02 18:00:00" Beijing time');
  const { FlowId } = upgraded.data.Result.Data;
  expect(await planned()).toBe("2026-03-02 18:00:00");
  expect((await call("UpgradeBrokerVersion", upgrade)).text).toMatch(/FailedOperation.*planned or under way/);
  expect((await call("ModifyInstancePre", { InstanceId, BandWidth: 400 })).text).toMatch(/FailedOperation.*planned/);
  expect((await show()).Bandwidth).toBe(320 * 8);
  expect(tasks()).toBe(1);
  const RebalanceTime = box.clock.now() / 1000 + 7200;
  await call("ModifyInstanceAttributes", { InstanceId, RebalanceTime });
  expect(forms.at(-1)?.message).toContain(
    `RebalanceTime: 2026-03-02T10:00:00Z (${RebalanceTime - 3600}) → 2026-03-02T11:00:00Z (${RebalanceTime})`,
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
    /no upgrade and no enlargement of ckafka-one is planned.*Nothing was changed/,
  );
});

test("automatic maintenance shows in the instance's attributes and says what it deletes or costs", async () => {
  const { call, forms, box, show } = await start();
  const maintain = (MaintenanceType: string, MaintenanceSubtype: string, args: object = {}) =>
    call("ModifyRoutineMaintenanceTask", { InstanceId, MaintenanceType, MaintenanceSubtype, ...args });
  const steps = { ConfigureThreshold: 80, ConfigureStepSize: 20 };
  const changed = await changesIn(box.world, () =>
    maintain("QUOTA", "INSTANCE_STORAGE_CAPACITY", { ...steps, ConfigureLimit: 2000 }),
  );
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Costs: more with each step by which the disk grows.",
    "MaintenanceType: quota",
    "MaintenanceSubtype: disk growth (INSTANCE_STORAGE_CAPACITY)",
    "ConfigureThreshold: 75 % → 80 %",
    "ConfigureStepSize: 10 % → 20 %",
    "ConfigureLimit: 500000 → 2000",
    'Instance "one".',
    "The disk grows by itself as it fills, up to ConfigureLimit in GB.",
    "Status is not given: it is switched on.",
  ]);
  const disk = "regions.ap-guangzhou.instances[one].dynamicDisk";
  expect(changed).toEqual([
    `${disk}.on: false → true`,
    `${disk}.percent: 75 → 80`,
    `${disk}.step: 10 → 20`,
    `${disk}.limit: 500000 → 2000`,
  ]);
  await maintain("QUOTA", "MESSAGE_RETENTION_PERIOD", { ...steps, ConfigureLimit: 60, Status: 0 });
  expect(forms[1]?.message).toContain("Loses: as the disk fills, retention is cut and older messages are deleted.");
  expect(forms[1]?.message).toContain("Status: off (1) → on (0)");
  expect(forms[1]?.message).not.toContain("Costs");
  await maintain("ELASTIC_BANDWIDTH", "ELASTIC_BANDWIDTH", { Status: 0 });
  expect(forms[2]?.message).toContain("Costs: what is used beyond the instance's own bandwidth.");
  expect(await show()).toMatchObject({
    DynamicDiskConfig: { Enable: 1, DiskQuotaPercentage: 80, StepForwardPercentage: 20, MaxDiskSpace: 2000 },
    RetentionTimeConfig: { Enable: 1, DiskQuotaPercentage: 80, StepForwardPercentage: 20, BottomRetention: 60 },
    // The switch is whether it may be on; the status, whether it is.
    ElasticBandwidthSwitch: 1,
    ElasticBandwidthOpenStatus: 32,
  });
  // Asked for again, or to cut later: nobody loses by it, or is asked at all.
  const again = await maintain("QUOTA", "MESSAGE_RETENTION_PERIOD", { Status: 0, ConfigureLimit: 60 });
  expect(again.text).toMatch(/nothing would change on ckafka-one/);
  expect(forms).toHaveLength(3);
  await maintain("QUOTA", "MESSAGE_RETENTION_PERIOD", { Status: 1 });
  await maintain("ELASTIC_BANDWIDTH", "ELASTIC_BANDWIDTH", { Status: 1 });
  expect(forms[3]?.message).not.toMatch(/^(Loses|Beware|Costs)/m);
  expect(forms[4]?.message).toContain("Loses: clients above the instance's own bandwidth are throttled.");
  expect(forms[4]?.message).not.toContain("Costs");
  expect(await show()).toMatchObject({
    RetentionTimeConfig: { Enable: 0, BottomRetention: 60 },
    ElasticBandwidthOpenStatus: 1,
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
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    'Opens: the metrics of all brokers to the subnet "subnet-1" in "vpc-1".',
    "Cannot be undone: no action of this API takes the access away.",
    'VpcId: "vpc-1"',
    'SubnetId: "subnet-1"',
    'Instance "one".',
    "Nobody has access today.",
  ]);
  expect(await shown()).toEqual([]);
  box.clock.step(MINUTE);
  expect((await task(FlowId)).Status).toBe(0);
  const first = await shown();
  expect(first).toHaveLength(6);
  expect(first[0]).toMatchObject({ Type: "JmxExport", SourcePort: 60_001, VpcId: "vpc-1", SubnetId: "subnet-1" });
  expect((await open({})).text).toMatch(/subnet-1 in vpc-1 has access to the metrics.*Nothing was changed/);
  expect(forms).toHaveLength(1);
  expect((await open({ VpcId: "net" })).text).toMatch(/VpcIdInvalid/);
  expect(forms[1]?.message).toContain('Has access today: "subnet-1".');
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
  expect(forms[0]?.message).toMatch(/^CreateCdcCluster on "cluster-1", region ap-guangzhou, account /);
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Cannot be undone: no action of this API removes the cluster.",
    "Costs: money, or brings a refund.",
    'CdcVpcId: "vpc-cdc"',
    'CdcSubnetId: "subnet-cdc"',
    "ZoneId: 100003",
    "Bandwidth: 400 MB/s",
    "DiskSize: 4,000 GB",
    'DiskType: "CLOUD_SSD"',
    'SystemDiskType: "CLOUD_PREMIUM"',
    "No enquiry tells its price.",
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

test("what is not a documented pair of maintenance is the worst case: a rule that keeps money away stops it", () => {
  const of = (MaintenanceType: string, MaintenanceSubtype: string, Status?: 0 | 1) => {
    const input = { InstanceId, MaintenanceType, MaintenanceSubtype, Status };
    const risk = assess(actions.ModifyRoutineMaintenanceTask as never, input);
    return risk.level === "read" ? undefined : Object.keys(risk.stakes);
  };
  expect(of("QUOTA", "INSTANCE_STORAGE_CAPACITY")).toEqual(["bills"]);
  expect(of("QUOTA", "INSTANCE_STORAGE_CAPACITY", 1)).toEqual([]);
  expect(of("QUOTA", "MESSAGE_RETENTION_PERIOD")).toEqual(["loses"]);
  expect(of("RE_BALANCE", "INSTANCE_PARTITION_RE_BALANCE")).toEqual([]);
  expect(of("ELASTIC_BANDWIDTH", "ELASTIC_BANDWIDTH")).toEqual(["bills"]);
  for (const [type, subtype] of [
    ["ANALYSIS", "INSTANCE_STORAGE_CAPACITY"],
    ["RE_BALANCE", "MESSAGE_RETENTION_PERIOD"],
    ["QUOTA", "INSTANCE_PARTITION_RE_BALANCE"],
    ["QUOTA", "constructor"],
    ["ELASTIC_BANDWIDTH", "INSTANCE_STORAGE_CAPACITY"],
  ] as const)
    for (const status of [undefined, 0, 1] as const) expect(of(type, subtype, status)).toEqual(["loses", "bills"]);
});

test("on an instance that does not run nobody is asked about anything", async () => {
  const isolated = smallWorldWith({ status: 5, broker: OLD });
  const { call, forms } = await serve(await sandbox(isolated), { answer: agree });
  const tried: [string, object][] = [
    ["UpgradeBrokerVersion", upgrade],
    ["ModifyRoutineMaintenanceTask", { MaintenanceType: "QUOTA", MaintenanceSubtype: "MESSAGE_RETENTION_PERIOD" }],
    ["CreatePrometheus", { VpcId: "vpc-1", SubnetId: "subnet-1" }],
    ["ModifyInstanceAttributes", { InstanceName: "x" }],
    ["ModifyInstancePre", { BandWidth: 400 }],
    ["IsolatedInstancePre", {}],
  ];
  for (const [name, args] of tried)
    expect((await call(name, { InstanceId, ...args })).text, name).toMatch(
      /instance ckafka-one does not run, it is isolated \(5\).*Nothing was changed/,
    );
  expect(forms).toEqual([]);
});
