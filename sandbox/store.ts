// The state of the sandbox: what exists in each region, and how it is found.
import type { Resource } from "../tools/datahub.models.ts";
import type { Transform, Transforms } from "../tools/datahub.transforms.ts";
import { Fault } from "./fault.ts";
import { beginOffset, endOffset, type Partition } from "./log.ts";

export interface Topic {
  id: string;
  name: string;
  note: string;
  /** Times are milliseconds since the epoch, here and below. */
  created: number;
  replicas: number;
  partitions: Partition[];
  retentionMs: number;
  retentionChanged: number;
  retentionBytes: number | null;
  cleanUpPolicy: string;
  minInsyncReplicas: number;
  unclean: number;
  segmentMs: number | null;
  maxMessageBytes: number;
  timestampType: string | null;
  whiteList: { on: boolean; ips: string[] };
  acl: { on: boolean; rule: string | null };
  /** MB/s; null without one. */
  quota: { produce: number | null; consume: number | null };
  tags: Record<string, string>;
  /** Addresses of clients that produce. */
  producers: string[];
}
export interface Position {
  topic: string;
  partition: number;
  /** Committed at `at`; since then the group has gone on at `perSecond`, but not past `stuckAt`. */
  offset: number;
  at: number;
  perSecond: number;
  stuckAt: number | null;
}
export interface Member {
  client: string;
  host: string;
}
export interface Group {
  name: string;
  protocol: string;
  members: Member[];
  positions: Position[];
}
export interface Instance {
  id: string;
  name: string;
  status: number;
  version: string;
  type: string;
  zones: number[];
  vpc: string;
  subnet: string;
  vip: string;
  port: string;
  bandwidth: number;
  disk: number;
  diskType: string;
  created: number;
  expires: number;
  chargeType: string;
  publicNetwork: number;
  healthy: number;
  healthMessage: string;
  /** How many brokers there are, and which of them (by index) have fallen behind. */
  brokers: { count: number; behind: number[] };
  max: { topics: number; partitions: number; groups: number };
  retentionMinutes: number;
  autoCreate: boolean;
  deleteProtection: boolean;
  tags: Record<string, string>;
  topics: Topic[];
  groups: Group[];
  /** HTTP access points: id → topic. */
  dataHubs: Record<string, string>;
}
export interface Region {
  zones: { id: number; name: string; soldOut: boolean }[];
  instances: Instance[];
  datahub: Datahub;
}

// Connections, data tasks and elastic topics.
export interface Connection {
  id: string;
  name: string;
  type: string;
  description: string;
  created: number;
  changed: number | null;
  /** The parameter of its type, as it was sent. */
  settings: Record<string, Record<string, unknown>>;
  tags: Record<string, string>;
}
export interface DataTask {
  id: string;
  /** What messages are sent to over HTTP, where the source is HTTP. */
  datahubId: string;
  name: string;
  type: string;
  description: string;
  created: number;
  source: Resource | null;
  target: Resource | null;
  transform: Transform | null;
  transforms: Transforms | null;
  schemaId: string;
  /** What was asked of it last, and when. Its status follows from the time since. */
  asked: { what: "create" | "pause" | "resume"; at: number };
  /** Keeps one instance like another: when topics were compared last. */
  sync: { offsets: boolean; compared: number | null } | null;
  workers: number;
  throttle: number;
  autoExpand: boolean;
  tags: Record<string, string>;
}
export interface ElasticTopic {
  topic: Topic;
  groups: Group[];
  user: string;
  password: string;
}
export interface Datahub {
  connections: Connection[];
  tasks: DataTask[];
  topics: ElasticTopic[];
}
export const newDatahub = (): Datahub => ({ connections: [], tasks: [], topics: [] });
/** What an action works on: one region at one moment. */
export interface Scope {
  region: Region;
  now: number;
  appId: number;
  /** A new id like topic-a1b2c3d4; the same ones in the same order in every run. */
  newId: (prefix: string) => string;
}

export function instanceOf({ region }: Scope, id: string): Instance {
  const found = region.instances.find((i) => i.id === id);
  if (!found) throw new Fault("InvalidParameterValue.InstanceNotExist", `instance ${id} does not exist`);
  return found;
}

/** An instance that is running, as changes need it. */
export function runningInstance(scope: Scope, id: string): Instance {
  const found = instanceOf(scope, id);
  if (found.status !== 1)
    throw new Fault("ResourceUnavailable", `instance ${id} is not running (status ${found.status})`);
  return found;
}

export function topicOf(instance: Instance, name: string): Topic {
  const found = instance.topics.find((t) => t.name === name);
  if (!found) throw new Fault("ResourceNotFound", `topic ${name} does not exist on ${instance.id}`);
  return found;
}

export function groupOf(instance: Instance, name: string): Group {
  const found = instance.groups.find((g) => g.name === name);
  if (!found) throw new Fault("ResourceNotFound", `group ${name} does not exist on ${instance.id}`);
  return found;
}

export function partitionOf(topic: Topic, number: number): Partition {
  const found = topic.partitions[number];
  if (!found) throw new Fault("InvalidParameterValue", `topic ${topic.name} has no partition ${number}`);
  return found;
}

/** First and next offset of a partition now, after retention by age. */
export function bounds(topic: Topic, partition: Partition, now: number): { begin: number; end: number } {
  const ages = topic.cleanUpPolicy.includes("delete");
  return { begin: beginOffset(partition, ages ? topic.retentionMs : undefined, now), end: endOffset(partition, now) };
}

/** The offset that a group has committed by now. Nobody consumes for a group without members. */
export function committed(group: Group, position: Position, partition: Partition, now: number): number {
  if (group.members.length === 0) return position.offset;
  const reached = Math.floor(position.offset + (position.perSecond * (now - position.at)) / 1000);
  return Math.max(position.offset, Math.min(reached, position.stuckAt ?? reached, endOffset(partition, now)));
}

export function page<T>(items: T[], offset: number | undefined, limit: number): T[] {
  return items.slice(offset ?? 0, (offset ?? 0) + limit);
}

export const matches = (text: string, search: string | undefined) => search === undefined || text.includes(search);

export const tagList = (tags: Record<string, string>) =>
  Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
export const tagsOf = (list: { TagKey: string; TagValue: string }[] | undefined) =>
  Object.fromEntries((list ?? []).map((tag) => [tag.TagKey, tag.TagValue]));

/** 2026-01-31 08:00:00 */
export const dateTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

/** How the API acknowledges a change. */
export const done = (flow: boolean) => ({
  Result: { ReturnCode: "0", ReturnMessage: "ok[apply success]", Data: flow ? { FlowId: 0, RouteDTO: null } : null },
});
