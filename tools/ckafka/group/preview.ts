// What a person sees before a consumer group is changed.
import { isIP } from "node:net";
import type { Previews } from "../../../src/model/action.ts";
import { type CloudError, Refusal } from "../../../src/model/errors.ts";
import { count, field, joined, type Line, moving, num, type Part, quoted, say } from "../../../src/model/line.ts";
import { type Finding, type Found, grave, note } from "../../../src/model/preview.ts";
import { inQuotes } from "../../../src/text/line.ts";
import type { Actions } from "../actions.ts";
import { exact, messages, tried } from "../previews/offsets.ts";
import { mayRun } from "../previews/running.ts";
import { ThrottleType } from "../throttle/codes.ts";
import type { group } from "./actions.ts";
import { NO_COMMIT, Strategy } from "./codes.ts";
import {
  again,
  isGone,
  lost,
  type Move,
  moveTo,
  offsetsAt,
  type Place,
  type Places,
  passedOver,
  placesOf,
  type Read,
  skipped,
  stays,
  unreadOf,
  type Wish,
  withGaps,
} from "./positions.ts";

/** Partitions that a person looks at one by one; of more, each topic's sum stands before them. */
const MOST_PARTITIONS = 40;

/** @throws Refusal while anybody consumes, or may, and where the instance takes no change: the cloud would refuse it as well */
async function idle(read: Read, InstanceId: string, Group: string): Promise<string> {
  await mayRun(read, InstanceId);
  const { Result } = await read("DescribeGroupInfo", { InstanceId, GroupList: [Group] });
  const found = Result?.[0];
  const state = found?.State ?? "Dead";
  if (state === "Empty" || state === "Dead") return state;
  const members = found?.Members ?? [];
  if (members.length > 0) {
    const all = [...new Set(members.map(({ ClientHost }) => shownHost(ClientHost)))];
    const hosts = `${all.slice(0, 10).join(", ")}${all.length > 10 ? ` and ${all.length - 10} more` : ""}`;
    const active = `${members.length} active member${members.length === 1 ? "" : "s"}`;
    throw new Refusal(`group ${Group} is ${state} with ${active} (${hosts}); its consumers have to be stopped first`);
  }
  // Who its members are shows only while they hold still, and only of consumers.
  const type = found?.ProtocolType;
  const why =
    type && type !== "consumer"
      ? `its members, which use the protocol ${inQuotes(type)}, do not show but`
      : "its members come and go, and";
  throw new Refusal(`group ${Group} is in ${state}: ${why} have to be stopped first`);
}
function shownHost(host: string | null): string {
  const address = (host ?? "").replace(/^\//, "");
  return isIP(address) === 0 ? inQuotes(address) : address;
}
const stateLine = (state: string): Finding =>
  note(state === "Empty" ? say`The group is empty: it has no members.` : say`The group is dead: it has no members.`);

const where = ({ topic, partition }: Pick<Place, "topic" | "partition">) =>
  say`${quoted(topic)} partition ${num(partition)}`;
const gapsIn = (places: Place[]) => places.some(({ log }) => log?.gaps);
const sum = (places: Move[], of: (move: Move) => bigint) => places.reduce((all, move) => all + of(move), 0n);
/** Messages of several places. */
const inAll = (moves: Move[], of: (move: Move) => bigint): Line => {
  const counted = moves.filter((move) => of(move) > 0n);
  return messages(sum(counted, of), gapsIn(counted));
};

function moveLine(move: Move): Line {
  const { from, to, follows, log } = move;
  const today = from === undefined ? say`nothing committed` : say`offset ${num(from)}`;
  if (to === undefined || !log) return say`${where(move)}: ${today} → not read`;
  const target: Part = follows ? moving(num(to), false) : num(to);
  if (lost(move)) {
    const beyond = from === undefined ? [] : say`, beyond the end ${moving(num(log.end), false)},`;
    const left = messages(unreadOf({ ...move, from: to }), log.gaps);
    const before = passedOver(move) > 0n ? say`, ${messages(passedOver(move), log.gaps)} before it never read` : [];
    return say`${where(move)}: ${today}${beyond} → ${target}: ${left} left to read${before}`;
  }
  const line = say`${where(move)}: ${today} → ${target}`;
  const gone = say`${line}: what is between is deleted already`;
  if (to > (from as bigint)) {
    const amount = skipped(move);
    return amount === 0n ? gone : say`${line}: skips ${messages(amount, log.gaps)}`;
  }
  const amount = again(move);
  return amount === 0n ? gone : say`${line}: reads ${messages(amount, log.gaps)} again`;
}
/** What becomes of all that is unread or read, in words that complete "loses the group's present position: ". */
function sumLine(moves: Move[]): Line | undefined {
  const never = sum(moves, skipped) > 0n ? [say`${inAll(moves, skipped)} would never be read`] : [];
  const twice = sum(moves, again) > 0n ? [say`${inAll(moves, again)} would be read again`] : [];
  const before =
    sum(moves, passedOver) > 0n ? [say`${inAll(moves, passedOver)} before the new place would never be read`] : [];
  const lines = [...never, ...before, ...twice];
  return lines.length > 0 ? joined(lines) : undefined;
}
function topicLines(moves: Move[]): Finding[] {
  const topics = [...new Set(moves.map(({ topic }) => topic))];
  return topics.map((topic) => {
    const own = moves.filter((move) => move.topic === topic);
    const line = say`${quoted(topic)}: ${count(own.length, "partition")} moved; ${sumLine(own) ?? say`no message is skipped or read again`}`;
    return own.some((move) => skipped(move) + passedOver(move) > 0n) ? grave("loses", line) : note(line);
  });
}
const width = (move: Move) => skipped(move) + passedOver(move) + again(move);
const widestFirst = (a: Move, b: Move) => (width(b) > width(a) ? 1 : width(b) < width(a) ? -1 : 0);

interface Chosen {
  read: Read;
  InstanceId: string;
  Group: string;
  Topics: string[] | undefined;
  Partitions: number[] | undefined;
}
interface Wishes {
  to: (place: Place) => Wish;
  /** Why some of it is not known. */
  unread?: Finding[];
}
/**
 * A change of committed offsets, whichever action makes it.
 * @param wish where a place is to go
 * @throws Refusal where nothing can be moved, or everything is there already
 */
async function reset<I>(chosen: Chosen, wish: (places: Place[]) => Promise<Wishes>): Promise<Found<I>> {
  const { read, InstanceId, Group, Topics, Partitions } = chosen;
  const state = await idle(read, InstanceId, Group);
  const { places, unread } = await placesOf(read, InstanceId, Group, Topics);
  // What the change names itself has to be there.
  for (const [topic, error] of unread) if (Topics?.includes(topic) && isGone(error)) throw error;
  const own = places.filter(({ topic, partition }) => {
    return !isGone(unread.get(topic)) && (Partitions?.includes(partition) ?? true);
  });
  if (own.length === 0) {
    const on = Topics ? ` on ${Topics.join(", ")}` : "";
    throw new Refusal(`group ${Group} has no offset${on} in these partitions; DescribeGroupOffsets shows what it has`);
  }
  const { to, unread: untold = [] } = await wish(own);
  const moves = own.map((place) => moveTo(place, to(place)));
  const going = moves.filter((move) => !stays(move));
  if (going.length === 0) throw new Refusal(`nothing would change: the offsets of group ${Group} are there already`);
  await withGaps(read, InstanceId, going);
  const total = sumLine(going);
  const sums = going.length > MOST_PARTITIONS ? topicLines(going) : [];
  const each = going.toSorted(widestFirst).map((move): Finding => {
    return skipped(move) + passedOver(move) > 0n ? grave("loses", moveLine(move)) : note(moveLine(move));
  });
  const finds = [stateLine(state), ...sums, ...each, ...untold, ...aside(moves, going, chosen, unread)];
  // What is not known may be anything: what the action says of itself stands.
  if (going.some((move) => move.to === undefined))
    return { finds: total ? [grave("loses", say`As far as it could be read: ${total}.`), ...finds] : finds };
  if (going.some(({ from }) => from !== undefined)) {
    const position = total ?? say`no message is skipped or read again`;
    return { finds, stakes: { loses: say`the group's present position: ${position}` } };
  }
  // It has no position that it could lose.
  return { finds, stakes: { loses: total ? say`messages: ${total}` : null } };
}

/** What stays as it is, and what could not be looked at. */
function aside(moves: Move[], going: Move[], { Topics = [], Partitions = [] }: Chosen, unread: Places["unread"]) {
  const still = moves.length - going.length;
  const topics = Topics.filter((topic) => !moves.some((move) => move.topic === topic));
  const numbers = Partitions.filter((number) => !moves.some((move) => move.partition === number));
  const names = joined(topics.map(quoted));
  // Partitions that some of the topics have and others have not.
  const lacking = [...new Set(moves.map((move) => move.topic))].flatMap((topic) =>
    Partitions.filter((partition) => !numbers.includes(partition))
      .filter((partition) => !moves.some((move) => move.topic === topic && move.partition === partition))
      .map((partition): Pick<Place, "topic" | "partition"> => ({ topic, partition })),
  );
  const lines: Finding[] = [];
  if (still > 0) lines.push(note(say`Stay where they are: ${count(still, "partition")}.`));
  if (topics.length > 0) lines.push(note(say`No offset that could be moved on ${names}.`));
  if (numbers.length > 0)
    lines.push(note(say`No offset that could be moved in partition ${joined(numbers.map((number) => num(number)))}.`));
  for (const place of lacking.slice(0, MOST_PARTITIONS))
    lines.push(note(say`No offset that could be moved in ${where(place)}.`));
  if (lacking.length > MOST_PARTITIONS)
    lines.push(note(say`None in ${count(lacking.length - MOST_PARTITIONS, "partition")} more.`));
  for (const [topic, error] of unread)
    lines.push(
      isGone(error)
        ? note(say`Its place on ${quoted(topic)} stays: the topic is not there any more.`)
        : note(say`The log of ${quoted(topic)} could not be read (${quoted(error.code)}).`),
    );
  return lines;
}

/** Who reads, and the place that is given up on each topic. @throws Refusal where nothing is there to be given up */
async function forgotten(read: Read, InstanceId: string, Group: string, topic: string | undefined) {
  const state = await idle(read, InstanceId, Group);
  const { places, unread } = await placesOf(read, InstanceId, Group, topic === undefined ? undefined : [topic]);
  if (places.length === 0 && topic !== undefined)
    throw new Refusal(`group ${Group} has no place on ${topic} that it could forget`);
  if (places.length === 0 && state === "Dead")
    throw new Refusal(`${InstanceId} has no group ${Group}; DescribeGroup lists them`);
  await withGaps(read, InstanceId, places);
  const topics = [...new Set(places.map((place) => place.topic))].map((name) => {
    const own = places.filter((place) => place.topic === name);
    return { name, own, unread: own.reduce((all, place) => all + unreadOf(place), 0n) };
  });
  const lines = topics
    .toSorted((a, b) => (b.unread > a.unread ? 1 : b.unread < a.unread ? -1 : 0))
    .map(({ name, own, unread: amount }): Finding => {
      const start = say`Forgets its place on ${quoted(name)}`;
      const error = unread.get(name);
      const size = count(own.length, "partition");
      if (isGone(error)) return grave("loses", say`${start}, a topic that is not there any more (${size}).`);
      if (error)
        return grave("loses", say`${start} (${size}); what is unread could not be read (${quoted(error.code)}).`);
      if (own.every(({ from }) => from === undefined))
        return note(say`Has committed nothing on ${quoted(name)} (${size}).`);
      return grave("loses", say`${start} (${size}, ${messages(amount, gapsIn(own))} unread).`);
    });
  return [stateLine(state), ...lines];
}

/** ACLs and throttle rules that name a group go with it. */
async function rightsOf(read: Read, InstanceId: string, Group: string): Promise<Finding[]> {
  const acls = await tried(async () => {
    const of = { InstanceId, ResourceType: 3, ResourceName: Group, Limit: 1 } as const;
    return Number((await read("DescribeACL", of)).Result.TotalCount);
  });
  const rules = await tried(() => rulesNaming(read, InstanceId, Group));
  return [...goesToo("ACLs", acls), ...goesToo("Throttle rules", "got" in rules ? { got: rules.got.length } : rules)];
}
function goesToo(what: "ACLs" | "Throttle rules", found: { got: number } | { error: CloudError }): Finding[] {
  if ("error" in found) return [note(say`${field(what)} on it could not be read (${quoted(found.error.code)}).`)];
  return found.got > 0 ? [note(say`${field(what)} on it, which go with it: ${num(found.got)}.`)] : [];
}
async function rulesNaming(read: Read, InstanceId: string, Group: string) {
  const { Result } = await read("DescribeThrottleRules", { InstanceId, SearchWord: Group, Limit: 200 });
  const type = ThrottleType.code["by consumer group"];
  return (Result?.ThrottleRuleList ?? []).filter((rule) => rule.ThrottleType === type && rule.ClientId === Group);
}

export const groupPreviews: Previews<typeof group, Actions> = {
  CreateConsumer: async ({ InstanceId, GroupName, TopicName, TopicNameList = [] }, read) => {
    await mayRun(read, InstanceId);
    const { Result } = await read("DescribeGroup", { InstanceId, SearchWord: GroupName, Limit: 50 });
    if (Result.GroupList?.some(({ Group }) => Group === GroupName))
      throw new Refusal(`${InstanceId} has a group ${GroupName} already; DescribeConsumerGroup shows it`);
    const all = (await read("DescribeGroup", { InstanceId, Limit: 1 })).Result;
    if (all.GroupCountQuota > 0 && all.TotalCount >= all.GroupCountQuota)
      throw new Refusal(`the quota of ${InstanceId}, ${all.GroupCountQuota} groups, is used up`);
    // A topic that is not there ends it here.
    for (const topic of new Set([...(TopicName ? [TopicName] : []), ...TopicNameList]))
      await read("DescribeTopicAttributes", { InstanceId, TopicName: topic });
    return { finds: [] };
  },
  ModifyGroupOffsets: async (input, read) => {
    const { InstanceId, Group, Topics, Partitions } = input;
    return reset({ read, InstanceId, Group, Topics, Partitions }, async (places) => {
      if (input.Strategy === Strategy.code["to an offset"]) return { to: () => exact(input.Offset ?? 0) };
      if (input.Strategy === Strategy.code["shift by"]) return { to: shifted(Group, places, exact(input.Shift ?? 0)) };
      const at = Number(input.ShiftTimestamp);
      if (at < 0) return { to: () => (at === -2 ? "earliest" : "latest") };
      const found = new Map<string, Map<number, bigint>>();
      const unread: Finding[] = [];
      for (const topic of new Set(places.map((place) => place.topic))) {
        const offsets = await tried(() => offsetsAt(read, InstanceId, topic, at));
        if ("got" in offsets) found.set(topic, offsets.got);
        else
          unread.push(
            note(say`Where ${quoted(topic)} stood at that time could not be read (${quoted(offsets.error.code)}).`),
          );
      }
      const to = ({ topic, partition }: Place) =>
        found.has(topic) ? (found.get(topic)?.get(partition) ?? "latest") : undefined;
      return { to, unread };
    });
  },
  BatchModifyGroupOffsets: async (input, read) => {
    const { InstanceId, GroupName: Group, TopicName: Topics } = input;
    const Partitions = input.Partitions.map(({ Partition }) => Partition);
    const twice = Partitions.find((number, at) => Partitions.indexOf(number) !== at);
    if (twice !== undefined) throw new Refusal(`Partitions names partition ${twice} twice: which offset is meant?`);
    const targets = new Map(input.Partitions.map(({ Partition, Offset }) => [Partition, exact(Offset)]));
    return reset({ read, InstanceId, Group, Topics, Partitions }, async () => ({
      to: ({ partition }) => targets.get(partition),
    }));
  },
  DeleteGroup: async ({ InstanceId, Group }, read) => ({
    finds: [...(await forgotten(read, InstanceId, Group, undefined)), ...(await rightsOf(read, InstanceId, Group))],
  }),
  DeleteGroupSubscribeTopic: async ({ InstanceId, Group, Topic }, read) => ({
    finds: await forgotten(read, InstanceId, Group, Topic),
  }),
};

/** @throws Refusal where there is nothing that could be shifted */
function shifted(Group: string, places: Place[], by: bigint): (place: Place) => Wish {
  const none = places.find(({ from }) => from === undefined);
  if (none)
    throw new Refusal(
      `group ${Group} has committed nothing on ${none.topic} partition ${none.partition} (offset ${NO_COMMIT}), so nothing there can be shifted; leave it out by Topics and Partitions, or take Strategy 1 or 2`,
    );
  return ({ from }) => (from as bigint) + by;
}
