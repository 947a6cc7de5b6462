// No change is executed twice, and none is reported wrongly, whatever the network does: changes through a proxy that
// injects faults, at random, from a printed seed. Several files do it, each from a seed of its own, so that none of them
// is what the others wait for.
import { request as forward, Agent as HttpAgent } from "node:http";
import fc from "fast-check";
import { Agent } from "undici";
import { expect } from "vitest";
import { endOffset, messageAt } from "../../../../sandbox/kafka/log.ts";
import { createClient } from "../../../../src/cloud/client.ts";
import { fixed } from "../../../../src/cloud/credentials/source.ts";
import { noLimiter } from "../../../../src/cloud/limiter.ts";
import { ckafka } from "../../../../tools/ckafka/service.ts";
import { afterTest, sandbox, smallWorld } from "../../../support/harness.ts";
import { endpoint } from "../../../support/http.ts";

type Fault =
  | "none"
  | "reset before" // the request never gets through
  | "reset after" // it is carried out, the answer is lost
  | "cut" // it is carried out, the answer breaks off
  | "html before"
  | "html after"
  | "busy" // 429
  | "limited" // RequestLimitExceeded
  | "refused" // it is not carried out, and says so
  | "internal before"
  | "internal after"
  | "silent before"
  | "silent after"
  | "expired"; // the clock is said to be off
const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Fault>("none") },
  {
    weight: 12,
    arbitrary: fc.constantFrom<Fault>(
      "reset before",
      "reset after",
      "cut",
      "html before",
      "html after",
      "busy",
      "limited",
      "refused",
      "internal before",
      "internal after",
      "expired",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Fault>("silent before", "silent after") },
);

const error = (Code: string) =>
  JSON.stringify({ Response: { Error: { Code, Message: "injected" }, RequestId: "injected" } });

/** Passes requests on to the sandbox, or does to each what comes next in the list. */
async function faultyProxy(target: string, next: () => Fault): Promise<string> {
  const agent = new HttpAgent({ keepAlive: true });
  afterTest(async () => agent.destroy());
  return endpoint(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = next();
    const pass = () =>
      new Promise<Buffer>((resolve, reject) => {
        const onward = forward(target, { method: "POST", headers: request.headers, agent }, async (answer) => {
          const parts: Buffer[] = [];
          for await (const part of answer) parts.push(part as Buffer);
          resolve(Buffer.concat(parts));
        });
        onward.on("error", reject).end(Buffer.concat(chunks));
      });
    const carriedOut = fault === "none" || fault === "cut" || fault.endsWith("after") ? await pass() : undefined;
    if (fault === "none") return response.end(carriedOut);
    if (fault.startsWith("reset")) return response.destroy();
    if (fault === "cut") {
      response.writeHead(200, { "content-length": String((carriedOut as Buffer).length) });
      response.write((carriedOut as Buffer).subarray(0, 20));
      return setImmediate(() => response.destroy());
    }
    if (fault.startsWith("html")) return response.writeHead(502).end("<html>bad gateway</html>");
    if (fault === "busy") return response.writeHead(429).end("slow down");
    if (fault === "refused") return response.end(error("InvalidParameterValue"));
    if (fault === "limited") return response.end(error("RequestLimitExceeded"));
    if (fault === "expired") return response.end(error("AuthFailure.SignatureExpire"));
    if (fault.startsWith("internal")) return response.end(error("InternalError"));
    // Silent: the client's deadline ends it.
  });
}

const CHANGES = 2_500;
const PARALLEL = 64;

/** What is there is what was reported done, plus only what was reported unknown. */
export async function chaos() {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`chaos seed ${seed}`);
  const box = await sandbox(smallWorld);
  const plan = fc.sample(faults, { seed, numRuns: CHANGES * 3 });
  let at = 0;
  const url = await faultyProxy(box.url, () => plan[at++ % plan.length] as Fault);
  const { send, close } = createClient({
    url: () => url,
    credentials: fixed("chaos", box.credential),
    limiter: noLimiter,
    timeout: 1_500,
    share: () => Math.random() / 20,
    dispatcher: new Agent({ connections: PARALLEL }),
  });
  afterTest(close);

  const reported = new Map<string, "done" | "no" | "unknown">();
  let started = 0;
  const worker = async () => {
    while (started < CHANGES) {
      const Body = `change ${started++}`;
      const input = { DataHubId: "datahub-one", Message: [{ Body }] };
      const outcome = await send({
        service: ckafka,
        action: "SendMessage",
        region: "ap-guangzhou",
        input,
        changes: true,
        perSecond: 5000,
      }).then(
        () => "done" as const,
        (e: { executed: "no" | "unknown" }) => e.executed,
      );
      reported.set(Body, outcome);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));

  const topic = box.world.regions["ap-guangzhou"]?.instances[0]?.topics.find((t) => t.name === "quiet");
  const now = box.clock.now();
  const there = new Map<string, number>();
  for (const partition of topic?.partitions ?? [])
    for (let offset = 1; offset < endOffset(partition, now); offset += 1) {
      const { value } = messageAt(partition, offset, now) as { value: string };
      there.set(value, (there.get(value) ?? 0) + 1);
    }
  const counts = { done: 0, no: 0, unknown: 0, "unknown but there": 0 };
  for (const [body, outcome] of reported) {
    const times = there.get(body) ?? 0;
    counts[outcome] += 1;
    if (outcome === "unknown" && times === 1) counts["unknown but there"] += 1;
    if (outcome === "done") expect(times, `${body} was reported done`).toBe(1);
    else expect(times, `${body} was reported ${outcome}`).toBeLessThanOrEqual(outcome === "no" ? 0 : 1);
  }
  console.log(counts);
  expect(reported.size).toBe(CHANGES);
  expect([...there.keys()].filter((body) => !reported.has(body))).toEqual([]);
  // The run has met every kind of outcome.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
}
