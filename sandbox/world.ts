// World files: what exists in a sandbox when it starts. Times are ISO 8601 or relative to the clock, like "-90m".
import { readFileSync } from "node:fs";
import { z } from "zod/v3";
import type { Resource } from "../tools/datahub.models.ts";
import { type Clock, createClock } from "./clock.ts";
import { resourcesOf } from "./connect.ts";
import { dumpFile, isDump, loadDump } from "./dump.ts";
import { named } from "./lookup.ts";
import { settle } from "./settle.ts";
import {
  type ElasticTopic,
  emptyRegion,
  type Instance,
  newAccess,
  type Region,
  setQuota,
  type Topic,
} from "./store.ts";
import { ask, elastic, makeTask, startTask } from "./tasks.ts";
import { newestBuild } from "./versions.ts";
import { accessFields, accessFile, fillAccess } from "./world.access.ts";
import { flaws } from "./world.check.ts";
import { count, moment, problems, text, time, WorldError } from "./world.fields.ts";
import { groupFile, makeGroup, makeTopic, recordFile, tags, topicFile } from "./world.topics.ts";
import defaultWorld from "./worlds/default.json" with { type: "json" };

export { WorldError };

export interface World {
  clock: Clock;
  appId: number;
  /** Makes ids; the same seed makes the same ones. */
  seed: string;
  /** How many have been made. */
  made: number;
  /** Where calls go that name no region. */
  region: string;
  regions: Record<string, Region>;
}

/** An automatism of an instance; what the API shows while nobody has set it up. */
const dynamicFile = (limit: number) =>
  z
    .strictObject({
      on: z.boolean().default(false),
      percent: count.max(100).default(75),
      step: count.default(10),
      limit: count.default(limit),
    })
    .default({});
const instanceFile = z.strictObject({
  id: text,
  name: text,
  status: z.number().int().default(1),
  version: text.default("2.8.1"),
  type: text.default("profession"),
  zones: z.array(z.number().int()).min(1),
  vpc: text,
  subnet: text,
  vip: text,
  port: text.default("9092"),
  bandwidth: count.default(320),
  disk: count.default(500),
  diskType: text.default("CLOUD_SSD"),
  created: time.default("-200d"),
  expires: time.default("+165d"),
  chargeType: z.enum(["PREPAID", "POSTPAID_BY_HOUR"]).default("PREPAID"),
  publicNetwork: count.default(0),
  healthy: z.number().int().min(1).max(3).default(1),
  healthMessage: z.string().default(""),
  brokers: z.strictObject({ count: z.number().int().min(1), behind: z.array(count).default([]) }).default({ count: 3 }),
  max: z
    .strictObject({ topics: count.default(400), partitions: count.default(800), groups: count.default(300) })
    .default({}),
  retentionMinutes: count.default(1440),
  autoCreate: z.boolean().default(false),
  deleteProtection: z.boolean().default(false),
  tags,
  topics: z.array(topicFile).default([]),
  groups: z.array(groupFile).default([]),
  dataHubs: z.record(text).default({}),
  ...accessFile,
  // purchase, upkeep
  /** Build of the brokers; the newest when left out. */
  broker: text.optional(),
  renewFlag: z.number().int().min(0).max(2).default(2),
  cluster: count.nullable().default(null),
  certificate: text.nullable().default(null),
  elasticBandwidth: z.boolean().default(false),
  defaults: z
    .strictObject({
      partitions: z.number().int().min(1).default(3),
      replicas: z.number().int().min(1).max(3).default(2),
      retentionBytes: z.number().int().min(-1).default(-1),
      maxMessageBytes: count.default(12_582_912),
      unclean: z.number().int().min(0).max(1).default(0),
      transactionMs: count.default(604_800_000),
    })
    .default({}),
  dynamicRetention: dynamicFile(360),
  dynamicDisk: dynamicFile(500_000),
  adminSecurity: z.boolean().default(false),
  prometheus: z.array(z.strictObject({ vpc: text, subnet: text })).default([]),
});
const cdcClusterFile = z.strictObject({
  id: count,
  cdc: text,
  vpc: text,
  subnet: text,
  zone: count,
  bandwidth: count,
  disk: count,
});
const connectionFile = z.strictObject({
  id: text,
  name: text,
  type: text,
  description: z.string().default(""),
  created: time.default("-30d"),
  /** Its settings, under the name that the parameter of its type has. */
  settings: z.record(z.record(z.unknown())),
  tags,
});
const taskFile = z.strictObject({
  id: text,
  name: text,
  type: z.enum(["SOURCE", "SINK"]),
  description: z.string().default(""),
  created: time.default("-10d"),
  /** Since when it is paused. */
  paused: time.optional(),
  /** As CreateDatahubTask takes them. */
  source: z.object({ Type: text }).catchall(z.record(z.unknown())),
  target: z.object({ Type: text }).catchall(z.record(z.unknown())),
  tags,
});
const regionFile = z.strictObject({
  zones: z.array(z.strictObject({ id: count, name: text, soldOut: z.boolean().default(false) })).default([]),
  instances: z.array(instanceFile).default([]),
  cdcClusters: z.array(cdcClusterFile).default([]),
  connections: z.array(connectionFile).default([]),
  elasticTopics: z.array(topicFile.extend({ groups: z.array(groupFile).default([]) })).default([]),
  tasks: z.array(taskFile).default([]),
});
const worldFile = z.strictObject({
  /** For editors. */
  $schema: z.string().optional(),
  clock: z.strictObject({ mode: z.enum(["running", "standing"]).default("running"), at: time.optional() }).default({}),
  appId: count.default(1_300_000_000),
  seed: z.string().default("sandbox"),
  region: text.default("ap-guangzhou"),
  regions: z.record(regionFile),
});
type File<T extends z.ZodTypeAny> = z.output<T>;

