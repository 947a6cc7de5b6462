// Asking a person at a terminal. Prompts go to stderr, so that what a command prints can be piped.
import { createInterface } from "node:readline/promises";
import type { Context } from "./context.ts";

export type Terminal = Pick<Context, "stdin" | "stderr">;

/** What was typed; empty where the person ends the input instead. */
export async function question({ stdin, stderr }: Terminal, text: string, signal?: AbortSignal): Promise<string> {
  const prompt = createInterface({ input: stdin, output: stderr });
  const ended = new Promise<string>((resolve) => prompt.once("close", () => resolve("")));
  signal?.addEventListener("abort", () => prompt.close(), { once: true });
  const answer = await Promise.race([prompt.question(text), ended]);
  prompt.close();
  return answer;
}
