// Buying instances, their prices, and resizing, renewing and ending them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { codes, integer, meant, measure, name, object, quantity, text } from "../../../src/model/field.ts";
import { type Line, say, together } from "../../../src/model/line.ts";
import { numberOf, type Quantity } from "../../../src/model/quantity.ts";
import { acknowledged, InstanceId, num, ReturnCode, returnMessage, SubnetId, str, VpcId } from "../fields.ts";
import { Charge, DiskKind, PublicCharge, Renewal } from "../instance/codes.ts";
import {
  bandwidth,
  disk,
  InstanceName,
  InstanceType,
  MainZone,
  MONTH_IN_MINUTES,
  OldInstanceName,
  OldKafkaVersion,
  PublicNetworkMonthly,
  partitions,
  recent,
  resized,
  retention,
  Specification,
  topics,
  wanted,
} from "./fields.ts";

interface Purchase {
  SpecificationsType?: string | undefined;
  BandWidth?: Quantity<"MB/s"> | undefined;
  InstanceType?: number | undefined;
  CustomSSLCertId?: string | undefined;
  MultiZoneFlag?: boolean | undefined;
  ZoneId?: number | undefined;
  ZoneIds?: number[] | undefined;
}
function unfit(bought: Purchase) {
  const { SpecificationsType: edition = "standard", InstanceType = 1, CustomSSLCertId } = bought;
  if (bought.MultiZoneFlag && !bought.ZoneIds) return "MultiZoneFlag true needs ZoneIds with all zones";
  // The standard edition's bandwidths are stated as well, but the reference's own example has another one.
  if (edition === "premium" && bought.BandWidth !== undefined && numberOf(bought.BandWidth) > 360)
    return "premium has a BandWidth of at most 360";
  if (InstanceType !== 1 && edition !== "standard")
    return `InstanceType must be 1 for ${edition}; 2 to 8 are sizes of the international standard edition`;
  if (CustomSSLCertId && edition !== "profession") return "CustomSSLCertId is for SpecificationsType profession only";
  return undefined;
}
const strayZone = ({ ZoneId, ZoneIds }: Purchase) =>
  ZoneId !== undefined && ZoneIds && !ZoneIds.includes(ZoneId) ? "ZoneIds must contain ZoneId" : undefined;

/** What smaller sizes take away; arguments alone cannot tell whether they are smaller. */
export const NARROWER = say`clients above the smaller bandwidth are throttled`;
export const LESS_ROOM = say`there is less room for messages`;
function shrinks(size: { BandWidth?: unknown; DiskSize?: unknown }): Line | undefined {
  const losses: Line[] = [];
  if (size.BandWidth !== undefined) losses.push(say`if the bandwidth is below today's, ${NARROWER}`);
  if (size.DiskSize !== undefined) losses.push(say`if the disk is below today's, ${LESS_ROOM}`);
  return together(losses);
}
const GONE = say`the instance with all its topics, messages, groups and users`;
const NO_WAY_BACK = say`nothing brings back an instance that is destroyed`;

const dealings = z.object({
  FlowId: meant<number, number>(num, { is: "plain", brief: "no task: always 0" }, "Always 0; no task goes by it."),
  DealNames: z.array(str),
  InstanceId: name("instance", "The first instance that was bought."),
  DealNameInstanceIdMapping: z.array(z.object({ DealName: str, InstanceIdList: z.array(str) })).nullable(),
  EventId: str.nullable(),
});
const NOTHING = "means nothing any more";
const dead = meant<string, string>(str, { is: "plain", deprecated: NOTHING, brief: NOTHING }, "It was a time.");
const dealt = z.object({
  Result: z.object({ ReturnCode, ReturnMessage: returnMessage, Data: dealings, DeleteRouteTimestamp: dead.nullable() }),
});
const money = (about: string) => meant<number, number>(num, { is: "plain" }, about);
const TimeUnit = codes({ m: "by the month", h: "by the hour" });
const amounts = {
  UnitPrice: money("What one costs for one unit of time, before discounts."),
  UnitPriceDiscount: money("What one costs for one unit of time, discounts taken off."),
  OriginalPrice: money("What all costs, before discounts."),
  DiscountPrice: meant<number, number>(
    num,
    { is: "plain", brief: "what is to be paid in all" },
    "What all costs, discounts taken off.",
  ),
  Discount: measure("%", "The part of the price that is paid.", { brief: "percent that is paid, 100 is no discount" }),
};
const part = z.object({
  ...amounts,
  GoodsNum: num.nullable(),
  Currency: str.nullable(),
  DiskType: str.nullable(),
  TimeSpan: num.nullable(),
  TimeUnit: TimeUnit.open("For what time it is.").nullable(),
  Value: integer("How much of it is bought."),
});
const price = z.object({
  ...amounts,
  GoodsNum: num,
  Currency: str,
  DiskType: str.nullable(),
  TimeSpan: num,
  TimeUnit: TimeUnit.open("For what time it is."),
  Value: integer("How much of it is bought.").nullable(),
  DetailPrices: z
    .object({
      BandwidthPrice: part.nullable(),
      DiskPrice: part.nullable(),
      PartitionPrice: part.nullable(),
      TopicPrice: part.nullable(),
      InstanceTypePrice: part,
    })
    .nullable(),
});

