// The documented calls per second, counted as the cloud does: by action, region and credential, over the last second of
// real time. The sandbox's own clock has no part in it.

import older from "../reference/2025-07.json" with { type: "json" };
import { Fault } from "../state/fault.ts";

/** For actions that the table of limits does not list. */
const UNLISTED = 20;
const documented = older.actions as Record<string, { rateLimitPerSecond?: number | null }>;

/** @returns a function that counts a call. It throws Fault RequestLimitExceeded for one too many, which is not counted. */
export function createLimits(now: () => number = () => performance.now()) {
  const counted = new Map<string, number[]>();
  return (action: string, region: string, secretId: string) => {
    const limit = documented[action]?.rateLimitPerSecond ?? UNLISTED;
    const key = `${action} ${region} ${secretId}`;
    const calls = counted.get(key) ?? [];
    counted.set(key, calls);
    const began = now() - 1000;
    while (calls.length > 0 && (calls[0] as number) <= began) calls.shift();
    if (calls.length >= limit)
      throw new Fault(
        "RequestLimitExceeded",
        `Your current request times equals to \`${calls.length + 1}\` in a second, which exceeds the frequency limit \`${limit}\` for a second. Please reduce the frequency of calls.`,
      );
    calls.push(now());
  };
}
