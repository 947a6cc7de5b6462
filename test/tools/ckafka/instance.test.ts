import { expect, test } from "vitest";
import { stored } from "../../../sandbox/kafka/partitions.ts";
import { readWorld } from "../../../sandbox/world/world.ts";
import { changesIn } from "../../support/changes.ts";
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
  expect((await call("DescribeInstances", { Region: "ap-tokyo" })).data.Result).toEqual({
    InstanceList: [],
    TotalCount: 0,
  });
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
    RemainingPartitions: 949,
    // What a bandwidth of 100 MB/s comes with, and that bandwidth as reads tell it.
    FreePartitionNumber: 900,
    Bandwidth: 800,
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
  expect((await other("DescribeCvmInfo", { InstanceId: "ckafka-one" })).data.Result).toEqual({
    CvmList: [],
    TotalCount: 0,
  });
});

test("an instance's settings change from → to in every read; what is left out stays", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const InstanceId = "ckafka-one";
  const change = (args: object) =>
    changesIn(box.world, () => call("ModifyInstanceAttributes", { InstanceId, ...args }));
  const shown = async () => (await call("DescribeInstanceAttributes", { InstanceId })).data.Result;
  const first = await change({
    InstanceName: "renamed",
    Config: { AutoCreateTopicEnable: true, DefaultNumPartitions: 6 },
    DynamicDiskConfig: { Enable: 1, MaxDiskSpace: 900 },
    PublicNetwork: 6,
    DeleteProtectionEnable: 1,
  });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    expect.stringMatching(
      /^Costs: each step by which the disk grows by itself; 6500\.00 CNY → 6575\.00 CNY a month \(75\.00 CNY more\); about 412\.50 CNY are due at once, for the 5\.5 months left that are prepaid\.$/,
    ),
    'InstanceName: "one" → "renamed"',
    "Config.AutoCreateTopicEnable: off (false) → on (true)",
    "Config.DefaultNumPartitions: 3 partitions → 6 partitions",
    "PublicNetwork: 0 Mbps → 6 Mbps",
    "DynamicDiskConfig.Enable: off (0) → on (1)",
    "DynamicDiskConfig.MaxDiskSpace: 500,000 GB → 900 GB",
    "DeleteProtectionEnable: off (0) → on (1)",
    "Topics created without a number of replicas get 2 from then on (today 2).",
  ]);
  const at = "regions.ap-guangzhou.instances[renamed]";
  expect(first.map((line) => line.replace(/instances\[\w+\]/, "instances[renamed]")).sort()).toEqual([
    `${at}.autoCreate: false → true`,
    `${at}.defaults.partitions: 3 → 6`,
    `${at}.deleteProtection: false → true`,
    `${at}.dynamicDisk.limit: 500000 → 900`,
    `${at}.dynamicDisk.on: false → true`,
    `${at}.name: "one" → "renamed"`,
    `${at}.publicNetwork: 0 → 6`,
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
  expect(forms[1]?.message.split("\n").slice(1)).toEqual([
    "Loses: messages older than the new retention are deleted where a topic has none of its own; messages beyond the new log size are deleted; an unclean leader election can lose acknowledged messages; larger messages are refused.",
    "MsgRetentionTime: 1,440 min (1 d) → 60 min (1 h)",
    "MaxMessageByte: 12,582,912 B → 2,048 B",
    "UncleanLeaderElectionEnable: off (0) → on (1)",
    "RetentionBytes: no limit (-1) → 1,000,000 B",
  ]);
  expect(await shown()).toMatchObject({
    MsgRetentionTime: 60,
    MaxMessageByte: 2048,
    RetentionBytes: 1_000_000,
    UncleanLeaderElectionEnable: 1,
    PublicNetwork: 6,
  });
  // Switching automatic creation on without numbers sets them, as documented; a disk that grows already goes on costing.
  await change({ Config: { AutoCreateTopicEnable: true }, DynamicDiskConfig: { MaxDiskSpace: 1000 } });
  expect(forms[2]?.message.split("\n").slice(1)).toEqual([
    "Costs: each step by which the disk grows by itself.",
    "Config.AutoCreateTopicEnable: on (true) → on (true)",
    "DynamicDiskConfig.MaxDiskSpace: 900 GB → 1,000 GB",
    "Topics created without a number get 3 partitions from then on (today 6).",
    "Topics created without a number of replicas get 2 from then on (today 2).",
  ]);
  expect((await shown()).Config.DefaultNumPartitions).toBe(3);
  // What becomes larger loses nothing, and what stands already is not asked about.
  await change({ MsgRetentionTime: 120, MaxMessageByte: 4096, RetentionBytes: -1, PublicNetwork: 9 });
  expect(forms[3]?.message).not.toMatch(/^(Loses|Beware)/m);
  expect(forms[3]?.message).toContain("RetentionBytes: 1,000,000 B → no limit (-1)");
  const before = forms.length;
  const same = await call("ModifyInstanceAttributes", { InstanceId, MsgRetentionTime: 120, RetentionBytes: -1 });
  expect(same.text).toMatch(/nothing would change on ckafka-one.*Nothing was changed/);
  expect(forms).toHaveLength(before);
});

