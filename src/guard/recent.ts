// How many changes were let through or put to a person lately, for limits by the minute.

export interface Recent {
  /** Changes within the last minute, not counting this one. */
  others: (change: object) => number;
  /** Counts a change, or moves it to now. */
  count: (change: object) => void;
}
const MINUTE = 60_000;

/** @param now milliseconds since the epoch */
export function createRecent(now: () => number): Recent {
  const seen = new Map<object, number>();
  return {
    others(change) {
      for (const [one, at] of seen) if (now() - at >= MINUTE) seen.delete(one);
      return seen.size - (seen.has(change) ? 1 : 0);
    },
    count: (change) => void seen.set(change, now()),
  };
}
