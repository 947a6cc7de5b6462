// Topics: their life, settings, IP allow list, replicas and traffic.
import { z } from "zod/v3";
import { domain } from "../src/action.ts";
import {
  acknowledged,
  aclRule,
  flag,
  InstanceId,
  integer,
  ip,
  limit,
  list,
  num,
  Offset,
  SearchWord,
  shape,
  str,
  Tags,
  TopicName,
  tags,
  text,
} from "./fields.ts";

const AclRuleName = text("ACL rule.");
const IpWhiteList = z.array(ip("IP address.")).describe("IPv4.");
const policies = "delete: by age; compact: latest per key.";
const CleanUpPolicy = z.enum(["delete", "compact", "compact, delete"]).describe(policies);
/** A change does not offer both at once, as creation does. */
const NewCleanUpPolicy = z.enum(["delete", "compact"]).describe(policies);
const settings = {
  Note: z.string().max(64).describe("Remark."),
  MinInsyncReplicas: integer("Default 1.").min(1),
  RetentionMs: integer("Default 2 h, up to 90 days.").min(60_000).max(7_776_000_000),
  SegmentMs: integer("From 1 day.").min(86_400_000),
  MaxMessageBytes: integer("Up to 12 MiB.").min(1024).max(12_582_912),
  LogMsgTimestampType: z.enum(["CreateTime", "LogAppendTime"]).describe("Timestamp."),
};
const bytes = integer("1 GiB to 1 TiB; -1 unlimited.").max(1_099_511_627_776);
/** A batch knows no -1. */
const RetentionBytes = bytes.refine((n) => n === -1 || n >= 1_073_741_824, "must be -1 or at least 1073741824 (1 GiB)");
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const date = (about: string) => text(about).refine((s) => ISO.test(s), "must be like 2026-01-31T00:00:00+08:00");
const unclean = "1 can lose messages.";
const rate = integer("MB/s; -1 unlimited.").min(-1);

const config = z.object({
  Retention: num.nullable(),
  MinInsyncReplicas: num.nullable(),
  CleanUpPolicy: str.nullable(),
  SegmentMs: num.nullable(),
  UncleanLeaderElectionEnable: num.nullable(),
  SegmentBytes: num.nullable(),
  MaxMessageBytes: num.nullable(),
  RetentionBytes: num.nullable(),
  LogMsgTimestampType: str.nullable(),
});
export const groupInfo = z.object({
  ErrorCode: str,
  State: str,
  ProtocolType: str,
  Protocol: str,
  Members: z.array(
    z.object({
      MemberId: str,
      ClientId: str,
      ClientHost: str,
      Assignment: z.object({ Version: num, Topics: z.array(z.object({ Topic: str, Partitions: z.array(num) })) }),
    }),
  ),
  Group: str,
});
const traffic = {
  TopicId: str,
  TopicName: str,
  PartitionNum: num,
  ReplicaNum: num,
  TopicTraffic: str,
  MessageHeap: num,
};

/** What a change of topic settings can destroy. Arguments alone decide, so a value that might be lower counts. */
function settingsLoss(change: {
  RetentionMs?: number | undefined;
  RetentionBytes?: number | undefined;
  CleanUpPolicy?: string | undefined;
  UncleanLeaderElectionEnable?: number | boolean | undefined;
  ReplicaNum?: number | undefined;
  MaxMessageBytes?: number | undefined;
  MinInsyncReplicas?: number | undefined;
}): string[] {
  const losses: string[] = [];
  if (change.RetentionMs !== undefined)
    losses.push("if it is shorter than before, messages older than the new retention are deleted");
  if (change.RetentionBytes !== undefined && change.RetentionBytes !== -1)
    losses.push("messages beyond the new log size are deleted");
  if (change.CleanUpPolicy?.includes("compact")) losses.push("compaction keeps only the latest message of each key");
  if (change.CleanUpPolicy?.includes("delete")) losses.push("messages past retention are deleted");
  if (change.UncleanLeaderElectionEnable) losses.push("an unclean leader election can lose acknowledged messages");
  if (change.MaxMessageBytes !== undefined) losses.push("if it is less than before, larger messages are refused");
  if (change.MinInsyncReplicas !== undefined)
    losses.push("if it is more than before, producers can fail while replicas are behind");
  if (change.ReplicaNum !== undefined) losses.push("fewer replicas survive fewer broker failures");
  return losses;
}
const joined = (losses: string[]) => (losses.length > 0 ? losses.join("; ") : undefined);
const needsIps = (input: { EnableWhiteList?: 0 | 1 | undefined; IpWhiteList?: string[] | undefined }) =>
  input.EnableWhiteList === 1 && !input.IpWhiteList?.length
    ? "EnableWhiteList 1 needs IpWhiteList with the addresses that may still connect"
    : undefined;

