import { distance } from "fastest-levenshtein";

/** The name most like the given one, if any is like it at all; for "did you mean …?". */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(given.length / 3)) + 1;
  for (const name of names) {
    const d = distance(given.toLowerCase(), name.toLowerCase());
    if (d < least) [best, least] = [name, d];
  }
  return best;
}
