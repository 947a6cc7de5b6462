// Arguments as they arrive → the input of an action, or one sentence that says what is wrong and what would be right.
import { z } from "zod/v3";
import type { AnyAction } from "../model/action.ts";
import { InputError } from "../model/errors.ts";
import { bare, fullDescription, meaningOf } from "../model/field.ts";
import { ALL, fieldsOf, type Leaf, leaves, pathText } from "../model/leaves.ts";
import { nearest } from "../text/nearest.ts";
import { SECRET } from "../text/redact.ts";
import { converted, wrongIn } from "./moments.ts";

/** @throws InputError */
export function parse(
  name: string,
  action: Pick<AnyAction, "input" | "rule">,
  given: Record<string, unknown>,
  now: number = Date.now(),
): Record<string, unknown> {
  const exact: Exact[] = [];
  const result = action.input.safeParse(loosen(action.input, given, { path: [], exact, now }));
  if (!result.success) {
    // What was misspelt first: it may be what is missing.
    const unknown = ({ code }: z.ZodIssue) => (code === "unrecognized_keys" ? 0 : 1);
    const issues = result.error.issues.toSorted((a, b) => unknown(a) - unknown(b));
    const problems = issues.flatMap((issue) => describe(issue, action, given));
    throw new InputError(`${name}: ${bounded([...new Set(problems)])}. Nothing was sent.`);
  }
  const odd = leaves(action.input, result.data).flatMap(oddity);
  if (odd.length > 0) throw new InputError(`${name}: ${bounded(odd)}. Nothing was sent.`);
  const broken = action.rule?.(result.data);
  if (broken) throw new InputError(`${name}: ${broken}. Nothing was sent.`);
  for (const { path, value } of exact) put(result.data, path, value);
  return result.data;
}

/** Problems that somebody reads before they call again. */
const MOST_PROBLEMS = 12;
const bounded = (problems: string[]) =>
  problems.length <= MOST_PROBLEMS
    ? problems.join("; ")
    : `${problems.slice(0, MOST_PROBLEMS).join("; ")}; and ${problems.length - MOST_PROBLEMS} more problems`;

/** What a model of zod does not see: a wrong magnitude, a day that there is not. */
function oddity({ path, value, meaning }: Leaf): string[] {
  if (meaning?.is !== "time" || value === ALL) return [];
  const wrong = wrongIn(value, meaning.clock, meaning.special);
  return wrong ? [`${pathText(path)} ${wrong}, got ${shown(value)}`] : [];
}

/** An integer beyond 2^53 that came as text: judged by its nearest double, sent with all its digits. */
interface Exact {
  path: (string | number)[];
  value: bigint;
}
function put(root: Record<string | number, unknown>, path: (string | number)[], value: bigint) {
  const last = path.at(-1) as string | number;
  const holder = path.slice(0, -1).reduce((at, step) => at[step] as Record<string | number, unknown>, root);
  holder[last] = value;
}

interface Loosening {
  path: (string | number)[];
  exact: Exact[];
  /** Milliseconds since the epoch, for times that are relative to it. */
  now: number;
}
/**
 * Many agents send numbers, flags and lists as strings, true for 1, null for what they leave out, a number for an id that is
 * text, a list for a text that holds one, and moments in ISO 8601. Where the model asks for the former, the latter is read
 * as it; nulls are dropped. Nothing else is guessed.
 */
function loosen(wrapped: z.ZodTypeAny, value: unknown, { path, exact, now }: Loosening): unknown {
  const model = bare(wrapped);
  const meaning = meaningOf(wrapped);
  if (model instanceof z.ZodObject) {
    const object = typeof value === "string" ? asJson(value) : value;
    if (typeof object !== "object" || object === null || Array.isArray(object)) return value;
    const shape = model.shape as z.ZodRawShape;
    return Object.fromEntries(
      Object.entries(object)
        .filter(([, v]) => v !== null)
        .map(([k, v]) => {
          const field = Object.hasOwn(shape, k) ? shape[k] : undefined;
          return [k, field ? loosen(field, v, { path: [...path, k], exact, now }) : v];
        }),
    );
  }
  if (model instanceof z.ZodArray) {
    const array = typeof value === "string" ? asJson(value) : value;
    if (!Array.isArray(array)) return value;
    return array.map((item, i) => loosen(model.element, item, { path: [...path, i], exact, now }));
  }
  if (meaning?.is === "name" && Array.isArray(value)) {
    if (meaning.form === "json") return JSON.stringify(value);
    if (meaning.form === "commas") return value.join(",");
  }
  if (model instanceof z.ZodString && Number.isSafeInteger(value)) return String(value);
  if (meaning?.is === "time") {
    const moment = converted(value, meaning.clock, now);
    if (moment !== value) return moment;
  }
  if (typeof value === "boolean" && isSwitch(model)) return Number(value);
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && wantsNumber(model))
    return new Inexact(value);
  if (typeof value !== "string" || model instanceof z.ZodString || model instanceof z.ZodEnum) return value;
  const plain = asJson(value.trim());
  if (wantsNumber(model) && typeof plain === "number") {
    if (Number.isInteger(plain) && !Number.isSafeInteger(plain)) {
      // Only plain digits say which integer is meant; of 9007199254740993.0 or 1e30 the model judges the text, and refuses.
      if (!/^-?\d+$/.test(value.trim())) return value;
      const digits = BigInt(value.trim());
      if (digits > LARGEST || digits < -LARGEST - 1n) return new Inexact(plain);
      exact.push({ path, value: digits });
    }
    return plain;
  }
  if (model instanceof z.ZodBoolean && typeof plain === "boolean") return plain;
  return value;
}
/** Integers of the API have 64 bits. */
const LARGEST = 2n ** 63n - 1n;
/** In the place of a number of which nobody knows which integer was meant. No model takes it. */
class Inexact {
  constructor(readonly number: number) {}
}

