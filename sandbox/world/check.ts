// Whether a world holds together, whoever wrote it: what is named exists, once, and places are within their logs. Every
// action counts on that.
import { nearest } from "../../src/text/nearest.ts";
import { resourcesOf } from "../ckafka/connect.ts";
import { NOTHING } from "../kafka/consumers.ts";
import { endOffset, type Partition } from "../kafka/log.ts";
import { table } from "../monitor/table.ts";
import type { Group, Instance, LogService, Region, Topic } from "../state/store.ts";

const MOST = 5;
/** Says what is wrong at a place; a message says what would be right. */
type Report = (path: string, problem: string) => void;

/** @returns what is wrong, each with its path; empty where nothing is */
export function flaws(regions: Record<string, Region>, now: number): string {
  const found: string[] = [];
  const report: Report = (path, problem) => void found.push(`${path}: ${problem}`);
  for (const [name, region] of Object.entries(regions)) checkRegion(region, `regions.${name}`, now, report);
  const more = found.length - MOST;
  return found.slice(0, MOST).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

/** Each item of a list must differ from the others in a field. */
function once<T extends object>(list: T[], field: keyof T & string, path: string, report: Report) {
  const seen = new Map<unknown, number>();
  for (const [i, item] of list.entries()) {
    const first = seen.get(item[field]);
    if (first === undefined) seen.set(item[field], i);
    else report(`${path}.${i}.${field}`, `${item[field]} is taken by ${path}.${first}; it must differ`);
  }
}

/** What is named must be among what there is. */
function known(name: string, there: { name: string }[] | string[], what: string, path: string, report: Report) {
  const names = there.map((item) => (typeof item === "string" ? item : item.name));
  if (names.includes(name)) return;
  const near = nearest(name, names);
  const instead = near
    ? `did you mean ${near}?`
    : `there ${names.length > 0 ? `are ${names.slice(0, 10).join(", ")}` : "is none"}`;
  report(path, `${what} ${name} does not exist; ${instead}`);
}

function checkRegion(region: Region, path: string, now: number, report: Report) {
  const { instances, tasks, datahub, cdcClusters, logs } = region;
  checkLogService(logs, `${path}.logs`, report);
  once(instances, "id", `${path}.instances`, report);
  once(tasks, "flow", `${path}.tasks`, report);
  for (const [i, instance] of instances.entries()) {
    const at = `${path}.instances.${i}`;
    checkInstance(instance, at, now, report);
    const { cluster, phase } = instance;
    if (cluster !== null && !cdcClusters.some((c) => c.id === cluster))
      report(`${at}.cluster`, `dedicated cluster ${cluster} does not exist; it must be an id in ${path}.cdcClusters`);
    if (phase && phase.flow !== null && !tasks.some((t) => t.flow === phase.flow))
      report(`${at}.phase.flow`, `task ${phase.flow} does not exist; it must be a flow in ${path}.tasks, or null`);
  }
  const { connections, topics } = datahub;
  for (const field of ["id", "name"] as const) {
    once(connections, field, `${path}.datahub.connections`, report);
    once(datahub.tasks, field, `${path}.datahub.tasks`, report);
  }
  once(
    topics.map((t) => t.topic),
    "name",
    `${path}.datahub.topics`,
    report,
  );
  for (const [i, { topic, groups }] of topics.entries()) {
    const at = `${path}.datahub.topics.${i}`;
    checkLogs(topic, `${at}.topic`, now, report);
    checkGroups(groups, [topic], at, now, report);
  }
  // Instances and topics can go while tasks use them, connections and elastic topics cannot.
  const elastic = topics.map((t) => t.topic);
  const ids = connections.map((c) => c.id);
  for (const [i, task] of datahub.tasks.entries())
    for (const id of resourcesOf(task)) {
      const at = `${path}.datahub.tasks.${i}`;
      if (id.startsWith("resource-")) known(id, ids, "connection", at, report);
      if (task.source?.TopicParam?.Resource === id || task.target?.TopicParam?.Resource === id)
        known(id, elastic, "elastic topic", at, report);
    }
}

/** Instances and topics can go while imports read them, log topics cannot. */
function checkLogService({ topics, imports }: LogService, path: string, report: Report) {
  once(topics, "id", `${path}.topics`, report);
  once(imports, "id", `${path}.imports`, report);
  for (const [i, { groups }] of topics.entries()) once(groups, "name", `${path}.topics.${i}.groups`, report);
  const ids = topics.map((topic) => topic.id);
  for (const [i, { topic, instance, server }] of imports.entries()) {
    known(topic, ids, "log topic", `${path}.imports.${i}.topic`, report);
    if ((instance === null) === (server === null))
      report(`${path}.imports.${i}`, "it reads an instance or a server, and not both; one of them must be null");
  }
}

function checkInstance(instance: Instance, path: string, now: number, report: Report) {
  const { topics, groups, brokers } = instance;
  for (const field of ["id", "name"] as const) once(topics, field, `${path}.topics`, report);
  for (const [i, topic] of topics.entries()) checkLogs(topic, `${path}.topics.${i}`, now, report);
  checkGroups(groups, topics, path, now, report);
  for (const number of brokers.behind)
    if (number >= brokers.count)
      report(`${path}.brokers.behind`, `there is no broker ${number}; they are numbered 0 to ${brokers.count - 1}`);
  checkAccess(instance, path, report);
  checkAlarms(instance, path, report);
}

/** Policy type → dimensions of its metrics. */
const LEVELS: Record<string, number> = {
  CKAFKA_INSTANCE: 1,
  CKAFKA_TOPIC: 2,
  "CKAFKA-CONSUMERGROUP-TOPIC": 4,
  CKAFKA_CONSUMERGROUP: 5,
};
function checkAlarms({ alarms }: Instance, path: string, report: Report) {
  once(alarms, "name", `${path}.alarms`, report);
  for (const [i, { type, rules }] of alarms.entries()) {
    const fitting = [...table].filter(([, { dimensions }]) => dimensions.length === LEVELS[type]);
    const names = fitting.map(([name]) => name);
    for (const [j, { metric }] of rules.entries())
      known(metric, names, `metric of ${type}`, `${path}.alarms.${i}.rules.${j}.metric`, report);
  }
}

function checkAccess({ access, topics }: Instance, path: string, report: Report) {
  const { users, tokens, acls, aclRules, routes, throttles, serial } = access;
  const at = `${path}.access`;
  const numbered = { users, aclRules, routes, throttles };
  for (const [name, list] of Object.entries(numbered)) {
    once<{ id: number }>(list, "id", `${at}.${name}`, report);
    for (const [i, { id }] of list.entries())
      if (id > serial) report(`${at}.${name}.${i}.id`, `${id} is above serial; serial must be at least ${id}`);
  }
  once(users, "name", `${at}.users`, report);
  once(aclRules, "name", `${at}.aclRules`, report);
  if (routes.filter((r) => r.main).length !== 1) report(`${at}.routes`, "one of them must be the main route");
  for (const [i, { user }] of tokens.entries()) known(user, users, "user", `${at}.tokens.${i}.user`, report);
  for (const [i, { user }] of throttles.entries())
    if (user !== null && user !== "*") known(user, users, "user", `${at}.throttles.${i}.user`, report);
  for (const [i, { type, resource, principal }] of acls.entries()) {
    if (principal !== "User:*")
      known(principal.replace(/^User:/, ""), users, "user", `${at}.acls.${i}.principal`, report);
    if (type === 2) known(resource, topics, "topic", `${at}.acls.${i}.resource`, report);
  }
  const presets = aclRules.filter((rule) => rule.prefix === null);
  for (const [i, { acl }] of topics.entries())
    for (const rule of acl.rules) known(rule, presets, "preset ACL rule", `${path}.topics.${i}.acl.rules`, report);
}

function checkGroups(groups: Group[], topics: Topic[], path: string, now: number, report: Report) {
  once(groups, "name", `${path}.groups`, report);
  const byName = new Map(topics.map((t) => [t.name, t]));
  for (const [i, { members, positions }] of groups.entries()) {
    const at = `${path}.groups.${i}`;
    for (const [j, { joined, left }] of members.entries())
      if (joined !== null && left !== null && left < joined)
        report(`${at}.members.${j}.left`, "it leaves before it joins; left must be null or later than joined");
    const seen = new Set<string>();
    for (const [j, position] of positions.entries()) {
      const where = `${at}.positions.${j}`;
      const place = `${position.topic}/${position.partition}`;
      if (seen.has(place)) report(where, `${place} stands there twice; once is right`);
      seen.add(place);
      const topic = byName.get(position.topic);
      const partition = topic?.partitions[position.partition];
      if (!topic && position.gone) continue;
      if (!topic) known(position.topic, topics, "topic", `${where}.topic`, report);
      else if (!partition)
        report(`${where}.partition`, `${place} does not exist; partitions are 0 to ${topic.partitions.length - 1}`);
      else checkOffsets(position, endOffset(partition, now), where, report);
    }
  }
}

function checkOffsets(position: Group["positions"][number], end: number, path: string, report: Report) {
  const { offset, stuckAt } = position;
  // Beyond the end is where a group stood on a topic that has been made again since.
  if (!(Number.isInteger(offset) && offset >= NOTHING))
    report(`${path}.offset`, `${offset} is no offset; it must be 0 or more, or -1 where nothing is committed`);
  if (stuckAt !== null && !(Number.isInteger(stuckAt) && 0 <= stuckAt && stuckAt <= end))
    report(`${path}.stuckAt`, `${stuckAt} is not in the log, which ends at ${end}; it must be 0 to ${end}`);
}

/** Everything that reads a log counts on its order. */
function checkLogs({ partitions }: Topic, path: string, now: number, report: Report) {
  if (partitions.length === 0) report(`${path}.partitions`, "there is none; a topic has at least one");
  for (const [i, partition] of partitions.entries()) {
    const at = `${path}.partitions.${i}`;
    if (partition.number !== i)
      report(`${at}.number`, `it is ${partition.number}; in the order of the list it must be ${i}`);
    const problem = unordered(partition);
    if (problem) {
      report(`${at}.runs.${problem.run}`, problem.why);
      continue;
    }
    const end = endOffset(partition, now);
    if (!(Number.isInteger(partition.begin) && 0 <= partition.begin && partition.begin <= end))
      report(`${at}.begin`, `${partition.begin} is not in the log; it must be 0 to ${end}`);
  }
}

function unordered({ runs }: Partition): { run: number; why: string } | undefined {
  let [end, latest] = [0, Number.NEGATIVE_INFINITY];
  for (const [run, { from, at, every, count }] of runs.entries()) {
    if (!Number.isInteger(from) || from < end)
      return { run, why: `it goes back to offset ${from}; from must be at least ${end}` };
    if (at < latest) return { run, why: `it goes back in time to ${at}; at must be at least ${latest}` };
    if (count === null && (run < runs.length - 1 || every <= 0))
      return { run, why: "it has no end and is not the last, or has no pace; count must be a number" };
    if (every < 0 || (count !== null && !(Number.isInteger(count) && count >= 1)))
      return { run, why: `count ${count} or every ${every} is out of range; count is at least 1, every at least 0` };
    end = from + (count ?? 0);
    latest = at;
  }
  return undefined;
}
