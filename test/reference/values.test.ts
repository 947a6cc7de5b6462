// Two readings of one reference: what the tools' models refuse by enumeration, range, length or form, and what the sandbox
// refuses by its own data. A difference is a mistake in one of them, or has a reason that stands here.
import { expect, test } from "vitest";
import { z } from "zod/v3";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import newer from "../../sandbox/reference/2026-08.json" with { type: "json" };
import { counted, misfit } from "../../sandbox/reference/leaves.ts";
import { actions as actionNeeds, structures as structureNeeds } from "../../sandbox/reference/needs.ts";
import { actions as actionValues, type Rule, structures as structureValues } from "../../sandbox/reference/values.ts";
import type { AnyAction } from "../../src/model/action.ts";
import { bare } from "../../src/model/field.ts";
import { type ActionName, actions } from "../../tools/ckafka/actions.ts";

interface Field {
  name: string;
  type: string;
}
interface Definition {
  actions: Record<string, { input: Field[] }>;
  structures: Record<string, { fields: Field[] }>;
}
const definitions = [newer, older] as unknown as Definition[];

interface Leaf {
  at: string;
  type: string;
  model: z.ZodTypeAny;
  rule: Rule;
}
/** Every parameter that is no structure, with both views of it; of lists, their entries. */
function leaves(name: ActionName): Leaf[] {
  const definition = definitions.find((d) => d.actions[name]) as Definition;
  const walk = (fields: Field[], model: z.AnyZodObject, at: string, structure?: string): Leaf[] =>
    fields.flatMap((field): Leaf[] => {
      const whole = (model.shape as z.ZodRawShape)[field.name];
      // What the models leave out is told by test/catalogue.test.ts.
      if (!whole) return [];
      const path = at === "" ? field.name : `${at}.${field.name}`;
      const rule = actionValues[name]?.[path] ?? structureValues[structure ?? ""]?.[field.name] ?? {};
      const type = field.type.replace(/^Array of /, "");
      const list = bare(whole) instanceof z.ZodArray;
      const element = list ? (bare(whole) as z.ZodArray<z.ZodTypeAny>).element : whole;
      const nested = definition.structures[type];
      if (nested) return walk(nested.fields, bare(element) as z.AnyZodObject, path, type);
      return [{ at: `${name}.${path}`, type, model: element, rule }];
    });
  return walk(definition.actions[name]?.input ?? [], actions[name].input, "");
}

/** Whether the models refuse a value: where it stands, or, of a parameter, in the action's rule. */
function refuses({ at, model }: Leaf, value: unknown): boolean {
  if (!model.safeParse(value).success) return true;
  const [name, parameter, ...deeper] = at.split(".") as [ActionName, string];
  if (deeper.length > 0) return false;
  try {
    const given = { SpecificationsType: "profession", ZoneId: 1, [parameter]: value };
    return (actions[name] as unknown as AnyAction).rule?.(given)?.startsWith(`${parameter} must be `) ?? false;
  } catch {
    // A rule over several parameters, which one alone cannot break.
    return false;
  }
}

const whole = (type: string) => /^(u?int64|integer)$/i.test(type);
/** Values on both sides of every bound that either view states, and some that are wrong nearly everywhere. */
function probes({ type, model, rule }: Leaf): (string | number)[] {
  const stated = [...(rule.oneOf ?? []), ...(enumerated(model) as (string | number)[])];
  if (whole(type)) {
    const bounds = [rule.min, rule.max, rule.or, rule.multipleOf, ...bounded(model)].filter((n) => n !== undefined);
    const near = bounds.flatMap((n) => [n - 1, n, n + 1, n * 2]);
    const small = Array.from({ length: 17 }, (_, i) => i - 3);
    return [...new Set([...small, ...near, ...stated, 99, 100, 150, 1000])].filter(Number.isSafeInteger);
  }
  if (type !== "String" && type !== "string") return [];
  const words = "a A1 a-b a_b a.b 1a -a é a,b User:a resource-1 1300000000-a 1m 12m 36m 37m 0m * 10.0.0.1 insert,drop";
  const lengths = [64, 65, 128, 129].flatMap((n) => ["a".repeat(n), `1-${"a".repeat(n - 2)}`]);
  return [...new Set([...stated, ...words.split(" "), "a b", "10.0.0.1;10.0.0.0/8", "no such value", ...lengths])];
}
function enumerated(wrapped: z.ZodTypeAny): unknown[] {
  const model = bare(wrapped);
  if (model instanceof z.ZodEnum) return model.options;
  if (model instanceof z.ZodUnion) return (model.options as z.ZodTypeAny[]).flatMap(enumerated);
  return model instanceof z.ZodLiteral ? [model.value] : [];
}
const bounded = (wrapped: z.ZodTypeAny): number[] => {
  const model = bare(wrapped);
  if (model instanceof z.ZodUnion) return (model.options as z.ZodTypeAny[]).flatMap(bounded);
  if (!(model instanceof z.ZodNumber)) return [];
  return model._def.checks.flatMap((check) => ("value" in check ? [check.value] : []));
};

