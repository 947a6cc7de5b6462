// What can be set on a topic, and what the arguments alone say that this can take away or open.
import { isIP } from "node:net";
import { z } from "zod/v3";
import { type Field, integer, meant, name, quantity } from "../../../src/model/field.ts";
import { type Line, say } from "../../../src/model/line.ts";
import { type Quantity, quantityOf } from "../../../src/model/quantity.ts";
import { CleanUp, NewCleanUp, Switch, TimestampType } from "./codes.ts";

/** For filters. */
export const OneRule = name("rule", "Only topics under this preset ACL rule; DescribeAclRule lists the rules.");

const address: Field<string> = meant(
  z.string().refine((given) => isIP(given) !== 0, "must be an IP address"),
  { is: "plain" },
  "An IP address, and no range of them.",
);
export const ip = (about: string): Field<string> => meant(address, { is: "plain" }, about);
/** How many addresses one call takes. */
const MOST_IPS = 512;
const NO_RANGES = "IPs only, no CIDR";
export const ips = (about: string, { max }: { max?: boolean } = {}): Field<string[]> => {
  const list = z.array(address).min(1);
  return meant(max ? list.max(MOST_IPS) : list, { is: "plain", brief: NO_RANGES }, about);
};
export const IpWhiteList: Field<string[]> = meant(
  z.array(address),
  { is: "plain", brief: NO_RANGES },
  "The only addresses that may use the topic while EnableWhiteList is 1, which needs this.",
);

const policies =
  "What becomes of old messages: delete removes those past their retention, compact keeps the latest message of each key";
const policy = { brief: "delete: by age; compact: latest per key" };
export const CleanUpPolicy = CleanUp.field(`${policies}, "compact, delete" does both. The default is delete.`, policy);
export const NewCleanUpPolicy = NewCleanUp.field(`${policies}.`, policy);

const kept = "How long messages are kept before they are deleted: 60000 (1 minute) to 7776000000 (90 days)";
const retention = { min: 60_000, max: 7_776_000_000 };
/** A topic that is made without one. */
export const DEFAULT_RETENTION = quantityOf(7_200_000, "ms");
export const NewRetentionMs = quantity("ms", `${kept}; the default is 7200000.`, {
  ...retention,
  brief: "Default 2 h",
});

const begun =
  "After how long a new segment (file of the log) is begun; at least 86400000 (1 day), which a new topic has unless set.";
const segment = { min: 86_400_000, brief: "At least 1 day" };
export const SegmentMs = quantity("ms", begun, segment);
/** A batch has an upper bound as well. */
export const SegmentMsInBatch = quantity("ms", begun, { ...segment, max: 7_776_000_000 });

export const Note: Field<string> = meant(
  z.string().max(64),
  { is: "plain" },
  "A remark on the topic, for people; at most 64 characters.",
);
export const settings = {
  Note,
  EnableWhiteList: Switch.field(
    "Whether only the addresses in IpWhiteList may use the topic: 1 yes; 0 no, as in a new topic unless set.",
    { brief: "1 admits only IpWhiteList" },
  ),
  ReplicaNum: integer(
    "How many copies of each partition there are, each on another broker: 1 to 3, no more than there are brokers.",
    { min: 1, max: 3 },
  ),
  MinInsyncReplicas: integer(
    "How many replicas must have a message before it counts as written, for producers that wait for all (acks -1); 1 in a new topic unless set, and no more than ReplicaNum.",
    { min: 1 },
  ),
  RetentionMs: quantity("ms", `${kept}.`, { ...retention, brief: "60000 to 90 days" }),
  SegmentMs,
  MaxMessageBytes: quantity("B", "The largest message that the topic accepts: 1024 to 12582912 (12 MiB).", {
    min: 1024,
    max: 12_582_912,
    brief: "",
  }),
  EnableAclRule: Switch.field(
    "Whether the preset ACL rule in AclRuleName decides who may use the topic: 1 yes, 0 no (default).",
    { brief: "1 applies AclRuleName" },
  ),
  AclRuleName: name(
    "rule",
    "The name of a preset ACL rule for the topic, with EnableAclRule 1; DescribeAclRule lists the rules.",
  ),
  LogMsgTimestampType: TimestampType.field(
    "Which time a message carries: CreateTime, when it was made, or LogAppendTime, when it was stored.",
  ),
};

const GIB = 1_073_741_824;
const TIB = 1_099_511_627_776;
const size =
  "How many bytes of messages are kept before the oldest are deleted: 1073741824 (1 GiB) to 1099511627776 (1 TiB)";
