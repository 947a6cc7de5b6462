// Partitions of topics: how many an instance takes, where they are, and what goes through them.

import { Fault } from "../state/fault.ts";
import type { Group, Instance, Topic } from "../state/store.ts";
import { repartition } from "./consumers.ts";
import { bytesBetween, offsetAt } from "./log.ts";
import { bounds, goneFrom } from "./retention.ts";

/** Brokers count from 150032, as in the reference's examples; replicas follow each other round the ring. */
export const brokerIds = ({ brokers }: Instance) => Array.from({ length: brokers.count }, (_, i) => 150032 + i);
export const brokerIps = ({ brokers, vip }: Instance) =>
  Array.from({ length: brokers.count }, (_, i) => vip.replace(/\d+$/, (last) => String((Number(last) + i + 1) % 256)));

export function replicasOf(instance: Instance, topic: Topic, partition: number) {
  const ids = brokerIds(instance);
  const all = Array.from({ length: topic.replicas }, (_, i) => (partition + i) % ids.length);
  const keepsUp = all.filter((broker) => !instance.brokers.behind.includes(broker));
  // Whoever leads has everything there is: a sole replica, or the first where all are behind, is in sync with itself.
  const inSync = keepsUp.length > 0 ? keepsUp : all.slice(0, 1);
  const behind = all.filter((broker) => !inSync.includes(broker));
  const id = (broker: number) => ids[broker] as number;
  return { all: all.map(id), inSync: inSync.map(id), behind: behind.map(id), leader: id(inSync[0] as number) };
}

export const partitionsLeft = ({ max, topics }: Instance) =>
  topics.reduce((left, t) => left - t.partitions.length, max.partitions);

/** @throws Fault where an instance has no room for a topic of so many partitions */
export function judgePartitions(instance: Instance, topic: Topic, total: number) {
  const added = total - topic.partitions.length;
  const left = partitionsLeft(instance);
  if (added > left)
    throw new Fault("LimitExceeded", `${added} more partitions exceed the instance's quota (${left} left)`);
}
/** Adds the partitions that are missing; whoever reads the topic has to share them. */
export function growTo(topic: Topic, total: number, groups: Group[], now: number) {
  const added = Array.from(
    { length: Math.max(0, total - topic.partitions.length) },
    (_, i) => i + topic.partitions.length,
  );
  if (added.length === 0) return;
  topic.partitions.push(...added.map((number) => ({ number, begin: 0, runs: [] })));
  repartition(groups, topic.name, added, now);
}

/** Bytes that went through a topic in a span of time. */
export function traffic(topic: Topic, from: number, to: number, now: number): number {
  return topic.partitions.reduce(
    (sum, p) =>
      sum + bytesBetween(p, offsetAt(p, from, now), to >= now ? Number.MAX_SAFE_INTEGER : offsetAt(p, to, now), now),
    0,
  );
}

/** Bytes on disk, all replicas counted. */
export const stored = (topic: Topic, now: number) =>
  topic.partitions.reduce((sum, p) => {
    const { begin, end } = bounds(topic, p, now);
    return sum + bytesBetween(p, begin, end, now, goneFrom(topic, p));
  }, 0) * topic.replicas;
