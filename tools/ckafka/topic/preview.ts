// What a person sees before a topic is changed.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { isMissing, Refusal } from "../../../src/model/errors.ts";
import { many, quoted, say, someOf } from "../../../src/model/line.ts";
import { type Finding, type Found, note, type Today } from "../../../src/model/preview.ts";
import type { Actions } from "../actions.ts";
import type { topic } from "./actions.ts";
import { distinct, growing, presetRule, replicable, running } from "./conditions.ts";
import { aclsOn, contents, held, messagesOf, readable, tasksOn } from "./contents.ts";
import { accessOf, type Effects, effectsOf, grants, grown, stakesOf } from "./effects.ts";
import { DEFAULT_RETENTION, GROWN } from "./settings.ts";
import { type Settings, settingsOf, someChange, tagsBeside, tagsOf } from "./state.ts";

type Read = Reader<Actions>;

/** Of several topics, each finding says which it is about. */
const about = (topics: readonly { TopicName: string }[], at: number, find: Finding): Finding =>
  topics.length > 1 ? { ...find, line: say`${quoted(topics[at]?.TopicName ?? "")}: ${find.line}` } : find;

/** The allow list, and which of some addresses it has. */
async function allowList(read: Read, InstanceId: string, TopicName: string) {
  const { IpWhiteList, EnableWhiteList } = await settingsOf(read, InstanceId, TopicName);
  const inForce = EnableWhiteList === 1;
  const list = IpWhiteList.length > 0 ? someOf(IpWhiteList, 50) : say`empty`;
  const state = inForce ? say`in force` : say`not in force: any address may use the topic`;
  return { inForce, list: IpWhiteList, finds: [note(say`Allow list today (${state}): ${list}.`)] };
}

/** @throws Refusal where topics of a batch are not there */
async function settingsOfAll(read: Read, InstanceId: string, topics: readonly string[]): Promise<Settings[]> {
  const found: Settings[] = [];
  const missing: string[] = [];
  for (const topic of topics) {
    try {
      found.push(await settingsOf(read, InstanceId, topic));
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing.push(topic);
    }
  }
  if (missing.length > 0)
    throw new Refusal(`${InstanceId} has no topic ${missing.join(", ")}; DescribeTopic lists its topics`);
  return found;
}

