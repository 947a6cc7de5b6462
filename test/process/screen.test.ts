// What the program shows and takes at a real terminal, and beside it in a pipe.
import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { afterTest, command, SERVER, smallWorldWith, temporaryFile } from "../support/harness.ts";

/** Runs it with all three streams at a terminal; types what is given once something is there. */
function shown(args: string[], typed?: string): Promise<{ code: number | null; screen: string }> {
  const line = [process.execPath, SERVER, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = spawn("script", ["-qec", line, "/dev/null"], { env: { PATH: process.env.PATH, HOME: "/nonexistent" } });
  afterTest(async () => child.kill("SIGKILL"));
  let screen = "";
  let answered = false;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    screen += chunk;
    if (typed !== undefined && !answered) child.stdin.write(typed);
    answered = true;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, screen: screen.replaceAll("\r", "") })));
}

const bad = "\u009b2J\u202egone\u2066";
const world = () => temporaryFile("world.json", JSON.stringify(smallWorldWith({ name: bad })));

test("call prints indented JSON at a terminal, with what would steer it spelt out; a pipe gets the line as it is", async () => {
  const file = world();
  const { code, screen } = await shown(["call", "DescribeInstances", "--world", file]);
  expect(code).toBe(0);
  expect(screen).toMatch(/^\{\n {2}"Result": \{\n/);
  expect(screen).toContain("\\u{9b}2J\\u{202e}gone\\u{2066}");
  expect(screen).not.toMatch(/[\u009b\u202e\u2066]/);
  const { stdout } = await command(["call", "DescribeInstances", "--world", file]);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(JSON.parse(stdout).Result.InstanceList[0].InstanceName).toContain(bad);
});

test("call takes its arguments from a file and from its input", async () => {
  const file = temporaryFile("args.json", '\ufeff{"Limit":\n1}\n');
  const asked = ["call", "DescribeInstances"];
  for (const { stdout, stderr } of [
    await command([...asked, `@${file}`, "--sandbox"]),
    await command([...asked, "-", "--sandbox"], '{"Limit": 1}'),
  ]) {
    expect(stderr).toBe("");
    expect(JSON.parse(stdout).Result.InstanceList).toHaveLength(1);
  }
  expect(await command([...asked, "@/nowhere", "--sandbox"])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/\/nowhere cannot be read: ENOENT/),
  });
  expect(await command([...asked, "-", "--sandbox"], '{\n"Key": canary')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/the arguments are not JSON \(line 2\)\n$/),
  });
});

test("a server that is started at a terminal says in a line what it waits for", async () => {
  const { code, screen } = await shown(["--sandbox", "--log-level", "fatal"], "\u0003");
  expect(code).toBe(130);
  expect(screen.replace(/\^C/, "").trim().split("\n")).toEqual([
    expect.stringMatching(/waits for an MCP client .*--help/),
  ]);
});

test("tools has a header", async () => {
  const { stdout } = await command(["tools", "--toolsets", "group"]);
  expect(stdout.split("\n")[0]).toMatch(/^Tool +Toolset +Effect +Tokens$/);
});

test("policy explain without arguments says what could decide", async () => {
  const rules = [
    { effect: "allow", actions: ["Create*"] },
    { effect: "deny", actions: ["Delete*"], topics: undefined, regions: ["ap-guangzhou"], why: "production" },
    { effect: "ask" },
  ];
  const policy = temporaryFile("policy.json", JSON.stringify({ rules, limits: { billing: "never" } }));
  const { code, stdout } = await command(["policy", "explain", "DeleteTopic", "--policy", policy]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^DeleteTopic without arguments: what decides depends on them\./);
  expect(stdout).toMatch(
    / {2}refused where it costs or refunds money\n {2}rule 2 \(deny\) where it is about regions ap-guangzhou: production\n {2}rule 3 \(ask\) whatever its arguments\n/,
  );
});
