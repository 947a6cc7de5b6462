// How an action that goes on after its answer says where to look until it has ended.
import type { Actions, ChangesOf, InputOf, OutputOf, ReadsOf } from "./action.ts";

/** What one look showed: the state in the API's own words, and whether it will go on changing by itself. */
export interface Seen {
  state: string;
  end?: "done" | "failed" | undefined;
}
/** Where to look, and what an answer says. */
export interface Watch {
  action: string;
  input: Record<string, unknown>;
  see: (response: never) => Seen;
  /** What it says where the thing is not there (any more); without it, that is an error like others. */
  gone?: Seen;
}
/** For asynchronous changes: what to watch after this input got this response; undefined where nothing is under way. */
export type Follows<D extends Actions<D>> = {
  [A in ChangesOf<D>]?: (input: InputOf<D[A]>, response: OutputOf<D[A]>) => Watch | undefined;
};
export type AnyFollow = (input: never, response: never) => Watch | undefined;

/** Types a watch by the action that it reads with. */
export const watching =
  <All extends Actions<All>>() =>
  <A extends ReadsOf<All> & string>(
    action: A,
    input: InputOf<All[A]>,
    see: (response: OutputOf<All[A]>) => Seen,
    gone?: Seen,
  ): Watch => ({ action, input: input as Record<string, unknown>, see, ...(gone ? { gone } : {}) });

/** What became of a change, as far as it was watched. */
export interface Followed {
  failed: boolean;
  /** A sentence or two for the result and the audit. */
  said: string;
}
