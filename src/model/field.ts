// What can be read off a model's field.
import { z } from "zod/v3";

/** The model below optional, nullable and refined wrappings. */
export function bare(model: z.ZodTypeAny): z.ZodTypeAny {
  if (model instanceof z.ZodOptional || model instanceof z.ZodNullable) return bare(model.unwrap());
  if (model instanceof z.ZodEffects) return bare(model.innerType());
  return model;
}

/** A description in full: its first line is what the list of tools shows of it. */
export const fullDescription = (description: string) => description.split("\n").filter(Boolean).join(" ");
