// What may be written down of a call: everything but its secrets.

/** What stands in the place of a secret. */
export const SECRET = "(secret)";

/** Shorter values are words that stand in other places by chance. */
const SHORTEST = 4;

/** A copy in which every field of these names, however deep, has no value; 64-bit integers as text. */
export function redact(value: unknown, secret: readonly string[]): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map((item) => redact(item, secret));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, secret.includes(key) ? SECRET : redact(item, secret)]));
}

/** A text about a call, which may quote its arguments, without the values that are secret. */
export function redactText(text: string, input: unknown, secret: readonly string[]): string {
  // As they are and as JSON spells them; the longest first, for one can hold another.
  const spelt = valuesOf(input, secret, false).flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return spelt.sort((a, b) => b.length - a.length).reduce((left, value) => left.replaceAll(value, SECRET), text);
}

function valuesOf(value: unknown, secret: readonly string[], inside: boolean): string[] {
  if (typeof value === "string") return inside && value.length >= SHORTEST ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => valuesOf(item, secret, inside || secret.includes(key)));
}
