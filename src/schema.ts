// zod model → the JSON Schema that is advertised. Runs at build time: the list that clients get is made once.
import { zodToJsonSchema } from "zod-to-json-schema";
import type { AnyAction, Catalogue } from "./action.ts";
import { type Listed, regionParameter, type Schema, type Tool } from "./listed.ts";

/** Every tool of the catalogue, in its order. */
export function advertise(catalogue: Catalogue): Listed[] {
  return Object.entries(catalogue.toolsets).flatMap(([toolset, actions]) =>
    Object.entries(actions as Record<string, AnyAction>).map(([name, action]) => ({
      toolset,
      effect: action.effect,
      tool: describeTool(name, action),
    })),
  );
}

function describeTool(name: string, action: AnyAction): Tool {
  const { properties, required } = clean(zodToJsonSchema(action.input, { $refStrategy: "none" }) as Schema) as Tool["inputSchema"];
  const loses = action.loses ? ` Loses ${action.loses}.` : "";
  const bills = action.bills ? " Costs or refunds money." : "";
  return {
    name,
    description: `${action.about}${loses}${bills}`,
    inputSchema: { type: "object", properties: { ...properties, Region: regionParameter }, ...(required ? { required } : {}) },
    annotations: hints(action),
  };
}

/** The four MCP hints, derived. Repeating a deletion or a read changes nothing more; of other changes this is not known. */
function hints(action: AnyAction): Tool["annotations"] {
  const openWorldHint = action.foreign !== undefined;
  if (action.effect === "read") return { readOnlyHint: true, openWorldHint };
  return {
    readOnlyHint: false,
    destructiveHint: action.effect === "destroy" || action.escalates !== undefined,
    idempotentHint: false,
    openWorldHint,
  };
}

/**
 * Takes out what some clients do not accept: $schema, additionalProperties (the server refuses unknown names itself,
 * with a suggestion), and "number" where only integers are meant.
 */
function clean(schema: Schema): Schema {
  const out: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "$schema" || key === "additionalProperties") continue;
    if (key === "properties")
      out.properties = Object.fromEntries(Object.entries(value as Schema).map(([name, s]) => [name, clean(s as Schema)]));
    else if (key === "items") out.items = clean(value as Schema);
    else if (key === "const") out.enum = [value];
    else if (key === "minLength" || key === "minItems") continue; // "not empty" goes without saying, in every tool
    else out[key] = value;
  }
  if (out.type === "number" && Array.isArray(out.enum) && out.enum.every(Number.isInteger)) out.type = "integer";
  return out;
}
