import type { Fakes } from "../../src/model/action.ts";
import type { topic as models } from "../../tools/ckafka/topic/actions.ts";
import { activeMembers, positionAt, repartition } from "../kafka/consumers.ts";
import { bytesBetween, countBetween } from "../kafka/log.ts";
import { brokerIps, growTo, judgePartitions, replicasOf, stored, traffic } from "../kafka/partitions.ts";
import { bounds, goneFrom, keepDeleted } from "../kafka/retention.ts";
import { Fault } from "../state/fault.ts";
import { named, sortedPage } from "../state/lookup.ts";
import {
  type Group,
  type Instance,
  openInstance,
  runningInstance,
  type Scope,
  setQuota,
  type Topic,
  topicOf,
} from "../state/store.ts";
import { forgetAcls, presetOf, RESOURCE, ruleShown, rulesOf } from "./acl.ts";
import { dateTime, done, matches, page, refuseRepetition, tagList, tagsOf } from "./answers.ts";
import { groupDescription } from "./group.ts";

const DELETABLE_AFTER = 60_000;
const DEFAULT_RETENTION = 7_200_000;

const seconds = (ms: number) => Math.floor(ms / 1000);
const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(2);

const config = (topic: Topic) => ({
  Retention: topic.retentionMs,
  MinInsyncReplicas: topic.minInsyncReplicas,
  CleanUpPolicy: topic.cleanUpPolicy,
  SegmentMs: topic.segmentMs,
  UncleanLeaderElectionEnable: topic.unclean,
  SegmentBytes: null,
  MaxMessageBytes: topic.maxMessageBytes,
  RetentionBytes: topic.retentionBytes,
  LogMsgTimestampType: topic.timestampType,
});

interface Settings {
  Note?: string | undefined;
  MinInsyncReplicas?: number | undefined;
  UncleanLeaderElectionEnable?: number | boolean | undefined;
  RetentionMs?: number | undefined;
  RetentionBytes?: number | undefined;
  SegmentMs?: number | undefined;
  MaxMessageBytes?: number | undefined;
  CleanUpPolicy?: string | undefined;
  LogMsgTimestampType?: string | undefined;
  ReplicaNum?: number | undefined;
}

/** Applies settings. What is deleted so far stays deleted, also when more may be kept. */
function configure(instance: Instance, topic: Topic, change: Settings, now: number) {
  const replicas = change.ReplicaNum ?? topic.replicas;
  if (replicas > instance.brokers.count)
    throw new Fault("InvalidParameterValue", `ReplicaNum ${replicas} exceeds the ${instance.brokers.count} brokers`);
  const insync = change.MinInsyncReplicas ?? topic.minInsyncReplicas;
  if (insync > replicas)
    throw new Fault("InvalidParameterValue", `MinInsyncReplicas ${insync} exceeds the ${replicas} replicas`);
  keepDeleted(topic, now);
  topic.replicas = replicas;
  topic.minInsyncReplicas = insync;
  topic.note = change.Note ?? topic.note;
  topic.unclean = Number(change.UncleanLeaderElectionEnable ?? topic.unclean);
  if (change.RetentionMs !== undefined) [topic.retentionMs, topic.retentionChanged] = [change.RetentionMs, now];
  topic.retentionBytes = change.RetentionBytes ?? topic.retentionBytes;
  topic.segmentMs = change.SegmentMs ?? topic.segmentMs;
  topic.maxMessageBytes = change.MaxMessageBytes ?? topic.maxMessageBytes;
  topic.cleanUpPolicy = change.CleanUpPolicy ?? topic.cleanUpPolicy;
  topic.timestampType = change.LogMsgTimestampType ?? topic.timestampType;
}

/** How many addresses a topic's allow list takes. */
const MOST_IPS = 512;
function judgeAllowList(on: number | undefined, ips: string[] | undefined) {
  if (on === 1 && !ips?.length) throw new Fault("InvalidParameter", "EnableWhiteList 1 needs IpWhiteList");
  if (ips && ips.length > MOST_IPS)
    throw new Fault("InvalidParameter", `an allow list takes ${MOST_IPS} addresses, not ${ips.length}`);
}
export function newTopic(id: string, name: string, created: number): Topic {
  return {
    id,
    name,
    created,
    note: "",
    replicas: 1,
    partitions: [],
    retentionMs: DEFAULT_RETENTION,
    retentionChanged: created,
    retentionBytes: null,
    cleanUpPolicy: "delete",
    minInsyncReplicas: 1,
    unclean: 0,
    segmentMs: null,
    maxMessageBytes: 1_048_576,
    timestampType: null,
    whiteList: { on: false, ips: [] },
    acl: { on: false, rules: [] },
    quota: { produce: null, consume: null, rule: 0, updated: created },
    tags: {},
    producers: [],
  };
}

