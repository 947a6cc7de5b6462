// JSON in which integers have up to 64 bits: beyond 2^53 they are bigint here, with every digit, and plain digits on the wire.
import { parse, stringify } from "lossless-json";

const MIGHT_BE_LARGE = /\d{16}/;

/** @throws SyntaxError */
export function parseJson(text: string): unknown {
  // Almost no response holds such an integer; looking for one costs a hundredth of parsing.
  return MIGHT_BE_LARGE.test(text) ? parse(text, undefined, exactNumber) : JSON.parse(text);
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
