// The log of a partition. Most of it is computed: a run of messages at an even pace costs the same for ten or ten million.

/** Messages at an even pace, or, with a count of 1, a single one. */
export interface Run {
  /** Offset of the first. */
  from: number;
  /** Time of the first, ms since the epoch. */
  at: number;
  /** Milliseconds from one to the next. */
  every: number;
  /** How many; null while they are still being produced. */
  count: number | null;
  /** What they hold: {n} is the offset, {p} the partition and {t} the time, unless it is literal. */
  key: string | null;
  value: string | null;
  headers: string | null;
  literal?: boolean | undefined;
  /** Of copies: the first message that they repeat. */
  origin?: { topic: string; partition: number; from: number } | undefined;
  /** Of copies: the numbers that stand in what they hold, which was written elsewhere. */
  written?: { partition: number; from: number; at: number; every: number } | undefined;
}
/** Messages to append. */
type Batch = Omit<Run, "from"> & { count: number };
export interface Partition {
  number: number;
  /** Offsets below were deleted for good, whatever the retention is today. */
  begin: number;
  /** In the order of their offsets; gaps are what was compacted. Only the last can be open. */
  runs: Run[];
}
export interface Message {
  offset: number;
  at: number;
  key: string | null;
  value: string | null;
  headers: string | null;
}

/** How many messages, from its first on, compaction has taken out of a run by a time. Runs go by their index. */
export type Gone = (run: number, at: number) => number;

export const countOf = (run: Run, now: number) =>
  run.count ?? (now < run.at ? 0 : Math.floor((now - run.at) / run.every) + 1);

/** The offset that the next message will get. */
export function endOffset({ runs }: Partition, now: number): number {
  const last = runs.at(-1);
  return last ? last.from + countOf(last, now) : 0;
}

/** Index of the last run for which something holds that holds for all before it as well; -1 where it holds for none. */
function lastRun(runs: Run[], holds: (run: Run) => boolean): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(runs[middle] as Run)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The offset that the next message got or gets after a time. */
export function endAt({ runs }: Partition, time: number): number {
  const run = runs[lastRun(runs, (r) => r.at <= time)];
  if (!run) return 0;
  const count = run.count ?? Number.POSITIVE_INFINITY;
  return run.from + (run.every === 0 ? count : Math.min(count, Math.floor((time - run.at) / run.every) + 1));
}

/** The first offset at or after a time; the end offset where there is none. */
export function offsetAt(partition: Partition, time: number, now: number): number {
  const { runs } = partition;
  // Times never go back, so it is in the last run that begins before that time, or the next one begins with it.
  for (
    let i = Math.max(
      0,
      lastRun(runs, (r) => r.at < time),
    );
    i < runs.length;
    i += 1
  ) {
    const run = runs[i] as Run;
    const count = countOf(run, now);
    if (count === 0) continue;
    const skipped = run.every === 0 ? (time > run.at ? count : 0) : Math.ceil((time - run.at) / run.every);
    if (skipped < count) return run.from + Math.max(0, skipped);
  }
  return endOffset(partition, now);
}

/** The first offset still there. @param retention ms, or undefined where age deletes nothing */
export function beginOffset(partition: Partition, retention: number | undefined, now: number): number {
  if (retention === undefined) return partition.begin;
  return Math.max(partition.begin, offsetAt(partition, now - retention, now));
}

/** The first offset from which on all messages fit into a number of bytes. */
export function offsetWithin(partition: Partition, bytes: number, now: number): number {
  let left = bytes;
  for (let i = partition.runs.length - 1; i >= 0; i -= 1) {
    const run = partition.runs[i] as Run;
    const count = countOf(run, now);
    const size = sizeOf(partition, run);
    if (count * size > left) return run.from + count - Math.floor(left / size);
    left -= count * size;
  }
  return 0;
}

