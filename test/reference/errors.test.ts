// Every error code that the reference documents, action by action: provoked over HTTP, or said why no request can.
import { expect, test } from "vitest";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import newer from "../../sandbox/reference/2026-08.json" with { type: "json" };
import { type Sandbox, startSandbox } from "../../sandbox/server/http.ts";
import { diff } from "../../sandbox/world/diff.ts";
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { makeWorld } from "../../sandbox/world/world.ts";
import { cases } from "../support/forged.ts";
import { afterTest, sandbox } from "../support/harness.ts";
import { type Answers, play, type Send, scenario, sender, world as succeeding } from "../support/scenario.ts";
import { IMPOSSIBLE, type Page, PROVOKED, type Row, UNCOMMON, world } from "./errors.ts";

type Given = Record<string, unknown>;
interface Field {
  name: string;
  type: string;
  required?: boolean;
}
interface Definition {
  actions: Record<string, { input: Field[]; errorCodes?: string[] }>;
  structures: Record<string, { fields: Field[] }>;
}
const definitions = [newer, older] as unknown as [Definition, Definition];
const definitionOf = (action: string) => definitions.find((d) => d.actions[action]) as Definition;
const fieldsOf = (action: string) => definitionOf(action).actions[action]?.input ?? [];
const pages = definitions[1].actions;
const pairs = Object.entries(pages).flatMap(([action, { errorCodes = [] }]) =>
  errorCodes.map((code) => `${action} ${code}`),
);
const pair = (action: string, code: string) => `${action} ${code}`;

/** A request that has all that is required, of the right types, and means nothing. */
function formal(definition: Definition, fields: Field[]): Given {
  const value = (type: string): unknown => {
    if (type.startsWith("Array of ")) return [value(type.slice(9))];
    const structure = definition.structures[type];
    if (structure) return formal(definition, structure.fields);
    if (/^(u?int64|integer|float|double)$/i.test(type)) return 1;
    return /^bool/i.test(type) ? true : "x";
  };
  return Object.fromEntries(fields.filter((f) => f.required).map((f) => [f.name, value(f.type)]));
}
interface Wrong {
  action: string;
  code: string;
  input: Given;
}
/** What is wrong with a request whatever the action is about. */
const formally: Wrong[] = [...scenario].flatMap(([action]) => {
  const fields = fieldsOf(action);
  const input = formal(definitionOf(action), fields);
  const [first] = fields;
  const needed = fields.find((f) => f.required);
  const text = fields.find((f) => f.required && f.type.toLowerCase() === "string");
  const wrongType = first && {
    action,
    code: "InvalidParameter",
    input: { ...input, [first.name]: first.type.startsWith("Array") ? "x" : [] },
  };
  const missing = needed && { action, code: "MissingParameter", input: { ...input, [needed.name]: undefined } };
  const empty = text &&
    pages[action]?.errorCodes?.includes("InvalidParameterValue.NotAllowedEmpty") && {
      action,
      code: "InvalidParameterValue.NotAllowedEmpty",
      input: { ...input, [text.name]: "" },
    };
  return [{ action, code: "UnknownParameter", input: { ...input, Wrong: 1 } }, wrongType, missing, empty].filter(
    (w) => !!w,
  );
});
/** The instance that a request is about is not there, or not running. */
const onInstances = scenario.flatMap(([action]): Row[] => {
  const codes = pages[action]?.errorCodes ?? [];
  if (!fieldsOf(action).some((f) => f.name === "InstanceId" && f.required)) return [];
  const missing = codes.includes("InvalidParameterValue.InstanceNotExist")
    ? "InvalidParameterValue.InstanceNotExist"
    : "ResourceNotFound";
  const rows: Row[] = codes.length > 0 ? [[action, missing, { InstanceId: "ckafka-none" }]] : [];
  const stopped = ["ResourceUnavailable", "OperationDenied"].find((code) => codes.includes(code));
  // This one shows an instance in every state.
  if (stopped && action !== "DescribeInstanceAttributes") rows.push([action, stopped, { InstanceId: "ckafka-new" }]);
  return rows;
});
const rows = [...PROVOKED, ...onInstances];

const codeOf = (send: Send, action: string, input: object): Promise<string> =>
  send(action, input).then(
    () => "no error",
    (error: { code: string }) => error.code,
  );
/** The requests of the scenario, with what earlier answers gave them. */
async function requests(): Promise<Record<string, Given>> {
  const answers = await play(sender(await sandbox(succeeding)));
  return Object.fromEntries(
    scenario.map(([action, request]) => [action, typeof request === "function" ? request(answers) : request]),
  );
}

test("names, obligations, types and empty values are judged first, of every action", async () => {
  const send = sender(await sandbox(world));
  const answers = await Promise.all(
    formally.map(async (wrong) => pair(wrong.action, await codeOf(send, wrong.action, wrong.input))),
  );
  expect(answers).toEqual(formally.map((wrong) => pair(wrong.action, wrong.code)));
});

test("each code of the table is what its request gets", async () => {
  const base = await requests();
  const shared = sender(await sandbox(world));
  const answers: string[] = [];
  for (const [action, , change, ...before] of rows) {
    const send = before.length > 0 ? sender(await sandbox(world)) : shared;
    const earlier: Answers = {};
    for (const [name, input] of before) earlier[name] = await send(name, input);
    const changed = typeof change === "function" ? change(earlier) : change;
    answers.push(pair(action, await codeOf(send, action, { ...base[action], ...changed })));
  }
  expect(answers).toEqual(rows.map(([action, code]) => pair(action, code)));
});

