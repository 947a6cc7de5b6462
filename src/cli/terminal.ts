// Asking a person at a terminal. Prompts go to stderr, so that what a command prints can be piped.
import { createInterface } from "node:readline";
import type { Context } from "./context.ts";

export type Terminal = Pick<Context, "stdin" | "stderr"> & { columns?: number | undefined };

export interface Conversation {
  /** What was typed; empty where the person ends the input instead, or the signal does. */
  ask: (text: string) => Promise<string>;
  end: () => void;
}

/** One for all questions of a command: what was typed ahead of the next one is not lost. */
export function conversation({ stdin, stderr }: Terminal, signal?: AbortSignal): Conversation {
  const reader = createInterface({ input: stdin, output: stderr });
  const typed: string[] = [];
  let over = false;
  let waiting: (() => void) | undefined;
  reader.on("line", (line) => {
    typed.push(line);
    waiting?.();
  });
  reader.on("close", () => {
    over = true;
    waiting?.();
  });
  signal?.addEventListener("abort", () => reader.close(), { once: true });
  if (signal?.aborted) reader.close();
  return {
    async ask(text) {
      if (over) stderr.write(text);
      else {
        reader.setPrompt(text);
        reader.prompt();
      }
      if (over) return typed.shift() ?? "";
      if (typed.length === 0)
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      return typed.shift() ?? "";
    },
    end: () => reader.close(),
  };
}

/** One question. */
export async function question(terminal: Terminal, text: string, signal?: AbortSignal): Promise<string> {
  const talk = conversation(terminal, signal);
  return talk.ask(text).finally(talk.end);
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
