import { expect, test } from "vitest";
import { command, temporaryFolder } from "../../support/harness.ts";

const run = (...args: string[]) => command(args);

test("call carries out one action through the same path, and prints its result", async () => {
  const { code, stdout, stderr } = await run("call", "DescribeInstances", '{"Limit":"1"}', "--sandbox");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout).Result).toMatchObject({ TotalCount: 3, InstanceList: [{ InstanceId: "ckafka-shop7k2m" }] });
});

test("call confirms a change by ticket, and has it wait for the operator where nobody can be asked", async () => {
  const deletion = ["call", "DeleteTopic", '{"InstanceId":"ckafka-shop7k2m","TopicName":"carts"}', "--sandbox"];
  expect(await run(...deletion)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(
      /was not carried out yet.*`(?:ckafka-mcp|node .+) approve [0-9a-f]{8} --state-dir \S+` in a terminal/,
    ),
  });
  expect((await run(...deletion, "--confirm", "ticket")).stderr).toMatch(/Nothing was changed yet.*Ticket "/s);
});

test.each([
  [["call"], /call takes an action/],
  [["call", "DescribeTopics", "--sandbox"], /did you mean DescribeTopic\?/],
  [["call", "DeleteTopic", "--sandbox", "--read-only"], /started with --read-only/],
  [["call", "DescribeTopic", "{bad", "--sandbox"], /the arguments are not JSON/],
  [["call", "DescribeTopic", "[1]", "--sandbox"], /the arguments must be a JSON object/],
  [["approve", "--sandbx"], /Unknown option/],
  [["audit"], /audit takes one word: ckafka-mcp audit verify/],
  [["audit", "verify", "/nonexistent"], /there is no audit to read in .*ENOENT/],
  [["approve", "12345678"], /needs a person at a terminal/],
  [["tools", "--toolsets", "topics"], /--toolsets knows no "topics"; did you mean topic\?/],
])("%j ends with 2 and says why", async (args, why) => {
  expect(await run(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(why) });
});

test("tools prints what would be registered, for people and for programs", async () => {
  const { stdout } = await run("tools", "--toolsets", "group", "--read-only");
  expect(stdout).toMatch(/^DescribeGroup +group +read +\d+$/m);
  expect(stdout).toMatch(/^5 tools, about \d+ tokens$/m);
  expect(JSON.parse((await run("tools", "--json")).stdout)).toHaveLength(109);
});

test("call describes and finds as well", async () => {
  expect(JSON.parse((await run("call", "DescribeAction", '{"Action":"DeleteRoute"}')).stdout)).toBeTypeOf("object");
  expect((await run("call", "FindActions", '{"Words":"consumer lag"}')).stdout).toContain("DescribeGroupOffsets");
});

test.each([["help"], ["call", "--help"], ["tools", "--help"], ["approve", "--help"]])(
  "%s %s helps",
  async (...args) => {
    expect(await run(...args)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: ckafka-mcp \[options\]/),
    });
  },
);

test("audit verify does not pass a folder without an audit", async () => {
  expect(await run("audit", "verify", temporaryFolder())).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/no audit file/),
  });
});
