// The server is killed at random moments, in random ways, with changes under way and faults before it. Audit and world then
// agree: nothing done is missing in the audit, nothing in it that was not done, and unknown is only what nobody could know.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { endOffset, messageAt } from "../../sandbox/kafka/log.ts";
import { sumOf } from "../../src/text/redact.ts";
import { auditOf } from "../support/audit.ts";
import { sandbox, smallWorld, temporaryFile, temporaryFolder } from "../support/harness.ts";
import { hello, launch, line } from "../support/process.ts";

const ROUNDS = Number(process.env.KILLS ?? 10);
const WAYS = ["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT", "end", "destroy"] as const;

/** Small and repeatable: the seed stands in the output. */
function randomly(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("whatever kills the server, audit and world agree", { timeout: 300_000 }, async () => {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`kill seed ${seed}`);
  const random = randomly(seed);
  const box = await sandbox(smallWorld);
  const dir = join(temporaryFolder(), "state");
  const policy = temporaryFile("policy.json", JSON.stringify({ rules: [{ effect: "allow" }] }));
  const { secretId, secretKey } = box.credential;
  const own = [
    "--metadata-url",
    "off",
    "--rate-limit",
    "off",
    "--timeout",
    "2",
    "--state-dir",
    dir,
    "--policy",
    policy,
  ];
  const args = [
    "--endpoint",
    box.url,
    "--region",
    box.region,
    "--secret-id",
    secretId,
    "--secret-key",
    secretKey,
    ...own,
  ];
  const answered = new Map<string, "done" | "refused">();
  let number = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    const { child, raw, answer, input, output, ended } = launch([...args, "--log-level", "fatal"]);
    raw(line("hello", "initialize", hello));
    await answer("hello");
    for (let at = 0; at < 40; at += 1) {
      const message = "m";
      const fault = { action: "SendMessage", count: 1, message };
      const kind = random(5);
      if (kind === 0) box.staged.add({ ...fault, delay: random(80), drop: false, after: false });
      if (kind === 1) box.staged.add({ ...fault, delay: random(30), drop: true, after: random(2) === 1 });
      if (kind === 2)
        box.staged.add({ ...fault, delay: 0, drop: false, after: random(2) === 1, code: "InternalError" });
      const Body = `change ${number++}`;
      raw(
        line(Body, "tools/call", { name: "SendMessage", arguments: { DataHubId: "datahub-one", Message: [{ Body }] } }),
      );
      void answer(Body).then(({ result }) => answered.set(Body, result.isError ? "refused" : "done"));
    }
    await sleep(random(400));
    const way = WAYS[random(WAYS.length)];
    if (way === "end") input.end();
    else if (way === "destroy") [input.destroy(), output.destroy()];
    else if (way) child.kill(way);
    const { code, signal } = await ended;
    if (way !== "SIGKILL") expect({ way, signal, code }).toEqual({ way, signal: null, code: expect.any(Number) });
    box.staged.clear();
    // What the sandbox was still at.
    await sleep(120);
  }

  const there = new Map<string, number>();
  const topic = box.world.regions["ap-guangzhou"]?.instances[0]?.topics.find(({ name }) => name === "quiet");
  const now = box.clock.now();
  for (const partition of topic?.partitions ?? [])
    for (let offset = 1; offset < endOffset(partition, now); offset += 1) {
      const { value } = messageAt(partition, offset, now) as { value: string };
      there.set(value, (there.get(value) ?? 0) + 1);
    }
  const last = new Map<string, string>();
  for (const { event, outcome = "", arguments: given } of auditOf(dir)) {
    const body = (given?.Message as { Body: string }[] | undefined)?.[0]?.Body;
    if (body === undefined) continue;
    const unknown = event === "approved" || event === "interrupted" || /unknown whether/.test(outcome);
    last.set(body, event === "executed" || event === "followed" ? "done" : unknown ? "unknown" : "no");
  }
  const counts = { done: 0, no: 0, unknown: 0, unwritten: 0 };
  for (let at = 0; at < number; at += 1) {
    const body = `change ${at}`;
    const times = there.get(body) ?? 0;
    // What messages say is written down as a sum.
    const said = last.get(sumOf(body)) ?? "unwritten";
    counts[said as keyof typeof counts] += 1;
    if (said === "done") expect(times, `${body} is done in the audit`).toBe(1);
    else expect(times, `${body} is ${said} in the audit`).toBeLessThanOrEqual(said === "unknown" ? 1 : 0);
    if (answered.get(body) === "done") expect(said, `${body} was answered as done`).toBe("done");
  }
  console.log(counts);
  expect(Math.min(counts.done, counts.unknown)).toBeGreaterThan(0);
});
