// The one reader of arguments and results by their meaning. Nobody else walks a model, splits a text or looks beside.
import { z } from "zod/v3";
import { bare, type Form, type Meaning, meaningOf, type NameOf } from "./field.ts";

export type Given = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];
export interface Leaf {
  path: Path;
  value: unknown;
  meaning: Meaning | undefined;
  /** The structure that it stands in. */
  around: Given;
}
/** What a parameter that was left out means, where that is everything. */
export const ALL = Symbol("all");

/** In the place of a leaf: itself, and something beside it under another key. */
export class Beside {
  constructor(
    readonly value: unknown,
    readonly key: string,
    readonly beside: unknown,
  ) {}
}

/** A copy with each leaf replaced; undefined leaves it out. A list of plain values is one leaf. */
export function rewrite(model: z.ZodTypeAny, value: unknown, change: (leaf: Leaf) => unknown): unknown {
  const visit = (field: z.ZodTypeAny | undefined, value: unknown, path: Path, around: Given): unknown => {
    const meaning = field && meaningOf(field);
    if (value === undefined) return meaning?.absent ? change({ path, value: ALL, meaning, around }) : undefined;
    const inner = field && bare(field);
    if (!meaning && Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null))
      return value.map((item, at) =>
        visit(inner instanceof z.ZodArray ? inner.element : undefined, item, [...path, at], around),
      );
    if (!meaning && typeof value === "object" && value !== null && !Array.isArray(value)) {
      const given = value as Given;
      const shape = (inner instanceof z.ZodObject ? inner.shape : {}) as z.ZodRawShape;
      const keys = [...Object.keys(shape), ...Object.keys(given).filter((key) => !Object.hasOwn(shape, key))];
      const own = (key: string) => (Object.hasOwn(shape, key) ? shape[key] : undefined);
      const entries = keys.flatMap((key): [string, unknown][] => {
        const item = visit(own(key), Object.hasOwn(given, key) ? given[key] : undefined, [...path, key], given);
        if (!(item instanceof Beside)) return item === undefined ? [] : [[key, item]];
        return [
          [key, item.value],
          [item.key, item.beside],
        ];
      });
      return Object.fromEntries(entries);
    }
    return change({ path, value, meaning, around });
  };
  return visit(model, value, [], {});
}
export function leaves(model: z.ZodTypeAny, value: unknown): Leaf[] {
  const found: Leaf[] = [];
  rewrite(model, value, (leaf) => void found.push(leaf));
  return found;
}

/** A name in a call or a result: of what kind, and whether it fits one thing or many. */
export interface Named {
  kind: string;
  name: string;
  covers: "name" | "prefix" | "pattern" | "all";
}
/** The names in a value, whatever form they have. Policies, titles and suggestions read these. */
export const namesIn = (model: z.ZodTypeAny, value: unknown): Named[] => leaves(model, value).flatMap(namesOf);
function namesOf({ value, meaning, around }: Leaf): Named[] {
  // What comes back can be empty, and names nothing then.
  if (meaning?.is !== "name" || value === null) return [];
  if (value === ALL) return kindsIn(meaning.of, "", around).map((kind) => ({ kind, name: "", covers: "all" }));
  const covers = meaning.form === "prefix" || meaning.form === "pattern" ? meaning.form : "name";
  return apart(meaning.form, value).flatMap((name) =>
    kindsIn(meaning.of, name, around).map((kind) => ({ kind, name, covers })),
  );
}
function kindsIn(of: NameOf, name: string, around: Given): string[] {
  if (typeof of === "string") return [of];
  if ("beside" in of) return [of.kinds[String(around[of.beside])] ?? []].flat();
  const [, kind = of.otherwise] = Object.entries(of.byPrefix).find(([prefix]) => name.startsWith(prefix)) ?? [];
  return kind === undefined ? [] : [kind];
}
function apart(form: Form, value: unknown): string[] {
  const texts = (
    form === "json" ? listIn(String(value)) : form === "commas" ? String(value).split(",") : [value].flat()
  )
    .map((name) => String(name).trim())
    .filter((name) => name !== "");
  // What people call an elastic topic is the part behind the account's number.
  return form === "elastic" ? texts.flatMap((name) => [name, name.replace(/^\d+-/, "")]) : texts;
}
function listIn(json: string): unknown[] {
  try {
    return [JSON.parse(json)].flat();
  } catch {
    return [json];
  }
}

/** Entries of an answer that failed although it is no error, by their paths: Result.ReturnCode. */
export const failuresIn = (model: z.ZodTypeAny, response: unknown): { path: string; value: string }[] =>
  leaves(model, response).flatMap(({ path, value, meaning }) =>
    meaning?.is === "success" && value !== null && !meaning.good.includes(String(value).toLowerCase())
      ? [{ path: pathText(path), value: String(value) }]
      : [],
  );
/** Topic[0].RetentionMs */
export const pathText = (path: Path): string =>
  path.map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");

/** Every field of a model that a meaning is on or that has no fields of its own, with its path; lists are passed through. */
export function fieldsOf(model: z.ZodTypeAny): { path: string; meaning: Meaning | undefined; model: z.ZodTypeAny }[] {
  const visit = (field: z.ZodTypeAny, path: string): ReturnType<typeof fieldsOf> => {
    const meaning = meaningOf(field);
    const inner = bare(field);
    if (!meaning && inner instanceof z.ZodArray) return visit(inner.element, path);
    if (meaning || !(inner instanceof z.ZodObject)) return [{ path, meaning, model: field }];
    return Object.entries(inner.shape as z.ZodRawShape).flatMap(([name, item]) =>
      visit(item, path === "" ? name : `${path}.${name}`),
    );
  };
  return visit(model, "");
}
