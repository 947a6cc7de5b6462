// What a person sees before a consumer group is changed.
import type { Previews, Reader } from "../src/action.ts";
import type { group } from "./group.ts";
import type { Actions } from "./index.ts";
import { count } from "./lines.ts";

type Read = Reader<Actions>;
interface Move {
  topic: string;
  partition: number;
  from: number;
  end: number;
  begin: number;
  to: number | undefined;
}

/** Today's position of a group on some topics, with the bounds of each partition's log. */
async function positions(read: Read, InstanceId: string, Group: string, Topics: string[] | undefined): Promise<Move[]> {
  const offsets = await read("DescribeGroupOffsets", Topics ? { InstanceId, Group, Topics } : { InstanceId, Group });
  const moves: Move[] = [];
  for (const { Topic, Partitions } of offsets.Result.TopicList) {
    const replicas = await read("DescribeTopicSyncReplica", {
      InstanceId,
      TopicName: Topic,
      Limit: Math.max(1, Partitions.length),
    });
    const begins = new Map(
      replicas.Result.TopicInSyncReplicaList.map((r) => [Number(r.Partition.replace(/\D+/g, "")), r.BeginOffset]),
    );
    for (const p of Partitions)
      moves.push({
        topic: Topic,
        partition: p.Partition,
        from: p.Offset,
        end: p.LogEndOffset,
        begin: begins.get(p.Partition) ?? 0,
        to: undefined,
      });
  }
  return moves;
}

/** One line per partition: old → new, and what that skips or reads again. */
function describe(moves: Move[]): string[] {
  let skipped = 0;
  const lines = moves.map(({ topic, partition, from, to, end }) => {
    const where = `${topic}/${partition}: offset ${from}`;
    if (to === undefined) return `${where} → first message at that time (log ends at ${end})`;
    if (to === from) return `${where} stays`;
    if (to > from) {
      skipped += to - from;
      return `${where} → ${to}: skips ${count(to - from, "message")}`;
    }
    return `${where} → ${to}: reads ${count(from - to, "message")} again`;
  });
  if (skipped > 0) lines.push(`${count(skipped, "unread message")} would never be read by this group.`);
  return lines;
}

async function readers(read: Read, InstanceId: string, Group: string): Promise<string> {
  const info = await read("DescribeGroupInfo", { InstanceId, GroupList: [Group] });
  const found = info.Result[0];
  if (!found) return `Group ${Group} was not found.`;
  // Who its members are shows only while they hold still.
  if (/Rebalance$/.test(found.State))
    return `Group state ${found.State}: members come and go, and the cloud refuses this while any is active.`;
  const active = found.Members.length;
  return `Group state ${found.State}, ${count(active, "active member")}${active > 0 ? ": the cloud refuses this while members are active" : ""}.`;
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

export const groupPreviews: Previews<typeof group, Actions> = {
  CreateConsumer: async ({ InstanceId, GroupName, TopicName, TopicNameList }) => [
    `Adds group ${GroupName} on ${InstanceId}, reading ${[TopicName, ...(TopicNameList ?? [])].filter(Boolean).join(", ")}.`,
  ],
  ModifyGroupOffsets: async (input, read) => {
    const moves = await positions(read, input.InstanceId, input.Group, input.Topics);
    const chosen = moves.filter((m) => input.Partitions?.includes(m.partition) ?? true);
    for (const move of chosen) {
      const within = (offset: number) => Math.min(Math.max(offset, move.begin), move.end);
      if (input.Strategy === 0) move.to = within(move.from + (input.Shift ?? 0));
      else if (input.Strategy === 2) move.to = within(input.Offset ?? 0);
      else if (input.ShiftTimestamp === -1) move.to = move.end;
      else if (input.ShiftTimestamp === -2) move.to = move.begin;
    }
    const at = input.Strategy === 1 ? (input.ShiftTimestamp ?? -1) : -1;
    const moment = at >= 0 ? [`To the first messages from ${new Date(at).toISOString()} on.`] : [];
    return [await readers(read, input.InstanceId, input.Group), ...moment, ...describe(chosen)];
  },
  BatchModifyGroupOffsets: async (input, read) => {
    const target = new Map(input.Partitions.map((p) => [p.Partition, p.Offset]));
    const moves = await positions(read, input.InstanceId, input.GroupName, input.TopicName);
    const chosen = moves.filter((m) => target.has(m.partition));
    for (const move of chosen) move.to = target.get(move.partition);
    return [await readers(read, input.InstanceId, input.GroupName), ...describe(chosen)];
  },
  DeleteGroup: ({ InstanceId, Group }, read) => forgotten(read, InstanceId, Group, undefined),
  DeleteGroupSubscribeTopic: async ({ InstanceId, Group, Topic }, read) => {
    const lines = await forgotten(read, InstanceId, Group, [Topic]);
    return lines.length > 1 ? lines : [...lines, `It has no place on ${Topic}: nothing would change.`];
  },
};
