// What exists in a sandbox when it starts, made from a world file.
import { z } from "zod/v3";
import { readJsonFile, WrittenError } from "../../src/text/written.ts";
import type { SentResource as Resource } from "../../tools/ckafka/datahub/models.ts";
import { resourcesOf } from "../ckafka/connect.ts";
import { ask, elastic, makeTask, startTask } from "../ckafka/data/tasks.ts";
import { settle } from "../ckafka/settle.ts";
import { newestBuild } from "../ckafka/versions.ts";
import { createClock } from "../state/clock.ts";
import { named } from "../state/lookup.ts";
import {
  type ElasticTopic,
  emptyRegion,
  type Instance,
  newAccess,
  type Region,
  setQuota,
  type Topic,
} from "../state/store.ts";
import type { World } from "../state/world.ts";
import { fillAccess } from "./access.ts";
import { flaws } from "./check.ts";
import { defaultFile } from "./default.ts";
import { dumpFile, isDump, loadDump } from "./dump.ts";
import { moment, problems, WorldError } from "./fields.ts";
import { fieldNames, instanceFile, type regionFile, worldFile } from "./file.ts";
import { makeLogs } from "./logs.ts";
import { makeGroup, makeTopic } from "./topics.ts";

export { WorldError };

type File<T extends z.ZodTypeAny> = z.output<T>;

/** What a world can be read from: written by hand, or dumped. */
export const worldModel = z.union([worldFile, dumpFile]);

/** @param file left out, the world that ships @throws WorldError */
export function readWorld(file?: string): World {
  if (file === undefined) return worldFrom(defaultFile(), "that ships");
  let content: unknown;
  try {
    content = readJsonFile(file);
  } catch (error) {
    throw error instanceof WrittenError ? new WorldError(`world ${file} ${error.message}`) : error;
  }
  return makeWorld(content, file);
}

/** @throws WorldError */
export function makeWorld(content: unknown, name = "file"): World {
  if (isDump(content)) return loadDump(content, name);
  const result = worldFile.safeParse(content);
  if (!result.success) throw new WorldError(`world ${name} is not valid: ${problems(result.error, fieldNames)}`);
  const world = worldFrom(result.data, name);
  const wrong = flaws(world.regions, world.clock.now());
  if (wrong) throw new WorldError(`world ${name} is not valid: ${wrong}`);
  return world;
}

function worldFrom({ clock: { mode, at }, appId, seed, region, regions }: File<typeof worldFile>, name: string): World {
  const clock = createClock(mode, at === undefined ? undefined : moment(at, Date.now()));
  const now = clock.now();
  const made = Object.entries(regions).map(([id, file]) => [id, makeRegion(file, now, `world ${name}`)]);
  return { clock, appId, seed, made: 0, region, regions: Object.fromEntries(made) };
}

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
  region.logs = makeLogs(file, instances, now, at);
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
    connections: file.connections.map(({ at, count }) => ({ at: moment(at, now), count })),
  };
  fillAccess(instance, file, now, at);
  for (const [i, { quota }] of file.topics.entries())
    setQuota(instance, topics[i] as Topic, quota.produce, quota.consume, now);
  return instance;
}

/** A new instance, as a world file with only these fields would make it: no noun has to know the defaults of the others. */
export const newInstance = (fields: z.input<typeof instanceFile>, now: number): Instance =>
  makeInstance(instanceFile.parse(fields), now, fields.id);
