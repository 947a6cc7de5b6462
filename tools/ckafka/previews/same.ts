// Nobody is asked about a change that changes nothing.
import { Refusal } from "../../../src/model/errors.ts";
import { NEW } from "../../../src/model/preview.ts";

/** @throws Refusal where all that is given stands already, as far as reads tell @param ids what only says where */
export function someChange(input: object, today: object, ids: readonly string[], subject: string): void {
  const given = Object.entries(input).filter(([key, value]) => value !== undefined && !ids.includes(key));
  const same = given.every(([key, value]) => stands(value, (today as Record<string, unknown>)[key]));
  if (same) throw new Refusal(`nothing would change on ${subject}: what is given is in force already`);
}
/** Whether a value, or every field that a structure gives, is what stands today. */
function stands(value: unknown, today: unknown): boolean {
  // What goes along with a change is none of its own.
  if (today === NEW) return true;
  // As texts: an integer beyond 2^53 is a bigint, which no number equals.
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return today !== null && today !== undefined && typeof today !== "symbol" && String(value) === String(today);
  return Object.entries(value).every(
    ([key, item]) => item === undefined || stands(item, (today as Record<string, unknown> | null | undefined)?.[key]),
  );
}