/** The API's switches are 0 and 1; true and false mean nothing else. */
const isSwitch = (model: z.ZodTypeAny) =>
  model instanceof z.ZodUnion && String((model.options as z.ZodLiteral<unknown>[]).map((o) => o.value)) === "0,1";

function wantsNumber(model: z.ZodTypeAny): boolean {
  if (model instanceof z.ZodUnion) return (model.options as z.ZodTypeAny[]).every(wantsNumber);
  return model instanceof z.ZodNumber || (model instanceof z.ZodLiteral && typeof model.value === "number");
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describe(issue: z.ZodIssue, { input: root }: Pick<AnyAction, "input">, given: unknown): string[] {
  const where = issue.path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join("");
  const { model, value } = locate(issue.path, root, given);
  // A whole structure of the wrong kind can hold a secret further down.
  const hidden = meaningOf(model)?.is === "secret" || fieldsOf(model).some((field) => field.meaning?.is === "secret");
  if (
    typeof value === "number" &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    issue.code === "invalid_type"
  )
    return [`${where} is beyond 2^53, where a JSON number loses digits: give it as text, in digits`];
  if (typeof value === "string" && /^-?\d{17,}$/.test(value.trim()) && issue.code === "invalid_type")
    return [`${where} must have at most 64 bits (9223372036854775807), got ${shown(value)}`];
  const got = `got ${hidden ? SECRET : shown(value)}`;
  if (value === undefined && issue.code !== "unrecognized_keys" && issue.code !== "custom")
    return [`${where} is missing (${described(issue.path, root)})`];
  switch (issue.code) {
    case "unrecognized_keys": {
      const inner = bare(model);
      const known = inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
      return issue.keys.map((key) => {
        const near = nearest(key, known);
        const parameter = where === "" ? key : `${where}.${key}`;
        return `${parameter} is not a parameter${near ? ` (did you mean ${near}?)` : ` (there are: ${known.join(", ")})`}`;
      });
    }
    case "invalid_type":
      return [`${where} must be ${article(issue.expected)}, ${got} (${described(issue.path, root)})`];
    case "invalid_enum_value":
      return [
        `${where} must be one of ${issue.options.map(shown).join(", ")}, ${got}${suggestion(value, issue.options)}`,
      ];
    case "invalid_literal":
      return [`${where} must be ${shown(issue.expected)}, ${got}`];
    case "invalid_union": {
      const allowed = issue.unionErrors
        .flatMap((e) => e.issues)
        .flatMap((i) => (i.code === "invalid_literal" ? [i.expected] : []));
      return [`${where} must be one of ${allowed.map(shown).join(", ")}, ${got}`];
    }
    case "too_small":
    case "too_big": {
      const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      if (issue.type === "string")
        return [issue.code === "too_small" ? `${where} must not be empty` : `${where} may have ${bound} characters`];
      if (issue.type === "array") return [`${where} must have ${bound} entr${bound.endsWith(" 1") ? "y" : "ies"}`];
      return [`${where} must be ${bound}, ${got}`];
    }
    case "not_multiple_of":
      return [`${where} must be a multiple of ${issue.multipleOf}, ${got}`];
    default:
      return [`${where} ${issue.message}, ${got}`];
  }
}

/** The model and the value that a path leads to. */
function locate(
  path: (string | number)[],
  root: z.ZodTypeAny,
  given: unknown,
): { model: z.ZodTypeAny; value: unknown } {
  let model: z.ZodTypeAny = root;
  let value = given;
  for (const step of path) {
    if (typeof value === "string") value = asJson(value);
    value = (value as Record<string | number, unknown> | undefined)?.[step];
    if (bare(model) instanceof z.ZodArray) model = (bare(model) as z.AnyZodObject & { element: z.ZodTypeAny }).element;
    else if (bare(model) instanceof z.ZodObject) model = fieldAt(bare(model) as z.AnyZodObject, step);
  }
  return { model, value };
}

const fieldAt = ({ shape }: z.AnyZodObject, step: string | number): z.ZodTypeAny =>
  Object.hasOwn(shape, step) ? shape[step] : z.unknown();

/** The description of a parameter, without its full stop. */
function described(path: (string | number)[], root: z.ZodTypeAny): string {
  return fullDescription(locate(path, root, undefined).model.description ?? "required").replace(/\.$/, "");
}

function article(type: string): string {
  return { array: 'a list, like ["a"]', object: "an object", integer: "an integer" }[type] ?? `a ${type}`;
}

function suggestion(value: unknown, options: readonly (string | number)[]): string {
  const near = typeof value === "string" ? nearest(value, options.map(String)) : undefined;
  return near ? ` (did you mean ${near}?)` : "";
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
