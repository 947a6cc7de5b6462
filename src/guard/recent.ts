// How many changes were let through or put to a person lately, for limits by the minute.

export interface Recent {
  /** Changes within the last minute, not counting the one of this number. */
  others: (number: string) => number;
  /** Counts a change, or moves it to now. */
  count: (number: string) => void;
}
const MINUTE = 60_000;

/** @param now milliseconds since the epoch */
export function createRecent(now: () => number): Recent {
  const seen = new Map<string, number>();
  return {
    others(number) {
      for (const [one, at] of seen) if (now() - at >= MINUTE) seen.delete(one);
      return seen.size - (seen.has(number) ? 1 : 0);
    },
    count: (number) => void seen.set(number, now()),
  };
}
