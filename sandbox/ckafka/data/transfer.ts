// What data tasks do while nobody looks: computed from the time that has passed, before each request.
import { createHash } from "node:crypto";
import { activeMembers, committed, settledAt } from "../../kafka/consumers.ts";
import { appendRun, copies, endOffset, offsetAt } from "../../kafka/log.ts";
import { growTo, partitionsLeft } from "../../kafka/partitions.ts";
import { bounds, goneFrom, keepDeleted } from "../../kafka/retention.ts";
import { grouped, named } from "../../state/lookup.ts";
import {
  type DataTask,
  type Group,
  type Instance,
  type Position,
  partitionOf,
  type Region,
  type Topic,
} from "../../state/store.ts";
import { newTopic } from "../topic.ts";
import { chosen, cutOffEnd, kafkaOf, mirrored, sourcesOf, startOf, targetOf, taskGroup } from "./ends.ts";

/** Messages per second of a task without a limit of its own. */
const USUAL_QPS = 2000;
/** How often instances are compared. */
const COMPARED_EVERY = 180_000;

export const worker = (task: DataTask, joined: number) => ({
  client: task.id,
  host: "169.254.128.1",
  joined,
  left: null,
});
/** Makes a task's consumer group and puts it where the task is to start; what is new to a running task, at its beginning. */
export function place(region: Region, task: DataTask, at: number, running = false) {
  // All sources of a task share one group.
  let known: Set<string> | undefined;
  for (const { topic, groups } of sourcesOf(region, task)) {
    const group = groupFor(task, groups);
    known ??= new Set(group.positions.map(placeOf));
    for (const partition of topic.partitions) {
      if (known.has(placeOf({ topic: topic.name, partition: partition.number }))) continue;
      const { OffsetType = "earliest", StartTime = 0 } = task.source?.KafkaParam ?? task.source?.TopicParam ?? {};
      const { begin, end } = bounds(topic, partition, at);
      const since = Math.max(begin, offsetAt(partition, StartTime * 1000, at));
      const offset = running ? begin : { earliest: begin, latest: end, timestamp: since }[OffsetType];
      group.positions.push({
        topic: topic.name,
        partition: partition.number,
        offset,
        at: startOf(task),
        perSecond: 0,
        stuckAt: null,
      });
    }
  }
}
const placeOf = ({ topic, partition }: Pick<Position, "topic" | "partition">) => `${topic}/${partition}`;
function groupFor(task: DataTask, groups: Group[]): Group {
  const found = named(groups, taskGroup(task));
  if (found) return found;
  const group: Group = {
    name: taskGroup(task),
    protocolType: "consumer",
    protocol: "range",
    members: [worker(task, task.asked.at)],
    positions: [],
    rebalances: [],
  };
  groups.push(group);
  return group;
}
/** Does what a task has had to do since the last time. On an instance that is cut off there is nothing to do. */
export function work(region: Region, task: DataTask, now: number) {
  if (cutOffEnd(region, task.source)) return;
  const waits = cutOffEnd(region, task.target) !== undefined;
  if (task.sync && !waits) compare(region, task, now);
  place(region, task, now, true);
  move(region, task, waits, now);
  if (task.sync?.offsets && !waits) copyOffsets(region, task, now);
}

/** Copies what has been due since the last time. While its target waits, a task stays where it is. */
function move(region: Region, task: DataTask, waits: boolean, now: number) {
  const sources = sourcesOf(region, task);
  const group = sources[0] && groupFor(task, sources[0].groups);
  // Who has been cut off stays away.
  if (!group || group.members.length === 0) return;
  const settled = settledAt(group, now);
  const positions = grouped(group.positions, (p) => p.topic);
  const stays = task.target?.Type === "KAFKA" || task.target?.Type === "TOPIC";
  for (const { topic } of sources) {
    const own = positions.get(topic.name) ?? [];
    const target = targetOf(region, task, topic);
    if (waits) for (const position of own) position.at = Math.max(position.at, now);
    else if (target || !stays) copy(task, topic, own, { target, settled, now });
  }
}
function copy(
  task: DataTask,
  topic: Topic,
  positions: Position[],
  { target, settled, now }: { target: Topic | undefined; settled: number; now: number },
) {
  const { QpsLimit } = task.source?.KafkaParam ?? {};
  const pace = (1000 * topic.partitions.length) / (QpsLimit || task.target?.KafkaParam?.QpsLimit || USUAL_QPS);
  for (const position of positions) {
    const partition = partitionOf(topic, position.partition);
    const from = Math.max(position.offset, partition.begin);
    const { runs, next, since } = copies(
      partition,
      topic.id,
      { from, since: Math.max(position.at, settled, target?.created ?? 0), pace },
      now,
      goneFrom(topic, partition),
    );
    position.offset = next;
    position.at = since;
    if (!target) continue;
    const to = partitionOf(target, partition.number % target.partitions.length);
    for (const run of runs) appendRun(to, run, now);
  }
}

