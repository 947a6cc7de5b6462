// JSON in which integers have up to 64 bits: beyond 2^53 they are bigint here, with every digit, and plain digits on the wire.
import { parse, stringify } from "lossless-json";

/** Integers with fewer digits are exact as doubles. */
const DIGITS = 16;

/** @throws SyntaxError */
export function parseJson(text: string): unknown {
  return hasLongNumber(text) ? parse(text, undefined, exactNumber) : JSON.parse(text);
}

/** Almost no response has one. Looking at every 16th character is enough to find a run of 16 digits. */
function hasLongNumber(text: string): boolean {
  const digit = (at: number) => {
    const code = text.charCodeAt(at);
    return code >= 48 && code <= 57;
  };
  for (let at = DIGITS - 1; at < text.length; at += DIGITS) {
    if (!digit(at)) continue;
    let [first, last] = [at, at];
    while (digit(first - 1)) first -= 1;
    while (digit(last + 1)) last += 1;
    if (last - first + 1 >= DIGITS) return true;
  }
  return false;
}

function exactNumber(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits);
}

export function stringifyJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return stringify(value) as string; // a bigint is in it
  }
}
