// The value of each metric in one period, or undefined where nothing that there is determines it.

import { bytesBetween, endAt } from "../kafka/log.ts";
import { type Counts, countsAt } from "../state/counts.ts";
import { named } from "../state/lookup.ts";
import { type Group, type Instance, instancesOf, type Scope, type Topic } from "../state/store.ts";
import {
  beginAt,
  committedAt,
  consumedBytes,
  consumedCount,
  heldBytes,
  heldCount,
  type Known,
  loadOf,
  MB,
  producedBytes,
  producedCount,
  type Read,
  readsOf,
  settledSince,
  sum,
  writtenSince,
} from "./history.ts";
import { table } from "./table.ts";

/** MaxConnection of DescribeInstanceAttributes. */
const MOST_CONNECTIONS = 10_000;

/** What a series is of. */
export interface Subject {
  instance: Instance;
  topics: Topic[];
  group?: Group | undefined;
  partition?: number | undefined;
}
/** A period, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}
type Value = (subject: Subject, span: Span, scope: Scope) => Known;

const times = (value: Known, factor: number): Known => (value === undefined ? undefined : value * factor);
const [MINUTE, HOUR] = [60_000, 3_600_000];
/** A period by the hour; one that is shorter, as it is. */
function* hoursOf({ from, to }: Span): Generator<Span> {
  for (let at = from; at < to; at += HOUR) yield { from: at, to: Math.min(to, at + HOUR) };
}
/** The greatest of the minutes of a period. In an hour in which there was nothing, nobody looks for it. */
function peak(span: Span, of: (from: number, to: number) => Known): Known {
  let most = 0;
  for (const { from, to } of hoursOf(span)) {
    const whole = of(from, to);
    if (whole === undefined) return undefined;
    if (whole === 0) continue;
    for (let at = from; at < to; at += MINUTE) {
      const minute = of(at, at + MINUTE);
      if (minute === undefined) return undefined;
      most = Math.max(most, minute);
    }
  }
  return most;
}
/** MB/s of bytes in a minute. */
const rate = (bytes: Known) => times(bytes, 1 / 60 / MB);
const groupsOf = ({ instance, group }: Subject) => (group ? [group] : instance.groups);
function reads(subject: Subject): Read[] {
  const all = readsOf(groupsOf(subject), subject.topics);
  return subject.partition === undefined ? all : all.filter(({ partition }) => partition.number === subject.partition);
}

const proCount: Value = ({ topics }, { from, to }) => sum(topics, (t) => producedCount(t, from, to));
const proBytes: Value = ({ topics }, { from, to }) => sum(topics, (t) => producedBytes(t, from, to));
const conCount: Value = (subject, { from, to }) => consumedCount(reads(subject), from, to);
const conBytes: Value = (subject, { from, to }) => consumedBytes(reads(subject), from, to);
const maxPro: Value = ({ topics }, span) =>
  peak(span, (from, to) => rate(sum(topics, (t) => producedBytes(t, from, to))));
const maxCon: Value = (subject, span) => {
  const own = reads(subject);
  return peak(span, (from, to) => rate(consumedBytes(own, from, to)));
};
const replicated = (topic: Topic, from: number, to: number): Known =>
  from < settledSince(topic) ? undefined : times(producedBytes(topic, from, to), topic.replicas);
const maxReplica: Value = ({ topics }, span) =>
  peak(span, (from, to) => rate(sum(topics, (t) => replicated(t, from, to))));
const msgHeap: Value = ({ topics }, { to }) =>
  times(
    sum(topics, (t) => times(heldBytes(t, to), t.replicas)),
    1 / MB,
  );

/** Since when an instance has the size that it has. */
function sizedSince({ id, phase }: Instance, { region }: Scope): number {
  const deals = region.deals.filter(({ instances, amount }) => instances.includes(id) && amount !== 0);
  return Math.max(phase?.status === 7 ? phase.at : Number.NEGATIVE_INFINITY, ...deals.map(({ at }) => at));
}
/** Of what was bought, as a percentage. @param size MB, MB/s or a number */
const share =
  (value: Value, size: (instance: Instance) => number): Value =>
  (subject, span, scope) =>
    span.from < sizedSince(subject.instance, scope) && subject.instance.created < span.from
      ? undefined
      : times(value(subject, span, scope), 100 / size(subject.instance));
