// Arguments as they arrive → the input of an action, or one sentence that says what is wrong and what would be right.
import { z } from "zod/v3";
import type { AnyAction } from "../model/action.ts";
import { InputError } from "../model/errors.ts";
import { bare, fullDescription } from "../model/field.ts";
import { begin, few } from "../text/bounded.ts";
import { nearest } from "../text/nearest.ts";
import { SECRET } from "../text/redact.ts";

/** @throws InputError */
export function parse(name: string, action: AnyAction, given: Record<string, unknown>): Record<string, unknown> {
  const exact: Exact[] = [];
  const result = action.input.safeParse(loosen(action.input, given, [], exact));
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => describe(issue, action, given));
    throw new InputError(`${name}: ${few([...new Set(problems)])}. Nothing was sent.`);
  }
  const broken = action.rule?.(result.data);
  if (broken) throw new InputError(`${name}: ${broken}. Nothing was sent.`);
  for (const { path, value } of exact) put(result.data, path, value);
  return result.data;
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

/**
 * Many agents send numbers, flags and lists as strings, true for 1, and null for what they leave out.
 * Where the model asks for the former, the string is read as JSON; nulls are dropped. Nothing else is guessed.
 */
function loosen(wrapped: z.ZodTypeAny, value: unknown, path: Exact["path"], exact: Exact[]): unknown {
  const model = bare(wrapped);
  if (model instanceof z.ZodObject) {
    const object = typeof value === "string" ? asJson(value) : value;
    if (typeof object !== "object" || object === null || Array.isArray(object)) return value;
    const shape = model.shape as z.ZodRawShape;
    return Object.fromEntries(
      Object.entries(object)
        .filter(([, v]) => v !== null)
        .map(([k, v]) => [k, shape[k] && Object.hasOwn(shape, k) ? loosen(shape[k], v, [...path, k], exact) : v]),
    );
  }
  if (model instanceof z.ZodArray) {
    const array = typeof value === "string" ? asJson(value) : value;
    return Array.isArray(array) ? array.map((item, i) => loosen(model.element, item, [...path, i], exact)) : value;
  }
  if (typeof value === "boolean" && isSwitch(model)) return Number(value);
  if (typeof value !== "string" || model instanceof z.ZodString || model instanceof z.ZodEnum) return value;
  const plain = asJson(value.trim());
  if (wantsNumber(model) && typeof plain === "number") {
    if (Number.isInteger(plain) && !Number.isSafeInteger(plain)) {
      // Only plain digits say which integer is meant; of 9007199254740993.0 or 1e30 the model judges the text, and refuses.
      if (!/^-?\d+$/.test(value.trim())) return value;
      exact.push({ path, value: BigInt(value.trim()) });
    }
    return plain;
  }
  if (model instanceof z.ZodBoolean && typeof plain === "boolean") return plain;
  return value;
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

function describe(issue: z.ZodIssue, { input: root, secret }: AnyAction, given: unknown): string[] {
  const where = issue.path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join("");
  const { model, value } = locate(issue.path, root, given);
  // A whole structure of the wrong kind can hold a secret further down.
  const hidden = secret?.some((field) => issue.path.includes(field) || JSON.stringify(value)?.includes(field));
  const got = `got ${hidden ? SECRET : shown(value)}`;
  if (value === undefined && issue.code !== "unrecognized_keys" && issue.code !== "custom")
    return [`${where} is missing (${described(issue.path, root)})`];
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = model instanceof z.ZodObject ? Object.keys(model.shape) : [];
      return issue.keys.map((key) => {
        const near = nearest(key, known);
        const parameter = begin(where === "" ? key : `${where}.${key}`, 100);
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
  let model = bare(root);
  let value = given;
  for (const step of path) {
    if (typeof value === "string") value = asJson(value);
    value = (value as Record<string | number, unknown> | undefined)?.[step];
    if (model instanceof z.ZodArray) model = bare(model.element);
    else if (model instanceof z.ZodObject) model = bare((model.shape as z.ZodRawShape)[step] ?? z.unknown());
  }
  return { model, value };
}

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
  return begin(text, 78);
}
