// Topics: their life, settings, IP allow list, replicas and traffic.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { codes, flag, foreign, integer, meant, name, object, quantity, time, total } from "../../../src/model/field.ts";
import { say, together } from "../../../src/model/line.ts";
import {
  acknowledged,
  aclRule,
  InstanceId,
  limit,
  list,
  num,
  Offset,
  SearchWord,
  str,
  Tags,
  TopicName,
  tags,
} from "../fields.ts";
import { groupInfo } from "../group/models.ts";
import {
  CleanUp,
  Collected,
  Forwarding,
  LeaderStatus,
  Order,
  OrderKey,
  Ranking,
  Switch,
  TimestampType,
  TopicStatus,
} from "./codes.ts";
import {
  CleanUpPolicy,
  GROWN,
  IpWhiteList,
  ip,
  ips,
  mayLose,
  mayOpen,
  NewCleanUpPolicy,
  NewRetentionMs,
  TopicName as NewTopicName,
  OneRule,
  RetentionBytes,
  RetentionBytesInBatch,
  rate,
  SegmentMsInBatch,
  settings,
  unclean,
} from "./settings.ts";

const config = z.object({
  Retention: quantity("ms", "How long messages are kept.").nullable(),
  MinInsyncReplicas: num.nullable(),
  CleanUpPolicy: CleanUp.open("What becomes of old messages.").nullable(),
  SegmentMs: quantity("ms", "After how long a new segment is begun.").nullable(),
  UncleanLeaderElectionEnable: Switch.open("Whether a replica that lags may lead.").nullable(),
  SegmentBytes: quantity("B", "From which size on a new segment is begun.").nullable(),
  MaxMessageBytes: quantity("B", "The largest message that is accepted.").nullable(),
  RetentionBytes: quantity("B", "How much of a partition is kept.", { special: { [-1]: "no limit" } }).nullable(),
  LogMsgTimestampType: TimestampType.open("Which time messages carry.").nullable(),
});
const quota = quantity("MB/s", "Where clients are slowed down.", { special: { [-1]: "no limit" } }).nullable();
/** What tells success, as text. */
const judged = (about: string, ...good: string[]) => meant<string, string>(str, { is: "success", good }, about);
const Topic = name("topic", "The topic.");
const PartitionNum = quantity("partitions", "How many partitions the topic has.");
const Note = foreign("What somebody noted on the topic.");
const CreateTime = time("s", "When the topic was created.");
/** The API writes a number of megabytes as text. */
const TopicTraffic = meant<string, string>(str, { is: "quantity", unit: "MB" }, "What went through the topic.");
const traffic = {
  TopicId: str,
  TopicName: Topic,
  PartitionNum,
  ReplicaNum: num,
  TopicTraffic,
  MessageHeap: quantity("B", "What the topic takes on disks.", { brief: "bytes on disk, no count of messages" }),
};

const needsIps = (input: { EnableWhiteList?: 0 | 1 | undefined; IpWhiteList?: string[] | undefined }) =>
  input.EnableWhiteList === 1 && !input.IpWhiteList?.length
    ? "EnableWhiteList 1 needs IpWhiteList with the addresses that may still connect"
    : undefined;
/** A day, or a moment with its zone: of one without, nobody knows where it is. */
const ZONED = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/;
const when = (date: unknown) => String(date);
/** Without a time a day begins in Beijing. */
const momentOf = (date: string) => Date.parse(date.length > 10 ? date : `${date}T00:00:00+08:00`);
function misdated({ BeginDate, EndDate }: { BeginDate?: unknown; EndDate?: unknown }): string | undefined {
  const given = Object.entries({ BeginDate, EndDate }).filter(([, date]) => date !== undefined);
  const zoneless = given.find(([, date]) => !ZONED.test(when(date)));
  if (zoneless) return `${zoneless[0]} must be like 2026-01-31T00:00:00+08:00, got ${JSON.stringify(zoneless[1])}`;
  if (given.length === 2 && momentOf(when(EndDate)) < momentOf(when(BeginDate)))
    return "EndDate must not be before BeginDate";
  return undefined;
}

