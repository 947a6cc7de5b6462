// Lines that several previews are made of.
import type { Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";

export const count = (n: number, what: string) => `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;

export const shown = (value: unknown) =>
  value === undefined || value === null || value === "" ? "(not set)" : JSON.stringify(value);

/** A setting in milliseconds also in a unit that a person thinks in, where it is a round number of them. */
function span(name: string, value: unknown): string {
  if (!name.endsWith("Ms") || typeof value !== "number" || value <= 0) return "";
  const units: [string, number][] = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ];
  const [unit, ms] = units.find(([, ms]) => value % ms === 0) ?? ["", 0];
  return ms > 0 ? ` (${value / ms} ${unit})` : "";
}

/** Each field from → to. What stays as it is, is left out, and so are the names of what is changed. Empty where all stays. */
export function differences(before: Record<string, unknown>, change: Record<string, unknown>): string[] {
  return Object.entries(change)
    .filter(([name, to]) => name !== "InstanceId" && name !== "TopicName" && to !== undefined)
    .map(([name, to]): [string, unknown, unknown] => [name, before[name], typeof to === "boolean" ? Number(to) : to])
    .filter(([, from, to]) => shown(from) !== shown(to))
    .map(([name, from, to]) => `${name}: ${shown(from)}${span(name, from)} → ${shown(to)}${span(name, to)}`);
}
/** @throws Refusal where nothing would change: nobody is to be asked about that */
export function someOf(lines: string[], subject: string): string[] {
  if (lines.length === 0) throw new Refusal(`nothing would change on ${subject}: what is given is in force already`);
  return lines;
}

/** The lines of a read that may fail without making the rest worthless. */
export async function attempt(what: string, lines: () => Promise<string[]>): Promise<string[]> {
  try {
    return await lines();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return [`${what} could not be read (${error instanceof Error ? error.message : String(error)}).`];
  }
}

/** What a preview looks at of one list; each page takes its time. */
const MOST = 1_000;
/** The entries of a list that comes in pages, whatever size the API makes them, and how many there are beyond those. */
export async function every<T>(page: (Offset: number) => Promise<{ items: T[]; total: number }>) {
  const items: T[] = [];
  for (;;) {
    const next = await page(items.length);
    // The cloud may answer null for a list without entries.
    items.push(...(next.items ?? []));
    const beyond = Math.max(0, next.total - items.length);
    if (beyond === 0 || !next.items?.length || items.length >= MOST) return { items, beyond };
  }
}
/** A topic's partitions, with the ends of their logs. */
export const partitions = (read: Reader<Actions>, InstanceId: string, TopicName: string) =>
  every(async (Offset) => {
    const { Result } = await read("DescribeTopicSyncReplica", { InstanceId, TopicName, Limit: 1000, Offset });
    return { items: Result.TopicInSyncReplicaList, total: Result.TotalCount };
  });
/** A line about the entries that were not looked at, if there are any. */
export const unseen = (beyond: number, what: string) =>
  beyond > 0 ? [`${count(beyond, what)} more could not be looked at: agree only if you know.`] : [];

/** Some names of a list, and how many more there are. */
export function some(names: string[], total = names.length): string {
  const first = names.slice(0, 10);
  return `${first.join(", ")}${total > first.length ? ` and ${total - first.length} more` : ""}`;
}
