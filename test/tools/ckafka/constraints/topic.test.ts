// What the reference states about topics, messages and consumer groups.
import { constraints, long, many, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const onTopic = { InstanceId, TopicName: "orders" };
const inTopic = { InstanceId, Topic: "orders", Partition: 0 };

const notIp = /IpWhiteList\[0\] must be an IP address/;
const access: Row[] = [
  [
    "IpWhiteList: required with EnableWhiteList 1",
    { EnableWhiteList: 1, IpWhiteList: ["1.1.1.1"] },
    { EnableWhiteList: 1 },
    /EnableWhiteList 1 needs IpWhiteList/,
  ],
  ["IpWhiteList: of IPs", { IpWhiteList: ["1.1.1.1"] }, { IpWhiteList: ["1.1.1"] }, notIp],
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
  DescribeTopicSyncReplica: {
    base: onTopic,
    rows: [["Limit: above 0", { Limit: 21 }, { Limit: 0 }, /Limit must be at least 1/]],
  },
  DescribeTopicFlowRanking: {
    base: { InstanceId, RankingType: "PRO" },
    rows: [
      [
        "BeginDate: ISO 8601",
        { BeginDate: "2020-09-22T00:00:00+00:00" },
        { BeginDate: "22.09.2020" },
        /BeginDate must be a real date/,
      ],
      [
        "EndDate: ISO 8601",
        { EndDate: "2020-09-22T00:00:00Z" },
        { EndDate: "1600732800" },
        /EndDate must be a real date/,
      ],
      [
        "BeginDate: with its zone",
        { BeginDate: "2020-09-22T00:00:00+08:00" },
        { BeginDate: "2020-09-22T00:00:00" },
        /BeginDate must be like 2026-/,
      ],
      [
        "BeginDate: a day that there is",
        { BeginDate: "2024-02-29" },
        { BeginDate: "2026-02-30" },
        /must be a real date/,
      ],
      [
        "EndDate: not before BeginDate",
        { BeginDate: "2020-09-22", EndDate: "2020-09-23" },
        { BeginDate: "2020-09-22", EndDate: "2020-09-21" },
        /EndDate must not be before BeginDate/,
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
      ...access,
    ],
  },
  ModifyTopicAttributes: {
    base: onTopic,
    rows: access,
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
          "RetentionBytes: no -1",
          { RetentionBytes: 1_073_741_824 },
          { RetentionBytes: -1 },
          /RetentionBytes must be at least 1073741824/,
        ],
        ["Note: at most 64 characters", { Note: long(64) }, { Note: long(65) }, /Note may have at most 64/],
        [
          "MinInsyncReplicas: at least 1",
          { MinInsyncReplicas: 1 },
          { MinInsyncReplicas: 0 },
          /MinInsyncReplicas must be at least 1/,
        ],
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

  FetchMessageListByTimestamp: {
    base: inTopic,
    rows: [
      [
        "StartTime: 13 digits",
        { StartTime: 1_577_808_000_000 },
        { StartTime: 1_577_808_000 },
        /StartTime must be in milliseconds, of 13 digits: in seconds it would be 1577808000000/,
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

  CreateConsumer: {
    base: { InstanceId, GroupName: "billing" },
    rows: [["a topic in TopicName or TopicNameList", { TopicNameList: ["orders"] }, {}, /TopicName or TopicNameList/]],
  },
  ModifyGroupOffsets: {
    base: { InstanceId, Group: "billing", Topics: ["orders"], Strategy: 2, Offset: 0 },
    rows: [
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
