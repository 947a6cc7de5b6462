// What data tasks do while nobody looks: computed from the time that has passed, before each request.
import { createHash } from "node:crypto";
import { activeMembers, committed, settledAt } from "./consumers.ts";
import { chosen, kafkaOf, mirrored, type Source, sourcesOf, startOf, targetOf, taskGroup } from "./ends.ts";
import { appendRun, copies, endOffset, offsetAt } from "./log.ts";
import { growTo, partitionsLeft } from "./partitions.ts";
import { bounds, goneFrom, keepDeleted } from "./retention.ts";
import {
  type DataTask,
  type Group,
  type Instance,
  type Position,
  partitionOf,
  type Region,
  type Topic,
} from "./store.ts";
import { newTopic } from "./topic.ts";

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
  for (const { topic, groups } of sourcesOf(region, task)) {
    const group = groupFor(task, groups);
    for (const partition of topic.partitions) {
      if (group.positions.some((p) => p.topic === topic.name && p.partition === partition.number)) continue;
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
function groupFor(task: DataTask, groups: Group[]): Group {
  const found = groups.find((g) => g.name === taskGroup(task));
  if (found) return found;
  const group: Group = {
    name: taskGroup(task),
    protocol: "range",
    members: [worker(task, task.asked.at)],
    positions: [],
    rebalances: [],
  };
  groups.push(group);
  return group;
}
/** Does what a task has had to do since the last time. */
export function work(region: Region, task: DataTask, now: number) {
  if (task.sync) compare(region, task, now);
  place(region, task, now, true);
  for (const source of sourcesOf(region, task)) move(region, task, source, now);
  if (task.sync?.offsets) copyOffsets(region, task, now);
}

/** Copies what has been due since the last time. */
function move(region: Region, task: DataTask, { topic, groups }: Source, now: number) {
  const target = targetOf(region, task, topic);
  const stays = task.target?.Type === "KAFKA" || task.target?.Type === "TOPIC";
  if (stays && !target) return;
  const group = groupFor(task, groups);
  const settled = settledAt(group, now);
  const { QpsLimit } = task.source?.KafkaParam ?? {};
  const pace = (1000 * topic.partitions.length) / (QpsLimit || task.target?.KafkaParam?.QpsLimit || USUAL_QPS);
  for (const position of group.positions.filter((p) => p.topic === topic.name)) {
    const partition = partitionOf(topic, position.partition);
    const from = Math.max(position.offset, partition.begin);
    const { runs, next, since } = copies(
      partition,
      topic.id,
      { from, since: Math.max(position.at, settled), pace },
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

/** Makes the topics that are missing on the target; from then on keeps the settings of all alike. */
function compare(region: Region, task: DataTask, now: number) {
  const { KafkaParam: from } = task.source ?? {};
  const { KafkaParam: to } = task.target ?? {};
  const source = from && kafkaOf(region, from.Resource);
  const target = to && kafkaOf(region, to.Resource);
  if (!source || !target || !task.sync) return;
  const start = startOf(task);
  const rounds = (at: number) => Math.floor((at - start) / COMPARED_EVERY);
  const first = task.sync.compared === null;
  if (task.sync.compared !== null && rounds(task.sync.compared) === rounds(now)) return;
  task.sync.compared = now;
  for (const topic of chosen(source, from)) {
    const name = mirrored(task, topic.name);
    const existing = target.topics.find((t) => t.name === name);
    if (existing && !first) adjust(existing, topic, target, now);
    const fits = target.topics.length < target.max.topics && topic.partitions.length <= partitionsLeft(target);
    if (existing || !fits) continue;
    const made = {
      ...newTopic(`topic-${idOf(task, topic)}`, name, first ? start : now),
      replicas: Math.min(topic.replicas, target.brokers.count),
      retentionMs: topic.retentionMs,
    };
    adjust(made, topic, target, now);
    target.topics.push(made);
  }
}
/** The same for the same topic of the same task, and for no other. */
const idOf = (task: DataTask, topic: Topic) =>
  createHash("sha256").update(`${task.id}/${topic.id}`).digest("hex").slice(0, 8);

/** Partitions only grow, and retention is never made shorter. */
function adjust(target: Topic, source: Topic, instance: Instance, now: number) {
  if (target.cleanUpPolicy !== source.cleanUpPolicy) keepDeleted(target, now);
  // Nor does an instance take more partitions than it has room for.
  if (source.partitions.length - target.partitions.length <= partitionsLeft(instance))
    growTo(target, source.partitions.length, instance.groups, now);
  target.retentionMs = Math.max(target.retentionMs, source.retentionMs);
  target.cleanUpPolicy = source.cleanUpPolicy;
  target.minInsyncReplicas = Math.min(source.minInsyncReplicas, target.replicas);
  target.unclean = source.unclean;
  target.segmentMs = source.segmentMs;
  target.maxMessageBytes = source.maxMessageBytes;
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
    const existing = target.groups.find((g) => g.name === group.name);
    if (existing && activeMembers(existing, now).length > 0) continue;
    const kept = existing?.positions.filter((p) => !positions.some((n) => n.topic === p.topic)) ?? [];
    if (existing) existing.positions = [...kept, ...positions];
    else target.groups.push({ name: group.name, protocol: group.protocol, members: [], positions, rebalances: [] });
  }
}
