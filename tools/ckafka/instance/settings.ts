// The settings of an instance that can be changed.
import { flag, integer, seconds, shape, text, yes } from "../fields.ts";

const percent = (about: string) => integer(about).min(0).max(100).optional();
const count = (about: string, least: number) => integer(about).min(least).optional();

const Config = shape({
  AutoCreateTopicEnable: yes("true: a topic that does not exist is created by itself; false: it is not."),
  DefaultNumPartitions: count(
    "Partitions of a topic created without a number; 3 if only AutoCreateTopicEnable is set.",
    1,
  ),
  DefaultReplicationFactor: count(
    "Replicas (copies) of a topic created without a number; 2 if only AutoCreateTopicEnable is set.",
    1,
  ),
});
const DynamicRetentionConfig = shape({
  Enable: flag("Whether retention follows the disk: 1 on, 0 off.").optional(),
  DiskQuotaPercentage: percent("How full the disk must be for retention to be cut, in percent."),
  StepForwardPercentage: count("By how many percent retention is cut each time.", 0),
  BottomRetention: count("Retention that is never cut further, in minutes.", 0),
});
const DynamicDiskConfig = shape({
  Enable: flag("Whether the disk grows by itself: 1 on, 0 off.").optional(),
  StepForwardPercentage: count("By how many percent the disk grows each time.", 0),
  DiskQuotaPercentage: percent("How full the disk must be for it to grow, in percent."),
  MaxDiskSpace: count("Size beyond which the disk never grows, in GB.", 0),
});

export const settings = {
  MsgRetentionTime: integer(
    "Topic default, minutes.\nHow long messages are kept where a topic does not say so itself: 1 to 129600 (90 days). Older ones are deleted.",
  )
    .min(1)
    .max(129_600)
    .optional(),
  InstanceName: text("\nThe instance's new name, for people.").optional(),
  Config: Config.describe(
    "True alone sets 3 partitions, 2 replicas.\nWhether topics are created by themselves, and with how many partitions and replicas.",
  ).optional(),
  DynamicRetentionConfig: DynamicRetentionConfig.describe(
    "As the disk fills, cuts retention.\nEach time the disk is as full as stated, messages are kept for less long, down to a bottom.",
  ).optional(),
  RebalanceTime: seconds(
    "Unix seconds.\nNew time of a version upgrade or an enlargement that is already planned for the instance.",
  ).optional(),
  PublicNetwork: integer(
    "Mbps; profession.\nBandwidth of the public network (the internet), 3 to 999; only the professional edition has one.",
  )
    .min(3)
    .max(999)
    .optional(),
  DynamicDiskConfig: DynamicDiskConfig.describe(
    "As it fills, grows the disk.\nEach time the disk is as full as stated it becomes larger, up to a maximum.",
  ).optional(),
  MaxMessageByte: integer(
    "\nLargest single message that the instance accepts, in bytes: 1025 to 12582911 (just under 12 MiB).",
  )
    .min(1025)
    .max(12_582_911)
    .optional(),
  UncleanLeaderElectionEnable: flag(
    "1 can lose messages.\nWhether a replica that lags behind may become a partition's leader: 1 yes, and what it lacks is lost; 0 no.",
  ).optional(),
  DeleteProtectionEnable: flag("\nProtection of the instance from being deleted: 1 switches it on, 0 off.").optional(),
  RetentionBytes: integer(
    "-1 unlimited.\nHow many bytes of messages are kept before the oldest are deleted; the default is -1, no limit.",
  )
    .min(-1)
    .optional(),
  AdminSecurity: yes(
    "Blocks risky admin calls, perhaps for good; profession.\ntrue blocks the high-risk calls of Kafka's admin API, false (default) leaves them alone; once switched off it cannot be switched on. Professional edition only.",
  ),
  TransactionalIdExpirationMs: integer(
    "\nHow long a transactional id can be idle before its uncommitted transaction expires, in ms: 3600000 (1 hour) to 604800000 (7 days).",
  )
    .min(3_600_000)
    .max(604_800_000)
    .optional(),
};
