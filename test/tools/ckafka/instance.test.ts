import { expect, test } from "vitest";
import {
  agree,
  LOGS,
  SHOP,
  SINGAPORE,
  STAGING,
  sandbox,
  serve,
  smallWorld,
  smallWorldWith,
} from "../../support/harness.ts";

test("instances of a region are listed, filtered and paged", async () => {
  const { call } = await serve(await sandbox());
  expect((await call("DescribeInstances")).data.Result).toMatchObject({
    TotalCount: 3,
    InstanceList: [{ InstanceId: SHOP, Status: 1 }, {}, {}],
  });
  expect((await call("DescribeInstances", { SearchWord: "log" })).data.Result.InstanceList).toMatchObject([
    { InstanceId: LOGS },
  ]);
  expect((await call("DescribeInstances", { Limit: 1, Offset: 1 })).data.Result).toMatchObject({
    TotalCount: 3,
    InstanceList: [{ InstanceId: LOGS }],
  });
  expect((await call("DescribeInstances", { VpcId: "vpc-shop01" })).data.Result.TotalCount).toBe(2);
  const singapore = await call("DescribeInstances", { Region: "ap-singapore", Status: [1] });
  expect(singapore.data.Result.InstanceList).toMatchObject([{ InstanceId: SINGAPORE }]);
  expect((await call("DescribeInstances", { Region: "ap-tokyo" })).data.Result).toEqual({ TotalCount: 0 });
});

test("details are filtered by tags and fields, all of which must match", async () => {
  const { call } = await serve(await sandbox());
  const ids = async (args: object) => {
    const { data } = await call("DescribeInstancesDetail", { ...args });
    return (data.Result.InstanceList ?? []).map((i: { InstanceId: string }) => i.InstanceId);
  };
  expect(
    await ids({
      TagList: [
        { TagKey: "env", TagValue: "production" },
        { TagKey: "team", TagValue: "platform" },
      ],
    }),
  ).toEqual([LOGS]);
  expect(
    await ids({
      Filters: [
        { Name: "VpcId", Values: ["vpc-shop01"] },
        { Name: "Ip", Values: ["10.0.1.20"] },
      ],
    }),
  ).toEqual([SHOP]);
  expect(await ids({ InstanceIdList: [LOGS] })).toEqual([LOGS]);
  expect(await ids({ SearchWord: "100006" })).toHaveLength(2);
  const { data } = await call("DescribeInstancesDetail", { InstanceId: LOGS });
  expect(data.Result.InstanceList[0]).toMatchObject({
    Healthy: 2,
    HealthyMessage: "disk utilization 86%",
    TopicNum: 7,
    PartitionNumber: 66,
  });
});

test("attributes count what is left of the quota", async () => {
  const { call } = await serve(await sandbox());
  const { data } = await call("DescribeInstanceAttributes", { InstanceId: SHOP });
  expect(data.Result).toMatchObject({
    CreatedTopics: 13,
    RemainingTopics: 387,
    CreatedPartitions: 51,
    RemainingPartitions: 749,
    DeleteProtectionEnable: 1,
  });
});

test("regions and zones are listed", async () => {
  const { call } = await serve(await sandbox());
  const regions = await call("DescribeRegion");
  expect(regions.data.Result).toHaveLength(18);
  expect((await call("DescribeRegion", { Limit: 2, Offset: 1 })).data.Result).toMatchObject([
    { RegionCodeV3: "ap-shanghai" },
    { RegionCodeV3: "ap-hongkong" },
  ]);
  const zones = await call("DescribeCkafkaZone");
  expect(zones.data.Result.ZoneList.map((z: { SoldOut: string }) => z.SoldOut)).toEqual(["false", "true", "false"]);
});

test("instances are listed by tag key, and machines only for the profession edition", async () => {
  const { call } = await serve(await sandbox());
  const ids = async (args: object) => {
    const { data } = await call("DescribeTypeInstances", { ...args });
    return (data.Result.InstanceList ?? []).map((i: { InstanceId: string }) => i.InstanceId);
  };
  expect(await ids({})).toEqual([SHOP, LOGS, STAGING]);
  expect(await ids({ TagKey: "team", SearchWord: "prod" })).toEqual([SHOP]);
  expect(await ids({ TagKey: "none" })).toEqual([]);
  expect(await ids({ Offset: 1, Limit: 1 })).toEqual([LOGS]);
  expect(await ids({ InstanceId: LOGS, Status: [5] })).toEqual([]);
  const machines = (await call("DescribeCvmInfo", { InstanceId: SHOP })).data.Result;
  expect(machines.TotalCount).toBe(machines.CvmList.length);
  expect(machines.CvmList[0].CkafkaInstanceId).toBe(SHOP);
  const standard = smallWorldWith({ type: "standard" });
  const { call: other } = await serve(await sandbox(standard));
  expect((await other("DescribeCvmInfo", { InstanceId: "ckafka-one" })).data.Result).toEqual({ TotalCount: 0 });
});

