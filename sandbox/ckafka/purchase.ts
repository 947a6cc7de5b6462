import type { Fakes } from "../../src/model/action.ts";
import type { purchase as models } from "../../tools/ckafka/purchase/actions.ts";
import { committed } from "../kafka/consumers.ts";
import { close } from "../kafka/log.ts";
import { stored } from "../kafka/partitions.ts";
import { Fault } from "../state/fault.ts";
import { named } from "../state/lookup.ts";
import {
  begin,
  callOff,
  type Instance,
  instanceOf,
  newNumber,
  newTask,
  openInstance,
  runningInstance,
  type Scope,
  statusOf,
} from "../state/store.ts";
import { newInstance } from "../world/world.ts";
import { BEIJING, dateTime, started, tagsOf } from "./answers.ts";
import { available, readyClusters } from "./instance.ts";
import { checkNetwork } from "./network.ts";
import { amount, MOST_AT_ONCE, misfit, monthsLeft, priceOf, type Size, sum, upToStep } from "./prices.ts";
import { builds } from "./versions.ts";

const CREATING = 3 * 60_000;
const DELETING = 60_000;
/** A resize, by UpgradeStrategy. */
const RESIZING = { steady: 10 * 60_000, fast: 2 * 60_000 };
const FREE_PUBLIC_MBPS = 3;
const GIGABYTE = 1024 ** 3;

type Optional<T> = { [K in keyof T]?: T[K] | undefined };
/** What the three purchasing actions have in common. */
type Order = { VpcId: string; SubnetId: string } & Optional<{
  InstanceName: string;
  SpecificationsType: string;
  KafkaVersion: string;
  ZoneId: number;
  ZoneIds: number[];
  MultiZoneFlag: boolean;
  ClusterId: number;
  BandWidth: number;
  DiskSize: number;
  DiskType: string;
  Partition: number;
  TopicNum: number;
  PublicNetworkMonthly: number;
  MsgRetentionTime: number;
  InstanceNum: number;
  RenewFlag: number;
  Tags: { TagKey: string; TagValue: string }[];
  ElasticBandwidthSwitch: number;
  CustomSSLCertId: string;
}>;

const sizeOf = (i: Instance): Size => ({
  bandwidth: i.bandwidth,
  disk: i.disk,
  diskType: i.diskType,
  partitions: i.max.partitions,
  publicNetwork: Math.max(0, i.publicNetwork - FREE_PUBLIC_MBPS),
});

/** The same day in Beijing so many months later; the last of a month that has no such day. */
function monthsLater(from: number, months: number): number {
  const date = new Date(from + BEIJING);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime() - BEIJING;
}

/** Notes what was paid or refunded, under a name like the cloud's: the date and a number. What fails costs nothing. */
function deal(scope: Scope, instances: string[], paid: number): string {
  const date = dateTime(scope.now).replace(/\D/g, "");
  const name = `${date}${String(newNumber(scope)).padStart(9, "0")}`;
  const amount = scope.failure === null ? Math.round(paid * 100) / 100 : 0;
  scope.region.deals.push({ name, instances, amount, at: scope.now });
  return name;
}
function dealt(name: string, instances: string[]) {
  const DealNameInstanceIdMapping = [{ DealName: name, InstanceIdList: instances }];
  const Data = { FlowId: 0, DealNames: [name], InstanceId: instances[0] ?? "", DealNameInstanceIdMapping };
  return { ReturnCode: "0", ReturnMessage: "ok[apply ok]", Data: { ...Data, EventId: null } };
}

