import type { Fakes } from "../../src/model/action.ts";
import { inMbps, numberOf, quantityOf } from "../../src/model/quantity.ts";
import type { instance as models } from "../../tools/ckafka/instance/actions.ts";
import { brokerIps } from "../kafka/partitions.ts";
import { Fault } from "../state/fault.ts";
import {
  type CdcCluster,
  type DynamicLimit,
  type Instance,
  instanceOf,
  instancesOf,
  openInstance,
  runningInstance,
  type Scope,
  statusOf,
} from "../state/store.ts";
import { dateTime, done, matches, page } from "./answers.ts";
import { included, MOST_AT_ONCE, profession } from "./prices.ts";
import { regions } from "./regions.ts";
import { builds } from "./versions.ts";

const seconds = (ms: number) => Math.floor(ms / 1000);
const partitionsOf = (i: Instance) => i.topics.reduce((sum, t) => sum + t.partitions.length, 0);
const tagList = (i: Instance) => Object.entries(i.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
const address = (i: Instance) => ({ Vip: i.vip, Vport: i.port, VipList: [{ Vip: i.vip, Vport: i.port }] });
/** What is bought in MB/s is read in Mbps. */
const mbps = (i: Instance) => numberOf(inMbps(quantityOf(i.bandwidth, "MB/s")));
/** What is billed by the hour has no end. */
const expiry = (i: Instance) => (i.chargeType === "PREPAID" ? seconds(i.expires) : 0);
const features = (i: Instance) => ["FEATURE_SUBNET_ACL", ...(i.zones.length > 1 ? ["CLOUD_EKS_CROS_ZONE"] : [])];

/** The fields that a filter can name. */
const filtered: Record<string, (i: Instance) => string> = {
  Ip: (i) => i.vip,
  VpcId: (i) => i.vpc,
  SubNetId: (i) => i.subnet,
  InstanceType: (i) => i.type,
  InstanceId: (i) => i.id,
};

/** What instances have left of a dedicated cluster. */
export function available(scope: Scope, { id, disk, bandwidth }: CdcCluster) {
  const own = instancesOf(scope).filter((i) => i.cluster === id);
  return {
    AvailableDiskSize: own.reduce((left, i) => left - i.disk, disk),
    AvailableBandWidth: own.reduce((left, i) => left - i.bandwidth, bandwidth),
  };
}

/** The dedicated clusters that instances can stand on by now. */
export const readyClusters = ({ region, now }: Scope) =>
  region.cdcClusters.filter((c) => c.failure === null && c.ready <= now);

/** When a planned upgrade starts. */
function plannedTime({ phase }: Instance, now: number): string {
  return phase && now < phase.at ? dateTime(phase.at) : "0000-00-00 00:00:00";
}

/** When the next route goes that is marked for deletion. */
function routeDeletion({ access }: Instance, now: number): string {
  const times = access.routes.flatMap(({ deleteAt }) => (deleteAt !== null && now < deleteAt ? [deleteAt] : []));
  return times.length > 0 ? String(seconds(Math.min(...times))) : "";
}

const dynamic = ({ on, percent, step }: DynamicLimit) => ({
  Enable: Number(on),
  DiskQuotaPercentage: percent,
  StepForwardPercentage: step,
});
interface DynamicInput {
  Enable?: number | undefined;
  DiskQuotaPercentage?: number | undefined;
  StepForwardPercentage?: number | undefined;
}
/** A dynamic limit after a change; what is left out stays. */
export const dynamicLimit = (before: DynamicLimit, given: DynamicInput, limit: number | undefined): DynamicLimit => ({
  on: given.Enable === undefined ? before.on : given.Enable === 1,
  percent: given.DiskQuotaPercentage ?? before.percent,
  step: given.StepForwardPercentage ?? before.step,
  limit: limit ?? before.limit,
});

interface BriefQuery {
  InstanceId?: string | undefined;
  SearchWord?: string | undefined;
  Status?: number[] | undefined;
  Offset?: number | undefined;
  Limit?: number | undefined;
}
function brief(scope: Scope, query: BriefQuery, fits: (i: Instance) => boolean) {
  const { InstanceId, SearchWord, Status, Offset, Limit } = query;
  const found = instancesOf(scope).filter(
    (i) =>
      (InstanceId === undefined || i.id === InstanceId) &&
      matches(i.name, SearchWord) &&
      (Status?.includes(statusOf(i, scope.now)) ?? true) &&
      fits(i),
  );
  const InstanceList = page(found, Offset, Limit ?? 10).map((i) => ({
    InstanceId: i.id,
    InstanceName: i.name,
    Status: statusOf(i, scope.now),
    IfCommunity: true,
  }));
  return { Result: { InstanceList, TotalCount: found.length } };
}

export const instance: Fakes<typeof models, Scope> = {
  DescribeInstances: (scope, input) => brief(scope, input, (i) => input.VpcId === undefined || i.vpc === input.VpcId),
  DescribeTypeInstances: (scope, input) => brief(scope, input, (i) => !input.TagKey || input.TagKey in i.tags),
  DescribeInstancesDetail: (scope, input) => {
    const tags = [...(input.TagList ?? [])];
    const found = instancesOf(scope).filter(
      (i) =>
        (input.InstanceId === undefined || i.id === input.InstanceId) &&
        (input.InstanceIdList?.includes(i.id) ?? true) &&
        (input.Status?.includes(statusOf(i, scope.now)) ?? true) &&
        (input.TagKey === undefined || input.TagKey in i.tags) &&
        tags.every((t) => i.tags[t.TagKey] === t.TagValue) &&
        (input.Filters ?? []).every((f) => f.Values.includes(filtered[f.Name]?.(i) ?? "")) &&
        [i.name, i.id, i.vpc, i.subnet, ...i.zones.map(String)].some((text) => matches(text, input.SearchWord)),
    );
    const InstanceList = page(found, input.Offset, input.Limit ?? 10).map((i) => ({
      InstanceId: i.id,
      InstanceName: i.name,
      ...address(i),
      Status: statusOf(i, scope.now),
      Bandwidth: mbps(i),
      DiskSize: i.disk,
      ZoneId: i.zones[0] ?? 0,
      VpcId: i.vpc,
      SubnetId: i.subnet,
      RenewFlag: i.renewFlag,
      Healthy: i.healthy,
      HealthyMessage: i.healthMessage,
      CreateTime: seconds(i.created),
      ExpireTime: expiry(i),
      IsInternal: 0,
      TopicNum: i.topics.length,
      Tags: tagList(i),
      Version: i.version,
      ZoneIds: i.zones,
      Cvm: Number(i.type === "profession"),
      InstanceType: i.type,
      DiskType: i.diskType,
      MaxTopicNumber: i.max.topics,
      MaxPartitionNumber: i.max.partitions,
      RebalanceTime: plannedTime(i, scope.now),
      PartitionNumber: partitionsOf(i),
      PublicNetworkChargeType: i.publicNetwork > 0 ? `BANDWIDTH_${i.chargeType}` : "",
      PublicNetwork: i.publicNetwork,
      ClusterType: "CLOUD_EKS_TSE",
      Features: features(i),
      RetentionBytes: i.defaults.retentionBytes,
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
        Status: statusOf(i, scope.now),
        Bandwidth: mbps(i),
        DiskSize: i.disk,
        ZoneId: i.zones[0] ?? 0,
        VpcId: i.vpc,
        SubnetId: i.subnet,
        Healthy: i.healthy,
        HealthyMessage: i.healthMessage,
        CreateTime: seconds(i.created),
        MsgRetentionTime: i.retentionMinutes,
        Config: {
          AutoCreateTopicsEnable: i.autoCreate,
          DefaultNumPartitions: i.defaults.partitions,
          DefaultReplicationFactor: i.defaults.replicas,
        },
        RemainderPartitions: left.partitions,
        RemainderTopics: left.topics,
        CreatedPartitions: partitionsOf(i),
        CreatedTopics: i.topics.length,
        Tags: tagList(i),
        ExpireTime: expiry(i),
        ZoneIds: i.zones,
        Version: i.version,
        MaxGroupNum: i.max.groups,
        Cvm: Number(i.type === "profession"),
        InstanceType: i.type,
        Features: features(i),
        RetentionTimeConfig: { ...dynamic(i.dynamicRetention), BottomRetention: i.dynamicRetention.limit },
        MaxConnection: 10_000,
        PublicNetwork: i.publicNetwork,
        DeleteRouteTimestamp: routeDeletion(i, scope.now),
        RemainingPartitions: left.partitions,
        RemainingTopics: left.topics,
        DynamicDiskConfig: { ...dynamic(i.dynamicDisk), MaxDiskSpace: i.dynamicDisk.limit },
        SystemMaintenanceTime: "",
        MaxMessageByte: i.defaults.maxMessageBytes,
        InstanceChargeType: i.chargeType,
        // Whether it may be switched on; whether it is on, the next one says.
        ElasticBandwidthSwitch: Number(i.type === "profession"),
        ElasticBandwidthOpenStatus: i.elasticBandwidth ? 32 : 1,
        ClusterType: "CLOUD_EKS_TSE",
        FreePartitionNumber: included(i.bandwidth),
        ElasticFloatBandwidth: 0,
        CustomCertId: i.certificate,
        UncleanLeaderElectionEnable: i.defaults.unclean,
        DeleteProtectionEnable: Number(i.deleteProtection),
        RetentionBytes: i.defaults.retentionBytes,
        TransactionalIdExpirationMs: i.defaults.transactionMs,
      },
    };
  },
  DescribeRegion: (_, { Offset, Limit }) => ({ Result: page(regions, Offset, Limit ?? regions.length) }),
  DescribeCkafkaZone: (scope, { CdcId }) => {
    const { region, appId } = scope;
    const clusters = readyClusters(scope).filter((c) => c.cdc === CdcId);
    if (CdcId !== undefined && clusters.length === 0)
      throw new Fault("InvalidParameter", `dedicated cluster ${CdcId} does not exist`);
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
          SalesInfo: Object.keys(builds).map((Version) => ({
            Flag: zone.soldOut,
            Version,
            Platform: "profession",
            SoldOut: zone.soldOut,
          })),
          ExtraFlag: "0",
        })),
        MaxBuyInstanceNum: MOST_AT_ONCE,
        MaxBandwidth: 1200,
        UnitPrice: free,
        MessagePrice: free,
        ClusterInfo: clusters.map((c) => ({
          ClusterId: c.id,
          ClusterName: `${c.zone}-${c.cdc}`,
          MaxDiskSize: c.disk,
          MaxBandWidth: c.bandwidth,
          ...available(scope, c),
          ZoneId: c.zone,
          ZoneIds: [c.zone],
        })),
        Standard: "",
        StandardS2: "",
        Profession: profession,
        Physical: "",
        PublicNetwork: JSON.stringify([{ Maximum: 198, Minimal: 3, step: 3 }]),
        PublicNetworkLimit: JSON.stringify({ Maximum: 999, Minimal: 198, step: 3 }),
        RequestId: null,
        Offset: null,
        Limit: null,
        ForceCheckTag: null,
      },
    };
  },
  DescribeCvmInfo: (scope, { InstanceId }) => {
    const i = openInstance(scope, InstanceId);
    // Brokers run in pods, which go by their addresses.
    const ips = i.type === "profession" ? brokerIps(i) : [];
    const CvmList = ips.map((Ip) => ({ CkafkaInstanceId: i.id, InstanceId: Ip, Ip }));
    return { Result: { CvmList, TotalCount: CvmList.length } };
  },
  DescribeCkafkaVersion: (scope, { InstanceId }) => {
    const i = instanceOf(scope, InstanceId);
    const versions = Object.keys(builds);
    const higher = versions.slice(versions.indexOf(i.version) + 1);
    return {
      Result: {
        KafkaVersion: i.version,
        CurBrokerVersion: i.broker,
        LatestBrokerVersion: versions.map((KafkaVersion) => ({
          KafkaVersion,
          BrokerVersion: builds[KafkaVersion] as string,
        })),
        AllowUpgradeHighVersion: higher.length > 0,
        HighVersionSet: higher,
        AllowAutoDeleteTimestamp: false,
        AllowModifyTxnIdExpiration: true,
      },
    };
  },
  ModifyInstanceAttributes: (scope, input) => {
    const i = runningInstance(scope, input.InstanceId);
    const { Config, DynamicRetentionConfig, DynamicDiskConfig } = input;
    if (i.type !== "profession" && (input.PublicNetwork !== undefined || input.AdminSecurity !== undefined))
      throw new Fault("UnsupportedOperation", "PublicNetwork and AdminSecurity need a profession instance");
    if (i.adminSecurity && input.AdminSecurity === false)
      throw new Fault("UnsupportedOperation", "AdminSecurity cannot be switched off again");
    if ((Config?.DefaultReplicationFactor ?? 1) > Math.min(3, i.brokers.count))
      throw new Fault("InvalidParameter", `DefaultReplicationFactor exceeds 3 or the ${i.brokers.count} brokers`);
    if (input.RebalanceTime !== undefined) replan(scope, i, input.RebalanceTime * 1000);
    i.name = input.InstanceName ?? i.name;
    i.retentionMinutes = input.MsgRetentionTime ?? i.retentionMinutes;
    i.autoCreate = Config?.AutoCreateTopicEnable ?? i.autoCreate;
    // Switching automatic creation on without numbers means 3 partitions and 2 replicas, as documented.
    const fallback = Config?.AutoCreateTopicEnable ? { partitions: 3, replicas: 2 } : i.defaults;
    i.defaults = {
      partitions: Config?.DefaultNumPartitions ?? fallback.partitions,
      replicas: Config?.DefaultReplicationFactor ?? fallback.replicas,
      retentionBytes: input.RetentionBytes ?? i.defaults.retentionBytes,
      maxMessageBytes: input.MaxMessageByte ?? i.defaults.maxMessageBytes,
      unclean: input.UncleanLeaderElectionEnable ?? i.defaults.unclean,
      transactionMs: input.TransactionalIdExpirationMs ?? i.defaults.transactionMs,
    };
    if (DynamicRetentionConfig)
      i.dynamicRetention = dynamicLimit(
        i.dynamicRetention,
        DynamicRetentionConfig,
        DynamicRetentionConfig.BottomRetention,
      );
    if (DynamicDiskConfig)
      i.dynamicDisk = dynamicLimit(i.dynamicDisk, DynamicDiskConfig, DynamicDiskConfig.MaxDiskSpace);
    i.publicNetwork = input.PublicNetwork ?? i.publicNetwork;
    i.deleteProtection = (input.DeleteProtectionEnable ?? Number(i.deleteProtection)) === 1;
    i.adminSecurity = input.AdminSecurity ?? i.adminSecurity;
    return done(true);
  },
};

/** Moves an upgrade that has not begun. */
function replan({ region, now }: Scope, instance: Instance, at: number) {
  const { phase } = instance;
  if (!phase || phase.at <= now) throw new Fault("UnsupportedOperation", "no upgrade is planned");
  if (at < now) throw new Fault("InvalidParameter", "RebalanceTime has passed");
  const until = at + phase.until - phase.at;
  instance.phase = { ...phase, at, until };
  for (const task of region.tasks) if (task.flow === phase.flow) task.until = until;
}
