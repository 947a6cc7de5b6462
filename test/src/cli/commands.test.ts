import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { SERVER, temporaryFolder } from "../../support/harness.ts";

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER, ...args], {
    encoding: "utf8",
    input: "",
    env: { PATH: process.env.PATH, HOME: "/nonexistent", XDG_STATE_HOME: temporaryFolder() },
  });
  return { status, stdout, stderr };
}

test("call carries out one action through the same path, and prints its result", () => {
  const { status, stdout, stderr } = run("call", "DescribeInstances", '{"Limit":"1"}', "--sandbox");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).Result).toMatchObject({ TotalCount: 3, InstanceList: [{ InstanceId: "ckafka-shop7k2m" }] });
});

test("call confirms a change by ticket, and has it wait for the operator where nobody can be asked", () => {
  const deletion = ["call", "DeleteTopic", '{"InstanceId":"ckafka-shop7k2m","TopicName":"carts"}', "--sandbox"];
  expect(run(...deletion)).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/was not carried out yet.*`ckafka-mcp approve [0-9a-f]{8}` in a terminal/),
  });
  expect(run(...deletion, "--confirm", "ticket").stderr).toMatch(/Nothing was changed yet.*Ticket "/s);
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
])("%j ends with 2 and says why", (args, why) => {
  expect(run(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(why) });
});

test("tools prints what would be registered, for people and for programs", () => {
  const { stdout } = run("tools", "--toolsets", "group", "--read-only");
  expect(stdout).toMatch(/^DescribeGroup +group +read +\d+$/m);
  expect(stdout).toMatch(/^5 tools, about \d+ tokens$/m);
  expect(JSON.parse(run("tools", "--json").stdout)).toHaveLength(109);
});

test("call describes and finds as well", () => {
  expect(JSON.parse(run("call", "DescribeAction", '{"Action":"DeleteRoute"}').stdout)).toBeTypeOf("object");
  expect(run("call", "FindActions", '{"Words":"consumer lag"}').stdout).toContain("DescribeGroupOffsets");
});

test.each([["help"], ["call", "--help"], ["tools", "--help"], ["approve", "--help"]])("%s %s helps", (...args) => {
  expect(run(...args)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: ckafka-mcp \[options\]/) });
});

test("audit verify does not pass a folder without an audit", () => {
  expect(run("audit", "verify", temporaryFolder())).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/no audit file/),
  });
});
