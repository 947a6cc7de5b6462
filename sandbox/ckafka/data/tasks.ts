// Data tasks and elastic topics as things that come, change and go.
import { createHash } from "node:crypto";
import type { z } from "zod/v3";
import type { datahub as models } from "../../../tools/ckafka/datahub/actions.ts";
import type { SentResource as Resource } from "../../../tools/ckafka/datahub/models.ts";
import { growTo } from "../../kafka/partitions.ts";
import { bounds } from "../../kafka/retention.ts";
import { Fault } from "../../state/fault.ts";
import {
  type DataTask,
  type ElasticTopic,
  instanceOf,
  partitionOf,
  type Region,
  runningInstance,
  type Scope,
  type Topic,
  topicOf,
} from "../../state/store.ts";
import { tagsOf } from "../answers.ts";
import { readyConnection, resourcesOf } from "../connect.ts";
import { newTopic, topic as topics } from "../topic.ts";
import { DELAYS, elasticOf, isClosed, kafkaOf, sourcesOf, targetOf, taskGroup } from "./ends.ts";
import { place, worker } from "./transfer.ts";

const QUOTA = 150;
/** What topics get that a task makes by itself. */
const MADE = { partitions: 3, replicas: 2, retentionMs: 86_400_000 };

export function taskOf({ region }: Scope, id: string): DataTask {
  const found = region.datahub.tasks.find((t) => t.id === id);
  if (!found) throw new Fault("InvalidParameterValue.InstanceNotExist", `task ${id} does not exist`);
  return found;
}
export function elasticTopicOf({ region }: Scope, name: string): ElasticTopic {
  const found = elasticOf(region, name);
  if (!found) throw new Fault("ResourceNotFound", `elastic topic ${name} does not exist`);
  return found;
}

/** Checks one end of a new task, and makes its topic where that is asked for. */
function attach(scope: Scope, end: Resource | undefined, isTarget: boolean) {
  const { KafkaParam, TopicParam } = end ?? {};
  if (TopicParam) {
    const exists = elasticOf(scope.region, TopicParam.Resource) !== undefined;
    if (!exists && isTarget && TopicParam.UseAutoCreateTopic)
      addElastic(scope, TopicParam.Resource, 1, MADE.retentionMs);
    else elasticTopicOf(scope, TopicParam.Resource);
  }
  // What is self-built or in another region is not part of the sandbox.
  if (!KafkaParam || KafkaParam.SelfBuilt) return;
  const connection = scope.region.datahub.connections.find((c) => c.id === KafkaParam.Resource);
  const instance = connection ? kafkaOf(scope.region, connection.id) : instanceOf(scope, KafkaParam.Resource);
  for (const name of KafkaParam.Topic?.split(",") ?? []) {
    if (!instance || instance.topics.some((t) => t.name === name)) continue;
    if (!isTarget || !KafkaParam.UseAutoCreateTopic) topicOf(instance, name);
    topics.CreateTopic(scope, {
      InstanceId: instance.id,
      TopicName: name,
      PartitionNum: KafkaParam.PartitionNum ?? MADE.partitions,
      ReplicaNum: Math.min(MADE.replicas, instance.brokers.count),
    });
  }
}

/** What is refused leaves no topic behind. */
function wholly<T>({ datahub, instances }: Region, make: () => T): T {
  const topics = [...datahub.topics];
  const before = instances.map((instance) => ({ instance, topics: [...instance.topics] }));
  try {
    return make();
  } catch (error) {
    datahub.topics = topics;
    for (const { instance, topics } of before) instance.topics = topics;
    throw error;
  }
}

type New = Pick<DataTask, "name" | "type" | "source" | "target"> & Partial<DataTask>;
export function addTask(scope: Scope, given: New): { Result: { TaskId: string; DatahubId: string } } {
  const { region, now } = scope;
  const { tasks } = region.datahub;
  const id = given.id ?? scope.newId("task");
  if (tasks.some((t) => t.id === id || t.name === given.name))
    throw new Fault("InvalidParameterValue.RepetitionValue", `a task ${given.id ?? given.name} exists already`);
  if (tasks.length >= QUOTA) throw new Fault("LimitExceeded", `the quota of ${QUOTA} tasks is used up`);
  for (const resource of resourcesOf(given)) if (resource.startsWith("resource-")) readyConnection(scope, resource);
  const task = makeTask({ ...given, id, asked: newAsked("create", scope) }, now);
  wholly(region, () => {
    attach(scope, given.source ?? undefined, false);
    attach(scope, given.target ?? undefined, true);
    judgeEnds(region, task);
  });
  startTask(region, task, now);
  return { Result: { TaskId: task.id, DatahubId: task.datahubId } };
}

/** @throws Fault where a task could not move a message, or not as it is asked to */
function judgeEnds(region: Region, task: DataTask) {
  const [source] = sourcesOf(region, task);
  const to = targetOf(region, task, source?.topic);
  if (source && to === source.topic) throw new Fault("InvalidParameterValue", "source and target are the same topic");
  if (source && to && task.target?.KafkaParam?.KeepPartition && to.partitions.length < source.topic.partitions.length)
    throw new Fault(
      "InvalidParameterValue",
      `${to.name} has fewer partitions than ${source.topic.name} (KeepPartition)`,
    );
}