/** When the instances of a task are compared again. */
export function nextComparison(task: DataTask): number | undefined {
  const { compared = null } = task.sync ?? {};
  return compared === null ? undefined : roundOf(task, compared) + COMPARED_EVERY;
}
/** When the round began that a time falls into. */
function roundOf(task: DataTask, time: number): number {
  const start = startOf(task);
  return start + Math.floor((time - start) / COMPARED_EVERY) * COMPARED_EVERY;
}

/** Makes the topics that are missing on the target; from then on keeps the settings of all alike. */
function compare(region: Region, task: DataTask, now: number) {
  const { KafkaParam: from } = task.source ?? {};
  const { KafkaParam: to } = task.target ?? {};
  const source = from && kafkaOf(region, from.Resource);
  const target = to && kafkaOf(region, to.Resource);
  const next = nextComparison(task);
  if (!source || !target || !task.sync || (next !== undefined && now < next)) return;
  const first = task.sync.compared === null;
  task.sync.compared = roundOf(task, now);
  let room = partitionsLeft(target);
  for (const topic of chosen(source, from)) {
    const name = mirrored(task, topic.name);
    const existing = named(target.topics, name);
    if (existing && !first) room -= adjust(existing, topic, target, room, now);
    const fits = target.topics.length < target.max.topics && topic.partitions.length <= room;
    if (existing || !fits) continue;
    const made = {
      ...newTopic(`topic-${idOf(task, topic)}`, name, now),
      replicas: Math.min(topic.replicas, target.brokers.count),
      retentionMs: topic.retentionMs,
    };
    room -= adjust(made, topic, target, room, now);
    target.topics.push(made);
  }
}
/** The same for the same topic of the same task, and for no other. */
const idOf = (task: DataTask, topic: Topic) =>
  createHash("sha256").update(`${task.id}/${topic.id}`).digest("hex").slice(0, 8);

/** Partitions only grow, and retention is never made shorter. @returns how many partitions were added */
function adjust(target: Topic, source: Topic, instance: Instance, room: number, now: number): number {
  const longer = source.retentionMs > target.retentionMs;
  if (longer || target.cleanUpPolicy !== source.cleanUpPolicy) keepDeleted(target, now);
  // Nor does an instance take more partitions than it has room for.
  const before = target.partitions.length;
  if (source.partitions.length - before <= room) growTo(target, source.partitions.length, instance.groups, now);
  if (longer) [target.retentionMs, target.retentionChanged] = [source.retentionMs, now];
  target.cleanUpPolicy = source.cleanUpPolicy;
  target.minInsyncReplicas = Math.min(source.minInsyncReplicas, target.replicas);
  target.unclean = source.unclean;
  target.segmentMs = source.segmentMs;
  target.maxMessageBytes = source.maxMessageBytes;
  return target.partitions.length - before;
}

/** Gives the groups of the source the same place among the copies. Groups that consume on the target keep theirs. */
function copyOffsets(region: Region, task: DataTask, now: number) {
  const source = kafkaOf(region, task.source?.KafkaParam?.Resource ?? "");
  const target = kafkaOf(region, task.target?.KafkaParam?.Resource ?? "");
  if (!source || !target) return;
  const own = new Set(region.datahub.tasks.map(taskGroup));
  const topics = new Map(sourcesOf(region, task).map(({ topic }) => [topic.name, topic]));
  for (const group of source.groups.filter((g) => !own.has(g.name))) {
    const positions = group.positions.flatMap((position): Position[] => {
      const topic = topics.get(position.topic);
      const copy = topic && targetOf(region, task, topic);
      if (!topic || !copy) return [];
      const partition = partitionOf(topic, position.partition);
      const to = partitionOf(copy, partition.number % copy.partitions.length);
      const offset = committed(group, position, partition, now);
      const copied = to.runs.filter((r) => r.origin?.topic === topic.id && r.origin.partition === partition.number);
      const run = copied.findLast((r) => r.origin && r.origin.from <= offset) ?? copied[0];
      if (!run?.origin) return [];
      const index = Math.min(Math.max(0, offset - run.origin.from), run.count ?? 0);
      const mapped = Math.min(run.from + index, endOffset(to, now));
      return [{ topic: copy.name, partition: to.number, offset: mapped, at: now, perSecond: 0, stuckAt: null }];
    });
    if (positions.length === 0) continue;
    const existing = named(target.groups, group.name);
    if (existing && activeMembers(existing, now).length > 0) continue;
    const moved = new Set(positions.map((p) => p.topic));
    const kept = existing?.positions.filter((p) => !moved.has(p.topic)) ?? [];
    if (existing) existing.positions = [...kept, ...positions];
    else {
      const { name, protocolType, protocol } = group;
      target.groups.push({ name, protocolType, protocol, members: [], positions, rebalances: [] });
    }
  }
}
