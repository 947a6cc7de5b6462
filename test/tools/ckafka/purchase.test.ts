import { expect, test } from "vitest";
import { misfit } from "../../../sandbox/ckafka/prices.ts";
import older from "../../../sandbox/reference/2025-07.json" with { type: "json" };
import { readWorld } from "../../../sandbox/world/world.ts";
import { inMBps, numberOf, quantityOf } from "../../../src/model/quantity.ts";
import { changesIn } from "../../support/changes.ts";
import { agree, sandbox, serve, smallWorld } from "../../support/harness.ts";
import { another, one, smallRegionWith } from "../../support/worlds.ts";

const plain = (id: string, fields: object) =>
  another(id, { disk: 3000, diskType: "CLOUD_BASIC", max: { partitions: 1800 }, ...fields });
/** The small world's instance and one without topics, paid for until 120 and 30 days from now; others besides. */
const world = smallRegionWith({
  zones: [
    ...smallWorld.regions["ap-guangzhou"].zones,
    { id: 100004, name: "Zone 4", soldOut: true },
    { id: 100006, name: "Zone 6" },
  ],
  instances: [
    { ...one, expires: "+120d", max: { topics: 3, partitions: 800, groups: 3 } },
    plain("ckafka-month", { name: "month", expires: "+30d" }),
    plain("ckafka-hour", { name: "hour", chargeType: "POSTPAID_BY_HOUR" }),
    plain("ckafka-safe", { name: "safe", deleteProtection: true }),
  ],
  cdcClusters: [
    { id: 7, cdc: "cluster-1", vpc: "vpc-cdc", subnet: "subnet-cdc", zone: 100003, bandwidth: 100, disk: 1000 },
  ],
});
const order = { VpcId: "vpc-1", SubnetId: "subnet-1", ZoneId: 100003, SpecificationsType: "profession" };
const prepaid = { ...order, InstanceName: "new", Period: "2m", InstanceType: 1 };
const sized = { InstanceType: "profession", Bandwidth: 40, InquiryDiskParam: { DiskSize: 500 }, Partition: 800 };
const enquiry = { ...sized, MessageRetention: 24, Topic: 800 };
const MINUTE = 60_000;

async function start() {
  const box = await sandbox(world);
  const server = await serve(box, { answer: agree });
  const { call } = server;
  const show = async (InstanceId: string) => (await call("DescribeInstanceAttributes", { InstanceId })).data.Result;
  const detail = async (InstanceId: string) =>
    (await call("DescribeInstancesDetail", { InstanceId })).data.Result.InstanceList[0];
  const count = async () => (await call("DescribeInstances")).data.Result.TotalCount;
  const paid = () => box.world.regions["ap-guangzhou"]?.deals.map((deal) => deal.amount);
  return { ...server, box, show, detail, count, paid };
}

/** A call, and what it changed in the world. */
async function changing<T>(box: Awaited<ReturnType<typeof sandbox>>, work: () => Promise<T>) {
  let body = undefined as T;
  const changed = await changesIn(box.world, async () => {
    body = await work();
  });
  return { body, changed };
}

test("a price is asked for a month or an hour, in parts that add up", async () => {
  const { call } = await start();
  const month = (await call("InquireCkafkaPrice", enquiry)).data.Result.InstancePrice;
  expect(month).toMatchObject({ DiscountPrice: 1175, TimeUnit: "m", TimeSpan: 1, GoodsNum: 1, Currency: "CNY" });
  expect(month.DetailPrices.DiskPrice).toMatchObject({ DiscountPrice: 175, DiskType: "CLOUD_BASIC", Value: 500 });
  const parts = Object.values(month.DetailPrices) as { DiscountPrice: number }[];
  expect(parts.reduce((sum, p) => sum + p.DiscountPrice, 0)).toBe(1175);
  const year = await call("InquireCkafkaPrice", {
    ...enquiry,
    InstanceNum: 2,
    InstanceChargeParam: { InstanceChargeType: "PREPAID", InstanceChargePeriod: 12 },
    PublicNetworkParam: { PublicNetworkMonthly: 6 },
  });
  expect(year.data.Result).toMatchObject({
    InstancePrice: { UnitPrice: 1175, DiscountPrice: 28_200 },
    PublicNetworkBandwidthPrice: { UnitPrice: 150, DiscountPrice: 3600 },
  });
  const hour = await call("InquireCkafkaPrice", {
    ...enquiry,
    InstanceChargeParam: { InstanceChargeType: "POSTPAID_BY_HOUR" },
  });
  expect(hour.data.Result.InstancePrice).toMatchObject({ DiscountPrice: 2.44, TimeUnit: "h" });
});

