// Instances (Kafka clusters), regions and zones.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { codes, integer, meant, name, names, object, quantity, text, time, total } from "../../../src/model/field.ts";
import {
  acknowledged,
  InstanceId,
  limit,
  num,
  Offset,
  OneInstance,
  SearchWord,
  str,
  Tags,
  tags,
  vip,
} from "../fields.ts";
import {
  Allowed,
  Charge,
  Cluster,
  Edition,
  ElasticBandwidth,
  Health,
  InstanceStatus,
  OnOff,
  PublicCharge,
  Renewal,
  Sale,
  SoldOut,
  Supported,
  soldOutFlag,
  ZoneState,
} from "./codes.ts";
import { finalOf, lossesOf, opensOf } from "./losses.ts";
import { settings } from "./settings.ts";

const states =
  "-1 create failed, 0 creating, 1 running, 2 deleting, 3 deleted, 4 delete failed, 5 isolated, 7 upgrading";
const ofStatus = (brief: string) =>
  meant<number[], number[]>(
    z.array(InstanceStatus.field("A state.")).min(1),
    { is: "code", words: InstanceStatus.words, brief },
    `Only instances in one of these states: ${states}; default all.`,
  ).optional();
const sameStatus = ofStatus("As in DescribeInstances");
const TagKey = text("Only instances that carry a tag with this key.");
const CdcId = text("Id of a dedicated cluster (CDC, machines kept for one customer), for those who have one.");
/** In the currency of the account. */
const amount = (about: string) => meant<number, number>(num, { is: "plain" }, about);
const price = z.object({
  RealTotalCost: amount("What is to be paid of the unit price, discounts taken off."),
  TotalCost: amount("The unit price before discounts."),
});
const brief = z.object({
  Result: z.object({
    InstanceList: z.array(
      z.object({
        InstanceId: name("instance", "The instance's id."),
        InstanceName: str,
        Status: InstanceStatus.open("What state the instance is in."),
        IfCommunity: meant<boolean, boolean>(
          z.boolean(),
          { is: "code", words: { true: "open source", false: "not open source" } },
          "Whether it is an instance of the open-source edition.",
        ),
      }),
    ),
    TotalCount: total("InstanceList"),
  }),
});
const NOTHING = "means nothing any more";
const dead = (about: string) =>
  meant<string, string>(z.string(), { is: "plain", deprecated: NOTHING, brief: NOTHING }, about);

// What two reads tell alike of an instance.
const Bandwidth = quantity(
  "Mbps",
  "Bandwidth within the cloud in Mbps; purchases and resizes take it in MB/s, an eighth.",
  {
    brief: "an eighth of it is the BandWidth of purchases in MB/s",
  },
);
const DiskSize = quantity("GB", "Disk space for messages.", {
  special: { [-1]: "no fixed size: presumably elastic storage" },
});
const PublicNetwork = quantity("Mbps", "Bandwidth to the internet, the free 3 Mbps included.");
const Healthy = Health.open("How the instance is.");
const HealthyMessage = meant<string, string>(str, { is: "plain" }, "What the cloud says of its health, like disk use.");
const CreateTime = time("s", "When it was created.");
const ExpireTime = time("s", "Until when it is paid for.", { special: { 0: "never, billed by the hour" } });
const RetentionBytes = quantity("B", "Bytes of messages kept before the oldest are deleted.", {
  special: { [-1]: "no limit" },
});
const Status = InstanceStatus.open("What state the instance is in.");
const Cvm = Sale.open("How it was sold.");
const InstanceType = Edition.open("Its edition.");
const ClusterType = Cluster.open("What kind of machines it runs on.");

