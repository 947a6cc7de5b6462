import type { z } from "zod/v3";
import type { Fakes } from "../../src/model/action.ts";
import type { recharge as models } from "../../tools/cls/recharge/actions.ts";
import { dateTime } from "../ckafka/answers.ts";
import { endOffset, messagesIn } from "../kafka/log.ts";
import { bounds, goneFrom } from "../kafka/retention.ts";
import { complete } from "../reference/shape.ts";
import { Fault } from "../state/fault.ts";
import { named } from "../state/lookup.ts";
import { type Import, instancesOf, type Scope } from "../state/store.ts";
import { forget, join, leave, missing, sourceOf } from "./members.ts";
import { logTopicOf, newUuid } from "./topics.ts";

type Sent<A extends keyof typeof models> = z.input<(typeof models)[A]["input"]>;
type Info = z.input<(typeof models)["DescribeKafkaRecharges"]["output"]>["Infos"][number];

const EARLIEST = -2;
const [RUNNING, PAUSED, IN_ERROR] = [1, 2, 3];
/** How CheckRechargeKafkaServer numbers what it finds; the codes are in an answer, not in an error. */
const REACHED = { fine: 0, noTopics: -4, empty: -5, groupExists: -7, noInstance: -8 };

const topicsIn = (text: string) =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

function importOf(scope: Scope, TopicId: string, Id: string): Import {
  const { id } = logTopicOf(scope, TopicId);
  const found = scope.region.logs.imports.find((given) => given.id === Id && given.topic === id);
  if (!found) throw new Fault("FailedOperation", `log topic ${TopicId} has no import ${Id}`);
  return found;
}
/** Error is nothing that anybody sets: what is read is not there any more. */
const statusOf = (scope: Scope, given: Import) =>
  missing(scope, given) !== "" ? IN_ERROR : given.paused ? PAUSED : RUNNING;

const infoOf = (scope: Scope, given: Import): Info => ({
  Id: given.id,
  TopicId: given.topic,
  Name: given.name,
  KafkaType: given.instance === null ? 1 : 0,
  KafkaInstance: given.instance,
  ServerAddr: given.server?.address ?? null,
  IsEncryptionAddr: given.server?.encrypted ?? null,
  Protocol: (given.server?.protocol ? complete("KafkaProtocolInfo", given.server.protocol) : null) as Info["Protocol"],
  UserKafkaTopics: given.topics.join(","),
  ConsumerGroupName: given.group,
  Status: statusOf(scope, given),
  Offset: given.offset,
  CreateTime: dateTime(given.created),
  UpdateTime: dateTime(given.updated),
  LogRechargeRule: complete("LogRechargeRuleInfo", given.rule) as unknown as Info["LogRechargeRule"],
  UserKafkaMeta: given.version === null ? null : { KafkaVersion: given.version },
});

/** @throws Fault where an import could not read what it names */
function requireSource(scope: Scope, given: Import) {
  const gone = missing(scope, given);
  if (gone !== "") throw new Fault("FailedOperation", `${gone} does not exist`);
}
function requireName(scope: Scope, given: Import) {
  const taken = scope.region.logs.imports.some(
    (other) => other.id !== given.id && other.topic === given.topic && other.name === given.name,
  );
  if (taken)
    throw new Fault("InvalidParameter.DbDuplication", `the log topic has an import named ${given.name} already`);
}
type Source = Partial<Pick<Sent<"CreateKafkaRecharge">, "ServerAddr" | "IsEncryptionAddr" | "Protocol">>;
const serverOf = ({ ServerAddr = "", IsEncryptionAddr = false, Protocol }: Source): Import["server"] => ({
  address: ServerAddr,
  encrypted: IsEncryptionAddr,
  protocol: Protocol ?? null,
});

/** The first message that would be read, or undefined where there is none. */
function sample(scope: Scope, { KafkaInstance, UserKafkaTopics, Offset }: Sent<"PreviewKafkaRecharge">) {
  const instance = instancesOf(scope).find(({ id }) => id === KafkaInstance);
  if (!instance) throw new Fault("FailedOperation", `instance ${KafkaInstance} does not exist`);
  for (const name of topicsIn(UserKafkaTopics)) {
    const topic = named(instance.topics, name);
    if (!topic) throw new Fault("FailedOperation", `topic ${name} does not exist on ${KafkaInstance}`);
    for (const partition of topic.partitions) {
      const { begin } = bounds(topic, partition, scope.now);
      const end = endOffset(partition, scope.now);
      const from = Offset === EARLIEST ? begin : Math.max(begin, end - 1);
      const [message] = messagesIn(partition, from, end, 1, scope.now, goneFrom(topic, partition));
      if (message) return { topic: name, partition: partition.number, message };
    }
  }
  return undefined;
}

