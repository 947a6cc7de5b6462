// Asking a person at a terminal. Prompts go to stderr, so that what a command prints can be piped.
import { createInterface } from "node:readline/promises";

/** What was typed; empty where the person ends the input instead. */
export async function question(stdin: NodeJS.ReadStream, text: string, signal?: AbortSignal): Promise<string> {
  const prompt = createInterface({ input: stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => prompt.once("close", () => resolve("")));
  signal?.addEventListener("abort", () => prompt.close(), { once: true });
  const answer = await Promise.race([prompt.question(text), ended]);
  prompt.close();
  return answer;
}