/** The zones of a purchase, the main one first. */
function zonesOf({ region }: Scope, order: Order): number[] {
  if (order.MultiZoneFlag && !order.ZoneIds?.length)
    throw new Fault("InvalidParameterValue.NotAllowedEmpty", "MultiZoneFlag needs ZoneIds");
  const several = order.MultiZoneFlag || order.ZoneId === undefined ? (order.ZoneIds ?? []) : [];
  const zones = [...new Set([...(order.ZoneId === undefined ? [] : [order.ZoneId]), ...several])];
  if (order.ZoneId !== undefined && several.length > 0 && !several.includes(order.ZoneId))
    throw new Fault("InvalidParameterValue", "ZoneIds must contain ZoneId");
  if (zones.length === 0) throw new Fault("InvalidParameterValue.NotAllowedEmpty", "ZoneId is missing");
  for (const id of zones) {
    const zone = region.zones.find((z) => z.id === id);
    if (!zone) throw new Fault("InvalidParameterValue.ZoneNotSupport", `zone ${id} is not in this region`);
    if (zone.soldOut) throw new Fault("ResourceInsufficient", `zone ${id} is sold out`);
  }
  return zones;
}

function checkCluster(scope: Scope, id: number, size: Size, count: number) {
  const cluster = readyClusters(scope).find((c) => c.id === id);
  if (!cluster) throw new Fault("InvalidParameter", `cluster ${id} does not exist`);
  const left = available(scope, cluster);
  if (left.AvailableDiskSize < size.disk * count || left.AvailableBandWidth < size.bandwidth * count)
    throw new Fault("ResourceUnavailable", `cluster ${id} has no room for this size`);
}

/** @param months undefined for instances billed by the hour */
function buy(scope: Scope, order: Order, months?: number) {
  if (order.SpecificationsType !== "profession")
    throw new Fault(
      "ResourceUnavailable",
      `edition ${order.SpecificationsType} is not on sale; SpecificationsType profession is`,
    );
  // 2.4.1 and 2.4.2 are two names of one version.
  const version = order.KafkaVersion === "2.4.2" ? "2.4.1" : (order.KafkaVersion ?? "2.4.1");
  if (!builds[version]) throw new Fault("InvalidParameter", `Kafka ${version} is not on sale`);
  const zones = zonesOf(scope, order);
  checkNetwork(scope, order, zones.slice(0, 1));
  const size: Size = {
    bandwidth: order.BandWidth ?? 40,
    disk: order.DiskSize ?? 500,
    diskType: order.DiskType ?? "CLOUD_BASIC",
    partitions: order.Partition ?? 800,
    publicNetwork: order.PublicNetworkMonthly ?? 0,
  };
  const problem = misfit(size, ["bandwidth", "disk", "partitions"]);
  if (problem) throw new Fault("InvalidParameter", problem);
  const count = order.InstanceNum ?? 1;
  if (count > MOST_AT_ONCE)
    throw new Fault("LimitExceeded", `InstanceNum must be at most ${MOST_AT_ONCE}, as DescribeCkafkaZone says`);
  if (order.ClusterId !== undefined) checkCluster(scope, order.ClusterId, size, count);

  const tags = tagsOf(order.Tags);
  // What is not delivered has no time either.
  const expiry = scope.failure === null ? monthsLater(scope.now, months ?? 0) : scope.now;
  const made = Array.from({ length: count }, (_, index): Instance => {
    const id = scope.newId("ckafka");
    const name = order.InstanceName ?? id;
    const host = newNumber(scope);
    const instance = newInstance(
      {
        id,
        name: count > 1 ? `${name}-${index + 1}` : name,
        version,
        type: "profession",
        zones,
        vpc: order.VpcId,
        subnet: order.SubnetId,
        vip: `10.${(host >> 16) % 256}.${(host >> 8) % 256}.${1 + (host % 250)}`,
        bandwidth: size.bandwidth,
        disk: size.disk,
        diskType: size.diskType,
        created: "+0ms",
        // One billed by the hour never expires.
        expires: new Date(months === undefined ? 0 : expiry).toISOString(),
        chargeType: months === undefined ? "POSTPAID_BY_HOUR" : "PREPAID",
        publicNetwork: size.publicNetwork + FREE_PUBLIC_MBPS,
        max: { topics: order.TopicNum ?? 800, partitions: size.partitions },
        retentionMinutes: order.MsgRetentionTime || 1440,
        renewFlag: order.RenewFlag ?? 0,
        cluster: order.ClusterId ?? null,
        certificate: order.CustomSSLCertId ?? null,
        elasticBandwidth: order.ElasticBandwidthSwitch === 1,
        tags,
      },
      scope.now,
    );
    begin(instance, { status: 0, until: scope.now + CREATING }, scope);
    return instance;
  });
  scope.region.instances.push(...made);
  const ids = made.map((i) => i.id);
  return { ids, deal: deal(scope, ids, months === undefined ? 0 : amount(size, months) * count) };
}

