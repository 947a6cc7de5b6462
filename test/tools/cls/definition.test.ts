// The models against the official definition and its prose, and the sandbox's answers against its fields. Signed and read by
// the official SDK.
import { expect, test } from "vitest";
import { z } from "zod/v3";
import definition from "../../../sandbox/reference/cls.json" with { type: "json" };
import * as reference from "../../../sandbox/reference/cls.ts";
import { counted, misfit } from "../../../sandbox/reference/leaves.ts";
import type { Rule } from "../../../sandbox/reference/values.ts";
import type { AnyAction } from "../../../src/model/action.ts";
import { bare } from "../../../src/model/field.ts";
import { type ActionName, actions, UNDECLARED } from "../../../tools/cls/actions.ts";
import { sandbox } from "../../support/harness.ts";
import { fromInstance, IMPORT, LOGS, READ, rule, sdk, world } from "./support.ts";

interface Field {
  name: string;
  type: string;
  required?: boolean;
}
const structures = definition.structures as Record<string, { fields: Field[] }>;
const defined = definition.actions as unknown as Record<
  string,
  { input: Field[]; output: Field[]; rateLimitPerSecond?: number }
>;
const names = Object.keys(actions) as ActionName[];

test("every action of the definition is offered, but those that are declared without parameters", () => {
  expect(names.toSorted()).toEqual(
    Object.keys(defined)
      .filter((name) => !UNDECLARED.includes(name as never))
      .toSorted(),
  );
  for (const name of UNDECLARED) expect(defined[name]?.input, name).toEqual([]);
});

const kindOf = (type: string) => (/^u?int64$/.test(type) ? "integer" : type === "bool" ? "boolean" : "string");
function kind(model: z.ZodTypeAny): string {
  if (model instanceof z.ZodUnion) return kind(model.options[0] as z.ZodTypeAny);
  if (model instanceof z.ZodLiteral) return typeof model.value === "number" ? "integer" : typeof model.value;
  if (model instanceof z.ZodNumber) return "integer";
  return model instanceof z.ZodBoolean ? "boolean" : "string";
}
interface Leaf {
  at: string;
  type: string;
  model: z.ZodTypeAny;
  rule: Rule | undefined;
}
/** Compares a structure with its model, and returns what has no fields of its own. */
function compare(
  fields: Field[],
  wrapped: z.ZodTypeAny,
  at: string,
  obliges: boolean,
  rules: (n: string) => Rule | undefined,
): Leaf[] {
  const shape = (bare(wrapped) as z.AnyZodObject).shape as z.ZodRawShape;
  expect(Object.keys(shape).toSorted(), at).toEqual(
    fields
      .map(({ name }) => name)
      .filter((name) => name !== "RequestId")
      .toSorted(),
  );
  return fields.flatMap(({ name, type, required }): Leaf[] => {
    const field = shape[name];
    if (!field) return [];
    if (obliges) expect(field.isOptional(), `${at}.${name}`).toBe(!required);
    const element = type.replace(/^Array of /, "");
    const inner = bare(field);
    expect(inner instanceof z.ZodArray, `${at}.${name} is a list`).toBe(element !== type);
    const item = inner instanceof z.ZodArray ? (inner.element as z.ZodTypeAny) : field;
    const structure = structures[element];
    if (structure)
      return compare(
        structure.fields,
        item,
        `${at}.${name}`,
        obliges,
        (n) => rules(`${name}.${n}`) ?? reference.structures[element]?.[n],
      );
    expect(kind(bare(item)), `${at}.${name}`).toBe(kindOf(element));
    return [{ at: `${at}.${name}`, type: element, model: item, rule: counted(name, element, rules(name)) }];
  });
}

test.each(names)("%s has the definition's fields, kinds, obligations and rate", (name) => {
  const { input, output, rateLimitPerSecond = 20 } = defined[name] as (typeof defined)[string];
  const leaves = compare(input, actions[name].input, name, true, (n) => reference.actions[name]?.[n]);
  compare(output, actions[name].output, name, false, () => undefined);
  expect(actions[name].perSecond).toBe(rateLimitPerSecond);
  // What the models refuse by its value the sandbox refuses too: two readings of one reference.
  for (const { at, type, model, rule } of leaves) {
    const probes =
      type === "string"
        ? [...(rule?.oneOf ?? []), "no such value"]
        : type === "bool"
          ? []
          : [-3, -2, -1, 0, 1, 2, 3, 4, 100, 101];
    // An empty name, a page of nothing: the reference does not say.
    for (const value of probes.filter((value) => !(at.endsWith(".Limit") && Number(value) <= 0)))
      expect(model.safeParse(value).success, `${at} ${value}`).toBe(misfit(rule, value) === undefined);
  }
});

