// A topic's settings as they are today, in the names and units of the actions that change them.
import type { Reader } from "../../../src/model/action.ts";
import { CloudError, Refusal } from "../../../src/model/errors.ts";
import { UNREAD } from "../../../src/model/preview.ts";
import { amountOf, type Quantity, type Unit } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/pages.ts";
import type { Change } from "./settings.ts";

type Read = Reader<Actions>;
type Tag = { TagKey: string; TagValue: string };
export type Settings = Awaited<ReturnType<typeof settingsOf>>;

export async function settingsOf(read: Read, InstanceId: string, TopicName: string) {
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName });
  const { Retention, SegmentBytes: _, UncleanLeaderElectionEnable, ...config } = Result.Config;
  const presets = (Result.AclRuleList ?? []).filter(({ PatternType }) => PatternType === "PRESET");
  return {
    ...config,
    UncleanLeaderElectionEnable,
    RetentionMs: Retention,
    QuotaProducerByteRate: Result.QuotaConfig?.QuotaProducerByteRate ?? null,
    QuotaConsumerByteRate: Result.QuotaConfig?.QuotaConsumerByteRate ?? null,
    TopicName,
    PartitionNum: Result.PartitionNum,
    ReplicaNum: Result.ReplicaNum,
    Note: Result.Note,
    EnableWhiteList: Result.EnableWhiteList,
    IpWhiteList: Result.IpWhiteList ?? [],
    EnableAclRule: Result.EnableAclRule,
    AclRuleName: presets[0]?.RuleName ?? null,
    /** Rules that apply by the topic's name. */
    prefixRules: (Result.AclRuleList ?? []).length - presets.length,
  };
}

/** A topic's tags, which only the long list of topics tells; UNREAD where it does not. */
export async function tagsOf(read: Read, InstanceId: string, TopicName: string): Promise<Tag[] | typeof UNREAD> {
  try {
    const { items } = await every(async (Offset) => {
      const { Result } = await read("DescribeTopicDetail", { InstanceId, SearchWord: TopicName, Limit: 50, Offset });
      return { items: Result.TopicList, total: Result.TotalCount };
    });
    // Null is documented as "no value could be had", which is not the same as none.
    return items.find((topic) => topic.TopicName === TopicName)?.Tags ?? UNREAD;
  } catch (error) {
    if (error instanceof CloudError) return UNREAD;
    throw error;
  }
}
/** Beside each tag that is given, the one with its key today. */
export const tagsBeside = (given: readonly Tag[], today: readonly Tag[] | typeof UNREAD) =>
  today === UNREAD
    ? given.map(() => ({ TagKey: UNREAD, TagValue: UNREAD }))
    : given.map(({ TagKey }) => today.find((tag) => tag.TagKey === TagKey) ?? { TagKey: null, TagValue: null });

/** Settings for which -1 and nothing at all both stand for no limit. */
const LIMITS = ["RetentionBytes", "QuotaProducerByteRate", "QuotaConsumerByteRate"];
/** @throws Refusal where every setting that is given is in force already */
export function someChange(
  topics: readonly { change: Change; before: Settings; tags?: readonly Tag[] | typeof UNREAD | undefined }[],
) {
  if (topics.some(({ change, before, tags }) => !stands(change, before, tags))) return;
  const names = topics.map(({ before }) => before.TopicName).join(", ");
  throw new Refusal(`nothing would change on ${names}: what is given is in force already`);
}
function stands(change: Change, before: Settings, tags: readonly Tag[] | typeof UNREAD | undefined): boolean {
  return Object.entries(change).every(([name, value]) => {
    if (value === undefined || name === "InstanceId" || name === "TopicName") return true;
    if (name === "Tags") return tags !== undefined && tags !== UNREAD && sameTags(value as Tag[], tags);
    const today = (before as Record<string, unknown>)[name];
    const plain = (one: unknown) =>
      LIMITS.includes(name) && one === -1 ? null : typeof one === "boolean" ? Number(one) : one;
    if (Array.isArray(value)) return sameSet(value, today as string[]);
    // As texts: an integer beyond 2^53 is a bigint, which no number equals.
    return String(plain(value)) === String(plain(today));
  });
}
const sameSet = (a: readonly string[], b: readonly string[]) =>
  new Set(a).size === new Set(b).size && a.every((one) => b.includes(one));
const sameTags = (a: readonly Tag[], b: readonly Tag[]) =>
  sameSet(
    ...([a, b].map((tags) => tags.map(({ TagKey, TagValue }) => JSON.stringify([TagKey, TagValue]))) as [
      string[],
      string[],
    ]),
  );

export const amount = (quantity: Quantity<Unit>) => BigInt(amountOf(quantity));
