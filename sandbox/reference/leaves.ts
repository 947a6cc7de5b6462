// The values of a request whose names and types are right, judged by what the reference says of them.
import { Fault } from "../state/fault.ts";
import * as cls from "./cls.ts";
import type { Need } from "./needs.ts";
import * as needs from "./needs.ts";
import type { Rule } from "./values.ts";
import * as values from "./values.ts";

// No two services have an action, or a structure with rules, of the same name.
const actionNeeds = { ...needs.actions, ...cls.actionNeeds };
const structureNeeds = { ...needs.structures, ...cls.structureNeeds };
const actionValues = { ...values.actions, ...cls.actions };
const structureValues = { ...values.structures, ...cls.structures };

export interface Field {
  name: string;
  type: string;
  required?: boolean;
}
export type Structures = Record<string, { fields: Field[] }>;
export type Given = Record<string, unknown>;

/** @throws Fault MissingParameter where a value needs another parameter, or the code of a wrong value */
export function judgeValues(structures: Structures, action: string, fields: Field[], input: Given): void {
  for (const { name, required } of fields)
    if (required && isEmpty(input[name]) && !actionValues[action]?.[name]?.empty)
      throw new Fault("InvalidParameterValue.NotAllowedEmpty", `The parameter \`${name}\` must not be empty.`);
  const ruleOf = (name: string) => actionValues[action]?.[name];
  judgeLevel(structures, { fields, given: input, at: "", ruleOf, needs: actionNeeds[action] ?? [] });
}
const isEmpty = (value: unknown) => value === "" || (Array.isArray(value) && value.length === 0);

/** The parameters of an action, or the fields of a structure in it. */
interface Level {
  fields: Field[];
  given: Given;
  at: string;
  ruleOf: (name: string) => Rule | undefined;
  needs: Need[];
}
function judgeLevel(structures: Structures, { fields, given, at, ruleOf, needs }: Level) {
  for (const [parameter, values, ...needed] of needs) {
    const missing = values.includes(given[parameter] as string) && needed.find((name) => isAbsent(reach(given, name)));
    if (missing)
      throw new Fault(
        "MissingParameter",
        `The request is missing the parameter \`${at}${missing}\`, which \`${at}${parameter}\` ${given[parameter] ?? "left out"} needs.`,
      );
  }
  for (const { name, type } of fields) {
    const value = given[name];
    if (isAbsent(value)) continue;
    const rule = ruleOf(name);
    const list = Array.isArray(value);
    if (list && rule?.items !== undefined && value.length > rule.items)
      throw wrong(`${at}${name}`, `has more than ${rule.items} entries`);
    const element = type.replace(/^Array of /, "");
    const structure = structures[element];
    for (const [i, item] of (list ? value : [value]).entries()) {
      const path = list ? `${at}${name}.${i}` : `${at}${name}`;
      if (structure)
        judgeLevel(structures, {
          fields: structure.fields,
          given: item as Given,
          at: `${path}.`,
          ruleOf: (field) => ruleOf(`${name}.${field}`) ?? structureValues[element]?.[field],
          needs: structureNeeds[element] ?? [],
        });
      const problem = misfit(counted(name, element, rule), item);
      if (problem) throw wrong(path, problem, rule?.code);
    }
  }
}
const reach = (given: unknown, path: string) =>
  path.split(".").reduce((value, name) => (value as Given | undefined)?.[name], given);
const isAbsent = (value: unknown) => value === undefined || value === null;
const wrong = (path: string, problem: string, code = "InvalidParameterValue") =>
  new Fault(code, `The value of the parameter \`${path}\` ${problem}.`);

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
