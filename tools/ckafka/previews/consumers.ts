// An instance's consumer groups, and which of them are at work.
import type { Reader } from "../../../src/model/action.ts";
import { type Line, num, say, someOf } from "../../../src/model/line.ts";
import type { Actions } from "../actions.ts";
import { every } from "./pages.ts";

export async function consumersOf(read: Reader<Actions>, InstanceId: string): Promise<Line> {
  const active: string[] = [];
  const { items, beyond } = await every(async (Offset) => {
    const { GroupList, TotalCount } = (await read("DescribeGroup", { InstanceId, Limit: 50, Offset })).Result;
    const names = (GroupList ?? []).map(({ Group }) => Group);
    if (names.length === 0) return { items: names, total: TotalCount };
    const { Result: infos } = await read("DescribeGroupInfo", { InstanceId, GroupList: names });
    const busy = (infos ?? []).filter(({ State }) => State !== "Empty" && State !== "Dead");
    active.push(...busy.map(({ Group }) => Group));
    return { items: names, total: TotalCount };
  });
  if (items.length === 0) return say`It has no consumer groups.`;
  const busy = active.length > 0 ? say`consuming now: ${someOf(active)}` : say`nobody is consuming`;
  const rest = beyond > 0 ? say`; ${num(beyond)} of them were not looked at` : [];
  const total = items.length + beyond;
  return say`${num(total)} consumer ${total === 1 ? say`group` : say`groups`}; ${busy}${rest}.`;
}
