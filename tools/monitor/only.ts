// What is kept of an answer: the fields of a model and nothing else, however much more the cloud sends. Alarm policies carry
// people's numbers and the secrets of callbacks; nobody asked for those.
import { z } from "zod/v3";
import { bare } from "../../src/model/field.ts";

export function only(wrapped: z.ZodTypeAny, value: unknown): unknown {
  const model = bare(wrapped);
  if (Array.isArray(value)) return model instanceof z.ZodArray ? value.map((item) => only(model.element, item)) : value;
  if (!(model instanceof z.ZodObject) || typeof value !== "object" || value === null) return value;
  const given = value as Record<string, unknown>;
  const fields = Object.entries(model.shape as z.ZodRawShape).filter(([name]) => Object.hasOwn(given, name));
  return Object.fromEntries(fields.map(([name, field]) => [name, only(field, given[name])]));
}
