// Keeps documented rates on this side: calls over the rate wait in order instead of being refused by the cloud.
import type { Lane } from "../model/service.ts";

export interface Turn {
  /** Milliseconds spent waiting for it. */
  waited: number;
  /** To be called when the answer is there: by then the cloud has counted the call. */
  done: () => void;
}
export interface Limiter {
  /** Resolves when the call may go. Rejects with the signal's reason. */
  take: (lane: Lane, signal?: AbortSignal) => Promise<Turn>;
}
interface Gone {
  /** The latest moment at which the cloud can have counted the call. */
  counted: number;
}
interface Queue {
  /** The last calls, as many as are allowed in the span. */
  gone: Gone[];
  waiting: (() => void)[];
  timer: NodeJS.Timeout | undefined;
}

/** A call that has no answer yet is taken to have arrived by now, ms. */
const LONGEST_WAY = 250;
/** Added to the span, ms, for clocks that do not tick alike. */
const SLACK = 5;

/** Lets as many calls go in any span as are allowed, at once if they come at once. */
export function createLimiter(now: () => number = () => performance.now()): Limiter {
  const queues = new Map<string, Queue>();

  function release(queue: Queue, lane: Lane) {
    const { most, within } = lane;
    clearTimeout(queue.timer);
    queue.timer = undefined;
    while (queue.waiting.length > 0) {
      const free = queue.gone.length < most ? 0 : (queue.gone[0] as Gone).counted + within + SLACK - now();
      if (free > 0) {
        queue.timer = setTimeout(() => release(queue, lane), Math.ceil(free));
        return;
      }
      if (queue.gone.length >= most) queue.gone.shift();
      queue.waiting.shift()?.();
    }
  }

  return {
    take(lane, signal) {
      const queue: Queue = queues.get(lane.key) ?? { gone: [], waiting: [], timer: undefined };
      queues.set(lane.key, queue);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const since = now();
        const cancel = () => {
          queue.waiting.splice(queue.waiting.indexOf(go), 1);
          reject(signal?.reason);
        };
        const go = () => {
          signal?.removeEventListener("abort", cancel);
          const gone: Gone = { counted: now() + LONGEST_WAY };
          queue.gone.push(gone);
          const done = () => {
            gone.counted = Math.min(gone.counted, now());
            if (gone === queue.gone[0] && queue.timer) release(queue, lane);
          };
          resolve({ waited: now() - since, done });
        };
        signal?.addEventListener("abort", cancel, { once: true });
        queue.waiting.push(go);
        if (!queue.timer) release(queue, lane);
      });
    },
  };
}

/** For sandboxes that keep no limits, and to see what happens without one. */
export const noLimiter: Limiter = { take: async () => ({ waited: 0, done: () => {} }) };
