// What a person sees before somebody is slowed down, or no longer.
import type { OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { joined, type Line, many, num, quoted, say } from "../../../src/model/line.ts";
import { type Finding, NEW, note } from "../../../src/model/preview.ts";
import { numberOf, type Quantity } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/pages.ts";
import { mayRun } from "../previews/running.ts";
import type { throttle } from "./actions.ts";
import { ThrottleDimension, ThrottleType } from "./codes.ts";

type Read = Reader<Actions>;
type Listed = NonNullable<OutputOf<Actions["DescribeThrottleRules"]>["Result"]>;
type Rule = NonNullable<Listed["ThrottleRuleList"]>[number];

/** @returns the rules that are looked at, and how many there are beyond those */
async function rules(read: Read, InstanceId: string, dimensions = ThrottleDimension.values) {
  const found: Rule[] = [];
  let unseen = 0;
  for (const ThrottleDimension of dimensions) {
    const { items, beyond } = await every(async (Offset) => {
      const { Result } = await read("DescribeThrottleRules", { InstanceId, ThrottleDimension, Limit: 200, Offset });
      return { items: Result?.ThrottleRuleList ?? [], total: Result?.TotalCount ?? 0 };
    });
    found.push(...items);
    unseen += beyond;
  }
  return { found, unseen };
}

/** @throws Refusal where there is no such rule */
async function ruleOf(read: Read, InstanceId: string, id: string): Promise<Rule> {
  await mayRun(read, InstanceId);
  const { found, unseen } = await rules(read, InstanceId);
  const rule = found.find(({ ThrottleRuleId }) => String(ThrottleRuleId) === id);
  if (rule) return rule;
  const more = unseen > 0 ? ` among those that could be looked at (${unseen} could not)` : "";
  throw new Refusal(`${InstanceId} has no throttle rule ${id}${more}; DescribeThrottleRules lists them`);
}

const speed = (limit: Quantity<"MB/s"> | null): Line => (limit === null ? say`no limit shown` : [many(limit, "MB/s")]);
/** Whom a rule limits. A group's name stands where a client's does, for want of a field. */
function whom({ ThrottleType: type, UserName, ClientId, TopicName }: Rule): Line {
  const names = [
    ...(UserName ? [say`user ${quoted(UserName)}`] : []),
    ...(ClientId ? [type === 2 ? say`group ${quoted(ClientId)}` : say`client ${quoted(ClientId)}`] : []),
    ...(TopicName ? [say`topic ${quoted(TopicName)}`] : []),
  ];
  return names.length > 0 ? joined(names) : say`nobody that is shown`;
}

/** What a rule limits: a user, a client, both together, a group, or a topic. */
interface Target {
  user?: string;
  client?: string;
  group?: string;
  topic?: string;
}
interface Lists {
  UserNameList?: string[] | undefined;
  ClientIdList?: string[] | undefined;
  GroupNameList?: string[] | undefined;
  TopicNameList?: string[] | undefined;
}
/** Users and clients given together are limited in pairs, as in Kafka. */
function targetsOf({ UserNameList = [], ClientIdList = [], GroupNameList = [], TopicNameList = [] }: Lists): Target[] {
  const users = [...new Set(UserNameList)].map((user): Target => ({ user }));
  const clients = [...new Set(ClientIdList)].map((client): Target => ({ client }));
  const pairs = users.flatMap((user) => clients.map((client): Target => ({ ...user, ...client })));
  const single = users.length > 0 && clients.length > 0 ? pairs : [...users, ...clients];
  const groups = [...new Set(GroupNameList)].map((group): Target => ({ group }));
  return [...single, ...groups, ...[...new Set(TopicNameList)].map((topic): Target => ({ topic }))];
}
/** Whether a rule limits just this. */
function limits(rule: Rule, { user = "", client = "", group = "", topic = "" }: Target): boolean {
  const [ofUser, ofClient, ofTopic] = [rule.UserName ?? "", rule.ClientId ?? "", rule.TopicName ?? ""];
  if (group !== "") return rule.ThrottleType === 2 && [ofUser, ofClient].includes(group);
  if (topic !== "") return rule.ThrottleType === 3 && ofTopic === topic;
  return rule.ThrottleType === 1 && ofUser === user && ofClient === client;
}
const called = ({ user, client, group, topic }: Target) =>
  [user && `user ${user}`, client && `client ${client}`, group && `group ${group}`, topic && `topic ${topic}`]
    .filter(Boolean)
    .join(" with ");

/** @throws Refusal where a rule would limit what is not there */
async function present(read: Read, InstanceId: string, { UserNameList, GroupNameList, TopicNameList }: Lists) {
  // A topic that is not there ends it here.
  for (const TopicName of new Set(TopicNameList)) await read("DescribeTopicAttributes", { InstanceId, TopicName });
  if (GroupNameList) {
    const { Result } = await read("DescribeGroupInfo", { InstanceId, GroupList: [...new Set(GroupNameList)] });
    const dead = (Result ?? []).find(({ State }) => State === "Dead");
    if (dead) throw new Refusal(`${InstanceId} has no group ${dead.Group}; DescribeGroup lists them`);
  }
  for (const name of new Set(UserNameList)) {
    const { items, beyond } = await every(async (Offset) => {
      const { Result } = await read("DescribeUser", { InstanceId, SearchWord: name, Offset });
      return { items: Result.Users ?? [], total: Result.TotalCount };
    });
    if (beyond === 0 && !items.some(({ Name }) => Name === name))
      throw new Refusal(`${InstanceId} has no user ${name}; DescribeUser lists them`);
  }
}

export const throttlePreviews: Previews<typeof throttle, Actions> = {
  CreateThrottleRule: async (input, read) => {
    const { InstanceId } = input;
    await mayRun(read, InstanceId);
    const dimension = input.ThrottleType === ThrottleType.code["by topic"] ? "of topics" : "of the instance";
    const { found, unseen } = await rules(read, InstanceId, [ThrottleDimension.code[dimension]]);
    const targets = targetsOf(input);
    for (const target of targets) {
      const rule = found.find((one) => limits(one, target));
      if (!rule) continue;
      const change = "ModifyThrottleRule changes its consume limit";
      throw new Refusal(`rule ${rule.ThrottleRuleId} limits ${called(target)} already; ${change}`);
    }
    await present(read, InstanceId, input);
    const finds: Finding[] = [];
    if (input.UserNameList && input.ClientIdList)
      finds.push(note(say`Makes ${num(targets.length)} rules: one for each user with each client.`));
    if (unseen > 0)
      finds.push(note(say`Rules that could not be looked at: ${num(unseen)}. One may stand in the way of this.`));
    return { finds };
  },
  ModifyThrottleRule: async ({ InstanceId, ThrottleRuleId, ConsumeThrottle }, read) => {
    const rule = await ruleOf(read, InstanceId, String(ThrottleRuleId));
    const today = rule.ConsumeThrottle;
    const same = ConsumeThrottle !== undefined && today !== null && numberOf(ConsumeThrottle) === numberOf(today);
    if (ConsumeThrottle === undefined || same)
      throw new Refusal(
        `nothing would change: rule ${ThrottleRuleId} has ${today === null ? "no consume limit" : `${numberOf(today)} MB/s`} already`,
      );
    const slower = today === null || numberOf(ConsumeThrottle) < numberOf(today);
    const loses = slower ? say`speed: ${whom(rule)} above the new limit is slowed and can fall behind` : null;
    return {
      today: { ThrottleRuleId: NEW, ConsumeThrottle: today },
      finds: [note(say`Limits ${whom(rule)}.`)],
      stakes: { loses },
    };
  },
  DeleteThrottleRule: async ({ InstanceId, ThrottleRuleId }, read) => {
    const rule = await ruleOf(read, InstanceId, ThrottleRuleId);
    return {
      finds: [
        note(say`Limits ${whom(rule)}; consuming: ${speed(rule.ConsumeThrottle)} → no limit.`),
        note(say`A produce limit that it may have, which the API does not show, goes too.`),
      ],
    };
  },
};
