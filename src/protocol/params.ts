// What stands around a call or a prompt in the protocol: its name and its arguments, or a sentence about what is wrong with them.
import { RequestError } from "./errors.ts";

type Params = Record<string, unknown>;

/** @throws RequestError */
export function nameOf({ name }: Params): string {
  if (typeof name === "string") return name;
  throw new RequestError(`The name must be a string, got ${kind(name)}.`);
}

/** @throws RequestError */
export function argumentsOf({ arguments: given }: Params): Params {
  if (given === undefined || given === null) return {};
  if (typeof given === "object" && !Array.isArray(given)) return given as Params;
  throw new RequestError(`The arguments must be an object, got ${kind(given)}.`);
}

/** A prompt takes texts; some clients send a number for one that looks like it. @throws RequestError */
export function textsOf(given: Params): Record<string, string> {
  const texts = Object.entries(given).flatMap(([key, value]): [string, string][] => {
    if (value === null) return [];
    if (typeof value === "object") throw new RequestError(`Argument ${key} must be a string, got ${kind(value)}.`);
    return [[key, String(value)]];
  });
  return Object.fromEntries(texts);
}

function kind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
