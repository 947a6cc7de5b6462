// Keeps documented rates on this side: calls over the rate wait in order instead of being refused by the cloud.

export interface Turn {
  /** Milliseconds spent waiting for it. */
  waited: number;
  /** To be called when the answer is there: by then the cloud has counted the call. */
  done: () => void;
}
export interface Limiter {
  /** Resolves when the call may go. Rejects with the signal's reason. */
  take: (key: string, perSecond: number, signal?: AbortSignal) => Promise<Turn>;
}
interface Gone {
  /** The latest moment at which the cloud can have counted the call. */
  counted: number;
}
interface Lane {
  /** The last calls, as many as are allowed in a second. */
  gone: Gone[];
  waiting: (() => void)[];
  timer: NodeJS.Timeout | undefined;
}

/** A call that has no answer yet is taken to have arrived by now, ms. */
const LONGEST_WAY = 250;
/** Added to the second, ms, for clocks that do not tick alike. */
const SLACK = 5;

/** Lets as many calls go in any second as are allowed, at once if they come at once. */
export function createLimiter(now: () => number = () => performance.now()): Limiter {
  const lanes = new Map<string, Lane>();

  function release(lane: Lane, perSecond: number) {
    clearTimeout(lane.timer);
    lane.timer = undefined;
    while (lane.waiting.length > 0) {
      const free = lane.gone.length < perSecond ? 0 : (lane.gone[0] as Gone).counted + 1000 + SLACK - now();
      if (free > 0) {
        lane.timer = setTimeout(() => release(lane, perSecond), Math.ceil(free));
        return;
      }
      if (lane.gone.length >= perSecond) lane.gone.shift();
      lane.waiting.shift()?.();
    }
  }

  return {
    take(key, perSecond, signal) {
      const lane: Lane = lanes.get(key) ?? { gone: [], waiting: [], timer: undefined };
      lanes.set(key, lane);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const since = now();
        const cancel = () => {
          lane.waiting.splice(lane.waiting.indexOf(go), 1);
          reject(signal?.reason);
        };
        const go = () => {
          signal?.removeEventListener("abort", cancel);
          const gone: Gone = { counted: now() + LONGEST_WAY };
          lane.gone.push(gone);
          const done = () => {
            gone.counted = Math.min(gone.counted, now());
            if (gone === lane.gone[0] && lane.timer) release(lane, perSecond);
          };
          resolve({ waited: now() - since, done });
        };
        signal?.addEventListener("abort", cancel, { once: true });
        lane.waiting.push(go);
        if (!lane.timer) release(lane, perSecond);
      });
    },
  };
}

/** For sandboxes that keep no limits, and to see what happens without one. */
export const noLimiter: Limiter = { take: async () => ({ waited: 0, done: () => {} }) };
