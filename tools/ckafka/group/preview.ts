// What a person sees before a consumer group is changed.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { instantOf } from "../../../src/model/field.ts";
import { numberOf, quantityOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { count, every, partitions, some } from "../previews/lines.ts";
import type { group } from "./actions.ts";

type Read = Reader<Actions>;
interface Move {
  topic: string;
  partition: number;
  from: number;
  end: number;
  begin: number;
  to: number;
}

/** Today's position of a group on some topics, with the bounds of each partition's log. */
async function positions(read: Read, InstanceId: string, Group: string, Topics: string[] | undefined) {
  const own = Topics ? { InstanceId, Group, Topics } : { InstanceId, Group };
  const { items: topics, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeGroupOffsets", { ...own, Limit: 50, Offset });
    return { items: Result.TopicList, total: Result.TotalCount };
  });
  if (beyond > 0) throw new Error(`${Group} reads more topics than can be looked at`);
  const moves: Move[] = [];
  for (const { Topic, Partitions } of topics) {
    const { items } = await partitions(read, InstanceId, Topic);
    const begins = new Map(items.map((r) => [Number(r.Partition.replace(/\D+/g, "")), numberOf(r.BeginOffset)]));
    for (const p of Partitions)
      moves.push({
        topic: Topic,
        partition: p.Partition,
        from: numberOf(p.Offset),
        end: numberOf(p.LogEndOffset),
        begin: begins.get(p.Partition) ?? 0,
        to: numberOf(p.Offset),
      });
  }
  return moves;
}

/** What is never read, which matters most, then one line per partition: old → new, and what that skips or reads again. */
function describe(moves: Move[]): string[] {
  let skipped = 0;
  const lines = moves.map(({ topic, partition, from, to }) => {
    const where = `${topic}/${partition}: offset ${from}`;
    if (to === from) return `${where} stays`;
    if (to > from) {
      skipped += to - from;
      return `${where} → ${to}: skips ${count(to - from, "message")}`;
    }
    return `${where} → ${to}: reads ${count(from - to, "message")} again`;
  });
  if (skipped > 0) lines.unshift(`${count(skipped, "unread message")} would never be read by this group.`);
  return lines;
}

