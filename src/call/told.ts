// A response in the words of its fields: secrets out, other people's text marked, moments beside their numbers, and once for
// the whole what its codes and units mean. The API's own values keep their types: whoever computes with them can.
import type { z } from "zod/v3";
import { type Clock, isHandle, type Meaning, meaningOf } from "../model/field.ts";
import { Beside, leaves, type Path, rewrite } from "../model/leaves.ts";
import { isCount } from "../model/quantity.ts";
import { isoOf } from "../text/line.ts";
import { SECRET } from "../text/redact.ts";
import { written } from "./moments.ts";

type Json = Record<string, unknown>;
export interface Told {
  value: Json;
  /** What occurs in it: "Status 1: running", "Bandwidth: Mbps". */
  legend: string[];
  /** Pages that end before their list does: "Result.TopicList: 20 of 100; next Offset 20". */
  pages: string[];
}

export function tell(output: z.ZodTypeAny, input: z.ZodTypeAny, given: object, response: Json): Told {
  const legend = new Map<string, string>();
  const pages: string[] = [];
  const asked = leaves(input, given);
  const skip = asked.find(({ meaning }) => meaning?.is === "skip");
  const parameter = skipOf(input);
  const spans = spansIn(output, response);
  const value = rewrite(output, response, ({ path, value, meaning, around }) => {
    if (meaning?.is === "secret") return value === null ? undefined : isHandle(value, meaning) ? value : SECRET;
    // A text that is known to stand for something is not somebody's words: RUNNING for no error. Where it is the answer, nothing
    // and an empty text are kept apart: a tombstone is no empty value. Not in every row of a list.
    if (meaning?.is === "foreign" && meaning.special?.[String(value)] === undefined)
      return (value === null || value === "") && path.some((step) => typeof step === "number")
        ? undefined
        : { untrusted: value };
    if (meaning?.is === "total" && parameter && typeof value === "number") {
      const shown = (around[meaning.list] as unknown[] | null | undefined)?.length ?? 0;
      const begin = Number(skip?.value ?? 0);
      const end = begin + shown;
      const where = [...path.slice(0, -1), meaning.list].filter((step) => typeof step === "string").join(".");
      if (end < value && shown > 0)
        pages.push(`${where}: ${shown} of ${value}${begin > 0 ? `, from ${begin} on` : ""}; next ${parameter} ${end}`);
    }
    // What the call itself said needs no explaining.
    if (!asked.some((leaf) => leaf.path.at(-1) === path.at(-1) && leaf.value === value))
      explain(legend, path, value, meaning);
    const ms = momentOf(value, meaning);
    if (ms === undefined) return value;
    const field = String(path.at(-1));
    const span = spans.get(field);
    return span && span.times >= MANY ? value : new Beside(value, `${field} (ISO)`, isoOf(ms));
  }) as Json;
  for (const [field, { times, clock, first, last }] of spans)
    if (times >= MANY)
      legend.set(
        field,
        `${field}: epoch ${clock}, ${written(first, clock)} is ${isoOf(first)}${last > first ? `, ${written(last, clock)} is ${isoOf(last)}` : ""}`,
      );
  return { value: (pruned(value) ?? {}) as Json, legend: [...legend.values()], pages };
}

/** In a list as long as this, a moment is not written out in every row: the legend tells its first and its last. */
const MANY = 5;
interface Span {
  times: number;
  clock: Clock;
  /** Milliseconds since the epoch. */
  first: number;
  last: number;
}
function spansIn(output: z.ZodTypeAny, response: Json): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const { path, value, meaning } of leaves(output, response)) {
    const ms = momentOf(value, meaning);
    if (ms === undefined || meaning?.is !== "time") continue;
    const field = String(path.at(-1));
    const { times, first, last } = spans.get(field) ?? { times: 0, first: ms, last: ms };
    spans.set(field, {
      times: times + 1,
      clock: meaning.clock,
      first: Math.min(first, ms),
      last: Math.max(last, ms),
    });
  }
  return spans;
}

/** Milliseconds since the epoch, where a number is a moment and no special value. */
function momentOf(value: unknown, meaning: Meaning | undefined): number | undefined {
  if (meaning?.is !== "time" || typeof value !== "number" || value <= 0) return undefined;
  if (meaning.special?.[String(value)] !== undefined) return undefined;
  return meaning.clock === "s" ? value * 1000 : meaning.clock === "ms" ? value : undefined;
}

/** The parameter that says where a page begins. */
export const skipOf = (input: z.ZodTypeAny): string | undefined => parameterOf(input, "skip");
export const sizeOf = (input: z.ZodTypeAny): string | undefined => parameterOf(input, "size");
function parameterOf(input: z.ZodTypeAny, is: Meaning["is"]): string | undefined {
  const shape = (input as z.AnyZodObject).shape as z.ZodRawShape;
  return Object.keys(shape).find((name) => meaningOf(shape[name] as z.ZodTypeAny)?.is === is);
}

function explain(legend: Map<string, string>, path: Path, value: unknown, meaning: Meaning | undefined) {
  if (!meaning || value === null || value === undefined || value === "") return;
  const field = String(path.findLast((step) => typeof step === "string"));
  const special = meaning.special?.[String(value)];
  if (special !== undefined) legend.set(`${field} ${value}`, `${field} ${value}: ${special}`);
  if (meaning.is === "code")
    for (const code of [value].flat()) {
      const word = meaning.words[String(code)] ?? "not documented";
      // A name that is its own word needs no other.
      if (word.toLowerCase() === String(code).toLowerCase()) continue;
      const [before, said] = [legend.get(`${field}?`), `${code}: ${word}`];
      if (!before) legend.set(`${field}?`, `${field} ${said}`);
      else if (!`${before},`.includes(` ${said},`)) legend.set(`${field}?`, `${before}, ${said}`);
    }
  if (meaning.is === "quantity" && !isCount(meaning.unit)) legend.set(field, `${field}: ${meaning.unit}`);
  if (meaning.is === "time" && meaning.clock === "Beijing") legend.set(field, `${field}: Beijing time`);
  if (meaning.brief) legend.set(`${field}!`, `${field}: ${meaning.brief}`);
}

/**
 * Without nulls, empty texts and empty structures. Of lists, an empty one stays where it is the answer.
 */
function pruned(value: unknown, depth = 0): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    if (value.length === 0) return depth <= 2 ? value : undefined;
    const items = value.map((item) => pruned(item, depth + 9)).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value !== "object" || "untrusted" in value) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const kept = pruned(item, depth + 1);
    return kept === undefined ? [] : [[key, kept]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