export const topic = domain({
  DescribeTopic: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List topics by name, briefly.",
    input: shape({
      InstanceId,
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      Limit: limit(20, 50).optional(),
      AclRuleName: AclRuleName.optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicList: z.array(z.object({ TopicId: str, TopicName: str, Note: str.nullable() })),
        TotalCount: num,
      }),
    }),
  },
  DescribeTopicDetail: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List topics with partitions, replicas, settings.",
    input: shape({
      InstanceId,
      SearchWord: SearchWord.optional(),
      SearchWordIgnoreCaseFlag: z.boolean().describe("Ignore case.").optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      AclRuleName: AclRuleName.optional(),
      OrderBy: z.enum(["PartitionNum", "CreateTime"]).describe("Default newest.").optional(),
      OrderType: flag("1 descending.").optional(),
      Filters: list(
        shape({ Name: z.literal("ReplicaNum"), Values: z.array(z.string()).min(1) }),
        "By replica count.",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicList: z.array(
          z.object({
            TopicName: str,
            TopicId: str,
            PartitionNum: num,
            ReplicaNum: num,
            Note: str,
            CreateTime: num,
            EnableWhiteList: z.boolean(),
            IpWhiteListCount: num,
            ForwardCosBucket: str,
            ForwardStatus: num,
            ForwardInterval: num,
            Config: config.nullable(),
            RetentionTimeConfig: z.object({ Expect: num, Current: num, ModTimeStamp: num }).nullable(),
            Status: num,
            Tags: tags.nullable(),
          }),
        ),
        TotalCount: num,
      }),
    }),
  },
  DescribeTopicAttributes: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show a topic's settings, quotas, IPs and partition health.",
    input: shape({ InstanceId, TopicName }),
    output: z.object({
      Result: z.object({
        TopicId: str,
        CreateTime: num,
        Note: str,
        PartitionNum: num,
        EnableWhiteList: num,
        IpWhiteList: z.array(str),
        Config: config,
        Partitions: z.array(z.object({ Partition: num, LeaderStatus: num, IsrNum: num, ReplicaNum: num })),
        EnableAclRule: num,
        AclRuleList: z.array(aclRule),
        QuotaConfig: z.object({ QuotaProducerByteRate: num.nullable(), QuotaConsumerByteRate: num.nullable() }),
        ReplicaNum: num,
      }),
    }),
  },
  DescribeTopicSubscribeGroup: {
    effect: "read",
    bills: false,
    perSecond: 10,
    about: "List a topic's consumer groups. Status 0: incomplete, ask again.",
    input: shape({ InstanceId, TopicName, Offset: Offset.optional(), Limit: limit(20).optional() }),
    output: z.object({
      Result: z.object({ TotalCount: num, StatusCountInfo: str, GroupsInfo: z.array(groupInfo), Status: num }),
    }),
  },
  DescribeTopicProduceConnection: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List a topic's producer connections.",
    input: shape({ InstanceId, TopicName }),
    output: z.object({
      Result: z.array(z.object({ IpAddr: str.nullable(), Time: str.nullable(), IsUnSupportVersion: z.boolean() })),
    }),
  },
  DescribeTopicSyncReplica: {
    effect: "read",
    bills: false,
    perSecond: 5,
    about: "Show each partition's leader, replicas, ISR and offsets.",
    input: shape({
      InstanceId,
      TopicName,
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      OutOfSyncReplicaOnly: z.boolean().describe("Filter.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicInSyncReplicaList: z.array(
          z.object({
            Partition: str,
            Leader: num,
            Replica: str,
            InSyncReplica: str,
            BeginOffset: num,
            EndOffset: num,
            MessageCount: num,
            OutOfSyncReplica: str,
          }),
        ),
        TotalCount: num,
      }),
    }),
  },
  DescribeTopicFlowRanking: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Rank topics by traffic (MB) and disk (bytes), groups by speed.",
    input: shape({
      InstanceId,
      RankingType: z.enum(["PRO", "CON"]).describe("Produce or consume."),
      BeginDate: date("ISO 8601 with time zone.").optional(),
      EndDate: date("ISO 8601.").optional(),
      BrokerIp: ip("Only this broker.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicFlow: z.array(z.object(traffic)),
        ConsumeSpeed: z.array(z.object({ ConsumerGroupName: str, Speed: num })),
        TopicMessageHeap: z.array(z.object(traffic)),
        BrokerIp: z.array(str),
        BrokerTopicData: z.array(z.object({ TopicName: str, TopicId: str, DataSize: num })),
        BrokerTopicFlowData: z.array(z.object({ TopicName: str, TopicId: str, TopicTraffic: str })).nullable(),
      }),
    }),
  },
  CreateTopic: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create a topic.",
    subject: "TopicName",
    input: shape({
      InstanceId,
      TopicName: text("Letters, digits, _ - and .").regex(
        /^[A-Za-z0-9_.-]+$/,
        "may hold only letters, digits, _ - and .",
      ),
      PartitionNum: integer("Can only grow.").min(1),
      ReplicaNum: integer("Up to 3.").min(1).max(3),
      EnableWhiteList: flag("1 admits only IpWhiteList.").optional(),
      IpWhiteList: IpWhiteList.optional(),
      CleanUpPolicy: CleanUpPolicy.optional(),
      Note: settings.Note.optional(),
      MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
      UncleanLeaderElectionEnable: flag(unclean).optional(),
      RetentionMs: settings.RetentionMs.optional(),
      SegmentMs: settings.SegmentMs.optional(),
      MaxMessageBytes: settings.MaxMessageBytes.optional(),
      EnableAclRule: flag("1 applies AclRuleName.").optional(),
      AclRuleName: AclRuleName.optional(),
      RetentionBytes: RetentionBytes.optional(),
      Tags: Tags.optional(),
      LogMsgTimestampType: settings.LogMsgTimestampType.optional(),
    }),
    rule: needsIps,
    output: z.object({ Result: z.object({ TopicId: str }) }),
  },
  ModifyTopicAttributes: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Change given settings of a topic.",
    subject: "TopicName",
    escalates: (input) => {
      const losses = settingsLoss(input);
      if (input.EnableWhiteList === 1 || input.IpWhiteList !== undefined)
        losses.push("clients outside the IP allow list are locked out");
      if ((input.QuotaProducerByteRate ?? -1) !== -1) losses.push("producers above the quota are throttled");
      if ((input.QuotaConsumerByteRate ?? -1) !== -1) losses.push("consumers above the quota are throttled");
      return joined(losses);
    },
    input: shape({
      InstanceId,
      TopicName,
      Note: settings.Note.optional(),
      EnableWhiteList: flag("1 admits only IpWhiteList.").optional(),
      MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
      UncleanLeaderElectionEnable: flag(unclean).optional(),
      RetentionMs: settings.RetentionMs.optional(),
      MaxMessageBytes: settings.MaxMessageBytes.optional(),
      SegmentMs: settings.SegmentMs.optional(),
      CleanUpPolicy: NewCleanUpPolicy.optional(),
      IpWhiteList: IpWhiteList.optional(),
      EnableAclRule: flag("1 applies AclRuleName.").optional(),
      AclRuleName: AclRuleName.optional(),
      RetentionBytes: RetentionBytes.optional(),
      Tags: Tags.optional(),
      QuotaProducerByteRate: rate.optional(),
      QuotaConsumerByteRate: rate.optional(),
      ReplicaNum: integer("Up to 3.").min(1).max(3).optional(),
      LogMsgTimestampType: settings.LogMsgTimestampType.optional(),
    }),
    rule: needsIps,
    output: acknowledged,
  },
  BatchModifyTopicAttributes: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Change given settings of topics; each has its ReturnCode.",
    // Of several topics, the instance that they are on.
    subject: ({ InstanceId, Topic: [first, second] }) => (first && !second ? first.TopicName : InstanceId),
    escalates: (input) => joined([...new Set(input.Topic.flatMap(settingsLoss))]),
    input: shape({
      InstanceId,
      Topic: list(
        shape({
          TopicName,
          PartitionNum: integer("New total; can only grow.").min(1).optional(),
          Note: settings.Note.optional(),
          ReplicaNum: integer("Up to 3.").min(1).max(3).optional(),
          CleanUpPolicy: NewCleanUpPolicy.optional(),
          MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
          UncleanLeaderElectionEnable: z.boolean().describe(unclean).optional(),
          RetentionMs: settings.RetentionMs.optional(),
          RetentionBytes: bytes.min(1_073_741_824).describe("1 GiB to 1 TiB.").optional(),
          SegmentMs: settings.SegmentMs.max(7_776_000_000).optional(),
          MaxMessageBytes: settings.MaxMessageBytes.optional(),
          LogMsgTimestampType: settings.LogMsgTimestampType.optional(),
        }),
        "Up to 10.",
      ).max(10),
    }),
    output: z.object({
      Result: z.array(z.object({ InstanceId: str, TopicName: str, ReturnCode: str, Message: str })),
    }),
  },
  CreatePartition: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Add partitions to a topic. Cannot be undone; keys change partition.",
    subject: "TopicName",
    input: shape({ InstanceId, TopicName, PartitionNum: integer("New total.").min(1) }),
    output: acknowledged,
  },
  CreateTopicIpWhiteList: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Add IPs to a topic's allow list.",
    subject: "TopicName",
    input: shape({
      InstanceId,
      TopicName,
      IpWhiteList: list(ip("IP address."), "IPv4, up to 512.").max(512),
    }),
    output: acknowledged,
  },
  DeleteTopicIpWhiteList: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Remove IPs from a topic's allow list.",
    loses: "access of the removed addresses to the topic",
    subject: "TopicName",
    input: shape({ InstanceId, TopicName, IpWhiteList: list(ip("IP address."), "IPv4.") }),
    output: acknowledged,
  },
  DeleteTopic: {
    effect: "destroy",
    bills: false,
    perSecond: 1,
    about: "Delete a topic, not within 60 s of creation.",
    loses: "every message in the topic",
    subject: "TopicName",
    input: shape({ InstanceId, TopicName }),
    output: acknowledged,
  },
});
