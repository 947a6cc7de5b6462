// What of a partition is still there: by age and size, and after compaction.

import type { Topic } from "../state/store.ts";
import { compact, compacted } from "./compaction.ts";
import { beginOffset, endOffset, type Gone, offsetWithin, type Partition } from "./log.ts";

/** First and next offset of a partition now, after retention by age and size. */
export function bounds(topic: Topic, partition: Partition, now: number): { begin: number; end: number } {
  const deletes = topic.cleanUpPolicy.includes("delete");
  const aged = beginOffset(partition, deletes ? topic.retentionMs : undefined, now);
  const bytes = topic.retentionBytes ?? -1;
  const begin = deletes && bytes >= 0 ? Math.max(aged, offsetWithin(partition, bytes, now)) : aged;
  return { begin, end: endOffset(partition, now) };
}
const compacts = (topic: Topic) => topic.cleanUpPolicy.includes("compact");
/** What compaction has taken out of a partition. */
export const goneFrom = (topic: Topic, partition: Partition): Gone | undefined =>
  compacts(topic) ? compacted(partition) : undefined;
/** Before a policy changes: what is gone by now stays away. */
export function keepDeleted(topic: Topic, now: number) {
  topic.changed = now;
  for (const partition of topic.partitions) {
    partition.begin = bounds(topic, partition, now).begin;
    if (compacts(topic)) compact(partition, now);
  }
}
