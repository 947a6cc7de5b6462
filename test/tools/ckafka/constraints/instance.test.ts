// What the reference states about instances: listing, changing and keeping them.
import { constraints, many, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const states: Row = [
  "Status: -1 to 5, 7",
  { Status: [-1, 0, 1, 2, 3, 4, 5, 7] },
  { Status: [6] },
  /Status\[0\] must be one of -1, 0, 1/,
];

constraints({
  DescribeInstances: {
    base: {},
    rows: [states, ["Limit: at most 100", { Limit: 100 }, { Limit: 101 }, /Limit must be at most 100/]],
  },
  DescribeTypeInstances: {
    base: {},
    rows: [states, ["Limit: at most 100", { Limit: 100 }, { Limit: 101 }, /Limit must be at most 100/]],
  },
  DescribeInstancesDetail: {
    base: {},
    rows: [
      states,
      ["Limit: at most 20", { Limit: 20 }, { Limit: 21 }, /Limit must be at most 20/],
      [
        "Filters: by five names",
        { Filters: [{ Name: "SubNetId", Values: ["subnet-1"] }] },
        { Filters: [{ Name: "Zone", Values: ["1"] }] },
        /Filters\[0\]\.Name must be one of "Ip"/,
      ],
      [
        "Filters: at most 10 values",
        { Filters: [{ Name: "Ip", Values: many(10, "1.1.1.1") }] },
        { Filters: [{ Name: "Ip", Values: many(11, "1.1.1.1") }] },
        /Filters\[0\]\.Values must have at most 10/,
      ],
    ],
  },
  DescribeRegion: {
    base: {},
    rows: [
      ["Business: ckafka, cmq", { Business: "cmq" }, { Business: "tdmq" }, /Business must be one of "ckafka", "cmq"/],
    ],
  },
  ModifyInstanceAttributes: {
    base: { InstanceId },
    rows: [
      [
        "MsgRetentionTime: at least 1 minute",
        { MsgRetentionTime: 1 },
        { MsgRetentionTime: 0 },
        /MsgRetentionTime must be at least 1/,
      ],
      [
        "MsgRetentionTime: at most 90 days",
        { MsgRetentionTime: 129_600 },
        { MsgRetentionTime: 129_601 },
        /MsgRetentionTime must be at most 129600/,
      ],
      [
        "PublicNetwork: at least 3 Mbps",
        { PublicNetwork: 3 },
        { PublicNetwork: 2 },
        /PublicNetwork must be at least 3/,
      ],
      [
        "PublicNetwork: at most 999 Mbps",
        { PublicNetwork: 999 },
        { PublicNetwork: 1000 },
        /PublicNetwork must be at most 999/,
      ],
      [
        "MaxMessageByte: above 1024",
        { MaxMessageByte: 1025 },
        { MaxMessageByte: 1024 },
        /MaxMessageByte must be at least 1025/,
      ],
      [
        "MaxMessageByte: below 12582912",
        { MaxMessageByte: 12_582_911 },
        { MaxMessageByte: 12_582_912 },
        /MaxMessageByte must be at most 12582911/,
      ],
      [
        "RebalanceTime: in seconds",
        { RebalanceTime: 1_566_144_000 },
        { RebalanceTime: 1_566_144_000_000 },
        /RebalanceTime must be in seconds/,
      ],
    ],
  },
  // Fewer forms than the reference's own reading: what it gives by example only.
  UpgradeBrokerVersion: {
    base: { InstanceId, SourceVersion: "2.8.1", TargetVersion: "2.8.2" },
    rows: [
      [
        "DelayTimeStamp: a real moment",
        { Type: 1, DelayTimeStamp: "2020-08-21 11:15:54" },
        { Type: 1, DelayTimeStamp: "2020-02-30 11:15:54" },
        /DelayTimeStamp must be a real moment in Beijing time/,
      ],
    ],
  },
  ModifyRoutineMaintenanceTask: {
    base: { InstanceId, MaintenanceType: "QUOTA", MaintenanceSubtype: "INSTANCE_STORAGE_CAPACITY" },
    rows: [
      ["Week: days 1 to 7", { Week: "1,7" }, { Week: "8" }, /Week must be days of the week, 1 to 7/],
      [
        "ExtraConfig: a JSON object",
        { ExtraConfig: '{"key":"value"}' },
        { ExtraConfig: "[1]" },
        /ExtraConfig must be the text of a JSON object/,
      ],
    ],
  },
});
