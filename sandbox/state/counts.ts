// How many topics, partitions and groups an instance had, as far as somebody looked: numbers that its state does not remember.
// Kept beside the state and not in it, so that looking changes nothing that a dump shows.
import type { Instance, Region } from "./store.ts";

export interface Counts {
  /** It was so from `at` until `until`. */
  at: number;
  until: number;
  topics: number;
  partitions: number;
  groups: number;
}
const seen = new WeakMap<Instance, Counts[]>();

const partitionsOf = ({ topics }: Instance) => topics.reduce((sum, { partitions }) => sum + partitions.length, 0);

/** Nothing changes but by requests and by what they set going, so what is as before was so in between. */
export function look({ instances }: Region, now: number) {
  for (const instance of instances) {
    const { topics, groups } = instance;
    const counts = { topics: topics.length, partitions: partitionsOf(instance), groups: groups.length };
    const known = seen.get(instance) ?? [];
    seen.set(instance, known);
    const last = known.at(-1);
    const same = last && (["topics", "partitions", "groups"] as const).every((what) => last[what] === counts[what]);
    if (same) last.until = Math.max(last.until, now);
    else known.push({ at: now, until: now, ...counts });
  }
}

/** What was counted at a time; undefined where nobody knows. */
export const countsAt = (instance: Instance, time: number): Counts | undefined =>
  seen.get(instance)?.findLast(({ at, until }) => at <= time && time <= until);
