// Every way in which the process ends, with a change under way: what was sent runs to its end, and the audit has its outcome.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../sandbox/server/http.ts";
import { auditOf } from "../support/audit.ts";
import { sandbox, smallWorld, temporaryFile, temporaryFolder } from "../support/harness.ts";
import { hello, type Launched, launch, line } from "../support/process.ts";

const InstanceId = "ckafka-one";
const creation = { InstanceId, TopicName: "made", PartitionNum: 1, ReplicaNum: 1 };
const allowed = () => temporaryFile("policy.json", JSON.stringify({ rules: [{ effect: "allow" }] }));
/** Throws where nobody catches, when it is told to. */
const CRASH = `process.on("SIGUSR2", () => { setTimeout(() => { throw new Error("boom") }) })`;

interface Started extends Launched {
  box: Sandbox;
  dir: string;
  made: () => boolean;
  events: () => string[];
}
async function start(args: string[] = [], capabilities = {}): Promise<Started> {
  const box = await sandbox(smallWorld);
  const dir = join(temporaryFolder(), "state");
  const env = {
    TENCENTCLOUD_SECRET_ID: box.credential.secretId,
    TENCENTCLOUD_SECRET_KEY: box.credential.secretKey,
    TENCENTCLOUD_REGION: box.region,
  };
  const own = ["--endpoint", box.url, "--metadata-url", "off", "--state-dir", dir, "--wait", "0"];
  const nodeArgs = ["--import", `data:text/javascript,${encodeURIComponent(CRASH)}`];
  const launched = launch([...own, ...args], { env, nodeArgs });
  launched.raw(line(0, "initialize", { ...hello, capabilities }));
  await launched.answer(0);
  const topics = () => box.world.regions["ap-guangzhou"]?.instances[0]?.topics ?? [];
  return {
    ...launched,
    box,
    dir,
    made: () => topics().some(({ name }) => name === "made"),
    events: () => auditOf(dir).flatMap(({ event, action }) => (action === "CreateTopic" ? [event] : [])),
  };
}
async function until(what: () => boolean) {
  while (!what()) await sleep(10);
}
/** A change that has reached the API, and will be answered after so many milliseconds. */
async function sending(started: Started, delay: number) {
  started.box.staged.add({ action: "CreateTopic", count: 1, delay, drop: false, after: false, message: "m" });
  started.request(1, "tools/call", { name: "CreateTopic", arguments: creation });
  await until(() => started.box.staged.list().length === 0);
}

type Way = (started: Started) => unknown;
const ways: [string, Way, number | null][] = [
  ["the client ends its input", ({ input }) => input.end(), 0],
  ["the client closes what it reads", ({ output, request }) => [output.destroy(), request(2, "tools/list")], 1],
  ["the client dies", ({ input, output }) => [input.destroy(), output.destroy()], null],
  ["SIGTERM", ({ child }) => child.kill("SIGTERM"), 143],
  ["SIGINT", ({ child }) => child.kill("SIGINT"), 130],
  ["SIGHUP", ({ child }) => child.kill("SIGHUP"), 129],
  [
    "signals again and again",
    async ({ child }) => {
      for (const signal of ["SIGINT", "SIGINT", "SIGTERM"] as const) {
        child.kill(signal);
        await sleep(50);
      }
    },
    130,
  ],
  ["a crash in another call", ({ child }) => child.kill("SIGUSR2"), 1],
  [
    "the official client's close: its input ends, and after a while SIGTERM",
    async ({ child, input }) => {
      input.end();
      await sleep(500);
      child.kill("SIGTERM");
    },
    143,
  ],
];

describe("a change that was sent runs to its end, and its outcome is written down, when there comes", () => {
  test.each(ways)("%s", async (_, end, code) => {
    const started = await start(["--policy", allowed()]);
    await sending(started, 1_500);
    await end(started);
    const ended = await started.ended;
    if (code !== null) expect(ended).toEqual({ code, signal: null });
    expect(started.made()).toBe(true);
    expect(started.events().at(-1)).toBe("executed");
    expect(started.events().filter((event) => event === "executed")).toHaveLength(1);
  });

  test("a cancellation, which ends the looking alone", async () => {
    const started = await start(["--policy", allowed(), "--wait", "60"]);
    await sending(started, 500);
    started.raw(line(undefined, "notifications/cancelled", { requestId: 1 }));
    await until(() => started.events().includes("executed"));
    expect(started.made()).toBe(true);
    started.request(2, "ping");
    await started.answer(2);
    expect(started.frames().some(({ id }) => id === 1)).toBe(false);
    expect(started.events().at(-1)).not.toBe("failed");
  });
});

