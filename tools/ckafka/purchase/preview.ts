// What a person sees before an instance is bought, resized, renewed or ended.
import type { InputOf, Previews, Reader } from "../../../src/model/action.ts";
import { CloudError, Refusal } from "../../../src/model/errors.ts";
import {
  at,
  count,
  joined,
  type Line,
  many,
  num,
  quoted,
  say,
  someOf,
  together,
  worded,
} from "../../../src/model/line.ts";
import { type Finding, type Found, grave, NEW, note } from "../../../src/model/preview.ts";
import { numberOf, plus, type Quantity, quantityOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { Charge, InstanceStatus, OnOff, Renewal } from "../instance/codes.ts";
import { consumersOf } from "../previews/consumers.ts";
import {
  ask,
  type Cost,
  costOf,
  type Disk,
  diskTypeOf,
  hasFixedDisk,
  inHundreds,
  money,
  priceChange,
  sizesOf,
  unpriced,
} from "../previews/price.ts";
import { type Attributes, mustRun, running } from "../previews/running.ts";
import { LESS_ROOM, NARROWER, type purchase } from "./actions.ts";
import { charged, endable, type Order, onSale, renewable, roomFor, zonesOf } from "./conditions.ts";

type Read = Reader<Actions>;

/** What the API takes where a purchase leaves a size out. */
const DEFAULTS = {
  BandWidth: quantityOf(40, "MB/s"),
  DiskSize: quantityOf(500, "GB"),
  Partition: quantityOf(800, "partitions"),
  TopicNum: quantityOf(800, "topics"),
  MsgRetentionTime: quantityOf(1440, "min"),
};
const KAFKA = "2.4.1";
const months = (amount: Quantity<"months">) => many(amount, "months");

/** @param period undefined for what is billed by the hour */
async function offer<I>(order: Order, period: Quantity<"months"> | undefined, read: Read): Promise<Found<I>> {
  const { SpecificationsType: edition = period === undefined ? "profession" : "standard" } = order;
  if (period !== undefined && edition !== "profession")
    throw new Refusal(`only SpecificationsType "profession" can be bought prepaid, and this is ${edition}`);
  await onSale(order, read);
  const amount = order.InstanceNum ?? 1;
  const usual = defaults(order, edition);
  const finds: Finding[] = usual.length > 0 ? [note(say`What is not given: ${joined(usual)}.`)] : [];
  if (amount > 1) finds.push(note(say`Buys ${num(amount)} instances of these sizes.`));
  if (period !== undefined) finds.push(note(say`Each is prepaid for ${months(period)}.`));
  if (order.RenewFlag === Renewal.code["renewed automatically"])
    finds.push(grave("bills", say`Renews itself, and is paid for again, until that is switched off.`));
  if (order.ElasticBandwidthSwitch === OnOff.code.on || order.StoreQuantityType === OnOff.code.on)
    finds.push(grave("bills", say`Elastic bandwidth or storage: what is used beyond the size is charged for as well.`));
  const cost = await priceOf(order, edition, amount, period, read);
  return { finds: [...finds, ...cost.finds], stakes: cost.bills ? { bills: cost.bills } : {} };
}
function defaults(order: Order, edition: string): Line[] {
  const sizes = [
    order.BandWidth === undefined ? [many(DEFAULTS.BandWidth, "MB/s")] : [],
    order.DiskSize === undefined ? [many(DEFAULTS.DiskSize, "GB")] : [],
    order.Partition === undefined ? [many(DEFAULTS.Partition, "partitions")] : [],
    order.MsgRetentionTime === undefined ? say`messages kept ${many(DEFAULTS.MsgRetentionTime, "min")}` : [],
    order.KafkaVersion === undefined ? say`Kafka ${quoted(KAFKA)}` : [],
    order.SpecificationsType === undefined ? say`the edition ${quoted(edition)}` : [],
  ];
  return sizes.filter((size) => size.length > 0);
}
async function priceOf(
  order: Order,
  edition: "standard" | "profession" | "premium",
  amount: number,
  period: Quantity<"months"> | undefined,
  read: Read,
): Promise<Cost> {
  if (edition === "standard") return unpriced;
  const size = {
    ...DEFAULTS,
    ...(Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined)) as Partial<Order>),
  } as Order & typeof DEFAULTS;
  const zones = zonesOf(order);
  return costOf(say`The price`, async () => {
    const { total, currency, unit } = await ask(read, {
      InstanceType: edition,
      InstanceChargeParam:
        period === undefined
          ? { InstanceChargeType: "POSTPAID_BY_HOUR" }
          : { InstanceChargeType: "PREPAID", InstanceChargePeriod: period },
      InstanceNum: amount,
      Bandwidth: size.BandWidth,
      InquiryDiskParam: { DiskType: order.DiskType ?? "CLOUD_BASIC", DiskSize: size.DiskSize },
      MessageRetention: quantityOf(Math.ceil(numberOf(size.MsgRetentionTime) / 60), "h"),
      Topic: size.TopicNum,
      Partition: size.Partition,
      ...(zones.length > 0 ? { ZoneIds: zones } : {}),
      ...(order.PublicNetworkMonthly && numberOf(order.PublicNetworkMonthly) > 0
        ? {
            PublicNetworkParam: {
              PublicNetworkChargeType: period === undefined ? "BANDWIDTH_POSTPAID_BY_HOUR" : "BANDWIDTH_PREPAID",
              PublicNetworkMonthly: order.PublicNetworkMonthly,
            },
          }
        : {}),
    });
    const sum = money(total, currency);
    const all = amount > 1 ? say` in all` : [];
    return {
      bills:
        period === undefined
          ? say`${sum}${all} ${unit === "hour" ? say`an hour` : say`a month`}, as long as it runs`
          : say`${sum}${all} now`,
      finds: [],
    };
  });
}

