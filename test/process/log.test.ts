// The log is a side channel: whatever becomes of stderr, the program answers and ends as it would without.
import { expect, test } from "vitest";
import { hello, type Launch, launch, line } from "../support/process.ts";

/** Lines that are no messages are logged with a stack each: a megabyte and more. */
const MANY = 6_000;
const ARGS = ["--sandbox", "--log-level", "debug"];

/** Ways in which stderr can be of no use. */
const broken: [string, Launch][] = [
  ["a socket that nobody reads", { readsLog: false }],
  ["a pipe that nobody reads", { shell: "exec SERVER 2> >(exec sleep 30 >&-)", stdio: ["pipe", "pipe", "ignore"] }],
  ["a pipe whose reader has gone", { shell: "exec SERVER 2> >(exit 0)", stdio: ["pipe", "pipe", "ignore"] }],
  [
    "a pipe that does not block",
    {
      shell: "exec SERVER 2> >(exec python3 -c 'import fcntl,time; fcntl.fcntl(0,4,2048); time.sleep(30)' >&-)",
      stdio: ["pipe", "pipe", "ignore"],
    },
  ],
  ["a full disk", { shell: "exec SERVER 2>/dev/full", stdio: ["pipe", "pipe", "ignore"] }],
  ["nothing at all", { shell: "exec SERVER 2>&-", stdio: ["pipe", "pipe", "ignore"] }],
  [
    "a terminal that nobody reads",
    {
      // What holds the terminal is held itself, so the shell inside tells of the end.
      shell: `script -qec "SERVER <&3 >&4; echo '{\\"id\\":\\"ended\\",\\"code\\":'\\$?'}' >&4" /dev/null`,
      stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"],
      fds: [3, 4],
      readsLog: false,
    },
  ],
];

test.each(broken)("stderr is %s: every call is answered, and the end comes", async (what, how) => {
  const { raw, request, answer, input, frames, ended } = launch(ARGS, how);
  request(0, "initialize", hello);
  // The log is opened after the first answer, and before the first call.
  request("first", "tools/call", { name: "DescribeRegion", arguments: {} });
  await answer("first");
  raw(...Array.from({ length: MANY }, () => "no message"));
  for (let id = 1; id <= 50; id += 1) request(id, "tools/call", { name: "DescribeInstances", arguments: {} });
  request("last", "tools/list");
  await answer("last");
  await answer(50);
  input.end();
  expect(await (what.startsWith("a terminal") ? answer("ended") : ended)).toMatchObject({ code: 0 });
  expect(frames().filter(({ error }) => error?.code === -32700)).toHaveLength(MANY);
  expect(frames().filter(({ result }) => result?.structuredContent)).toHaveLength(51);
});

test("what could not be written is counted, and said once somebody reads", async () => {
  const { child, raw, request, answer, input, ended } = launch(ARGS, { readsLog: false });
  request(0, "initialize", hello);
  request("first", "tools/call", { name: "DescribeRegion", arguments: {} });
  await answer("first");
  raw(...Array.from({ length: MANY }, () => "no message"));
  request(1, "tools/list");
  await answer(1);
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk) => {
    log += chunk;
  });
  while (!log.includes("could not be written")) await new Promise((resolve) => setTimeout(resolve, 20));
  input.end();
  await ended;
  const lines = log
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text));
  const dropped = lines.reduce((sum, { dropped = 0 }) => sum + dropped, 0);
  expect(dropped).toBeGreaterThan(0);
  const told = lines.filter(({ msg }) => msg === "transport").length + dropped;
  // None is missing; a line about something else may be among those that were dropped.
  expect(told).toBeGreaterThanOrEqual(MANY);
  expect(told).toBeLessThanOrEqual(MANY + 5);
  // It is told when there is room again, not for each line.
  expect(lines.filter(({ dropped }) => dropped).length).toBeLessThan(20);
});

test("a crash is written before the process ends, also through a pipe that is slow to be read", async () => {
  const crash = 'setTimeout(() => { throw new Error("boom") }, 300)';
  const { log, ended, raw } = launch(ARGS, {
    nodeArgs: ["--import", `data:text/javascript,${encodeURIComponent(crash)}`],
  });
  raw(line(0, "initialize", hello), ...Array.from({ length: 200 }, () => "no message"));
  expect(await ended).toMatchObject({ code: 1 });
  expect(log()).toContain("boom");
});
