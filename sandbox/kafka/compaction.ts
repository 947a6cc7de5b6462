// Compaction: of the messages with the same key, the latest stays. It is computed: a run of messages with one key costs the
// same for ten or ten million. In a run whose messages have a key each, there is nothing to compact.
import { countOf, type Gone, keyOf, type Partition, type Run, withoutFirst } from "./log.ts";

/** A message is not compacted away before it is this old. */
export const COMPACTED_AFTER = 600_000;
/** How long a message without a value, which deletes its key, stays after that (delete.retention.ms). */
export const TOMBSTONE_KEPT = 86_400_000;

interface Replaced {
  /** The runs that it was made from. */
  runs: Run[];
  length: number;
  last: Run | undefined;
  /** Of runs with one key: when a later run begins with the same, if any does. Of others it is not a number. */
  next: Float64Array;
}
const known = new WeakMap<Partition, Replaced>();

/** What is gone of a partition's runs, were it compacted. */
export function compacted(partition: Partition): Gone {
  const { next } = replacedIn(partition);
  const { runs } = partition;
  return (index, at) => {
    const replaced = next[index] as number;
    const run = runs[index] as Run;
    const count = countOf(run, at);
    if (Number.isNaN(replaced) || count === 0) return 0;
    // Each message but the last is replaced by the one behind it.
    const age = at - run.at - Math.max(COMPACTED_AFTER, run.every);
    const old = run.every === 0 ? count : Math.floor(age / run.every) + 1;
    const gone = age < 0 ? 0 : Math.min(old, count - 1);
    // The newest message of a partition stays, whatever it is: the log goes on behind it.
    if (gone < count - 1 || index === runs.length - 1) return gone;
    const last = run.at + gone * run.every + COMPACTED_AFTER;
    const forgotten = run.value === null ? last + TOMBSTONE_KEPT : Number.POSITIVE_INFINITY;
    return at >= Math.min(Math.max(last, replaced), forgotten) ? count : gone;
  };
}

/** What has been compacted away by now is deleted for good, whatever the policy is from now on. */
export function compact(partition: Partition, now: number) {
  const gone = compacted(partition);
  partition.runs = partition.runs.flatMap((run, index) => withoutFirst(run, gone(index, now)));
}

/** Logs grow at their end only, so it is made anew only when they have. */
function replacedIn(partition: Partition): Replaced {
  const { runs } = partition;
  const before = known.get(partition);
  if (before?.runs === runs && before.length === runs.length && before.last === runs.at(-1)) return before;
  const next = new Float64Array(runs.length).fill(Number.NaN);
  const latest = new Map<string, number>();
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    const run = runs[i] as Run;
    const key = keyOf(partition, run);
    if (key === null) continue;
    next[i] = latest.get(key) ?? Number.POSITIVE_INFINITY;
    latest.set(key, run.at);
  }
  const replaced = { runs, length: runs.length, last: runs.at(-1), next };
  known.set(partition, replaced);
  return replaced;
}
