// A result that is too long, shortened so that what is left is still JSON, fits, and says what was left out. Work is linear in
// the size of the result: each pass looks at every part once.
import { stringifyJson } from "../text/json.ts";

type Json = { [key: string]: unknown };
interface Part {
  holder: Record<string | number, unknown>;
  key: string | number;
  path: string;
  /** Characters as JSON. */
  size: number;
}
export interface Shortened {
  value: Json;
  /** What was cut, a phrase each; none where all fits. A text says itself how to read on in it. */
  cuts: string[];
  /** Whether entries or fields were left out. */
  missing: boolean;
}
const sizeOf = (value: unknown) => stringifyJson(value).length;

/** Strings are cut, and objects lose fields, where they are longer than this; never to nothing. */
const LEAST = 200;
const PASSES: ((root: Json) => Part[])[] = [lists, lists, lists, strings, fields];

/**
 * Lists first, the outermost; then long texts; then fields of large objects. The longest parts give, the others stay whole.
 * @param from the character with which texts begin that are longer than that
 */
export function shorten(value: Json, characters: number, from = 0): Shortened {
  if (from === 0 && sizeOf(value) <= characters) return { value, cuts: [], missing: false };
  const copy = structuredClone(value);
  const cuts = new Map<string, string>();
  const begins = from > 0 ? readOn(copy, from) : new Map<string, number>();
  for (const [path, begin] of begins) cuts.set(path, `${path}: from character ${begin} on`);
  let size = sizeOf(copy);
  let missing = false;
  for (const find of PASSES) {
    if (size <= characters) break;
    const parts = find(copy);
    const room = characters - (size - parts.reduce((sum, part) => sum + part.size, 0));
    const most = level(
      parts.map((part) => part.size),
      room,
    );
    for (const part of parts) {
      if (part.size <= most) continue;
      missing ||= typeof part.holder[part.key] !== "string";
      cuts.set(part.path, cut(part, Math.max(most, 0), begins.get(part.path) ?? 0));
    }
    size = sizeOf(copy);
  }
  return { value: copy, cuts: [...cuts.values()], missing };
}

/** Has long texts begin further on, and tells where each of them now begins: never within a character. */
function readOn(root: Json, from: number): Map<string, number> {
  const begins = new Map<string, number>();
  for (const { holder, key, path } of strings(root)) {
    const text = holder[key] as string;
    if (text.length <= from) continue;
    const begin = (text.codePointAt(from - 1) as number) > 0xffff ? from - 1 : from;
    holder[key] = text.slice(begin);
    begins.set(path, begin);
  }
  return begins;
}

/** The size to which all larger ones have to come down for the sum to fit. */
function level(sizes: number[], room: number): number {
  const sorted = sizes.toSorted((a, b) => a - b);
  let left = room;
  for (const [at, size] of sorted.entries()) {
    const share = left / (sorted.length - at);
    if (size > share) return Math.floor(share);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** @param begin where a text begins already, in characters */
function cut({ holder, key, path }: Part, size: number, begin: number): string {
  const part = holder[key];
  if (typeof part === "string") {
    const kept = within(part, Math.max(size, LEAST));
    holder[key] = kept;
    const end = begin + kept.length;
    const which = begin > 0 ? `characters ${begin} to ${end}` : `the first ${end}`;
    return `${path}: ${which} of ${begin + part.length} characters, TextFrom ${end} reads on`;
  }
  if (Array.isArray(part)) {
    const all = part.length;
    let used = 2;
    let kept = 0;
    while (kept < all && used <= size) used += sizeOf(part[kept++]) + 1;
    part.length = Math.max(1, used > size ? kept - 1 : kept);
    return `${path}: the first ${part.length} of ${all} entries`;
  }
  const entries = Object.entries(part as Json);
  let used = 2;
  const kept = entries.filter(([name, item], at) => {
    used += sizeOf(name) + sizeOf(item) + 2;
    return at === 0 || used <= size;
  });
  holder[key] = Object.fromEntries(kept);
  return `${path === "" ? "the result" : path}: the first ${kept.length} of ${entries.length} fields`;
}

/** The beginning of a text whose JSON has at most so many characters, by whole characters. */
function within(text: string, most: number): string {
  let used = 2;
  let end = 0;
  for (const character of text) {
    used += sizeOf(character) - 2;
    if (used > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** The outermost lists of more than one entry. */
function lists(root: Json): Part[] {
  const found: Part[] = [];
  visit(root, "", (part) => {
    const value = part.holder[part.key];
    if (!Array.isArray(value) || value.length < 2) return true;
    found.push(part);
    return false;
  });
  return found;
}
function strings(root: Json): Part[] {
  const found: Part[] = [];
  visit(root, "", (part) => {
    const value = part.holder[part.key];
    if (typeof value === "string" && value.length > LEAST / 2) found.push(part);
    return true;
  });
  return found;
}
/** Large objects, the outermost; the result itself last of all. */
function fields(root: Json): Part[] {
  const found: Part[] = [];
  visit(root, "", (part) => {
    const value = part.holder[part.key];
    if (typeof value !== "object" || value === null || Array.isArray(value) || part.size < LEAST) return true;
    found.push(part);
    return false;
  });
  return found;
}

/** Calls `look` with every part, from the outside; where it says false, not with what is inside. */
function visit(holder: Json | unknown[], at: string, look: (part: Part) => boolean) {
  for (const [key, value] of Object.entries(holder)) {
    const path = Array.isArray(holder) ? `${at}[${key}]` : at === "" ? key : `${at}.${key}`;
    const inner = typeof value === "object" && value !== null;
    if (!inner && typeof value !== "string") continue;
    const part = { holder: holder as Record<string, unknown>, key, path, size: sizeOf(value) };
    if (look(part) && inner) visit(value as Json, path, look);
  }
}
