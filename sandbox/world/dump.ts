// A world as it is at one moment, wholly: what is dumped loads again to the same world. Times are milliseconds.
import { z } from "zod/v3";
import type { SentResource as Resource } from "../../tools/ckafka/datahub/models.ts";
import type {
  SentTransform as Transform,
  SentTransforms as Transforms,
} from "../../tools/ckafka/datahub/transforms.ts";
import { settle } from "../ckafka/settle.ts";
import type { Run } from "../kafka/log.ts";
import { createClock } from "../state/clock.ts";
import type { Instance, Region } from "../state/store.ts";
import type { World } from "../state/world.ts";
import { flaws } from "./check.ts";
import { longList, onlyHas, problems, textOrNull, WorldError } from "./fields.ts";

const VERSION = 1;
const { boolean, number, object, string } = {
  boolean: z.boolean(),
  number: z.number(),
  string: z.string(),
  object: z.strictObject,
};
const optionalNumber = number.nullable();
const optionalText = string.nullable();
const tags = z.record(string);
const opaque = <T>() => z.record(z.unknown()) as unknown as z.ZodType<T>;

const run = object({
  from: number,
  at: number,
  every: number,
  count: optionalNumber,
  key: optionalText,
  value: optionalText,
  headers: optionalText,
  literal: boolean.optional(),
  origin: object({ topic: string, partition: number, from: number }).optional(),
  written: object({ partition: number, from: number, at: number, every: number }).optional(),
});
const runFields = new Set(Object.keys(run.shape));
/** Copies are left to the model: they are few. */
const plainRun = (r: Run) =>
  onlyHas(r, runFields) &&
  typeof r.from === "number" &&
  typeof r.at === "number" &&
  typeof r.every === "number" &&
  (r.count === null || typeof r.count === "number") &&
  textOrNull(r.key) &&
  textOrNull(r.value) &&
  textOrNull(r.headers) &&
  (r.literal === undefined || typeof r.literal === "boolean") &&
  (r.origin === undefined || run.shape.origin.safeParse(r.origin).success) &&
  (r.written === undefined || run.shape.written.safeParse(r.written).success);
/** In the order of the model, like everything else in a dump. */
const runShown = ({ from, at, every, count, key, value, headers, literal, origin, written }: Run): Run => ({
  from,
  at,
  every,
  count,
  key,
  value,
  headers,
  literal,
  origin,
  written,
});

