// Buying instances, their prices, and resizing, renewing and ending them.
import { z } from "zod/v3";
import { domain } from "../src/action.ts";
import { acknowledged, flag, InstanceId, integer, list, num, oneOf, shape, str, Tags, text } from "./fields.ts";

const VpcId = text("VPC.");
const SubnetId = text("Subnet.");
const ZoneId = integer("Zone.");
// No list of versions: the reference's own lists disagree, and DescribeCkafkaZone says what is on sale.
const KafkaVersion = text("Default 2.4.1.").regex(/^\d+\.\d+\.\d+$/, "must be like 2.8.1");
/** Parameters of everything that is bought. */
const wanted = {
  ClusterId: integer("Cluster.").optional(),
  KafkaVersion: KafkaVersion.optional(),
  DiskType: z.enum(["CLOUD_SSD", "CLOUD_BASIC"]).describe("Default CLOUD_BASIC.").optional(),
  MultiZoneFlag: z.boolean().describe("Several zones.").optional(),
  ZoneIds: list(z.number().int(), "All zones.").optional(),
  InstanceNum: integer("Count.").min(1).optional(),
  Tags: Tags.optional(),
  ElasticBandwidthSwitch: flag("1 on.").optional(),
};
/** Settings that the older purchase does not know. */
const recent = {
  CustomSSLCertId: text("Certificate; profession.").optional(),
  StoreQuantityType: flag("1 elastic.").optional(),
};
// Sizes of the international site's standard edition; everything else is 1.
const InstanceType = integer("1 unless international.").min(1).max(8);
const retention = (max: number) => integer("Minutes.").min(1).max(max);
const MONTH_IN_MINUTES = 43_200;
const BandWidth = integer("MB/s; default 40.").min(1);
const PublicNetworkMonthly = integer("Mbps beyond 3 free.").min(0);
const inThrees = (model: z.ZodNumber) => model.refine((n) => n % 3 === 0, "must be a multiple of 3");
const inHundreds = (model: z.ZodNumber) => model.refine((n) => n % 100 === 0, "must be a multiple of 100");
const DiskSize = inHundreds(integer("GB; default 500.").min(1));
const Partition = inHundreds(integer("Default 800.").min(1));
const TopicNum = inHundreds(integer("Default 800.").min(1));
const edition = z.enum(["standard", "profession"]).describe("Edition.");

interface Purchase {
  SpecificationsType?: string | undefined;
  BandWidth?: number | undefined;
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
  if (edition === "premium" && (bought.BandWidth ?? 0) > 360) return "premium has a BandWidth of at most 360";
  if (InstanceType !== 1 && edition !== "standard")
    return `InstanceType must be 1 for ${edition}; 2 to 8 are sizes of the international standard edition`;
  if (CustomSSLCertId && edition !== "profession") return "CustomSSLCertId is for SpecificationsType profession only";
  return undefined;
}
const strayZone = ({ ZoneId, ZoneIds }: Purchase) =>
  ZoneId !== undefined && ZoneIds && !ZoneIds.includes(ZoneId) ? "ZoneIds must contain ZoneId" : undefined;

/** Arguments alone decide, so a size that might be below today's counts. */
function shrinks(size: { BandWidth?: number | undefined; DiskSize?: number | undefined }): string | undefined {
  const losses: string[] = [];
  if (size.BandWidth !== undefined) losses.push("below today's bandwidth, clients are throttled");
  if (size.DiskSize !== undefined) losses.push("below today's disk, there is less room for messages");
  return losses.length > 0 ? losses.join("; ") : undefined;
}
const resized = {
  InstanceId,
  DiskSize: integer("GB, multiple of 100.").min(1).max(500_000).optional(),
  BandWidth: integer("MB/s.").min(1).optional(),
  Partition: integer("Quota, multiple of 100.").min(1).max(40_000).optional(),
};

