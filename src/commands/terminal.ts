// Asking a person at a terminal. Prompts go to stderr, so that what a command prints can be piped.
import { createInterface } from "node:readline/promises";

/** What was typed; empty where the person ends the input instead. */
export async function question(stdin: NodeJS.ReadStream, text: string): Promise<string> {
  const prompt = createInterface({ input: stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => prompt.once("close", () => resolve("")));
  const answer = await Promise.race([prompt.question(text), ended]);
  prompt.close();
  return answer;
}

/** Text as a person must see it: what would move the cursor, hide or reverse a part of it is spelt out. */
export const visible = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n" ? character : `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
