// Bounds how many exchanges are under way at once: beyond that, sockets and file descriptors run out before the network does.

export interface Gate {
  /** Resolves when one more may go, in the order of asking. @returns to be called when it is over */
  enter: (signal?: AbortSignal) => Promise<() => void> | (() => void);
}

export function createGate(most: number): Gate {
  let inside = 0;
  const waiting = new Set<() => void>();
  const leave = () => {
    const [next] = waiting;
    if (!next) inside -= 1;
    else {
      waiting.delete(next);
      next();
    }
  };
  return {
    enter(signal) {
      if (inside < most) {
        inside += 1;
        return leave;
      }
      return new Promise((resolve, reject) => {
        const cancel = () => {
          waiting.delete(go);
          reject(signal?.reason);
        };
        const go = () => {
          signal?.removeEventListener("abort", cancel);
          resolve(leave);
        };
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener("abort", cancel, { once: true });
        waiting.add(go);
      });
    },
  };
}
