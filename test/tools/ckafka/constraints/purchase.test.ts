// What the reference states about buying instances, their prices and sizes.
import { constraints, long, type Row } from "../../../support/constraints.ts";

const InstanceId = "ckafka-test";
const network = { VpcId: "vpc-test", SubnetId: "subnet-test" };
const bought: Row[] = [
  [
    "InstanceType: up to 8",
    { InstanceType: 8, SpecificationsType: "standard" },
    { InstanceType: 9, SpecificationsType: "standard" },
    /InstanceType must be one of 1, 2/,
  ],
  [
    "InstanceType: 1 unless standard",
    { InstanceType: 2, SpecificationsType: "standard" },
    { InstanceType: 2 },
    /InstanceType must be 1 for profession/,
  ],
  ["DiskType: CLOUD_SSD, CLOUD_BASIC", { DiskType: "CLOUD_SSD" }, { DiskType: "SSD" }, /DiskType must be one of/],
  [
    "ElasticBandwidthSwitch: 0 or 1",
    { ElasticBandwidthSwitch: 1 },
    { ElasticBandwidthSwitch: 2 },
    /ElasticBandwidthSwitch must be one of 0, 1/,
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
const inThrees: Row = [
  "PublicNetworkMonthly: multiple of 3",
  { PublicNetworkMonthly: 6 },
  { PublicNetworkMonthly: 10 },
  /PublicNetworkMonthly must be a multiple of 3/,
];
const recent: Row[] = [
  [
    "StoreQuantityType: 0 or 1",
    { StoreQuantityType: 1 },
    { StoreQuantityType: 2 },
    /StoreQuantityType must be one of 0, 1/,
  ],
  [
    "CustomSSLCertId: profession only",
    { CustomSSLCertId: "cert" },
    { CustomSSLCertId: "cert", SpecificationsType: "standard" },
    /CustomSSLCertId is for SpecificationsType profession only/,
  ],
];
const aMonth: Row = [
  "MsgRetentionTime: at most 30 days",
  { MsgRetentionTime: 43_200 },
  { MsgRetentionTime: 43_201 },
  /MsgRetentionTime must be at most 43200/,
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
const edition: Row = [
  "SpecificationsType: standard, profession",
  { SpecificationsType: "standard" },
  { SpecificationsType: "premium" },
  /SpecificationsType must be one of/,
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
        "InstanceType: four editions",
        { InstanceType: "standards2" },
        { InstanceType: "basic" },
        /InstanceType must be one of/,
      ],
      [
        "InstanceChargeType: PREPAID, POSTPAID_BY_HOUR",
        { InstanceChargeParam: { InstanceChargeType: "POSTPAID_BY_HOUR" } },
        { InstanceChargeParam: { InstanceChargeType: "SPOT" } },
        /InstanceChargeParam\.InstanceChargeType must be one of/,
      ],
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
      [
        "DiskType: four kinds",
        { InquiryDiskParam: { ...disk, DiskType: "SSD" } },
        { InquiryDiskParam: { ...disk, DiskType: "HDD" } },
        /InquiryDiskParam\.DiskType must be one of/,
      ],
      ["Partition: at most 40000", { Partition: 40_000 }, { Partition: 40_100 }, /Partition must be at most 40000/],
      ["Partition: steps of 100", { Partition: 900 }, { Partition: 950 }, /Partition must be a multiple of 100/],
      [
        "CategoryAction: purchase, renew",
        { CategoryAction: "purchase" },
        { CategoryAction: "resize" },
        /CategoryAction must be one of/,
      ],
      [
        "BillType: three versions",
        { BillType: "sv_ckafka_instance_s2_3" },
        { BillType: "sv_ckafka_instance_s2_4" },
        /BillType must be one of/,
      ],
      [
        "PublicNetworkChargeType: prepaid, by the hour",
        { PublicNetworkParam: { PublicNetworkChargeType: "BANDWIDTH_PREPAID" } },
        { PublicNetworkParam: { PublicNetworkChargeType: "TRAFFIC" } },
        /PublicNetworkParam\.PublicNetworkChargeType must be one of/,
      ],
      [
        "PublicNetworkMonthly: 0 or a multiple of 3",
        { PublicNetworkParam: { PublicNetworkMonthly: 0 } },
        { PublicNetworkParam: { PublicNetworkMonthly: 10 } },
        /PublicNetworkParam\.PublicNetworkMonthly must be a multiple of 3/,
      ],
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
      [
        "BandWidth: profession at most 100000 MB/s",
        { BandWidth: 100_000 },
        { BandWidth: 100_001 },
        /BandWidth must be at most 100000/,
      ],
      ["AutoVoucher: 0 or 1", { AutoVoucher: 1 }, { AutoVoucher: 2 }, /AutoVoucher must be one of 0, 1/],
      inThrees,
      ...recent,
      ...bought,
    ],
  },
  CreatePostPaidInstance: {
    base: { ...network, ZoneIds: [1, 2], SpecificationsType: "profession" },
    rows: [
      [
        "InstanceName: at most 128 characters",
        { InstanceName: long(128) },
        { InstanceName: long(129) },
        /InstanceName may have at most 128/,
      ],
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
        "InstanceName: at most 64 characters",
        { InstanceName: long(64) },
        { InstanceName: long(65) },
        /InstanceName may have at most 64/,
      ],
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
      aMonth,
      edition,
      inThrees,
      ...bought,
    ],
  },
  ModifyInstancePre: { base: { InstanceId }, rows: resized },
  InstanceScalingDown: {
    base: { InstanceId, UpgradeStrategy: 1 },
    rows: [
      [
        "UpgradeStrategy: 1 or 2",
        { UpgradeStrategy: 2 },
        { UpgradeStrategy: 3 },
        /UpgradeStrategy must be one of 1, 2/,
      ],
      ["DiskSize: steps of 100", { DiskSize: 500 }, { DiskSize: 550 }, /DiskSize must be a multiple of 100/],
      ["Partition: steps of 100", { Partition: 800 }, { Partition: 850 }, /Partition must be a multiple of 100/],
      ...resized,
    ],
  },
});
