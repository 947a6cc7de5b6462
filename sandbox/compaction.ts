// Compaction: of the single messages with a key, the latest stays. Messages that are produced at a pace stay as they are.
import type { Gone, Partition, Run } from "./log.ts";

/** A message is not compacted away before it is this old. */
export const COMPACTED_AFTER = 600_000;

interface Replaced {
  /** The runs that it was made from. */
  runs: Run[];
  length: number;
  last: Run | undefined;
  /** Offset → when the message goes. */
  until: Map<number, number>;
}
const known = new WeakMap<Partition, Replaced>();

/** Whether messages of a partition are gone, were it compacted. */
export function compacted(partition: Partition): Gone {
  const { until } = replacedIn(partition);
  return (offset, at) => at >= (until.get(offset) ?? Number.POSITIVE_INFINITY);
}

/** What has been compacted away by now is deleted for good, whatever the policy is from now on. */
export function compact(partition: Partition, now: number) {
  const gone = compacted(partition);
  partition.runs = partition.runs.filter((run) => !gone(run.from, now));
}

/** Logs grow at their end only, so it is made anew only when they have. */
function replacedIn(partition: Partition): Replaced {
  const { runs } = partition;
  const before = known.get(partition);
  if (before?.runs === runs && before.length === runs.length && before.last === runs.at(-1)) return before;
  const until = new Map<number, number>();
  const latest = new Map<string, number>();
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    const { literal, key, count, from, at } = runs[i] as Run;
    if (!literal || key === null || count !== 1) continue;
    const next = latest.get(key);
    if (next !== undefined) until.set(from, Math.max(at + COMPACTED_AFTER, next));
    latest.set(key, at);
  }
  const replaced = { runs, length: runs.length, last: runs.at(-1), until };
  known.set(partition, replaced);
  return replaced;
}
