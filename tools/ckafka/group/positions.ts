// Where a consumer group stands, where a change would put it, and what that skips or reads again. Single and batch actions
// compute alike.
import type { Reader } from "../../../src/model/action.ts";
import { type CloudError, isMissing, Refusal } from "../../../src/model/errors.ts";
import { quantityOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { countBetween, exact, type Log, tried, within } from "../previews/offsets.ts";
import { every, partitions } from "../previews/pages.ts";
import { NO_COMMIT } from "./codes.ts";

export type Read = Reader<Actions>;
export interface Place {
  topic: string;
  partition: number;
  /** The committed offset; undefined where there is none. */
  from: bigint | undefined;
  /** Undefined where it could not be read. */
  log: Log | undefined;
}
export interface Places {
  places: Place[];
  /** Topics that are not there any more, and those whose logs the cloud did not show; why. */
  unread: Map<string, CloudError>;
}

/** A topic's logs by partition. What has gaps is asked for where it is needed. */
async function logsOf(read: Read, InstanceId: string, topic: string): Promise<Map<number, Log>> {
  const { items } = await partitions(read, InstanceId, topic);
  return new Map(
    (items ?? []).map((replica) => [
      Number(replica.Partition.replace(/\D+/g, "")),
      { begin: exact(replica.BeginOffset), end: exact(replica.EndOffset), gaps: false },
    ]),
  );
}
/** Whether a topic is compacted; where that could not be read it may be. */
async function compacted(read: Read, InstanceId: string, TopicName: string): Promise<boolean> {
  const found = await tried(() => read("DescribeTopicAttributes", { InstanceId, TopicName }));
  return "error" in found || /compact/.test(String(found.got.Result.Config?.CleanUpPolicy ?? "compact"));
}

/** Where a group stands, on some topics or on all that it reads. */
export async function placesOf(
  read: Read,
  InstanceId: string,
  Group: string,
  Topics: string[] | undefined,
): Promise<Places> {
  const own = Topics ? { InstanceId, Group, Topics } : { InstanceId, Group };
  const { items: topics, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeGroupOffsets", { ...own, Limit: 50, Offset });
    return { items: Result.TopicList ?? [], total: Result.TotalCount };
  });
  if (beyond > 0)
    throw new Refusal(`the group reads ${beyond} topics more than can be looked at at once: do it in parts`);
  const unread: Places["unread"] = new Map();
  const places: Place[] = [];
  for (const { Topic, Partitions } of topics) {
    const found = await tried(() => logsOf(read, InstanceId, Topic));
    if ("error" in found) unread.set(Topic, found.error);
    for (const { Partition, Offset } of Partitions ?? []) {
      const from = exact(Offset);
      places.push({
        topic: Topic,
        partition: Partition,
        from: from === BigInt(NO_COMMIT) ? undefined : from,
        log: "got" in found ? found.got.get(Partition) : undefined,
      });
    }
  }
  return { places, unread };
}
/** Marks the logs that may have gaps. */
export async function withGaps(read: Read, InstanceId: string, places: Place[]) {
  for (const topic of new Set(places.map((place) => place.topic))) {
    const logs = places.flatMap((place) => (place.topic === topic && place.log ? [place.log] : []));
    if (logs.length === 0) continue;
    const gaps = await compacted(read, InstanceId, topic);
    for (const log of logs) log.gaps = gaps;
  }
}

export interface Move extends Place {
  /** Undefined where it is not known. */
  to: bigint | undefined;
  /** Whether it goes along with an end of the log. */
  follows: boolean;
}
/** What a change wants of a place: an offset, an end of the log, or undefined where that is not known. */
export type Wish = bigint | "earliest" | "latest" | undefined;
/** The cloud stops at the ends of a log. */
export function moveTo(place: Place, wish: Wish): Move {
  const { log } = place;
  if (!log || wish === undefined) return { ...place, to: undefined, follows: false };
  if (typeof wish === "string") return { ...place, to: wish === "earliest" ? log.begin : log.end, follows: true };
  const to = within(log, wish);
  return { ...place, to, follows: to !== wish };
}
export const stays = ({ from, to }: Move) => to !== undefined && from === to;

/** A place that no consumer could go on from: it goes on where its own settings say. */
export const lost = ({ from, log }: Place) => from === undefined || (log !== undefined && from > log.end);
/** Messages that a group would never read: from where it stands to where it goes. */
export function skipped(move: Move): bigint {
  const { from, log, to } = move;
  return from === undefined || lost(move) || !log || to === undefined ? 0n : countBetween(log, from, to);
}
/** Messages before the new place of a group that had none to go on from. */
export function passedOver(move: Move): bigint {
  const { log, to } = move;
  return !lost(move) || !log || to === undefined ? 0n : countBetween(log, log.begin, to);
}
/** Messages that a group would read again. */
export function again(move: Move): bigint {
  const { from, log, to } = move;
  return from === undefined || lost(move) || !log || to === undefined ? 0n : countBetween(log, to, from);
}
export const unreadOf = ({ from, log }: Place): bigint =>
  from === undefined || log === undefined ? 0n : countBetween(log, from, log.end);

/** Where each partition of a topic stood at a time: its first message from then on. Those without one are left out. */
export async function offsetsAt(read: Read, InstanceId: string, Topic: string, StartTime: number) {
  const one = {
    InstanceId,
    Topic,
    StartTime: StartTime as never,
    SinglePartitionRecordNumber: quantityOf(1, "messages"),
  };
  const { Result } = await read("FetchMessageListByTimestamp", one);
  const found = new Map<number, bigint>();
  for (const { Partition, Offset } of Result ?? []) if (!found.has(Partition)) found.set(Partition, exact(Offset));
  return found;
}
export const isGone = (error: CloudError | undefined) => error !== undefined && isMissing(error);