test("an enquiry is held to what its kind needs before anything is sent", async () => {
  const { call } = await start();
  expect((await call("InquireCkafkaPrice", sized)).text).toMatch(/a purchase needs MessageRetention, Topic\. Nothing/);
  const renew = { InstanceType: "profession", CategoryAction: "renew" };
  expect((await call("InquireCkafkaPrice", renew)).text).toMatch(
    /a renewal of profession needs InstanceId, Bandwidth, InquiryDiskParam, Partition/,
  );
  expect(
    (await call("InquireCkafkaPrice", { ...enquiry, InstanceChargeParam: { InstanceChargeType: "PREPAID" } })).text,
  ).toMatch(/InstanceChargeParam needs InstanceChargePeriod with PREPAID/);
  expect((await call("InquireCkafkaPrice", { ...sized, ...renew, InstanceId: "ckafka-hour" })).text).toMatch(
    /UnsupportedOperation.*POSTPAID_BY_HOUR/,
  );
});

test("what is bought costs what the form says, is created in three minutes and shows in every read", async () => {
  const { call, forms, box, show, detail, count, paid } = await start();
  const bought = await call("CreateInstancePre", {
    ...prepaid,
    InstanceNum: 2,
    PublicNetworkMonthly: 6,
    RenewFlag: 1,
    Tags: [{ TagKey: "team", TagValue: "a" }],
  });
  expect(forms[0]?.message).toMatch(/^CreateInstancePre on "new", region ap-guangzhou, account /);
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Costs: 5300.00 CNY in all now.",
    "ZoneId: 100003",
    'Period: "2m"',
    "InstanceType: general, and every other edition (1)",
    'VpcId: "vpc-1"',
    'SubnetId: "subnet-1"',
    "RenewFlag: renewed automatically (1)",
    "SpecificationsType: professional edition (profession)",
    "PublicNetworkMonthly: 6 Mbps",
    "InstanceNum: 2",
    'Tags[0].TagKey: "team"',
    'Tags[0].TagValue: "a"',
    "Renews itself, and is paid for again, until that is switched off.",
    'What is not given: 40 MB/s, 500 GB, 800 partitions, messages kept 1,440 min (1 d), Kafka "2.4.1".',
    "Buys 2 instances of these sizes.",
    "Each is prepaid for 2 months.",
  ]);
  expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type new to confirm" });
  expect(paid()).toEqual([5300]);
  const { FlowId, InstanceId, DealNameInstanceIdMapping } = bought.data.Result.Data;
  expect(DealNameInstanceIdMapping[0].InstanceIdList).toHaveLength(2);
  // The answer's FlowId cannot be followed, as the reference says.
  expect((await call("DescribeTaskStatus", { FlowId })).text).toMatch(/InvalidParameter: task 0/);
  expect(await count()).toBe(6);
  expect(await show(InstanceId)).toMatchObject({
    InstanceName: "new-1",
    Status: 0,
    InstanceChargeType: "PREPAID",
    ExpireTime: Date.parse("2026-05-02T09:00:00Z") / 1000,
    PublicNetwork: 9,
    Bandwidth: 40 * 8,
    DiskSize: 500,
    RemainingPartitions: 800,
    MsgRetentionTime: 1440,
  });
  expect(await detail(InstanceId)).toMatchObject({
    RenewFlag: 1,
    DiskType: "CLOUD_BASIC",
    Tags: [{ TagKey: "team", TagValue: "a" }],
  });
  const topic = { InstanceId, TopicName: "t", PartitionNum: 1, ReplicaNum: 1 };
  expect((await call("CreateTopic", topic)).text).toMatch(/does not run, it is creating \(0\).*Nothing was changed/);
  box.clock.step(3 * MINUTE);
  expect((await show(InstanceId)).Status).toBe(1);
  expect((await call("CreateTopic", topic)).isError).toBe(false);
});

