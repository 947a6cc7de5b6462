// Who consumes for a group, and when: members come and go, the group rebalances, and only then goes on.

import type { Group, Member, Position } from "../state/store.ts";
import { endAt, endOffset, type Partition } from "./log.ts";

/** A group waits for its members to join again, then tells each what is its own. Nobody consumes meanwhile. */
const JOINING = 3_000;
const ASSIGNING = 1_000;
export const REBALANCING = JOINING + ASSIGNING;
/** How long offsets are kept that nobody consumes from, as Kafka's default is. */
const KEPT_FOR = 7 * 86_400_000;

const started = ({ joined }: Member, now: number) => joined === null || joined <= now;
const leftBy = ({ left }: Member, now: number) => left !== null && left <= now;
export const activeMembers = ({ members }: Group, now: number) =>
  members.filter((m) => started(m, now) && !leftBy(m, now));

/** When a group has or had to rebalance, in any order. */
const rebalancesOf = ({ members, rebalances }: Group) =>
  [...rebalances, ...members.flatMap(({ joined, left }) => [joined, left])].filter((time) => time !== null);

/** When a group's members are, or were, last told what is their own. */
export const settledAt = (group: Group, now: number) =>
  Math.max(...rebalancesOf(group).filter((time) => time <= now)) + REBALANCING;

/** State as the reference names it. One that does not exist is Dead. */
export function stateOf(group: Group, now: number): "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable" {
  if (activeMembers(group, now).length === 0) return "Empty";
  const settled = settledAt(group, now);
  if (now >= settled) return "Stable";
  return now < settled - ASSIGNING ? "PreparingRebalance" : "CompletingRebalance";
}

/** The spans of time in which a group consumed. */
function consuming(group: Group, from: number, to: number): [number, number][] {
  const borders = rebalancesOf(group)
    .flatMap((time) => [time, time + REBALANCING])
    .filter((time) => from < time && time < to)
    .sort((a, b) => a - b);
  const times = [from, ...borders, to];
  return times.slice(1).flatMap((until, i): [number, number][] => {
    const since = times[i] as number;
    return since < until && stateOf(group, since) === "Stable" ? [[since, until]] : [];
  });
}

/** In the place of a committed offset, where there is none. */
export const NOTHING = -1;
/** The offset that a group has committed by now. */
export function committed(group: Group, position: Position, partition: Partition, now: number): number {
  const { offset, at, perSecond, stuckAt } = position;
  if (perSecond === 0 || group.members.length === 0) return offset;
  // Whoever has been moved past the message that stops it goes on.
  const most = stuckAt !== null && offset <= stuckAt ? stuckAt : Number.POSITIVE_INFINITY;
  let reached = offset;
  for (const [since, until] of consuming(group, at, now)) {
    // Without a place that there is, consumers begin: at the oldest message, or behind the newest that they had.
    if (reached === NOTHING) reached = partition.begin;
    reached = Math.min(reached, endAt(partition, since));
    const end = until === now ? endOffset(partition, now) : endAt(partition, until);
    const far = Math.min(reached + (perSecond * (until - since)) / 1000, most, end);
    reached = Math.max(reached, far);
  }
  return Math.floor(reached);
}

/** Where a group stood at a time of the past, also before its position is known: what it read until then is worked out. */
export function positionAt(group: Group, position: Position, partition: Partition, time: number): number {
  const { offset, at, perSecond, stuckAt } = position;
  if (time >= at) return committed(group, position, partition, time);
  // Whoever is stuck has been for long.
  if (perSecond === 0 || group.members.length === 0 || offset === stuckAt) return offset;
  const end = endAt(partition, time);
  // Whoever has nothing left to read went as fast as messages came.
  if (offset >= endAt(partition, at)) return Math.min(offset, end);
  const busy = consuming(group, time, at).reduce((sum, [since, until]) => sum + until - since, 0);
  return Math.max(0, Math.min(offset, end, Math.ceil(offset - (perSecond * busy) / 1000)));
}

/** The partitions of a topic are others from now on: whoever consumes from it rebalances. */
export function repartition(groups: Group[], topic: string, added: number[], now: number) {
  for (const group of groups) {
    const last = group.positions.findLast((p) => p.topic === topic);
    if (!last || group.members.every((m) => leftBy(m, now))) continue;
    group.rebalances.push(now);
    group.positions.push(...added.map((partition) => ({ ...last, partition, offset: 0, at: now, stuckAt: null })));
  }
}

/** Whether a group is forgotten: nobody consumes for it, and its offsets have expired or there are none. */
export function isForgotten({ members, positions }: Group, now: number): boolean {
  if (members.some((m) => !leftBy(m, now))) return false;
  const left = Math.max(...members.map((m) => m.left ?? 0));
  return !positions.some(({ at }) => now - Math.max(at, left) < KEPT_FOR);
}
