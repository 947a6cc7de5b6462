// What can be set on a topic, and what that can destroy.
import { z } from "zod/v3";
import { type Line, say } from "../../../src/model/line.ts";
import { flag, integer, ip, text } from "../fields.ts";

/** For filters. */
export const OneRule = text("\nOnly topics under this preset ACL rule; DescribeAclRule lists the rules.");
export const IpWhiteList = z
  .array(ip("IP address."))
  .describe("\nThe only addresses that may use the topic while EnableWhiteList is 1, which needs this.");
const policies =
  "delete: by age; compact: latest per key.\ndelete removes messages past their retention, compact keeps the latest message of each key";
export const CleanUpPolicy = z
  .enum(["delete", "compact", "compact, delete"])
  .describe(`${policies}, "compact, delete" does both. The default is delete.`);
/** A change does not offer both at once, as creation does. */
export const NewCleanUpPolicy = z.enum(["delete", "compact"]).describe(`${policies}.`);

const kept = "How long messages are kept before they are deleted, in ms: 60000 (1 minute) to 7776000000 (90 days)";
const RetentionMs = integer(`\n${kept}.`).min(60_000).max(7_776_000_000);
export const NewRetentionMs = RetentionMs.describe(`Default 2 h.\n${kept}; the default is 7200000.`);

export const settings = {
  Note: z.string().max(64).describe("\nRemark on the topic, for people; at most 64 characters."),
  EnableWhiteList: flag(
    "1 admits only IpWhiteList.\nWhether only the addresses in IpWhiteList may use the topic: 1 yes; 0 no, as in a new topic unless set.",
  ),
  ReplicaNum: integer(
    "\nHow many copies of each partition there are, each on another broker: 1 to 3, no more than there are brokers.",
  )
    .min(1)
    .max(3),
  MinInsyncReplicas: integer(
    "\nHow many replicas must have a message before it counts as written, for producers that wait for all (acks -1); 1 in a new topic unless set.",
  ).min(1),
  RetentionMs,
  SegmentMs: integer(
    "\nAfter how long a new segment (file of the log) is begun, in ms; at least 86400000 (1 day), which a new topic has unless set.",
  ).min(86_400_000),
  MaxMessageBytes: integer("\nLargest message that the topic accepts, in bytes: 1024 to 12582912 (12 MiB).")
    .min(1024)
    .max(12_582_912),
  EnableAclRule: flag(
    "1 applies AclRuleName.\nWhether the preset ACL rule in AclRuleName decides who may use the topic: 1 yes, 0 no (default).",
  ),
  AclRuleName: text(
    "\nName of a preset ACL rule for the topic, with EnableAclRule 1; DescribeAclRule lists the rules.",
  ),
  LogMsgTimestampType: z
    .enum(["CreateTime", "LogAppendTime"])
    .describe("\nWhich time a message carries: CreateTime, when it was made, or LogAppendTime, when it was stored."),
};
export const bytes = (about: string) => integer(about).max(1_099_511_627_776);
/** A batch knows no -1. */
export const RetentionBytes = bytes(
  "-1 unlimited.\nHow many bytes of messages are kept before the oldest are deleted: 1073741824 (1 GiB) to 1099511627776 (1 TiB); -1, as in a new topic unless set, is no limit.",
).refine((n) => n === -1 || n >= 1_073_741_824, "must be -1 or at least 1073741824 (1 GiB)");
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
export const date = (about: string) => text(about).refine((s) => ISO.test(s), "must be like 2026-01-31T00:00:00+08:00");
/** Completed by its default, which differs. */
export const unclean =
  "1 can lose messages.\nWhether a replica that lags behind may become a partition's leader: 1 yes, and what it lacks is lost; 0 no";
export const rate = (done: string) =>
  integer(`MB/s; -1 unlimited.\nHow much may be ${done} the topic; faster clients are slowed down.`).min(-1);

/** What a change of topic settings can destroy. Arguments alone decide, so a value that might be lower counts. */
export function settingsLoss(change: {
  RetentionMs?: number | undefined;
  RetentionBytes?: number | undefined;
  CleanUpPolicy?: string | undefined;
  UncleanLeaderElectionEnable?: number | boolean | undefined;
  ReplicaNum?: number | undefined;
  MaxMessageBytes?: number | undefined;
  MinInsyncReplicas?: number | undefined;
}): Line[] {
  const losses: Line[] = [];
  if (change.RetentionMs !== undefined)
    losses.push(say`if it is shorter than before, messages older than the new retention are deleted`);
  if (change.RetentionBytes !== undefined && change.RetentionBytes !== -1)
    losses.push(say`messages beyond the new log size are deleted`);
  if (change.CleanUpPolicy?.includes("compact")) losses.push(say`compaction keeps only the latest message of each key`);
  if (change.CleanUpPolicy?.includes("delete")) losses.push(say`messages past retention are deleted`);
  if (change.UncleanLeaderElectionEnable) losses.push(say`an unclean leader election can lose acknowledged messages`);
  if (change.MaxMessageBytes !== undefined) losses.push(say`if it is less than before, larger messages are refused`);
  if (change.MinInsyncReplicas !== undefined)
    losses.push(say`if it is more than before, producers can fail while replicas are behind`);
  if (change.ReplicaNum !== undefined) losses.push(say`fewer replicas survive fewer broker failures`);
  return losses;
}
