// The sandbox's own judgement of a request, made from the official definitions and not from the models of the tools:
// a mistake in a model must not be able to hide behind the same mistake here.
import { Fault } from "./fault.ts";
import older from "./reference/2025-07.json" with { type: "json" };
import newer from "./reference/2026-08.json" with { type: "json" };
import { actions as actionValues, type Rule, structures as structureValues } from "./reference/values.ts";

interface Field {
  name: string;
  type: string;
  required?: boolean;
}
interface Definition {
  actions: Record<string, { input: Field[] }>;
  structures: Record<string, { fields: Field[] }>;
}
const definitions: Definition[] = [newer, older] as unknown as Definition[];

/** The definition that counts for an action: the newer, or the older for actions that are gone from the newer. */
function definitionOf(action: string): Definition | undefined {
  return definitions.find((d) => d.actions[action]);
}

type Given = Record<string, unknown>;

/** @throws Fault UnknownParameter, MissingParameter, InvalidParameter or InvalidParameterValue, in that order of precedence */
export function judge(action: string, input: Given): void {
  const definition = definitionOf(action);
  if (!definition) throw new Fault("InvalidAction", `The action ${action} does not exist.`);
  const fields = definition.actions[action]?.input ?? [];
  judgeFields(definition, fields, input, "");
  for (const { name, required } of fields)
    if (required && isEmpty(input[name]) && !actionValues[action]?.[name]?.empty)
      throw new Fault("InvalidParameterValue.NotAllowedEmpty", `The parameter \`${name}\` must not be empty.`);
  for (const at of wrongValues(definition, fields, input, action))
    throw new Fault(at.code, `The value of the parameter \`${at.path}\` ${at.problem}.`);
}
const isEmpty = (value: unknown) => value === "" || (Array.isArray(value) && value.length === 0);

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

interface Wrong {
  path: string;
  problem: string;
  code: string;
}
type RuleOf = (name: string) => Rule | undefined;

/** What is wrong with the values of a request whose names and types are right. */
function wrongValues(definition: Definition, fields: Field[], input: Given, action: string): Iterable<Wrong> {
  return within(definition, fields, input, "", (name) => actionValues[action]?.[name]);
}
function* within(definition: Definition, fields: Field[], given: Given, at: string, ruleOf: RuleOf): Iterable<Wrong> {
  for (const { name, type } of fields) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    const path = `${at}${name}`;
    const rule = ruleOf(name);
    if (!Array.isArray(value)) {
      yield* entry(definition, type, value, path, name, rule, ruleOf);
      continue;
    }
    if (rule?.items !== undefined && value.length > rule.items)
      yield { path, problem: `has more than ${rule.items} entries`, code: "InvalidParameterValue" };
    const element = type.replace(/^Array of /, "");
    for (const [i, item] of value.entries())
      yield* entry(definition, element, item, `${path}.${i}`, name, rule, ruleOf);
  }
}
function* entry(
  definition: Definition,
  type: string,
  value: unknown,
  path: string,
  name: string,
  rule: Rule | undefined,
  ruleOf: RuleOf,
): Iterable<Wrong> {
  const structure = definition.structures[type];
  if (structure)
    yield* within(
      definition,
      structure.fields,
      value as Given,
      `${path}.`,
      (field) => ruleOf(`${name}.${field}`) ?? structureValues[type]?.[field],
    );
  const problem = misfit(counted(name, type, rule), value);
  if (problem) yield { path, problem, code: rule?.code ?? "InvalidParameterValue" };
}

/** Some numbers cannot be negative by their type, and those that lead through lists by their meaning. */
export const counted = (name: string, type: string, rule?: Rule): Rule | undefined =>
  type === "uint64" || name === "Offset" || name === "Limit" ? { min: 0, ...rule } : rule;

/** Why a value is not what the reference allows, or undefined. */
export function misfit(rule: Rule | undefined, value: unknown): string | undefined {
  if (!rule || value === rule.or) return undefined;
  const { oneOf, min, max, multipleOf, length, pattern } = rule;
  if (oneOf && !oneOf.includes(value as string)) return `is none of ${oneOf.join(", ")}`;
  if (typeof value === "number") {
    if (min !== undefined && value < min) return `is less than ${min}`;
    if (max !== undefined && value > max) return `is more than ${max}`;
    if (multipleOf !== undefined && value % multipleOf !== 0) return `is no multiple of ${multipleOf}`;
  } else if (typeof value === "string") {
    if (length !== undefined && [...value].length > length) return `has more than ${length} characters`;
    if (pattern && !pattern.test(value)) return `is not of the form ${pattern.source}`;
  }
  return undefined;
}
