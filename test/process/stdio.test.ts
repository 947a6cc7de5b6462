// The process as a client sees it: frames, streams, exits.
import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { afterTest, SERVER, temporaryFile } from "../support/harness.ts";

interface Run {
  stdin: NodeJS.WritableStream;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<number | null>;
}
function run(args: string[], nodeArgs: string[] = []): Run {
  const child = spawn(process.execPath, [...nodeArgs, SERVER, ...args], { env: { PATH: process.env.PATH } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => {});
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  afterTest(async () => child.kill("SIGKILL"));
  return { stdin: child.stdin, stdout: () => stdout, stderr: () => stderr, ended };
}
const frames = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const message = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
const hello = message(1, "initialize", {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "t", version: "1" },
});

test("nothing but protocol reaches stdout; the log is JSON lines on stderr", async () => {
  const { stdin, stdout, stderr, ended } = run(["--sandbox", "--log-level", "debug"]);
  stdin.write(
    hello +
      message(2, "tools/call", { name: "DescribeInstances", arguments: {} }) +
      message(3, "tools/call", { name: "CreateTopic", arguments: {} }),
  );
  stdin.end();
  expect(await ended).toBe(0);
  const answers = frames(stdout());
  expect(answers.every(({ jsonrpc }) => jsonrpc === "2.0")).toBe(true);
  expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  expect(frames(stderr()).map(({ msg }) => msg)).toEqual(expect.arrayContaining(["serving", "done", "refused"]));
});

test("what a library prints, and a crash, go to stderr and end the process with 1", async () => {
  const crash =
    'setTimeout(() => { console.log("printed"); process.stdout.write("written"); throw new Error("boom") }, 600)';
  const { stdin, stdout, stderr, ended } = run(
    ["--sandbox"],
    ["--import", `data:text/javascript,${encodeURIComponent(crash)}`],
  );
  stdin.write(hello);
  expect(await ended).toBe(1);
  expect(frames(stdout())).toMatchObject([{ id: 1 }]);
  expect(stderr()).toContain("printed");
  expect(stderr()).toContain("written");
  expect(stderr()).toContain("boom");
});

test("a rejection that nobody handles ends the process as well", async () => {
  const reject = 'setTimeout(() => Promise.reject(new Error("lost")), 600)';
  const { stdout, stderr, ended } = run(
    ["--sandbox"],
    ["--import", `data:text/javascript,${encodeURIComponent(reject)}`],
  );
  expect(await ended).toBe(1);
  expect(stdout()).toBe("");
  expect(stderr()).toContain("lost");
});

test("a line that is not JSON, or not JSON-RPC, is answered, and the next one works", async () => {
  const { stdin, stdout, ended } = run(["--sandbox"]);
  stdin.write(hello);
  stdin.write("hello?\n");
  stdin.write('{"id":7}\n');
  stdin.write(message(2, "tools/list"));
  stdin.end();
  expect(await ended).toBe(0);
  const answers = frames(stdout());
  expect(answers.filter((a) => a.error)).toMatchObject([
    { jsonrpc: "2.0", error: { code: -32700, message: "That line is not JSON. Send one JSON-RPC message a line." } },
    { jsonrpc: "2.0", error: { code: -32600, message: "That line is not a JSON-RPC 2.0 message." } },
  ]);
  expect(answers.find((a) => a.id === 2).result.tools.length).toBeGreaterThan(30);
});

test("a frame over 10 MB is answered, and the next one works", async () => {
  const { stdin, stdout, ended } = run(["--sandbox"]);
  stdin.write(hello);
  stdin.write(
    message(2, "tools/call", { name: "DescribeTopic", arguments: { InstanceId: "x".repeat(11 * 1024 * 1024) } }),
  );
  stdin.end(message(3, "ping"));
  expect(await ended).toBe(0);
  expect(frames(stdout()).slice(1)).toMatchObject([
    { id: 2, error: { message: "That message is over 10 MB; nothing of it was carried out." } },
    { id: 3, result: {} },
  ]);
});

test("when stdin ends, calls under way still get their answers", async () => {
  const { stdin, stdout, ended } = run(["--sandbox"]);
  stdin.end(hello + message(2, "tools/call", { name: "DescribeInstances", arguments: {} }));
  expect(await ended).toBe(0);
  expect(frames(stdout()).find((f) => f.id === 2).result.structuredContent.Result.TotalCount).toBe(3);
});

test.each([
  [["--regoin", "x"], /Unknown option '--regoin'; --help lists what there is/],
  [["serve"], /Unexpected argument 'serve'/],
  [["--confirm", "never"], /--confirm takes elicit, operator, ticket, auto, not "never"/],
  [["--timeout", "soon"], /--timeout takes seconds from 1 to 600, not "soon"/],
  [["--endpoint", "ckafka"], /--endpoint takes a URL like https:/],
  [["--sandbox", "--endpoint", "http://x"], /leave out --endpoint/],
  [["--log-level", "loud"], /--log-level takes fatal, error, warn, info, debug/],
  [["--region", "ap-nowhere"], /--region knows no "ap-nowhere"; there are ap-bangkok/],
  [["--region", "ap-gangzhou"], /--region knows no "ap-gangzhou"; did you mean ap-guangzhou\?/],
  [["--world", "/nowhere.json"], /world \/nowhere\.json cannot be read: ENOENT/],
])("%j ends with 2 and says why on stderr alone", async (args, why) => {
  const { stdout, stderr, ended } = run(args);
  expect(await ended).toBe(2);
  expect(stdout()).toBe("");
  expect(stderr()).toMatch(why);
  expect(stderr().trim().split("\n")).toHaveLength(1);
});

test.each([
  ['{"regions":', /is not JSON/],
  ["{}", /is not valid: regions: Required/],
  [
    '{"regions":{"ap-guangzhou":{"instanses":[]}}}',
    /regions\.ap-guangzhou: unknown field instanses \(did you mean instances\?\)/,
  ],
  ['{"regions":{},"clock":{"at":"yesterday"}}', /clock\.at: must be a time like/],
])("a world file that does not hold: %s", async (content, why) => {
  const { stdout, stderr, ended } = run(["--world", temporaryFile("world.json", content)]);
  expect(await ended).toBe(2);
  expect(stdout()).toBe("");
  expect(stderr()).toMatch(why);
});

test("--help and --version print and end", async () => {
  const help = run(["--help"]);
  expect(await help.ended).toBe(0);
  expect(help.stdout()).toContain("--sandbox");
  const version = run(["--version"]);
  expect(await version.ended).toBe(0);
  expect(version.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/);
});