const counted =
  (what: "topics" | "partitions" | "groups"): Value =>
  ({ instance }, { to }) =>
    (countsAt(instance, to) as Counts | undefined)?.[what];

const connections: Value = ({ instance }, { to }) => instance.connections.filter(({ at }) => at <= to).at(-1)?.count;

/**
 * Nobody is held back here, so below the limits 0 is a fact; above them a number would be made up.
 * @param fits whether what went through in a span of time would have fitted into a minute
 */
const unthrottled =
  (fits: (subject: Subject, span: Span, scope: Scope) => boolean): Value =>
  (subject, span, scope) => {
    for (const hour of hoursOf(span)) {
      // What an hour had fits into one of its minutes: then all of them were below.
      if (fits(subject, hour, scope)) continue;
      for (let at = hour.from; at < hour.to; at += MINUTE)
        if (!fits(subject, { from: at, to: at + MINUTE }, scope)) return undefined;
    }
    return 0;
  };
const produceThrottle = unthrottled(({ instance }, { from, to }, scope) => {
  if (from < sizedSince(instance, scope) && instance.created < from) return false;
  const load = loadOf(instance, from, to);
  const most = instance.bandwidth * MB * 60;
  // Limits hold for each broker; where none carries more than its part, all together do not either.
  return load.every((bytes) => bytes !== undefined && bytes <= most / load.length);
});
const consumeThrottle = unthrottled((subject, span, scope) => {
  if (span.from < sizedSince(subject.instance, scope) && subject.instance.created < span.from) return false;
  const used = rate(conBytes(subject, span, scope));
  return used !== undefined && used <= subject.instance.bandwidth;
});
const topicThrottle = (kind: "produce" | "consume") =>
  unthrottled((subject, span, scope) => {
    const [topic] = subject.topics;
    if (!topic) return false;
    const { quota, created } = topic;
    if (quota.updated > created && span.from < quota.updated) return false;
    const limit = quota[kind];
    if (limit === null) return true;
    const used = rate((kind === "produce" ? proBytes : conBytes)(subject, span, scope));
    return used !== undefined && used <= limit;
  });

const newest: Value = (subject, { to }) => {
  const all = reads(subject).map(({ partition }) => endAt(partition, to));
  return all.length === 0 ? undefined : Math.max(...all);
};
const placeOf = ({ group, position, partition }: Read, time: number) => committedAt(group, position, partition, time);
const place: Value = (subject, { to }) => {
  const all = reads(subject).map((read) => placeOf(read, to));
  return all.length === 0 || all.includes(undefined) ? undefined : Math.max(...(all as number[]));
};
/** Where a group has no place, nothing is behind. */
const some = (subject: Subject, of: (read: Read) => Known): Known => {
  const own = reads(subject);
  return own.length === 0 ? undefined : sum(own, of);
};
const unread: Value = (subject, { to }) =>
  some(subject, (read) => {
    const at = placeOf(read, to);
    return at === undefined ? undefined : endAt(read.partition, to) - at;
  });
const unreadSize: Value = (subject, { to }) =>
  times(
    some(subject, ({ topic, partition, ...read }) => {
      const [at, begin] = [placeOf({ topic, partition, ...read }, to), beginAt(topic, partition, to)];
      if (at === undefined || begin === undefined || to < writtenSince(topic)) return undefined;
      return bytesBetween(partition, Math.max(at, begin), endAt(partition, to), Number.MAX_SAFE_INTEGER);
    }),
    1 / MB,
  );
const speed: Value = (subject, { from, to }) =>
  times(
    some(subject, (read) => consumedCount([read], from, to)),
    60_000 / (to - from),
  );