/** What a world can be read from: written by hand, or dumped. */
export const worldModel = z.union([worldFile, dumpFile]);

/** @param file left out, the world that ships @throws WorldError */
export function readWorld(file?: string): World {
  if (file === undefined) return makeWorld(defaultWorld);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const problem = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new WorldError(`world ${file} ${problem}: ${(error as Error).message}`);
  }
  return makeWorld(content, file);
}

/** @throws WorldError */
export function makeWorld(content: unknown, name = "file"): World {
  if (isDump(content)) return loadDump(content, name);
  const result = worldFile.safeParse(content);
  if (!result.success)
    throw new WorldError(`world ${name} is not valid: ${problems(result.error, [...fieldNames, ...accessFields])}`);
  const file = result.data;
  const clock = createClock(
    file.clock.mode,
    file.clock.at === undefined ? undefined : moment(file.clock.at, Date.now()),
  );
  const now = clock.now();
  const regions = Object.fromEntries(
    Object.entries(file.regions).map(([id, region]) => [id, makeRegion(region, now, `world ${name}`)]),
  );
  const wrong = flaws(regions, now);
  if (wrong) throw new WorldError(`world ${name} is not valid: ${wrong}`);
  return { clock, appId: file.appId, seed: file.seed, made: 0, region: file.region, regions };
}

const models = [worldFile, regionFile, instanceFile, cdcClusterFile, topicFile, groupFile, recordFile];
const fieldNames = [...models, connectionFile, taskFile].flatMap((model) => Object.keys(model.shape));

function makeRegion(file: File<typeof regionFile>, now: number, at: string): Region {
  const instances = file.instances.map((i) => makeInstance(i, now, `${at}: ${i.id}`));
  const connections = file.connections.map((c) => ({
    ...c,
    created: moment(c.created, now),
    changed: null,
    failure: null,
  }));
  const topics = file.elasticTopics.map((t, i) => elastic(makeTopic(t, "elastic", i, now, at)));
  const region: Region = {
    ...emptyRegion(),
    zones: file.zones,
    instances,
    cdcClusters: file.cdcClusters.map((c) => ({ ...c, ready: now, failure: null })),
    datahub: { connections, tasks: [], topics },
  };
  const tasks = file.tasks.map(({ paused: _, ...t }) => {
    const created = moment(t.created, now);
    return makeTask({ ...t, created, source: t.source as Resource, target: t.target as Resource }, created);
  });
  for (const task of tasks) {
    const known = new Set([...instances.map((i) => i.id), ...connections.map((c) => c.id), ...topics.map(nameOf)]);
    const stray = resourcesOf(task).find((id) => /^(ckafka|resource|\d+)-/.test(id) && !known.has(id));
    if (stray) throw new WorldError(`${at}, task ${task.name}: names ${stray}, which does not exist`);
    startTask(region, task, task.created);
  }
  // Access points of instances are tasks.
  for (const [i, { id, dataHubs }] of file.instances.entries())
    for (const [datahubId, Topic] of Object.entries(dataHubs)) {
      if (region.datahub.tasks.some((t) => t.datahubId === datahubId)) continue;
      const usual = `http-to-${Topic}`;
      const name = region.datahub.tasks.some((t) => t.name === usual) ? `${usual}-${datahubId}` : usual;
      const given = { id: datahubId.replace(/^datahub/, "task"), datahubId, name, type: "SOURCE" };
      const target: Resource = { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: id, Topic } };
      const { created } = instances[i] as Instance;
      startTask(region, makeTask({ ...given, source: { Type: "HTTP" }, target }, created), created);
    }
  const paused = file.tasks.flatMap(({ id, paused }) => (paused ? [{ id, time: moment(paused, now) }] : []));
  for (const { id, time } of paused.sort((a, b) => a.time - b.time)) {
    settle(region, time);
    const task = region.datahub.tasks.find((t) => t.id === id);
    if (task) ask({ region, now: time, failure: null }, task, "pause");
  }
  settle(region, now);
  // How far groups are is told from the end, so tasks have to have filled their topics before.
  for (const [i, { groups, name }] of file.elasticTopics.entries()) {
    const { topic, groups: made } = topics[i] as ElasticTopic;
    made.push(...groups.map((g) => makeGroup(g, [topic], now, `${at}: ${name}`)));
  }
  return region;
}
const nameOf = ({ topic }: { topic: Topic }) => topic.name;

function makeInstance(file: File<typeof instanceFile>, now: number, at: string): Instance {
  const topics = file.topics.map((t, i) => makeTopic(t, file.id, i, now, at));
  const { users, acls, aclRules, routes, throttles, securityGroups, dataHubs, ...plain } = file;
  for (const [hub, topic] of Object.entries(dataHubs))
    if (!named(topics, topic))
      throw new WorldError(`${at}: access point ${hub} names topic ${topic}, which does not exist`);
  const created = moment(file.created, now);
  const instance: Instance = {
    ...plain,
    created,
    expires: moment(file.expires, now),
    topics,
    groups: file.groups.map((g) => makeGroup(g, topics, now, at)),
    access: newAccess(created, securityGroups),
    phase: null,
    broker: file.broker ?? newestBuild(file.version),
    prometheus: file.prometheus.map((p) => ({ ...p, since: now })),
  };
  fillAccess(instance, file, now, at);
  for (const [i, { quota }] of file.topics.entries())
    setQuota(instance, topics[i] as Topic, quota.produce, quota.consume, now);
  return instance;
}

/** A new instance, as a world file with only these fields would make it: no noun has to know the defaults of the others. */
export const newInstance = (fields: z.input<typeof instanceFile>, now: number): Instance =>
  makeInstance(instanceFile.parse(fields), now, fields.id);