export const instance = domain({
  DescribeInstances: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List instances: id, name, status.",
    input: object({
      InstanceId: OneInstance.optional(),
      SearchWord: SearchWord.optional(),
      Status: ofStatus("0 creating, 1 running, 2 deleting, 5 isolated, 7 upgrading, -1 or 4 failed"),
      Offset: Offset.optional(),
      Limit: limit(10, 100).optional(),
      VpcId: text("Only instances in this VPC, a private network in the cloud, like vpc-1a2b3c4d.").optional(),
    }),
    output: brief,
  },
  DescribeTypeInstances: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List instances briefly, by tag key.",
    input: object({
      InstanceId: OneInstance.optional(),
      SearchWord: SearchWord.optional(),
      Status: sameStatus,
      Offset: Offset.optional(),
      Limit: limit(10, 100).optional(),
      TagKey: TagKey.optional(),
    }),
    output: brief,
  },
  DescribeInstancesDetail: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List instances with address, size, health, version, counts.",
    input: object({
      InstanceId: OneInstance.optional(),
      SearchWord: text("Only instances with this text in their name, id, zone, VPC id or subnet id.").optional(),
      Status: sameStatus,
      Offset: Offset.optional(),
      Limit: limit(10, 20).optional(),
      TagKey: TagKey.optional(),
      Filters: z
        .array(
          object({
            Name: z
              .enum(["Ip", "VpcId", "SubNetId", "InstanceType", "InstanceId"])
              .describe("What is compared: the instance's IP address, VPC, subnet, type or id."),
            Values: z.array(z.string()).min(1).max(10).describe("The values looked for, at most 10."),
          }),
        )
        .min(1)
        .describe("\nConditions on properties of the instances, each with the values looked for.")
        .optional(),
      InstanceIdList: names("instance", "Only the instances with these ids.").optional(),
      TagList: Tags.describe("\nOnly instances that carry all of these tags.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: total("InstanceList"),
        InstanceList: z.array(
          z.object({
            InstanceId: name("instance", "The instance's id."),
            InstanceName: str,
            Vip: str,
            Vport: str,
            VipList: z.array(vip),
            Status,
            Bandwidth,
            DiskSize,
            ZoneId: num,
            VpcId: str,
            SubnetId: str,
            RenewFlag: Renewal.open("Whether it is renewed when its time is over."),
            Healthy,
            HealthyMessage,
            CreateTime,
            ExpireTime,
            IsInternal: codes({ 0: "outside customer", 1: "internal customer" }).open("Whether it is Tencent's own."),
            TopicNum: quantity("topics", "How many topics it has."),
            Tags: tags,
            Version: str,
            ZoneIds: z.array(num),
            Cvm,
            InstanceType,
            DiskType: str,
            MaxTopicNumber: quantity("topics", "How many topics it can have."),
            MaxPartitionNumber: quantity("partitions", "How many partitions it can have."),
            RebalanceTime: time("Beijing", "When its planned upgrade or enlargement begins.", {
              special: { "0000-00-00 00:00:00": "none planned" },
            }),
            PartitionNumber: quantity("partitions", "How many partitions it has."),
            PublicNetworkChargeType: PublicCharge.open("How its public bandwidth is paid for."),
            PublicNetwork,
            ClusterType,
            Features: z.array(str),
            RetentionBytes: RetentionBytes.nullable(),
          }),
        ),
      }),
    }),
  },
  DescribeInstanceAttributes: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show an instance's limits, remaining quota, defaults, expiry.",
    input: object({ InstanceId }),
    output: z.object({
      Result: z.object({
        InstanceId: name("instance", "The instance's id."),
        InstanceName: str,
        VipList: z.array(vip),
        Vip: str,
        Vport: str,
        Status,
        Bandwidth,
        DiskSize,
        ZoneId: num,
        VpcId: str,
        SubnetId: str,
        Healthy,
        HealthyMessage,
        CreateTime,
        MsgRetentionTime: quantity("min", "How long messages are kept where a topic does not say so itself."),
        Config: z.object({
          AutoCreateTopicsEnable: z.boolean(),
          DefaultNumPartitions: quantity("partitions", "Partitions of a topic that is created by itself."),
          DefaultReplicationFactor: num,
        }),
        RemainderPartitions: quantity("partitions", "How many partitions it can still have.", {
          brief: "the same as RemainingPartitions",
        }),
        RemainderTopics: quantity("topics", "How many topics it can still have.", {
          brief: "the same as RemainingTopics",
        }),
        CreatedPartitions: quantity("partitions", "How many partitions it has."),
        CreatedTopics: quantity("topics", "How many topics it has."),
        Tags: tags,
        ExpireTime,
        ZoneIds: z.array(num),
        Version: str,
        MaxGroupNum: num,
        Cvm,
        InstanceType,
        Features: z.array(str),
        RetentionTimeConfig: z
          .object({
            Enable: OnOff.open("Whether retention is cut as the disk fills.").nullable(),
            DiskQuotaPercentage: quantity("%", "How full the disk must be for it.").nullable(),
            StepForwardPercentage: quantity("%", "By how much retention is cut each time.").nullable(),
            BottomRetention: quantity("min", "Retention that is never cut further.").nullable(),
          })
          .nullable(),
        MaxConnection: num,
        PublicNetwork,
        DeleteRouteTimestamp: dead("It was a time at which routes were deleted."),
        RemainingPartitions: quantity("partitions", "How many partitions it can still have."),
        RemainingTopics: quantity("topics", "How many topics it can still have."),
        DynamicDiskConfig: z.object({
          Enable: OnOff.open("Whether the disk grows as it fills.").nullable(),
          StepForwardPercentage: quantity("%", "By how much the disk grows each time.").nullable(),
          DiskQuotaPercentage: quantity("%", "How full the disk must be for it.").nullable(),
          MaxDiskSpace: quantity("GB", "Size beyond which the disk never grows.").nullable(),
        }),
        SystemMaintenanceTime: time("Beijing", "When the cloud does its own maintenance."),
        MaxMessageByte: quantity("B", "Largest message that it accepts."),
        InstanceChargeType: Charge.open("How it is paid for."),
        ElasticBandwidthSwitch: Allowed.open("Whether elastic bandwidth may be switched on.").nullable(),
        ElasticBandwidthOpenStatus: ElasticBandwidth.open("Whether elastic bandwidth is on.").nullable(),
        ClusterType: ClusterType.nullable(),
        FreePartitionNumber: quantity("partitions", "How many partitions the bandwidth comes with, free of charge.", {
          brief: "included free of charge, whether used or not",
        }).nullable(),
        // Printed without a unit; its example fits Mbps only.
        ElasticFloatBandwidth: integer(
          "By how much elastic bandwidth can exceed the bandwidth; no unit is documented.",
        ).nullable(),
        CustomCertId: str.nullable(),
        UncleanLeaderElectionEnable: OnOff.open("Whether a replica that lags behind may lead.").nullable(),
        DeleteProtectionEnable: OnOff.open("Protection from being deleted.").nullable(),
        RetentionBytes: RetentionBytes.nullable(),
        TransactionalIdExpirationMs: quantity(
          "ms",
          "How long a transactional id can be idle before its transaction expires.",
        ).nullable(),
      }),
    }),
  },
  DescribeRegion: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List regions offering CKafka.",
    input: object({
      Offset: Offset.optional(),
      Limit: integer("How many entries to return at most.", { min: 1 }).optional(),
      Business: codes({ ckafka: "ckafka", cmq: "cmq" })
        .field("Product whose regions are listed: ckafka (default) or cmq, another message queue.")
        .optional(),
      CdcId: CdcId.optional(),
    }),
    output: z.object({
      Result: z.array(
        z.object({
          RegionId: num,
          RegionName: str,
          AreaName: str,
          RegionCode: meant<string, string>(
            str,
            { is: "plain", brief: "not what Region takes; RegionCodeV3 is" },
            "The region's old short code.",
          ),
          RegionCodeV3: str,
          Support: codes({ NONE: "no special kind", profession: "professional edition" }).open(
            "What special kind of instance it offers.",
          ),
          Ipv6: Supported.open("Whether it has IPv6."),
          MultiZone: Supported.open("Whether instances can be in several zones."),
        }),
      ),
    }),
  },
  DescribeCkafkaZone: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List zones: stock, Kafka versions, sizes on sale.",
    input: object({ CdcId: CdcId.optional() }),
    output: z.object({
      Result: z.object({
        ZoneList: z.array(
          z.object({
            ZoneId: str,
            IsInternalApp: codes({ 0: "external", 1: "internal" }).open("Whether the account is Tencent's own."),
            AppId: num,
            Flag: soldOutFlag("Whether the zone is sold out."),
            ZoneName: str,
            ZoneStatus: ZoneState.open("Whether the zone is open; SoldOut decides."),
            Exflag: dead("It was a mark of the zone."),
            SoldOut: SoldOut.open("Whether the zone is sold out."),
            SalesInfo: z.array(
              z.object({
                Flag: soldOutFlag("What was set by hand."),
                Version: str,
                Platform: str,
                SoldOut: soldOutFlag("Whether this is sold out."),
              }),
            ),
            ExtraFlag: str,
          }),
        ),
        MaxBuyInstanceNum: num,
        MaxBandwidth: integer("Largest bandwidth that can be bought; the page has Mb/s, and its examples fit MB/s."),
        UnitPrice: price,
        MessagePrice: price,
        ClusterInfo: z.array(
          z.object({
            ClusterId: num,
            ClusterName: str,
            MaxDiskSize: quantity("GB", "The cluster's disk."),
            MaxBandWidth: quantity("MB/s", "The cluster's bandwidth."),
            AvailableDiskSize: quantity("GB", "What is left of its disk."),
            AvailableBandWidth: quantity("MB/s", "What is left of its bandwidth."),
            ZoneId: num,
            ZoneIds: z.array(num),
          }),
        ),
        Standard: str,
        StandardS2: str,
        Profession: str,
        Physical: str,
        PublicNetwork: dead("It was the public bandwidth on sale; PublicNetworkLimit is."),
        PublicNetworkLimit: str,
        RequestId: str.nullable(),
        Offset: num.nullable(),
        Limit: num.nullable(),
        ForceCheckTag: z.boolean().nullable(),
      }),
    }),
  },
  DescribeCvmInfo: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List machine IPs of a profession instance.",
    input: object({ InstanceId }),
    output: z.object({
      Result: z.object({
        CvmList: z.array(
          z.object({
            CkafkaInstanceId: name("instance", "The CKafka instance."),
            InstanceId: meant<string, string>(
              str,
              { is: "plain", brief: "of the machine (CVM id or pod IP), not of the CKafka instance" },
              "The machine's id, or its pod's address.",
            ),
            Ip: str,
          }),
        ),
        TotalCount: total("CvmList"),
      }),
    }),
  },
  DescribeCkafkaVersion: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show Kafka and broker versions, possible upgrades.",
    input: object({ InstanceId }),
    output: z.object({
      Result: z.object({
        KafkaVersion: str,
        CurBrokerVersion: str,
        LatestBrokerVersion: z.array(z.object({ KafkaVersion: str, BrokerVersion: str })),
        AllowUpgradeHighVersion: z.boolean().nullable(),
        HighVersionSet: z.array(str).nullable(),
        AllowAutoDeleteTimestamp: z.boolean().nullable(),
        AllowModifyTxnIdExpiration: z.boolean().nullable(),
      }),
    }),
  },
  ModifyInstanceAttributes: {
    effect: "write",
    // Public bandwidth and a disk that grows by itself are paid for.
    bills: ({ PublicNetwork, DynamicDiskConfig }) =>
      PublicNetwork !== undefined || (DynamicDiskConfig !== undefined && DynamicDiskConfig.Enable !== 0),
    perSecond: 100,
    about: "Change given settings, protection or public bandwidth of an instance.",
    subject: "InstanceId",
    loses: lossesOf,
    opens: opensOf,
    final: finalOf,
    input: object({
      InstanceId,
      ...settings,
    }),
    output: acknowledged,
  },
});