export const topicPreviews: Previews<typeof topic, Actions> = {
  CreateTopic: async (input, read) => {
    const { InstanceId, TopicName, RetentionMs, CleanUpPolicy = "delete", AclRuleName } = input;
    replicable(TopicName, input);
    await running(read, InstanceId);
    const { Result } = await read("DescribeTopic", { InstanceId, SearchWord: TopicName, Limit: 50 });
    if ((Result.TopicList ?? []).some((topic) => topic.TopicName === TopicName))
      throw new Refusal(`${InstanceId} has a topic ${TopicName} already; DescribeTopicAttributes shows it`);
    const rule = await presetRule(read, InstanceId, AclRuleName);
    const ages = RetentionMs === undefined && CleanUpPolicy.includes("delete");
    return {
      finds: [
        ...(rule ? grants(rule) : []),
        ...(ages
          ? [note(say`Messages are deleted after ${many(DEFAULT_RETENTION, "ms")}, as no RetentionMs is given.`)]
          : []),
      ],
    };
  },
  ModifyTopicAttributes: async (input, read) => {
    const { InstanceId, TopicName, Tags } = input;
    const before = await settingsOf(read, InstanceId, TopicName);
    const tags = Tags && (await tagsOf(read, InstanceId, TopicName));
    replicable(TopicName, input, before);
    someChange([{ change: input, before, tags }]);
    const rule = await presetRule(read, InstanceId, input.AclRuleName);
    await running(read, InstanceId);
    const effects = await effectsOf(read, { InstanceId, change: input, before, tags, rule });
    const { prefixRules: _, ...settings } = before;
    const today = { ...settings, ...(Tags && tags ? { Tags: tagsBeside(Tags, tags) } : {}) };
    return { today: today as Today<typeof input>, finds: effects.finds, stakes: stakesOf([effects]) };
  },
  BatchModifyTopicAttributes: async (input, read) => {
    const { InstanceId, Topic } = input;
    distinct(Topic.map(({ TopicName }) => TopicName));
    const all = await settingsOfAll(
      read,
      InstanceId,
      Topic.map(({ TopicName }) => TopicName),
    );
    const changes = Topic.map((change, at) => ({ change, before: all[at] as Settings }));
    for (const { change, before } of changes) {
      replicable(change.TopicName, change, before);
      growing(change.TopicName, change, before, "same");
    }
    someChange(changes);
    await running(read, InstanceId);
    const effects: Effects[] = [];
    for (const known of changes) effects.push(await effectsOf(read, { InstanceId, ...known }));
    const today = all.map(({ UncleanLeaderElectionEnable: unclean, ...settings }) => ({
      ...settings,
      UncleanLeaderElectionEnable: unclean === null ? null : unclean === 1,
    }));
    return {
      today: { Topic: today } as Today<typeof input>,
      finds: effects.flatMap(({ finds }, at) => finds.map((find) => about(Topic, at, find))),
      stakes: stakesOf(effects),
    };
  },
  CreatePartition: async (input, read) => {
    const { InstanceId, TopicName } = input;
    const before = await settingsOf(read, InstanceId, TopicName);
    growing(TopicName, input, before, "more");
    await running(read, InstanceId);
    return {
      today: { PartitionNum: before.PartitionNum },
      finds: grown(InstanceId, TopicName),
      stakes: { final: GROWN },
    };
  },
  CreateTopicIpWhiteList: async ({ InstanceId, TopicName, IpWhiteList }, read) => {
    const { inForce, list, finds } = await allowList(read, InstanceId, TopicName);
    if (IpWhiteList.every((ip) => list.includes(ip)))
      throw new Refusal(`the allow list of ${TopicName} has these addresses already`);
    await running(read, InstanceId);
    return { finds, stakes: access(list, [...list, ...IpWhiteList], inForce) };
  },
  DeleteTopicIpWhiteList: async ({ InstanceId, TopicName, IpWhiteList }, read) => {
    const { inForce, list, finds } = await allowList(read, InstanceId, TopicName);
    const left = list.filter((ip) => !IpWhiteList.includes(ip));
    if (left.length === list.length) throw new Refusal(`the allow list of ${TopicName} has none of these addresses`);
    await running(read, InstanceId);
    const empty: Finding[] = [note(say`The list would be empty; who may use the topic then is not documented.`)];
    return { finds: [...finds, ...(left.length === 0 ? empty : [])], stakes: access(list, left, inForce) };
  },
  DeleteTopic: async ({ InstanceId, TopicName }, read): Promise<Found<{ InstanceId: string; TopicName: string }>> => {
    // First of all, whether it is there.
    await settingsOf(read, InstanceId, TopicName);
    await running(read, InstanceId);
    let stakes = {};
    const holds = await readable(say`What it holds`, async () => {
      const it = await held(read, InstanceId, TopicName);
      const none = it.messages === 0n && it.beyond === 0;
      stakes = {
        loses: none ? say`the topic, which holds no message` : say`every message in the topic: ${messagesOf(it)}`,
      };
      return contents(read, InstanceId, TopicName, it);
    });
    return {
      finds: [
        ...holds,
        ...(await readable(say`Which ACLs name it`, () => aclsOn(read, InstanceId, TopicName))),
        ...(await readable(say`Which data tasks use it`, () => tasksOn(read, InstanceId, TopicName))),
      ],
      stakes,
    };
  },
};

/** Of a list that is not in force nobody gains or loses anything but the entries. */
function access(before: readonly string[], then: readonly string[], inForce: boolean) {
  const effects = { loses: [], opens: [] } as Pick<Effects, "loses" | "opens">;
  if (inForce) accessOf(before, then, effects);
  return { loses: effects.loses[0] ?? null, opens: effects.opens[0] ?? null };
}
