// What a person sees before somebody is slowed down, or no longer.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/lines.ts";
import type { throttle } from "./actions.ts";

type Read = Reader<Actions>;
const TYPES: Record<number, string> = { 1: "user or client", 2: "group", 3: "topic" };

async function rules(read: Read, InstanceId: string) {
  const found = [];
  for (const ThrottleDimension of [1, 2] as const) {
    const { items, beyond } = await every(async (Offset) => {
      const { Result } = await read("DescribeThrottleRules", { InstanceId, ThrottleDimension, Limit: 200, Offset });
      return { items: Result?.ThrottleRuleList ?? [], total: Result?.TotalCount ?? 0 };
    });
    if (beyond > 0) throw new Error(`${InstanceId} has more rules than can be looked at`);
    found.push(...items);
  }
  return found;
}

type Rule = Awaited<ReturnType<typeof rules>>[number];
const speed = (limit: number | null | undefined) => (limit == null ? "no limit shown" : `${limit} MB/s`);
const words = (rule: Rule) =>
  `Rule ${rule.ThrottleRuleId} (${TYPES[rule.ThrottleType ?? 0] ?? "limit"} ${[rule.UserName, rule.ClientId, rule.TopicName].filter(Boolean).join(" ")})`;

async function ruleOf(read: Read, InstanceId: string, id: string): Promise<Rule | undefined> {
  return (await rules(read, InstanceId)).find((rule) => String(rule.ThrottleRuleId) === id);
}

export const throttlePreviews: Previews<typeof throttle, Actions> = {
  CreateThrottleRule: async (input, read) => {
    const { InstanceId, ConsumeThrottle, ProduceThrottle } = input;
    const names = {
      users: input.UserNameList,
      clients: input.ClientIdList,
      groups: input.GroupNameList,
      topics: input.TopicNameList,
    };
    const limits = [
      ...(ConsumeThrottle === undefined ? [] : [`consuming ${ConsumeThrottle} MB/s`]),
      ...(ProduceThrottle === undefined ? [] : [`producing ${ProduceThrottle} MB/s`]),
    ].join(", ");
    const lines = [`Limits to ${limits}:`];
    for (const [kind, list = []] of Object.entries(names))
      if (list.length > 0) lines.push(`${kind} ${list.join(", ")}`);
    const named = new Set(Object.values(names).flatMap((list) => list ?? []));
    for (const rule of await rules(read, InstanceId))
      if ([rule.UserName, rule.ClientId, rule.TopicName].some((name) => name && named.has(name)))
        lines.push(`${words(rule)} exists already: consuming ${speed(rule.ConsumeThrottle)}.`);
    return lines;
  },
  ModifyThrottleRule: async ({ InstanceId, ThrottleRuleId, ConsumeThrottle }, read) => {
    const rule = await ruleOf(read, InstanceId, String(ThrottleRuleId));
    if (!rule)
      throw new Refusal(`${InstanceId} has no throttle rule ${ThrottleRuleId}; DescribeThrottleRules lists them`);
    const after = ConsumeThrottle === undefined ? rule.ConsumeThrottle : ConsumeThrottle;
    if (after === rule.ConsumeThrottle)
      throw new Refusal(`nothing would change: ${words(rule)} has ${speed(after)} already`);
    return [`${words(rule)}, consuming: ${speed(rule.ConsumeThrottle)} → ${speed(after)}.`];
  },
  DeleteThrottleRule: async ({ InstanceId, ThrottleRuleId }, read) => {
    const rule = await ruleOf(read, InstanceId, ThrottleRuleId);
    if (!rule)
      throw new Refusal(`${InstanceId} has no throttle rule ${ThrottleRuleId}; DescribeThrottleRules lists them`);
    return [
      `${words(rule)}, consuming: ${speed(rule.ConsumeThrottle)} → no limit.`,
      "A produce limit that it may have, which the API does not show, goes too.",
    ];
  },
};
