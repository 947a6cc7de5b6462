// What the reference states about buying instances, their prices and sizes.
import { constraints, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const network = { VpcId: "vpc-test", SubnetId: "subnet-test" };
const bought: Row[] = [
  [
    "InstanceType: up to 8",
    { InstanceType: 8, SpecificationsType: "standard" },
    { InstanceType: 9, SpecificationsType: "standard" },
    /InstanceType must be at most 8/,
  ],
  [
    "InstanceType: 1 unless standard",
    { InstanceType: 2, SpecificationsType: "standard" },
    { InstanceType: 2 },
    /InstanceType must be 1 for profession/,
  ],
  [
    "ZoneIds: list of a multi-zone instance",
    { MultiZoneFlag: true, ZoneIds: [1, 2] },
    { MultiZoneFlag: true, ZoneIds: undefined },
    /MultiZoneFlag true needs ZoneIds/,
  ],
  ["DiskSize: steps of 100", { DiskSize: 500 }, { DiskSize: 550 }, /DiskSize must be a multiple of 100/],
  ["Partition: steps of 100", { Partition: 800 }, { Partition: 850 }, /Partition must be a multiple of 100/],
];
const topics: Row = [
  "TopicNum: steps of 100",
  { TopicNum: 800 },
  { TopicNum: 850 },
  /TopicNum must be a multiple of 100/,
];
const recent: Row[] = [
  [
    "CustomSSLCertId: profession only",
    { CustomSSLCertId: "cert" },
    { CustomSSLCertId: "cert", SpecificationsType: "standard" },
    /CustomSSLCertId is for SpecificationsType profession only/,
  ],
];
const zones: Row = [
  "ZoneIds: contains ZoneId",
  { ZoneId: 1, ZoneIds: [1, 2] },
  { ZoneId: 1, ZoneIds: [2, 3] },
  /ZoneIds must contain ZoneId/,
];
const resized: Row[] = [
  ["DiskSize: at most 500000", { DiskSize: 500_000 }, { DiskSize: 500_100 }, /DiskSize must be at most 500000/],
  ["Partition: at most 40000", { Partition: 40_000 }, { Partition: 40_100 }, /Partition must be at most 40000/],
];

const disk = { DiskType: "CLOUD_SSD", DiskSize: 500 };
const quote = { Bandwidth: 40, InquiryDiskParam: disk, MessageRetention: 24, Topic: 100, Partition: 800 };
const unsized = {
  Bandwidth: undefined,
  InquiryDiskParam: undefined,
  MessageRetention: undefined,
  Topic: undefined,
  Partition: undefined,
};
const renewal = { CategoryAction: "renew", InstanceId };

constraints({
  InquireCkafkaPrice: {
    base: { InstanceType: "profession", ...quote },
    rows: [
      [
        "InstanceChargePeriod: required with PREPAID",
        { InstanceChargeParam: { InstanceChargeType: "PREPAID", InstanceChargePeriod: 1 } },
        { InstanceChargeParam: { InstanceChargeType: "PREPAID" } },
        /InstanceChargeParam needs InstanceChargePeriod/,
      ],
      ["Bandwidth: required to purchase", {}, { Bandwidth: undefined }, /a purchase needs Bandwidth/],
      [
        "InquiryDiskParam: required to purchase",
        {},
        { InquiryDiskParam: undefined },
        /a purchase needs InquiryDiskParam/,
      ],
      [
        "MessageRetention: required to purchase",
        {},
        { MessageRetention: undefined },
        /a purchase needs MessageRetention/,
      ],
      ["Topic: required to purchase", {}, { Topic: undefined }, /a purchase needs Topic/],
      ["Partition: required to purchase", {}, { Partition: undefined }, /a purchase needs Partition/],
      [
        "InstanceId: given to renew",
        { ...unsized, ...renewal, InstanceType: "standard" },
        { ...renewal, InstanceId: undefined },
        /a renewal of profession needs InstanceId/,
      ],
      [
        "Bandwidth: required for profession",
        renewal,
        { ...renewal, Bandwidth: undefined },
        /a renewal of profession needs Bandwidth/,
      ],
      [
        "InquiryDiskParam: required for premium",
        { ...renewal, InstanceType: "premium" },
        { ...renewal, InstanceType: "premium", InquiryDiskParam: undefined },
        /a renewal of premium needs InquiryDiskParam/,
      ],
      [
        "Partition: required for premium",
        { ...renewal, InstanceType: "premium" },
        { ...renewal, InstanceType: "premium", Partition: undefined },
        /a renewal of premium needs Partition/,
      ],
      ["Partition: at most 40000", { Partition: 40_000 }, { Partition: 40_100 }, /Partition must be at most 40000/],
      ["Partition: steps of 100", { Partition: 900 }, { Partition: 950 }, /Partition must be a multiple of 100/],
      [
        "PublicNetworkParam: profession only",
        { PublicNetworkParam: { PublicNetworkMonthly: 3 } },
        { PublicNetworkParam: { PublicNetworkMonthly: 3 }, InstanceType: "premium" },
        /PublicNetworkParam is for InstanceType profession only/,
      ],
    ],
  },
  CreateInstancePre: {
    base: {
      ...network,
      InstanceName: "shop",
      ZoneId: 1,
      Period: "1m",
      InstanceType: 1,
      SpecificationsType: "profession",
    },
    rows: [
      [
        "BandWidth: premium at most 360 MB/s",
        { BandWidth: 360, SpecificationsType: "premium" },
        { BandWidth: 361, SpecificationsType: "premium" },
        /BandWidth of at most 360/,
      ],
      ...recent,
      ...bought,
    ],
  },
  CreatePostPaidInstance: {
    base: { ...network, ZoneIds: [1, 2], SpecificationsType: "profession" },
    rows: [
      [
        "ZoneId and ZoneIds: not both empty",
        { ZoneId: 1, ZoneIds: undefined },
        { ZoneIds: undefined },
        /ZoneId or ZoneIds is needed/,
      ],
      topics,
      zones,
      ...recent,
      ...bought.filter(([says]) => !says.startsWith("ZoneIds")),
    ],
  },
  CreateInstancePost: {
    base: { ...network, InstanceName: "shop", BandWidth: 40, SpecificationsType: "profession" },
    rows: [
      [
        "InstanceName: begins with a letter",
        { InstanceName: "a1" },
        { InstanceName: "1a" },
        /InstanceName must begin with a letter/,
      ],
      [
        "InstanceName: letters, digits, -",
        { InstanceName: "a-1" },
        { InstanceName: "a_1" },
        /InstanceName must begin with a letter and hold only/,
      ],
      topics,
      zones,
      ...bought,
    ],
  },
  ModifyInstancePre: { base: { InstanceId }, rows: resized },
  InstanceScalingDown: {
    base: { InstanceId, UpgradeStrategy: 1 },
    rows: [
      ["DiskSize: steps of 100", { DiskSize: 500 }, { DiskSize: 550 }, /DiskSize must be a multiple of 100/],
      ["Partition: steps of 100", { Partition: 800 }, { Partition: 850 }, /Partition must be a multiple of 100/],
      ...resized,
    ],
  },
});
