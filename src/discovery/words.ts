// A model as JSON Schema, with words made from what its fields mean.
import type { z } from "zod/v3";
import { ignoreOverride, zodToJsonSchema } from "zod-to-json-schema";
import { type Clock, fullDescription, type Meaning, meaningIn, type Words } from "../model/field.ts";
import { isCount } from "../model/quantity.ts";
import type { Schema } from "./advertised.ts";

const CLOCKS: Record<Clock, string> = {
  s: "epoch s",
  ms: "epoch ms",
  Beijing: "Beijing time, YYYY-MM-DD hh:mm:ss",
  ISO: "ISO 8601 with zone",
};

/** A few words for the list, where the bare name would mislead: the field's own, or else its unit. */
export function briefly(meaning: Meaning): string {
  if (meaning.deprecated) return `Deprecated: ${meaning.deprecated}`;
  if (meaning.brief !== undefined) return meaning.brief;
  if (meaning.is === "quantity" && !isCount(meaning.unit)) return meaning.unit;
  return "";
}

/** All that there is to say of a field, for DescribeAction: its description, then unit, codes, clock and what is special. */
export function fully(meaning: Meaning, about: string): string {
  const codes = meaning.is === "code" && !Object.values(meaning.words).every((word) => sounds(word, about));
  const parts = [
    about.trim(),
    meaning.is === "quantity" && !sounds(meaning.unit, about) ? `Unit: ${meaning.unit}.` : "",
    codes && meaning.is === "code" ? `${listed(meaning.words)}.` : "",
    meaning.is === "time" && !/epoch|ISO|Beijing/.test(about) ? `As ${CLOCKS[meaning.clock]}.` : "",
    meaning.special && !Object.keys(meaning.special).every((value) => about.includes(value))
      ? `${listed(meaning.special)}.`
      : "",
    meaning.deprecated ? `Deprecated: ${meaning.deprecated}.` : "",
  ];
  return parts.filter(Boolean).join(" ");
}
const listed = (words: Words) =>
  Object.entries(words)
    .map(([value, word]) => (value.toLowerCase() === word.toLowerCase() ? value : `${value} ${word}`))
    .join(", ");
const sounds = (word: string, text: string) => text.toLowerCase().includes(word.toLowerCase());

/**
 * @param words what is said of a field with a meaning, or of one that is only described
 * @param part the part of a model that is shown, if not the whole
 */
export function schemaOf(
  model: z.ZodTypeAny,
  words: (meaning: Meaning | undefined, about: string) => string,
  part: (def: z.ZodTypeDef) => z.ZodTypeAny | undefined = () => undefined,
): Schema {
  return zodToJsonSchema(model, {
    $refStrategy: "none",
    override: (def) => {
      const shown = part(def);
      if (shown) return schemaOf(shown, words, part) as never;
      const meaning = meaningIn(def);
      if (!meaning) return ignoreOverride;
      // What the override returns is final, so it looks through optional and nullable itself.
      const plain = zodToJsonSchema(core(def), { $refStrategy: "none" }) as Record<string, unknown>;
      const { $schema: _, description: __, ...schema } = plain;
      const description = words(meaning, fullDescription(aboutIn(def)));
      return (description === "" ? schema : { ...schema, description }) as never;
    },
  }) as Schema;
}
function aboutIn(def: z.ZodTypeDef): string {
  const { innerType, schema } = def as { innerType?: z.ZodTypeAny; schema?: z.ZodTypeAny };
  const inner = innerType ?? schema;
  return def.description ?? (inner ? aboutIn(inner._def) : "");
}
function core(def: z.ZodTypeDef): z.ZodTypeAny {
  const { innerType, schema } = def as { innerType?: z.ZodTypeAny; schema?: z.ZodTypeAny };
  const inner = innerType ?? schema;
  return inner ? core(inner._def) : ({ _def: def } as z.ZodTypeAny);
}