export const topic = domain({
  DescribeTopic: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List topics by name, briefly.",
    input: object({
      InstanceId,
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      Limit: limit(20, 50).optional(),
      AclRuleName: OneRule.optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicList: z.array(z.object({ TopicId: str, TopicName: Topic, Note: Note.nullable() })),
        TotalCount: total("TopicList"),
      }),
    }),
  },
  DescribeTopicDetail: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List topics with partitions, replicas, settings.",
    input: object({
      InstanceId,
      SearchWord: SearchWord.optional(),
      SearchWordIgnoreCaseFlag: flag("Whether SearchWord finds upper and lower case alike.").optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      AclRuleName: OneRule.optional(),
      OrderBy: OrderKey.field(
        "Sorts by number of partitions (PartitionNum) or by time of creation (CreateTime); left out, the newest topic comes first.",
        { brief: "Default newest" },
      ).optional(),
      OrderType: Order.field("The order of what OrderBy sorts: 0 ascending (default), 1 descending.", {
        brief: "1 descending",
      }).optional(),
      Filters: list(
        object({
          Name: codes({ ReplicaNum: "replicas" }).field("What is compared; only the number of replicas can be."),
          Values: meant<string[], string[]>(
            z.array(z.string()).min(1),
            { is: "plain" },
            "The numbers of replicas to look for, as text.",
          ),
        }),
        "\nOnly topics with certain numbers of replicas (copies of each partition).",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicList: z.array(
          z.object({
            TopicName: Topic,
            TopicId: str,
            PartitionNum,
            ReplicaNum: num,
            Note,
            CreateTime,
            EnableWhiteList: flag("Whether the IP allow list is in force."),
            IpWhiteListCount: num,
            ForwardCosBucket: str,
            ForwardStatus: Forwarding.open("Whether messages are copied to object storage (COS)."),
            ForwardInterval: num,
            Config: config.nullable(),
            RetentionTimeConfig: z
              .object({
                Expect: quantity("min", "The retention that was asked for."),
                Current: quantity("min", "The retention in force, which the disk's state can shorten."),
                ModTimeStamp: time("ms", "When it last changed.", { special: { 0: "never" } }),
              })
              .nullable(),
            Status: TopicStatus.open("Whether the topic is there."),
            Tags: tags.nullable(),
          }),
        ),
        TotalCount: total("TopicList"),
      }),
    }),
  },
  DescribeTopicAttributes: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show a topic's settings, quotas, IPs and partition health.",
    input: object({ InstanceId, TopicName }),
    output: z.object({
      Result: z.object({
        TopicId: str,
        CreateTime,
        Note,
        PartitionNum,
        EnableWhiteList: Switch.open("Whether the IP allow list is in force."),
        IpWhiteList: z.array(str),
        Config: config,
        Partitions: z.array(
          z.object({
            Partition: num,
            LeaderStatus: LeaderStatus.open("How the partition's leader is."),
            IsrNum: num,
            ReplicaNum: num,
          }),
        ),
        EnableAclRule: Switch.open("Whether a preset ACL rule is in force."),
        AclRuleList: z.array(aclRule),
        QuotaConfig: z.object({ QuotaProducerByteRate: quota, QuotaConsumerByteRate: quota }),
        ReplicaNum: num,
      }),
    }),
  },
  DescribeTopicSubscribeGroup: {
    effect: "read",
    bills: false,
    perSecond: 10,
    about: "List a topic's consumer groups. Status 0: incomplete, ask again.",
    input: object({ InstanceId, TopicName, Offset: Offset.optional(), Limit: limit(20).optional() }),
    output: z.object({
      Result: z.object({
        TotalCount: total("GroupsInfo"),
        StatusCountInfo: str,
        GroupsInfo: z.array(groupInfo),
        Status: Collected.open("Whether the list is complete."),
      }),
    }),
  },
  DescribeTopicProduceConnection: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List a topic's producer connections.",
    input: object({ InstanceId, TopicName }),
    output: z.object({
      Result: z.array(
        z.object({
          IpAddr: str.nullable(),
          Time: time("Beijing", "Since when it is connected.").nullable(),
          IsUnSupportVersion: flag("Whether the client's version is supported, or is not.", {
            brief: "unclear: named unsupported, documented as supported",
          }),
        }),
      ),
    }),
  },
  DescribeTopicSyncReplica: {
    effect: "read",
    bills: false,
    perSecond: 5,
    about: "Show each partition's leader, replicas, ISR and offsets.",
    input: object({
      InstanceId,
      TopicName,
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      OutOfSyncReplicaOnly: flag("Only partitions with replicas that lag behind their leader.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TopicInSyncReplicaList: z.array(
          z.object({
            Partition: str,
            Leader: integer("The broker that leads it.", { special: { [-1]: "no leader" } }),
            Replica: str,
            InSyncReplica: str,
            BeginOffset: quantity("offsets", "The first offset that is still there."),
            EndOffset: quantity("offsets", "The offset that the next message will get."),
            MessageCount: quantity("messages", "How many messages there are."),
            OutOfSyncReplica: str,
          }),
        ),
        TotalCount: total("TopicInSyncReplicaList"),
      }),
    }),
  },
  DescribeTopicFlowRanking: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Rank topics by traffic (MB) and disk (bytes), groups by speed.",
    input: object({
      InstanceId,
      RankingType: Ranking.field(
        "Which traffic the topics are ranked by: PRO what is produced to them, CON what is consumed from them.",
        { brief: "Produce or consume" },
      ),
      BeginDate: time("ISO", "The start of the time that is ranked, with its zone, like 2026-01-31T00:00:00+08:00.", {
        brief: "ISO 8601 with time zone",
      }).optional(),
      EndDate: time("ISO", "The end of the time that is ranked, with its zone, like 2026-01-31T00:00:00+08:00.", {
        brief: "ISO 8601 with time zone",
      }).optional(),
      BrokerIp: ip("Ranks on this broker (one server of the cluster) only, by its IP address.").optional(),
    }),
    rule: misdated,
    output: z.object({
      Result: z.object({
        TopicFlow: z.array(z.object(traffic)),
        ConsumeSpeed: z.array(
          z.object({
            ConsumerGroupName: name("group", "The consumer group."),
            Speed: quantity("messages/min", "How fast the group consumes."),
          }),
        ),
        TopicMessageHeap: z.array(z.object(traffic)),
        BrokerIp: z.array(str),
        BrokerTopicData: z.array(
          z.object({
            TopicName: Topic,
            TopicId: str,
            DataSize: quantity("B", "What the topic takes on this broker's disk."),
          }),
        ),
        BrokerTopicFlowData: z.array(z.object({ TopicName: Topic, TopicId: str, TopicTraffic })).nullable(),
      }),
    }),
  },
  CreateTopic: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create a topic.",
    subject: "TopicName",
    input: object({
      InstanceId,
      TopicName: NewTopicName,
      PartitionNum: quantity(
        "partitions",
        "Into how many partitions the topic is split; consumers of one group share them. At least 1.",
        { min: 1, brief: "Can only grow" },
      ),
      ReplicaNum: settings.ReplicaNum,
      EnableWhiteList: settings.EnableWhiteList.optional(),
      IpWhiteList: IpWhiteList.optional(),
      CleanUpPolicy: CleanUpPolicy.optional(),
      Note: settings.Note.optional(),
      MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
      UncleanLeaderElectionEnable: Switch.field(`${unclean}; left out, the instance decides.`, {
        brief: "1 can lose messages",
      }).optional(),
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
    loses: (input) => together(mayLose(input)),
    opens: (input) => together(mayOpen(input)),
    input: object({
      InstanceId,
      TopicName,
      Note: settings.Note.optional(),
      EnableWhiteList: settings.EnableWhiteList.optional(),
      MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
      UncleanLeaderElectionEnable: Switch.field(`${unclean}.`, { brief: "1 can lose messages" }).optional(),
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
    loses: ({ Topic }) => together(Topic.flatMap(mayLose)),
    final: ({ Topic }) => (Topic.some((change) => change.PartitionNum !== undefined) ? GROWN : undefined),
    input: object({
      InstanceId,
      Topic: list(
        object({
          TopicName,
          PartitionNum: quantity("partitions", "The new number of partitions in all, not how many are added.", {
            min: 1,
            brief: "New total; only grows",
          }).optional(),
          Note: settings.Note.optional(),
          ReplicaNum: settings.ReplicaNum.optional(),
          CleanUpPolicy: NewCleanUpPolicy.optional(),
          MinInsyncReplicas: settings.MinInsyncReplicas.optional(),
          UncleanLeaderElectionEnable: flag(
            "Whether a replica that lags behind may become a partition's leader: true yes, and what it lacks is lost; false no.",
            { brief: "true can lose messages" },
          ).optional(),
          RetentionMs: settings.RetentionMs.optional(),
          RetentionBytes: RetentionBytesInBatch.optional(),
          SegmentMs: SegmentMsInBatch.optional(),
          MaxMessageBytes: settings.MaxMessageBytes.optional(),
          LogMsgTimestampType: settings.LogMsgTimestampType.optional(),
        }),
        "\nThe topics to change, at most 10, each with its new settings; what is left out stays.",
      ).max(10),
    }),
    output: z.object({
      Result: z.array(
        z.object({
          InstanceId: str,
          TopicName: Topic,
          ReturnCode: judged("Whether this topic was changed; 0 is success.", "0", "ok"),
          Message: foreign("What the API says of it."),
        }),
      ),
    }),
  },
  CreatePartition: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Add partitions to a topic. Cannot be undone; keys change partition.",
    subject: "TopicName",
    final: GROWN,
    input: object({
      InstanceId,
      TopicName,
      PartitionNum: quantity(
        "partitions",
        "How many partitions the topic has afterwards, more than today; not how many are added.",
        { min: 1, brief: "New total" },
      ),
    }),
    output: acknowledged,
  },
  CreateTopicIpWhiteList: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Add IPs to a topic's allow list.",
    subject: "TopicName",
    opens: say`the topic to the added addresses`,
    input: object({
      InstanceId,
      TopicName,
      IpWhiteList: ips("The addresses to add to those that may use the topic; at most 512.", { max: true }),
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
    input: object({
      InstanceId,
      TopicName,
      IpWhiteList: ips("The addresses to take off those that may use the topic."),
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
    input: object({ InstanceId, TopicName }),
    output: acknowledged,
  },
});
