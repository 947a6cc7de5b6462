// Lines that several previews are made of.
import type { Reader } from "../src/action.ts";
import type { Actions } from "./index.ts";

export const count = (n: number, what: string) => `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;

export const shown = (value: unknown) =>
  value === undefined || value === null || value === "" ? "(not set)" : JSON.stringify(value);

/** Each field from → to. What stays as it is, is left out, and so are the names of what is changed. */
export function differences(before: Record<string, unknown>, change: Record<string, unknown>): string[] {
  const lines = Object.entries(change)
    .filter(([name, to]) => name !== "InstanceId" && name !== "TopicName" && to !== undefined)
    .map(([name, to]) => [name, shown(before[name]), shown(typeof to === "boolean" ? Number(to) : to)])
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => `${name}: ${from} → ${to}`);
  return lines.length > 0 ? lines : ["Every value given is already in force."];
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
