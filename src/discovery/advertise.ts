// zod model → the JSON Schema that is advertised. Runs at build time: the list that clients get is made once.
import type { z } from "zod/v3";
import { abridgement } from "../model/abridge.ts";
import type { AnyAction } from "../model/action.ts";
import { type Catalogue, regionsOf } from "../model/catalogue.ts";
import { fieldsOf } from "../model/leaves.ts";
import { render } from "../text/line.ts";
import { type Advertised, type Listed, regionParameter, type Schema, type Tool } from "./advertised.ts";
import { briefly, schemaOf } from "./words.ts";

/** All that start-up has to know of the catalogue. */
export function advertise(catalogue: Catalogue): Advertised {
  const listed = [...catalogue.entries.values()].map(({ name, toolset, service, action, optIn }): Listed => {
    const sets = Object.keys(catalogue.sets).filter((set) => catalogue.sets[set]?.includes(name));
    const more = optIn ? { optIn } : {};
    return { toolset, service: service.name, ...more, sets, effect: action.effect, tool: describeTool(name, action) };
  });
  const services = catalogue.services.map(({ name, instructions, within }) => ({ name, instructions, within }));
  return { regions: regionsOf(catalogue), services, examples: catalogue.examples, listed };
}

function describeTool(name: string, action: AnyAction): Tool {
  const { properties, required } = clean(convert(action.input)) as Tool["inputSchema"];
  const loses = action.effect === "destroy" ? ` Loses ${render(action.loses)}.` : "";
  const bills = action.bills === false ? "" : action.bills === true ? " Billed." : " May bill.";
  return {
    name,
    description: `${action.about}${loses}${bills}`,
    inputSchema: {
      type: "object",
      properties: { ...properties, Region: regionParameter },
      ...(required ? { required } : {}),
    },
    annotations: hints(action),
  };
}

/** The part of a model that is listed, with a few words where a name would mislead. */
const convert = (model: z.ZodTypeAny): Schema =>
  // A line break marks what is listed of a description that has no meaning beside it.
  schemaOf(model, (meaning, about) => (meaning ? `${briefly(meaning)}\n` : about), abridgement);

/** The four MCP hints, derived. Repeating a deletion or a read changes nothing more; of other changes this is not known. */
function hints(action: AnyAction): Tool["annotations"] {
  const openWorldHint = fieldsOf(action.output).some(({ meaning }) => meaning?.is === "foreign");
  if (action.effect === "read") return { readOnlyHint: true, openWorldHint };
  return {
    readOnlyHint: false,
    destructiveHint: action.effect === "destroy" || (action.effect === "write" && action.loses !== undefined),
    idempotentHint: false,
    openWorldHint,
  };
}

// Every call is validated against the whole model, and each refusal says the bound. In the list, bounds stand in words
// where they matter: as keywords they would cost a tenth of all tokens. DescribeAction has them all.
const UNLISTED = new Set([
  "$schema",
  "additionalProperties",
  ...[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
  ],
]);

/**
 * Takes out what some clients do not accept or nobody needs, and says "integer" where only integers are meant. Parameters
 * have the first line of their description, where there is one: an empty line says that the name is enough for a list that
 * everybody pays for. The whole description, and what lies deeper, shows DescribeAction.
 * @param depth 0 for the whole, 1 for a parameter
 */
function clean(schema: Schema, depth = 0): Schema {
  const out: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (UNLISTED.has(key) || (key === "description" && depth > 1) || (key === "required" && depth > 0)) continue;
    if (key === "properties") {
      const fields = Object.entries(value as Schema).map(([name, field]) => [name, clean(field as Schema, depth + 1)]);
      out.properties = Object.fromEntries(fields);
    } else if (key === "items") out.items = clean(value as Schema, 2);
    else if (key === "const") out.enum = [value];
    else if (key === "description") {
      const [brief = ""] = (value as string).split("\n");
      if (brief !== "") out.description = brief.replace(/(?<!\s)\.$/, "");
    } else out[key] = value;
  }
  if (out.type === "number" && Array.isArray(out.enum) && out.enum.every(Number.isInteger)) out.type = "integer";
  // A switch: its description says what 1 does.
  if (String(out.enum) === "0,1") delete out.enum;
  // What the numbers mean stands in the words; a list of them says nothing more.
  if (out.type === "integer" && out.description) delete out.enum;
  return out;
}
