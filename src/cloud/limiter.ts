// Keeps documented rates on this side: calls over the rate wait in order instead of being refused by the cloud.

export interface Limiter {
  /** Resolves when the call may go, with the milliseconds that it waited. Rejects with the signal's reason. */
  take: (key: string, perSecond: number, signal?: AbortSignal) => Promise<number>;
}
interface Waiter {
  since: number;
  go: () => void;
}
interface Lane {
  /** When the last calls went, as many as are allowed in a second. */
  gone: number[];
  waiting: Waiter[];
  timer: NodeJS.Timeout | undefined;
}

/**
 * Lets as many calls go in any second as are allowed, at once if they come at once.
 * @param slack milliseconds added to the second, so that calls which the network moves closer together still fit
 */
export function createLimiter(slack = 40, now: () => number = () => performance.now()): Limiter {
  const lanes = new Map<string, Lane>();

  function release(lane: Lane, perSecond: number) {
    lane.timer = undefined;
    while (lane.waiting.length > 0) {
      const free = lane.gone.length < perSecond ? 0 : (lane.gone[0] as number) + 1000 + slack - now();
      if (free > 0) {
        lane.timer = setTimeout(() => release(lane, perSecond), Math.ceil(free));
        return;
      }
      if (lane.gone.length >= perSecond) lane.gone.shift();
      lane.gone.push(now());
      lane.waiting.shift()?.go();
    }
  }

  return {
    take(key, perSecond, signal) {
      let lane = lanes.get(key);
      if (!lane) {
        lane = { gone: [], waiting: [], timer: undefined };
        lanes.set(key, lane);
      }
      const { waiting } = lane;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const cancel = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          since: now(),
          go: () => {
            signal?.removeEventListener("abort", cancel);
            resolve(now() - waiter.since);
          },
        };
        signal?.addEventListener("abort", cancel, { once: true });
        waiting.push(waiter);
        if (!lane.timer) release(lane, perSecond);
      });
    },
  };
}

/** For sandboxes that keep no limits, and to see what happens without one. */
export const noLimiter: Limiter = { take: async () => 0 };
