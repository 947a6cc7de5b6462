// The state of the sandbox: what exists in each region, and how it is found.
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
  // purchase, upkeep
  phase: Phase | null;
  /** Build of the brokers. */
  broker: string;
  renewFlag: number;
  /** The dedicated cluster that it stands on. */
  cluster: number | null;
  certificate: string | null;
  elasticBandwidth: boolean;
  defaults: {
    partitions: number;
    replicas: number;
    retentionBytes: number;
    maxMessageBytes: number;
    unclean: number;
    transactionMs: number;
  };
  dynamicRetention: DynamicLimit;
  dynamicDisk: DynamicLimit;
  adminSecurity: boolean;
  /** Subnets that can scrape the brokers, each from a time on. */
  prometheus: { vpc: string; subnet: string; since: number }[];
}
/** From `at` until `until` an instance has this status. Then its brokers run the new build or, if it was deleted, it is gone. */
export interface Phase {
  status: 0 | 2 | 7;
  at: number;
  until: number;
  broker: string | null;
  /** The task that follows it. */
  flow: number | null;
}
/** Acts when the disk is filled to a percentage, by steps of a percentage, up or down to a limit. */
export interface DynamicLimit {
  on: boolean;
  percent: number;
  step: number;
  limit: number;
}
export interface Region {
  zones: { id: number; name: string; soldOut: boolean }[];
  instances: Instance[];
  // purchase, upkeep
  /** What was paid or, below 0, refunded, in CNY. */
  deals: { name: string; instances: string[]; amount: number; at: number }[];
  tasks: { flow: number; until: number }[];
  cdcClusters: CdcCluster[];
}
/** A Kafka cluster on a dedicated cloud cluster. */
export interface CdcCluster {
  id: number;
  cdc: string;
  vpc: string;
  subnet: string;
  zone: number;
  bandwidth: number;
  disk: number;
  ready: number;
}
export const emptyRegion = (): Region => ({ zones: [], instances: [], deals: [], tasks: [], cdcClusters: [] });
/** What an action works on: one region at one moment. */
export interface Scope {
  region: Region;
  now: number;
  appId: number;
  /** A new id like topic-a1b2c3d4; the same ones in the same order in every run. */
  newId: (prefix: string) => string;
}

/** The status at a time: 0 creating, 1 running, 2 deleting, 5 isolated, 7 upgrading. */
export const statusOf = ({ phase, status }: Instance, now: number) =>
  phase && phase.at <= now && now < phase.until ? phase.status : status;

export const brokerOf = ({ phase, broker }: Instance, now: number) =>
  phase?.broker && phase.until <= now ? phase.broker : broker;

/** The instances that exist now. */
export const instancesOf = ({ region, now }: Scope) =>
  region.instances.filter(({ phase }) => phase?.status !== 2 || now < phase.until);

/** Puts an instance through a phase. One at a time: a second has to wait until the first is over. */
export function begin(instance: Instance, phase: Partial<Phase> & Pick<Phase, "status" | "until">, now: number) {
  if (instance.phase && now < instance.phase.until)
    throw new Fault("FailedOperation", `instance ${instance.id} has a change planned or under way`);
  instance.broker = brokerOf(instance, now);
  instance.phase = { at: now, broker: null, flow: null, ...phase };
}

/** A task that DescribeTaskStatus follows; returns its FlowId. */
export function newTask(scope: Scope, until: number): number {
  const flow = newNumber(scope);
  scope.region.tasks.push({ flow, until });
  return flow;
}
export const newNumber = (scope: Scope) => Number.parseInt(scope.newId("n").slice(2, 9), 16);

export function instanceOf(scope: Scope, id: string): Instance {
  const found = instancesOf(scope).find((i) => i.id === id);
  if (!found) throw new Fault("InvalidParameterValue.InstanceNotExist", `instance ${id} does not exist`);
  return found;
}

/** An instance that is running, as changes need it. */
export function runningInstance(scope: Scope, id: string): Instance {
  const found = instanceOf(scope, id);
  const status = statusOf(found, scope.now);
  if (status !== 1) throw new Fault("ResourceUnavailable", `instance ${id} is not running (status ${status})`);
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

/** How the API acknowledges a change. */
export const done = (flow: boolean) => ({
  Result: { ReturnCode: "0", ReturnMessage: "ok[apply success]", Data: flow ? { FlowId: 0, RouteDTO: null } : null },
});
/** The same for a change that takes time. */
export const started = (FlowId: number) => ({
  Result: { ReturnCode: "0", ReturnMessage: "ok[apply success]", Data: { FlowId, RouteDTO: null } },
});
