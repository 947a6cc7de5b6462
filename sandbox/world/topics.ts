// World files: topics with what is in them, and groups with who consumes for them.
import { z } from "zod/v3";
import { newTopic } from "../ckafka/topic.ts";
import { NOTHING } from "../kafka/consumers.ts";
import { endOffset, messageAt, type Partition, type Run } from "../kafka/log.ts";
import { named } from "../state/lookup.ts";
import type { Group, Position, Topic } from "../state/store.ts";
import {
  count,
  longList,
  moment,
  onlyHas,
  span,
  spanLike,
  spanMs,
  text,
  textOrNull,
  time,
  WorldError,
} from "./fields.ts";

export const tags = z.record(z.string()).default({});

export const recordFile = z.strictObject({
  partition: count,
  at: time,
  key: z.string().nullable().default(null),
  /** Null deletes the key, where the topic is compacted. */
  value: z.string().nullable(),
  headers: z.string().nullable().default(null),
});
const recordFields = new Set(Object.keys(recordFile.shape));
const plainRecord = (r: z.input<typeof recordFile>) =>
  onlyHas(r, recordFields) &&
  Number.isInteger(r.partition) &&
  r.partition >= 0 &&
  typeof r.at === "string" &&
  (spanLike(r.at) || !Number.isNaN(Date.parse(r.at))) &&
  textOrNull(r.value) &&
  (r.key === undefined || textOrNull(r.key)) &&
  (r.headers === undefined || textOrNull(r.headers));
export const topicFile = z.strictObject({
  name: text,
  partitions: z.number().int().min(1),
  replicas: z.number().int().min(1).max(3).default(2),
  note: z.string().default(""),
  created: time.default("-100d"),
  retention: span.default("3d"),
  /** Of a partition. */
  retentionBytes: z.number().int().min(1).optional(),
  cleanUpPolicy: z.enum(["delete", "compact", "compact, delete"]).default("delete"),
  maxMessageBytes: z.number().int().min(1024).max(12_582_912).default(1_048_576),
  minInsyncReplicas: z.number().int().min(1).default(1),
  uncleanLeaderElection: z.boolean().default(false),
  allowList: z.array(text).optional(),
  quota: z
    .strictObject({
      produce: z.number().int().nullable().default(null),
      consume: z.number().int().nullable().default(null),
    })
    .default({}),
  /** Preset ACL rules that it applies. */
  aclRules: z.array(text).default([]),
  tags,
  produce: z
    .strictObject({
      perSecond: z.number().positive(),
      since: time.default("-1d"),
      until: time.optional(),
      key: z.string().nullable().default(null),
      value: z.string(),
      clients: z.array(text).default([]),
    })
    .optional(),
  records: longList(recordFile, plainRecord).default([]),
});
export const groupFile = z.strictObject({
  name: text,
  /** "consumer", or another like "connect", whose members no read shows. */
  protocolType: text.default("consumer"),
  protocol: z.enum(["range", "roundrobin", "sticky"]).default("range"),
  /** There all the time, or from `joined` or until `left`. */
  members: z
    .array(z.strictObject({ client: text, host: text, joined: time.optional(), left: time.optional() }))
    .default([]),
  /** Topic → how it is read. */
  reads: z.record(
    z.strictObject({
      /** Of the topic as a whole, or a list by partition. */
      perSecond: z.union([z.number().min(0), z.array(z.number().min(0)).min(1)]).default(0),
      /**
       * Messages, of the topic as a whole; or a list by partition, in which null stands for nothing committed and a number
       * below 0 for a place beyond the end.
       */
      behind: z.union([count, z.array(z.number().int().nullable()).min(1)]).default(0),
      /** Key of the record that it cannot get past. */
      stuckOn: text.optional(),
      /** Offsets by partition that it has committed on a topic that is not there any more. Nothing else goes with it. */
      gone: z.array(count).min(1).optional(),
    }),
  ),
});
type File<T extends z.ZodTypeAny> = z.output<T>;

