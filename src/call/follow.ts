// After an asynchronous change was accepted: looking until it has ended, or for as long as was allowed. Says what was seen.
import type { Actions, ChangesOf, InputOf, OutputOf, ReadsOf } from "../model/action.ts";
import { isMissing } from "../model/errors.ts";

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
export type Follows<All extends Actions<All>> = {
  [A in ChangesOf<All>]?: (input: InputOf<All[A]>, response: OutputOf<All[A]>) => Watch | undefined;
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

export interface Following {
  /** Milliseconds at most; 0 does not look at all. */
  wait: number;
  /** Ends the looking; the change itself goes on. */
  signal: AbortSignal | undefined;
  /** Told the state at every look. */
  tell: (state: string) => void;
  read: (action: string, input: Record<string, unknown>) => Promise<unknown>;
  /** Takes secrets out of what the API says. */
  clean: (text: string) => string;
}
export interface Followed {
  failed: boolean;
  /** A sentence or two for the result and the audit. */
  said: string;
}

const [FIRST_PAUSE, LONGEST_PAUSE] = [500, 5_000];

/**
 * Never rejects: the change has been accepted, whatever becomes of looking at it.
 * @param find where to look; can fail on an answer that is not as documented
 */
export async function follow(find: () => Watch | undefined, following: Following): Promise<Followed | undefined> {
  try {
    const watch = find();
    return watch && (await see(watch, following));
  } catch (error) {
    return { failed: false, said: `Where to look what became of it could not be told (${reasonOf(error)}).` };
  }
}

async function see(watch: Watch, { wait, signal, tell, read, clean }: Following): Promise<Followed> {
  const again = `${watch.action} ${JSON.stringify(watch.input)}`;
  if (wait === 0) return { failed: false, said: `It may still be under way: ${again} tells.` };
  const began = performance.now();
  const spent = () => Math.round((performance.now() - began) / 100) / 10;
  let seen: Seen | undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    try {
      const { state, end } = await look(watch, read);
      seen = { state: clean(state), end };
    } catch (error) {
      const reason = clean(reasonOf(error));
      const before = seen ? `, after it had been ${seen.state}` : "";
      return { failed: false, said: `What became of it could not be read${before} (${reason}): try ${again}.` };
    }
    if (seen.end === "done") return { failed: false, said: `Seen after ${spent()} s: ${seen.state} (${again}).` };
    if (seen.end === "failed")
      return { failed: true, said: `It was accepted, but failed, seen after ${spent()} s: ${seen.state} (${again}).` };
    tell(seen.state);
    const left = wait - (performance.now() - began);
    if (left > 0) await sleep(Math.min(pause, left), signal);
    if (signal?.aborted || left <= 0)
      return { failed: false, said: `Still ${seen.state} after ${spent()} s; look again with ${again}.` };
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function look({ action, input, see, gone }: Watch, read: Following["read"]): Promise<Seen> {
  try {
    return see((await read(action, input)) as never);
  } catch (error) {
    if (gone && isMissing(error)) return gone;
    throw error;
  }
}

/** Ends early, without complaint, where the signal says so. */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted) return end();
    signal?.addEventListener("abort", end);
  });
}