interface Resize {
  BandWidth?: number | undefined;
  DiskSize?: number | undefined;
  Partition?: number | undefined;
}
function resize(scope: Scope, i: Instance, to: Resize, ms: number): string {
  const before = sizeOf(i);
  const after: Size = {
    ...before,
    bandwidth: to.BandWidth ?? i.bandwidth,
    disk: to.DiskSize === undefined ? i.disk : upToStep(to.DiskSize),
    partitions: to.Partition === undefined ? i.max.partitions : upToStep(to.Partition),
  };
  const problem = misfit(
    after,
    (["bandwidth", "disk", "partitions"] as const).filter((key) => after[key] !== before[key]),
  );
  if (problem) throw new Fault("InvalidParameter", problem);
  const used = i.topics.reduce((total, t) => total + stored(t, scope.now), 0);
  if (used > after.disk * GIGABYTE)
    throw new Fault("FailedOperation", `${Math.ceil(used / GIGABYTE)} GB of messages do not fit on ${after.disk} GB`);
  const partitions = i.topics.reduce((total, t) => total + t.partitions.length, 0);
  if (partitions > after.partitions)
    throw new Fault("FailedOperation", `the instance has ${partitions} partitions, more than ${after.partitions}`);
  begin(i, { status: 7, until: scope.now + ms }, scope);
  if (scope.failure === null) {
    i.bandwidth = after.bandwidth;
    i.disk = after.disk;
    i.max.partitions = after.partitions;
  }
  const rest = i.chargeType === "PREPAID" ? monthsLeft(i.expires, scope.now) : 0;
  return deal(scope, [i.id], (amount(after, 1) - amount(before, 1)) * rest);
}

function charged(i: Instance, chargeType: string, instead: string) {
  if (i.chargeType !== chargeType)
    throw new Fault("UnsupportedOperation", `instance ${i.id} is ${i.chargeType}: ${instead}`);
}

/** What remains of a prepaid instance's time is refunded; the instance has no more of it. */
function refund(scope: Scope, i: Instance): string {
  const name = deal(scope, [i.id], -amount(sizeOf(i), 1) * monthsLeft(i.expires, scope.now));
  if (scope.failure === null) i.expires = Math.min(i.expires, scope.now);
  return name;
}

/** Its clients are gone: nothing more is written, and groups keep the places that they had reached. */
function cutOff({ groups, topics }: Instance, now: number) {
  for (const group of groups) {
    group.positions = group.positions.map((p) => {
      const partition = named(topics, p.topic)?.partitions[p.partition];
      return partition ? { ...p, offset: committed(group, p, partition, now), at: now } : p;
    });
    group.members = [];
  }
  for (const topic of topics) {
    for (const partition of topic.partitions) close(partition, now);
    topic.producers = [];
  }
}

/** Instances are deleted one by one. */
function oneInstance(scope: Scope, id: string): Instance {
  if (id.includes(","))
    throw new Fault("UnsupportedOperation.BatchDelInstanceLimit", `${id} is more than one instance`);
  return instanceOf(scope, id);
}

/** Ends an instance with all that is on it. */
function remove(scope: Scope, i: Instance): number {
  if (i.deleteProtection)
    throw new Fault("FailedOperation", `instance ${i.id} has delete protection; ModifyInstanceAttributes removes it`);
  const status = statusOf(i, scope.now);
  if (![-1, 1, 4, 5].includes(status))
    throw new Fault("ResourceUnavailable", `instance ${i.id} cannot be deleted now (status ${status})`);
  callOff(scope, i, `instance ${i.id} was deleted`);
  const until = scope.now + DELETING;
  begin(i, { status: 2, until }, scope);
  cutOff(i, scope.now);
  return until;
}

