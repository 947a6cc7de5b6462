// The sandbox's time. Everything that grows, ages or finishes follows it; only request signatures follow the real clock.

export interface Clock {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Moves time forward, also while it stands. */
  step: (ms: number) => void;
  /** Lets time pass as real time does. */
  run: () => void;
  /** Holds time, so that the same calls get the same answers. */
  stand: () => void;
  stands: () => boolean;
}

/** @param at where time starts; real time when left out @param real the machine's clock */
export function createClock(mode: "running" | "standing", at?: number, real: () => number = Date.now): Clock {
  let base = at ?? real();
  let since: number | undefined = mode === "running" ? real() : undefined;
  const now = () => (since === undefined ? base : base + (real() - since));
  return {
    now,
    step(ms) {
      base += ms;
    },
    run() {
      since ??= real();
    },
    stand() {
      base = now();
      since = undefined;
    },
    stands: () => since === undefined,
  };
}
