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
  /** What they hold. In a run of many, {n} is the offset, {p} the partition and {t} the time. */
  key: string | null;
  value: string;
  headers: string | null;
}
export interface Partition {
  number: number;
  /** Offsets below were deleted for good, whatever the retention is today. */
  begin: number;
  /** In the order of their offsets, without gaps. Only the last can be open. */
  runs: Run[];
}
export interface Message {
  offset: number;
  at: number;
  key: string | null;
  value: string;
  headers: string | null;
}

const countOf = (run: Run, now: number) => run.count ?? (now < run.at ? 0 : Math.floor((now - run.at) / run.every) + 1);

/** The offset that the next message will get. */
export function endOffset({ runs }: Partition, now: number): number {
  const last = runs.at(-1);
  return last ? last.from + countOf(last, now) : 0;
}

/** The first offset at or after a time; the end offset where there is none. */
export function offsetAt(partition: Partition, time: number, now: number): number {
  for (const run of partition.runs) {
    const count = countOf(run, now);
    if (count === 0) continue;
    const skipped = run.every === 0 ? (time > run.at ? 1 : 0) : Math.ceil((time - run.at) / run.every);
    if (skipped < count) return run.from + Math.max(0, skipped);
  }
  return endOffset(partition, now);
}

/** The first offset still there. @param retention ms, or undefined where age deletes nothing */
export function beginOffset(partition: Partition, retention: number | undefined, now: number): number {
  if (retention === undefined) return partition.begin;
  return Math.max(partition.begin, offsetAt(partition, now - retention, now));
}

/** The message at an offset between begin and end. */
export function messageAt(partition: Partition, offset: number, now: number): Message | undefined {
  const run = partition.runs.findLast((r) => r.from <= offset);
  if (!run || offset < partition.begin || offset >= run.from + countOf(run, now)) return undefined;
  const at = Math.round(run.at + (offset - run.from) * run.every);
  const fill = (text: string) =>
    run.count === 1
      ? text
      : text
          .replaceAll("{n}", String(offset))
          .replaceAll("{p}", String(partition.number))
          .replaceAll("{t}", new Date(at).toISOString());
  return { offset, at, key: run.key === null ? null : fill(run.key), value: fill(run.value), headers: run.headers };
}

/** Appends one message now. What was being produced goes on behind it. */
export function append(partition: Partition, message: Omit<Message, "offset" | "at">, now: number): number {
  const open = partition.runs.at(-1)?.count === null ? partition.runs.pop() : undefined;
  if (open) {
    const count = countOf(open, now);
    if (count > 0) partition.runs.push({ ...open, count });
  }
  const offset = open ? open.from + countOf(open, now) : endOffset(partition, now);
  partition.runs.push({ from: offset, at: now, every: 0, count: 1, ...message });
  if (open) partition.runs.push({ ...open, from: offset + 1, at: open.at + countOf(open, now) * open.every });
  return offset;
}

/** Nothing more is produced from now on. */
export function close(partition: Partition, now: number) {
  const open = partition.runs.at(-1)?.count === null ? partition.runs.pop() : undefined;
  const count = open ? countOf(open, now) : 0;
  if (open && count > 0) partition.runs.push({ ...open, count });
}

/** Bytes of the messages from one offset to another, taking each run's first message as its size. */
export function bytesBetween(partition: Partition, from: number, to: number, now: number): number {
  let bytes = 0;
  for (const run of partition.runs) {
    const count = Math.min(to, run.from + countOf(run, now)) - Math.max(from, run.from);
    if (count <= 0) continue;
    const sample = messageAt({ ...partition, begin: 0 }, run.from, now);
    bytes += count * Buffer.byteLength(`${sample?.key ?? ""}${sample?.value ?? ""}${sample?.headers ?? ""}`);
  }
  return bytes;
}