export const recharge: Fakes<typeof models, Scope> = {
  CheckRechargeKafkaServer: (scope, { KafkaInstance }) => {
    // Of a self-run Kafka the sandbox knows nothing, so nothing is wrong with it.
    if (KafkaInstance === undefined) return { Status: REACHED.fine };
    const instance = instancesOf(scope).find(({ id }) => id === KafkaInstance);
    if (!instance) return { Status: REACHED.noInstance };
    if (instance.topics.length === 0) return { Status: REACHED.noTopics };
    const written = instance.topics.some((t) => t.partitions.some((p) => endOffset(p, scope.now) > 0));
    return { Status: written ? REACHED.fine : REACHED.empty };
  },
  PreviewKafkaRecharge: (scope, input) => {
    const found = input.KafkaType === 0 ? sample(scope, input) : undefined;
    if (!found) return { LogSample: "", LogData: "" };
    const { topic, partition, message } = found;
    const text = message.value ?? "";
    const __TAG__ = { kafka_topic: topic, kafka_partition: partition, kafka_offset: message.offset };
    const log = (content: object) => JSON.stringify({ ...content, __TIMESTAMP__: message.at, __TAG__ });
    if (input.PreviewType === 1) return { LogSample: "", LogData: log({ __CONTENT__: text }) };
    return { LogSample: log({ __CONTENT__: text }), LogData: log(parsed(text, input.LogRechargeRule)) };
  },
  DescribeKafkaRecharges: (scope, { TopicId, Id, Status }) => {
    const { id } = logTopicOf(scope, TopicId);
    const Infos = scope.region.logs.imports
      .filter((given) => given.topic === id && (Id === undefined || given.id === Id))
      .map((given) => infoOf(scope, given))
      .filter((info) => Status === undefined || info.Status === Status);
    return { Infos, TotalCount: Infos.length };
  },
  CreateKafkaRecharge: (scope, input) => {
    const { id: topic } = logTopicOf(scope, input.TopicId);
    const id = newUuid(scope);
    const ours = input.KafkaType === 0;
    const given: Import = {
      id,
      topic,
      name: input.Name,
      instance: ours ? (input.KafkaInstance ?? "") : null,
      server: ours ? null : serverOf(input),
      topics: topicsIn(input.UserKafkaTopics),
      group: input.ConsumerGroupName ?? `cls-${id}`,
      offset: input.Offset,
      paused: false,
      rule: input.LogRechargeRule,
      version: input.UserKafkaMeta?.KafkaVersion ?? null,
      created: scope.now,
      updated: scope.now,
    };
    requireName(scope, given);
    requireSource(scope, given);
    scope.region.logs.imports.push(given);
    join(scope, given);
    return { Id: id };
  },
  ModifyKafkaRecharge: (scope, input) => {
    const given = importOf(scope, input.TopicId, input.Id);
    const { KafkaType, KafkaInstance, ServerAddr, IsEncryptionAddr, Protocol } = input;
    const ours = KafkaType === undefined ? given.instance !== null : KafkaType === 0;
    const server = { ServerAddr, IsEncryptionAddr, Protocol };
    const before = given.server
      ? {
          ServerAddr: given.server.address,
          IsEncryptionAddr: given.server.encrypted,
          Protocol: given.server.protocol as typeof Protocol,
        }
      : {};
    const changed: Import = {
      ...given,
      name: input.Name ?? given.name,
      instance: ours ? (KafkaInstance ?? given.instance ?? "") : null,
      server: ours ? null : serverOf({ ...before, ...defined(server) }),
      topics: input.UserKafkaTopics === undefined ? given.topics : topicsIn(input.UserKafkaTopics),
      group: input.ConsumerGroupName ?? given.group,
      paused: input.StatusControl === undefined ? given.paused : input.StatusControl === 1,
      rule: input.LogRechargeRule ?? given.rule,
      version: input.UserKafkaMeta?.KafkaVersion ?? given.version,
      updated: scope.now,
    };
    requireName(scope, changed);
    if (!changed.paused) requireSource(scope, changed);
    const same = (one: Import) => JSON.stringify([one.instance, one.group, one.topics, one.paused]);
    if (same(given) !== same(changed)) {
      if (!given.paused) leave(scope, given);
      if (sourceOf(scope, given) === sourceOf(scope, changed) && given.group === changed.group)
        forget(
          scope,
          given,
          given.topics.filter((topic) => !changed.topics.includes(topic)),
        );
      if (!changed.paused) join(scope, changed);
    }
    Object.assign(given, changed);
    return {};
  },
  DeleteKafkaRecharge: (scope, { Id, TopicId }) => {
    const given = importOf(scope, TopicId, Id);
    leave(scope, given);
    scope.region.logs.imports = scope.region.logs.imports.filter((other) => other !== given);
    return {};
  },
};
const defined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

/** What a rule makes of a message, as far as the sandbox knows its ways. */
function parsed(text: string, rule: Sent<"PreviewKafkaRecharge">["LogRechargeRule"]): object {
  const type = rule?.RechargeType;
  const fields = (values: readonly (string | undefined)[]) =>
    Object.fromEntries((rule?.Keys ?? []).map((key, at) => [key, values[at] ?? ""]));
  if (type === "json_log") {
    const json = attempt(() => JSON.parse(text));
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  }
  if (type === "delimiter_log") return fields(text.split(rule?.Delimiter ?? ","));
  const found = type === "fullregex_log" ? attempt(() => new RegExp(rule?.LogRegex ?? "").exec(text)) : undefined;
  if (found) return fields(found.slice(1));
  if (type === "minimalist_log") return { __CONTENT__: text };
  return rule?.UnMatchLogSwitch ? { [rule.UnMatchLogKey ?? "LogParseFailure"]: text } : {};
}
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
