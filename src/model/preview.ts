// What an action's own code adds to the preview of a change, and what a change can be a matter of.
import type { Clock, Instant, Secret } from "./field.ts";
import type { Line } from "./line.ts";
import type { Quantity, Unit } from "./quantity.ts";

/** Gravest first. loses: data, access or a place is gone. opens: somebody gains access. final: no action goes back. */
export const QUALITIES = ["loses", "opens", "final", "bills"] as const;
export type Quality = (typeof QUALITIES)[number];
/** Declared in an action: always, or by its arguments. */
export type Stake<I> = Line | ((input: I) => Line | undefined);
export type Stakes = { readonly [Q in Quality]?: Line };
/** What reading found: a line where it is so, null where it certainly is not; left out, the arguments decide. */
export type ReadStakes = { readonly [Q in Quality]?: Line | null };

/** No read tells it. Not the same as not set (null), nor as new (no `today` at all). */
export const UNREAD = Symbol("unread");
/** It belongs to this change alone: there is nothing of it today. */
export const NEW = Symbol("new");
type Opaque = Quantity<Unit> | Instant<Clock> | Secret;
type Whole = string | number | boolean | Opaque | readonly string[] | readonly number[];
/** What stands today where the input gives something, in the input's own units: Mbps do not fit MB/s. */
export type Today<I> = I extends Whole
  ? I | typeof UNREAD | typeof NEW | null
  : I extends readonly (infer E)[]
    ? readonly (Today<E> | undefined)[]
    : { readonly [K in keyof I]?: Today<NonNullable<I[K]>> };
export interface Finding {
  readonly line: Line;
  /** What it is a matter of; without one it only informs. */
  readonly quality?: Quality;
}
/** All that the code for one action adds to a preview. */
export interface Found<I> {
  /** Left out, everything that is given is new. */
  today?: Today<I>;
  finds: readonly Finding[];
  stakes?: ReadStakes;
}
/** A finding that only informs. */
export const note = (line: Line): Finding => ({ line });
export const grave = (quality: Quality, line: Line): Finding => ({ line, quality });
