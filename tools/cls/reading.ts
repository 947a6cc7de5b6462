// What previews of both nouns read with.
import { CloudError } from "../../src/model/errors.ts";
import { type Line, quoted, say } from "../../src/model/line.ts";
import { type Finding, note } from "../../src/model/preview.ts";

/** Findings of a read without which the rest still counts. Only the cloud's own errors are told; a mistake of ours is none. */
export async function tried(what: Line, read: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [note(say`${what} could not be read (${quoted(error.code)}).`)];
  }
}

/** Whether what is given stands there already: of structures, every field that is given. Empty and missing are the same. */
export function stands(given: unknown, today: unknown): boolean {
  if (given === undefined) return true;
  if (Array.isArray(given))
    return Array.isArray(today) && given.length === today.length && given.every((item, at) => stands(item, today[at]));
  if (typeof given === "object" && given !== null)
    return Object.entries(given).every(([key, value]) =>
      stands(value, (today as Record<string, unknown> | null | undefined)?.[key]),
    );
  return given === today;
}
