// What is bought with an instance, and what a resize gives it.
import { z } from "zod/v3";
import { codes, flag, integer, meant, quantity, text } from "../../../src/model/field.ts";
import type { Unit } from "../../../src/model/quantity.ts";
import { InstanceId, Tags } from "../fields.ts";
import { OnOff } from "../instance/codes.ts";

const named = (max: number) => z.string().min(1).max(max);
export const InstanceName = meant<string, string>(named(128), { is: "plain" }, "Name of the new instance, for people.");
export const OldInstanceName = meant<string, string>(
  named(64).refine(
    (s) => /^[A-Za-z][A-Za-z0-9-]*$/.test(s),
    "must begin with a letter and hold only letters, digits and -",
  ),
  { is: "plain" },
  "Name of the new instance, for people: a letter, then letters, digits and -, at most 64.",
);
export const MainZone = integer(
  "Number of the availability zone (a site within the region), like 100003; of several zones, the main one.",
);
// No list of versions: the reference's own lists disagree, and DescribeCkafkaZone says what is on sale.
const version = (brief?: string) =>
  meant<string, string>(
    z.string().regex(/^\d+\.\d+\.\d+$/, "must be like 2.8.1"),
    { is: "plain", ...(brief === undefined ? {} : { brief }) },
    "Version of Kafka, like 2.8.1; DescribeCkafkaZone says what is sold.",
  );
export const KafkaVersion = version("Default 2.4.1");
export const OldKafkaVersion = version();
export const DiskType = codes({ CLOUD_SSD: "SSD cloud disk", CLOUD_BASIC: "high-performance cloud disk" });
export const zones = (brief: string) =>
  meant<number[], number[]>(
    z.array(z.number().int()).min(1),
    { is: "plain", brief },
    "Numbers of all availability zones of an instance that is in several, the one in ZoneId included.",
  );
/** Parameters of everything that is bought. */
export const wanted = {
  ClusterId: integer("Number of the cluster that the instance is placed on, for those who have one of their own.", {
    brief: "Own cluster; else leave out",
  }).optional(),
  KafkaVersion: KafkaVersion.optional(),
  DiskType: DiskType.field("Kind of disk: CLOUD_SSD is solid state, CLOUD_BASIC high-performance. Not for standard.", {
    brief: "Default CLOUD_BASIC",
  }).optional(),
  MultiZoneFlag: flag("Whether the instance is spread over several availability zones; true needs ZoneIds.", {
    brief: "true needs ZoneIds",
  }).optional(),
  ZoneIds: zones("All zones, ZoneId included").optional(),
  InstanceNum: integer("How many instances to buy, default 1; the names of several get suffixes.", {
    min: 1,
  }).optional(),
  Tags: Tags.optional(),
  ElasticBandwidthSwitch: OnOff.field(
    "Elastic bandwidth, which can exceed what was bought, for money: 1 on, 0 off (default).",
    { brief: "1: use beyond is billed" },
  ).optional(),
};
/** Settings that the older purchase does not know. */
export const recent = {
  CustomSSLCertId: text("Id of your own SSL certificate; only the professional edition uses it.", {
    brief: "Profession",
  }).optional(),
  StoreQuantityType: OnOff.field("Elastic storage: 1 on, 0 off (default).", { brief: "1 elastic" }).optional(),
};
/** Sizes of the international site's standard edition; everything else is 1. */
export const InstanceType = codes({
  1: "general, and every other edition",
  2: "standard",
  3: "advanced",
  4: "capacity",
  5: "specialized 1",
  6: "specialized 2",
  7: "specialized 3",
  8: "specialized 4",
}).field(
  "Size of a standard edition instance of the international site: 1 general, 2 standard, 3 advanced, 4 capacity, 5 to 8 specialized-1 to specialized-4. Any other instance has 1.",
  { brief: "1 unless international" },
);
export const MONTH_IN_MINUTES = 43_200;
export const retention = (max: number) =>
  quantity(
    "min",
    `How long messages are kept where a topic does not say so itself, in minutes: 1 to ${max} (${max / 1440} days), default 1440.`,
    { min: 1, max, brief: "Minutes" },
  );
/** @param min where the reference states it */
export const bandwidth = (brief: string, bounds: { min: number; max?: number } = { min: 1 }) =>
  quantity("MB/s", "Peak bandwidth within the cloud in MB/s, a size that the edition is sold in.", {
    ...bounds,
    brief,
  });
export const PublicNetworkMonthly = quantity(
  "Mbps",
  "Bandwidth to the internet that is paid for, in Mbps, a multiple of 3: 0 leaves the free 3 Mbps, 3 makes it 6.",
  { min: 0, step: 3, brief: "Mbps beyond 3 free, multiple of 3" },
);
const sold = <U extends Unit>(unit: U, brief: string, what: string) =>
  quantity(unit, `${what}, a multiple of 100 that the edition is sold with.`, { min: 1, step: 100, brief });
export const disk = (brief: string) => sold("GB", brief, "Disk space for messages in GB");
export const partitions = (brief: string) => sold("partitions", brief, "How many partitions the instance can have");
export const topics = (brief: string) => sold("topics", brief, "How many topics the instance can have");
export const Specification = codes({ standard: "standard edition", profession: "professional edition" });

/** @param step where a size that is none on sale is refused instead of rounded up */
export const resized = (step?: number) => {
  const steps = step === undefined ? {} : { step };
  return {
    InstanceId,
    DiskSize: quantity("GB", "Disk space after the resize in GB, at most 500000.", {
      ...{ min: 1, max: 500_000, brief: "GB, multiple of 100" },
      ...steps,
    }).optional(),
    BandWidth: quantity("MB/s", "Peak bandwidth within the cloud after the resize, in MB/s.", { min: 1 }).optional(),
    Partition: quantity("partitions", "How many partitions the instance can have after the resize, at most 40000.", {
      ...{ min: 1, max: 40_000, brief: "Quota, multiple of 100" },
      ...steps,
    }).optional(),
  };
};