export const RetentionBytes: Field<Quantity<"B">, number> = meant(
  z
    .number()
    .int()
    .max(TIB)
    .refine((n) => n === -1 || n >= GIB, `must be -1 or at least ${GIB} (1 GiB)`),
  { is: "quantity", unit: "B", special: { [-1]: "no limit" }, brief: "-1 unlimited" },
  `${size}; -1, as in a new topic unless set, is no limit.`,
);
/** A batch knows no -1. */
export const RetentionBytesInBatch = quantity("B", `${size}.`, { min: GIB, max: TIB, brief: "" });

/** Completed by its default, which differs. */
export const unclean =
  "Whether a replica that lags behind may become a partition's leader: 1 yes, and what it lacks is lost; 0 no";
export const rate = (done: string) =>
  quantity("MB/s", `How much may be ${done} the topic; faster clients are slowed down; -1 is no limit.`, {
    min: -1,
    special: { [-1]: "no limit" },
    brief: "MB/s; -1 unlimited",
  });
export const TopicName: Field<string> = meant(
  z
    .string()
    .min(1)
    .regex(/^[A-Za-z0-9_.-]+$/, "may hold only letters, digits, _ - and ."),
  { is: "name", of: "topic", form: "one" },
  "Name of the new topic: letters, digits, _ - and . only.",
);

/** The settings that a change can give, alone or in a batch. */
export interface Change {
  RetentionMs?: Quantity<"ms"> | undefined;
  RetentionBytes?: Quantity<"B"> | undefined;
  CleanUpPolicy?: string | undefined;
  UncleanLeaderElectionEnable?: number | boolean | undefined;
  ReplicaNum?: number | undefined;
  MaxMessageBytes?: Quantity<"B"> | undefined;
  MinInsyncReplicas?: number | undefined;
  PartitionNum?: Quantity<"partitions"> | undefined;
  EnableWhiteList?: 0 | 1 | undefined;
  IpWhiteList?: string[] | undefined;
  EnableAclRule?: 0 | 1 | undefined;
  AclRuleName?: string | undefined;
  Tags?: { TagKey: string; TagValue: string }[] | undefined;
  QuotaProducerByteRate?: Quantity<"MB/s"> | undefined;
  QuotaConsumerByteRate?: Quantity<"MB/s"> | undefined;
}
const UNLIMITED = -1;
const limits = (amount: Quantity<"B"> | Quantity<"MB/s"> | undefined) =>
  amount !== undefined && Number(amount as unknown) !== UNLIMITED;

/** What a change of settings can take away. Arguments alone decide, so a value that might be lower counts. */
export function mayLose(change: Change): Line[] {
  const { CleanUpPolicy = "" } = change;
  const found: [boolean, Line][] = [
    [
      change.RetentionMs !== undefined,
      say`if it is shorter than before, messages older than the new retention are deleted`,
    ],
    [limits(change.RetentionBytes), say`messages beyond the new log size are deleted`],
    [CleanUpPolicy.includes("compact"), say`compaction keeps only the latest message of each key`],
    [CleanUpPolicy.includes("delete"), say`messages past retention are deleted`],
    [
      Number(change.UncleanLeaderElectionEnable ?? 0) === 1,
      say`an unclean leader election can lose acknowledged messages`,
    ],
    [change.MaxMessageBytes !== undefined, say`if it is less than before, larger messages are refused`],
    [
      change.MinInsyncReplicas !== undefined,
      say`if it is more than before, producers can fail while replicas are behind`,
    ],
    [change.ReplicaNum !== undefined, say`fewer replicas survive fewer broker failures`],
    [change.Tags !== undefined, say`tags that are not given again are taken off`],
    [
      change.EnableWhiteList === 1 || change.IpWhiteList !== undefined,
      say`clients outside the IP allow list are locked out`,
    ],
    [
      change.EnableAclRule === 1 || change.AclRuleName !== undefined,
      say`where it is the first to allow anybody, whoever the ACL rule does not allow is locked out`,
    ],
    [limits(change.QuotaProducerByteRate), say`producers above the quota are throttled`],
    [limits(change.QuotaConsumerByteRate), say`consumers above the quota are throttled`],
  ];
  return found.flatMap(([is, line]) => (is ? [line] : []));
}
/** Whom a change of settings can let in. */
export function mayOpen(change: Change): Line[] {
  const found: [boolean, Line][] = [
    [change.EnableWhiteList === 0, say`without the allow list any address may use the topic`],
    [
      change.IpWhiteList !== undefined && change.EnableWhiteList !== 0,
      say`addresses that were not on its allow list may use the topic`,
    ],
    [change.EnableAclRule === 0, say`without another ACL everybody may use the topic`],
    [
      change.AclRuleName !== undefined && change.EnableAclRule !== 0,
      say`whoever the ACL rule allows may use the topic`,
    ],
  ];
  return found.flatMap(([is, line]) => (is ? [line] : []));
}
/** What growing means, and no action takes back. */
export const GROWN = say`partitions cannot be removed again, and keys map to other partitions from then on`;
