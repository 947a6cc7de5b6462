// The state of the sandbox: what exists in each region, and how it is found.
import type { SentResource as Resource } from "../../tools/ckafka/datahub/models.ts";
import type {
  SentTransform as Transform,
  SentTransforms as Transforms,
} from "../../tools/ckafka/datahub/transforms.ts";
import type { Partition } from "../kafka/log.ts";
import { Fault } from "./fault.ts";
import { named } from "./lookup.ts";

/** Why something will fail, or has failed, when its time comes; null where it succeeds. */
export type Failure = string | null;
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
  /** When settings changed last by which messages are kept: how much it held before is not known any more. */
  changed: number;
  retentionBytes: number | null;
  cleanUpPolicy: string;
  minInsyncReplicas: number;
  unclean: number;
  segmentMs: number | null;
  maxMessageBytes: number;
  timestampType: string | null;
  whiteList: { on: boolean; ips: string[] };
  /** Preset ACL rules that it applies, by name. */
  acl: { on: boolean; rules: string[] };
  /** MB/s; null without one. `rule` is its number as a throttle rule. */
  quota: { produce: number | null; consume: number | null; rule: number; updated: number };
  tags: Record<string, string>;
  /** Clients that produce, and since when they are connected. */
  producers: { address: string; since: number }[];
}
export interface Position {
  topic: string;
  partition: number;
  /**
   * Committed at `at`; -1 where nothing is. Since then the group has gone on at `perSecond` whenever it could, but not past
   * `stuckAt`. It can lie beyond the end of the log: the topic was deleted and made again.
   */
  offset: number;
  at: number;
  perSecond: number;
  stuckAt: number | null;
  /** The topic need not be there any more. */
  gone?: boolean | undefined;
  /** How far behind it was before, in messages; in between it went evenly. */
  past?: { at: number; behind: number }[] | undefined;
}
export interface Member {
  client: string;
  host: string;
  /** Null when it was there from the beginning, and when it stays. */
  joined: number | null;
  left: number | null;
}
export interface Group {
  name: string;
  /** Only of those that speak "consumer", members show. */
  protocolType: string;
  protocol: string;
  members: Member[];
  positions: Position[];
  /** When it had to rebalance for other reasons than its members: partitions came or went. */
  rebalances: number[];
}

