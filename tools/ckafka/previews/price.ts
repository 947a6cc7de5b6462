// What things cost, as the price enquiry tells it, for previews.
import type { InputOf, Reader } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import { attempt } from "./lines.ts";

type Read = Reader<Actions>;
type Enquiry = InputOf<Actions["InquireCkafkaPrice"]>;
interface Price {
  total: number;
  currency: string;
  unit: string;
}
/** Partitions are sold by the hundred, and so are gigabytes; the cloud rounds up. */
export const inHundreds = (amount: number) => Math.ceil(amount / 100) * 100;
const MONTH = 30 * 86_400_000;
/** The public bandwidth in Mbps that every instance has for nothing. */
const FREE_PUBLIC_MBPS = 3;

/** What an enquiry says, public network included. */
export async function ask(read: Read, enquiry: Enquiry): Promise<Price> {
  const { InstancePrice, PublicNetworkBandwidthPrice } = (await read("InquireCkafkaPrice", enquiry)).Result;
  return {
    total: InstancePrice.DiscountPrice + (PublicNetworkBandwidthPrice?.DiscountPrice ?? 0),
    currency: InstancePrice.Currency,
    unit: InstancePrice.TimeUnit === "h" ? "hour" : "month",
  };
}
export const money = (amount: number, currency: string) => `${amount.toFixed(2)} ${currency}`;

/** From → to, and what that makes. */
function difference(before: Price, after: Price, per: string): string {
  const more = after.total - before.total;
  const made = more === 0 ? "no difference" : `${more > 0 ? "+" : "-"}${money(Math.abs(more), after.currency)}`;
  return `Price: ${money(before.total, before.currency)} → ${money(after.total, after.currency)} ${per} (${made}).`;
}

/** Instances name their disks as an enquiry does. */
export async function diskTypeOf(read: Read, InstanceId: string) {
  const { Result } = await read("DescribeInstancesDetail", { InstanceId });
  return (Result.InstanceList[0]?.DiskType ?? "CLOUD_BASIC") as "CLOUD_BASIC";
}

interface Sizes {
  BandWidth: number;
  DiskSize: number;
  Partition: number;
  /** Mbps, the free ones included. */
  PublicNetwork: number;
}
/** The price of an instance of these sizes, today's and then. One line, also where no enquiry can tell. */
export const comparison = (read: Read, InstanceId: string, change: Partial<Sizes>): Promise<string[]> =>
  attempt("The price", async () => {
    const { Result: now } = await read("DescribeInstanceAttributes", { InstanceId });
    if (now.InstanceType !== "profession" && now.InstanceType !== "premium")
      return ["No enquiry fits the standard edition: look its price up."];
    const hourly = now.InstanceChargeType === "POSTPAID_BY_HOUR";
    const DiskType = await diskTypeOf(read, InstanceId);
    const today: Sizes = {
      BandWidth: now.Bandwidth,
      DiskSize: now.DiskSize,
      Partition: now.CreatedPartitions + now.RemainingPartitions,
      PublicNetwork: now.PublicNetwork,
    };
    const priceOf = ({ BandWidth, DiskSize, Partition, PublicNetwork }: Sizes) => {
      const paid = PublicNetwork - FREE_PUBLIC_MBPS;
      const PublicNetworkChargeType = hourly ? "BANDWIDTH_POSTPAID_BY_HOUR" : "BANDWIDTH_PREPAID";
      return ask(read, {
        InstanceType: now.InstanceType as "profession",
        InstanceChargeParam: hourly
          ? { InstanceChargeType: "POSTPAID_BY_HOUR" }
          : { InstanceChargeType: "PREPAID", InstanceChargePeriod: 1 },
        Bandwidth: BandWidth,
        InquiryDiskParam: { DiskType, DiskSize },
        MessageRetention: Math.max(1, Math.ceil(now.MsgRetentionTime / 60)),
        Topic: now.CreatedTopics + now.RemainingTopics,
        Partition: inHundreds(Partition),
        ZoneIds: now.ZoneIds,
        ...(now.InstanceType === "profession" && paid > 0
          ? { PublicNetworkParam: { PublicNetworkChargeType, PublicNetworkMonthly: paid } }
          : {}),
      });
    };
    const [before, after] = [await priceOf(today), await priceOf({ ...today, ...change })];
    const lines = [difference(before, after, hourly ? "an hour" : "a month")];
    const months = (now.ExpireTime * 1000 - Date.now()) / MONTH;
    if (!hourly && months > 0 && after.total !== before.total) {
      const due = Math.abs(after.total - before.total) * months;
      const kind = after.total > before.total ? "due" : "refunded";
      lines.push(
        `It is prepaid: about ${money(due, after.currency)} ${kind} at once, for the ${months.toFixed(1)} months left.`,
      );
    }
    return lines;
  });
