// The two ends of a data task, what of them is there, and how far it has got with what was asked of it.
import type { SentResource as Resource } from "../../../tools/ckafka/datahub/models.ts";
import { named } from "../../state/lookup.ts";
import type { Connection, DataTask, Group, Instance, Region, Topic } from "../../state/store.ts";

/** How long it takes until what was asked of a task is done. */
export const DELAYS = { create: 30_000, pause: 5_000, resume: 5_000 };
/** From when on a task does, or does not, what was asked of it last. */
export const startOf = ({ asked }: DataTask) => asked.at + DELAYS[asked.what];
/** A task is closed while it is paused, and where it could not be created or resumed. */
export const isClosed = ({ asked }: DataTask) => (asked.what === "pause") !== (asked.done && asked.failure !== null);
export const isWorking = (task: DataTask) => task.asked.done && !isClosed(task);

export const taskGroup = (task: DataTask) => `datahub-${task.id}`;
/** The instance that an id means: its own, or that of a connection to it. */
export function kafkaOf(region: Region, id: string): Instance | undefined {
  const connection = region.datahub.connections.find((c) => c.id === id);
  const settings = connection?.settings.KafkaConnectParam;
  return region.instances.find((i) => i.id === (connection ? settings?.Resource : id));
}
export const elasticOf = (region: Region, name: string | undefined) =>
  region.datahub.topics.find((t) => t.topic.name === name);

export interface Source {
  topic: Topic;
  /** Where the consumer group of the task stands. */
  groups: Group[];
}
/** The topics of the sandbox that a task reads. */
export function sourcesOf(region: Region, task: DataTask): Source[] {
  const { KafkaParam, TopicParam } = task.source ?? {};
  const elastic = elasticOf(region, TopicParam?.Resource);
  if (elastic) return [{ topic: elastic.topic, groups: elastic.groups }];
  const instance = KafkaParam && kafkaOf(region, KafkaParam.Resource);
  if (!instance || KafkaParam.ConnectorSyncType === "META_SYNC_INSTANCE_TYPE") return [];
  return chosen(instance, KafkaParam).map((topic) => ({ topic, groups: instance.groups }));
}

type Choice = {
  Topic?: string | undefined;
  TopicList?: string[] | undefined;
  TopicRegularExpression?: string | undefined;
};
/** All topics of an instance unless some are named. */
export function chosen(instance: Instance, { Topic, TopicList, TopicRegularExpression }: Choice): Topic[] {
  const names = Topic || TopicList ? new Set(Topic?.split(",") ?? TopicList) : undefined;
  if (names) return instance.topics.filter((t) => names.has(t.name));
  return instance.topics.filter((t) => matchesPattern(t.name, TopicRegularExpression));
}
export function matchesPattern(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(name);
  } catch {
    return false;
  }
}

export const mirrored = (task: DataTask, name: string) => {
  const { Prefix, Separator } = task.target?.KafkaParam ?? {};
  return Prefix ? `${Prefix}${Separator ?? ""}${name}` : name;
};
/** The topic of the sandbox that a task writes to. */
export function targetOf(region: Region, task: DataTask, source: Topic | undefined): Topic | undefined {
  const { KafkaParam, TopicParam } = task.target ?? {};
  if (TopicParam) return elasticOf(region, TopicParam.Resource)?.topic;
  const name = task.sync ? source && mirrored(task, source.name) : KafkaParam?.Topic;
  const topics = KafkaParam && kafkaOf(region, KafkaParam.Resource)?.topics;
  return topics && name !== undefined ? named(topics, name) : undefined;
}

/** The instance of an end, where its clients have been cut off: it is isolated, being deleted, or could not be. */
export function cutOffEnd(region: Region, end: Resource | null): Instance | undefined {
  const instance = end?.KafkaParam && kafkaOf(region, end.KafkaParam.Resource);
  return instance && (instance.phase?.status === 2 || [4, 5].includes(instance.status)) ? instance : undefined;
}

/** What of a task's ends is gone. */
export function missing(region: Region, task: DataTask): string {
  const { source, target } = task;
  const instances = [source, target].flatMap((end) =>
    end?.KafkaParam && !end.KafkaParam.SelfBuilt ? end.KafkaParam.Resource : [],
  );
  const gone = instances.find((id) => id.startsWith("ckafka-") && !kafkaOf(region, id));
  if (gone) return `instance ${gone} does not exist`;
  const broken = region.datahub.connections.find((c) => instances.includes(c.id) && isLost(region, c));
  if (broken) return `the instance of connection ${broken.id} does not exist`;
  const here = (end: Resource | null) => end?.KafkaParam && kafkaOf(region, end.KafkaParam.Resource);
  const reads = source?.TopicParam || (here(source) && source?.KafkaParam?.Topic);
  if (reads && sourcesOf(region, task).length === 0) return "the source topic does not exist";
  const writes = target?.TopicParam || (here(target) && !task.sync && target?.KafkaParam?.Topic);
  return writes && !targetOf(region, task, undefined) ? "the target topic does not exist" : "";
}

/** Why a task has nothing to do, or cannot do it. */
export function hindrance(region: Region, task: DataTask): string {
  const cutOff = cutOffEnd(region, task.source) ?? cutOffEnd(region, task.target);
  return missing(region, task) || (cutOff ? `the clients of instance ${cutOff.id} are cut off` : "");
}

/** Whether a connection leads to a cloud instance that is gone by now. */
export function isLost(region: Region, { id, settings }: Connection): boolean {
  const kafka = settings.KafkaConnectParam;
  return kafka?.SelfBuilt === false && kafka.Region === undefined && kafkaOf(region, id) === undefined;
}
