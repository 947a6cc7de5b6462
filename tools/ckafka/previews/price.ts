// What things cost, as the price enquiry tells it, for previews.
import type { InputOf, Reader } from "../../../src/model/action.ts";
import { CloudError } from "../../../src/model/errors.ts";
import { type Line, moving, type Part, quoted, say, worded } from "../../../src/model/line.ts";
import { type Finding, note } from "../../../src/model/preview.ts";
import { inMBps, numberOf, plus, type Quantity, quantityOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { Charge } from "../instance/codes.ts";
import type { Attributes } from "./running.ts";

type Read = Reader<Actions>;
type Enquiry = InputOf<Actions["InquireCkafkaPrice"]>;
interface Price {
  total: number;
  currency: string;
  unit: "hour" | "month";
}
/** Partitions are sold by the hundred, and so are gigabytes; the cloud rounds up. */
export const inHundreds = <U extends "GB" | "partitions">(amount: Quantity<U>, unit: U): Quantity<U> =>
  quantityOf(Math.ceil(numberOf(amount) / 100) * 100, unit);
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
/** "5300.00 CNY" */
export const money = (amount: number, currency: string): Line =>
  say`${{ digits: amount.toFixed(2) }} ${currencyOf(currency)}`;
const currencyOf = (code: string): Part => (/^[A-Z]{3}$/.test(code) ? worded({ [code]: code }, code) : quoted(code));

/** What money an enquiry found, or why it is not known. */
export interface Cost {
  bills?: Line;
  finds: Finding[];
}
/** Only what the cloud refused to tell may be unknown. */
export async function costOf(what: Line, enquire: () => Promise<Cost>): Promise<Cost> {
  try {
    return await enquire();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { finds: [note(say`${what} could not be read (${quoted(error.code)}: ${quoted(error.message)}).`)] };
  }
}
export const unpriced: Cost = { finds: [note(say`No enquiry fits this edition: look its price up.`)] };

/** An instance as two reads tell it. */
export interface Sized {
  attributes: Attributes;
  /** Instances name their disks as an enquiry does. */
  DiskType: Disk;
}
export type Disk = "CLOUD_BASIC";
export async function diskTypeOf(read: Read, InstanceId: string): Promise<Disk> {
  const { Result } = await read("DescribeInstancesDetail", { InstanceId });
  return (Result.InstanceList[0]?.DiskType ?? "CLOUD_BASIC") as Disk;
}

export interface Sizes {
  BandWidth: Quantity<"MB/s">;
  DiskSize: Quantity<"GB">;
  Partition: Quantity<"partitions">;
  /** The free ones included. */
  PublicNetwork: Quantity<"Mbps">;
}
/** The sizes of an instance, as they are bought. */
export const sizesOf = (now: Attributes): Sizes => ({
  BandWidth: inMBps(now.Bandwidth),
  DiskSize: now.DiskSize,
  Partition: plus(now.CreatedPartitions, now.RemainingPartitions),
  PublicNetwork: now.PublicNetwork,
});
/** Elastic storage has no size of its own, and no enquiry. */
export const hasFixedDisk = ({ DiskSize }: Attributes) => numberOf(DiskSize) > 0;

/** The price of an instance of other sizes, today's and then: what it bills, or why that is not known. */
export const priceChange = (
  read: Read,
  { attributes: now, DiskType }: Sized,
  change: { [S in keyof Sizes]?: Sizes[S] | undefined },
): Promise<Cost> =>
  costOf(say`The price`, async () => {
    const { InstanceType } = now;
    if ((InstanceType !== "profession" && InstanceType !== "premium") || !hasFixedDisk(now)) return unpriced;
    const hourly = now.InstanceChargeType === Charge.code["by the hour"];
    const priceOf = ({ BandWidth, DiskSize, Partition, PublicNetwork }: Sizes) => {
      const paid = numberOf(PublicNetwork) - FREE_PUBLIC_MBPS;
      const PublicNetworkChargeType = hourly ? "BANDWIDTH_POSTPAID_BY_HOUR" : "BANDWIDTH_PREPAID";
      return ask(read, {
        InstanceType,
        InstanceChargeParam: hourly
          ? { InstanceChargeType: "POSTPAID_BY_HOUR" }
          : { InstanceChargeType: "PREPAID", InstanceChargePeriod: quantityOf(1, "months") },
        Bandwidth: BandWidth,
        InquiryDiskParam: { DiskType, DiskSize },
        MessageRetention: quantityOf(Math.max(1, Math.ceil(numberOf(now.MsgRetentionTime) / 60)), "h"),
        Topic: plus(now.CreatedTopics, now.RemainingTopics),
        Partition: inHundreds(Partition, "partitions"),
        ZoneIds: now.ZoneIds,
        ...(InstanceType === "profession" && paid > 0
          ? { PublicNetworkParam: { PublicNetworkChargeType, PublicNetworkMonthly: quantityOf(paid, "Mbps") } }
          : {}),
      });
    };
    const today = sizesOf(now);
    const given = Object.fromEntries(Object.entries(change).filter(([, size]) => size !== undefined));
    const [before, after] = [await priceOf(today), await priceOf({ ...today, ...given })];
    return { bills: [...difference(before, after, hourly), ...due(before, after, now, hourly, read.now)], finds: [] };
  });

/** From → to, and what that makes. */
function difference(before: Price, after: Price, hourly: boolean): Line {
  const more = after.total - before.total;
  const sum = money(Math.abs(more), after.currency);
  const made = more === 0 ? say`no difference` : more > 0 ? say`${sum} more` : say`${sum} less`;
  const per = hourly ? say`an hour` : say`a month`;
  return say`${money(before.total, before.currency)} → ${money(after.total, after.currency)} ${per} (${made})`;
}
/** What is due or refunded at once for a prepaid instance: the less, the longer somebody thinks about it. */
function due(before: Price, after: Price, now: Attributes, hourly: boolean, clock: number): Line {
  const months = (Number(now.ExpireTime as unknown) * 1000 - clock) / MONTH;
  const more = after.total - before.total;
  if (hourly || months <= 0 || more === 0) return [];
  const about = moving(money(Math.abs(more) * months, after.currency), false);
  const left = moving(say`${{ digits: months.toFixed(1) }} months`, false);
  return more > 0
    ? say`; about ${about} are due at once, for the ${left} left that are prepaid`
    : say`; about ${about} are refunded at once, for the ${left} left that are prepaid`;
}
