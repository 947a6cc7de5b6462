// A field of a model says what it means, once. Validation, the list of tools, DescribeAction, results, previews, policy,
// redaction and suggestions read it from here; none of them knows a field by its name.
//
// The meaning stands in the model's own definition under a symbol: zod's modifiers copy the definition or wrap it, so the
// meaning outlives .optional(), .nullable() and .refine(), where a map by instance would lose it.
import { z } from "zod/v3";
import type { Quantity, Unit } from "./quantity.ts";

/** Value → word. */
export type Words = Readonly<Record<string | number, string>>;
/** How the API writes a moment: epoch seconds or milliseconds, Beijing time without a zone, or ISO 8601. */
export type Clock = "s" | "ms" | "Beijing" | "ISO";
/**
 * How names stand in a value: one; a list; one text with commas; a JSON text of a list; a prefix or a regular expression
 * that fits many; an elastic topic's full name, which begins with the account's number.
 */
export type Form = "one" | "list" | "commas" | "json" | "prefix" | "pattern" | "elastic";
/**
 * The kind of what is named; where a field beside it decides, that field and the kinds by its value; where the name itself
 * tells, the kinds by what it begins with, and what any other name is of, if that is known.
 */
export type NameOf = string | { beside: string; kinds: Words } | { byPrefix: Words; otherwise?: string };
export type Meaning = (
  | { is: "quantity"; unit: Unit }
  | { is: "code"; words: Words }
  | { is: "time"; clock: Clock }
  | { is: "name"; of: NameOf; form: Form }
  /** Success as text in lower case: the API writes 0, "0", "ok" and "OK" for it. Anything else failed. */
  | { is: "success"; good: readonly string[] }
  /** How many entries a list has in all; the list stands beside it. */
  | { is: "total"; list: string }
  /** Where a page of a list begins, and how long it is. */
  | { is: "skip" }
  | { is: "size"; usual: number }
  /** With the kind of handle that can stand for it: what an answer brought is kept for the person, and named by that. */
  | { is: "secret"; handle?: string }
  | { is: "foreign" | "plain" }
) &
  More;
export interface More {
  /** A few words for the list of tools, where the name misleads. */
  brief?: string;
  /** Values that are no quantity and no moment, and what they stand for: -1, no limit. */
  special?: Words;
  /** What replaces it. */
  deprecated?: string;
  /** What it means when it is left out, where that is everything. */
  absent?: "all";
}

const MEANING = Symbol("meaning");
interface Def extends z.ZodTypeDef {
  [MEANING]?: Meaning;
  innerType?: z.ZodTypeAny;
  schema?: z.ZodTypeAny;
}
/** What comes out has a meaning, what goes over the wire is plain; nothing is transformed. */
export type Field<Out, In = Out> = z.ZodType<Out, z.ZodTypeDef, In>;
export function meant<Out, In>(model: z.ZodTypeAny, meaning: Meaning, about: string): Field<Out, In> {
  const Model = model.constructor as new (def: object) => z.ZodTypeAny;
  return new Model({ ...model._def, [MEANING]: meaning, description: about }) as never;
}
/** Through optional, nullable and refined wrappings. */
export function meaningIn(def: z.ZodTypeDef): Meaning | undefined {
  const { [MEANING]: own, innerType, schema } = def as Def;
  const inner = innerType ?? schema;
  return own ?? (inner && meaningIn(inner._def));
}
export const meaningOf = (model: z.ZodTypeAny) => meaningIn(model._def);

/** The model below optional, nullable and refined wrappings. */
export function bare(model: z.ZodTypeAny): z.ZodTypeAny {
  if (model instanceof z.ZodOptional || model instanceof z.ZodNullable) return bare(model.unwrap());
  if (model instanceof z.ZodEffects) return bare(model.innerType());
  return model;
}

/** A description in full: its first line is what the list of tools shows of it. */
export const fullDescription = (description: string) => description.split("\n").filter(Boolean).join(" ");

/** Bounds are options, not chained calls: .min() returns a plain number model and would lose the unit's type. */
export interface Bounds {
  min?: number;
  max?: number;
  step?: number;
}
export type Told = Bounds & More;
function bounded({ min, max, step }: Bounds): z.ZodNumber {
  const from = min === undefined ? z.number().int() : z.number().int().min(min);
  const within = max === undefined ? from : from.max(max);
  return step === undefined ? within : within.multipleOf(step, `must be a multiple of ${step}`);
}
function more({ min: _, max: __, step: ___, ...told }: Told): More {
  return told;
}

export const quantity = <U extends Unit>(unit: U, about: string, told: Told = {}): Field<Quantity<U>, number> =>
  meant(bounded(told), { is: "quantity", unit, ...more(told) }, about);
/** An amount that need not be whole, in results. */
export const measure = <U extends Unit>(unit: U, about: string, told: More = {}): Field<Quantity<U>, number> =>
  meant(z.number(), { is: "quantity", unit, ...told }, about);