function dateOf(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const whole = text.includes("T") ? text : `${text}T00:00:00`;
  // Without a zone it would be that of the machine.
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(whole) ? whole : `${whole}+08:00`);
  if (Number.isNaN(time)) throw new Fault("InvalidParameterValue", `${text} is not an ISO 8601 time`);
  return time;
}

const found = (instance: Instance, word: string | undefined, rule: string | undefined, ignoreCase = false) =>
  instance.topics.filter((t) => {
    const name = ignoreCase ? t.name.toLowerCase() : t.name;
    return matches(name, ignoreCase ? word?.toLowerCase() : word) && (rule === undefined || t.acl.rules.includes(rule));
  });

/** What groups have read of a topic within a span of time: each message once for each group. */
function consumed(groups: Group[], t: Topic, from: number, to: number, now: number) {
  const total = { bytes: 0, messages: 0 };
  for (const group of groups)
    for (const position of group.positions) {
      const partition = position.topic === t.name ? t.partitions[position.partition] : undefined;
      if (!partition) continue;
      const at = (time: number) => positionAt(group, position, partition, Math.min(time, now));
      const range = [partition, at(from), at(to), now, goneFrom(t, partition)] as const;
      total.bytes += bytesBetween(...range);
      total.messages += countBetween(...range);
    }
  return total;
}

