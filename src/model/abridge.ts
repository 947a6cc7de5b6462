// Large nested models that the list of tools shows only a part of.
import type { z } from "zod/v3";
import type { Input } from "./action.ts";

/** Models of which the list of tools shows only some fields, by their shape, which outlives .describe(). */
const abridged = new WeakMap<object, Input>();

/**
 * Shows only these fields of a large nested model in the list of tools, or its first one: some clients refuse an object
 * without any. The description must say what the rest is about.
 */
export function abridge<M extends Input>(model: M, ...fields: (keyof M["shape"] & string)[]): M {
  const first = Object.keys(model.shape)[0] as string;
  const shown = fields.length > 0 ? fields : [first];
  abridged.set(
    model._def.shape,
    model.pick(Object.fromEntries(shown.map((f) => [f, true])) as never).partial() as never,
  );
  return model;
}

/** The part of a model that the list shows, if not the whole. */
export function abridgement(def: z.ZodTypeDef): z.ZodTypeAny | undefined {
  const part = "shape" in def ? abridged.get(def.shape as object) : undefined;
  return part?.describe(def.description ?? "");
}
