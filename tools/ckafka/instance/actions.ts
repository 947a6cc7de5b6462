// Instances (Kafka clusters), regions and zones.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { type Line, say, together } from "../../../src/model/line.ts";
import {
  acknowledged,
  InstanceId,
  integer,
  limit,
  list,
  num,
  Offset,
  OneInstance,
  oneOf,
  SearchWord,
  shape,
  str,
  Tags,
  tags,
  text,
  VpcId,
  vip,
} from "../fields.ts";
import { settings } from "./settings.ts";

const states =
  "-1 create failed, 0 creating, 1 running, 2 deleting, 3 deleted, 4 delete failed, 5 isolated, 7 upgrading.";
const Status = list(
  oneOf<number>([-1, 0, 1, 2, 3, 4, 5, 7], "A state."),
  `${states}\nOnly instances in one of these states; default all.`,
);
const sameStatus = Status.describe(
  `As in DescribeInstances.\nOnly instances in one of these states: ${states}`,
).optional();
const TagKey = text("\nOnly instances that carry a tag with this key.");
const CdcId = text("\nId of a dedicated cluster (CDC, machines kept for one customer), for those who have one.");
const price = z.object({ RealTotalCost: num, TotalCost: num });
const brief = z.object({
  Result: z.object({
    InstanceList: z.array(z.object({ InstanceId: str, InstanceName: str, Status: num, IfCommunity: z.boolean() })),
    TotalCount: num,
  }),
});

