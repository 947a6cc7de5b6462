// What may be written down of a call: everything but its secrets, and of long arguments a sum. Secrets go by where they
// stand, and not by how they read.
import { createHash } from "node:crypto";
import type { z } from "zod/v3";
import { isHandle } from "../model/field.ts";
import { ALL, leaves, rewrite } from "../model/leaves.ts";

/** What stands in the place of a secret. */
export const SECRET = "(secret)";
/** Characters of an argument that are kept. What is longer stands there by its length and SHA-256. */
const LONGEST = 1_000;
/** Shorter values are words that stand in other places by chance. */
const SHORTEST = 4;

/** For the audit, and for what waits: a copy without secrets and other people's words, each value bounded. */
export const written = (model: z.ZodTypeAny, input: unknown): unknown =>
  rewrite(model, input, ({ value, meaning }) => {
    if (value === ALL) return undefined;
    if (meaning?.is === "secret") return isHandle(value, meaning) ? value : SECRET;
    const text = typeof value === "string" ? value : JSON.stringify(plain(value));
    if (meaning?.is === "foreign" || text.length > LONGEST) return sumOf(text);
    return plain(value);
  });
/** In the place of a text that is not kept. */
export const sumOf = (text: string) =>
  `(${text.length} characters, sha256 ${createHash("sha256").update(text).digest("hex")})`;
const plain = (value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : Array.isArray(value) ? value.map(plain) : value;

/** The secrets among a call's arguments, as they are and as JSON spells them; the longest first, for one can hold another. */
export const secretsIn = (model: z.ZodTypeAny, input: unknown): string[] =>
  leaves(model, input)
    .flatMap(({ value, meaning }) => (meaning?.is === "secret" && !isHandle(value, meaning) ? [value].flat() : []))
    .filter((value): value is string => typeof value === "string" && value.length >= SHORTEST)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
/** A text about a call, which may quote its arguments, without these values. */
export const without = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, value) => left.replaceAll(value, SECRET), text);
