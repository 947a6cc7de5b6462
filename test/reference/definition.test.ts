// The models against the official definition: parameters, kinds, obligations, rates and examples.
import { expect, test } from "vitest";
import type { z } from "zod/v3";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import newer from "../../sandbox/reference/2026-08.json" with { type: "json" };
import { parse } from "../../src/call/parse.ts";
import type { AnyAction } from "../../src/model/action.ts";
import { bare } from "../../src/model/field.ts";
import { type ActionName, actions } from "../../tools/ckafka/actions.ts";
import { toolsets } from "../../tools/ckafka/index.ts";
import { misfits, unflatten } from "./documented.ts";

test("no action stands in two nouns", () => {
  const names = Object.values(toolsets).flatMap((toolset) => Object.keys(toolset.actions));
  expect(new Set(names).size).toBe(names.length);
  expect(names.sort()).toEqual(Object.keys(actions).sort());
});

interface Field {
  name: string;
  type: string;
  required?: boolean;
}
type Definition = {
  actions: Record<
    string,
    { input: Field[]; rateLimitPerSecond?: number | null; examples?: { request: { body?: object; query?: object } }[] }
  >;
  structures: Record<string, { fields: Field[] }>;
};
const definitions = [newer, older] as unknown as [Definition, Definition];

/** Parameters of the definition that the models leave out, and why. */
const RETIRED = [
  "DescribeInstances.TagKey",
  "DescribeInstancesDetail.InstanceIds",
  "CreateRoute.AuthFlag",
  "CreateDatahubTask.PrivateLinkParam",
];
/** Fields of structures that the SDK has and the definitions do not have yet. */
const NEWER = /\.EsParam\.SourceDataFormat$/;

test.each(Object.keys(actions) as ActionName[])(
  "%s has the official definition's parameters, kinds and obligations",
  (name) => {
    const definition = definitions.find((d) => d.actions[name]) as Definition;
    compare(definition, definition.actions[name]?.input ?? [], actions[name].input, name);
  },
);

function compare(definition: Definition, fields: Field[], model: z.AnyZodObject, at: string) {
  const shape = model.shape as z.ZodRawShape;
  const expected = fields.filter((f) => !RETIRED.includes(`${at}.${f.name}`));
  const names = Object.keys(shape).filter((name) => !NEWER.test(`${at}.${name}`));
  expect(names.sort(), at).toEqual(expected.map((f) => f.name).sort());
  for (const { name, type, required } of expected) {
    const field = shape[name] as z.ZodTypeAny;
    expect(field.isOptional(), `${at}.${name} optional`).toBe(required !== true);
    const element = /^Array of (.+)$/.exec(type)?.[1];
    let inner = bare(field);
    if (element) {
      expect(inner._def.typeName, `${at}.${name}`).toBe("ZodArray");
      inner = bare(inner._def.type);
    }
    const structure = definition.structures[element ?? type];
    if (structure) compare(definition, structure.fields, inner as z.AnyZodObject, `${at}.${name}`);
    else expect(kind(inner), `${at}.${name}`).toBe(kindOf(element ?? type));
  }
}
const kindOf = (type: string) =>
  /^(u?int64|integer)$/i.test(type)
    ? "integer"
    : /^(float|double)$/i.test(type)
      ? "number"
      : /^bool/i.test(type)
        ? "boolean"
        : "string";
function kind(model: z.ZodTypeAny): string {
  const { typeName } = model._def;
  if (typeName === "ZodUnion") return kind(model._def.options[0]);
  if (typeName === "ZodLiteral") return typeof model._def.value === "number" ? "integer" : typeof model._def.value;
  if (typeName === "ZodNumber")
    return model._def.checks.some((c: { kind: string }) => c.kind === "int") ? "integer" : "number";
  return typeName === "ZodBoolean" ? "boolean" : "string";
}

test("each action's rate is the documented one", () => {
  for (const [name, action] of Object.entries(actions)) {
    const documented = definitions[1].actions[name]?.rateLimitPerSecond;
    if (documented) expect(action.perSecond, name).toBe(documented);
  }
});

/** Documented examples that their own page contradicts, and how. */
const WRONG: Record<string, RegExp> = {
  // Only a name and zeros, none of which the page allows.
  BatchModifyTopicAttributes: /PartitionNum must be at least 1/,
  // Strategy 0 needs Shift, as the page says.
  ModifyGroupOffsets: /Strategy 0 needs Shift|Topics is missing/,
  // The page breaks the lines of its query; only the first parameter can be read.
  FetchMessageListByOffset: /Topic is missing/,
  // 10 Mbps of public network, where the page asks for multiples of 3.
  InquireCkafkaPrice: /PublicNetworkMonthly must be a multiple of 3/,
  // The page puts the values in quotes of its own.
  DeleteRouteTriggerTime: /DelayTime must be a real moment in Beijing time/,
  // Limit 0, where the page asks for more than 0.
  DescribeTopicSyncReplica: /Limit must be at least 1/,
  // Limit 0 asks for no connection at all; the page answers it with one.
  DescribeConnectResources: /Limit must be at least 1/,
  // The numbers of CreateAcl, where the structure has words; mended in the newer definition.
  BatchCreateAcl: /Operation must be one of "All", "Read", "Write", got "2"/,
  // Words in capitals, which the structure does not have; mended in the newer definition.
  CreateAclRule: /Operation must be one of "All", "Read", "Write", got "WRITE"/,
  // A public route with neither SASL nor bandwidth, both of which the newer definition asks for.
  CreateRoute: /VipType 1 needs AccessType 1 or 3/,
  // A number, where the newer definition lists two words.
  DescribeRegion: /Business must be one of "ckafka", "cmq", got "10"/,
};

test.each(Object.keys(actions) as ActionName[])("%s takes the documented request examples", (name) => {
  for (const { request } of definitions[1].actions[name]?.examples ?? []) {
    const given = (request.body ?? unflatten((request.query ?? {}) as Record<string, unknown>)) as Record<
      string,
      unknown
    >;
    const attempt = () => parse(name, actions[name] as unknown as AnyAction, given);
    const wrong = WRONG[name];
    if (wrong) expect(attempt).toThrow(wrong);
    else expect(attempt, JSON.stringify(given)).not.toThrow();
  }
});

/** Parameters of the definition of 2025 that the newer one dropped or renamed. */
const GONE: string[] = [];

test("no parameter of the older definition got lost", () => {
  const lost = Object.entries(definitions[1].actions).flatMap(([name, { input }]) => {
    const shape = actions[name as ActionName].input.shape as z.ZodRawShape;
    return (input ?? [])
      .map((field) => `${name}.${field.name}`)
      .filter((at) => !((at.split(".")[1] as string) in shape));
  });
  expect(lost.filter((at) => !RETIRED.includes(at))).toEqual(GONE);
});

/** Documented response examples that their own definition contradicts, and where. */
const WRONG_RESPONSES: Record<string, string[]> = {
  // Printed in the example, defined nowhere.
  DescribeCkafkaZone: ["Result Version"],
};

test.each(Object.keys(actions) as ActionName[])("%s fits the documented response examples", (name) => {
  for (const { response } of (definitions[1].actions[name]?.examples ?? []) as {
    response?: Record<string, unknown>;
  }[]) {
    expect(misfits(name, response ?? {})).toEqual(WRONG_RESPONSES[name] ?? []);
  }
});
