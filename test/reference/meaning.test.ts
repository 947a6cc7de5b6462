// The table of facts, read from the official prose, against our models: what a field means there it means here, in results
// and in arguments, or it stands below with the reason.
import { describe, expect, test } from "vitest";
import { z } from "zod/v3";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import newer from "../../sandbox/reference/2026-08.json" with { type: "json" };
import { bare, type Meaning, meaningOf } from "../../src/model/field.ts";
import { actions } from "../../tools/ckafka/actions.ts";
import facts from "./facts.json" with { type: "json" };

interface Fact {
  unit?: string;
  codes?: Record<string, string>;
  time?: string;
  success?: string[];
  secret?: boolean;
  deprecated?: boolean;
}
interface Field {
  name: string;
  type: string;
}
interface Definition {
  actions: Record<string, { input: Field[]; output: Field[] }>;
  structures: Record<string, { fields: Field[] }>;
}
const definitions = [newer, older] as unknown as Definition[];
const table = facts as Record<string, Record<string, Fact>>;

/** What the models say otherwise than the table, by path or by its end, and why. */
const KNOWN: Record<string, string> = {
  "DescribeRoute.MainRouteFlag": "true or false, as every switch of that type; the description says what true adds",
  "DescribeInstanceAttributes.Features": "one of many is documented; a legend would call all others undocumented",
  "ModifyInstanceAttributes.DynamicDiskConfig":
    "a structure has no meaning, its fields have; its description names what replaces it",
  "groupOffsets.Lag": "the prose counts messages; it is a difference of offsets, and some of those may be gone",
  "MongoDBParam.ListeningEvent": "several codes stand in one text, joined by commas",
};

/** What a model's meaning lacks of a fact. */
function lacks(fact: Fact, meaning: Meaning | undefined): string[] {
  const missing: string[] = [];
  const special = meaning?.special ?? {};
  if (fact.unit && !(meaning?.is === "quantity" && meaning.unit === fact.unit)) missing.push(`unit ${fact.unit}`);
  if (fact.time && !(meaning?.is === "time" && meaning.clock === fact.time)) missing.push(`time ${fact.time}`);
  if (fact.secret && meaning?.is !== "secret") missing.push("secret");
  if (fact.success && !(meaning?.is === "success" && fact.success.every((good) => meaning.good.includes(good))))
    missing.push(`success ${fact.success}`);
  if (fact.deprecated && !meaning?.deprecated) missing.push("deprecated");
  const words = { ...(meaning?.is === "code" ? meaning.words : {}), ...special } as Record<string, string>;
  const unsaid = Object.keys(fact.codes ?? {}).filter((code) => words[code] === undefined);
  // What success is, says which codes there are.
  if (unsaid.length > 0 && !fact.success) missing.push(`codes ${unsaid.join(" ")}`);
  return missing;
}

/** Every field of the table that a model has, with what the model lacks. */
function compare(
  definition: Definition,
  object: string,
  fields: Field[],
  wrapped: z.ZodTypeAny,
  path: string,
): string[] {
  const model = bare(wrapped);
  if (!(model instanceof z.ZodObject)) return [];
  return fields.flatMap(({ name, type }) => {
    const field = (model.shape as z.ZodRawShape)[name];
    if (!field) return [];
    const fact = table[object]?.[name];
    const at = `${path}.${name}`;
    const here = fact ? lacks(fact, meaningOf(field)).map((what) => `${at}: ${what}`) : [];
    if (meaningOf(field)) return here;
    const inner = bare(field);
    const element = inner instanceof z.ZodArray ? inner.element : field;
    const structure = type.replace(/^Array of /, "");
    // A list of codes or quantities carries its meaning on the entries.
    const entries = fact && inner instanceof z.ZodArray && lacks(fact, meaningOf(element)).length === 0 ? [] : here;
    return [...entries, ...compare(definition, structure, definition.structures[structure]?.fields ?? [], element, at)];
  });
}

describe.each(["input", "output"] as const)("%s", (side) => {
  test.each(Object.keys(actions))("%s means what the reference says", (name) => {
    const definition = definitions.find((one) => one.actions[name]) as Definition;
    const object = `${name}${side === "input" ? "Request" : "Response"}`;
    const model = actions[name as keyof typeof actions][side] as z.ZodTypeAny;
    const missing = compare(definition, object, definition.actions[name]?.[side] ?? [], model, name);
    const known = Object.keys(KNOWN);
    expect(
      missing.filter((one) => !known.some((end) => one.split(":")[0]?.endsWith(end.replace(/^\w+\./, ".")))),
    ).toEqual([]);
  });
});