// Access: who may connect, from where, to do what, and how fast.
export interface User {
  id: number;
  name: string;
  password: string | null;
  created: number;
  updated: number;
}
/** Types, operations and permissions by their numbers in CreateAcl. */
export interface Acl {
  type: number;
  resource: string;
  principal: string;
  host: string;
  operation: number;
  permission: number;
}
export interface AclRule {
  id: number;
  name: string;
  /** Without a prefix it is a preset, which topics apply by name. */
  prefix: string | null;
  entries: { Operation: string; PermissionType: string; Host: string; Principal: string }[];
  forNewTopics: boolean;
  comment: string;
  created: number;
  updated: number;
}
export interface Route {
  id: number;
  /** Made with the instance; its address is the instance's own. */
  main: boolean;
  vipType: number;
  accessType: number;
  vpc: string | null;
  subnet: string | null;
  vip: string;
  port: number;
  note: string;
  created: number;
  deleteAt: number | null;
  failure: Failure;
  securityGroups: string[];
  allowList: { CidrBlock: string; PolicyDescription: string }[];
}
/** Of a user, a client, both, or a group. Limits in MB/s. */
export interface Throttle {
  id: number;
  user: string | null;
  client: string | null;
  group: string | null;
  produce: number | null;
  consume: number | null;
  updated: number;
}
export interface Access {
  /** The last number given to a user, rule, route or throttle. */
  serial: number;
  users: User[];
  tokens: { user: string; value: string; authorized: boolean }[];
  acls: Acl[];
  aclRules: AclRule[];
  routes: Route[];
  throttles: Throttle[];
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
  access: Access;
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
  // monitor
  /** How many connections clients hold, each from a time on; before the first nobody knows. */
  connections: { at: number; count: number }[];
  alarms: Alarm[];
}
/** An alarm policy. */
export interface Alarm {
  name: string;
  /** What it is about, as Cloud Monitor calls it. */
  type: string;
  on: boolean;
  /** Each fires when so many periods on end meet it. */
  rules: { metric: string; operator: string; threshold: number; period: number; points: number }[];
}
/** From `at` until `until` an instance has this status. Then its brokers run the new build, or it is gone, or nothing came of it. */
export interface Phase {
  status: 0 | 2 | 7;
  at: number;
  until: number;
  broker: string | null;
  /** The task that follows it. */
  flow: number | null;
  failure: Failure;
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
  tasks: { flow: number; until: number; failure: Failure }[];
  cdcClusters: CdcCluster[];
  datahub: Datahub;
  logs: LogService;
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
  failure: Failure;
}
// Connections, data tasks and elastic topics.
export interface Connection {
  id: string;
  name: string;
  type: string;
  description: string;
  created: number;
  changed: number | null;
  failure: Failure;
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
  /** What was asked of it last, and when; once that is done, whether it failed. */
  asked: { what: "create" | "pause" | "resume"; at: number; failure: Failure; done: boolean };
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
// The log service: log topics, what they import from Kafka, and who reads them as a Kafka client.
export interface LogTopic {
  id: string;
  name: string;
  logset: string;
  /** How it is, or was, offered over the Kafka protocol. */
  kafka: {
    open: boolean;
    compression: number;
    content: Record<string, unknown> | null;
    servicesLog: number;
    scope: number;
  };
  groups: {
    name: string;
    state: string;
    protocol: string;
    partitions: { id: number; committed: number; consumer: string }[];
  }[];
}
/** Of a CKafka instance, it is a member of a consumer group there. */
export interface Import {
  id: string;
  /** Of the log topic. */
  topic: string;
  name: string;
  instance: string | null;
  /** Of a self-run Kafka. */
  server: { address: string; encrypted: boolean; protocol: Record<string, unknown> | null } | null;
  topics: string[];
  group: string;
  /** -2 from the earliest message, -1 from the latest, where the group has no place yet. */
  offset: number;
  paused: boolean;
  rule: Record<string, unknown>;
  version: string | null;
  created: number;
  updated: number;
}
export interface LogService {
  topics: LogTopic[];
  imports: Import[];
}
export const newLogService = (): LogService => ({ topics: [], imports: [] });
export interface Datahub {
  connections: Connection[];
  tasks: DataTask[];
  topics: ElasticTopic[];
}
export const newDatahub = (): Datahub => ({ connections: [], tasks: [], topics: [] });
export const emptyRegion = (): Region => ({
  zones: [],
  instances: [],
  deals: [],
  tasks: [],
  cdcClusters: [],
  datahub: newDatahub(),
  logs: newLogService(),
});
/** What an action works on: one region at one moment. */
export interface Scope {
  region: Region;
  now: number;
  appId: number;
  /** A new id like topic-a1b2c3d4; the same ones in the same order in every run. */
  newId: (prefix: string) => string;
  /** Of what this call sets going, as staged. */
  failure: Failure;
}

/** The status at a time: -1 not created, 0 creating, 1 running, 2 deleting, 4 not deleted, 5 isolated, 7 upgrading. */
export const statusOf = ({ phase, status }: Instance, now: number) =>
  phase && phase.at <= now && now < phase.until ? phase.status : status;

/** The instances that exist now. */
export const instancesOf = ({ region, now }: Pick<Scope, "region" | "now">) =>
  region.instances.filter(({ phase }) => phase?.status !== 2 || now < phase.until);

/** Puts an instance through a phase. One at a time: a second has to wait until the first is over. */
export function begin(
  instance: Instance,
  phase: Partial<Phase> & Pick<Phase, "status" | "until">,
  { now, failure }: Pick<Scope, "now" | "failure">,
): Phase {
  if (instance.phase && now < instance.phase.until)
    throw new Fault("FailedOperation", `instance ${instance.id} has a change planned or under way`);
  instance.phase = { at: now, broker: null, flow: null, failure, ...phase };
  return instance.phase;
}

/** What was planned for an instance comes to nothing; whoever follows it is told why. */
export function callOff({ region, now }: Pick<Scope, "region" | "now">, instance: Instance, why: string) {
  const { phase } = instance;
  for (const task of region.tasks)
    if (phase && task.flow === phase.flow) Object.assign(task, { until: now, failure: why });
  instance.phase = null;
}

/** A task that DescribeTaskStatus follows; returns its FlowId. */
export function newTask(scope: Scope, until: number): number {
  const flow = newNumber(scope);
  scope.region.tasks.push({ flow, until, failure: scope.failure });
  return flow;
}
export const newNumber = (scope: Scope) => Number.parseInt(scope.newId("n").slice(2, 9), 16);

export function instanceOf(scope: Scope, id: string): Instance {
  const found = instancesOf(scope).find((i) => i.id === id);
  if (!found) throw new Fault("InvalidParameterValue.InstanceNotExist", `instance ${id} does not exist`);
  return found;
}

/** An instance that has brokers, as reads of what is on it need it: not while it is created, nor where that failed. */
export function openInstance(scope: Scope, id: string): Instance {
  const found = instanceOf(scope, id);
  const status = statusOf(found, scope.now);
  if (status <= 0) throw new Fault("ResourceUnavailable", `instance ${id} has no brokers yet (status ${status})`);
  return found;
}

/** An instance that is running, as changes need it. */
export function runningInstance(scope: Scope, id: string): Instance {
  const found = instanceOf(scope, id);
  const status = statusOf(found, scope.now);
  if (status !== 1) throw new Fault("ResourceUnavailable", `instance ${id} is not running (status ${status})`);
  return found;
}

/** What an instance starts with: its own address, and nobody registered. */
export function newAccess(created: number, securityGroups: string[] = []): Access {
  const main: Route = {
    id: 1001,
    main: true,
    vipType: 3,
    accessType: 0,
    vpc: null,
    subnet: null,
    vip: "",
    port: 0,
    note: "",
    created,
    deleteAt: null,
    failure: null,
    securityGroups,
    allowList: [],
  };
  return { serial: main.id, users: [], tokens: [], acls: [], aclRules: [], routes: [main], throttles: [] };
}

export function nextNumber({ access }: Instance): number {
  access.serial += 1;
  return access.serial;
}

export function userOf({ id, access }: Instance, name: string): User {
  const found = access.users.find((u) => u.name === name);
  if (!found) throw new Fault("InvalidParameterValue", `user ${name} does not exist on ${id}`);
  return found;
}

/** Sets a topic's quotas. They are its throttle rule, which is numbered when it first has one. */
export function setQuota(
  instance: Instance,
  topic: Topic,
  produce: number | null,
  consume: number | null,
  now: number,
) {
  const before = topic.quota;
  if (before.produce === produce && before.consume === consume) return;
  const exists = before.produce !== null || before.consume !== null;
  topic.quota = { produce, consume, rule: exists ? before.rule : nextNumber(instance), updated: now };
}

export function topicOf(instance: Instance, name: string): Topic {
  const found = named(instance.topics, name);
  if (!found) throw new Fault("ResourceNotFound", `topic ${name} does not exist on ${instance.id}`);
  return found;
}

export function groupOf(instance: Instance, name: string): Group {
  const found = named(instance.groups, name);
  if (!found) throw new Fault("ResourceNotFound", `group ${name} does not exist on ${instance.id}`);
  return found;
}

export function partitionOf(topic: Topic, number: number): Partition {
  const found = topic.partitions[number];
  if (!found) throw new Fault("InvalidParameterValue", `topic ${topic.name} has no partition ${number}`);
  return found;
}
