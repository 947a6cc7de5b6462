// What a person sees before an instance is bought, resized, renewed or ended.
import type { InputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";
import { attempt, consumers, count, shown, some } from "../previews/lines.ts";
import { ask, comparison, diskTypeOf, inHundreds, money } from "../previews/price.ts";
import type { purchase } from "./actions.ts";

type Read = Reader<Actions>;
type Prepaid = InputOf<(typeof purchase)["CreateInstancePre"]>;
/** What the three purchases have in common. */
type Order = Pick<Prepaid, "VpcId" | "SubnetId"> & { [K in keyof Prepaid]?: Prepaid[K] | undefined } & {
  TopicNum?: number | undefined;
};

/** What the API takes where a purchase leaves a size out. */
const DEFAULTS = { BandWidth: 40, DiskSize: 500, Partition: 800, TopicNum: 800, MsgRetentionTime: 1440 };
/** What is told as it is given. */
const OTHERS = [
  "InstanceType",
  "MsgRetentionTime",
  "TopicNum",
  "ClusterId",
  "CustomSSLCertId",
  "AutoVoucher",
  "Tags",
] as const;
const CHARGES: Record<string, string> = { PREPAID: "prepaid", POSTPAID_BY_HOUR: "billed by the hour" };
const STATUSES: Record<number, string> = { 0: "creating", 1: "running", 2: "deleting", 5: "isolated", 7: "upgrading" };

/** @param months undefined for what is billed by the hour */
async function offer(order: Order, months: number | undefined, read: Read): Promise<string[]> {
  const size = {
    ...DEFAULTS,
    ...Object.fromEntries(Object.entries(order).filter(([, v]) => v !== undefined)),
  } as Order & typeof DEFAULTS;
  const { SpecificationsType: edition = months === undefined ? "profession" : "standard" } = order;
  const amount = order.InstanceNum ?? 1;
  const zones = order.MultiZoneFlag || order.ZoneId === undefined ? order.ZoneIds : [order.ZoneId];
  const diskType = order.DiskType ?? "CLOUD_BASIC";
  const lines = [
    `Buys ${count(amount, "instance")} ${order.InstanceName ?? "(without a name)"}, ${months === undefined ? "billed by the hour" : `prepaid for ${count(months, "month")}`}.`,
    `Each: ${edition} edition, Kafka ${order.KafkaVersion ?? "2.4.1"}, ${size.BandWidth} MB/s, ${size.DiskSize} GB ${diskType}, ${size.Partition} partitions.`,
    `In ${order.VpcId}, ${order.SubnetId}, zone ${zones?.join(", ")}.`,
  ];
  if (order.PublicNetworkMonthly)
    lines.push(`Public network: ${order.PublicNetworkMonthly} Mbps beyond the free ones.`);
  const others = OTHERS.filter((name) => order[name]).map((name) => `${name} ${shown(order[name])}`);
  if (others.length > 0) lines.push(`With ${others.join(", ")}.`);
  if (order.RenewFlag === 1) lines.push("Renews itself, and is paid for again, until that is switched off.");
  if (order.ElasticBandwidthSwitch === 1 || order.StoreQuantityType === 1)
    lines.push("Elastic bandwidth or storage: what is used beyond the size is charged for as well.");
  if (edition === "standard") return [...lines, "No enquiry fits the standard edition: look its price up."];
  const price = await attempt("The price", async () => {
    const { total, currency, unit } = await ask(read, {
      InstanceType: edition,
      InstanceChargeParam:
        months === undefined
          ? { InstanceChargeType: "POSTPAID_BY_HOUR" }
          : { InstanceChargeType: "PREPAID", InstanceChargePeriod: months },
      InstanceNum: amount,
      Bandwidth: size.BandWidth,
      InquiryDiskParam: { DiskType: diskType, DiskSize: size.DiskSize },
      MessageRetention: Math.ceil(size.MsgRetentionTime / 60),
      Topic: size.TopicNum,
      Partition: size.Partition,
      ...(zones ? { ZoneIds: zones } : {}),
      ...(order.PublicNetworkMonthly
        ? {
            PublicNetworkParam: {
              PublicNetworkChargeType: months === undefined ? "BANDWIDTH_POSTPAID_BY_HOUR" : "BANDWIDTH_PREPAID",
              PublicNetworkMonthly: order.PublicNetworkMonthly,
            },
          }
        : {}),
    });
    return [`Price: ${money(total, currency)}${months === undefined ? ` an ${unit}, as long as it runs` : " now"}.`];
  });
  return [...lines, ...price];
}

/** An instance in words, with its sizes. */
async function today(read: Read, InstanceId: string) {
  const { Result } = await read("DescribeInstanceAttributes", { InstanceId });
  const prepaid = Result.InstanceChargeType === "PREPAID";
  const until = prepaid ? ` until ${new Date(Result.ExpireTime * 1000).toISOString().slice(0, 10)}` : "";
  const status = STATUSES[Result.Status] ?? `status ${Result.Status}`;
  const charge = CHARGES[Result.InstanceChargeType] ?? Result.InstanceChargeType;
  return {
    ...Result,
    partitions: Result.CreatedPartitions + Result.RemainingPartitions,
    topics: Result.CreatedTopics + Result.RemainingTopics,
    words: `Instance ${Result.InstanceName}: ${status}, ${charge}${until}.`,
  };
}

/** @throws Refusal where an instance is paid for in the other way */
function charged(
  { InstanceChargeType, InstanceName }: { InstanceChargeType: string; InstanceName: string },
  prepaid: boolean,
  instead: string,
) {
  if (InstanceChargeType === (prepaid ? "POSTPAID_BY_HOUR" : "PREPAID"))
    throw new Refusal(`instance ${InstanceName} is ${CHARGES[InstanceChargeType]}: ${instead}`);
}

interface Resize {
  InstanceId: string;
  BandWidth?: number | undefined;
  DiskSize?: number | undefined;
  Partition?: number | undefined;
}
async function resize(change: Resize, prepaid: boolean, read: Read): Promise<string[]> {
  const { InstanceId } = change;
  const now = await today(read, InstanceId);
  charged(now, prepaid, `${prepaid ? "InstanceScalingDown" : "ModifyInstancePre"} resizes it`);
  const from = { BandWidth: now.Bandwidth, DiskSize: now.DiskSize, Partition: now.partitions };
  const to = {
    BandWidth: change.BandWidth ?? from.BandWidth,
    DiskSize: change.DiskSize === undefined ? from.DiskSize : inHundreds(change.DiskSize),
    Partition: change.Partition === undefined ? from.Partition : inHundreds(change.Partition),
  };
  const units = { BandWidth: "MB/s", DiskSize: "GB", Partition: "partitions" };
  const changed = (["BandWidth", "DiskSize", "Partition"] as const).filter((name) => from[name] !== to[name]);
  const lines = [now.words, ...changed.map((name) => `${name}: ${from[name]} → ${to[name]} ${units[name]}`)];
  if (changed.length === 0) throw new Refusal(`${InstanceId} has every size given already`);
  if (to.Partition < now.CreatedPartitions)
    throw new Refusal(`${now.CreatedPartitions} partitions exist on ${InstanceId}, and it cannot have room for fewer`);

  const DiskType = await diskTypeOf(read, InstanceId);
  const move = await attempt("Whether data is moved", async () => {
    const Type = `sp_ckafka_${now.InstanceType}`;
    const { MigrateFlag } = (await read("DescribeModifyType", { InstanceId, ...to, DiskType, Topic: now.topics, Type }))
      .Result;
    return [MigrateFlag ? "Data is moved to other brokers." : "No data is moved."];
  });
  return [...lines, ...move, ...(await comparison(read, InstanceId, to))];
}

/** What is on an instance, who uses it, and what stands in the way of ending it. */
async function contents(InstanceId: string, prepaid: boolean, read: Read): Promise<string[]> {
  const now = await today(read, InstanceId);
  charged(now, prepaid, `${prepaid ? "DeleteInstancePost" : "DeleteInstancePre"} deletes it`);
  const lines = [now.words];
  if (now.DeleteProtectionEnable === 1)
    throw new Refusal(`${InstanceId} has delete protection, which a person put on for a reason`);
  const topics = (await read("DescribeTopic", { InstanceId, Limit: 50 })).Result;
  const names = topics.TopicList.map((t) => t.TopicName);
  lines.push(
    topics.TotalCount === 0
      ? "It has no topics."
      : `${count(topics.TotalCount, "topic")} with ${count(now.CreatedPartitions, "partition")}: ${some(names, topics.TotalCount)}.`,
  );
  // An instance that is not running may not answer for its traffic.
  const traffic = await attempt("Who produces to it", async () => {
    const ranking = (await read("DescribeTopicFlowRanking", { InstanceId, RankingType: "PRO" })).Result;
    const busy = ranking.TopicFlow.filter((t) => Number(t.TopicTraffic) > 0).map((t) => t.TopicName);
    // Traffic is told in MB with two decimals, and of which time is the cloud's choice: 0.00 does not mean nothing.
    return [busy.length > 0 ? `Written to lately: ${some(busy)}.` : "Lately no topic took 0.01 MB or more."];
  });
  const readers = await attempt("Who consumes from it", async () => [await consumers(read, InstanceId)]);
  return [...lines, ...traffic, ...readers];
}
const NO_QUOTE = "No enquiry tells the refund beforehand.";

export const purchasePreviews: Previews<typeof purchase, Actions> = {
  CreateInstancePre: async ({ Period, ...order }, read) => offer(order, Number.parseInt(Period, 10), read),
  CreatePostPaidInstance: async (order, read) => offer(order, undefined, read),
  CreateInstancePost: async (order, read) => offer(order, undefined, read),
  ModifyInstancePre: async (change, read) => resize(change, true, read),
  InstanceScalingDown: async ({ UpgradeStrategy, ...change }, read) => [
    ...(await resize(change, false, read)),
    `Done ${UpgradeStrategy === 1 ? "steadily" : "fast"}.`,
  ],
  RenewCkafkaInstance: async ({ InstanceId, TimeSpan = 1 }, read) => {
    const now = await today(read, InstanceId);
    charged(now, true, "it needs no renewal");
    const price = await attempt("The price", async () => {
      const sized = now.InstanceType === "profession" || now.InstanceType === "premium";
      const { total, currency } = await ask(read, {
        InstanceType: sized ? (now.InstanceType as "profession") : "standards2",
        InstanceChargeParam: { InstanceChargeType: "PREPAID", InstanceChargePeriod: TimeSpan },
        CategoryAction: "renew",
        InstanceId,
        ...(sized
          ? {
              Bandwidth: now.Bandwidth,
              InquiryDiskParam: { DiskType: await diskTypeOf(read, InstanceId), DiskSize: now.DiskSize },
              Partition: inHundreds(now.partitions),
            }
          : {}),
      });
      return [`Price: ${money(total, currency)} now.`];
    });
    return [now.words, `Adds ${count(TimeSpan, "month")}.`, ...price];
  },
  IsolatedInstancePre: async ({ InstanceId }, read) => [
    ...(await contents(InstanceId, true, read)),
    "All clients are cut off.",
    NO_QUOTE,
  ],
  DeleteInstancePre: async ({ InstanceId }, read) => [
    ...(await contents(InstanceId, true, read)),
    "Connectors and tasks that use it are not checked. There is no way back.",
    NO_QUOTE,
  ],
  DeleteInstancePost: async ({ InstanceId }, read) => [
    ...(await contents(InstanceId, false, read)),
    "Connectors and tasks that use it are not checked. There is no way back.",
  ],
};