test("an instance by the hour is bought in several zones and costs nothing beforehand", async () => {
  const { call, forms, box, show, paid } = await start();
  const zones = { MultiZoneFlag: true, ZoneIds: [100003, 100006] };
  const bought = await call("CreatePostPaidInstance", { ...order, ...zones, ElasticBandwidthSwitch: 1 });
  expect(forms[0]?.message).toContain("Costs: 2.44 CNY an hour, as long as it runs.\n");
  expect(forms[0]?.message).toContain("ZoneIds: 100003, 100006\n");
  expect(forms[0]?.message).toContain("ElasticBandwidthSwitch: on (1)\n");
  expect(forms[0]?.message).toContain("Elastic bandwidth or storage: what is used beyond the size is charged for");
  expect(paid()).toEqual([0]);
  expect(await show(bought.data.Result.Data.InstanceId)).toMatchObject({
    InstanceChargeType: "POSTPAID_BY_HOUR",
    ZoneIds: [100003, 100006],
    ElasticBandwidthOpenStatus: 32,
    // It has no end.
    ExpireTime: 0,
  });
  const older = await call("CreateInstancePost", { ...order, InstanceName: "older", BandWidth: 40 });
  const task = { FlowId: older.data.Result.Data.FlowId };
  expect((await call("DescribeTaskStatus", task)).data.Result.Status).toBe(2);
  box.clock.step(3 * MINUTE);
  expect((await call("DescribeTaskStatus", task)).data.Result.Status).toBe(0);
  const found = await call("DescribeInstances", { SearchWord: "older" });
  expect(found.data.Result.InstanceList).toMatchObject([{ InstanceName: "older", Status: 1 }]);
});

test("what is not on sale is refused with the documented code, unpaid", async () => {
  const { call, forms, count, paid } = await start();
  const refused = async (code: RegExp, args: object) =>
    expect((await call("CreatePostPaidInstance", { ...order, ...args })).text).toMatch(code);
  await refused(/InvalidParameter: BandWidth 50/, { BandWidth: 50 });
  await refused(/InvalidParameter: DiskSize 400 .*500 to 500000/, { DiskSize: 400 });
  await refused(/InvalidParameter: Partition 700/, { Partition: 700 });
  await refused(/InvalidParameterValue: .*`KafkaVersion`/, { KafkaVersion: "9.9.9" });
  await refused(/SubnetNotBelongToZone/, { ZoneId: 100006 });
  await refused(/VpcIdInvalid/, { VpcId: "net" });
  await refused(/SubnetIdInvalid/, { VpcId: "vpc-2" });
  await refused(/ResourceUnavailable: edition standard/, { SpecificationsType: "standard" });
  await refused(/ResourceUnavailable: cluster 7 has no room/, { ClusterId: 7, InstanceNum: 3 });
  // Nobody is asked.
  const asked = forms.length;
  await refused(/zone 1 is not in this region; there are 100003, 100004, 100006\. Nothing was changed/, { ZoneId: 1 });
  await refused(/zone 100004 is sold out.*Nothing was changed/, { ZoneId: 100004 });
  await refused(/InstanceNum 21 is more than can be bought at once \(20\)/, { InstanceNum: 21 });
  expect((await call("CreateInstancePre", { ...prepaid, SpecificationsType: undefined })).text).toMatch(
    /only SpecificationsType "profession" can be bought prepaid.*Nothing was changed/,
  );
  // Refused before anything is sent.
  await refused(/PublicNetworkMonthly must be a multiple of 3/, { PublicNetworkMonthly: 4 });
  await refused(/Partition must be a multiple of 100/, { Partition: 450 });
  await refused(/TopicNum must be a multiple of 100/, { TopicNum: 250 });
  await refused(/MultiZoneFlag true needs ZoneIds/, { MultiZoneFlag: true });
  await refused(/ZoneIds must contain ZoneId/, { ZoneIds: [100006] });
  await refused(/ZoneId or ZoneIds is needed/, { ZoneId: undefined });
  expect((await call("CreateInstancePre", { ...prepaid, Period: "37m" })).text).toMatch(/Period must be 1m to 36m/);
  expect((await call("CreateInstancePre", { ...prepaid, PublicNetworkMonthly: 4 })).text).toMatch(/multiple of 3/);
  expect((await call("CreateInstancePre", { ...prepaid, SpecificationsType: "premium", BandWidth: 380 })).text).toMatch(
    /at most 360/,
  );
  expect(forms).toHaveLength(asked);
  expect(await count()).toBe(4);
  expect(paid()).toEqual([]);
});

