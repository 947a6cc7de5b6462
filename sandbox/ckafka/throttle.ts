import type { Fakes } from "../../src/model/action.ts";
import type { throttle as models } from "../../tools/ckafka/throttle/actions.ts";
import { Fault } from "../state/fault.ts";
import {
  groupOf,
  type Instance,
  nextNumber,
  openInstance,
  runningInstance,
  type Scope,
  setQuota,
  type Throttle,
  type Topic,
  topicOf,
  userOf,
} from "../state/store.ts";
import { dateTime, done, matches, page } from "./answers.ts";

const TOPIC = 3;
const limited = ({ quota }: Topic) => quota.produce !== null || quota.consume !== null;

/** The rule with a number: of a topic, or another. */
function ruleOf(instance: Instance, id: number): { topic: Topic } | { throttle: Throttle } {
  const topic = instance.topics.find((t) => limited(t) && t.quota.rule === id);
  if (topic) return { topic };
  const throttle = instance.access.throttles.find((t) => t.id === id);
  if (throttle) return { throttle };
  throw new Fault("ResourceNotFound", `throttle rule ${id} does not exist on ${instance.id}`);
}

type Target = Pick<Throttle, "user" | "client" | "group">;
/** One rule for each target; users and clients given together are limited in pairs, as in Kafka. */
function targets(instance: Instance, groups: string[], users: string[], clients: string[]): Target[] {
  for (const name of users) userOf(instance, name);
  for (const name of groups) groupOf(instance, name);
  const pairs = (users.length > 0 ? users : [null]).flatMap((user) =>
    (clients.length > 0 ? clients : [null]).map((client) => ({ user, client, group: null })),
  );
  const named = pairs.filter(({ user, client }) => user !== null || client !== null);
  return [...named, ...groups.map((group) => ({ user: null, client: null, group }))];
}

export const throttle: Fakes<typeof models, Scope> = {
  DescribeThrottleRules: (scope, { InstanceId, SearchWord, Limit, Offset, ThrottleDimension }) => {
    const instance = openInstance(scope, InstanceId);
    const empty = { ClientId: null, UserName: null, TopicName: null, TopicId: null };
    const rows =
      ThrottleDimension === 2
        ? instance.topics.filter(limited).map((t) => ({
            ...empty,
            ThrottleRuleId: t.quota.rule,
            ThrottleType: TOPIC,
            ConsumeThrottle: t.quota.consume,
            UpdateTime: dateTime(t.quota.updated),
            TopicName: t.name,
            TopicId: t.id,
          }))
        : instance.access.throttles.map((t) => ({
            ...empty,
            ThrottleRuleId: t.id,
            ThrottleType: t.group === null ? 1 : 2,
            // The answer has no field for a group's name.
            ClientId: t.group ?? t.client,
            UserName: t.user,
            ConsumeThrottle: t.consume,
            UpdateTime: dateTime(t.updated),
          }));
    const found = rows.filter((r) =>
      [r.ClientId, r.UserName, r.TopicName].some((text) => text !== null && matches(text, SearchWord)),
    );
    return { Result: { TotalCount: found.length, ThrottleRuleList: page(found, Offset, Limit ?? 20) } };
  },
  CreateThrottleRule: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    const { ThrottleType, ConsumeThrottle: consume = null, ProduceThrottle: produce = null } = input;
    if (consume === null && produce === null)
      throw new Fault("InvalidParameter", "ConsumeThrottle or ProduceThrottle must be given");
    const named = (type: number, list: string[] | undefined) => [...new Set(ThrottleType === type ? list : [])];
    const topics = named(TOPIC, input.TopicNameList).map((name) => topicOf(instance, name));
    const others = targets(
      instance,
      named(2, input.GroupNameList),
      named(1, input.UserNameList),
      named(1, input.ClientIdList),
    );
    if (topics.length + others.length === 0)
      throw new Fault("InvalidParameter", `nothing is named that a rule of type ${ThrottleType} could limit`);
    const known = others.find((o) =>
      instance.access.throttles.some((t) => t.user === o.user && t.client === o.client && t.group === o.group),
    );
    const repeated = topics.find(limited)?.name ?? known?.group ?? known?.client ?? known?.user;
    if (repeated) throw new Fault("InvalidParameterValue.RepetitionValue", `${repeated} has a throttle rule already`);
    for (const topic of topics) setQuota(instance, topic, produce, consume, scope.now);
    for (const other of others)
      instance.access.throttles.push({ id: nextNumber(instance), ...other, produce, consume, updated: scope.now });
    return done(true);
  },
  ModifyThrottleRule: (scope, { InstanceId, ThrottleRuleId, ConsumeThrottle }) => {
    const instance = runningInstance(scope, InstanceId);
    const rule = ruleOf(instance, ThrottleRuleId);
    if (ConsumeThrottle === undefined) return done(false);
    if ("topic" in rule) setQuota(instance, rule.topic, rule.topic.quota.produce, ConsumeThrottle, scope.now);
    else Object.assign(rule.throttle, { consume: ConsumeThrottle, updated: scope.now });
    return done(false);
  },
  DeleteThrottleRule: (scope, { InstanceId, ThrottleRuleId }) => {
    const instance = runningInstance(scope, InstanceId);
    const rule = ruleOf(instance, Number(ThrottleRuleId));
    if ("topic" in rule) setQuota(instance, rule.topic, null, null, scope.now);
    else instance.access.throttles = instance.access.throttles.filter((t) => t !== rule.throttle);
    return done(true);
  },
};
