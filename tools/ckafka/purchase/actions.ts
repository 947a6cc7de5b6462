// Buying instances, their prices, and resizing, renewing and ending them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { type Line, say, together } from "../../../src/model/line.ts";
import {
  acknowledged,
  flag,
  InstanceId,
  integer,
  list,
  num,
  oneOf,
  SubnetId,
  shape,
  str,
  text,
  VpcId,
  yes,
} from "../fields.ts";
import {
  BandWidth,
  disk,
  edition,
  InstanceName,
  InstanceType,
  inHundreds,
  inThrees,
  KafkaVersion,
  MainZone,
  MONTH_IN_MINUTES,
  PublicNetworkMonthly,
  partitions,
  recent,
  resized,
  retention,
  topics,
  wanted,
} from "./fields.ts";

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
function shrinks(size: { BandWidth?: number | undefined; DiskSize?: number | undefined }): Line | undefined {
  const losses: Line[] = [];
  if (size.BandWidth !== undefined) losses.push(say`if the bandwidth is below today's, clients above it are throttled`);
  if (size.DiskSize !== undefined) losses.push(say`if the disk is below today's, there is less room for messages`);
  return together(losses);
}
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
        .describe(
          "standards2 Chinese site, standard international.\nEdition: standards2 and standard are the standard edition, profession is the professional one, premium the advanced one.",
        ),
      InstanceChargeParam: shape({
        InstanceChargeType: z
          .enum(["PREPAID", "POSTPAID_BY_HOUR"])
          .describe("PREPAID is paid by months in advance, POSTPAID_BY_HOUR by the hour afterwards.")
          .optional(),
        InstanceChargePeriod: integer("How many months are paid in advance; PREPAID needs it.").min(1).optional(),
      })
        .superRefine((charge, context) => {
          if (charge.InstanceChargeType === "PREPAID" && charge.InstanceChargePeriod === undefined)
            context.addIssue({ code: "custom", message: "needs InstanceChargePeriod with PREPAID" });
        })
        .describe("Default one month prepaid.\nHow the instance is paid for, and for how long.")
        .optional(),
      InstanceNum: integer("\nHow many instances are bought or renewed; default 1.").min(1).optional(),
      Bandwidth: integer(
        "MB/s.\nBandwidth within the cloud. A purchase needs it, and so does renewing profession or premium.",
      )
        .min(1)
        .optional(),
      InquiryDiskParam: shape({
        DiskType: z
          .enum(["SSD", "CLOUD_SSD", "CLOUD_PREMIUM", "CLOUD_BASIC"])
          .describe(
            "SSD solid state, CLOUD_SSD solid-state cloud disk, CLOUD_PREMIUM high-performance cloud disk, CLOUD_BASIC cloud disk.",
          )
          .optional(),
        DiskSize: integer("Size of the disk in GB.").min(1).optional(),
      })
        .describe("\nKind and size of the disk. A purchase needs it, and so does renewing profession or premium.")
        .optional(),
      MessageRetention: integer("Hours.\nHow long messages are kept; a purchase needs it.").min(1).optional(),
      Topic: integer("Quota.\nHow many topics the instance can have; a purchase needs it.").min(1).optional(),
      Partition: inHundreds(
        integer(
          "Quota, multiple of 100.\nHow many partitions the instance can have, at most 40000. A purchase needs it, and so does renewing profession or premium.",
        )
          .min(1)
          .max(40_000),
      ).optional(),
      ZoneIds: list(
        z.number().int(),
        "\nNumbers of the availability zones to buy in; DescribeCkafkaZone lists them.",
      ).optional(),
      CategoryAction: z
        .enum(["purchase", "renew"])
        .describe(
          "Default purchase.\nWhat is priced: purchase is a new instance, renew more time for the one in InstanceId.",
        )
        .optional(),
      BillType: z
        .enum(["sv_ckafka_instance_s2_1", "sv_ckafka_instance_s2_2", "sv_ckafka_instance_s2_3"])
        .describe(
          "Of standards2: entry (default), standard, advanced.\nSize of a standard edition instance of the Chinese site: s2_1 is the entry size, s2_2 the standard, s2_3 the advanced one.",
        )
        .optional(),
      PublicNetworkParam: shape({
        PublicNetworkChargeType: z
          .enum(["BANDWIDTH_PREPAID", "BANDWIDTH_POSTPAID_BY_HOUR"])
          .describe(
            "BANDWIDTH_PREPAID is paid by months in advance, BANDWIDTH_POSTPAID_BY_HOUR by the hour afterwards.",
          )
          .optional(),
        PublicNetworkMonthly: inThrees(
          integer("Bandwidth to the internet in Mbps: 0 or a multiple of 3.").min(0),
        ).optional(),
      })
        .describe("Profession only.\nBandwidth to the internet, to be priced as well.")
        .optional(),
      InstanceId: text("To renew.\nThe instance whose renewal is priced, like ckafka-1a2b3c4d.").optional(),
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
      BandWidth: integer("MB/s.\nBandwidth that the instance is to have after the resize.").min(1),
      DiskSize: integer("GB.\nDisk space that the instance is to have after the resize.").min(1),
      DiskType: text("Like CLOUD_PREMIUM.\nKind of disk that the messages are on."),
      Partition: integer("Quota.\nHow many partitions the instance can have after the resize.").min(1),
      Topic: integer("Quota.\nHow many topics the instance can have after the resize.").min(1),
      Type: text("Like sp_ckafka_profession.\nType of the instance, by its edition."),
      ModifyEntry: text("\nFrom where the resize is started, like OPEN_ELASTIC_BANDWIDTH_ENTRY.").optional(),
      ModifyZone: yes("\nWhether the availability zones change as well; default false."),
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
      InstanceName: InstanceName.max(128),
      ZoneId: MainZone,
      Period: text("Like 1m.\nHow many months are paid in advance: 1m to 36m.").regex(
        /^([1-9]|[12]\d|3[0-6])m$/,
        "must be 1m to 36m",
      ),
      InstanceType,
      VpcId,
      SubnetId,
      MsgRetentionTime: retention(129_600).optional(),
      RenewFlag: integer(
        "1 automatic, 2 never.\nWhether the instance is renewed when its time is over: 0 nothing is set, 1 automatically, 2 expressly not.",
      )
        .min(0)
        .max(2)
        .optional(),
      SpecificationsType: z
        .enum(["standard", "profession", "premium"])
        .describe("Default standard.\nEdition: standard, profession (professional) or premium (advanced).")
        .optional(),
      DiskSize: disk("GB; default 500.").optional(),
      BandWidth: BandWidth.min(20).max(100_000).optional(),
      Partition: partitions("Default 800.").optional(),
      PublicNetworkMonthly: inThrees(PublicNetworkMonthly).optional(),
      AutoVoucher: flag("\nWhether vouchers are used without being named: 1 yes, 0 no (default).").optional(),
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
    input: shape({
      VpcId,
      SubnetId,
      InstanceName: InstanceName.max(128).optional(),
      InstanceType: InstanceType.optional(),
      MsgRetentionTime: retention(MONTH_IN_MINUTES).optional(),
      SpecificationsType: edition
        .describe("\nEdition: profession (professional), or standard, which only the international site sells.")
        .optional(),
      BandWidth: BandWidth.optional(),
      DiskSize: disk("GB; default 500.").optional(),
      Partition: partitions("Default 800.").optional(),
      TopicNum: topics("Default 800.").optional(),
      ZoneId: MainZone.optional(),
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
      InstanceName: InstanceName.max(64).refine(
        (s) => /^[A-Za-z][A-Za-z0-9-]*$/.test(s),
        "must begin with a letter and hold only letters, digits and -",
      ),
      VpcId,
      SubnetId,
      BandWidth: BandWidth.describe("MB/s.\nPeak bandwidth within the cloud, a size that the edition is sold in."),
      InstanceType: InstanceType.optional(),
      MsgRetentionTime: retention(MONTH_IN_MINUTES).optional(),
      SpecificationsType: edition.optional(),
      DiskSize: disk("GB.").optional(),
      Partition: partitions("Quota.").optional(),
      TopicNum: topics("Quota.").optional(),
      ZoneId: MainZone.optional(),
      PublicNetworkMonthly: inThrees(PublicNetworkMonthly).optional(),
      ...wanted,
      KafkaVersion: KafkaVersion.describe(
        "\nVersion of Kafka, like 2.8.1; DescribeCkafkaZone says what is sold.",
      ).optional(),
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
    input: shape(resized),
    output: dealt,
  },
  InstanceScalingDown: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Change given sizes of an hourly instance, mainly to shrink.",
    subject: "InstanceId",
    loses: shrinks,
    input: shape({
      ...resized,
      // A prepaid resize rounds up to the next step; this one only states it.
      DiskSize: inHundreds(resized.DiskSize.unwrap()).optional(),
      Partition: inHundreds(resized.Partition.unwrap()).optional(),
      UpgradeStrategy: oneOf(
        [1, 2],
        "1 steady, 2 fast.\nHow the change is carried out: with stability first (1) or with speed first (2).",
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
    input: shape({
      InstanceId,
      TimeSpan: integer("Months; default 1.\nFor how much longer the instance is paid.").min(1).optional(),
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
    input: shape({ InstanceId }),
    output: dealt,
  },
  DeleteInstancePre: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Isolate and destroy a prepaid instance, even in use by connectors or tasks.",
    loses: say`the instance with all its topics, messages, groups and users`,
    subject: "InstanceId",
    input: shape({ InstanceId }),
    output: dealt,
  },
  DeleteInstancePost: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Destroy an hourly instance, even in use by connectors or tasks.",
    loses: say`the instance with all its topics, messages, groups and users`,
    subject: "InstanceId",
    input: shape({ InstanceId }),
    output: z.object({ Result: z.object({ FlowId: num }) }),
  },
});