/** One line of an offer: so much a unit of time, for so long and so many. */
const line = (unit: number, value: number, times: number) => ({
  UnitPrice: unit,
  UnitPriceDiscount: unit,
  OriginalPrice: Math.round(unit * times * 100) / 100,
  DiscountPrice: Math.round(unit * times * 100) / 100,
  Discount: 100,
  Value: value,
});
const bare = { GoodsNum: null, Currency: null, DiskType: null, TimeSpan: null, TimeUnit: null };

function offer(
  size: Size,
  chargeType: string,
  publicChargeType: string,
  months: number,
  count: number,
  topics: number,
) {
  const price = priceOf(size, chargeType);
  const span = (unit: "m" | "h") => (unit === "m" ? months : 1);
  const times = span(price.unit) * count;
  const whole = (unit: "m" | "h") => ({
    GoodsNum: count,
    Currency: "CNY",
    DiskType: null,
    TimeSpan: span(unit),
    TimeUnit: unit,
    Value: null,
  });
  const network = priceOf(size, publicChargeType);
  return {
    InstancePrice: {
      ...line(sum(price), 1, times),
      ...whole(price.unit),
      DetailPrices: {
        BandwidthPrice: { ...bare, ...line(price.parts.bandwidth, size.bandwidth, times) },
        DiskPrice: { ...bare, ...line(price.parts.disk, size.disk, times), DiskType: size.diskType },
        PartitionPrice: { ...bare, ...line(price.parts.partitions, size.partitions, times) },
        TopicPrice: { ...bare, ...line(0, topics, times) },
        InstanceTypePrice: { ...bare, ...line(price.parts.type, 1, times) },
      },
    },
    PublicNetworkBandwidthPrice:
      size.publicNetwork > 0
        ? {
            ...line(network.publicNetwork, 1, span(network.unit) * count),
            ...whole(network.unit),
            Value: size.publicNetwork,
            DetailPrices: null,
          }
        : null,
  };
}

