// What a topic holds, who writes it and who reads it, for previews of changes that hit that.
import type { OutputOf, Reader } from "../../../src/model/action.ts";
import { CloudError } from "../../../src/model/errors.ts";
import { type Instant, instantOf } from "../../../src/model/field.ts";
import { atMs, count, type Line, many, moving, num, quoted, say, someOf, worded } from "../../../src/model/line.ts";
import { type Finding, note } from "../../../src/model/preview.ts";
import { amountOf, minus, type Quantity, quantityOf, type Unit } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { GroupState } from "../group/codes.ts";
import { every, partitions } from "../previews/pages.ts";

type Read = Reader<Actions>;
type Replica = OutputOf<Actions["DescribeTopicSyncReplica"]>["Result"]["TopicInSyncReplicaList"][number];

/** What one read brings. Only what the cloud refuses to show may be missing; a mistake of our own is none of that. */
export async function readable(what: Line, finds: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await finds();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [note(say`${what} could not be read (${quoted(error.code)}).`)];
  }
}
/** A finding about the entries that were not looked at, if there are any. */
const unseen = (beyond: number, what: Line): Finding[] =>
  beyond > 0 ? [note(say`${num(beyond)} more ${what} could not be looked at: approve only if you know them.`)] : [];

/** Exact, whether a reader made a number or a bigint of it. */
const exact = (amount: Quantity<Unit>) => BigInt(amountOf(amount));
const sum = (amounts: readonly Quantity<Unit>[]) => amounts.reduce((total, amount) => total + exact(amount), 0n);
const numberIn = (partition: string) => Number(partition.replace(/\D+/g, ""));

export interface Held {
  partitions: Replica[];
  /** Partitions that were not looked at. */
  beyond: number;
  messages: bigint;
}
export async function held(read: Read, InstanceId: string, TopicName: string): Promise<Held> {
  const { items, beyond } = await partitions(read, InstanceId, TopicName);
  return { partitions: items, beyond, messages: sum(items.map(({ MessageCount }) => MessageCount)) };
}
/** How many messages there are while somebody decides. */
export const messagesOf = ({ messages }: Held) => moving(count(messages, "message"), messages === 0n);

/** How many of them are older than a retention; at most so many where compaction left gaps. */
export async function olderThan(
  read: Read,
  where: { InstanceId: string; Topic: string },
  { partitions: all }: Held,
  retention: number,
): Promise<bigint> {
  const StartTime = instantOf(Math.max(1, read.now - retention), "ms");
  const SinglePartitionRecordNumber = quantityOf(1, "messages");
  const { Result } = await read("FetchMessageListByTimestamp", { ...where, StartTime, SinglePartitionRecordNumber });
  const firsts = new Map((Result ?? []).map(({ Partition, Offset }) => [Partition, exact(Offset)]));
  return all.reduce((total, { Partition, BeginOffset, MessageCount }) => {
    const there = exact(MessageCount);
    const first = firsts.get(numberIn(Partition));
    if (first === undefined) return total + there;
    const before = first - exact(BeginOffset);
    return total + (before < 0n ? 0n : before < there ? before : there);
  }, 0n);
}

/** What it holds and takes on disks, who writes, and who reads how far behind. */
export async function contents(read: Read, InstanceId: string, TopicName: string, it: Held): Promise<Finding[]> {
  const holds = say`${messagesOf(it)} in ${count(it.partitions.length, "partition")}`;
  return [
    note(say`${holds}${await size(read, InstanceId, TopicName)}.`),
    ...unseen(it.beyond, say`partitions`),
    ...(await readable(say`Who writes to it`, () => written(read, InstanceId, TopicName, it.partitions))),
    ...(await readable(say`Who reads it`, () => readers(read, InstanceId, TopicName))),
  ];
}

/** What it takes on the disks, where the ranking has it. */
async function size(read: Read, InstanceId: string, TopicName: string): Promise<Line> {
  try {
    const { Result } = await read("DescribeTopicFlowRanking", { InstanceId, RankingType: "PRO" });
    const bytes = (Result.TopicMessageHeap ?? []).find((topic) => topic.TopicName === TopicName)?.MessageHeap;
    return bytes === undefined ? [] : say`, ${moving(many(bytes, "B"), exact(bytes) === 0n)} on disk`;
  } catch (error) {
    if (error instanceof CloudError) return [];
    throw error;
  }
}

