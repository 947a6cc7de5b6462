// The sandbox alone, as a process, with the official SDK as its client.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import { expect, test } from "vitest";
import { afterTest, SERVER, smallWorld, temporaryFile } from "../support/harness.ts";

const env = { PATH: process.env.PATH, HOME: "/nonexistent" };

/** Starts it and reads its one line. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [SERVER, "sandbox", ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  afterTest(async () => {
    child.kill();
    await exit;
  });
  const lines: string[] = [];
  const output = createInterface(child.stdout).on("line", (line) => lines.push(line));
  await once(output, "line");
  return { child, exit, lines, told: JSON.parse(lines[0] as string) as Record<string, string> };
}
function clientOf({ url = "", secretId = "", secretKey = "", region = "" }: Record<string, string>) {
  const httpProfile = { protocol: "http://", endpoint: url.replace("http://", "") };
  return new ckafka.v20190819.Client({ credential: { secretId, secretKey }, region, profile: { httpProfile } });
}
function refusal(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER, "sandbox", ...args], {
    encoding: "utf8",
    env,
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

test("it serves any SDK on its own, with credentials made up or given, until it is interrupted", async () => {
  const world = temporaryFile("world.json", JSON.stringify(smallWorld));
  const { child, exit, lines, told } = await start("--world", world, "--secret-id", "AKIDx", "--secret-key", "k");
  expect(told).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), secretId: "AKIDx" });
  expect(await (await fetch(`${told.control}/clock`)).json()).toMatchObject({ mode: "standing" });
  expect((await clientOf(told).DescribeTopic({ InstanceId: "ckafka-one" })).Result?.TotalCount).toBe(2);
  await expect(clientOf({ ...told, secretKey: "other" }).DescribeRegion({})).rejects.toMatchObject({
    code: "AuthFailure.SignatureFailure",
  });
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
  expect(lines).toHaveLength(1);

  const { told: other } = await start();
  expect((await clientOf(other).DescribeInstances({})).Result?.TotalCount).toBeGreaterThan(1);
});

test("what it cannot start with is said in one sentence, with exit code 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  afterTest(async () => taken.close());
  const port = String((taken.address() as AddressInfo).port);
  const cases: [string[], RegExp][] = [
    [["--port", port], /^ckafka-mcp: 127\.0\.0\.1:\d+ is in use; choose another port\n$/],
    [["--control-port", port], /^ckafka-mcp: 127\.0\.0\.1:\d+ is in use; choose another port\n$/],
    [["--port", "70000"], /^ckafka-mcp: --port takes a number up to 65535, not "70000"\n$/],
    [["--world", "/nonexistent.json"], /^ckafka-mcp: world \/nonexistent\.json cannot be read: [^\n]+\n$/],
    [
      ["--world", temporaryFile("w.json", '{"regions":{},"seeds":1}')],
      /unknown field seeds \(did you mean seed\?\)\n$/,
    ],
    [["--secret-id", "x"], /--secret-id and --secret-key go together\n$/],
    [["--wrong"], /Unknown option '--wrong'; sandbox --help lists what there is\n$/],
  ];
  for (const [args, stderr] of cases)
    expect(refusal(...args)).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(stderr) });
  expect(refusal("--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: ckafka-mcp sandbox/) });
});
