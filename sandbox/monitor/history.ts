// What was so at a time of the past, worked out from what there is. Every function answers undefined where the state does not
// determine it: a made-up number would look like a measured one.
//
// Logs go by the times of their messages: what a run is to hold later was not there yet.
import { committed } from "../kafka/consumers.ts";
import { bytesBetween, countBetween, countOf, endAt, offsetAt, type Partition } from "../kafka/log.ts";
import { brokerIps } from "../kafka/partitions.ts";
import { goneFrom } from "../kafka/retention.ts";
import type { Group, Instance, Position, Topic } from "../state/store.ts";

export const MB = 1_048_576;
export type Known = number | undefined;
/** The sum, or undefined where a part is not known. */
export function sum<T>(items: readonly T[], of: (item: T) => Known): Known {
  let total = 0;
  for (const item of items) {
    const part = of(item);
    if (part === undefined) return undefined;
    total += part;
  }
  return total;
}

/** Since when the settings of a topic are what they are. Those it was made with were always so. */
export const settledSince = ({ created, changed }: Topic) => (changed > created ? changed : Number.NEGATIVE_INFINITY);

/** Messages that compaction took out for good left gaps, and went when the settings changed. */
function isWhole({ partitions }: Topic): boolean {
  return partitions.every(({ runs }) =>
    runs.every((run, i) => {
      const before = runs[i - 1];
      return run.from === (before ? before.from + (before.count ?? 0) : 0);
    }),
  );
}
const whole = new WeakMap<Topic, { changed: number; is: boolean }>();
/** Since when all that was written is still known. */
export function writtenSince(topic: Topic): number {
  let known = whole.get(topic);
  if (known?.changed !== topic.changed) {
    known = { changed: topic.changed, is: isWhole(topic) };
    whole.set(topic, known);
  }
  return known.is ? Number.NEGATIVE_INFINITY : settledSince(topic);
}

/** Messages written from one time to another. */
export const producedCount = (topic: Topic, from: number, to: number): Known =>
  from < writtenSince(topic) ? undefined : topic.partitions.reduce((n, p) => n + endAt(p, to) - endAt(p, from), 0);
/** Bytes of what was written to a partition from one time to another. */
export const bytesIn = (partition: Partition, from: number, to: number) =>
  bytesBetween(partition, endAt(partition, from), endAt(partition, to), Number.MAX_SAFE_INTEGER);
export const producedBytes = (topic: Topic, from: number, to: number): Known =>
  from < writtenSince(topic) ? undefined : topic.partitions.reduce((n, p) => n + bytesIn(p, from, to), 0);

/** First offset kept at a time. */
export function beginAt(topic: Topic, partition: Partition, time: number): Known {
  if (time < settledSince(topic)) return undefined;
  const end = endAt(partition, time);
  if (!topic.cleanUpPolicy.includes("delete")) return Math.min(partition.begin, end);
  const aged = offsetAt(partition, time - topic.retentionMs, time);
  const sized =
    topic.retentionBytes === null || topic.retentionBytes < 0 ? 0 : fitting(partition, topic.retentionBytes, time);
  return Math.min(end, Math.max(partition.begin, aged, sized));
}
/** First offset from which on what was written by a time fits into a number of bytes. */
function fitting(partition: Partition, bytes: number, time: number): number {
  let left = bytes;
  const end = endAt(partition, time);
  for (const run of partition.runs.toReversed()) {
    const count = Math.min(end - run.from, countOf(run, time));
    if (count <= 0) continue;
    const size = bytesBetween(partition, run.from, run.from + 1, Number.MAX_SAFE_INTEGER);
    if (count * size > left) return run.from + count - Math.floor(left / size);
    left -= count * size;
  }
  return 0;
}
type Measure = typeof bytesBetween;
/** What a topic held at a time, one replica of it, without what compaction has taken out. */
function held(topic: Topic, time: number, measure: Measure): Known {
  return sum(topic.partitions, (p) => {
    const begin = beginAt(topic, p, time);
    return begin === undefined ? undefined : measure(p, begin, endAt(p, time), time, goneFrom(topic, p));
  });
}
export const heldCount = (topic: Topic, time: number) => held(topic, time, countBetween);
export const heldBytes = (topic: Topic, time: number) => held(topic, time, bytesBetween);

/** The offset that a group had committed at a time. */
export function committedAt(group: Group, position: Position, partition: Partition, time: number): Known {
  if (position.offset < 0) return undefined;
  const end = endAt(partition, time);
  if (time < position.at) {
    // Of an empty log nobody can have read anything.
    if (end === 0) return 0;
    const behind = between(position.past ?? [], time);
    return behind === undefined ? undefined : Math.max(0, end - behind);
  }
  return Math.min(committed(group, position, partition, time), Math.max(end, position.offset));
}
function between(past: { at: number; behind: number }[], time: number): Known {
  const next = past.findIndex(({ at }) => at >= time);
  const [before, after] = [past[next - 1], past[next]];
  if (!after) return undefined;
  if (after.at === time) return after.behind;
  if (!before) return undefined;
  return Math.round(before.behind + ((after.behind - before.behind) * (time - before.at)) / (after.at - before.at));
}
export interface Read {
  group: Group;
  topic: Topic;
  position: Position;
  partition: Partition;
}
/** Who reads what: each place of each group. */
export const readsOf = (groups: Group[], topics: Topic[]): Read[] => {
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  return groups.flatMap((group) =>
    group.positions.flatMap((position) => {
      const topic = byName.get(position.topic);
      const partition = topic?.partitions[position.partition];
      return topic && partition ? [{ group, topic, position, partition }] : [];
    }),
  );
};
/** From where to where a group read between two times. */
function span({ group, position, partition }: Read, from: number, to: number): [number, number] | undefined {
  const [before, after] = [committedAt(group, position, partition, from), committedAt(group, position, partition, to)];
  return before === undefined || after === undefined ? undefined : [before, Math.max(before, after)];
}
export const consumedCount = (reads: Read[], from: number, to: number): Known =>
  sum(reads, (read) => {
    const found = span(read, from, to);
    return found && found[1] - found[0];
  });
export const consumedBytes = (reads: Read[], from: number, to: number): Known =>
  sum(reads, (read) => {
    const found = span(read, from, to);
    // What compaction took out for good has no size any more.
    return found && from >= writtenSince(read.topic)
      ? bytesBetween(read.partition, found[0], found[1], Number.MAX_SAFE_INTEGER)
      : undefined;
  });

/** Bytes that each broker wrote between two times, replicas included. */
export function loadOf(instance: Instance, from: number, to: number): Known[] {
  const brokers = brokerIps(instance).length;
  const load: Known[] = Array(brokers).fill(0);
  for (const topic of instance.topics) {
    const known = from >= Math.max(writtenSince(topic), settledSince(topic));
    for (const p of topic.partitions) {
      const bytes = bytesIn(p, from, to);
      for (let replica = 0; replica < topic.replicas; replica += 1) {
        const broker = (p.number + replica) % brokers;
        const before = load[broker];
        load[broker] = before === undefined || !known ? undefined : before + bytes;
      }
    }
  }
  return load;
}
