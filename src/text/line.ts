// Lines compared as values, and turned into text at the very end.
import type { Line, Part } from "../model/line.ts";
import { isCount, type Unit } from "../model/quantity.ts";

/** Compared as values: what moves by itself does not count, unless one of them is nothing. */
export const settled = (line: Line): string =>
  JSON.stringify(line.map((part) => ("moving" in part ? { moving: part.none } : part)));
export const same = (a: Line, b: Line) => settled(a) === settled(b);

/** The only place where parts become text. */
export const render = (line: Line): string => line.map(partText).join("");
function partText(part: Part): string {
  if ("ours" in part) return part.ours;
  if ("field" in part) return part.field;
  if ("quoted" in part) return inQuotes(part.quoted, part.whole ? Number.POSITIVE_INFINITY : LONGEST);
  if ("code" in part) return saysItself(part) ? part.word : `${part.word} (${part.code})`;
  if ("at" in part) return isoOf(part.at);
  if ("moving" in part) return render(part.moving);
  return amount(part.digits, part.unit);
}

const saysItself = ({ code, word }: { code: string; word: string }) =>
  code === "" || code.toLowerCase() === word.toLowerCase();

/** ISO 8601 in UTC, without empty fractions. What is no moment is shown as it is. */
export function isoOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().replace(".000Z", "Z");
}

const SPANS: [unit: string, ms: number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
];
const MILLISECONDS: Partial<Record<Unit, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/** A number as people read it: grouped, with its unit, and a span of time also in the largest unit that fits. */
function amount(digits: string, unit: Unit | undefined): string {
  const whole = /^-?\d+$/.test(digits);
  const grouped = whole ? BigInt(digits).toLocaleString("en-US") : digits;
  // Ports and numbers of things are no amounts.
  if (unit === undefined) return digits;
  if (isCount(unit) || unit === "months") return `${grouped} ${digits === "1" ? unit.slice(0, -1) : unit}`;
  const ms = MILLISECONDS[unit] && whole ? Number(digits) * MILLISECONDS[unit] : 0;
  const larger = SPANS.find(([name, span]) => ms > 0 && ms % span === 0 && name !== unit);
  return `${grouped} ${unit}${larger && larger[1] > (MILLISECONDS[unit] ?? 0) ? ` (${(ms / larger[1]).toLocaleString("en-US")} ${larger[0]})` : ""}`;
}

const LONGEST = 200;
/** Other people's text: in quotes, so that it cannot pass for ours; what moves the cursor, hides, or looks like a blank is spelt out. */
export function inQuotes(text: string, longest = LONGEST): string {
  const characters = [...text];
  const shown = (longest < characters.length ? characters.slice(0, longest) : characters).join("");
  const spelt = JSON.stringify(shown)
    .replace(/(?! )[\p{C}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu, spellOut)
    // A run of blanks can push what follows into a line of its own.
    .replace(/ {3,}/g, (run) => `\\u{20}×${run.length}`);
  const rest = characters.length - longest;
  return rest > 0 ? `${spelt} and ${rest.toLocaleString("en-US")} more characters` : spelt;
}
const spellOut = (character: string) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
