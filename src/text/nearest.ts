import { distance } from "fastest-levenshtein";

/** Shorter names are in too many others to mean them. */
const TELLING = 4;

/** What is longer is no name, and comparing takes time that grows with its square. */
const LONGEST = 200;

/** The name most like the given one, if any is like it at all; for "did you mean …?". */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  if (given.length > LONGEST) return undefined;
  const wanted = given.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(given.length / 3)) + 1;
  let within: string | undefined;
  for (const name of names) {
    const other = name.toLowerCase();
    const d = distance(wanted, other);
    if (d < least) [best, least] = [name, d];
    // Group for GroupName, and the reverse.
    const shorter = Math.min(wanted.length, other.length);
    if (shorter >= TELLING && (wanted.includes(other) || other.includes(wanted))) within ??= name;
  }
  return best ?? within;
}
