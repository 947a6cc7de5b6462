// What a sync task finds on both sides: which topics it makes, which it makes alike, whose offsets it moves.
import { Refusal } from "../../../src/model/errors.ts";
import { count, joined, type Line, quoted, say, someOf } from "../../../src/model/line.ts";
import { type Finding, grave, note, type ReadStakes } from "../../../src/model/preview.ts";
import { ofKafka } from "../connect/conditions.ts";
import {
  attempt,
  type Connection,
  instanceBehind,
  orNothing,
  outside,
  type Read,
  usableInstance,
} from "../connect/reading.ts";
import { every } from "../previews/pages.ts";
import { GAINS } from "./actions.ts";
import { freeTaskName } from "./conditions.ts";
import { connectionsIn } from "./ends.ts";

export interface Sync {
  TaskName: string;
  SourceResourceId: string;
  TargetResourceId: string;
  TopicRegularExpression?: string | undefined;
  TopicList?: string[] | undefined;
  Prefix?: string | undefined;
  Separator?: string | undefined;
}
interface Copies {
  messages: boolean;
  offsets: boolean;
}

export async function syncing(read: Read, input: Sync, copies: Copies) {
  const { SourceResourceId, TargetResourceId, TaskName } = input;
  await freeTaskName(read, TaskName);
  const { known, finds } = await connectionsIn(read, [SourceResourceId, TargetResourceId]);
  for (const connection of known.values()) ofKafka(connection);
  const [from, to] = [known.get(SourceResourceId), known.get(TargetResourceId)];
  if (SourceResourceId === TargetResourceId || (from && to && leadAlike(from, to)))
    throw new Refusal("both connections lead to the same instance");
  const [source, target] = [from, to].map((connection) => connection && instanceBehind(connection));
  for (const id of [source, target])
    if (id !== undefined)
      finds.push(
        ...(await attempt(say`Instance ${quoted(id)}`, async () => [
          note(say`Instance ${quoted(id)} has the name ${quoted(await usableInstance(read, id))}.`),
        ])),
      );
  const hit = await hits(read, input, copies, { source, target });
  const opens = copies.messages ? { opens: !to || outside(to) ? GAINS : null } : {};
  return {
    finds: [...finds, ...hit.finds, note(say`Copies ${what(copies)}${all(input)}, until it is paused or deleted.`)],
    stakes: { bills: PRICE, ...opens, ...hit.stakes },
  };
}
const what = ({ messages, offsets }: Copies): Line =>
  messages
    ? offsets
      ? say`topics, their settings, messages, and offsets of consumer groups`
      : say`topics, their settings and messages`
    : say`topics and their settings`;
/** Where no parameter chooses. */
const all = ({ TopicList, TopicRegularExpression }: Sync): Line =>
  (TopicList ?? TopicRegularExpression) ? [] : say`, of all topics under their own names`;
export const PRICE: Line = say`money as long as it runs; no read tells the price`;

function leadAlike(one: Connection, other: Connection): boolean {
  const [a, b] = [one.KafkaConnectParam, other.KafkaConnectParam];
  return Boolean(a?.Resource) && a?.Resource === b?.Resource && (a?.Region || "") === (b?.Region || "");
}

interface Sides {
  source: string | undefined;
  target: string | undefined;
}
/** What is there already on the target, as far as both sides can be looked at from here. */
async function hits(read: Read, input: Sync, copies: Copies, { source, target }: Sides) {
  const none: { finds: Finding[]; stakes: ReadStakes } = { finds: [], stakes: {} };
  const unseen = note(say`Which topics of the target it would touch could not be read.`);
  if (source === undefined || target === undefined) return { ...none, finds: [unseen] };
  const both = await orNothing(async () => [await topicsOf(read, source), await topicsOf(read, target)]);
  const fits = chooser(input);
  const [theirs, ours] = both ?? [];
  if (!theirs || !ours || !fits) return { ...none, finds: [unseen] };
  const missing = input.TopicList?.find((name) => !theirs.beyond && !theirs.names.includes(name));
  if (missing !== undefined)
    throw new Refusal(
      `topic ${JSON.stringify(missing)} does not exist on instance ${source}; DescribeTopic lists its topics`,
    );
  const prefix = input.Prefix ? `${input.Prefix}${input.Separator ?? ""}` : "";
  const copied = theirs.names.filter(fits).map((name) => `${prefix}${name}`);
  const there = copied.filter((name) => ours.names.includes(name));
  const made = copied.filter((name) => !ours.names.includes(name));
  const groups = copies.offsets ? await orNothing(() => groupsThere(read, source, target)) : [];
  const whole = !theirs.beyond && !ours.beyond;
  const alike = copies.messages
    ? say`settings of topics that are on the target already, and messages are mixed into them: ${someOf(there)}`
    : say`settings of topics that are on the target already: ${someOf(there)}`;
  const lost = [
    ...(there.length > 0 ? [alike] : []),
    ...(groups && groups.length > 0 ? [say`offsets of groups that are on the target already: ${someOf(groups)}`] : []),
  ];
  const finds = [
    ...(made.length > 0 ? [note(say`Makes ${count(made.length, "topic")} on the target: ${someOf(made)}.`)] : []),
    ...(made.length + there.length === 0 && whole ? [note(say`No topic of the source is chosen now.`)] : []),
    ...(there.length > 0 ? [grave("loses", say`On the target already: ${someOf(there)}.`)] : []),
    ...(whole ? [] : [note(say`There are more topics than were looked at.`)]),
    ...(groups === undefined ? [note(say`Which groups are on the target could not be read.`)] : []),
  ];
  const loses = lost.length > 0 ? joined(lost, say`; `) : whole && groups !== undefined ? null : undefined;
  return { finds, stakes: loses === undefined ? {} : { loses } };
}
function chooser({ TopicList, TopicRegularExpression: pattern }: Sync): ((name: string) => boolean) | undefined {
  if (TopicList) return (name) => TopicList.includes(name);
  if (pattern === undefined) return () => true;
  try {
    const expression = new RegExp(`^(?:${pattern})$`);
    return (name) => expression.test(name);
  } catch {
    // Another dialect: what it fits is for the API to say.
    return undefined;
  }
}
async function topicsOf(read: Read, InstanceId: string) {
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeTopic", { InstanceId, Limit: 50, Offset } as never);
    return { items: Result.TopicList ?? [], total: Number(Result.TotalCount) };
  });
  return { names: items.map(({ TopicName }) => TopicName), beyond: beyond > 0 };
}
async function groupsThere(read: Read, source: string, target: string): Promise<string[]> {
  const namesOf = async (InstanceId: string) => {
    const { items } = await every(async (Offset) => {
      const { Result } = await read("DescribeGroup", { InstanceId, Limit: 50, Offset } as never);
      return { items: Result.GroupList ?? [], total: Number(Result.TotalCount) };
    });
    return items.map(({ Group }) => Group);
  };
  const ours = await namesOf(target);
  return (await namesOf(source)).filter((name) => ours.includes(name));
}