test("an instance's settings change from → to in every read; what is left out stays", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  const InstanceId = "ckafka-one";
  const change = (args: object) => call("ModifyInstanceAttributes", { InstanceId, ...args });
  const shown = async () => (await call("DescribeInstanceAttributes", { InstanceId })).data.Result;
  await change({
    InstanceName: "renamed",
    Config: { AutoCreateTopicEnable: true, DefaultNumPartitions: 6 },
    DynamicDiskConfig: { Enable: 1, MaxDiskSpace: 900 },
    PublicNetwork: 6,
    DeleteProtectionEnable: 1,
  });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Beware: if it is less than before, public clients above the bandwidth are throttled.",
    "Costs or refunds money.",
    "Instance one.",
    'InstanceName: "one" → "renamed"',
    "PublicNetwork: 0 → 6",
    "DeleteProtectionEnable: 0 → 1",
    "Config.DefaultNumPartitions: 3 → 6",
    "Config.AutoCreateTopicEnable: 0 → 1",
    "DynamicDiskConfig.Enable: 0 → 1",
    "DynamicDiskConfig.MaxDiskSpace: 500000 → 900",
    "Price: 6500.00 CNY → 6575.00 CNY a month (+75.00 CNY).",
    "A disk that grows by itself costs more with each step.",
  ]);
  expect(await shown()).toMatchObject({
    InstanceName: "renamed",
    Config: { AutoCreateTopicsEnable: true, DefaultNumPartitions: 6, DefaultReplicationFactor: 2 },
    DynamicDiskConfig: { Enable: 1, DiskQuotaPercentage: 75, StepForwardPercentage: 10, MaxDiskSpace: 900 },
    PublicNetwork: 6,
    DeleteProtectionEnable: 1,
    MsgRetentionTime: 1440,
  });
  expect((await call("DescribeInstances", { SearchWord: "renamed" })).data.Result.TotalCount).toBe(1);
  await change({
    MsgRetentionTime: 60,
    MaxMessageByte: 2048,
    RetentionBytes: 1_000_000,
    UncleanLeaderElectionEnable: 1,
  });
  expect(forms[1]?.message).toContain("MsgRetentionTime: 1440 → 60\nMaxMessageByte: 12582912 → 2048");
  expect(await shown()).toMatchObject({
    MsgRetentionTime: 60,
    MaxMessageByte: 2048,
    RetentionBytes: 1_000_000,
    UncleanLeaderElectionEnable: 1,
    PublicNetwork: 6,
  });
  // Switching automatic creation on without numbers sets them, as documented; a disk that grows already goes on costing.
  await change({ Config: { AutoCreateTopicEnable: true }, DynamicDiskConfig: { MaxDiskSpace: 1000 } });
  expect(forms[2]?.message).toContain(
    "Config.DefaultNumPartitions: 6 → 3\nDynamicDiskConfig.MaxDiskSpace: 900 → 1000\nA d",
  );
  expect((await shown()).Config.DefaultNumPartitions).toBe(3);
});

test("settings out of range or unknown to the edition are refused and change nothing", async () => {
  const standard = smallWorldWith({ type: "standard" });
  const { call, forms } = await serve(await sandbox(standard), { answer: agree });
  const InstanceId = "ckafka-one";
  const refused = async (why: RegExp, args: object) =>
    expect((await call("ModifyInstanceAttributes", { InstanceId, InstanceName: "x", ...args })).text).toMatch(why);
  await refused(/UnsupportedOperation.*profession.*Nothing was changed/, { PublicNetwork: 3 });
  await refused(/UnsupportedOperation.*profession/, { AdminSecurity: true });
  expect(forms[1]?.message).toContain("blocked, perhaps for good.");
  expect(forms[1]?.message).toContain("AdminSecurity → 1; no read tells today's.");
  await refused(/UnsupportedOperation: no upgrade is planned/, { RebalanceTime: 1 });
  await refused(/InvalidParameter: DefaultReplicationFactor/, { Config: { DefaultReplicationFactor: 4 } });
  await refused(/MsgRetentionTime must be at most 129600/, { MsgRetentionTime: 129_601 });
  await refused(/MaxMessageByte must be at least 1025/, { MaxMessageByte: 1024 });
  await refused(/MaxMessageByte must be at most 12582911/, { MaxMessageByte: 12_582_912 });
  await refused(/TransactionalIdExpirationMs must be at least 3600000/, { TransactionalIdExpirationMs: 1 });
  await refused(/PublicNetwork must be at most 999/, { PublicNetwork: 1000 });
  expect((await call("DescribeInstances", { SearchWord: "one" })).data.Result.TotalCount).toBe(1);
});
