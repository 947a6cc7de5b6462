// JSON in which integers have up to 64 bits: beyond 2^53 they are bigint here, with every digit, and plain digits on the wire.
import { parse, stringify } from "lossless-json";

/** Integers with fewer digits are exact as doubles. */
const DIGITS = 16;

/** @throws SyntaxError */
export function parseJson(text: string): unknown {
  if (nextRun(text, DIGITS - 1) === undefined) return JSON.parse(text);
  const mark = unusedMark(text);
  // Who writes all of them gets the slow way.
  if (mark === undefined)
    return parse(text, undefined, { parseNumber: exact, onDuplicateKey: ({ newValue }) => newValue });
  try {
    return unmarked(JSON.parse(marked(text, mark, false)), mark);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  try {
    return unmarked(JSON.parse(marked(text, mark, true)), mark);
  } catch {
    // What it says is about the text as it is.
    return JSON.parse(text);
  }
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** A run of 16 digits or more, looked for from a position on: looking at every 16th character is enough to find one. */
function nextRun(text: string, from: number): [first: number, last: number] | undefined {
  for (let at = from; at < text.length; at += DIGITS) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let [first, last] = [at, at];
    while (isDigit(text.charCodeAt(first - 1))) first -= 1;
    while (isDigit(text.charCodeAt(last + 1))) last += 1;
    if (last - first + 1 >= DIGITS) return [first, last];
    at = last;
  }
  return undefined;
}

/**
 * The text in which long integers are strings that begin with a mark, so that the engine's own parser keeps their digits.
 * @param careful whether strings are told apart. Without, a run of digits in one is taken for a number where it looks like
 * one: its quotation mark then ends the string, and the mark stands where nothing but JSON may, which no parser lets pass.
 */
function marked(text: string, mark: string, careful: boolean): string {
  const begin = `"${mark}`;
  let out = "";
  const inString = careful ? stringsOf(text) : () => false;
  let from = 0;
  for (let run = nextRun(text, DIGITS - 1); run; run = nextRun(text, run[1] + DIGITS)) {
    const last = run[1];
    const first = text.charCodeAt(run[0] - 1) === MINUS ? run[0] - 1 : run[0];
    if (!standsAlone(text, run[0], first, last) || inString(first)) continue;
    out += `${text.slice(from, first)}${begin}${text.slice(first, last + 1)}"`;
    from = last + 1;
  }
  return out + text.slice(from);
}

const [COMMA, MINUS, ZERO, COLON, OPEN, BACKSLASH, CLOSE, END] = [44, 45, 48, 58, 91, 92, 93, 125];

/** Whether digits are the whole of a value, and not a key, a fraction, an exponent or digits that JSON does not let begin with 0. */
function standsAlone(text: string, digits: number, first: number, last: number): boolean {
  const before = text.charCodeAt(first - 1);
  if (text.charCodeAt(digits) === ZERO) return false;
  if (first > 0 && before !== COLON && before !== COMMA && before !== OPEN && before > 32) return false;
  let after = last + 1;
  while (text.charCodeAt(after) <= 32) after += 1;
  const next = text.charCodeAt(after);
  return after === text.length || next === COMMA || next === END || next === CLOSE;
}

/** Tells of positions, asked in order, whether they are within a string. */
function stringsOf(text: string): (position: number) => boolean {
  let inside = false;
  const next = (from: number) => text.indexOf('"', from);
  let quote = next(0);
  return (position) => {
    while (quote >= 0 && quote < position) {
      let before = quote - 1;
      while (inside && text.charCodeAt(before) === BACKSLASH) before -= 1;
      // After an odd number of backslashes it is a character like others.
      if (!inside || (quote - 1 - before) % 2 === 0) inside = !inside;
      quote = next(quote + 1);
    }
    return inside;
  };
}

/**
 * A character with which no string of the text can begin, as it stands or as an escape. Of those that hardly any text has, but
 * within Latin-1: any other would make the engine keep the whole text in twice the memory, and read it half as fast.
 */
function unusedMark(text: string): string | undefined {
  for (let code = 0x80; code < 0x90; code += 1) {
    const mark = String.fromCharCode(code);
    if (text.includes(mark)) continue;
    if (!text.includes("\\u") || !new RegExp(`\\\\u00${code.toString(16)}`, "i").test(text)) return mark;
  }
  return undefined;
}

/** Makes integers of what was marked, in place. */
function unmarked(value: unknown, mark: string): unknown {
  const code = mark.charCodeAt(0);
  if (typeof value === "string") return value.charCodeAt(0) === code ? exact(value.slice(1)) : value;
  if (typeof value !== "object" || value === null) return value;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const item = holder[key];
    if (typeof item === "object" && item !== null) unmarked(item, mark);
    else if (typeof item === "string" && item.charCodeAt(0) === code) holder[key] = exact(item.slice(1));
  }
  return value;
}

/** @param digits as a number stands in JSON */
function exact(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) || /[.eE]/.test(digits) ? number : BigInt(digits);
}

/** For a person: the same JSON with a line for each part. */
export const indented = (text: string): string => stringify(parseJson(text), undefined, 2) ?? text;

export function stringifyJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return stringify(value) as string; // a bigint is in it
  }
}
