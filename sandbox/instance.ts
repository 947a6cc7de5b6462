import type { Fakes } from "../src/action.ts";
import type { instance as models } from "../tools/instance.ts";
import { Fault } from "./fault.ts";
import { regions } from "./regions.ts";
import { type Instance, instanceOf, matches, page, type Scope } from "./store.ts";

const KAFKA_VERSIONS = ["1.1.1", "2.4.1", "2.8.1", "3.2.3"];
const seconds = (ms: number) => Math.floor(ms / 1000);
const partitionsOf = (i: Instance) => i.topics.reduce((sum, t) => sum + t.partitions.length, 0);
const tagList = (i: Instance) => Object.entries(i.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
const address = (i: Instance) => ({ Vip: i.vip, Vport: i.port, VipList: [{ Vip: i.vip, Vport: i.port }] });
const features = (i: Instance) => ["FEATURE_SUBNET_ACL", ...(i.zones.length > 1 ? ["CLOUD_EKS_CROS_ZONE"] : [])];

/** The fields that a filter can name. */
const filtered: Record<string, (i: Instance) => string> = {
  Ip: (i) => i.vip,
  VpcId: (i) => i.vpc,
  SubNetId: (i) => i.subnet,
  InstanceType: (i) => i.type,
  InstanceId: (i) => i.id,
};

export const instance: Fakes<typeof models, Scope> = {
  DescribeInstances: ({ region }, { InstanceId, SearchWord, Status, Offset, Limit, VpcId }) => {
    const found = region.instances.filter(
      (i) =>
        (InstanceId === undefined || i.id === InstanceId) &&
        matches(i.name, SearchWord) &&
        (Status?.includes(i.status) ?? true) &&
        (VpcId === undefined || i.vpc === VpcId),
    );
    const InstanceList = page(found, Offset, Limit ?? 10).map((i) => ({
      InstanceId: i.id,
      InstanceName: i.name,
      Status: i.status,
      IfCommunity: true,
    }));
    return { Result: { InstanceList, TotalCount: found.length } };
  },
  DescribeInstancesDetail: ({ region }, input) => {
    const tags = [...(input.TagList ?? [])];
    const found = region.instances.filter(
      (i) =>
        (input.InstanceId === undefined || i.id === input.InstanceId) &&
        (input.InstanceIdList?.includes(i.id) ?? true) &&
        (input.Status?.includes(i.status) ?? true) &&
        (input.TagKey === undefined || input.TagKey in i.tags) &&
        tags.every((t) => i.tags[t.TagKey] === t.TagValue) &&
        (input.Filters ?? []).every((f) => f.Values.includes(filtered[f.Name]?.(i) ?? "")) &&
        [i.name, i.id, i.vpc, i.subnet, ...i.zones.map(String)].some((text) => matches(text, input.SearchWord)),
    );
    const InstanceList = page(found, input.Offset, input.Limit ?? 10).map((i) => ({
      InstanceId: i.id,
      InstanceName: i.name,
      ...address(i),
      Status: i.status,
      Bandwidth: i.bandwidth,
      DiskSize: i.disk,
      ZoneId: i.zones[0] ?? 0,
      VpcId: i.vpc,
      SubnetId: i.subnet,
      RenewFlag: 2,
      Healthy: i.healthy,
      HealthyMessage: i.healthMessage,
      CreateTime: seconds(i.created),
      ExpireTime: seconds(i.expires),
      IsInternal: 0,
      TopicNum: i.topics.length,
      Tags: tagList(i),
      Version: i.version,
      ZoneIds: i.zones,
      Cvm: 1,
      InstanceType: i.type,
      DiskType: i.diskType,
      MaxTopicNumber: i.max.topics,
      MaxPartitionNumber: i.max.partitions,
      RebalanceTime: "0000-00-00 00:00:00",
      PartitionNumber: partitionsOf(i),
      PublicNetworkChargeType: i.publicNetwork > 0 ? "BANDWIDTH_POSTPAID_BY_HOUR" : "",
      PublicNetwork: i.publicNetwork,
      ClusterType: "CLOUD_EKS_TSE",
      Features: features(i),
      RetentionBytes: -1,
    }));
    return { Result: { TotalCount: found.length, InstanceList } };
  },
  DescribeInstanceAttributes: (scope, { InstanceId }) => {
    const i = instanceOf(scope, InstanceId);
    const left = { partitions: i.max.partitions - partitionsOf(i), topics: i.max.topics - i.topics.length };
    return {
      Result: {
        InstanceId: i.id,
        InstanceName: i.name,
        ...address(i),
        Status: i.status,
        Bandwidth: i.bandwidth,
        DiskSize: i.disk,
        ZoneId: i.zones[0] ?? 0,
        VpcId: i.vpc,
        SubnetId: i.subnet,
        Healthy: i.healthy,
        HealthyMessage: i.healthMessage,
        CreateTime: seconds(i.created),
        MsgRetentionTime: i.retentionMinutes,
        Config: { AutoCreateTopicsEnable: i.autoCreate, DefaultNumPartitions: 3, DefaultReplicationFactor: 2 },
        RemainderPartitions: left.partitions,
        RemainderTopics: left.topics,
        CreatedPartitions: partitionsOf(i),
        CreatedTopics: i.topics.length,
        Tags: tagList(i),
        ExpireTime: seconds(i.expires),
        ZoneIds: i.zones,
        Version: i.version,
        MaxGroupNum: i.max.groups,
        Cvm: 1,
        InstanceType: i.type,
        Features: features(i),
        RetentionTimeConfig: { Enable: 0, DiskQuotaPercentage: 75, StepForwardPercentage: 10, BottomRetention: 360 },
        MaxConnection: 10_000,
        PublicNetwork: i.publicNetwork,
        DeleteRouteTimestamp: "",
        RemainingPartitions: left.partitions,
        RemainingTopics: left.topics,
        DynamicDiskConfig: { Enable: 0, StepForwardPercentage: 10, DiskQuotaPercentage: 75, MaxDiskSpace: 500_000 },
        SystemMaintenanceTime: "",
        MaxMessageByte: 12_582_912,
        InstanceChargeType: i.chargeType,
        ElasticBandwidthSwitch: 0,
        ElasticBandwidthOpenStatus: 1,
        ClusterType: "CLOUD_EKS_TSE",
        FreePartitionNumber: i.max.partitions,
        ElasticFloatBandwidth: 0,
        CustomCertId: null,
        UncleanLeaderElectionEnable: 0,
        DeleteProtectionEnable: Number(i.deleteProtection),
        RetentionBytes: -1,
        TransactionalIdExpirationMs: 604_800_000,
      },
    };
  },
  DescribeRegion: (_, { Offset, Limit }) => ({ Result: page(regions, Offset, Limit ?? regions.length) }),
  DescribeCkafkaZone: ({ region, appId }, { CdcId }) => {
    if (CdcId !== undefined) throw new Fault("InvalidParameter", `dedicated cluster ${CdcId} does not exist`);
    const free = { RealTotalCost: 0, TotalCost: 0 };
    return {
      Result: {
        ZoneList: region.zones.map((zone) => ({
          ZoneId: String(zone.id),
          IsInternalApp: 0,
          AppId: appId,
          Flag: zone.soldOut,
          ZoneName: zone.name,
          ZoneStatus: zone.soldOut ? 4 : 3,
          Exflag: "",
          SoldOut: String(zone.soldOut),
          SalesInfo: KAFKA_VERSIONS.map((Version) => ({
            Flag: zone.soldOut,
            Version,
            Platform: "profession",
            SoldOut: zone.soldOut,
          })),
          ExtraFlag: "0",
        })),
        MaxBuyInstanceNum: 20,
        MaxBandwidth: 1200,
        UnitPrice: free,
        MessagePrice: free,
        ClusterInfo: [],
        Standard: "",
        StandardS2: "",
        Profession: "",
        Physical: "",
        PublicNetwork: "",
        PublicNetworkLimit: "",
        RequestId: null,
        Offset: null,
        Limit: null,
        ForceCheckTag: null,
      },
    };
  },
};