test("a wrong value is named where it stands, after wrong names, missing parameters and wrong types", async () => {
  const send = sender(await sandbox(world));
  const failure = (action: string, input: object) =>
    send(action, input).then(
      () => "no error",
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    );
  const topic = { InstanceId: "ckafka-one", TopicName: "a b", PartitionNum: 1, ReplicaNum: 1 };
  expect(await failure("CreateTopic", topic)).toMatch(/^InvalidParameterValue: .*`TopicName` is not of the form/);
  expect(await failure("CreateTopic", { ...topic, Note: 1 })).toMatch(/^InvalidParameter: .*`Note`/);
  expect(await failure("CreateTopic", { ...topic, ReplicaNum: undefined })).toMatch(
    /^MissingParameter: .*`ReplicaNum`/,
  );
  expect(await failure("CreateTopic", { ...topic, EnableWhiteList: 1 })).toMatch(
    /^MissingParameter: .*`IpWhiteList`, which `EnableWhiteList` 1 needs/,
  );
  expect(
    await failure("CreateDatahubTask", { TaskName: "t", TaskType: "SINK", TargetResource: { Type: "COS" } }),
  ).toMatch(/^MissingParameter: .*`TargetResource\.CosParam`, which `TargetResource\.Type` COS needs/);
  const filters = [{ Name: "GroupState", Values: ["Stable", "Idle"] }];
  expect(await failure("DescribeGroup", { InstanceId: "ckafka-one", Filters: filters })).toMatch(
    /^InvalidParameterValue: .*`Filters\.0\.Values\.1` is none of Empty, Stable/,
  );
  expect(await failure("SendMessage", { DataHubId: "datahub-one", Message: Array(501).fill({ Body: "b" }) })).toMatch(
    /`Message` has more than 500 entries/,
  );
});

const LIMITED = "DescribeTopicSubscribeGroup";
test("calling too often has its code", async () => {
  const box = await startSandbox({ world: makeWorld(world), rateLimit: true });
  afterTest(box.close);
  const send = sender(box);
  const calls = Array.from({ length: 100 }, () =>
    codeOf(send, LIMITED, { InstanceId: "ckafka-one", TopicName: "events" }),
  );
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["no error", "RequestLimitExceeded"]));
});

const provoked = new Set([
  ...formally.map(({ action, code }) => pair(action, code)),
  ...rows.map(([action, code]) => pair(action, code)),
  pair(LIMITED, "RequestLimitExceeded"),
]);
const page = (action: string): Page => ({ action, takes: (name) => fieldsOf(action).some((f) => f.name === name) });

test("every documented code of every action is provoked, or it stands why it cannot be", () => {
  const reasons = pairs.map((documented) => {
    const [action, code] = documented.split(" ") as [string, string];
    const why = IMPOSSIBLE.filter(([codes, where]) => codes.includes(code) && where(page(action)));
    return { documented, why, count: why.length + Number(provoked.has(documented)) };
  });
  expect(reasons.filter((r) => r.count === 0).map((r) => r.documented)).toEqual([]);
  expect(reasons.filter((r) => r.count > 1).map((r) => r.documented)).toEqual([]);
  const used = new Set(reasons.flatMap((r) => r.why));
  expect(IMPOSSIBLE.filter((row) => !used.has(row))).toEqual([]);
});

test("what is provoked stands on the action's page or is common to all", () => {
  const stray = [...provoked].filter((answer) => {
    const [action, code] = answer.split(" ") as [string, string];
    return (pages[action]?.errorCodes ?? []).length > 0 && !pairs.includes(answer) && !COMMON.has(code);
  });
  expect(stray).toEqual([]);
});

/** Of the codes that the reference lists, those that are about any request. */
const businessOnly =
  /^(AuthFailure|InvalidFilter|OperationDenied\S*|InvalidParameter\.\S+|InvalidParameterValue\.\S+|LimitExceeded\.\S+|ResourceUnavailable\.\S+|UnsupportedOperation\.\S+)$/;
const COMMON = new Set((older.errorCodes as string[]).filter((code) => !businessOnly.test(code)));

test("every common code is provoked, or it stands why it cannot be", () => {
  const seen = new Set([...cases.map(([, , code]) => code), ...[...provoked].map((p) => p.split(" ")[1] as string)]);
  const missing = [...COMMON].filter((code) => !seen.has(code));
  expect(missing.sort()).toEqual(Object.keys(UNCOMMON).sort());
});

const InstanceId = "ckafka-one";
const twice = ["1", "2"].map((TagValue) => ({ TagKey: "a", TagValue }));
/** Requests that are refused for their last part, when the rest is right. */
const halves: [action: string, input: Given][] = [
  ["ModifyTopicAttributes", { InstanceId, TopicName: "events", Note: "half", Tags: twice }],
  ["BatchModifyTopicAttributes", { InstanceId, Topic: [{ TopicName: "events", Note: "half", PartitionNum: 9_999 }] }],
  ["CreateDatahubTopic", { Name: "1300000000-half", PartitionNum: 1, RetentionMs: 60_000, Tags: twice }],
  ["ModifyDatahubTopic", { Name: "1300000000-form", RetentionMs: 60_000, Note: "half", Tags: twice }],
  ["CreateRoute", { InstanceId, VipType: 1, AccessType: 3, PublicNetwork: 99, IpWhitelist: [{}] }],
];

test("what is refused has changed nothing", async () => {
  const base = await requests();
  const state = ({ world }: Sandbox) => JSON.parse(JSON.stringify({ ...dumpWorld(world), made: 0 }));
  const shared = await sandbox(world);
  const before = state(shared);
  for (const [action, input] of halves) await codeOf(sender(shared), action, input);
  for (const [action, , change, ...earlier] of rows) {
    if (earlier.length > 0) continue;
    await codeOf(sender(shared), action, { ...base[action], ...(typeof change === "function" ? change({}) : change) });
  }
  expect(diff(before, state(shared))).toEqual([]);
});
