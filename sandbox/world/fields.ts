// What world files are written with, and the error that says what is wrong with one.
import { z } from "zod/v3";
import { nearest } from "../../src/text/nearest.ts";

/** What is wrong with a world file, and where. */
export class WorldError extends Error {}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
export const span = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'must be a span like "90m" or "7d"');
export const time = z
  .string()
  .refine(
    (text) => spanLike(text) || !Number.isNaN(Date.parse(text)),
    'must be a time like "-90m" or "2026-01-31T08:00:00Z"',
  )
  .describe("ISO 8601, or relative to the clock like -90m or +2d");
export const spanLike = (text: string) => /^[+-]\d+(ms|s|m|h|d)$/.test(text);
export const count = z.number().int().min(0);
export const text = z.string().min(1);

export const spanMs = (text: string) => Number.parseInt(text, 10) * (UNITS[text.replace(/^[+-]?\d+/, "")] as number);
export const moment = (text: string, now: number) => (/^[+-]/.test(text) ? now + spanMs(text) : Date.parse(text));

const lists = new WeakMap<object, z.ZodTypeAny>();
/**
 * A list that can hold a million items. What is plainly right passes at a tenth of the model's cost, without its defaults;
 * the model says what is wrong with the others.
 */
export function longList<T extends z.ZodTypeAny>(item: T, plain: (item: z.input<T>) => boolean) {
  const list = z.array(item);
  const model = z.unknown().superRefine((given, context) => {
    if (Array.isArray(given) && given.every(plain)) return;
    for (const issue of list.safeParse(given).error?.issues ?? []) context.addIssue(issue);
  });
  lists.set(model._def, list);
  return model as unknown as z.ZodType<z.input<T>[], z.ZodTypeDef, z.input<T>[]>;
}
/** The list that a model stands for, from its definition. */
export const listBehind = (def: object) => lists.get(def);

/** Whether an item is an object with no other fields. */
export function onlyHas(item: unknown, fields: ReadonlySet<string>): item is object {
  if (typeof item !== "object" || item === null) return false;
  for (const key in item) if (!fields.has(key)) return false;
  return true;
}
export const textOrNull = (value: unknown) => value === null || typeof value === "string";

/** What a model has against a file. @param names the fields that could have been meant */
export function problems(error: z.ZodError, names: string[]): string {
  const suggestion = (key: string) => {
    const near = nearest(key, names);
    return near ? ` (did you mean ${near}?)` : "";
  };
  const problem = (issue: z.ZodIssue): string => {
    const where = issue.path.join(".") || "the whole";
    if (issue.code !== "unrecognized_keys") return `${where}: ${issue.message}`;
    return issue.keys.map((key) => `${where}: unknown field ${key}${suggestion(key)}`).join("; ");
  };
  return error.issues.map(problem).slice(0, 5).join("; ");
}
