// Topics: their life, settings, IP allow list, replicas and traffic.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { say, together } from "../../../src/model/line.ts";
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
  yes,
} from "../fields.ts";
import {
  bytes,
  CleanUpPolicy,
  date,
  IpWhiteList,
  NewCleanUpPolicy,
  NewRetentionMs,
  OneRule,
  RetentionBytes,
  rate,
  settings,
  settingsLoss,
  unclean,
} from "./settings.ts";

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
      AclRuleName: OneRule.optional(),
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
      SearchWordIgnoreCaseFlag: yes("\nWhether SearchWord finds upper and lower case alike."),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      AclRuleName: OneRule.optional(),
      OrderBy: z
        .enum(["PartitionNum", "CreateTime"])
        .describe(
          "Default newest.\nSorts by number of partitions (PartitionNum) or by time of creation (CreateTime); left out, the newest topic comes first.",
        )
        .optional(),
      OrderType: flag("1 descending.\nOrder of what OrderBy sorts: 0 ascending (default), 1 descending.").optional(),
      Filters: list(
        shape({
          Name: z.literal("ReplicaNum").describe("What is compared; only the number of replicas can be."),
          Values: z.array(z.string()).min(1).describe("Numbers of replicas to look for, as text."),
        }),
        "\nOnly topics with certain numbers of replicas (copies of each partition).",
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
      OutOfSyncReplicaOnly: yes("\nOnly partitions with replicas that lag behind their leader."),
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
      RankingType: z
        .enum(["PRO", "CON"])
        .describe(
          "Produce or consume.\nWhich traffic the topics are ranked by: PRO what is produced to them, CON what is consumed from them.",
        ),
      BeginDate: date(
        "ISO 8601 with time zone.\nStart of the time that is ranked, like 2026-01-31T00:00:00+08:00.",
      ).optional(),
      EndDate: date(
        "\nEnd of the time that is ranked, in ISO 8601 with time zone, like 2026-01-31T00:00:00+08:00.",
      ).optional(),
      BrokerIp: ip("\nRanks on this broker (one server of the cluster) only, by its IP address.").optional(),
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
      TopicName: text("\nName of the new topic: letters, digits, _ - and . only.").regex(
        /^[A-Za-z0-9_.-]+$/,
        "may hold only letters, digits, _ - and .",
      ),
      PartitionNum: integer(
        "Can only grow.\nInto how many partitions the topic is split; consumers of one group share them. At least 1.",
      ).min(1),
      ReplicaNum: settings.ReplicaNum,
      EnableWhiteList: settings.EnableWhiteList.optional(),
      IpWhiteList: IpWhiteList.optional(),
      CleanUpPolicy: CleanUpPolicy.optional(),
      Note: settings.Note.optional(),
      MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
      UncleanLeaderElectionEnable: flag(`${unclean}; left out, the instance decides.`).optional(),
      RetentionMs: NewRetentionMs.optional(),
      SegmentMs: settings.SegmentMs.optional(),
      MaxMessageBytes: settings.MaxMessageBytes.optional(),
      EnableAclRule: settings.EnableAclRule.optional(),
      AclRuleName: settings.AclRuleName.optional(),
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
    loses: (input) => {
      const losses = settingsLoss(input);
      if (input.EnableWhiteList === 1 || input.IpWhiteList !== undefined)
        losses.push(say`clients outside the IP allow list are locked out`);
      if (input.EnableWhiteList === 0) losses.push(say`without the allow list any address may use the topic`);
      if (input.EnableAclRule === 1 || input.AclRuleName !== undefined)
        losses.push(say`where it is the first to allow anybody, whoever the ACL rule does not allow is locked out`);
      if (input.EnableAclRule === 0) losses.push(say`without another ACL everybody may use the topic`);
      if ((input.QuotaProducerByteRate ?? -1) !== -1) losses.push(say`producers above the quota are throttled`);
      if ((input.QuotaConsumerByteRate ?? -1) !== -1) losses.push(say`consumers above the quota are throttled`);
      return together(losses);
    },
    input: shape({
      InstanceId,
      TopicName,
      Note: settings.Note.optional(),
      EnableWhiteList: settings.EnableWhiteList.optional(),
      MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
      UncleanLeaderElectionEnable: flag(`${unclean}.`).optional(),
      RetentionMs: settings.RetentionMs.optional(),
      MaxMessageBytes: settings.MaxMessageBytes.optional(),
      SegmentMs: settings.SegmentMs.optional(),
      CleanUpPolicy: NewCleanUpPolicy.optional(),
      IpWhiteList: IpWhiteList.optional(),
      EnableAclRule: settings.EnableAclRule.optional(),
      AclRuleName: settings.AclRuleName.optional(),
      RetentionBytes: RetentionBytes.optional(),
      Tags: Tags.optional(),
      QuotaProducerByteRate: rate("produced to").optional(),
      QuotaConsumerByteRate: rate("consumed from").optional(),
      ReplicaNum: settings.ReplicaNum.optional(),
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
    loses: (input) => together(input.Topic.flatMap(settingsLoss)),
    input: shape({
      InstanceId,
      Topic: list(
        shape({
          TopicName,
          PartitionNum: integer("New number of partitions in all; it can only grow.").min(1).optional(),
          Note: settings.Note.optional(),
          ReplicaNum: settings.ReplicaNum.optional(),
          CleanUpPolicy: NewCleanUpPolicy.optional(),
          MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
          UncleanLeaderElectionEnable: yes(
            "Whether a replica that lags behind may become a partition's leader: true yes, which can lose messages; false no.",
          ),
          RetentionMs: settings.RetentionMs.optional(),
          RetentionBytes: bytes(
            "How many bytes of messages are kept before the oldest are deleted: 1073741824 (1 GiB) to 1099511627776 (1 TiB).",
          )
            .min(1_073_741_824)
            .optional(),
          SegmentMs: settings.SegmentMs.max(7_776_000_000).optional(),
          MaxMessageBytes: settings.MaxMessageBytes.optional(),
          LogMsgTimestampType: settings.LogMsgTimestampType.optional(),
        }),
        "\nThe topics to change, at most 10, each with its new settings; what is left out stays.",
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
    input: shape({
      InstanceId,
      TopicName,
      PartitionNum: integer(
        "New total.\nHow many partitions the topic has afterwards, more than today; not how many are added.",
      ).min(1),
    }),
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
      IpWhiteList: list(ip("IP address."), "\nAddresses to add to those that may use the topic; at most 512.").max(512),
    }),
    output: acknowledged,
  },
  DeleteTopicIpWhiteList: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Remove IPs from a topic's allow list.",
    loses: say`access of the removed addresses to the topic`,
    subject: "TopicName",
    input: shape({
      InstanceId,
      TopicName,
      IpWhiteList: list(ip("IP address."), "\nAddresses to take off those that may use the topic."),
    }),
    output: acknowledged,
  },
  DeleteTopic: {
    effect: "destroy",
    bills: false,
    perSecond: 1,
    about: "Delete a topic, not within 60 s of creation.",
    loses: say`every message in the topic`,
    subject: "TopicName",
    input: shape({ InstanceId, TopicName }),
    output: acknowledged,
  },
});