export function makeTopic(
  file: File<typeof topicFile>,
  instance: string,
  index: number,
  now: number,
  at: string,
): Topic {
  const produce = file.produce;
  const since = produce ? moment(produce.since, now) : now;
  const until = produce?.until === undefined ? undefined : moment(produce.until, now);
  // A log holds what was written by now; what is still to come is produced at a pace, without an end.
  const written = (what: string, time: number) => {
    if (time > now) throw new WorldError(`${at}, topic ${file.name}: ${what} is in the future`);
    return time;
  };
  if (until !== undefined) written("until of produce", until);
  const every = produce ? (1000 * file.partitions) / produce.perSecond : 0;
  const records: { time: number; record: (typeof file.records)[number] }[][] = [];
  for (const record of file.records) {
    records[record.partition] ??= [];
    records[record.partition]?.push({ time: written("a record", moment(record.at, now)), record });
  }
  const partitions = Array.from({ length: file.partitions }, (_, number): Partition => {
    // Partitions take turns, so that their messages do not all fall on the same moment.
    let stream = produce ? since + (number * every) / file.partitions : undefined;
    const partition: Partition = { number, begin: 0, runs: [] };
    const made = (to: number | undefined) => {
      if (stream === undefined || !produce) return;
      const from = endOffset(partition, Number.MAX_SAFE_INTEGER);
      const count = to === undefined ? null : Math.max(0, Math.ceil((to - stream) / every));
      if (count === 0) return;
      partition.runs.push({
        from,
        at: stream,
        every,
        count,
        key: produce.key,
        value: produce.value,
        headers: null,
      } satisfies Run);
      if (count !== null) stream += count * every;
    };
    const own = (records[number] ?? []).sort((a, b) => a.time - b.time);
    for (const { time, record } of own) {
      made(until === undefined ? time : Math.min(time, until));
      partition.runs.push({
        from: endOffset(partition, time),
        at: time,
        every: 0,
        count: 1,
        key: record.key ?? null,
        value: record.value,
        headers: record.headers ?? null,
        literal: true,
      });
    }
    made(until);
    return partition;
  });
  const stray = file.records.find((r) => r.partition >= file.partitions);
  if (stray)
    throw new WorldError(
      `${at}, topic ${file.name}: a record is in partition ${stray.partition}, but there are only ${file.partitions}`,
    );
  return {
    ...newTopic(`topic-${instance.slice(-4)}${String(index).padStart(4, "0")}`, file.name, moment(file.created, now)),
    note: file.note,
    replicas: file.replicas,
    partitions,
    retentionMs: spanMs(file.retention),
    retentionBytes: file.retentionBytes ?? null,
    cleanUpPolicy: file.cleanUpPolicy,
    maxMessageBytes: file.maxMessageBytes,
    minInsyncReplicas: file.minInsyncReplicas,
    unclean: Number(file.uncleanLeaderElection),
    whiteList: { on: file.allowList !== undefined, ips: file.allowList ?? [] },
    acl: { on: file.aclRules.length > 0, rules: file.aclRules },
    tags: file.tags,
    // Who produced until some time of the past has gone.
    producers: until === undefined ? (produce?.clients ?? []).map((address) => ({ address, since })) : [],
  };
}

export function makeGroup(file: File<typeof groupFile>, topics: Topic[], now: number, at: string): Group {
  const times = (given: string | undefined) => (given === undefined ? null : moment(given, now));
  const members = file.members.map((m) => ({ ...m, joined: times(m.joined), left: times(m.left) }));
  for (const { client, joined, left } of members)
    if (joined !== null && left !== null && left < joined)
      throw new WorldError(`${at}, group ${file.name}: member ${client} leaves before it joins`);
  // Once the last has left, nobody commits any more.
  const ended = members.length > 0 ? Math.max(...members.map((m) => m.left ?? now)) : now;
  const positions = Object.entries(file.reads).flatMap(([name, read]): Position[] => {
    const topic = named(topics, name);
    if (read.gone) {
      if (topic) throw new WorldError(`${at}, group ${file.name}: topic ${name} is not gone, it is there`);
      const committed = { topic: name, at: Math.min(ended, now), perSecond: 0, stuckAt: null, gone: true };
      return read.gone.map((offset, partition): Position => ({ ...committed, partition, offset }));
    }
    if (!topic) throw new WorldError(`${at}, group ${file.name}: reads topic ${name}, which does not exist`);
    const share = topic.partitions.length;
    for (const field of ["perSecond", "behind"] as const) {
      const given = read[field];
      if (Array.isArray(given) && given.length !== share)
        throw new WorldError(
          `${at}, group ${file.name}: ${field} on ${name} lists ${given.length} partitions; the topic has ${share}`,
        );
    }
    let stuck = false;
    const found = topic.partitions.map((partition): Position => {
      const end = endOffset(partition, now);
      const stuckAt = read.stuckOn === undefined ? null : offsetOfKey(partition, read.stuckOn, now);
      stuck ||= stuckAt !== null;
      const behind = shareOf(read.behind, partition.number, share);
      return {
        topic: name,
        partition: partition.number,
        offset: stuckAt ?? (behind === null ? NOTHING : Math.max(0, end - behind)),
        at: Math.min(ended, now),
        perSecond: Array.isArray(read.perSecond)
          ? (read.perSecond[partition.number] as number)
          : read.perSecond / share,
        stuckAt,
      };
    });
    if (read.stuckOn !== undefined && !stuck)
      throw new WorldError(
        `${at}, group ${file.name}: stuckOn names the key ${read.stuckOn}, which no record of ${name} has`,
      );
    return found;
  });
  const { name, protocolType, protocol } = file;
  return { name, protocolType, protocol, members, positions, rebalances: [] };
}
/** How far a group is behind in one of several partitions. */
function shareOf(behind: number | (number | null)[], partition: number, of: number): number | null {
  if (Array.isArray(behind)) return behind[partition] ?? null;
  return Math.floor(behind / of) + (partition < behind % of ? 1 : 0);
}

/** Offset of the single record with a key. */
function offsetOfKey(partition: Partition, key: string, now: number): number | null {
  const run = partition.runs.find((r) => r.count === 1 && r.key === key);
  return run && messageAt(partition, run.from, now) ? run.from : null;
}
