// The settings of an instance that can be changed.
import { z } from "zod/v3";
import { integer, meant, object, quantity, text, time } from "../../../src/model/field.ts";
import { OnOff } from "./codes.ts";

/** A switch of true and false. */
const onOff = (words: { true: string; false: string }, about: string, brief?: string) =>
  meant<boolean, boolean>(z.boolean(), { is: "code", words, ...(brief === undefined ? {} : { brief }) }, about);

const Config = object({
  AutoCreateTopicEnable: onOff(
    { true: "on", false: "off" },
    "true: a topic that does not exist is created by itself; false: it is not.",
  ).optional(),
  DefaultNumPartitions: quantity(
    "partitions",
    "Partitions of a topic created without a number; 3 if only AutoCreateTopicEnable is set.",
    { min: 1 },
  ).optional(),
  DefaultReplicationFactor: integer(
    "Replicas (copies) of a topic created without a number; 2 if only AutoCreateTopicEnable is set.",
    { min: 1 },
  ).optional(),
});
const DynamicRetentionConfig = object({
  Enable: OnOff.field("Whether retention follows the disk: 1 on, 0 off.").optional(),
  DiskQuotaPercentage: quantity("%", "How full the disk must be for retention to be cut, in percent.", {
    min: 0,
    max: 100,
    brief: "Percent full",
  }).optional(),
  StepForwardPercentage: quantity("%", "By how many percent retention is cut each time.", {
    min: 0,
    brief: "Percent cut each time",
  }).optional(),
  BottomRetention: quantity("min", "Retention that is never cut further, in minutes.", {
    min: 0,
    brief: "Minutes, never cut below",
  }).optional(),
});
const DynamicDiskConfig = object({
  Enable: OnOff.field("Whether the disk grows by itself: 1 on, 0 off.").optional(),
  StepForwardPercentage: quantity("%", "By how many percent the disk grows each time.", { min: 0 }).optional(),
  DiskQuotaPercentage: quantity("%", "How full the disk must be for it to grow, in percent.", {
    min: 0,
    max: 100,
  }).optional(),
  MaxDiskSpace: quantity("GB", "Size beyond which the disk never grows, in GB.", { min: 0 }).optional(),
});

export const settings = {
  MsgRetentionTime: quantity(
    "min",
    "How long messages are kept where a topic does not say so itself: 1 to 129600 minutes (90 days). Older ones are deleted.",
    { min: 1, max: 129_600, brief: "Topic default, minutes" },
  ).optional(),
  InstanceName: text("The instance's new name, for people.").optional(),
  Config: Config.describe(
    "True alone sets 3 partitions, 2 replicas.\nWhether topics are created by themselves, and with how many partitions and replicas.",
  ).optional(),
  DynamicRetentionConfig: DynamicRetentionConfig.describe(
    "As the disk fills, cuts retention.\nEach time the disk is as full as stated, messages are kept for less long, down to a bottom.",
  ).optional(),
  RebalanceTime: time(
    "s",
    "New time of a version upgrade or an enlargement that is already planned for the instance.",
  ).optional(),
  PublicNetwork: quantity(
    "Mbps",
    "Bandwidth of the public network (the internet), 3 to 999 Mbps; only the professional edition has one.",
    { min: 3, max: 999, brief: "Mbps; profession" },
  ).optional(),
  DynamicDiskConfig: DynamicDiskConfig.describe(
    "Deprecated: ModifyRoutineMaintenanceTask.\nDeprecated in favour of ModifyRoutineMaintenanceTask. Each time the disk is as full as stated it becomes larger, up to a maximum.",
  ).optional(),
  MaxMessageByte: quantity(
    "B",
    "Largest single message that the instance accepts, in bytes: 1025 to 12582911 (just under 12 MiB).",
    { min: 1025, max: 12_582_911, brief: "1025 to 12582911" },
  ).optional(),
  UncleanLeaderElectionEnable: OnOff.field(
    "Whether a replica that lags behind may become a partition's leader: 1 on, and what it lacks is lost; 0 off.",
    { brief: "1 can lose messages" },
  ).optional(),
  DeleteProtectionEnable: OnOff.field("Protection of the instance from being deleted: 1 switches it on, 0 off.", {
    brief: "1 on",
  }).optional(),
  RetentionBytes: quantity(
    "B",
    "How many bytes of messages are kept before the oldest are deleted; the default is -1, no limit.",
    { min: -1, special: { [-1]: "no limit" }, brief: "-1 unlimited" },
  ).optional(),
  AdminSecurity: onOff(
    { true: "risky admin calls blocked", false: "risky admin calls as ever" },
    "true blocks the high-risk calls of Kafka's admin API, false (default) leaves them alone; once switched off it cannot be switched on. Professional edition only.",
    "Blocks risky admin calls, perhaps for good; profession",
  ).optional(),
  TransactionalIdExpirationMs: quantity(
    "ms",
    "How long a transactional id can be idle before its uncommitted transaction expires, in ms: 3600000 (1 hour) to 604800000 (7 days).",
    { min: 3_600_000, max: 604_800_000, brief: "1 h to 7 d" },
  ).optional(),
};