/** An instance in words. */
function described(now: Attributes): Line {
  const prepaid = now.InstanceChargeType === Charge.code.prepaid;
  const until = prepaid ? say` until ${at(now.ExpireTime)}` : [];
  const state = worded(InstanceStatus.words, now.Status);
  return say`Instance ${quoted(now.InstanceName)}: ${state}, ${worded(Charge.words, now.InstanceChargeType)}${until}.`;
}

type Resize = InputOf<(typeof purchase)["ModifyInstancePre"]>;
async function resize(change: Resize, prepaid: boolean, read: Read) {
  const { InstanceId, BandWidth, DiskSize, Partition } = change;
  const now = await running(read, InstanceId);
  charged(now, prepaid, `${prepaid ? "InstanceScalingDown" : "ModifyInstancePre"} resizes it`);
  const from = sizesOf(now);
  const to = {
    BandWidth: BandWidth ?? from.BandWidth,
    DiskSize: DiskSize === undefined ? from.DiskSize : inHundreds(DiskSize, "GB"),
    Partition: Partition === undefined ? from.Partition : inHundreds(Partition, "partitions"),
  };
  const fixed = hasFixedDisk(now);
  if (from.BandWidth === to.BandWidth && from.DiskSize === to.DiskSize && from.Partition === to.Partition)
    throw new Refusal(`${InstanceId} has every size given already`);
  roomFor(to.Partition, now);

  const finds: Finding[] = [note(described(now))];
  if (DiskSize !== undefined && DiskSize !== to.DiskSize)
    finds.push(note(say`DiskSize is rounded up to ${many(to.DiskSize, "GB")}.`));
  if (Partition !== undefined && Partition !== to.Partition)
    finds.push(note(say`Partition is rounded up to ${many(to.Partition, "partitions")}.`));
  const losses: Line[] = [];
  if (to.BandWidth < from.BandWidth) losses.push(NARROWER);
  if (fixed && to.DiskSize < from.DiskSize) losses.push(LESS_ROOM);
  const stakes = { loses: together(losses) ?? null };
  const today = {
    BandWidth: from.BandWidth,
    // Elastic storage has no size.
    DiskSize: fixed ? from.DiskSize : null,
    Partition: from.Partition,
  };
  if (!fixed) {
    finds.push(note(say`It has no fixed disk, presumably elastic storage, and no enquiry fits that.`));
    return { today, finds, stakes };
  }
  const DiskType = await diskTypeOf(read, InstanceId);
  const move = await attempt(say`Whether data is moved`, async () => {
    const Topic = plus(now.CreatedTopics, now.RemainingTopics);
    const Type = `sp_ckafka_${now.InstanceType}`;
    const { MigrateFlag } = (await read("DescribeModifyType", { InstanceId, ...to, DiskType, Topic, Type })).Result;
    return [note(MigrateFlag ? say`Data is moved to other brokers.` : say`No data is moved.`)];
  });
  const cost = await priceChange(read, { attributes: now, DiskType }, to);
  return {
    today,
    finds: [...finds, ...move, ...cost.finds],
    stakes: { ...stakes, ...(cost.bills ? { bills: cost.bills } : {}) },
  };
}

/** What may be unreadable without making the rest worthless. */
async function attempt(what: Line, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [note(say`${what} could not be read (${quoted(error.code)}: ${quoted(error.message)}).`)];
  }
}