/** @throws Refusal while anybody consumes: the cloud would refuse it as well */
async function readers(read: Read, InstanceId: string, Group: string): Promise<string> {
  const info = await read("DescribeGroupInfo", { InstanceId, GroupList: [Group] });
  const found = info.Result[0];
  if (!found) return `Group ${Group} was not found.`;
  // Who its members are shows only while they hold still.
  if (/Rebalance$/.test(found.State))
    throw new Refusal(`group ${Group} is in ${found.State}: its members come and go, and have to be stopped first`);
  if (found.Members.length > 0) {
    const hosts = some([...new Set(found.Members.map(({ ClientHost }) => ClientHost.replace(/^\//, "")))]);
    throw new Refusal(
      `group ${Group} is ${found.State} with ${count(found.Members.length, "active member")} (${hosts}); its consumers have to be stopped first`,
    );
  }
  return `Group state ${found.State}, 0 active members.`;
}

/** Who reads, and the place that is given up on each topic. */
async function forgotten(read: Read, InstanceId: string, Group: string, Topics: string[] | undefined) {
  const state = await readers(read, InstanceId, Group);
  const moves = await positions(read, InstanceId, Group, Topics);
  const topics = [...new Set(moves.map((m) => m.topic))];
  return [
    state,
    ...topics.map((topic) => {
      const own = moves.filter((m) => m.topic === topic);
      const lag = own.reduce((sum, m) => sum + m.end - m.from, 0);
      return `Forgets its place on ${topic} (${count(own.length, "partition")}, lag ${count(lag, "message")}).`;
    }),
  ];
}

/** Where each partition of a topic stood at a time: its first message from then on. Those without one are left out. */
async function offsetsAt(read: Read, InstanceId: string, Topic: string, StartTime: number) {
  const one = {
    ...{ InstanceId, Topic, StartTime: instantOf(StartTime, "ms") },
    SinglePartitionRecordNumber: quantityOf(1, "messages"),
  };
  const { Result } = await read("FetchMessageListByTimestamp", one);
  return new Map(Result.map(({ Partition, Offset }) => [Partition, numberOf(Offset)]));
}

/** @throws Refusal where a group has no place that could be moved */
function placed(moves: Move[], Group: string, Topics: string[] | undefined) {
  if (moves.length > 0) return;
  const where = Topics ? ` on ${Topics.join(", ")}` : "";
  throw new Refusal(`group ${Group} has no offset${where} in these partitions; DescribeGroupOffsets shows what it has`);
}

/** Topics and partitions that were named, and of which the group has no offset that could be moved. */
function leftOut(
  chosen: Move[],
  { Topics = [], Partitions = [] }: { Topics?: string[] | undefined; Partitions?: number[] | undefined },
) {
  const topics = Topics.filter((topic) => !chosen.some((move) => move.topic === topic));
  const partitions = Partitions.filter((number) => !chosen.some((move) => move.partition === number));
  return [
    ...(topics.length > 0 ? [`No offset that could be moved on ${topics.join(", ")}.`] : []),
    ...(partitions.length > 0 ? [`No offset that could be moved in partition ${partitions.join(", ")}.`] : []),
  ];
}
/** @throws Refusal where every offset stays */
function moved(moves: Move[], Group: string): string[] {
  if (moves.every(({ from, to }) => from === to))
    throw new Refusal(`nothing would change: the offsets of group ${Group} are there already`);
  return describe(moves);
}

export const groupPreviews: Previews<typeof group, Actions> = {
  CreateConsumer: async ({ InstanceId, GroupName, TopicName, TopicNameList }, read) => {
    const { Result } = await read("DescribeGroup", { InstanceId, SearchWord: GroupName, Limit: 50 });
    if (Result.GroupList.some(({ Group }) => Group === GroupName))
      throw new Refusal(`${InstanceId} has a group ${GroupName} already; DescribeConsumerGroup shows it`);
    return [
      `Adds group ${GroupName} on ${InstanceId}, reading ${[TopicName, ...(TopicNameList ?? [])].filter(Boolean).join(", ")}.`,
    ];
  },
  ModifyGroupOffsets: async (input, read) => {
    const moves = await positions(read, input.InstanceId, input.Group, input.Topics);
    const chosen = moves.filter((m) => input.Partitions?.includes(m.partition) ?? true);
    for (const move of chosen) {
      const within = (offset: number) => Math.min(Math.max(offset, move.begin), move.end);
      if (input.Strategy === 0) move.to = within(move.from + (input.Shift ?? 0));
      else if (input.Strategy === 2) move.to = within(input.Offset ?? 0);
      else if (input.ShiftTimestamp === -2) move.to = move.begin;
      else move.to = move.end;
    }
    placed(chosen, input.Group, input.Topics);
    const state = await readers(read, input.InstanceId, input.Group);
    const at = input.Strategy === 1 ? (input.ShiftTimestamp ?? -1) : -1;
    const left = leftOut(chosen, input);
    if (at < 0) return [state, ...moved(chosen, input.Group), ...left];
    for (const topic of new Set(chosen.map((move) => move.topic))) {
      const offsets = await offsetsAt(read, input.InstanceId, topic, at);
      for (const move of chosen)
        if (move.topic === topic) move.to = Math.max(offsets.get(move.partition) ?? move.end, move.begin);
    }
    return [
      state,
      `To the first messages from ${new Date(at).toISOString()} on.`,
      ...moved(chosen, input.Group),
      ...left,
    ];
  },
  BatchModifyGroupOffsets: async (input, read) => {
    const target = new Map(input.Partitions.map((p) => [p.Partition, p.Offset]));
    const moves = await positions(read, input.InstanceId, input.GroupName, input.TopicName);
    const chosen = moves.filter((m) => target.has(m.partition));
    placed(chosen, input.GroupName, input.TopicName);
    for (const move of chosen) move.to = target.get(move.partition) ?? move.from;
    const topics = input.TopicName ?? [...new Set(chosen.map((m) => m.topic))];
    const missed = topics.flatMap((topic) =>
      input.Partitions.filter((p) => !chosen.some((m) => m.topic === topic && m.partition === p.Partition)).map(
        ({ Partition, Offset }) => `${topic}/${Partition}: no offset today → ${Offset}`,
      ),
    );
    return [await readers(read, input.InstanceId, input.GroupName), ...describe(chosen), ...missed];
  },
  DeleteGroup: ({ InstanceId, Group }, read) => forgotten(read, InstanceId, Group, undefined),
  DeleteGroupSubscribeTopic: async ({ InstanceId, Group, Topic }, read) => {
    const lines = await forgotten(read, InstanceId, Group, [Topic]);
    if (lines.length === 1) throw new Refusal(`group ${Group} has no place on ${Topic} that it could forget`);
    return lines;
  },
};