/** Those that are not here are never known: requests, what brokers measure, clients' connections. */
const VALUES: Record<string, Value> = {
  InstanceProCount: proCount,
  InstanceConCount: conCount,
  InstanceProFlow: (...given) => times(proBytes(...given), 1 / MB),
  InstanceConFlow: (...given) => times(conBytes(...given), 1 / MB),
  InstanceMaxProFlow: maxPro,
  InstanceMaxConFlow: maxCon,
  InstanceReplicaProduceFlow: maxReplica,
  InstanceMsgCount: ({ topics }, { to }) => sum(topics, (t) => heldCount(t, to)),
  InstanceMsgHeap: msgHeap,
  InstanceDiskUsage: share(msgHeap, ({ disk }) => disk * 1024),
  InstanceConnectCount: connections,
  InstanceConnectPercentage: (...given) => times(connections(...given), 100 / MOST_CONNECTIONS),
  InstanceProduceBandwidthPercentage: share(maxReplica, ({ bandwidth }) => bandwidth),
  InstanceConsumeBandwidthPercentage: share(maxCon, ({ bandwidth }) => bandwidth),
  InstanceProduceThrottle: produceThrottle,
  InstanceConsumeThrottle: consumeThrottle,
  InstanceTopicNum: counted("topics"),
  InstanceTopicPercentage: share(counted("topics"), ({ max }) => max.topics),
  InstancePartitionNum: counted("partitions"),
  InstancePartitionPercentage: share(counted("partitions"), ({ max }) => max.partitions),
  InstanceConsumeGroupNum: counted("groups"),
  InstanceConsumeGroupPercentage: share(counted("groups"), ({ max }) => max.groups),
  CtopicProCount: proCount,
  CtopicConCount: conCount,
  CtopicProFlow: (...given) => times(proBytes(...given), 1 / MB),
  CtopicConFlow: (...given) => times(conBytes(...given), 1 / MB),
  CtopicMsgCount: ({ topics }, { to }) => sum(topics, (t) => heldCount(t, to)),
  CtopicMsgHeap: ({ topics }, { to }) =>
    times(
      sum(topics, (t) => heldBytes(t, to)),
      1 / MB,
    ),
  TMaxProduceFlow: maxPro,
  TMaxConsumeFlow: maxCon,
  TTopicProduceThrottle: topicThrottle("produce"),
  TTopicConsumeThrottle: topicThrottle("consume"),
  CpartitionOffset: place,
  CpartitionMaxOffset: newest,
  CpartitionUnconsume: unread,
  CpartitionConsumerSpeed: speed,
  CtopicMsgOffset: place,
  CgroupMaxOffset: newest,
  CtopicUnconsumeMsgCount: unread,
  CtopicUnconsumeMsgOffset: unreadSize,
  UnconsumeTopic: unread,
  UnconsumeSizeTopic: unreadSize,
  CtopicConsumerSpeed: speed,
  MaxOffsetTopic: newest,
  OffsetTopic: place,
};

/** What dimensions name; undefined where there is no such thing. */
export function subjectOf(scope: Scope, dimensions: Record<string, string | undefined>): Subject | undefined {
  const instance = instancesOf(scope).find(({ id }) => id === dimensions.instanceId);
  if (!instance) return undefined;
  const { topicId, topicName, consumerGroup, partition } = dimensions;
  if (topicId === undefined) return { instance, topics: instance.topics };
  const topic = instance.topics.find(({ id }) => id === topicId);
  if (!topic || (topicName !== undefined && topic.name !== topicName)) return undefined;
  const subject = { instance, topics: [topic] };
  if (consumerGroup === undefined) return subject;
  const group = named(instance.groups, consumerGroup);
  return group && { ...subject, group, partition: partition === undefined ? undefined : Number(partition) };
}

/** The points of a series: what begins between two times, is over by now, and is known. @param period seconds */
export function pointsOf(
  metric: string,
  subject: Subject,
  { from, to, period, oldest }: { from: number; to: number; period: number; oldest: number },
  scope: Scope,
): { at: number; value: number }[] {
  const value = VALUES[metric];
  if (!value) return [];
  const points: { at: number; value: number }[] = [];
  const { instance, topics } = subject;
  // A topic has no series from before it was there; an instance without it had one.
  const single = subject.topics !== instance.topics ? (topics[0]?.created ?? 0) : 0;
  const since = Math.max(oldest, instance.created, single);
  // What stood at the end of a period is told only where all of the period is known.
  const standing = table.get(metric)?.statistic === "last";
  let before: { at: number; value: Known } | undefined;
  for (let at = from; at <= to; at += period * 1000) {
    const until = at + period * 1000;
    if (until > scope.now || at < since) continue;
    if (standing && before?.at !== at) before = { at, value: value(subject, { from: at, to: at }, scope) };
    const begins = standing ? before?.value : 0;
    const found = value(subject, { from: at, to: until }, scope);
    before = { at: until, value: found };
    if (begins === undefined) continue;
    if (found !== undefined) points.push({ at: at / 1000, value: Math.round(found * 1000) / 1000 });
  }
  return points;
}
