// Everything about each action, for DescribeAction and FindActions. Made at build time, read when first asked for.
import { z } from "zod/v3";
import type { AnyAction, Effect } from "../model/action.ts";
import type { Catalogue } from "../model/catalogue.ts";
import { bare, fullDescription, type Meaning, meaningOf } from "../model/field.ts";
import { render } from "../text/line.ts";
import type { Schema } from "./advertised.ts";
import { fully, schemaOf } from "./words.ts";

export interface Described {
  name: string;
  toolset: string;
  /** Offered only where it is asked for by name. */
  optIn?: boolean;
  about: string;
  effect: Effect;
  /** Words that find it, besides those of its name, description and parameters. */
  words: string;
  risk: string;
  callsPerSecond: number;
  regions: readonly string[] | undefined;
  /** The read that tells what became of a change. */
  outcome: string | undefined;
  /** JSON Schema with every bound. */
  input: Schema;
  /** The result's fields; ? marks those that can be missing. */
  result: string;
  errors: string[];
}
export interface Reference {
  entries: Described[];
  synonyms: Catalogue["synonyms"];
  /** Words that look for an action. */
  example: string;
}

/** @param errors documented error codes by action */
export function writeReference(catalogue: Catalogue, errors: (action: string) => string[]): Reference {
  const entries = [...catalogue.entries.values()].map(
    ({ name, toolset, action, outcome, words, optIn }): Described => ({
      name,
      toolset,
      ...(optIn ? { optIn } : {}),
      about: action.about,
      effect: action.effect,
      words,
      risk: riskOf(action),
      callsPerSecond: action.perSecond,
      regions: action.regions,
      outcome,
      input: tidy(schemaOf(action.input, (meaning, about) => (meaning ? fully(meaning, about) : about))),
      result: shapeOf(action.output).replace(/^:/, ""),
      errors: errors(name),
    }),
  );
  return { entries, synonyms: catalogue.synonyms, example: catalogue.examples.words };
}

function riskOf(action: AnyAction): string {
  if (action.effect === "read") return "Reads only.";
  const named = typeof action.subject === "string" ? `the value of ${action.subject}` : "the name of what it hits";
  const parts = [
    action.effect === "destroy" ? `Destroys: loses ${render(action.loses)}.` : "Changes something.",
    action.effect === "write" && action.loses ? "Some arguments make it destroy; the confirmation says which." : "",
    action.bills === false ? "" : action.bills === true ? "Costs or refunds money." : "Some arguments cost money.",
    action.effect === "destroy" || action.bills === true
      ? `A person confirms by typing ${named}.`
      : `A person confirms${action.loses || action.bills ? `; where it destroys or costs, by typing ${named}` : ""}.`,
  ];
  return parts.filter(Boolean).join(" ");
}

function tidy(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => {
      if (key === "$schema" || key === "additionalProperties") return undefined;
      return key === "description" && typeof value === "string" ? fullDescription(value) : value;
    }),
  );
}

/** {Result:{TopicList:[{TopicId,Note?,Status(0 normal, 1 deleted)}],TotalCount}}: ? can be missing, in brackets what it means. */
function shapeOf(wrapped: z.ZodTypeAny): string {
  const meaning = meaningOf(wrapped);
  if (meaning) return meantBy(meaning);
  const model = bare(wrapped);
  if (model instanceof z.ZodArray) return `:[${shapeOf(model.element).replace(/^:/, "")}]`;
  if (!(model instanceof z.ZodObject)) return "";
  const fields = Object.entries(model.shape as z.ZodRawShape).map(
    ([name, field]) => `${name}${field.isNullable() || field.isOptional() ? "?" : ""}${shapeOf(field)}`,
  );
  return `:{${fields.join(",")}}`;
}
function meantBy(meaning: Meaning): string {
  const words = fully(meaning, "")
    .replace(/\.$/, "")
    .replace(/^Unit: /, "");
  const kind = { foreign: "other people's text", secret: "secret, not shown", success: "" }[meaning.is as string] ?? "";
  const success = meaning.is === "success" ? `success is ${meaning.good.join(" or ")}` : "";
  const said = [words, kind, success, meaning.brief ?? ""].filter(Boolean).join("; ");
  return said ? `(${said})` : "";
}
