// The sandbox's own judgement of a request, made from the official definitions and not from the models of the tools:
// a mistake in a model must not be able to hide behind the same mistake here.
import { Fault } from "../state/fault.ts";
import older from "./2025-07.json" with { type: "json" };
import newer from "./2026-08.json" with { type: "json" };
import cls from "./cls.json" with { type: "json" };
import { type Field, type Given, judgeValues, type Structures } from "./leaves.ts";
import monitor from "./monitor.json" with { type: "json" };

interface Definition {
  actions: Record<string, { input: Field[] }>;
  structures: Structures;
}
const definitions: Definition[] = [newer, older, cls, monitor] as unknown as Definition[];

/**
 * The definition that counts for an action: the newer, or the older for actions that are gone from the newer, or that of
 * another service.
 */
function definitionOf(action: string): Definition | undefined {
  return definitions.find((d) => d.actions[action]);
}

/** @throws Fault UnknownParameter, MissingParameter, InvalidParameter or InvalidParameterValue, in that order of precedence */
export function judge(action: string, input: Given): void {
  const definition = definitionOf(action);
  if (!definition) throw new Fault("InvalidAction", `The action ${action} does not exist.`);
  const fields = definition.actions[action]?.input ?? [];
  judgeFields(definition, fields, input, "");
  judgeValues(definition.structures, action, fields, input);
}

function judgeFields(definition: Definition, fields: Field[], given: Given, at: string) {
  for (const name of Object.keys(given))
    if (!fields.some((f) => f.name === name))
      throw new Fault("UnknownParameter", `The parameter \`${at}${name}\` is not recognized.`);
  for (const { name, type, required } of fields) {
    const value = given[name];
    if (value === undefined || value === null) {
      if (required)
        throw new Fault("MissingParameter", `The request is missing the required parameter \`${at}${name}\`.`);
    } else judgeValue(definition, type, value, `${at}${name}`);
  }
}

function judgeValue(definition: Definition, type: string, value: unknown, at: string) {
  const element = /^Array of (.+)$/.exec(type)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) throw wrongType(at, type);
    for (const [i, item] of value.entries()) judgeValue(definition, element, item, `${at}.${i}`);
    return;
  }
  const structure = definition.structures[type];
  if (structure) {
    if (typeof value !== "object" || Array.isArray(value)) throw wrongType(at, type);
    judgeFields(definition, structure.fields, value as Given, `${at}.`);
    return;
  }
  const kind = type.toLowerCase();
  const fits = /^(u?int64|integer)$/.test(kind)
    ? Number.isInteger(value)
    : /^(float|double)$/.test(kind)
      ? typeof value === "number"
      : /^bool(ean)?$/.test(kind)
        ? typeof value === "boolean"
        : typeof value === "string";
  if (!fits) throw wrongType(at, type);
}

const wrongType = (at: string, type: string) =>
  new Fault("InvalidParameter", `The value of the parameter \`${at}\` is not of type ${type}.`);