export const topic: Fakes<typeof models, Scope> = {
  DescribeTopic: (scope, { InstanceId, SearchWord, Offset, Limit, AclRuleName }) => {
    const topics = found(openInstance(scope, InstanceId), SearchWord, AclRuleName);
    const TopicList = page(topics, Offset, Limit ?? 20).map((t) => ({
      TopicId: t.id,
      TopicName: t.name,
      Note: t.note,
    }));
    return { Result: { TopicList, TotalCount: topics.length } };
  },
  DescribeTopicDetail: (scope, input) => {
    const replicaNums = input.Filters?.flatMap((f) => f.Values);
    const topics = found(
      openInstance(scope, input.InstanceId),
      input.SearchWord,
      input.AclRuleName,
      input.SearchWordIgnoreCaseFlag,
    ).filter((t) => replicaNums?.includes(String(t.replicas)) ?? true);
    const key = (t: Topic) => (input.OrderBy === "PartitionNum" ? t.partitions.length : t.created);
    // Without a key the newest come first; with one, ascending unless asked otherwise.
    const direction = (input.OrderType ?? (input.OrderBy ? 0 : 1)) === 1 ? -1 : 1;
    const order = (a: Topic, b: Topic) =>
      direction * (key(a) - key(b)) || (a.name < b.name ? -1 : Number(a.name > b.name));
    const TopicList = sortedPage(topics, order, input.Offset, input.Limit).map((t) => ({
      TopicName: t.name,
      TopicId: t.id,
      PartitionNum: t.partitions.length,
      ReplicaNum: t.replicas,
      Note: t.note,
      CreateTime: seconds(t.created),
      EnableWhiteList: t.whiteList.on,
      IpWhiteListCount: t.whiteList.ips.length,
      ForwardCosBucket: "",
      ForwardStatus: 1,
      ForwardInterval: 0,
      Config: config(t),
      RetentionTimeConfig: {
        Expect: t.retentionMs / 60_000,
        Current: t.retentionMs / 60_000,
        ModTimeStamp: t.retentionChanged,
      },
      Status: 0,
      Tags: tagList(t.tags),
    }));
    return { Result: { TopicList, TotalCount: topics.length } };
  },
  DescribeTopicAttributes: (scope, { InstanceId, TopicName }) => {
    const instance = openInstance(scope, InstanceId);
    const t = topicOf(instance, TopicName);
    return {
      Result: {
        TopicId: t.id,
        CreateTime: seconds(t.created),
        Note: t.note,
        PartitionNum: t.partitions.length,
        EnableWhiteList: Number(t.whiteList.on),
        IpWhiteList: t.whiteList.ips,
        Config: config(t),
        Partitions: t.partitions.map((p) => ({
          Partition: p.number,
          LeaderStatus: 0,
          IsrNum: replicasOf(instance, t, p.number).inSync.length,
          ReplicaNum: t.replicas,
        })),
        EnableAclRule: Number(t.acl.on),
        AclRuleList: rulesOf(instance, t).map((rule) => ruleShown(instance, rule)),
        QuotaConfig: { QuotaProducerByteRate: t.quota.produce, QuotaConsumerByteRate: t.quota.consume },
        ReplicaNum: t.replicas,
      },
    };
  },
  DescribeTopicSubscribeGroup: (scope, { InstanceId, TopicName, Offset, Limit }) => {
    const instance = openInstance(scope, InstanceId);
    topicOf(instance, TopicName);
    const groups = instance.groups
      .filter((g) => g.positions.some((p) => p.topic === TopicName))
      .map((g) => groupDescription(instance, g.name, scope.now));
    const states = [...new Set(groups.map((g) => g.State))].sort();
    return {
      Result: {
        TotalCount: groups.length,
        StatusCountInfo: states.map((state) => `${groups.filter((g) => g.State === state).length} ${state}`).join(", "),
        GroupsInfo: page(groups, Offset, Limit ?? 20),
        Status: 1,
      },
    };
  },
  DescribeTopicProduceConnection: (scope, { InstanceId, TopicName }) => ({
    Result: topicOf(openInstance(scope, InstanceId), TopicName).producers.map(({ address, since }) => ({
      IpAddr: address,
      Time: dateTime(since),
      IsUnSupportVersion: false,
    })),
  }),
  DescribeTopicSyncReplica: (scope, { InstanceId, TopicName, Offset, Limit, OutOfSyncReplicaOnly }) => {
    const instance = openInstance(scope, InstanceId);
    const t = topicOf(instance, TopicName);
    const rows = t.partitions
      .map((p) => {
        const replicas = replicasOf(instance, t, p.number);
        const { begin, end } = bounds(t, p, scope.now);
        return {
          Partition: `partition-${p.number}`,
          Leader: replicas.leader,
          Replica: replicas.all.join(","),
          InSyncReplica: replicas.inSync.join(","),
          BeginOffset: begin,
          EndOffset: end,
          MessageCount: countBetween(p, begin, end, scope.now, goneFrom(t, p)),
          OutOfSyncReplica: replicas.behind.join(","),
        };
      })
      .filter((row) => !OutOfSyncReplicaOnly || row.OutOfSyncReplica !== "");
    return { Result: { TopicInSyncReplicaList: page(rows, Offset, Limit ?? 20), TotalCount: rows.length } };
  },
  DescribeTopicFlowRanking: (scope, { InstanceId, RankingType, BeginDate, EndDate, BrokerIp }) => {
    const { now } = scope;
    const instance = openInstance(scope, InstanceId);
    const ips = brokerIps(instance);
    if (BrokerIp !== undefined && !ips.includes(BrokerIp))
      throw new Fault("InvalidParameterValue", `${BrokerIp} is no broker of ${InstanceId}`);
    const to = dateOf(EndDate, now);
    const from = dateOf(BeginDate, to - 3_600_000);
    const active = instance.groups.filter((g) => activeMembers(g, now).length > 0);
    const rows = instance.topics.map((t) => {
      return {
        TopicName: t.name,
        TopicId: t.id,
        PartitionNum: t.partitions.length,
        ReplicaNum: t.replicas,
        flow: RankingType === "PRO" ? traffic(t, from, to, now) : consumed(instance.groups, t, from, to, now).bytes,
        MessageHeap: stored(t, now),
      };
    });
    const row = ({ flow, ...rest }: (typeof rows)[number]) => ({ ...rest, TopicTraffic: megabytes(flow) });
    const share = (bytes: number) => Math.round(bytes / instance.brokers.count);
    /** What it has read within the last minute. */
    const speed = (g: Group) =>
      [...new Set(g.positions.map((p) => p.topic))]
        .flatMap((name) => named(instance.topics, name) ?? [])
        .reduce((sum, t) => sum + consumed([g], t, now - 60_000, now, now).messages, 0);
    return {
      Result: {
        TopicFlow: rows.toSorted((a, b) => b.flow - a.flow).map(row),
        ConsumeSpeed: active
          .map((g) => ({ ConsumerGroupName: g.name, Speed: speed(g) }))
          .sort((a, b) => b.Speed - a.Speed),
        TopicMessageHeap: rows.toSorted((a, b) => b.MessageHeap - a.MessageHeap).map(row),
        BrokerIp: ips,
        BrokerTopicData: BrokerIp
          ? rows.map((r) => ({ TopicName: r.TopicName, TopicId: r.TopicId, DataSize: share(r.MessageHeap) }))
          : [],
        BrokerTopicFlowData: BrokerIp
          ? rows.map((r) => ({ TopicName: r.TopicName, TopicId: r.TopicId, TopicTraffic: megabytes(share(r.flow)) }))
          : [],
      },
    };
  },
  CreateTopic: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    if (named(instance.topics, input.TopicName))
      throw new Fault("InvalidParameterValue.TopicNameAlreadyExist", `topic ${input.TopicName} exists already`);
    if (instance.topics.length >= instance.max.topics)
      throw new Fault("LimitExceeded", `the instance's quota of ${instance.max.topics} topics is used up`);
    judgeAllowList(input.EnableWhiteList, input.IpWhiteList);
    const created = newTopic(scope.newId("topic"), input.TopicName, scope.now);
    created.unclean = instance.defaults.unclean;
    configure(instance, created, input, scope.now);
    judgePartitions(instance, created, input.PartitionNum);
    growTo(created, input.PartitionNum, instance.groups, scope.now);
    created.whiteList = { on: input.EnableWhiteList === 1, ips: input.IpWhiteList ?? [] };
    const presets = input.AclRuleName === undefined ? [] : [presetOf(instance, input.AclRuleName)];
    presets.push(...instance.access.aclRules.filter((r) => r.forNewTopics && !presets.includes(r)));
    created.acl = { on: input.EnableAclRule === 1 || presets.length > 0, rules: presets.map((r) => r.name) };
    created.tags = tagsOf(input.Tags);
    instance.topics.push(created);
    return { Result: { TopicId: created.id } };
  },
  ModifyTopicAttributes: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    const t = topicOf(instance, input.TopicName);
    judgeAllowList(input.EnableWhiteList, input.IpWhiteList);
    const preset = input.AclRuleName === undefined ? undefined : presetOf(instance, input.AclRuleName);
    const tags = input.Tags ? tagsOf(input.Tags) : t.tags;
    configure(instance, t, input, scope.now);
    if (input.EnableWhiteList !== undefined) t.whiteList.on = input.EnableWhiteList === 1;
    if (input.IpWhiteList) t.whiteList.ips = input.IpWhiteList;
    if (input.EnableAclRule !== undefined) t.acl.on = input.EnableAclRule === 1;
    if (preset) t.acl.rules = [preset.name];
    t.tags = tags;
    const quota = (rate: number | undefined, before: number | null) =>
      rate === undefined ? before : rate === -1 ? null : rate;
    setQuota(
      instance,
      t,
      quota(input.QuotaProducerByteRate, t.quota.produce),
      quota(input.QuotaConsumerByteRate, t.quota.consume),
      scope.now,
    );
    return done(true);
  },
  // Each topic succeeds or fails on its own.
  BatchModifyTopicAttributes: (scope, { InstanceId, Topic }) => {
    const instance = runningInstance(scope, InstanceId);
    refuseRepetition(Topic.map((change) => change.TopicName));
    return {
      Result: Topic.map((change) => {
        const { TopicName } = change;
        try {
          const t = topicOf(instance, TopicName);
          const partitions = change.PartitionNum ?? t.partitions.length;
          if (partitions < t.partitions.length)
            throw new Fault(
              "InvalidParameterValue",
              `topic ${TopicName} has ${t.partitions.length} partitions; they cannot shrink`,
            );
          judgePartitions(instance, t, partitions);
          configure(instance, t, change, scope.now);
          growTo(t, partitions, instance.groups, scope.now);
          return { InstanceId, TopicName, ReturnCode: "0", Message: "ok[apply success]" };
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          return { InstanceId, TopicName, ReturnCode: "20018", Message: error.message };
        }
      }),
    };
  },
  CreatePartition: (scope, { InstanceId, TopicName, PartitionNum }) => {
    const instance = runningInstance(scope, InstanceId);
    const t = topicOf(instance, TopicName);
    if (PartitionNum <= t.partitions.length)
      throw new Fault(
        "InvalidParameter",
        `topic ${TopicName} has ${t.partitions.length} partitions already; PartitionNum must be larger`,
      );
    judgePartitions(instance, t, PartitionNum);
    growTo(t, PartitionNum, instance.groups, scope.now);
    return done(false);
  },
  CreateTopicIpWhiteList: (scope, { InstanceId, TopicName, IpWhiteList }) => {
    const { whiteList } = topicOf(runningInstance(scope, InstanceId), TopicName);
    refuseRepetition(IpWhiteList);
    const ips = [...new Set([...whiteList.ips, ...IpWhiteList])];
    judgeAllowList(undefined, ips);
    whiteList.ips = ips;
    return done(true);
  },
  DeleteTopicIpWhiteList: (scope, { InstanceId, TopicName, IpWhiteList }) => {
    const { whiteList } = topicOf(runningInstance(scope, InstanceId), TopicName);
    whiteList.ips = whiteList.ips.filter((ip) => !IpWhiteList.includes(ip));
    return done(true);
  },
  DeleteTopic: (scope, { InstanceId, TopicName }) => {
    const instance = runningInstance(scope, InstanceId);
    const t = topicOf(instance, TopicName);
    if (scope.now - t.created < DELETABLE_AFTER)
      throw new Fault(
        "UnsupportedOperation.FrequencyTopicDeleteOperate",
        `topic ${TopicName} was created less than 60 s ago`,
      );
    instance.topics = instance.topics.filter((other) => other !== t);
    repartition(instance.groups, TopicName, [], scope.now);
    for (const group of instance.groups) group.positions = group.positions.filter((p) => p.topic !== TopicName);
    forgetAcls(instance, (acl) => acl.type === RESOURCE.topic && acl.resource === TopicName);
    return done(false);
  },
};
