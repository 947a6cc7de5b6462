import { readFileSync } from "node:fs";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, test } from "vitest";
import questions from "../../../evals/find-actions.json" with { type: "json" };
import { openLibrary } from "../../../src/discovery/library.ts";
import { actions } from "../../../tools/ckafka/actions.ts";
import { toolsets } from "../../../tools/ckafka/index.ts";
import { agree, sandbox, serve, smallWorld } from "../../support/harness.ts";
import { inRoot } from "../../support/paths.ts";

const InstanceId = "ckafka-one";
const names = async (args: string[]) => {
  const { client } = await serve(await sandbox(smallWorld), { args });
  return (await client.listTools()).tools.map((tool) => tool.name);
};

test("by default every action is a tool, and DescribeAction", async () => {
  expect(await names([])).toEqual([...Object.keys(actions), "DescribeAction"]);
});

test("--toolsets takes nouns, named sets and what to leave out", async () => {
  const of = (...nouns: (keyof typeof toolsets)[]) =>
    nouns.flatMap((noun) => Object.keys(toolsets[noun].actions)).sort();
  const sorted = async (list: string) =>
    (await names([`--toolsets=${list}`])).filter((name) => name !== "DescribeAction").sort();
  expect(await sorted("topic,group")).toEqual(of("topic", "group"));
  expect(await sorted("all,-topic")).toEqual(
    Object.keys(actions)
      .filter((name) => !(name in toolsets.topic.actions))
      .sort(),
  );
  expect(await sorted("-topic")).toEqual(await sorted("all,-topic"));
  const reads = Object.entries(actions).filter(([, action]) => action.effect === "read");
  expect(await sorted("reads")).toEqual(reads.map(([name]) => name).sort());
  expect((await names(["--toolsets", "essentials"])).length).toBeLessThanOrEqual(25);
});

test("a tool that is not registered says why, and which flag would add it", async () => {
  const { call } = await serve(await sandbox(smallWorld), { args: ["--toolsets", "topic"] });
  await expect(call("DescribeGroup", { InstanceId })).rejects.toThrow(
    /DescribeGroup is not offered: this server was started with --toolsets topic; add group to it\./,
  );
  expect((await call("DescribeAction", { Action: "DescribeGroup" })).data["(note)"]).toMatch(/add group to it/);
});

test("--discovery registers four tools, of at most 1,200 tokens, through which everything can be done", async () => {
  const { call, client, forms } = await serve(await sandbox(smallWorld), { args: ["--discovery"], answer: agree });
  const { tools } = await client.listTools();
  expect(tools.map((tool) => [tool.name, tool.annotations?.readOnlyHint])).toEqual([
    ["FindActions", true],
    ["DescribeAction", true],
    ["ReadAction", true],
    ["ChangeAction", false],
  ]);
  expect(
    encode(JSON.stringify(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))))
      .length,
  ).toBeLessThanOrEqual(1_200);
  const found = await call("FindActions", { Words: "删除主题", Limit: "2" });
  expect(found.data.Actions[0]).toMatchObject({ Action: "DeleteTopic", Effect: "destroy" });
  const listed = await call("ReadAction", { Action: "DescribeTopic", Input: { InstanceId } });
  expect(listed.data.Result.TotalCount).toBe(2);
  const deleted = await call("ChangeAction", {
    Action: "DeleteTopic",
    Input: JSON.stringify({ InstanceId, TopicName: "events" }),
    Region: "ap-guangzhou",
  });
  expect(deleted.data.Result.ReturnCode).toBe("0");
  expect(forms[0]?.message).toContain('DeleteTopic on "events" in "ckafka-one", region ap-guangzhou');
});

test("with --discovery each mistake is told with the way out", async () => {
  const { call } = await serve(await sandbox(smallWorld), { args: ["--discovery"], answer: agree });
  const deletion = { Action: "DeleteTopic", Input: { InstanceId, TopicName: "events" } };
  expect((await call("ReadAction", deletion)).text).toBe(
    "ReadAction: DeleteTopic changes something; call ChangeAction instead. Nothing was sent.",
  );
  expect((await call("ChangeAction", { Action: "DescribeTopic" })).text).toMatch(
    /DescribeTopic only reads; call ReadAction instead/,
  );
  expect((await call("ReadAction", { Action: "DescribeTopics" })).text).toMatch(
    /no tool "DescribeTopics"; did you mean DescribeTopic\?/,
  );
  expect((await call("ReadAction", { Action: "DescribeTopic", Input: { Instance: "x" } })).text).toMatch(
    /Instance is not a parameter \(did you mean InstanceId\?\); InstanceId is missing/,
  );
  expect((await call("FindActions", {})).text).toMatch(/Words is missing/);
  expect((await call("FindActions", { Words: "zzzz" })).data["(note)"]).toMatch(/Nothing fits these words/);
  await expect(call("DescribeTopic", { InstanceId })).rejects.toThrow(
    /DescribeTopic is no tool of its own here: call ReadAction with Action DescribeTopic/,
  );
});

