// Lines that people read, as values. Our own words are literals in a tagged template and everything else in a line is a
// typed part: that a text is ours is a matter of syntax, and a plain string in a hole does not compile.
import type { Instant, Words } from "./field.ts";
import { amountOf, type Counts, type Quantity, type Unit } from "./quantity.ts";

declare const ours: unique symbol;
export type Part =
  /** Only `say` makes these. */
  | { readonly ours: string; readonly [ours]: true }
  /** A name out of a model, like a parameter's. */
  | { readonly field: string }
  /** Somebody else's words; shown in quotes, and cut where they are long unless they are part of the change. A message's words (foreign) are shown and not kept. */
  | { readonly quoted: string; readonly whole?: true; readonly foreign?: true }
  /** Digits and not a number: a line is JSON, also beyond 2^53. */
  | { readonly digits: string; readonly unit?: Unit }
  | { readonly code: string; readonly word: string }
  /** Milliseconds since the epoch. */
  | { readonly at: number }
  /** Goes on by itself while a person decides: two are the same unless one of them is nothing. */
  | { readonly moving: Line; readonly none: boolean };
export type Line = readonly Part[];

export const say = (words: TemplateStringsArray, ...holes: readonly (Part | Line)[]): Line =>
  words.flatMap((word, at) => [...(word === "" ? [] : [{ ours: word } as Part]), ...[holes[at] ?? []].flat()]);
export const field = (name: string): Part => ({ field: name });
export const quoted = (text: string): Part => ({ quoted: text });
export const num = (number: number | bigint): Part => ({ digits: String(number) });
export const many = <U extends Unit>(of: Quantity<U>, unit: U): Part => ({ digits: String(amountOf(of)), unit });
type Singular = keyof Counts extends infer U ? (U extends `${infer S}s` ? S : never) : never;
/** "1 thing", "2 things", for what a service counts. */
export const count = (number: number | bigint, what: Singular): Part =>
  ({ digits: String(number), unit: `${what}s` }) as Part;
export const moving = (line: Line | Part, none: boolean): Part => ({ moving: [line].flat() as Line, none });
/** A code that has no word is a number of the cloud's or somebody else's text. */
export function worded(words: Words, code: string | number): Part {
  if (Object.hasOwn(words, code)) return { code: String(code), word: words[code] as string };
  return typeof code === "number" ? { code: String(code), word: "unknown" } : quoted(code);
}
export const at = (time: Instant<"s">): Part => ({ at: Number(time as unknown) * 1000 });
export const atMs = (time: Instant<"ms">): Part => ({ at: Number(time as unknown) });
/** A moment of our own clock, milliseconds since the epoch. */
export const moment = (ms: number): Part => ({ at: ms });
export const joined = (lines: readonly (Line | Part)[], between: Line = say`, `): Line =>
  lines.flatMap((line, i) => [...(i > 0 ? between : []), ...([line].flat() as Line)]);
/** The first of many, and how many more there are. @param all where the list holds not all of them */
export function several(lines: readonly (Line | Part)[], most = 10, all = lines.length): Line {
  const first = lines.slice(0, most);
  const rest = all - first.length;
  return rest > 0 ? say`${joined(first)} and ${num(rest)} more` : joined(first);
}
/** The same of names. */
export const someOf = (names: readonly string[], most?: number, all?: number): Line =>
  several(names.map(quoted), most, all);
/** Several things in one line, each once; undefined where there is none. */
export function together(lines: readonly Line[]): Line | undefined {
  const once = lines.filter(
    (line, at) => lines.findIndex((other) => JSON.stringify(other) === JSON.stringify(line)) === at,
  );
  return once.length > 0 ? joined(once, say`; `) : undefined;
}
