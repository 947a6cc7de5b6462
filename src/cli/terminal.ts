// Asking a person at a terminal. Prompts go to stderr, so that what a command prints can be piped.
import { createInterface } from "node:readline/promises";
import type { Context } from "./context.ts";

export type Terminal = Pick<Context, "stdin" | "stderr"> & { columns?: number | undefined };

/** What was typed; empty where the person ends the input instead. */
export async function question({ stdin, stderr }: Terminal, text: string): Promise<string> {
  const prompt = createInterface({ input: stdin, output: stderr });
  const ended = new Promise<string>((resolve) => prompt.once("close", () => resolve("")));
  const answer = await Promise.race([prompt.question(text), ended]);
  prompt.close();
  return answer;
}

/** Text behind a bar, wrapped so that the terminal does not: a line that goes on cannot be taken for one that begins. */
export function barred(text: string, columns: number): string {
  const width = Math.max(20, columns - 6);
  return text
    .split("\n")
    .flatMap((line) => {
      const characters = [...line];
      const rows = Math.max(1, Math.ceil(characters.length / width));
      return Array.from({ length: rows }, (_, at) => characters.slice(at * width, (at + 1) * width).join(""));
    })
    .map((row) => `  | ${row}`)
    .join("\n");
}