/** Who writes now, and when last. A message can be read once a second only: the end of the longest partition must do. */
async function written(read: Read, InstanceId: string, Topic: string, all: Replica[]): Promise<Finding[]> {
  const { Result: producers } = await read("DescribeTopicProduceConnection", { InstanceId, TopicName: Topic });
  const hosts = [...new Set((producers ?? []).flatMap(({ IpAddr }) => IpAddr?.replace(/^\/|:\d+$/g, "") ?? []))];
  const nobody = say`Nobody is connected to write to it`;
  const now = note(
    say`${moving(hosts.length > 0 ? say`Written to now by ${someOf(hosts)}` : nobody, hosts.length === 0)}.`,
  );
  const [longest] = all
    .filter(({ MessageCount }) => exact(MessageCount) > 0n)
    .sort((a, b) => (exact(a.EndOffset) > exact(b.EndOffset) ? -1 : 1));
  if (!longest) return [now];
  const Partition = numberIn(longest.Partition);
  const Offset = minus(longest.EndOffset, quantityOf(1, "offsets"));
  const last = await readable(say`When it was last written`, async () => {
    const { Result } = await read("FetchMessageByOffset", { InstanceId, Topic, Partition, Offset });
    const where = all.length > 1 ? say` (partition ${num(Partition)}, its longest)` : [];
    return [note(say`Last written ${moving(atMs(Result.Timestamp as Instant<"ms">), false)}${where}.`)];
  });
  return [now, ...last];
}

/** Groups whose lag is read; more are named. */
const MOST_READERS = 20;
/** Who reads it, and how far behind: in offsets, of which some can be without a message. */
async function readers(read: Read, InstanceId: string, TopicName: string): Promise<Finding[]> {
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeTopicSubscribeGroup", { InstanceId, TopicName, Limit: 50, Offset });
    return { items: Result.GroupsInfo, total: Result.TotalCount };
  });
  if (items.length === 0) return [note(say`No consumer group reads it.`)];
  const finds: Finding[] = [];
  // Who consumes now comes first: with many groups, those must not be among the ones that are only named.
  const idle = ({ State }: (typeof items)[number]) => Number(State === "Empty" || State === "Dead");
  const inOrder = items.toSorted((a, b) => idle(a) - idle(b));
  for (const { Group, State } of inOrder.slice(0, MOST_READERS)) {
    const lag = await readable(say`How far group ${quoted(Group)} is`, async () => {
      const { Result } = await read("DescribeGroupOffsets", { InstanceId, Group, Topics: [TopicName] });
      const places = (Result.TopicList ?? []).flatMap(({ Partitions }) => Partitions ?? []);
      const committed = places.filter(({ Offset }) => exact(Offset) >= 0n);
      const offsets = sum(committed.map(({ Lag }) => Lag));
      const behind = say`${many(quantityOf(offsets, "offsets"), "offsets")} behind the end`;
      const place = committed.length > 0 ? [moving(behind, offsets === 0n)] : say`nothing committed`;
      return [note(say`Read by group ${quoted(Group)} (${worded(GroupState.words, State)}, ${place}).`)];
    });
    finds.push(...lag);
  }
  const others = inOrder.slice(MOST_READERS);
  const busy = others.filter((group) => !idle(group)).length;
  const more =
    others.length > 0
      ? [
          note(
            say`Read by groups ${someOf(others.map(({ Group }) => Group))} as well, ${num(busy)} of them consuming now.`,
          ),
        ]
      : [];
  return [...finds, ...more, ...unseen(beyond, say`groups`)];
}

/** The data tasks that read or write a topic. */
export async function tasksOn(read: Read, InstanceId: string, TopicName: string): Promise<Finding[]> {
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeDatahubTasks", { Limit: 100, Offset });
    return { items: Result.TaskList, total: Result.TotalCount };
  });
  const using = items.filter(({ SourceResource, TargetResource }) =>
    [SourceResource, TargetResource].some(
      (end) => end?.KafkaParam?.Resource === InstanceId && (end.KafkaParam.Topic ?? "").split(",").includes(TopicName),
    ),
  );
  const used = using.length > 0 ? [note(say`Used by data task ${someOf(using.map(({ TaskName }) => TaskName))}.`)] : [];
  return [...used, ...unseen(beyond, say`data tasks`)];
}
/** ACLs that name it. */
export async function aclsOn(read: Read, InstanceId: string, ResourceName: string): Promise<Finding[]> {
  const { Result } = await read("DescribeACL", { InstanceId, ResourceType: 2, ResourceName, Limit: 1 });
  const total = Number(Result.TotalCount);
  return total > 0 ? [note(say`${num(total)} ${total === 1 ? say`ACL names` : say`ACLs name`} it.`)] : [];
}
