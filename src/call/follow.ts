// After an asynchronous change was accepted: looking until it has ended, or for as long as was allowed. Says what was seen.
import { isMissing } from "../model/errors.ts";
import type { Followed, Seen, Watch } from "../model/follow.ts";

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
  /** What has to stand beside the input for a call to go to the same place. */
  around: object;
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

async function see(watch: Watch, { wait, signal, tell, read, clean, around }: Following): Promise<Followed> {
  const again = `${watch.action} ${JSON.stringify({ ...watch.input, ...around })}`;
  if (wait === 0 || signal?.aborted) return { failed: false, said: `It may still be under way: ${again} tells.` };
  const began = performance.now();
  const spent = () => Math.round((performance.now() - began) / 100) / 10;
  let seen: Seen | undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    try {
      const { state, end } = await look(watch, read);
      seen = { state: clean(state), end };
    } catch (error) {
      if (signal?.aborted) return { failed: false, said: `It may still be under way: ${again} tells.` };
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
