// What the reference states about topics, messages and consumer groups.
import { constraints, long, many, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const onTopic = { InstanceId, TopicName: "orders" };
const inTopic = { InstanceId, Topic: "orders", Partition: 0 };

const config: Row[] = [
  ["Note: at most 64 characters", { Note: long(64) }, { Note: long(65) }, /Note may have at most 64/],
  [
    "MinInsyncReplicas: at least 1",
    { MinInsyncReplicas: 1 },
    { MinInsyncReplicas: 0 },
    /MinInsyncReplicas must be at least 1/,
  ],
  [
    "RetentionMs: at least 1 minute",
    { RetentionMs: 60_000 },
    { RetentionMs: 59_999 },
    /RetentionMs must be at least 60000/,
  ],
  [
    "RetentionMs: at most 90 days",
    { RetentionMs: 7_776_000_000 },
    { RetentionMs: 7_776_000_001 },
    /RetentionMs must be at most 7776000000/,
  ],
  [
    "SegmentMs: at least 1 day",
    { SegmentMs: 86_400_000 },
    { SegmentMs: 86_399_999 },
    /SegmentMs must be at least 86400000/,
  ],
  [
    "MaxMessageBytes: at least 1 KiB",
    { MaxMessageBytes: 1024 },
    { MaxMessageBytes: 1023 },
    /MaxMessageBytes must be at least 1024/,
  ],
  [
    "MaxMessageBytes: at most 12 MiB",
    { MaxMessageBytes: 12_582_912 },
    { MaxMessageBytes: 12_582_913 },
    /MaxMessageBytes must be at most 12582912/,
  ],
  [
    "RetentionBytes: at least 1 GiB",
    { RetentionBytes: 1_073_741_824 },
    { RetentionBytes: 1_073_741_823 },
    /RetentionBytes must be (-1 or )?at least 1073741824/,
  ],
  [
    "RetentionBytes: at most 1 TiB",
    { RetentionBytes: 1_099_511_627_776 },
    { RetentionBytes: 1_099_511_627_777 },
    /RetentionBytes must be at most 1099511627776/,
  ],
  [
    "LogMsgTimestampType: CreateTime, LogAppendTime",
    { LogMsgTimestampType: "LogAppendTime" },
    { LogMsgTimestampType: "Now" },
    /LogMsgTimestampType must be one of/,
  ],
];
const unlimited: Row = [
  "RetentionBytes: -1 is no limit",
  { RetentionBytes: -1 },
  { RetentionBytes: 0 },
  /RetentionBytes must be -1 or/,
];
const notIp = /IpWhiteList\[0\] must be an IP address/;
const access: Row[] = [
  ["EnableWhiteList: 0 or 1", { EnableWhiteList: 0 }, { EnableWhiteList: 2 }, /EnableWhiteList must be one of 0, 1/],
  [
    "IpWhiteList: required with EnableWhiteList 1",
    { EnableWhiteList: 1, IpWhiteList: ["1.1.1.1"] },
    { EnableWhiteList: 1 },
    /EnableWhiteList 1 needs IpWhiteList/,
  ],
  ["IpWhiteList: of IPs", { IpWhiteList: ["1.1.1.1"] }, { IpWhiteList: ["1.1.1"] }, notIp],
  ["EnableAclRule: 0 or 1", { EnableAclRule: 1 }, { EnableAclRule: 2 }, /EnableAclRule must be one of 0, 1/],
  [
    "UncleanLeaderElectionEnable: 0 or 1",
    { UncleanLeaderElectionEnable: 1 },
    { UncleanLeaderElectionEnable: 2 },
    /UncleanLeaderElectionEnable must be one of 0, 1/,
  ],
];
/** The same rows for an entry of BatchModifyTopicAttributes' list. */
const inBatch = (rows: Row[]): Row[] =>
  rows.map(([says, valid, invalid, refusal]) => [
    `Topic.${says}`,
    { Topic: [{ TopicName: "orders", ...valid }] },
    { Topic: [{ TopicName: "orders", ...invalid }] },
    new RegExp(`Topic\\[0\\]\\.${refusal.source}`),
  ]);

constraints({
  DescribeTopic: {
    base: { InstanceId },
    rows: [["Limit: at most 50", { Limit: 50 }, { Limit: 51 }, /Limit must be at most 50/]],
  },
  DescribeTopicDetail: {
    base: { InstanceId },
    rows: [
      ["Limit: above 0", { Limit: 1 }, { Limit: 0 }, /Limit must be at least 1/],
      ["OrderBy: PartitionNum, CreateTime", { OrderBy: "PartitionNum" }, { OrderBy: "Size" }, /OrderBy must be one of/],
      ["OrderType: 0 ascending, 1 descending", { OrderType: 1 }, { OrderType: 2 }, /OrderType must be one of 0, 1/],
      [
        "Filters: by ReplicaNum only",
        { Filters: [{ Name: "ReplicaNum", Values: ["1"] }] },
        { Filters: [{ Name: "Note", Values: ["1"] }] },
        /Filters\[0\]\.Name must be "ReplicaNum"/,
      ],
    ],
  },
  DescribeTopicSubscribeGroup: {
    base: onTopic,
    rows: [["Offset: unsigned", { Offset: 0 }, { Offset: -1 }, /Offset must be at least 0/]],
  },
  DescribeTopicSyncReplica: {
    base: onTopic,
    rows: [
      ["Limit: above 0", { Limit: 21 }, { Limit: 0 }, /Limit must be at least 1/],
      ["Offset: unsigned", { Offset: 0 }, { Offset: -1 }, /Offset must be at least 0/],
    ],
  },
  DescribeTopicFlowRanking: {
    base: { InstanceId, RankingType: "PRO" },
    rows: [
      [
        "RankingType: PRO, CON",
        { RankingType: "CON" },
        { RankingType: "IN" },
        /RankingType must be one of "PRO", "CON"/,
      ],
      [
        "BeginDate: ISO 8601",
        { BeginDate: "2020-09-22T00:00:00+00:00" },
        { BeginDate: "22.09.2020" },
        /BeginDate must be like 2026-/,
      ],
      [
        "EndDate: ISO 8601",
        { EndDate: "2020-09-22T00:00:00Z" },
        { EndDate: "1600732800" },
        /EndDate must be like 2026-/,
      ],
      ["BrokerIp: an IP", { BrokerIp: "10.0.0.14" }, { BrokerIp: "broker-1" }, /BrokerIp must be an IP address/],
    ],
  },
  CreateTopic: {
    base: { ...onTopic, PartitionNum: 1, ReplicaNum: 2 },
    rows: [
      [
        "TopicName: letters, digits, _ - .",
        { TopicName: "a_B-9." },
        { TopicName: "a b" },
        /TopicName may hold only letters/,
      ],
      ["PartitionNum: above 0", { PartitionNum: 1 }, { PartitionNum: 0 }, /PartitionNum must be at least 1/],
      ["ReplicaNum: at most 3", { ReplicaNum: 3 }, { ReplicaNum: 4 }, /ReplicaNum must be at most 3/],
      [
        "CleanUpPolicy: delete, compact or both",
        { CleanUpPolicy: "compact, delete" },
        { CleanUpPolicy: "keep" },
        /CleanUpPolicy must be one of/,
      ],
      ...access,
      ...config,
      unlimited,
    ],
  },
  ModifyTopicAttributes: {
    base: onTopic,
    rows: [
      ["ReplicaNum: at least 1", { ReplicaNum: 1 }, { ReplicaNum: 0 }, /ReplicaNum must be at least 1/],
      ["ReplicaNum: at most 3", { ReplicaNum: 3 }, { ReplicaNum: 4 }, /ReplicaNum must be at most 3/],
      [
        "CleanUpPolicy: delete or compact",
        { CleanUpPolicy: "compact" },
        { CleanUpPolicy: "compact, delete" },
        /CleanUpPolicy must be one of "delete", "compact", got/,
      ],
      [
        "QuotaProducerByteRate: -1 is no limit",
        { QuotaProducerByteRate: -1 },
        { QuotaProducerByteRate: -2 },
        /QuotaProducerByteRate must be at least -1/,
      ],
      [
        "QuotaConsumerByteRate: -1 is no limit",
        { QuotaConsumerByteRate: -1 },
        { QuotaConsumerByteRate: -2 },
        /QuotaConsumerByteRate must be at least -1/,
      ],
      ...access,
      ...config,
      unlimited,
    ],
  },
  BatchModifyTopicAttributes: {
    base: { InstanceId, Topic: [{ TopicName: "orders" }] },
    rows: [
      [
        "Topic: at most 10 entries",
        { Topic: many(10, { TopicName: "orders" }) },
        { Topic: many(11, { TopicName: "orders" }) },
        /Topic must have at most 10/,
      ],
      ...inBatch([
        [
          "CleanUpPolicy: delete or compact",
          { CleanUpPolicy: "compact" },
          { CleanUpPolicy: "compact, delete" },
          /CleanUpPolicy must be one of "delete", "compact", got/,
        ],
        [
          "SegmentMs: at most 90 days",
          { SegmentMs: 7_776_000_000 },
          { SegmentMs: 7_776_000_001 },
          /SegmentMs must be at most 7776000000/,
        ],
        [
          "RetentionBytes: no -1",
          { RetentionBytes: 1_073_741_824 },
          { RetentionBytes: -1 },
          /RetentionBytes must be at least 1073741824/,
        ],
        ...config,
      ]),
    ],
  },
  CreateTopicIpWhiteList: {
    base: { ...onTopic, IpWhiteList: ["1.1.1.1"] },
    rows: [
      [
        "IpWhiteList: at most 512",
        { IpWhiteList: many(512, "1.1.1.1") },
        { IpWhiteList: many(513, "1.1.1.1") },
        /IpWhiteList must have at most 512/,
      ],
      ["IpWhiteList: of IPs", {}, { IpWhiteList: ["1.1.1"] }, notIp],
    ],
  },
  DeleteTopicIpWhiteList: {
    base: { ...onTopic, IpWhiteList: ["1.1.1.1"] },
    rows: [["IpWhiteList: of IPs", {}, { IpWhiteList: ["1.1.1"] }, notIp]],
  },

  FetchMessageListByOffset: {
    base: { ...inTopic, Offset: 0 },
    rows: [
      [
        "SinglePartitionRecordNumber: at most 20",
        { SinglePartitionRecordNumber: 20 },
        { SinglePartitionRecordNumber: 21 },
        /SinglePartitionRecordNumber must be at most 20/,
      ],
    ],
  },
  FetchMessageListByTimestamp: {
    base: inTopic,
    rows: [
      [
        "StartTime: 13 digits",
        { StartTime: 1_577_808_000_000 },
        { StartTime: 1_577_808_000 },
        /StartTime must be a time of 13 digits/,
      ],
      [
        "SinglePartitionRecordNumber: at least 1",
        { SinglePartitionRecordNumber: 1 },
        { SinglePartitionRecordNumber: 0 },
        /SinglePartitionRecordNumber must be at least 1/,
      ],
      [
        "SinglePartitionRecordNumber: at most 20",
        { SinglePartitionRecordNumber: 20 },
        { SinglePartitionRecordNumber: 21 },
        /SinglePartitionRecordNumber must be at most 20/,
      ],
    ],
  },
  SendMessage: {
    base: { DataHubId: "datahub-test" },
    rows: [
      [
        "Message: at most 500",
        { Message: many(500, { Body: "x" }) },
        { Message: many(501, { Body: "x" }) },
        /Message must have at most 500/,
      ],
    ],
  },

  DescribeGroup: {
    base: { InstanceId },
    rows: [
      [
        "Filters: by GroupState only",
        { Filters: [{ Name: "GroupState", Values: ["Empty"] }] },
        { Filters: [{ Name: "Group", Values: ["Empty"] }] },
        /Filters\[0\]\.Name must be "GroupState"/,
      ],
      [
        "Filters: states Empty, Stable",
        { Filters: [{ Name: "GroupState", Values: ["Stable"] }] },
        { Filters: [{ Name: "GroupState", Values: ["Dead"] }] },
        /Filters\[0\]\.Values\[0\] must be one of/,
      ],
    ],
  },
  DescribeGroupOffsets: {
    base: { InstanceId, Group: "billing" },
    rows: [["Limit: at most 50", { Limit: 50 }, { Limit: 51 }, /Limit must be at most 50/]],
  },
  DescribeConsumerGroup: {
    base: { InstanceId },
    rows: [["Limit: at most 50", { Limit: 50 }, { Limit: 51 }, /Limit must be at most 50/]],
  },
  CreateConsumer: {
    base: { InstanceId, GroupName: "billing" },
    rows: [["a topic in TopicName or TopicNameList", { TopicNameList: ["orders"] }, {}, /TopicName or TopicNameList/]],
  },
  ModifyGroupOffsets: {
    base: { InstanceId, Group: "billing", Topics: ["orders"], Strategy: 2, Offset: 0 },
    rows: [
      ["Strategy: 0, 1, 2", {}, { Strategy: 3 }, /Strategy must be one of 0, 1, 2/],
      ["Shift: required with Strategy 0", { Strategy: 0, Shift: -10 }, { Strategy: 0 }, /Strategy 0 needs Shift/],
      [
        "ShiftTimestamp: required with Strategy 1",
        { Strategy: 1, ShiftTimestamp: -2 },
        { Strategy: 1 },
        /Strategy 1 needs ShiftTimestamp/,
      ],
      ["Offset: required with Strategy 2", { Offset: 5 }, { Offset: undefined }, /Strategy 2 needs Offset/],
      [
        "ShiftTimestamp: -2, -1 or a time",
        { Strategy: 1, ShiftTimestamp: -1 },
        { Strategy: 1, ShiftTimestamp: -3 },
        /ShiftTimestamp must be in milliseconds/,
      ],
      [
        "ShiftTimestamp: ms, not s",
        { Strategy: 1, ShiftTimestamp: 1_772_193_600_000 },
        { Strategy: 1, ShiftTimestamp: 1_772_193_600 },
        /ShiftTimestamp must be in milliseconds, of 13 digits: in seconds it would be 1772193600000/,
      ],
      [
        "ShiftTimestamp: ms, not microseconds",
        { Strategy: 1, ShiftTimestamp: "2026-02-27T12:00:00Z" },
        { Strategy: 1, ShiftTimestamp: 1_772_193_600_000_000 },
        /ShiftTimestamp must be in milliseconds, of 13 digits, not in microseconds/,
      ],
    ],
  },
});
