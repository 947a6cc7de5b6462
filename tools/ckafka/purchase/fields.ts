// What is bought with an instance, and what a resize gives it.
import { z } from "zod/v3";
import { flag, InstanceId, integer, list, Tags, text, yes, ZoneId } from "../fields.ts";

export const inThrees = (model: z.ZodNumber) => model.refine((n) => n % 3 === 0, "must be a multiple of 3");
export const inHundreds = (model: z.ZodNumber) => model.refine((n) => n % 100 === 0, "must be a multiple of 100");

export const InstanceName = text("\nName of the new instance, for people.");
export const MainZone = ZoneId.describe(
  "\nNumber of the availability zone (a site within the region), like 100003; of several zones, the main one.",
);
// No list of versions: the reference's own lists disagree, and DescribeCkafkaZone says what is on sale.
export const KafkaVersion = text(
  "Default 2.4.1.\nVersion of Kafka, like 2.8.1; DescribeCkafkaZone says what is sold.",
).regex(/^\d+\.\d+\.\d+$/, "must be like 2.8.1");
/** Parameters of everything that is bought. */
export const wanted = {
  ClusterId: integer(
    "\nNumber of the cluster that the instance is placed on, for those who want to choose it.",
  ).optional(),
  KafkaVersion: KafkaVersion.optional(),
  DiskType: z
    .enum(["CLOUD_SSD", "CLOUD_BASIC"])
    .describe(
      "Default CLOUD_BASIC.\nKind of disk: CLOUD_SSD is solid state, CLOUD_BASIC high-performance. Not for standard.",
    )
    .optional(),
  MultiZoneFlag: yes("\nWhether the instance is spread over several availability zones; true needs ZoneIds."),
  ZoneIds: list(
    z.number().int(),
    "\nNumbers of all availability zones of an instance that is in several, the one in ZoneId included.",
  ).optional(),
  InstanceNum: integer("\nHow many instances to buy, default 1; the names of several get suffixes.").min(1).optional(),
  Tags: Tags.optional(),
  ElasticBandwidthSwitch: flag(
    "\nElastic bandwidth, which can exceed what was bought: 1 on, 0 off (default).",
  ).optional(),
};
/** Settings that the older purchase does not know. */
export const recent = {
  CustomSSLCertId: text(
    "Profession.\nId of your own SSL certificate; only the professional edition uses it.",
  ).optional(),
  StoreQuantityType: flag("1 elastic.\nElastic storage: 1 on, 0 off (default).").optional(),
};
// Sizes of the international site's standard edition; everything else is 1.
export const InstanceType = integer(
  "1 unless international.\nSize of a standard edition instance of the international site: 1 general, 2 standard, 3 advanced, 4 capacity, 5 to 8 specialized-1 to specialized-4. Any other instance has 1.",
)
  .min(1)
  .max(8);
export const MONTH_IN_MINUTES = 43_200;
export const retention = (max: number) =>
  integer(
    `Minutes.\nHow long messages are kept where a topic does not say so itself: 1 to ${max} (${max / 1440} days), default 1440.`,
  )
    .min(1)
    .max(max);
export const BandWidth = integer(
  "MB/s; default 40.\nPeak bandwidth within the cloud, a size that the edition is sold in; premium ends at 360.",
).min(1);
export const PublicNetworkMonthly = integer(
  "Mbps beyond 3 free.\nBandwidth to the internet that is paid for: 0 leaves the free 3 Mbps, 3 makes it 6.",
).min(0);
const quota = (brief: string, what: string) =>
  inHundreds(integer(`${brief}\n${what}, a multiple of 100 that the edition is sold with.`).min(1));
export const disk = (brief: string) => quota(brief, "Disk space for messages");
export const partitions = (brief: string) => quota(brief, "How many partitions the instance can have");
export const topics = (brief: string) => quota(brief, "How many topics the instance can have");
export const edition = z.enum(["standard", "profession"]).describe("\nEdition: standard or profession (professional).");

export const resized = {
  InstanceId,
  DiskSize: integer("GB, multiple of 100.\nDisk space after the resize, at most 500000.")
    .min(1)
    .max(500_000)
    .optional(),
  BandWidth: integer("MB/s.\nPeak bandwidth within the cloud after the resize.").min(1).optional(),
  Partition: integer(
    "Quota, multiple of 100.\nHow many partitions the instance can have after the resize, at most 40000.",
  )
    .min(1)
    .max(40_000)
    .optional(),
};
