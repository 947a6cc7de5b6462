import type { Clock } from "./clock.ts";
import type { Region } from "./store.ts";

/** What a sandbox holds: all regions of one account at one clock. */
export interface World {
  clock: Clock;
  appId: number;
  /** Makes ids; the same seed makes the same ones. */
  seed: string;
  /** How many have been made. */
  made: number;
  /** Where calls go that name no region. */
  region: string;
  regions: Record<string, Region>;
}