const dealings = z.object({
  FlowId: num,
  DealNames: z.array(str),
  InstanceId: str,
  DealNameInstanceIdMapping: z.array(z.object({ DealName: str, InstanceIdList: z.array(str) })).nullable(),
  EventId: str.nullable(),
});
const dealt = z.object({
  Result: z.object({ ReturnCode: str, ReturnMessage: str, Data: dealings, DeleteRouteTimestamp: str.nullable() }),
});
const amounts = { UnitPrice: num, UnitPriceDiscount: num, OriginalPrice: num, DiscountPrice: num, Discount: num };
const part = z.object({
  ...amounts,
  GoodsNum: num.nullable(),
  Currency: str.nullable(),
  DiskType: str.nullable(),
  TimeSpan: num.nullable(),
  TimeUnit: str.nullable(),
  Value: num,
});
const price = z.object({
  ...amounts,
  GoodsNum: num,
  Currency: str,
  DiskType: str.nullable(),
  TimeSpan: num,
  TimeUnit: str,
  Value: num.nullable(),
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
    input: shape({
      InstanceType: z
        .enum(["standards2", "standard", "profession", "premium"])
        .describe("standards2 Chinese site, standard international."),
      InstanceChargeParam: shape({
        InstanceChargeType: z.enum(["PREPAID", "POSTPAID_BY_HOUR"]).optional(),
        InstanceChargePeriod: z.number().int().min(1).describe("Months.").optional(),
      })
        .superRefine((charge, context) => {
          if (charge.InstanceChargeType === "PREPAID" && charge.InstanceChargePeriod === undefined)
            context.addIssue({ code: "custom", message: "needs InstanceChargePeriod with PREPAID" });
        })
        .describe("Default one month prepaid.")
        .optional(),
      InstanceNum: integer("Default 1.").min(1).optional(),
      Bandwidth: integer("MB/s.").min(1).optional(),
      InquiryDiskParam: shape({
        DiskType: z.enum(["SSD", "CLOUD_SSD", "CLOUD_PREMIUM", "CLOUD_BASIC"]).optional(),
        DiskSize: z.number().int().min(1).describe("GB.").optional(),
      })
        .describe("Disk.")
        .optional(),
      MessageRetention: integer("Hours.").min(1).optional(),
      Topic: integer("Quota.").min(1).optional(),
      Partition: inHundreds(integer("Quota, multiple of 100.").min(1).max(40_000)).optional(),
      ZoneIds: list(z.number().int(), "Zones.").optional(),
      CategoryAction: z.enum(["purchase", "renew"]).describe("Default purchase.").optional(),
      BillType: z
        .enum(["sv_ckafka_instance_s2_1", "sv_ckafka_instance_s2_2", "sv_ckafka_instance_s2_3"])
        .describe("Of standards2: entry (default), standard, advanced.")
        .optional(),
      PublicNetworkParam: shape({
        PublicNetworkChargeType: z.enum(["BANDWIDTH_PREPAID", "BANDWIDTH_POSTPAID_BY_HOUR"]).optional(),
        PublicNetworkMonthly: inThrees(z.number().int().min(0)).describe("Mbps, in threes.").optional(),
      })
        .describe("Profession only.")
        .optional(),
      InstanceId: text("To renew.").optional(),
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
    input: shape({
      InstanceId,
      BandWidth: integer("MB/s.").min(1),
      DiskSize: integer("GB.").min(1),
      DiskType: text("Like CLOUD_PREMIUM."),
      Partition: integer("Quota.").min(1),
      Topic: integer("Quota.").min(1),
      Type: text("Like sp_ckafka_profession."),
      ModifyEntry: text("Entry point.").optional(),
      ModifyZone: z.boolean().describe("Changes zones.").optional(),
    }),
    output: z.object({ Result: z.object({ ModifyType: num, MigrateFlag: z.boolean() }) }),
  },
  CreateInstancePre: {
    effect: "write",
    bills: true,
    perSecond: 10,
    about: "Buy prepaid instances; only SpecificationsType profession works.",
    subject: "InstanceName",
    input: shape({
      InstanceName: text("Name.").max(128),
      ZoneId,
      Period: text("Like 1m.").regex(/^([1-9]|[12]\d|3[0-6])m$/, "must be 1m to 36m"),
      InstanceType,
      VpcId,
      SubnetId,
      MsgRetentionTime: retention(129_600).optional(),
      RenewFlag: integer("1 automatic, 2 never.").min(0).max(2).optional(),
      SpecificationsType: z.enum(["standard", "profession", "premium"]).describe("Default standard.").optional(),
      DiskSize: DiskSize.optional(),
      BandWidth: BandWidth.min(20).max(100_000).optional(),
      Partition: Partition.optional(),
      PublicNetworkMonthly: inThrees(PublicNetworkMonthly).optional(),
      AutoVoucher: flag("1 vouchers.").optional(),
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
    subject: "VpcId",
    input: shape({
      VpcId,
      SubnetId,
      InstanceName: text("Name.").max(128).optional(),
      InstanceType: InstanceType.optional(),
      MsgRetentionTime: retention(MONTH_IN_MINUTES).optional(),
      SpecificationsType: edition.optional(),
      BandWidth: BandWidth.optional(),
      DiskSize: DiskSize.optional(),
      Partition: Partition.optional(),
      TopicNum: TopicNum.optional(),
      ZoneId: ZoneId.optional(),
      PublicNetworkMonthly: PublicNetworkMonthly.optional(),
      ...wanted,
      ...recent,
    }),
    rule: (input) =>
      input.ZoneId === undefined && !input.ZoneIds ? "ZoneId or ZoneIds is needed" : (unfit(input) ?? strayZone(input)),
    output: z.object({
      Result: z.object({
        ReturnCode: str,
        ReturnMessage: str,
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
    input: shape({
      InstanceName: text("Name.")
        .max(64)
        .refine(
          (s) => /^[A-Za-z][A-Za-z0-9-]*$/.test(s),
          "must begin with a letter and hold only letters, digits and -",
        ),
      VpcId,
      SubnetId,
      BandWidth: integer("MB/s.").min(1),
      InstanceType: InstanceType.optional(),
      MsgRetentionTime: retention(MONTH_IN_MINUTES).optional(),
      SpecificationsType: edition.optional(),
      DiskSize: DiskSize.describe("GB.").optional(),
      Partition: Partition.describe("Quota.").optional(),
      TopicNum: TopicNum.describe("Quota.").optional(),
      ZoneId: ZoneId.optional(),
      PublicNetworkMonthly: inThrees(PublicNetworkMonthly).optional(),
      ...wanted,
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
    escalates: shrinks,
    input: shape(resized),
    output: dealt,
  },
  InstanceScalingDown: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Change given sizes of an hourly instance, mainly to shrink.",
    subject: "InstanceId",
    escalates: shrinks,
    input: shape({
      ...resized,
      // A prepaid resize rounds up to the next step; this one only states it.
      DiskSize: inHundreds(resized.DiskSize.unwrap()).optional(),
      Partition: inHundreds(resized.Partition.unwrap()).optional(),
      UpgradeStrategy: oneOf([1, 2], "1 steady, 2 fast."),
    }),
    output: z.object({ Result: z.object({ DealNames: z.array(str).nullable() }) }),
  },
  RenewCkafkaInstance: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Renew a prepaid instance; Chinese-site accounts only.",
    subject: "InstanceId",
    input: shape({ InstanceId, TimeSpan: integer("Months; default 1.").min(1).optional() }),
    output: z.object({ Result: z.object({ BigDealId: str, DealName: str }) }),
  },
  IsolatedInstancePre: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Isolate a prepaid instance, the first step of ending it.",
    loses: "every client's access to the instance",
    subject: "InstanceId",
    input: shape({ InstanceId }),
    output: dealt,
  },
  DeleteInstancePre: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Isolate and destroy a prepaid instance, even in use by connectors or tasks.",
    loses: "the instance with all its topics, messages, groups and users",
    subject: "InstanceId",
    input: shape({ InstanceId }),
    output: dealt,
  },
  DeleteInstancePost: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Destroy an hourly instance, even in use by connectors or tasks.",
    loses: "the instance with all its topics, messages, groups and users",
    subject: "InstanceId",
    input: shape({ InstanceId }),
    output: z.object({ Result: z.object({ FlowId: num }) }),
  },
});