test("--discovery with --read-only has no ChangeAction and finds no changes", async () => {
  const { call, client } = await serve(await sandbox(smallWorld), { args: ["--discovery", "--read-only"] });
  expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual([
    "FindActions",
    "DescribeAction",
    "ReadAction",
  ]);
  expect((await call("FindActions", { Words: "delete topic" })).text).not.toContain("DeleteTopic");
  expect((await call("ReadAction", { Action: "DeleteTopic" })).text).toMatch(
    /not offered: this server was started with --read-only/,
  );
  await expect(call("ChangeAction", { Action: "DeleteTopic" })).rejects.toThrow(
    /ChangeAction is not offered: this server was started with --read-only/,
  );
  const told = client.getInstructions();
  expect(told).toMatch(/FindActions finds them, .*carry them out with ReadAction\.\n/);
  expect(told).toMatch(/This server only reads \(--read-only\)/);
  expect(told).not.toContain("ChangeAction");
});

test("the instructions and the prompts say how this server was started", async () => {
  const { call, client } = await serve(await sandbox(smallWorld), { args: ["--toolsets", "topic"] });
  expect(client.getInstructions()).toMatch(/Only a part of the API is offered \(--toolsets topic\)\.\nA change runs/);
  await expect(call("FindActions", { Words: "x" })).rejects.toThrow(
    /comes with --discovery; here every action is a tool/,
  );
  const found = await serve(await sandbox(smallWorld), { args: ["--discovery"] });
  const { messages } = await found.client.getPrompt({ name: "diagnose-consumer-lag" });
  expect(JSON.stringify(messages)).toMatch(/carry them out with ReadAction and ChangeAction/);
});

test("DescribeAction shows bounds, risk, errors, limit and result, or one part", async () => {
  const { call } = await serve(await sandbox(smallWorld));
  const { data } = await call("DescribeAction", { Action: "ModifyTopicAttributes" });
  expect(data).toMatchObject({ CallsPerSecond: 100, OutcomeShownBy: "DescribeTopicAttributes" });
  expect(data.Risk).toMatch(/Some arguments make it destroy.*by typing the value of TopicName/);
  expect(data.Input.properties.RetentionMs).toMatchObject({ type: "integer", minimum: 60_000, maximum: 7_776_000_000 });
  expect(data.Errors).toContain("InvalidParameterValue.InstanceNotExist");
  expect(data.Result).toBe(
    "{Result:{ReturnCode(success is 0 or ok or success),ReturnMessage,Data?:{FlowId,RouteDTO?:{RouteId}}}}",
  );
  const part = await call("DescribeAction", { Action: "BatchModifyTopicAttributes", Parameter: "Topic.RetentionMs" });
  expect(part.data.Schema).toMatchObject({ minimum: 60_000 });
  expect(
    (await call("DescribeAction", { Action: "BatchModifyTopicAttributes", Parameter: "Topic.Retention" })).text,
  ).toMatch(/did you mean RetentionMs\?/);
  expect((await call("DescribeAction", { Action: "DeleteTopics" })).text).toMatch(
    /no action "DeleteTopics"; did you mean DeleteTopic\?/,
  );
});

test("what is too large to show at once is named, and shown in parts", async () => {
  const { call } = await serve(await sandbox(smallWorld));
  const whole = await call("DescribeAction", { Action: "CreateDatahubTask" });
  expect(whole.text.length).toBeLessThan(40_000);
  expect(whole.data.Input.properties.SourceResource.fields).toContain("MySQLParam");
  const part = await call("DescribeAction", { Action: "CreateDatahubTask", Parameter: "SourceResource.MySQLParam" });
  expect(Object.keys(part.data.Schema.properties)).toContain("Database");
});

test("the right action is among the first three for 95 % of the questions", () => {
  const library = openLibrary(JSON.parse(readFileSync(inRoot("dist/reference.json"), "utf8")));
  const missed = questions.filter(({ ask, right }) => {
    const { Actions } = library.find(ask, 3, () => true) as { Actions: { Action: string }[] };
    return !Actions.some(({ Action }) => right.includes(Action));
  });
  expect(questions.length).toBeGreaterThanOrEqual(60);
  expect(missed.length / questions.length, missed.map(({ ask }) => ask).join("; ")).toBeLessThanOrEqual(0.05);
});