/** Where the two differ, who is the stricter, and why both are right. */
const DIFFERENCES: [
  where: RegExp,
  stricter: "models" | "sandbox",
  covers: (value: string | number) => boolean,
  why: string,
][] = [
  [
    /./,
    "models",
    (value) => typeof value === "number" && value <= 0,
    "counts, sizes and positions are positive; the reference says so of few",
  ],
  [/^DescribeTopicFlowRanking\.(Begin|End)Date$/, "models", () => true, "the sandbox judges a time where it reads it"],
  [/^CreateAcl\.ResourceNameList$/, "models", () => true, "the sandbox judges the list where it reads it"],
  [
    /^BatchModifyTopicAttributes\.Topic\.Note$/,
    "models",
    (value) => String(value).length > 64,
    "a topic's note, whose length other actions say",
  ],
  [
    /^Create(InstancePre|InstancePost|PostPaidInstance)\.InstanceType$/,
    "models",
    (value) => Number(value) > 1,
    "only the standard edition has several; the probe is for the other one",
  ],
  [
    /^ModifyRoutineMaintenanceTask\.(ExtraConfig|Week)$/,
    "models",
    () => true,
    "a JSON object and days of the week, as the examples have them and the prose does not say",
  ],
  [
    /^CreateInstancePost\.(DiskSize|Partition|TopicNum)$/,
    "models",
    (value) => Number(value) % 100 !== 0,
    "the steps that the other purchases of the same edition have",
  ],
];

test("what the models refuse by its value the sandbox refuses too, and the reverse", () => {
  const found = (Object.keys(actions) as ActionName[]).flatMap(leaves).flatMap((leaf) => {
    const ruled = counted(leaf.at.split(".").at(-1) as string, leaf.type, leaf.rule);
    return probes(leaf).flatMap((value) => {
      const models = refuses(leaf, value);
      const sandbox = misfit(ruled, value) !== undefined;
      return models === sandbox ? [] : [{ at: leaf.at, value, stricter: models ? "models" : "sandbox" }];
    });
  });
  const reasons = ({ at, value, stricter }: (typeof found)[number]) =>
    DIFFERENCES.filter(([where, side, covers]) => side === stricter && where.test(at) && covers(value));
  const unexplained = found.filter((f) => reasons(f).length === 0);
  expect(unexplained.map((f) => `${f.at} ${f.value}: only the ${f.stricter} refuse it`)).toEqual([]);
  const used = new Set(found.flatMap(reasons));
  expect(DIFFERENCES.filter((d) => !used.has(d))).toEqual([]);
});

test("lists may have as many entries in both views", () => {
  for (const name of Object.keys(actions) as ActionName[])
    for (const [parameter, field] of Object.entries(actions[name].input.shape as z.ZodRawShape)) {
      const model = bare(field);
      if (!(model instanceof z.ZodArray)) continue;
      expect(actionValues[name]?.[parameter]?.items, `${name}.${parameter}`).toBe(model._def.maxLength?.value);
    }
});

test("every rule and every need is about parameters that exist", () => {
  const known = (definition: Definition, start: Field[], path: string) => {
    let fields = start;
    return path.split(".").every((step) => {
      const field = fields.find((f) => f.name === step);
      fields = definition.structures[field?.type.replace(/^Array of /, "") ?? ""]?.fields ?? [];
      return field !== undefined;
    });
  };
  const named = [
    ...[actionValues, structureValues].flatMap((rules) =>
      Object.entries(rules).map(([name, own]) => ({ name, paths: Object.keys(own) })),
    ),
    ...[actionNeeds, structureNeeds].flatMap((needs) =>
      Object.entries(needs).map(([name, list]) => ({
        name,
        paths: list.flatMap(([parameter, , ...needed]) => [parameter, ...needed]),
      })),
    ),
  ];
  const unknown = named.flatMap(({ name, paths }) => {
    const definition = definitions.find((d) => d.actions[name] ?? d.structures[name]) as Definition;
    const fields = definition.actions[name]?.input ?? definition.structures[name]?.fields ?? [];
    return paths.filter((path) => !known(definition, fields, path)).map((path) => `${name}.${path}`);
  });
  expect(unknown).toEqual([]);
});