const partition = object({ number, begin: number, runs: longList(run, plainRun) });
const topic = object({
  id: string,
  name: string,
  note: string,
  created: number,
  replicas: number,
  partitions: z.array(partition),
  retentionMs: number,
  retentionChanged: number,
  changed: number,
  retentionBytes: optionalNumber,
  cleanUpPolicy: string,
  minInsyncReplicas: number,
  unclean: number,
  segmentMs: optionalNumber,
  maxMessageBytes: number,
  timestampType: optionalText,
  whiteList: object({ on: boolean, ips: z.array(string) }),
  acl: object({ on: boolean, rules: z.array(string) }),
  quota: object({ produce: optionalNumber, consume: optionalNumber, rule: number, updated: number }),
  tags,
  producers: z.array(object({ address: string, since: number })),
});
const position = object({
  topic: string,
  partition: number,
  offset: number,
  at: number,
  perSecond: number,
  stuckAt: optionalNumber,
  gone: boolean.optional(),
  past: z.array(object({ at: number, behind: number })).optional(),
});
const group = object({
  name: string,
  protocolType: string,
  protocol: string,
  members: z.array(object({ client: string, host: string, joined: optionalNumber, left: optionalNumber })),
  positions: z.array(position),
  rebalances: z.array(number),
});
const access = object({
  serial: number,
  users: z.array(object({ id: number, name: string, password: optionalText, created: number, updated: number })),
  tokens: z.array(object({ user: string, value: string, authorized: boolean })),
  acls: z.array(
    object({
      type: number,
      resource: string,
      principal: string,
      host: string,
      operation: number,
      permission: number,
    }),
  ),
  aclRules: z.array(
    object({
      id: number,
      name: string,
      prefix: optionalText,
      entries: z.array(object({ Operation: string, PermissionType: string, Host: string, Principal: string })),
      forNewTopics: boolean,
      comment: string,
      created: number,
      updated: number,
    }),
  ),
  routes: z.array(
    object({
      id: number,
      main: boolean,
      vipType: number,
      accessType: number,
      vpc: optionalText,
      subnet: optionalText,
      vip: string,
      port: number,
      note: string,
      created: number,
      deleteAt: optionalNumber,
      failure: optionalText,
      securityGroups: z.array(string),
      allowList: z.array(object({ CidrBlock: string, PolicyDescription: string })),
    }),
  ),
  throttles: z.array(
    object({
      id: number,
      user: optionalText,
      client: optionalText,
      group: optionalText,
      produce: optionalNumber,
      consume: optionalNumber,
      updated: number,
    }),
  ),
});
const dynamicLimit = object({ on: boolean, percent: number, step: number, limit: number });
const instance = object({
  id: string,
  name: string,
  status: number,
  version: string,
  type: string,
  zones: z.array(number),
  vpc: string,
  subnet: string,
  vip: string,
  port: string,
  bandwidth: number,
  disk: number,
  diskType: string,
  created: number,
  expires: number,
  chargeType: string,
  publicNetwork: number,
  healthy: number,
  healthMessage: string,
  brokers: object({ count: number, behind: z.array(number) }),
  max: object({ topics: number, partitions: number, groups: number }),
  retentionMinutes: number,
  autoCreate: boolean,
  deleteProtection: boolean,
  tags,
  topics: z.array(topic),
  groups: z.array(group),
  access,
  phase: object({
    status: z.union([z.literal(0), z.literal(2), z.literal(7)]),
    at: number,
    until: number,
    broker: optionalText,
    flow: optionalNumber,
    failure: optionalText,
  }).nullable(),
  broker: string,
  renewFlag: number,
  cluster: optionalNumber,
  certificate: optionalText,
  elasticBandwidth: boolean,
  defaults: object({
    partitions: number,
    replicas: number,
    retentionBytes: number,
    maxMessageBytes: number,
    unclean: number,
    transactionMs: number,
  }),
  dynamicRetention: dynamicLimit,
  dynamicDisk: dynamicLimit,
  adminSecurity: boolean,
  prometheus: z.array(object({ vpc: string, subnet: string, since: number })),
  connections: z.array(object({ at: number, count: number })),
  alarms: z.array(
    object({
      name: string,
      type: string,
      on: boolean,
      rules: z.array(object({ metric: string, operator: string, threshold: number, period: number, points: number })),
    }),
  ),
}) satisfies z.ZodType<Instance>;
const datahub = object({
  connections: z.array(
    object({
      id: string,
      name: string,
      type: string,
      description: string,
      created: number,
      changed: optionalNumber,
      failure: optionalText,
      settings: z.record(z.record(z.unknown())),
      tags,
    }),
  ),
  tasks: z.array(
    object({
      id: string,
      datahubId: string,
      name: string,
      type: string,
      description: string,
      created: number,
      source: opaque<Resource>().nullable(),
      target: opaque<Resource>().nullable(),
      transform: opaque<Transform>().nullable(),
      transforms: opaque<Transforms>().nullable(),
      schemaId: string,
      asked: object({
        what: z.enum(["create", "pause", "resume"]),
        at: number,
        failure: optionalText,
        done: boolean,
      }),
      sync: object({ offsets: boolean, compared: optionalNumber }).nullable(),
      workers: number,
      throttle: number,
      autoExpand: boolean,
      tags,
    }),
  ),
  topics: z.array(object({ topic, groups: z.array(group), user: string, password: string })),
});
const logs = object({
  topics: z.array(
    object({
      id: string,
      name: string,
      logset: string,
      kafka: object({
        open: boolean,
        compression: number,
        content: z.record(z.unknown()).nullable(),
        servicesLog: number,
        scope: number,
      }),
      groups: z.array(
        object({
          name: string,
          state: string,
          protocol: string,
          partitions: z.array(object({ id: number, committed: number, consumer: string })),
        }),
      ),
    }),
  ),
  imports: z.array(
    object({
      id: string,
      topic: string,
      name: string,
      instance: optionalText,
      server: object({ address: string, encrypted: boolean, protocol: z.record(z.unknown()).nullable() }).nullable(),
      topics: z.array(string),
      group: string,
      offset: number,
      paused: boolean,
      rule: z.record(z.unknown()),
      version: optionalText,
      created: number,
      updated: number,
    }),
  ),
});
const region = object({
  zones: z.array(object({ id: number, name: string, soldOut: boolean })),
  instances: z.array(instance),
  deals: z.array(object({ name: string, instances: z.array(string), amount: number, at: number })),
  tasks: z.array(object({ flow: number, until: number, failure: optionalText })),
  cdcClusters: z.array(
    object({
      id: number,
      cdc: string,
      vpc: string,
      subnet: string,
      zone: number,
      bandwidth: number,
      disk: number,
      ready: number,
      failure: optionalText,
    }),
  ),
  datahub,
  logs,
}) satisfies z.ZodType<Region>;
export const dumpFile = object({
  /** Tells a dump from a world written by hand. */
  dump: z.literal(VERSION),
  clock: object({ mode: z.enum(["running", "standing"]), at: number }),
  appId: number,
  seed: string,
  made: number,
  region: string,
  regions: z.record(region),
});
export type Dump = z.output<typeof dumpFile>;

export const isDump = (content: unknown): content is object =>
  typeof content === "object" && content !== null && Object.hasOwn(content, "dump");

/** @throws WorldError */
export function loadDump(content: object, name: string): World {
  const result = dumpFile.safeParse(content);
  const models = [dumpFile, region, instance, access, topic, partition, run, position, group, datahub, logs];
  if (!result.success) {
    const names = models.flatMap((model) => Object.keys(model.shape));
    throw new WorldError(`dump ${name} is not valid: ${problems(result.error, names)}`);
  }
  const { dump: _, clock, ...rest } = result.data;
  const wrong = flaws(rest.regions, clock.at);
  if (wrong) throw new WorldError(`dump ${name} is not valid: ${wrong}`);
  return { clock: createClock(clock.mode, clock.at), ...rest };
}

/** The whole world now. The same world is the same text, whatever way it came to be. */
export function dumpWorld({ clock, appId, seed, made, region, regions }: World): Dump {
  const at = clock.now();
  // What data tasks have moved by now is part of it.
  for (const region of Object.values(regions)) settle(region, at);
  const mode = clock.stands() ? "standing" : "running";
  const dump = dumpFile.parse({ dump: VERSION, clock: { mode, at }, appId, seed, made, region, regions });
  for (const { instances, datahub } of Object.values(dump.regions)) {
    const topics = [...instances.flatMap((i) => i.topics), ...datahub.topics.map((t) => t.topic)];
    for (const { partitions } of topics)
      for (const partition of partitions) partition.runs = partition.runs.map(runShown);
  }
  return dump;
}