describe("what was not sent yet is not sent any more after", () => {
  test.each(ways.slice(3))("%s", async (_, end) => {
    const started = await start([], { elicitation: {} });
    started.request(1, "tools/call", { name: "CreateTopic", arguments: creation });
    await until(() => started.lines().some((text) => text.includes("elicitation/create")));
    await end(started);
    await started.ended;
    expect(started.made()).toBe(false);
    expect(started.events()).toEqual(["proposed", "refused"]);
  });

  test("a cancellation in the queue of the rate limit", async () => {
    const started = await start(["--policy", allowed()]);
    // One a second goes.
    const args = (at: number) => ({ ...creation, TopicName: `made${at}` });
    for (let at = 1; at <= 40; at += 1) started.request(at, "tools/call", { name: "CreateTopic", arguments: args(at) });
    for (let at = 1; at <= 40; at += 1) started.raw(line(undefined, "notifications/cancelled", { requestId: at }));
    started.input.end();
    expect(await started.ended).toMatchObject({ code: 0 });
    const audit = auditOf(started.dir);
    const named = (event: string) => audit.filter((one) => one.event === event).map((one) => one.arguments?.TopicName);
    const topics = started.box.world.regions["ap-guangzhou"]?.instances[0]?.topics.map(({ name }) => name) ?? [];
    expect(topics.filter((name) => name.startsWith("made")).sort()).toEqual(named("executed").sort());
  });
});

describe("what is not answered in time", () => {
  test("ends with the bound of one call, and is written down as unknown", async () => {
    const started = await start(["--policy", allowed(), "--timeout", "1"]);
    await sending(started, 600_000);
    started.child.kill("SIGTERM");
    expect(await started.ended).toEqual({ code: 143, signal: null });
    expect(started.events().slice(-2)).toEqual(["interrupted", "failed"]);
    expect(auditOf(started.dir).at(-1)?.outcome).toMatch(/unknown whether it was carried out/);
  });

  test("stands as unknown in the audit also where nobody waits for the end", async () => {
    const started = await start(["--policy", allowed()]);
    await sending(started, 600_000);
    started.child.kill("SIGTERM");
    await until(() => started.events().includes("interrupted"));
    started.child.kill("SIGKILL");
    await started.ended;
    expect(auditOf(started.dir).at(-1)).toMatchObject({
      event: "interrupted",
      outcome: "SIGTERM: unknown whether it was carried out",
    });
  });
});

describe("answers", () => {
  test.each(["tools/list", "prompts/list", "ping"])(
    "%s and the end of the input in one write: it is answered",
    async (method) => {
      for (let round = 0; round < 5; round += 1) {
        const { input, ended, frames } = launch(["--sandbox"]);
        input.end(`${line(0, "initialize", hello)}\n${line(1, method)}`);
        expect(await ended).toMatchObject({ code: 0 });
        expect(frames().find(({ id }) => id === 1)).toHaveProperty("result");
      }
    },
  );

  test("that nobody reads do not keep the process", async () => {
    const { child, input, ended, output } = launch(["--sandbox"]);
    output.pause();
    input.write(`${line(0, "initialize", hello)}\n`);
    for (let id = 1; id <= 100; id += 1) input.write(`${line(id, "tools/list")}\n`);
    await sleep(500);
    input.end();
    expect(await Promise.race([new Promise((resolve) => child.once("exit", resolve)), ended])).toBe(0);
  });
});

test("call: an interruption waits for what was sent, prints what became of it, and writes it down", async () => {
  const box = await sandbox(smallWorld);
  const dir = join(temporaryFolder(), "state");
  const env = { TENCENTCLOUD_SECRET_ID: box.credential.secretId, TENCENTCLOUD_SECRET_KEY: box.credential.secretKey };
  box.staged.add({ action: "CreateTopic", count: 1, delay: 1_000, drop: false, after: false, message: "m" });
  const options = ["--endpoint", box.url, "--region", box.region, "--state-dir", dir, "--policy", allowed()];
  const { child, ended, lines } = launch(["call", "CreateTopic", JSON.stringify(creation), ...options], { env });
  await until(() => box.staged.list().length === 0);
  child.kill("SIGINT");
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(lines().join("\n")).toContain("Result");
  expect(auditOf(dir).at(-1)?.event).toMatch(/executed|followed/);
});