export const instance = domain({
  DescribeInstances: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List instances: id, name, status.",
    input: shape({
      InstanceId: OneInstance.optional(),
      SearchWord: SearchWord.optional(),
      Status: Status.optional(),
      Offset: Offset.optional(),
      Limit: limit(10, 100).optional(),
      VpcId: VpcId.describe(
        "\nOnly instances in this VPC, a private network in the cloud, like vpc-1a2b3c4d.",
      ).optional(),
    }),
    output: brief,
  },
  DescribeTypeInstances: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List instances briefly, by tag key.",
    input: shape({
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
    input: shape({
      InstanceId: OneInstance.optional(),
      SearchWord: text("\nOnly instances with this text in their name, id, zone, VPC id or subnet id.").optional(),
      Status: sameStatus,
      Offset: Offset.optional(),
      Limit: limit(10, 20).optional(),
      TagKey: TagKey.optional(),
      Filters: list(
        shape({
          Name: z
            .enum(["Ip", "VpcId", "SubNetId", "InstanceType", "InstanceId"])
            .describe("What is compared: the instance's IP address, VPC, subnet, type or id."),
          Values: z.array(z.string()).min(1).max(10).describe("The values looked for, at most 10."),
        }),
        "\nConditions on properties of the instances, each with the values looked for.",
      ).optional(),
      InstanceIdList: list(text("Instance id."), "\nOnly the instances with these ids.").optional(),
      TagList: Tags.describe("\nOnly instances that carry all of these tags.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: num,
        InstanceList: z.array(
          z.object({
            InstanceId: str,
            InstanceName: str,
            Vip: str,
            Vport: str,
            VipList: z.array(vip),
            Status: num,
            Bandwidth: num,
            DiskSize: num,
            ZoneId: num,
            VpcId: str,
            SubnetId: str,
            RenewFlag: num,
            Healthy: num,
            HealthyMessage: str,
            CreateTime: num,
            ExpireTime: num,
            IsInternal: num,
            TopicNum: num,
            Tags: tags,
            Version: str,
            ZoneIds: z.array(num),
            Cvm: num,
            InstanceType: str,
            DiskType: str,
            MaxTopicNumber: num,
            MaxPartitionNumber: num,
            RebalanceTime: str,
            PartitionNumber: num,
            PublicNetworkChargeType: str,
            PublicNetwork: num,
            ClusterType: str,
            Features: z.array(str),
            RetentionBytes: num.nullable(),
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
    input: shape({ InstanceId }),
    output: z.object({
      Result: z.object({
        InstanceId: str,
        InstanceName: str,
        VipList: z.array(vip),
        Vip: str,
        Vport: str,
        Status: num,
        Bandwidth: num,
        DiskSize: num,
        ZoneId: num,
        VpcId: str,
        SubnetId: str,
        Healthy: num,
        HealthyMessage: str,
        CreateTime: num,
        MsgRetentionTime: num,
        Config: z.object({
          AutoCreateTopicsEnable: z.boolean(),
          DefaultNumPartitions: num,
          DefaultReplicationFactor: num,
        }),
        RemainderPartitions: num,
        RemainderTopics: num,
        CreatedPartitions: num,
        CreatedTopics: num,
        Tags: tags,
        ExpireTime: num,
        ZoneIds: z.array(num),
        Version: str,
        MaxGroupNum: num,
        Cvm: num,
        InstanceType: str,
        Features: z.array(str),
        RetentionTimeConfig: z
          .object({
            Enable: num.nullable(),
            DiskQuotaPercentage: num.nullable(),
            StepForwardPercentage: num.nullable(),
            BottomRetention: num.nullable(),
          })
          .nullable(),
        MaxConnection: num,
        PublicNetwork: num,
        DeleteRouteTimestamp: str,
        RemainingPartitions: num,
        RemainingTopics: num,
        DynamicDiskConfig: z.object({
          Enable: num.nullable(),
          StepForwardPercentage: num.nullable(),
          DiskQuotaPercentage: num.nullable(),
          MaxDiskSpace: num.nullable(),
        }),
        SystemMaintenanceTime: str,
        MaxMessageByte: num,
        InstanceChargeType: str,
        ElasticBandwidthSwitch: num.nullable(),
        ElasticBandwidthOpenStatus: num.nullable(),
        ClusterType: str.nullable(),
        FreePartitionNumber: num.nullable(),
        ElasticFloatBandwidth: num.nullable(),
        CustomCertId: str.nullable(),
        UncleanLeaderElectionEnable: num.nullable(),
        DeleteProtectionEnable: num.nullable(),
        RetentionBytes: num.nullable(),
        TransactionalIdExpirationMs: num.nullable(),
      }),
    }),
  },
  DescribeRegion: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List regions offering CKafka.",
    input: shape({
      Offset: Offset.optional(),
      Limit: integer("\nHow many entries to return at most.").min(1).optional(),
      Business: z
        .enum(["ckafka", "cmq"])
        .describe("\nProduct whose regions are listed: ckafka (default) or cmq, another message queue.")
        .optional(),
      CdcId: CdcId.optional(),
    }),
    output: z.object({
      Result: z.array(
        z.object({
          RegionId: num,
          RegionName: str,
          AreaName: str,
          RegionCode: str,
          RegionCodeV3: str,
          Support: str,
          Ipv6: num,
          MultiZone: num,
        }),
      ),
    }),
  },
  DescribeCkafkaZone: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List zones: stock, Kafka versions, sizes on sale.",
    input: shape({ CdcId: CdcId.optional() }),
    output: z.object({
      Result: z.object({
        ZoneList: z.array(
          z.object({
            ZoneId: str,
            IsInternalApp: num,
            AppId: num,
            Flag: z.boolean(),
            ZoneName: str,
            ZoneStatus: num,
            Exflag: str,
            SoldOut: str,
            SalesInfo: z.array(z.object({ Flag: z.boolean(), Version: str, Platform: str, SoldOut: z.boolean() })),
            ExtraFlag: str,
          }),
        ),
        MaxBuyInstanceNum: num,
        MaxBandwidth: num,
        UnitPrice: price,
        MessagePrice: price,
        ClusterInfo: z.array(
          z.object({
            ClusterId: num,
            ClusterName: str,
            MaxDiskSize: num,
            MaxBandWidth: num,
            AvailableDiskSize: num,
            AvailableBandWidth: num,
            ZoneId: num,
            ZoneIds: z.array(num),
          }),
        ),
        Standard: str,
        StandardS2: str,
        Profession: str,
        Physical: str,
        PublicNetwork: str,
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
    input: shape({ InstanceId }),
    output: z.object({
      Result: z.object({
        CvmList: z.array(z.object({ CkafkaInstanceId: str, InstanceId: str, Ip: str })),
        TotalCount: num,
      }),
    }),
  },
  DescribeCkafkaVersion: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show Kafka and broker versions, possible upgrades.",
    input: shape({ InstanceId }),
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
    loses: (input) => {
      const losses: Line[] = [];
      if (input.MsgRetentionTime !== undefined)
        losses.push(say`messages older than the new retention are deleted where a topic has none of its own`);
      if ((input.RetentionBytes ?? -1) !== -1) losses.push(say`messages beyond the new log size are deleted`);
      if (input.DynamicRetentionConfig && input.DynamicRetentionConfig.Enable !== 0)
        losses.push(say`as the disk fills, retention is cut and older messages are deleted`);
      if (input.UncleanLeaderElectionEnable === 1)
        losses.push(say`an unclean leader election can lose acknowledged messages`);
      if (input.DeleteProtectionEnable === 0) losses.push(say`the instance can be deleted`);
      // "Cannot be turned on after closing" leaves open which way is final.
      if (input.AdminSecurity !== undefined)
        losses.push(
          say`risky admin calls of clients are ${input.AdminSecurity ? say`blocked` : say`allowed`}, perhaps for good`,
        );
      if (input.MaxMessageByte !== undefined) losses.push(say`larger messages are refused`);
      if (input.PublicNetwork !== undefined)
        losses.push(say`if it is less than before, public clients above the bandwidth are throttled`);
      if (input.TransactionalIdExpirationMs !== undefined) losses.push(say`transactions idle for longer expire`);
      return together(losses);
    },
    input: shape({
      InstanceId,
      ...settings,
    }),
    output: acknowledged,
  },
});