export function makeTask(given: New & { id: string }, now: number): DataTask {
  return {
    datahubId: given.id.replace(/^(task-)?/, "datahub-"),
    description: "",
    created: now,
    transform: null,
    transforms: null,
    schemaId: "",
    asked: { what: "create", at: now, failure: null, done: false },
    sync: null,
    workers: 1,
    throttle: 20,
    autoExpand: true,
    tags: {},
    ...given,
  };
}
/** From now on it is there, and its consumer group stands at the start. */
export function startTask(region: Region, task: DataTask, now: number) {
  region.datahub.tasks.push(task);
  place(region, task, now);
}

type Moment = Pick<Scope, "region" | "now" | "failure">;
const newAsked = (what: DataTask["asked"]["what"], { now, failure }: Omit<Moment, "region">): DataTask["asked"] => ({
  what,
  at: now,
  failure,
  done: false,
});
/** Asks a task for something; its workers come and go with it. */
export function ask(moment: Moment, task: DataTask, what: DataTask["asked"]["what"]) {
  const { region, now } = moment;
  task.asked = newAsked(what, moment);
  if (what !== "pause") place(region, task, now);
  for (const { topic, groups } of sourcesOf(region, task)) {
    const group = groups.find((g) => g.name === taskGroup(task));
    if (!group) continue;
    // One that is not going to pause keeps its worker.
    if (what === "resume") group.members = [worker(task, now)];
    else if (task.asked.failure === null) group.members = [];
    for (const position of group.positions.filter((p) => p.topic === topic.name)) {
      // What has expired while it was paused is lost to it.
      const { begin } = bounds(topic, partitionOf(topic, position.partition), now);
      if (what === "resume") position.offset = Math.max(position.offset, begin);
      position.at = now + DELAYS[what];
    }
  }
}
type Sync = z.input<(typeof models)["CreateMetaAndDataSyncDatahubTask"]["input"]>;
/** A task that keeps the instance behind one connection like that behind another. */
export function addSync(scope: Scope, input: Sync, kind: "META" | "META_AND_DATA", offsets: boolean) {
  const ends = [input.SourceResourceId, input.TargetResourceId].map((id) => readyConnection(scope, id));
  const other = ends.find((c) => c.type !== "KAFKA");
  if (other) throw new Fault("InvalidParameterValue", `connection ${other.id} is of type ${other.type}, not KAFKA`);
  const [from, to] = ends.map((c) => kafkaOf(scope.region, c.id));
  if (from && from === to) throw new Fault("InvalidParameterValue", "both connections lead to the same instance");
  const { OffsetType, TopicRegularExpression, TopicList, Prefix, Separator } = input;
  const end = (Resource: string): Resource => ({
    Type: "KAFKA",
    KafkaParam: { SelfBuilt: false, Resource, ConnectorSyncType: `${kind}_SYNC_INSTANCE_TYPE` },
  });
  const source = end(input.SourceResourceId);
  const target = end(input.TargetResourceId);
  Object.assign(source.KafkaParam ?? {}, defined({ OffsetType, TopicRegularExpression, TopicList }));
  Object.assign(target.KafkaParam ?? {}, defined({ Prefix, Separator }));
  return addTask(scope, {
    name: input.TaskName,
    type: "SINK",
    source,
    target,
    description: input.Description ?? "",
    sync: { offsets, compared: null },
    tags: tagsOf(input.Tags),
  });
}
const defined = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined));

/** Where messages for an access point go: to the target of its task, as long as that is there. */
export function accessPoint(scope: Scope, id: string): Topic {
  const { region } = scope;
  const task = region.datahub.tasks.find((t) => t.datahubId === id && t.source?.Type === "HTTP");
  if (!task) throw new Fault("ResourceNotFound", `access point ${id} does not exist`);
  if (isClosed(task)) throw new Fault("OperationDenied.ResourceTaskPaused", `task ${task.id} is paused or has failed`);
  const { KafkaParam, TopicParam } = task.target ?? {};
  if (TopicParam) return elasticTopicOf(scope, TopicParam.Resource).topic;
  const instance = KafkaParam && kafkaOf(region, KafkaParam.Resource);
  if (!instance || !KafkaParam.Topic)
    throw new Fault("ResourceNotFound", `access point ${id} leads to no instance of this region`);
  return topicOf(runningInstance(scope, instance.id), KafkaParam.Topic);
}

const secretOf = (text: string) => createHash("sha256").update(text).digest("hex");
export function addElastic({ region, now, newId }: Scope, name: string, partitions: number, retentionMs: number) {
  const topic = { ...newTopic(newId("topic"), name, now), retentionMs, replicas: 2 };
  growTo(topic, partitions, [], now);
  region.datahub.topics.push(elastic(topic));
  return topic;
}
/** Every elastic topic has an account of its own. */
export const elastic = (topic: Topic, groups: ElasticTopic["groups"] = []): ElasticTopic => ({
  topic,
  groups,
  user: secretOf(`user ${topic.id}`).slice(0, 12),
  password: secretOf(`password ${topic.id}`).slice(0, 32),
});