/** The message at an offset between begin and end. */
export function messageAt(partition: Partition, offset: number, now: number): Message | undefined {
  const run = partition.runs[lastRun(partition.runs, (r) => r.from <= offset)];
  if (!run || offset < partition.begin || offset >= run.from + countOf(run, now)) return undefined;
  return messageOf(partition, run, offset - run.from);
}
function messageOf(partition: Partition, run: Run, index: number): Message {
  const at = Math.round(run.at + index * run.every);
  const { partition: number, from, ...first } = run.written ?? { partition: partition.number, ...run };
  const fill = (text: string | null) =>
    run.literal || text === null
      ? text
      : text
          .replaceAll("{n}", String(from + index))
          .replaceAll("{p}", String(number))
          .replaceAll("{t}", new Date(Math.round(first.at + index * first.every)).toISOString());
  return { offset: run.from + index, at, key: fill(run.key), value: fill(run.value), headers: run.headers };
}
/** The key that all messages of a run have; null where they have none, or one each. */
export function keyOf(partition: Partition, run: Run): string | null {
  if (run.literal || run.key === null) return run.key;
  return run.count === 1 || !/\{[nt]\}/.test(run.key) ? messageOf(partition, run, 0).key : null;
}
/** What is left of a run behind its first messages. */
export function withoutFirst(run: Run, gone: number): Run[] {
  if (gone === 0) return [run];
  if (gone === run.count) return [];
  const { origin, written, ...rest } = run;
  const left = {
    ...rest,
    from: run.from + gone,
    at: run.at + gone * run.every,
    count: run.count === null ? null : run.count - gone,
  };
  if (origin) Object.assign(left, { origin: { ...origin, from: origin.from + gone } });
  if (written)
    Object.assign(left, {
      written: { ...written, from: written.from + gone, at: written.at + gone * written.every },
    });
  return [left];
}
/** The first messages from one offset to another that are still there. */
export function messagesIn(partition: Partition, from: number, to: number, most: number, now: number, gone?: Gone) {
  const found: Message[] = [];
  const { runs } = partition;
  for (
    let i = Math.max(
      0,
      lastRun(runs, (r) => r.from <= from),
    );
    i < runs.length && found.length < most;
    i += 1
  ) {
    const run = runs[i] as Run;
    if (run.from >= to) break;
    const end = Math.min(to, run.from + countOf(run, now));
    const first = Math.max(from, partition.begin, run.from + (gone?.(i, now) ?? 0));
    for (let offset = first; offset < end && found.length < most; offset += 1)
      found.push(messageOf(partition, run, offset - run.from));
  }
  return found;
}
/** Bytes of a run's first message, which count for all of it. */
function sizeOf(partition: Partition, run: Run): number {
  const { key, value, headers } = run.literal ? run : messageOf(partition, run, 0);
  return Buffer.byteLength(key ?? "") + Buffer.byteLength(value ?? "") + Buffer.byteLength(headers ?? "");
}

/** Appends one message now. */
export function append(partition: Partition, message: Omit<Message, "offset" | "at">, now: number): number {
  return appendRun(partition, { at: now, every: 0, count: 1, ...message, literal: true }, now);
}

/** Appends messages of the past or the present. What was being produced goes on behind them. */
export function appendRun(partition: Partition, run: Batch, now: number): number {
  const open = partition.runs.at(-1)?.count === null ? partition.runs.pop() : undefined;
  const produced = open ? countOf(open, now) : 0;
  if (open && produced > 0) partition.runs.push({ ...open, count: produced });
  const last = partition.runs.at(-1);
  const from = open ? open.from + produced : endOffset(partition, now);
  if (last && continues(last, run)) last.count = (last.count ?? 0) + run.count;
  else partition.runs.push({ ...inOrder(last, run, now), from });
  if (open) partition.runs.push({ ...open, from: from + run.count, at: open.at + produced * open.every });
  return from;
}

/** Whether copies go on where those before left off, so that both can be one run. */
function continues(last: Run, { at, every, origin, key, value }: Batch): boolean {
  if (!last.origin || !origin || last.count === null || last.literal) return false;
  const { topic, partition, from } = last.origin;
  const next = topic === origin.topic && partition === origin.partition && from + last.count === origin.from;
  const even = last.every === every && key === last.key && value === last.value;
  return next && even && Math.abs(last.at + last.count * every - at) < 1;
}