test("an instance on a dedicated cluster takes its room", async () => {
  const { call } = await start();
  await call("CreatePostPaidInstance", { ...order, ClusterId: 7 });
  const zones = await call("DescribeCkafkaZone", { CdcId: "cluster-1" });
  expect(zones.data.Result.ClusterInfo).toMatchObject([
    { MaxDiskSize: 1000, AvailableDiskSize: 500, AvailableBandWidth: 60 },
  ]);
});

test("a prepaid instance grows for the price of the months left; a second resize waits for the first", async () => {
  const { call, forms, box, show, paid } = await start();
  const InstanceId = "ckafka-month";
  const { body: resized, changed } = await changing(box, () =>
    call("ModifyInstancePre", { InstanceId, BandWidth: 400, Partition: 2050 }),
  );
  // No warning for what becomes larger.
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Costs: 7050.00 CNY → 8380.00 CNY a month (1330.00 CNY more); about 1330.00 CNY are due at once, for the 1.0 months left that are prepaid.",
    "BandWidth: 320 MB/s → 400 MB/s",
    "Partition: 1,800 partitions → 2,050 partitions",
    'Instance "month": running (1), prepaid until 2026-04-01T09:00:00Z.',
    "Partition is rounded up to 2,100 partitions.",
    "No data is moved.",
  ]);
  const at = "regions.ap-guangzhou.instances[month]";
  expect(changed.slice(0, 3)).toEqual([
    `${at}.bandwidth: 320 → 400`,
    `${at}.max.partitions: 1800 → 2100`,
    expect.stringMatching("phase"),
  ]);
  expect(resized.data.Result.Data).toMatchObject({ InstanceId, DealNames: [expect.stringMatching(/^20260302/)] });
  // Partitions are rounded up to the next hundred.
  expect(paid()).toEqual([1330]);
  expect(await show(InstanceId)).toMatchObject({ Status: 7, Bandwidth: 3200, RemainingPartitions: 2100 });
  expect((await call("ModifyInstancePre", { InstanceId, BandWidth: 500 })).text).toMatch(
    /does not run, it is upgrading \(7\).*wait until that is over\. Nothing was changed/,
  );
  box.clock.step(2 * MINUTE);
  expect((await call("ModifyInstancePre", { InstanceId, BandWidth: 500 })).isError).toBe(false);
});

test("an instance by the hour shrinks, steadily, but not below what is on it", async () => {
  const { call, forms, box, show } = await start();
  const InstanceId = "ckafka-hour";
  const down = (args: object) => call("InstanceScalingDown", { InstanceId, UpgradeStrategy: 1, ...args });
  const plan = { InstanceId, BandWidth: 40, DiskSize: 500, Partition: 800, DiskType: "CLOUD_BASIC", Topic: 400 };
  expect((await call("DescribeModifyType", { ...plan, Type: "sp_ckafka_profession" })).data.Result).toMatchObject({
    ModifyType: 2,
    MigrateFlag: true,
  });
  await call("CreateTopic", { InstanceId, TopicName: "wide", PartitionNum: 900, ReplicaNum: 1 });
  expect((await down({ BandWidth: 40, Partition: 800 })).text).toMatch(/900 partitions exist.*Nothing was changed/);
  expect((await show(InstanceId)).Bandwidth).toBe(2560);
  // It has 320 MB/s already, which is 2560 Mbps.
  expect((await down({ BandWidth: 320 })).text).toMatch(/has every size given already.*Nothing was changed/);
  expect((await down({ BandWidth: 40, DiskSize: 500 })).data.Result.DealNames).toHaveLength(1);
  expect(forms.at(-1)?.message.split("\n").slice(1)).toEqual([
    "Loses: clients above the smaller bandwidth are throttled; there is less room for messages.",
    expect.stringMatching(/^Costs: 14\.69 CNY → [\d.]+ CNY an hour \([\d.]+ CNY less\)\.$/),
    "DiskSize: 3,000 GB → 500 GB",
    "BandWidth: 320 MB/s → 40 MB/s",
    "UpgradeStrategy: steady (1)",
    'Instance "hour": running (1), by the hour (POSTPAID_BY_HOUR).',
    "Data is moved to other brokers.",
  ]);
  box.clock.step(10 * MINUTE - 1);
  expect(await show(InstanceId)).toMatchObject({ Status: 7, Bandwidth: 320, DiskSize: 500 });
  box.clock.step(1);
  expect((await show(InstanceId)).Status).toBe(1);
});

