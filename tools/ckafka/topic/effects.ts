// What a change of a topic's settings does beyond its arguments: what is lost, who is let in or shut out. Found by comparing
// with what is in force; what no read tells stays feared, in the words of the arguments.
import type { OutputOf, Reader } from "../../../src/model/action.ts";
import { CloudError } from "../../../src/model/errors.ts";
import { count, joined, type Line, many, moving, num, quoted, say, someOf, together } from "../../../src/model/line.ts";
import { type Finding, grave, note, type ReadStakes, UNREAD } from "../../../src/model/preview.ts";
import { numberOf, type Quantity, type Unit } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { contents, held, messagesOf, olderThan, readable } from "./contents.ts";
import { type Change, GROWN, mayLose, mayOpen } from "./settings.ts";
import { amount, type Settings } from "./state.ts";

type Read = Reader<Actions>;
type Rule = OutputOf<Actions["DescribeAclRule"]>["Result"]["AclRuleList"][number];
type Tag = { TagKey: string; TagValue: string };
export interface Effects {
  finds: Finding[];
  loses: Line[];
  opens: Line[];
  final: Line[];
}
interface Known {
  InstanceId: string;
  change: Change;
  before: Settings;
  tags?: readonly Tag[] | typeof UNREAD | undefined;
  rule?: Rule | undefined;
}

/** The stakes of one change or of several, as reading found them. */
export const stakesOf = (all: readonly Effects[]): ReadStakes => {
  const of = (pick: (effects: Effects) => Line[]) => together(all.flatMap(pick)) ?? null;
  return { loses: of((e) => e.loses), opens: of((e) => e.opens), final: of((e) => e.final) };
};

export async function effectsOf(read: Read, known: Known): Promise<Effects> {
  const { change, before, InstanceId } = known;
  const effects: Effects = { finds: [], loses: [], opens: [], final: [] };

  const { deleted, compacted } = deletion(change, before);
  if (deleted.length > 0 || compacted) await messagesLost(read, known, effects, deleted, compacted);
  if (Number(change.UncleanLeaderElectionEnable ?? 0) === 1 && before.UncleanLeaderElectionEnable !== 1)
    effects.loses.push(say`the safety of acknowledged messages: a replica that lags may become leader`);
  if (change.ReplicaNum !== undefined && change.ReplicaNum < before.ReplicaNum) {
    const lost = before.ReplicaNum - change.ReplicaNum;
    effects.loses.push(say`${num(lost)} of the ${num(before.ReplicaNum)} copies of every partition`);
  }
  const largest = less(change.MaxMessageBytes, before.MaxMessageBytes, "B");
  if (largest) effects.loses.push(say`messages larger than ${largest}, which are refused from then on`);
  const insync = change.MinInsyncReplicas;
  if (insync !== undefined && insync > (before.MinInsyncReplicas ?? 0))
    effects.loses.push(say`writes with acks -1 while fewer than ${num(insync)} replicas are in sync`);
  for (const [who, then, today] of [
    [say`producers`, change.QuotaProducerByteRate, before.QuotaProducerByteRate],
    [say`consumers`, change.QuotaConsumerByteRate, before.QuotaConsumerByteRate],
  ] as const) {
    const slower = less(then, unlimited(today) ? null : today, "MB/s");
    if (slower && !unlimited(then)) effects.loses.push(say`speed of ${who} above ${slower}`);
  }
  tagsLost(known, effects);
  allowList(change, before, effects);
  await aclRule(read, known, effects);
  if (change.PartitionNum !== undefined && numberOf(change.PartitionNum) > numberOf(before.PartitionNum)) {
    effects.final.push(GROWN);
    effects.finds.push(...grown(InstanceId, before.TopicName));
  }
  return effects;
}
/** What growing does to who uses the topic. */
export const grown = (_: string, topic: string): Finding[] => [
  note(
    say`Groups that read ${quoted(topic)} rebalance; new messages of a key can come to another partition than its older ones.`,
  ),
];

const unlimited = (limit: Quantity<Unit> | null | undefined) =>
  limit === null || limit === undefined || amount(limit) < 0n;
/** The new limit where it is less than today's; null is none. */
function less<U extends Unit>(then: Quantity<U> | undefined, today: Quantity<U> | null, unit: U): Line | undefined {
  if (then === undefined || (today !== null && amount(then) >= amount(today))) return undefined;
  return [many(then, unit)];
}

/** By what messages are deleted that stay today, and whether compaction begins. */
function deletion(change: Change, before: Settings): { deleted: Line[]; compacted: boolean } {
  const policy = String(before.CleanUpPolicy ?? "delete");
  const then = change.CleanUpPolicy ?? policy;
  const compacted = then.includes("compact") && !policy.includes("compact");
  if (!then.includes("delete")) return { deleted: [], compacted };
  const begins = !policy.includes("delete");
  const age = change.RetentionMs ?? before.RetentionMs;
  const aged = begins || less(change.RetentionMs, before.RetentionMs, "ms") !== undefined;
  const bytes = change.RetentionBytes ?? before.RetentionBytes;
  const larger = unlimited(before.RetentionBytes) ? null : before.RetentionBytes;
  const sized = !unlimited(bytes) && (begins || less(change.RetentionBytes, larger, "B") !== undefined);
  return {
    deleted: [
      ...(aged ? [age ? say`messages older than ${many(age, "ms")}` : say`messages past retention`] : []),
      ...(sized && bytes ? [say`messages beyond ${many(bytes, "B")} of a partition`] : []),
    ],
    compacted,
  };
}
async function messagesLost(
  read: Read,
  { InstanceId, change, before }: Known,
  effects: Effects,
  deleted: Line[],
  compacted: boolean,
) {
  const { TopicName } = before;
  const lines = [...deleted, ...(compacted ? [say`all but the latest message of each key`] : [])];
  effects.loses.push(...lines.map((line) => say`${line} in ${quoted(TopicName)}`));
  const finds = await readable(say`What ${quoted(TopicName)} holds`, async () => {
    const it = await held(read, InstanceId, TopicName);
    const age = change.RetentionMs ?? before.RetentionMs;
    const where = { InstanceId, Topic: TopicName };
    const older =
      deleted.length > 0 && age
        ? await readable(say`How many messages are older`, async () => {
            const gone = await olderThan(read, where, it, numberOf(age));
            const most = String(before.CleanUpPolicy ?? "").includes("compact") && gone > 0n ? say`at most ` : [];
            const some = moving(say`${most}${count(gone, "message")}`, gone === 0n);
            return [
              grave(
                "loses",
                say`Of the ${messagesOf(it)} in ${quoted(TopicName)}, ${some} are older than ${many(age, "ms")}.`,
              ),
            ];
          })
        : [];
    return [...older, ...(await contents(read, InstanceId, TopicName, it))];
  });
  effects.finds.push(...finds);
}