export const integer = (about: string, told: Told = {}): Field<number> =>
  meant(bounded(told), { is: "plain", ...more(told) }, about);
export const text = (about: string, told: More = {}): Field<string> =>
  meant(z.string().min(1), { is: "plain", ...told }, about);
export const flag = (about: string, told: More = {}): Field<boolean> =>
  meant(z.boolean(), { is: "plain", ...told }, about);
/** Somebody else's words. Results mark them as data, previews quote them. */
export const foreign = (about: string, told: More = {}): Field<string> =>
  meant(z.string(), { is: "foreign", ...told }, about);
/** A structure in which somebody else's words stand. */
export const foreignOf = <T extends z.ZodTypeAny>(model: T, about: string): Field<z.output<T>, z.input<T>> =>
  meant(model, { is: "foreign" }, about);
export const success = <In extends string | number = string>(...good: string[]): Field<string | number, In> =>
  meant(z.union([z.string(), z.number()]), { is: "success", good }, `Success is ${good.join(", ")}.`);
type NameForm = { form?: Exclude<Form, "list"> };
export const name = (of: NameOf, about: string, { form = "one", ...told }: More & NameForm = {}): Field<string> =>
  meant(z.string().min(1), { is: "name", of, form, ...told }, about);
export const names = (of: NameOf, about: string, told: More = {}): Field<string[]> =>
  meant(z.array(z.string().min(1)).min(1), { is: "name", of, form: "list", ...told }, about);
/** @param list the field beside it that holds the entries of the page */
export const total = (list: string): Field<number> =>
  meant(z.number(), { is: "total", list }, "How many entries there are in all.");

declare const instant: unique symbol;
/** A moment as the API writes it; two clocks never mix. */
export interface Instant<C extends Clock> {
  readonly [instant]: C;
}
type Written<C extends Clock> = C extends "s" | "ms" ? number : string;
export const time = <C extends Clock>(clock: C, about: string, told: More = {}): Field<Instant<C>, Written<C>> =>
  meant(clock === "s" || clock === "ms" ? since1970(told) : z.string(), { is: "time", clock, ...told }, about);
/** Nothing is before 1970 but the values that stand for something else. */
const since1970 = ({ special = {} }: More) =>
  z
    .number()
    .int()
    .min(Math.min(0, ...Object.keys(special).map(Number)));

/** A moment that we made ourselves, on the clock that a field has. */
export const instantOf = <C extends "s" | "ms">(epoch: number, _clock: C) => epoch as unknown as Instant<C>;

declare const hidden: unique symbol;
/** Sent, and shown nowhere: no line can hold it. */
export interface Secret {
  readonly [hidden]: true;
}
export const secret = (about: string, told: More & { handle?: string } = {}): Field<Secret, string> =>
  meant(z.string(), { is: "secret", ...told }, about);
/** Whether a handle stands in the place of a secret, like token-1a2b3c4d: that one can be shown. */
export const isHandle = (value: unknown, meaning: Meaning | undefined): value is string =>
  meaning?.is === "secret" &&
  meaning.handle !== undefined &&
  typeof value === "string" &&
  value.startsWith(`${meaning.handle}-`) &&
  /^[0-9a-f]{8}$/.test(value.slice(meaning.handle.length + 1));
export const object = <S extends z.ZodRawShape>(shape: S) => z.object(shape).strict();

/** Codes and their words stand once, for inputs, results, previews, what is watched. */
export function codes<const W extends Words>(words: W) {
  type Code = keyof W & (string | number);
  const values = Object.keys(words).map((key) => (/^-?\d+$/.test(key) ? Number(key) : key)) as Code[];
  const entries = values.map((value) => [words[value as keyof W], value]);
  return {
    words,
    values,
    /** `InstanceStatus.code.running`, for what compares; a word that there is not does not compile. */
    code: Object.fromEntries(entries) as { readonly [C in Code as W[C]]: C },
    /** One of these values and no other. */
    field: (about: string, told: More = {}): Field<Code> => meant(oneOf(values), { is: "code", words, ...told }, about),
    /** In results: the cloud may know more of them. */
    open: (about: string, told: More = {}): Field<Code extends number ? number : string> =>
      meant(typeof values[0] === "number" ? z.number() : z.string(), { is: "code", words, ...told }, about),
  };
}
/** One literal, an enumeration of texts, or a union of numbers: each has a JSON Schema that every client takes. */
function oneOf(values: (string | number)[]): z.ZodTypeAny {
  if (values.every((value) => typeof value === "string")) return z.enum(values as [string, ...string[]]);
  const literals: z.ZodTypeAny[] = values.map((value) => z.literal(value));
  return literals.length === 1 ? (literals[0] as z.ZodTypeAny) : z.union(literals as never);
}
