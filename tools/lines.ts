// Lines that several previews are made of.
import type { Reader } from "../src/action.ts";
import { Refusal } from "../src/errors.ts";
import type { Actions } from "./index.ts";

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
  if (lines.length === 0) throw new Refusal(`every value given for ${subject} is in force already`);
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

/** Some names of a list, and how many more there are. */
export function some(names: string[], total = names.length): string {
  const first = names.slice(0, 10);
  return `${first.join(", ")}${total > first.length ? ` and ${total - first.length} more` : ""}`;
}

/** An instance's consumer groups, and which of them are at work. */
export async function consumers(read: Reader<Actions>, InstanceId: string): Promise<string> {
  const { Result: groups } = await read("DescribeGroup", { InstanceId, Limit: 50 });
  const GroupList = groups.GroupList.map((g) => g.Group);
  if (GroupList.length === 0) return "It has no consumer groups.";
  const { Result: infos } = await read("DescribeGroupInfo", { InstanceId, GroupList });
  const active = infos.filter((g) => g.State !== "Empty" && g.State !== "Dead").map((g) => g.Group);
  const busy = active.length > 0 ? `consuming now: ${some(active)}` : "nobody is consuming";
  return `${count(groups.TotalCount, "consumer group")}; ${busy}.`;
}
