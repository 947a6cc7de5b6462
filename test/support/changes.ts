// What a call changes in the sandbox's world: the measure of what a preview said before it.

import type { World } from "../../sandbox/state/world.ts";
import { diff } from "../../sandbox/world/diff.ts";
import { dumpWorld } from "../../sandbox/world/dump.ts";

/** A line each: where, from what, to what; without the count of numbers given. */
export async function changesIn(world: World, work: () => Promise<unknown>): Promise<string[]> {
  const before = dumped(world);
  await work();
  return diff(before, dumped(world)).filter((line) => !line.startsWith("made:"));
}
const dumped = (world: World) => JSON.parse(JSON.stringify(dumpWorld(world))) as unknown;