test("settings out of range or unknown to the edition are refused and change nothing", async () => {
  const standard = smallWorldWith({ type: "standard" });
  const { call, forms } = await serve(await sandbox(standard), { answer: agree });
  const InstanceId = "ckafka-one";
  const refused = async (why: RegExp, args: object) =>
    expect((await call("ModifyInstanceAttributes", { InstanceId, InstanceName: "x", ...args })).text).toMatch(why);
  await refused(/PublicNetwork is for the professional edition.*Nothing was changed/, { PublicNetwork: 3 });
  await refused(/AdminSecurity is for the professional edition/, { AdminSecurity: true });
  await refused(/no upgrade and no enlargement of ckafka-one is planned/, { RebalanceTime: "2026-03-03T00:00:00Z" });
  expect(forms).toEqual([]);
  await refused(/InvalidParameter: DefaultReplicationFactor/, { Config: { DefaultReplicationFactor: 4 } });
  await refused(/MsgRetentionTime must be at most 129600/, { MsgRetentionTime: 129_601 });
  await refused(/MaxMessageByte must be at least 1025/, { MaxMessageByte: 1024 });
  await refused(/MaxMessageByte must be at most 12582911/, { MaxMessageByte: 12_582_912 });
  await refused(/TransactionalIdExpirationMs must be at least 3600000/, { TransactionalIdExpirationMs: 1 });
  await refused(/PublicNetwork must be at most 999/, { PublicNetwork: 1000 });
  expect((await call("DescribeInstances", { SearchWord: "one" })).data.Result.TotalCount).toBe(1);
});

test("what no read tells is said to be unread, and what cannot be taken back to be final", async () => {
  const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
  const change = (AdminSecurity: boolean) =>
    call("ModifyInstanceAttributes", { InstanceId: "ckafka-one", AdminSecurity });
  await change(true);
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Loses: risky admin calls of clients are refused.",
    "May not be undone: blocking or allowing risky admin calls, as the reference has it.",
    "AdminSecurity: not read → risky admin calls blocked (true)",
  ]);
  await change(false);
  expect(forms[1]?.message).toContain("May open: risky admin calls to every client.");
});

test("results tell units, codes and clocks, each once", async () => {
  const { call } = await serve(await sandbox());
  const { data } = await call("DescribeInstanceAttributes", { InstanceId: LOGS });
  const legend = data["(legend)"] as string;
  for (const said of [
    "Bandwidth: Mbps",
    "an eighth of it is the BandWidth of purchases in MB/s",
    "Healthy 2: warning",
    "MsgRetentionTime: min",
    "ExpireTime 0: never, billed by the hour",
    "Cvm 1: professional edition",
    "BottomRetention: min",
    "ElasticBandwidthSwitch 1: on the allow list",
    "ElasticBandwidthOpenStatus 1: off",
    "FreePartitionNumber: included free of charge",
    "RetentionBytes -1: no limit",
  ])
    expect(legend).toContain(said);
  expect(data.Result["ExpireTime (ISO)"]).toBeUndefined();
  expect(data.Result["CreateTime (ISO)"]).toMatch(/^\d{4}-/);
  const detail = await call("DescribeInstancesDetail", { InstanceId: SHOP });
  expect(detail.data["(legend)"]).toContain("RenewFlag 1: renewed automatically");
  expect(detail.data["(legend)"]).toContain("RebalanceTime 0000-00-00 00:00:00: none planned");
  const zones = await call("DescribeCkafkaZone");
  expect(zones.data["(legend)"]).toMatch(/Flag false: on sale, true: sold out/);
  const list = await call("DescribeInstances", { Limit: 2 });
  expect(list.text).toContain("2 of 3; next Offset 2");
});

test("the world that ships agrees with itself: disks with logs, allow lists with clients", () => {
  const world = readWorld();
  const now = world.clock.now();
  for (const { instances } of Object.values(world.regions))
    for (const { id, disk, topics, groups, healthMessage } of instances) {
      const used = topics.reduce((sum, topic) => sum + stored(topic, now), 0) / 1024 ** 3;
      const [, said] = /disk utilization (\d+)%/.exec(healthMessage) ?? [];
      if (said === undefined) expect(used / disk, id).toBeLessThan(0.8);
      else expect(Math.round((100 * used) / disk), id).toBe(Number(said));
      for (const { name, whiteList, producers } of topics.filter((topic) => topic.whiteList.on)) {
        const readers = groups.filter(({ positions }) => positions.some(({ topic }) => topic === name));
        const hosts = readers.flatMap(({ members }) => members.map(({ host }) => host));
        for (const client of [...hosts, ...producers.map(({ address }) => address)])
          expect(whiteList.ips, `${id}/${name}`).toContain(client);
      }
    }
});