/** A log's times never go back: what would be older than the last message is moved behind it. */
function inOrder(last: Run | undefined, run: Batch, now: number): Batch {
  const latest = last?.count ? last.at + (last.count - 1) * last.every : 0;
  if (run.at >= latest) return run;
  const left = Math.max(0, now - latest);
  return { ...run, at: latest, every: Math.min(run.every, left / run.count) };
}

/**
 * The messages from an offset on as a reader passes them on: free from `since`, one every `pace` ms at most, until now.
 * While it is behind it goes at its own pace, and then at the producer's.
 */
export function copies(
  source: Partition,
  topic: string,
  reader: { from: number; since: number; pace: number },
  now: number,
  gone?: Gone,
): { runs: Batch[]; next: number; since: number } {
  const { pace } = reader;
  let { from: next, since } = reader;
  const runs: Batch[] = [];
  for (const [i, run] of source.runs.entries()) {
    const end = run.from + countOf(run, now);
    next = Math.max(next, run.from);
    while (next < end) {
      const produced = run.at + (next - run.from) * run.every;
      const at = Math.max(produced, since);
      if (at > now) return { runs, next, since };
      const first = run.from + (gone?.(i, at) ?? 0);
      if (first > next) {
        next = first;
        continue;
      }
      const behind = at > produced || run.every < pace;
      const every = behind ? pace : run.every;
      const catchesUp = run.every > pace ? Math.max(1, Math.ceil((at - produced) / (run.every - pace))) : Infinity;
      const left = behind ? Math.min(end - next, catchesUp) : end - next;
      const due = every === 0 ? left : Math.min(left, Math.floor((now - at) / every) + 1);
      const count = gone ? stillThere({ next: next - run.from, at, every }, due, (at) => gone(i, at)) : due;
      const { from, origin: _, written = { partition: source.number, ...run }, ...rest } = run;
      const index = next - from;
      runs.push({
        ...rest,
        at,
        every,
        count,
        origin: { topic, partition: source.number, from: next },
        written: {
          partition: written.partition,
          from: written.from + index,
          at: written.at + index * written.every,
          every: written.every,
        },
      });
      next += count;
      since = at + (count - 1) * every + pace;
      if (due < left && count === due) return { runs, next, since };
    }
  }
  return { runs, next, since };
}

/** How many messages on end are still there when a reader comes to them. */
function stillThere(
  { next, at, every }: { next: number; at: number; every: number },
  most: number,
  gone: (at: number) => number,
): number {
  const isThere = (count: number) => gone(at + (count - 1) * every) <= next + count - 1;
  // The last of a run can stay where those before it go. Of these, none is there behind one that is gone.
  let [low, high] = [1, most];
  if (most > 1 && isThere(most - 1)) low = isThere(most) ? most : most - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isThere(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Nothing more is produced from now on. */
export function close(partition: Partition, now: number) {
  const open = partition.runs.at(-1)?.count === null ? partition.runs.pop() : undefined;
  const count = open ? countOf(open, now) : 0;
  if (open && count > 0) partition.runs.push({ ...open, count });
}

type Between = [partition: Partition, from: number, to: number, now: number, gone?: Gone | undefined];
/** Bytes of the messages from one offset to another, without those that are gone. */
export const bytesBetween = (...[partition, ...range]: Between) =>
  sumBetween((run) => sizeOf(partition, run), partition, ...range);
/** How many messages there are from one offset to another, without those that are gone. */
export const countBetween = (...range: Between) => sumBetween(() => 1, ...range);

function sumBetween(weight: (run: Run) => number, ...[{ runs }, from, to, now, gone]: Between): number {
  let sum = 0;
  for (
    let i = Math.max(
      0,
      lastRun(runs, (r) => r.from <= from),
    );
    i < runs.length;
    i += 1
  ) {
    const run = runs[i] as Run;
    const first = Math.max(from, run.from + (gone?.(i, now) ?? 0));
    const count = Math.min(to, run.from + countOf(run, now)) - first;
    if (count > 0) sum += count * weight(run);
  }
  return sum;
}