test("each way of paying has its own actions", async () => {
  const { call, paid } = await start();
  const refusal = async (name: string, InstanceId: string, args: object = {}) =>
    expect((await call(name, { InstanceId, ...args })).text).toMatch(
      /instance [\w-]+ is (prepaid|billed by the hour): .*Nothing was changed/,
    );
  await refusal("ModifyInstancePre", "ckafka-hour", { BandWidth: 400 });
  await refusal("InstanceScalingDown", "ckafka-month", { BandWidth: 400, UpgradeStrategy: 2 });
  await refusal("RenewCkafkaInstance", "ckafka-hour");
  await refusal("IsolatedInstancePre", "ckafka-hour");
  await refusal("DeleteInstancePre", "ckafka-hour");
  await refusal("DeleteInstancePost", "ckafka-month");
  expect(paid()).toEqual([]);
});

test("isolating refunds what is left, renewing brings back for the price that the form says", async () => {
  const { call, forms, box, show, paid } = await start();
  const InstanceId = "ckafka-one";
  await call("RenewCkafkaInstance", { InstanceId, TimeSpan: 2 });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Costs: 13000.00 CNY now.",
    "TimeSpan: 2 months",
    'Instance "one": running (1), prepaid until 2026-06-30T09:00:00Z. 2 months are added.',
  ]);
  expect((await show(InstanceId)).ExpireTime).toBe(Date.parse("2026-08-30T09:00:00Z") / 1000);
  await call("IsolatedInstancePre", { InstanceId });
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type ckafka-one to confirm" });
  expect(forms[1]?.message.split("\n").slice(1)).toEqual([
    "Loses: every client's access to the instance.",
    "Costs: money, or brings a refund.",
    '2 topics with 3 partitions: "events", "quiet".',
    'Data tasks that use it stop: "task-one".',
    'Instance "one": running (1), prepaid until 2026-08-30T09:00:00Z.',
    "Lately no topic took 0.01 MB or more.",
    '2 consumer groups; consuming now: "live".',
    "RenewCkafkaInstance brings it back.",
    "No enquiry tells the refund beforehand.",
  ]);
  // Nobody writes or reads any more; what is there and the groups' places stay.
  box.clock.step(MINUTE);
  const groups = await call("DescribeGroupInfo", { InstanceId, GroupList: ["live"] });
  expect(groups.data.Result).toMatchObject([{ State: "Empty" }]);
  const live = await call("DescribeGroupOffsets", { InstanceId, Group: "live" });
  expect(live.data.Result.TopicList[0].Partitions).toMatchObject([
    { Offset: 96, LogEndOffset: 101, Lag: 5 },
    { Offset: 95, LogEndOffset: 100, Lag: 5 },
  ]);
  // 181 days of 6500 for 30.
  expect(paid()).toEqual([13_000, -39_216.67]);
  expect((await call("DescribeInstances", { Status: [5] })).data.Result.TotalCount).toBe(1);
  expect((await call("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 3 })).text).toMatch(
    /status 5|isolated/,
  );
  await call("RenewCkafkaInstance", { InstanceId });
  expect(forms.at(-1)?.message).toContain("1 month is added. It is brought back.");
  expect(paid()?.at(-1)).toBe(6500);
  expect(await show(InstanceId)).toMatchObject({ Status: 1, ExpireTime: Date.parse("2026-04-02T09:01:00Z") / 1000 });
});

test("a deleted instance goes with all that is on it, and takes no more money", async () => {
  const { call, forms, box, show, count, paid } = await start();
  await call("DeleteInstancePre", { InstanceId: "ckafka-one" });
  expect(forms[0]?.message).toContain("Loses: the instance with all its topics, messages, groups and users.");
  expect(forms[0]?.message).toContain("Cannot be undone: nothing brings back an instance that is destroyed.");
  expect(forms[0]?.message).toContain('Data tasks that use it stop: "task-one".');
  expect(paid()).toEqual([-26_000]);
  const deleted = await call("DeleteInstancePost", { InstanceId: "ckafka-hour" });
  const task = { FlowId: deleted.data.Result.FlowId };
  expect((await call("DescribeTaskStatus", task)).data.Result.Status).toBe(2);
  expect((await show("ckafka-one")).Status).toBe(2);
  expect((await call("RenewCkafkaInstance", { InstanceId: "ckafka-one" })).text).toMatch(
    /instance ckafka-one is being deleted \(2\): it cannot be renewed/,
  );
  expect((await call("DeleteInstancePre", { InstanceId: "ckafka-one" })).text).toMatch(/it cannot be ended now/);
  expect(paid()).toEqual([-26_000]);
  box.clock.step(MINUTE);
  expect((await call("DescribeTaskStatus", task)).data.Result.Status).toBe(0);
  expect(await count()).toBe(2);
  for (const name of ["DescribeTopic", "DescribeGroup", "DescribeUser", "DescribeRoute"])
    expect((await call(name, { InstanceId: "ckafka-one" })).text).toMatch(/InvalidParameterValue\.InstanceNotExist/);
});