/** What is given replaces all: a tag that is not among it goes. */
function tagsLost({ change, before, tags }: Known, effects: Effects) {
  if (change.Tags === undefined) return;
  if (tags === UNREAD || tags === undefined) {
    effects.loses.push(...mayLose({ Tags: change.Tags }));
    effects.finds.push(
      note(say`Today's tags of ${quoted(before.TopicName)} could not be read: those that are not given are lost.`),
    );
    return;
  }
  const gone = tags.filter(({ TagKey }) => !change.Tags?.some((tag) => tag.TagKey === TagKey));
  if (gone.length === 0) return;
  const names = joined(gone.map(({ TagKey, TagValue }) => say`${quoted(TagKey)} = ${quoted(TagValue)}`));
  effects.loses.push(gone.length === 1 ? say`the tag ${names}` : say`the tags ${names}`);
  effects.finds.push(grave("loses", say`Tags are replaced as a whole: ${names} is not among them and goes.`));
}

/** Who may connect today and then, by address. */
function allowList(change: Change, before: Settings, effects: Effects) {
  if (change.EnableWhiteList === undefined && change.IpWhiteList === undefined) return;
  const today = before.EnableWhiteList === 1;
  const then = (change.EnableWhiteList ?? before.EnableWhiteList) === 1;
  const ips = change.IpWhiteList ?? before.IpWhiteList;
  if (!today && !then) {
    effects.finds.push(note(say`The allow list is not in force, and stays so: any address may use the topic.`));
    return;
  }
  if (today && !then) {
    effects.opens.push(say`the topic to any address`);
    effects.finds.push(grave("opens", say`Today only ${someOf(before.IpWhiteList)} may use it.`));
    return;
  }
  if (!today) {
    effects.loses.push(say`access of every address but ${someOf(ips)}`);
    return;
  }
  accessOf(before.IpWhiteList, ips, effects);
}
/** Who gains and who loses access where one list in force gives way to another. */
export function accessOf(
  before: readonly string[],
  then: readonly string[],
  effects: Pick<Effects, "loses" | "opens">,
) {
  const gain = [...new Set(then)].filter((ip) => !before.includes(ip));
  const lose = [...new Set(before)].filter((ip) => !then.includes(ip));
  if (gain.length > 0) effects.opens.push(say`the topic to ${someOf(gain, 50)}`);
  if (lose.length > 0) effects.loses.push(say`access of ${someOf(lose, 50)} to the topic`);
}

/** Whom a preset rule lets in or shuts out. It shuts out only where no other ACL does already. */
async function aclRule(read: Read, { InstanceId, change, before, rule }: Known, effects: Effects) {
  if (change.EnableAclRule === undefined && change.AclRuleName === undefined) return;
  const today = before.EnableAclRule === 1 ? before.AclRuleName : null;
  const on = (change.EnableAclRule ?? before.EnableAclRule) === 1;
  const then = on ? (change.AclRuleName ?? before.AclRuleName) : null;
  if (rule) effects.finds.push(...grants(rule));
  if (today === then) return;
  const others = await othersOn(read, InstanceId, before);
  if (others === undefined) {
    effects.loses.push(...mayLose({ EnableAclRule: change.EnableAclRule, AclRuleName: change.AclRuleName }));
    effects.opens.push(...mayOpen({ EnableAclRule: change.EnableAclRule, AclRuleName: change.AclRuleName }));
    return;
  }
  const closed = others > 0;
  if (today && (then || closed)) effects.loses.push(say`access of whoever only ACL rule ${quoted(today)} allows`);
  if (then && !today && !closed) effects.loses.push(say`access of whoever ACL rule ${quoted(then)} does not allow`);
  if (then && (today || closed)) effects.opens.push(say`the topic to whoever ACL rule ${quoted(then)} allows`);
  if (today && !then && !closed) effects.opens.push(say`the topic to everybody: no other ACL is on it`);
}
/** ACLs on it besides its preset rule; undefined where they cannot be read. */
async function othersOn(read: Read, InstanceId: string, { TopicName, prefixRules }: Settings) {
  try {
    const own = { InstanceId, ResourceType: 2 as const, ResourceName: TopicName, Limit: 1 };
    return prefixRules + Number((await read("DescribeACL", own)).Result.TotalCount);
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}
/** What a preset rule says, as the cloud writes it. */
export const grants = ({ RuleName, AclList }: Rule): Finding[] => [
  note(say`ACL rule ${quoted(RuleName)}: ${quoted(String(AclList))}.`),
];