export const purchase = domain({
  InquireCkafkaPrice: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Price a purchase or renewal.",
    input: object({
      InstanceType: codes({
        standards2: "standard edition, mainland China",
        standard: "standard edition, international",
        profession: "professional edition",
        premium: "premium edition",
      }).field(
        "Edition: standards2 and standard are the standard edition, profession is the professional one, premium the advanced one.",
        { brief: "standards2 Chinese site, standard international" },
      ),
      InstanceChargeParam: object({
        InstanceChargeType: Charge.field(
          "PREPAID is paid by months in advance, POSTPAID_BY_HOUR by the hour afterwards.",
        ).optional(),
        InstanceChargePeriod: quantity("months", "How many months are paid in advance; PREPAID needs it.", {
          min: 1,
        }).optional(),
      })
        .superRefine((charge, context) => {
          if (charge.InstanceChargeType === "PREPAID" && charge.InstanceChargePeriod === undefined)
            context.addIssue({ code: "custom", message: "needs InstanceChargePeriod with PREPAID" });
        })
        .describe(
          "Default one month prepaid; InstanceChargePeriod in months.\nHow the instance is paid for, and for how long.",
        )
        .optional(),
      InstanceNum: integer("How many instances are bought or renewed; default 1.", { min: 1 }).optional(),
      Bandwidth: quantity(
        "MB/s",
        "Bandwidth within the cloud in MB/s. A purchase needs it, and so does renewing profession or premium.",
        { min: 1 },
      ).optional(),
      InquiryDiskParam: object({
        DiskType: DiskKind.field(
          "SSD solid state, CLOUD_SSD solid-state cloud disk, CLOUD_PREMIUM high-performance cloud disk, CLOUD_BASIC cloud disk.",
        ).optional(),
        DiskSize: quantity("GB", "Size of the disk in GB.", { min: 1 }).optional(),
      })
        .describe(
          "DiskSize in GB.\nKind and size of the disk. A purchase needs it, and so does renewing profession or premium.",
        )
        .optional(),
      MessageRetention: quantity("h", "How many hours messages are kept; a purchase needs it.", {
        min: 1,
        brief: "Hours",
      }).optional(),
      Topic: quantity("topics", "How many topics the instance can have; a purchase needs it.", {
        min: 1,
        brief: "Quota",
      }).optional(),
      Partition: quantity(
        "partitions",
        "How many partitions the instance can have, at most 40000. A purchase needs it, and so does renewing profession or premium.",
        { min: 1, max: 40_000, step: 100, brief: "Quota, multiple of 100" },
      ).optional(),
      ZoneIds: meant<number[], number[]>(
        z.array(z.number().int()).min(1),
        { is: "plain" },
        "Numbers of the availability zones to buy in; DescribeCkafkaZone lists them.",
      ).optional(),
      CategoryAction: codes({ purchase: "purchase", renew: "renewal" })
        .field("What is priced: purchase is a new instance, renew more time for the one in InstanceId.", {
          brief: "Default purchase",
        })
        .optional(),
      BillType: codes({
        sv_ckafka_instance_s2_1: "entry size",
        sv_ckafka_instance_s2_2: "standard size",
        sv_ckafka_instance_s2_3: "advanced size",
      })
        .field(
          "Size of a standard edition instance of the Chinese site: s2_1 is the entry size, s2_2 the standard, s2_3 the advanced one.",
          { brief: "Of standards2: entry (default), standard, advanced" },
        )
        .optional(),
      PublicNetworkParam: object({
        PublicNetworkChargeType: PublicCharge.field(
          "BANDWIDTH_PREPAID is paid by months in advance, BANDWIDTH_POSTPAID_BY_HOUR by the hour afterwards.",
        ).optional(),
        PublicNetworkMonthly: quantity("Mbps", "Bandwidth to the internet in Mbps: 0 or a multiple of 3.", {
          min: 0,
          step: 3,
        }).optional(),
      })
        .describe("Profession only; Mbps, multiple of 3.\nBandwidth to the internet, to be priced as well.")
        .optional(),
      InstanceId: name("instance", "The instance whose renewal is priced, like ckafka-1a2b3c4d.", {
        brief: "To renew",
      }).optional(),
    }),
    rule: (input) => {
      if (input.PublicNetworkParam && input.InstanceType !== "profession")
        return "PublicNetworkParam is for InstanceType profession only";
      const renewal = input.CategoryAction === "renew";
      const sized = input.InstanceType === "profession" || input.InstanceType === "premium";
      const { InstanceId, Bandwidth, InquiryDiskParam, Partition, MessageRetention, Topic } = input;
      const needed = {
        ...(renewal ? { InstanceId } : { MessageRetention, Topic }),
        ...(renewal && !sized ? {} : { Bandwidth, InquiryDiskParam, Partition }),
      };
      const missing = Object.entries(needed)
        .filter(([, value]) => value === undefined)
        .map(([name]) => name);
      const what = renewal ? `a renewal of ${input.InstanceType}` : "a purchase";
      return missing.length > 0 ? `${what} needs ${missing.join(", ")}` : undefined;
    },
    output: z.object({ Result: z.object({ InstancePrice: price, PublicNetworkBandwidthPrice: price.nullable() }) }),
  },
  DescribeModifyType: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Tell how a resize works and whether data moves.",
    input: object({
      InstanceId,
      BandWidth: quantity("MB/s", "Bandwidth that the instance is to have after the resize.", { min: 1 }),
      DiskSize: quantity("GB", "Disk space that the instance is to have after the resize.", { min: 1 }),
      DiskType: text("Kind of disk that the messages are on.", { brief: "Like CLOUD_PREMIUM" }),
      Partition: quantity("partitions", "How many partitions the instance can have after the resize.", {
        min: 1,
        brief: "Quota",
      }),
      Topic: quantity("topics", "How many topics the instance can have after the resize.", { min: 1, brief: "Quota" }),
      Type: text("Type of the instance, by its edition.", { brief: "Like sp_ckafka_profession" }),
      ModifyEntry: text("From where the resize is started, like OPEN_ELASTIC_BANDWIDTH_ENTRY.", {
        brief: "Leave out",
      }).optional(),
      ModifyZone: meant<boolean, boolean>(
        z.boolean(),
        { is: "code", words: { false: "zone stays", true: "zone changes" } },
        "Whether the availability zones change as well; default false.",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        ModifyType: meant<number, number>(
          num,
          { is: "plain", brief: "its meaning is not documented" },
          "The kind of resize, by a number of the cloud's.",
        ),
        MigrateFlag: z.boolean(),
      }),
    }),
  },
  CreateInstancePre: {
    effect: "write",
    bills: true,
    perSecond: 10,
    about: "Buy prepaid instances; only SpecificationsType profession works.",
    subject: "InstanceName",
    input: object({
      InstanceName,
      ZoneId: MainZone,
      Period: meant<string, string>(
        z.string().regex(/^([1-9]|[12]\d|3[0-6])m$/, "must be 1m to 36m"),
        { is: "quantity", unit: "months", brief: "Months, 1m to 36m" },
        "How many months are paid in advance: 1m to 36m.",
      ),
      InstanceType,
      VpcId,
      SubnetId,
      MsgRetentionTime: retention(129_600).optional(),
      RenewFlag: Renewal.field(
        "Whether the instance is renewed when its time is over: 0 nothing is set, 1 automatically, 2 expressly not.",
        { brief: "1 automatic, 2 never" },
      ).optional(),
      SpecificationsType: codes({
        standard: "standard edition",
        profession: "professional edition",
        premium: "premium edition",
      })
        .field("Edition: standard, profession (professional) or premium (advanced).", { brief: "Default standard" })
        .optional(),
      DiskSize: disk("GB; default 500").optional(),
      BandWidth: bandwidth("MB/s; default 40", { min: 20, max: 100_000 }).optional(),
      Partition: partitions("Default 800").optional(),
      PublicNetworkMonthly: PublicNetworkMonthly.optional(),
      AutoVoucher: codes({ 0: "no", 1: "yes" })
        .field("Whether vouchers are used without being named: 1 yes, 0 no (default).", {
          brief: "1 spends vouchers; default 0",
        })
        .optional(),
      ...wanted,
      ...recent,
    }),
    rule: unfit,
    output: dealt,
  },
  CreatePostPaidInstance: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Buy instances billed hourly.",
    subject: ({ InstanceName, VpcId }) => InstanceName ?? VpcId,
    input: object({
      VpcId,
      SubnetId,
      InstanceName: InstanceName.optional(),
      InstanceType: InstanceType.optional(),
      MsgRetentionTime: retention(MONTH_IN_MINUTES).optional(),
      SpecificationsType: Specification.field(
        "Edition: profession (professional), or standard, which only the international site sells.",
      ).optional(),
      BandWidth: bandwidth("MB/s; default 40").optional(),
      DiskSize: disk("GB; default 500").optional(),
      Partition: partitions("Default 800").optional(),
      TopicNum: topics("Default 800").optional(),
      ZoneId: MainZone.optional(),
      PublicNetworkMonthly: PublicNetworkMonthly.optional(),
      ...wanted,
      ...recent,
    }),
    rule: (input) =>
      input.ZoneId === undefined && !input.ZoneIds ? "ZoneId or ZoneIds is needed" : (unfit(input) ?? strayZone(input)),
    output: z.object({
      Result: z.object({
        ReturnCode,
        ReturnMessage: returnMessage,
        Data: dealings.extend({ DealNameInstanceIdMapping: dealings.shape.DealNameInstanceIdMapping.unwrap() }),
      }),
    }),
  },
  CreateInstancePost: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Buy hourly; superseded by CreatePostPaidInstance, which returns ids.",
    subject: "InstanceName",
    input: object({
      InstanceName: OldInstanceName,
      VpcId,
      SubnetId,
      BandWidth: bandwidth("MB/s"),
      InstanceType: InstanceType.optional(),
      MsgRetentionTime: retention(MONTH_IN_MINUTES).optional(),
      SpecificationsType: Specification.field("Edition: standard or profession (professional).").optional(),
      DiskSize: disk("GB").optional(),
      Partition: partitions("Quota").optional(),
      TopicNum: topics("Quota").optional(),
      ZoneId: MainZone.optional(),
      PublicNetworkMonthly: PublicNetworkMonthly.optional(),
      ...wanted,
      KafkaVersion: OldKafkaVersion.optional(),
    }),
    rule: (input) => unfit(input) ?? strayZone(input),
    output: acknowledged,
  },
  ModifyInstancePre: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Change given sizes of a prepaid instance.",
    subject: "InstanceId",
    loses: shrinks,
    input: object(resized()),
    output: dealt,
  },
  InstanceScalingDown: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Change given sizes of an hourly instance, mainly to shrink.",
    subject: "InstanceId",
    loses: shrinks,
    input: object({
      // A prepaid resize rounds up to the next step; this one only states it.
      ...resized(100),
      UpgradeStrategy: codes({ 1: "steady", 2: "fast" }).field(
        "How the change is carried out: with stability first (1) or with speed first (2).",
        { brief: "1 steady, 2 fast" },
      ),
    }),
    output: z.object({ Result: z.object({ DealNames: z.array(str).nullable() }) }),
  },
  RenewCkafkaInstance: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Renew a prepaid instance; Chinese-site accounts only.",
    subject: "InstanceId",
    input: object({
      InstanceId,
      TimeSpan: quantity("months", "For how many more months the instance is paid; default 1.", {
        min: 1,
        brief: "Months; default 1",
      }).optional(),
    }),
    output: z.object({ Result: z.object({ BigDealId: str, DealName: str }) }),
  },
  IsolatedInstancePre: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Isolate a prepaid instance, the first step of ending it.",
    loses: say`every client's access to the instance`,
    subject: "InstanceId",
    input: object({ InstanceId }),
    output: dealt,
  },
  DeleteInstancePre: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Isolate and destroy a prepaid instance, even in use by connectors or tasks.",
    loses: GONE,
    final: NO_WAY_BACK,
    subject: "InstanceId",
    input: object({ InstanceId }),
    output: dealt,
  },
  DeleteInstancePost: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Destroy an hourly instance, even in use by connectors or tasks.",
    loses: GONE,
    final: NO_WAY_BACK,
    subject: "InstanceId",
    input: object({ InstanceId }),
    output: z.object({ Result: z.object({ FlowId: num }) }),
  },
});