export const purchase: Fakes<typeof models, Scope> = {
  InquireCkafkaPrice: (scope, input) => {
    if (input.InstanceType !== "profession")
      throw new Fault("InvalidParameterValue", `edition ${input.InstanceType} is not on sale; profession is`);
    const charge = input.InstanceChargeParam;
    const months = charge?.InstanceChargePeriod ?? 1;
    const count = input.InstanceNum ?? 1;
    // Asked for on renewals as well, as the page says of this edition.
    const { Bandwidth, InquiryDiskParam, Partition } = input;
    if (Bandwidth === undefined || InquiryDiskParam?.DiskSize === undefined || Partition === undefined)
      throw new Fault("MissingParameter", "profession needs Bandwidth, InquiryDiskParam with DiskSize, and Partition");
    if (input.CategoryAction === "renew") {
      if (input.InstanceId === undefined) throw new Fault("MissingParameter", "a renewal needs InstanceId");
      const found = instanceOf(scope, input.InstanceId);
      charged(found, "PREPAID", "it needs no renewal");
      return { Result: offer(sizeOf(found), "PREPAID", "PREPAID", months, count, found.max.topics) };
    }
    const diskType = InquiryDiskParam.DiskType ?? "CLOUD_BASIC";
    const network = input.PublicNetworkParam;
    const size: Size = {
      bandwidth: Bandwidth,
      disk: InquiryDiskParam.DiskSize,
      diskType,
      partitions: Partition,
      publicNetwork: network?.PublicNetworkMonthly ?? 0,
    };
    const chargeType = charge?.InstanceChargeType ?? "PREPAID";
    const publicChargeType = network?.PublicNetworkChargeType?.replace("BANDWIDTH_", "") ?? chargeType;
    return { Result: offer(size, chargeType, publicChargeType, months, count, input.Topic ?? 0) };
  },
  DescribeModifyType: (scope, input) => {
    const i = instanceOf(scope, input.InstanceId);
    const grows = input.BandWidth > i.bandwidth || input.DiskSize > i.disk || input.Partition > i.max.partitions;
    const shrinks = input.BandWidth < i.bandwidth || input.DiskSize < i.disk || input.Partition < i.max.partitions;
    const MigrateFlag = input.ModifyZone === true || input.DiskType !== i.diskType || input.DiskSize < i.disk;
    return { Result: { ModifyType: grows ? 1 : shrinks ? 2 : 0, MigrateFlag } };
  },
  CreateInstancePre: (scope, input) => {
    const months = Number.parseInt(input.Period, 10);
    const { ids, deal } = buy(scope, { ...input, SpecificationsType: input.SpecificationsType ?? "standard" }, months);
    return { Result: { ...dealt(deal, ids), DeleteRouteTimestamp: null } };
  },
  CreatePostPaidInstance: (scope, input) => {
    const { ids, deal } = buy(scope, { ...input, SpecificationsType: input.SpecificationsType ?? "profession" });
    return { Result: dealt(deal, ids) };
  },
  CreateInstancePost: (scope, input) => {
    buy(scope, { ...input, SpecificationsType: input.SpecificationsType ?? "profession" });
    return started(newTask(scope, scope.now + CREATING));
  },
  ModifyInstancePre: (scope, input) => {
    const i = runningInstance(scope, input.InstanceId);
    charged(i, "PREPAID", "InstanceScalingDown resizes it");
    return { Result: { ...dealt(resize(scope, i, input, RESIZING.fast), [i.id]), DeleteRouteTimestamp: null } };
  },
  InstanceScalingDown: (scope, input) => {
    const i = runningInstance(scope, input.InstanceId);
    charged(i, "POSTPAID_BY_HOUR", "ModifyInstancePre resizes it");
    const ms = input.UpgradeStrategy === 1 ? RESIZING.steady : RESIZING.fast;
    return { Result: { DealNames: [resize(scope, i, input, ms)] } };
  },
  // Renewing brings an isolated instance back.
  RenewCkafkaInstance: (scope, { InstanceId, TimeSpan }) => {
    const i = openInstance(scope, InstanceId);
    charged(i, "PREPAID", "it needs no renewal");
    if (statusOf(i, scope.now) === 2) throw new Fault("FailedOperation", `instance ${i.id} is being deleted`);
    const months = TimeSpan ?? 1;
    i.expires = monthsLater(Math.max(i.expires, scope.now), months);
    if (i.status === 5) i.status = 1;
    const DealName = deal(scope, [i.id], amount(sizeOf(i), months));
    return { Result: { BigDealId: DealName, DealName } };
  },
  IsolatedInstancePre: (scope, { InstanceId }) => {
    const i = runningInstance(scope, InstanceId);
    charged(i, "PREPAID", "DeleteInstancePost deletes it");
    if (i.deleteProtection) throw new Fault("FailedOperation", `instance ${i.id} has delete protection`);
    callOff(scope, i, `instance ${i.id} was isolated`);
    i.status = 5;
    cutOff(i, scope.now);
    return { Result: { ...dealt(refund(scope, i), [i.id]), DeleteRouteTimestamp: null } };
  },
  DeleteInstancePre: (scope, { InstanceId }) => {
    const i = oneInstance(scope, InstanceId);
    charged(i, "PREPAID", "DeleteInstancePost deletes it");
    remove(scope, i);
    return { Result: { ...dealt(refund(scope, i), [i.id]), DeleteRouteTimestamp: null } };
  },
  DeleteInstancePost: (scope, { InstanceId }) => {
    const i = oneInstance(scope, InstanceId);
    charged(i, "POSTPAID_BY_HOUR", "DeleteInstancePre deletes it");
    return { Result: { FlowId: newTask(scope, remove(scope, i)) } };
  },
};