test("delete protection keeps an instance until it is taken off", async () => {
  const { call, forms, box, count } = await start();
  const InstanceId = "ckafka-safe";
  for (const name of ["IsolatedInstancePre", "DeleteInstancePre"]) {
    expect((await call(name, { InstanceId })).text).toMatch(/ckafka-safe has delete protection.*Nothing was changed/);
    expect(forms).toEqual([]);
  }
  await call("ModifyInstanceAttributes", { InstanceId, DeleteProtectionEnable: 0 });
  expect((await call("DeleteInstancePre", { InstanceId })).isError).toBe(false);
  box.clock.step(MINUTE);
  expect(await count()).toBe(3);
});

test("months are those of Beijing, and so is the date in a deal's name", async () => {
  // In Beijing it is the 31st already.
  const box = await sandbox({ ...world, clock: { mode: "standing", at: "2026-01-30T20:00:00Z" } });
  const { call } = await serve(box, { answer: agree });
  const { data } = await call("CreateInstancePre", { ...prepaid, Period: "1m" });
  expect(data.Result.Data.DealNames[0]).toMatch(/^20260131040000/);
  const { InstanceId } = data.Result.Data;
  const shown = await call("DescribeInstanceAttributes", { InstanceId });
  expect(shown.data.Result.ExpireTime).toBe(Date.parse("2026-02-27T20:00:00Z") / 1000);
});

test("what is read of an instance fits what is sold only when Mbps are told from MB/s", async () => {
  // The page's own examples, which no size on sale fits as MB/s.
  const { examples } = (older as unknown as { actions: Record<string, { examples: Example[] }> }).actions
    .DescribeInstancesDetail as { examples: Example[] };
  const shown = examples.flatMap(({ response }) => response?.Result?.InstanceList ?? []);
  const fixed = shown.filter(({ DiskSize, InstanceType }) => DiskSize > 0 && InstanceType === "profession");
  expect(fixed.length).toBeGreaterThanOrEqual(3);
  // Steps of bandwidth have changed since; what a bandwidth comes with has not.
  const judged = (bandwidth: number, { DiskSize: disk, MaxPartitionNumber: partitions }: Shown) =>
    misfit({ bandwidth, disk, diskType: "CLOUD_SSD", partitions, publicNetwork: 0 }, ["disk", "partitions"]);
  for (const one of fixed) {
    expect(judged(numberOf(inMBps(quantityOf(one.Bandwidth, "Mbps"))), one), one.InstanceId).toBeUndefined();
    expect(judged(one.Bandwidth, one), one.InstanceId).toBeDefined();
  }
});
interface Shown {
  InstanceId: string;
  Bandwidth: number;
  DiskSize: number;
  MaxPartitionNumber: number;
  InstanceType: string;
}
interface Example {
  response?: { Result?: { InstanceList?: Shown[] } };
}

test("every instance of the world that ships is of a size that is sold", () => {
  for (const { instances } of Object.values(readWorld().regions))
    for (const { id, bandwidth, disk, diskType, max } of instances)
      expect(
        misfit({ bandwidth, disk, diskType, partitions: max.partitions, publicNetwork: 0 }, [
          "bandwidth",
          "disk",
          "partitions",
        ]),
        id,
      ).toBeUndefined();
});

test("a price is asked for with what one look at the instance tells", async () => {
  const box = await sandbox(world);
  const { call } = await serve(box, { args: ["--confirm", "ticket"] });
  const asked: string[] = [];
  const take = box.staged.take;
  box.staged.take = (action) => {
    asked.push(action);
    return take(action);
  };
  await call("ModifyInstancePre", { InstanceId: "ckafka-month", BandWidth: 400 });
  expect(asked.sort()).toEqual([
    "DescribeInstanceAttributes",
    "DescribeInstancesDetail",
    "DescribeModifyType",
    "InquireCkafkaPrice",
    "InquireCkafkaPrice",
  ]);
});