test("the SDK gets an answer with the definition's fields from every action", async () => {
  const box = await sandbox(world());
  const ask = sdk(box);
  const { TopicId: _, Name: __, ...source } = fromInstance;
  const requests: [ActionName, object][] = [
    ["CheckRechargeKafkaServer", { KafkaType: 0, KafkaInstance: "ckafka-one" }],
    ["PreviewKafkaRecharge", { ...source, PreviewType: 2 }],
    ["CreateKafkaRecharge", fromInstance],
    ["DescribeKafkaRecharges", { TopicId: LOGS }],
    ["ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, LogRechargeRule: rule, StatusControl: 1 }],
    ["DeleteKafkaRecharge", { TopicId: LOGS, Id: IMPORT }],
    ["OpenKafkaConsumer", { FromTopicId: LOGS }],
    ["ModifyKafkaConsumer", { FromTopicId: LOGS, ConsumerContent: { Format: 0, EnableTag: false, MetaFields: [] } }],
    ["DescribeKafkaConsumer", { FromTopicId: LOGS }],
    ["CloseKafkaConsumer", { FromTopicId: LOGS }],
    ["DescribeKafkaConsumerGroupList", { TopicId: READ }],
    ["DescribeKafkaConsumerGroupDetail", { TopicId: READ, Group: "siem" }],
  ];
  expect(requests.map(([name]) => name).toSorted()).toEqual(names.toSorted());
  const fits = (fields: Field[], value: Record<string, unknown>, at: string) => {
    expect(Object.keys(value).toSorted(), at).toEqual(fields.map(({ name }) => name).toSorted());
    for (const { name, type } of fields) {
      const structure = structures[type.replace(/^Array of /, "")];
      for (const item of [value[name]].flat())
        if (structure && item !== null) fits(structure.fields, item as Record<string, unknown>, `${at}.${name}`);
    }
  };
  for (const [name, input] of requests) fits(defined[name]?.output ?? [], await ask(name, input), name);
});

test("every error code of the page comes from the sandbox, or stands here with its reason", async () => {
  const ask = sdk(await sandbox(world()));
  const given: Record<string, object | string> = {
    FailedOperation: { ...fromInstance, UserKafkaTopics: "none" },
    "FailedOperation.Timeout": "the sandbox takes no time; it can be staged",
    InternalError: "the sandbox would have to fail; it can be staged",
    InvalidParameter: { ...fromInstance, Offset: "latest" },
    "InvalidParameter.DbDuplication": { ...fromInstance, Name: "events" },
    InvalidParameterValue: { ...fromInstance, Offset: 5 },
    MissingParameter: { ...fromInstance, KafkaInstance: undefined },
    "OperationDenied.AccountDestroy": "the sandbox has one account, which is in order; it can be staged",
    "OperationDenied.AccountIsolate": "the sandbox has one account, which is in order; it can be staged",
    "OperationDenied.AccountNotExists": "the sandbox has one account, which is in order; it can be staged",
    "ResourceNotFound.TopicNotExist": { ...fromInstance, TopicId: "none" },
  };
  expect(Object.keys(given)).toEqual(definition.actions.CreateKafkaRecharge.errorCodes);
  for (const [code, request] of Object.entries(given))
    if (typeof request === "object")
      expect(await ask("CreateKafkaRecharge", request).catch((error: { code: string }) => error.code)).toBe(code);
});

test("the actions of each quality are those that were reviewed", () => {
  const all = Object.entries(actions) as unknown as [string, AnyAction][];
  const those = (of: (action: AnyAction) => boolean) => all.filter(([, action]) => of(action)).map(([name]) => name);
  expect(those(({ effect }) => effect === "destroy")).toEqual(["DeleteKafkaRecharge", "CloseKafkaConsumer"]);
  expect(those(({ effect }) => effect === "write")).toEqual([
    "CreateKafkaRecharge",
    "ModifyKafkaRecharge",
    "OpenKafkaConsumer",
    "ModifyKafkaConsumer",
  ]);
  expect(those(({ effect, loses }) => effect === "write" && loses !== undefined)).toEqual([
    "ModifyKafkaRecharge",
    "ModifyKafkaConsumer",
  ]);
  expect(those(({ bills }) => bills === true)).toEqual(["CreateKafkaRecharge", "OpenKafkaConsumer"]);
  expect(those(({ bills }) => typeof bills === "function")).toEqual(["ModifyKafkaRecharge"]);
});