/** What is on an instance, who uses it, and what stands in the way of ending it. */
async function contents(now: Attributes, read: Read): Promise<Finding[]> {
  const { InstanceId } = now;
  const { TotalCount, TopicList } = (await read("DescribeTopic", { InstanceId, Limit: 50 })).Result;
  const names = (TopicList ?? []).map((topic) => topic.TopicName);
  const partitions = count(numberOf(now.CreatedPartitions), "partition");
  const topics =
    TotalCount === 0
      ? note(say`It has no topics.`)
      : grave("loses", say`${count(TotalCount, "topic")} with ${partitions}: ${someOf(names, 10, TotalCount)}.`);
  // An instance that is not running may not answer for its traffic.
  const traffic = await attempt(say`Who produces to it`, async () => {
    const ranking = (await read("DescribeTopicFlowRanking", { InstanceId, RankingType: "PRO" })).Result;
    const busy = (ranking.TopicFlow ?? []).filter((topic) => Number(topic.TopicTraffic) > 0);
    // Traffic is told in MB with two decimals, and of which time is the cloud's choice: 0.00 does not mean nothing.
    return [
      busy.length > 0
        ? grave("loses", say`Written to lately: ${someOf(busy.map((topic) => topic.TopicName))}.`)
        : note(say`Lately no topic took 0.01 MB or more.`),
    ];
  });
  const readers = await attempt(say`Who consumes from it`, async () => [note(await consumersOf(read, InstanceId))]);
  // The cloud does not look at these before it deletes.
  const tasks = await attempt(say`Which data tasks use it`, async () => {
    const { TaskList, TotalCount } = (await read("DescribeDatahubTasks", { Resource: InstanceId, Limit: 20 })).Result;
    const ids = (TaskList ?? []).map(({ TaskId }) => TaskId);
    if (ids.length === 0) return [note(say`No data task names it.`)];
    return [grave("loses", say`Data tasks that use it stop: ${someOf(ids, 10, Math.max(ids.length, TotalCount))}.`)];
  });
  return [note(described(now)), topics, ...traffic, ...readers, ...tasks];
}
const NO_QUOTE = note(say`No enquiry tells the refund beforehand.`);
const UNCHECKED = note(say`Connections that lead to it are not looked at.`);

async function ending(InstanceId: string, prepaid: boolean, read: Read): Promise<Attributes> {
  const { Result: now } = await read("DescribeInstanceAttributes", { InstanceId });
  charged(now, prepaid, `${prepaid ? "DeleteInstancePost" : "DeleteInstancePre"} deletes it`);
  endable(now);
  return now;
}

export const purchasePreviews: Previews<typeof purchase, Actions> = {
  CreateInstancePre: async ({ Period, ...order }, read) =>
    offer(order, quantityOf(Number.parseInt(Period, 10), "months"), read),
  CreatePostPaidInstance: async (order, read) => offer(order, undefined, read),
  CreateInstancePost: async (order, read) => offer(order, undefined, read),
  ModifyInstancePre: async (change, read) => resize(change, true, read),
  InstanceScalingDown: async ({ UpgradeStrategy: _, ...change }, read) => {
    const { today, ...found } = await resize(change, false, read);
    return { ...found, today: { ...today, UpgradeStrategy: NEW } };
  },
  RenewCkafkaInstance: async ({ InstanceId, TimeSpan = quantityOf(1, "months") }, read) => {
    const { Result: now } = await read("DescribeInstanceAttributes", { InstanceId });
    charged(now, true, "it needs no renewal");
    renewable(now);
    const sized = now.InstanceType === "profession" || now.InstanceType === "premium";
    const size = sizesOf(now);
    const cost = await costOf(say`The price`, async () => {
      const { total, currency } = await ask(read, {
        InstanceType: sized ? (now.InstanceType as "profession") : "standards2",
        InstanceChargeParam: { InstanceChargeType: "PREPAID", InstanceChargePeriod: TimeSpan },
        CategoryAction: "renew",
        InstanceId,
        ...(sized
          ? {
              Bandwidth: size.BandWidth,
              InquiryDiskParam: { DiskType: (await diskTypeOf(read, InstanceId)) as Disk, DiskSize: now.DiskSize },
              Partition: inHundreds(size.Partition, "partitions"),
            }
          : {}),
      });
      return { bills: say`${money(total, currency)} now`, finds: [] };
    });
    const one = numberOf(TimeSpan) === 1;
    const back = now.Status === InstanceStatus.code.isolated ? say` It is brought back.` : [];
    const finds = [
      note(say`${described(now)} ${months(TimeSpan)} ${one ? say`is` : say`are`} added.${back}`),
      ...cost.finds,
    ];
    return { finds, stakes: cost.bills ? { bills: cost.bills } : {} };
  },
  IsolatedInstancePre: async ({ InstanceId }, read) => {
    const now = await ending(InstanceId, true, read);
    mustRun(now);
    const back = note(say`RenewCkafkaInstance brings it back.`);
    return { finds: [...(await contents(now, read)), back, NO_QUOTE] };
  },
  DeleteInstancePre: async ({ InstanceId }, read) => ({
    finds: [...(await contents(await ending(InstanceId, true, read), read)), UNCHECKED, NO_QUOTE],
  }),
  DeleteInstancePost: async ({ InstanceId }, read) => ({
    finds: [...(await contents(await ending(InstanceId, false, read), read)), UNCHECKED],
  }),
};
