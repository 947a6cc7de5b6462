// What a call costs: the client beside a bare POST and the official SDK, through stdio, at its rate limit, and in the long run.
import { fork } from "node:child_process";
import { ckafka as sdk } from "tencentcloud-sdk-nodejs-ckafka";
import { Agent } from "undici";
import { createClient } from "../src/cloud/client.ts";
import { fixed } from "../src/cloud/credentials/source.ts";
import { createLimiter, type Limiter, noLimiter } from "../src/cloud/limiter.ts";
import { authorization } from "../src/cloud/wire/sign.ts";
import type { Credential } from "../src/model/service.ts";
import { ckafka } from "../tools/ckafka/service.ts";
import { frame, hello, megabytes, resident, SERVER, start } from "./process.ts";
import { heading, line, median, ms, ratio } from "./report.ts";

const call = {
  action: "DescribeInstances",
  service: ckafka,
  region: "ap-guangzhou",
  input: { Limit: 10 },
  changes: false,
  perSecond: 20,
};

const clientOf = (sandbox: Sandbox, limiter: Limiter) =>
  createClient({
    url: () => sandbox.url,
    credentials: fixed("bench", sandbox.credential),
    limiter,
    timeout: 60_000,
  });

/** The same POST without any client: signed once beforehand, which the sandbox accepts for five minutes. */
function barePost({ url, credential }: Sandbox) {
  const agent = new Agent({ keepAliveTimeout: 60_000 });
  const timestamp = Math.floor(Date.now() / 1000);
  const signed = { "content-type": "application/json", host: new URL(url).host };
  const body = JSON.stringify(call.input);
  const headers = {
    "content-type": "application/json",
    "x-tc-action": call.action,
    "x-tc-version": "2019-08-19",
    "x-tc-region": call.region,
    "x-tc-timestamp": String(timestamp),
    authorization: authorization(credential, { service: "ckafka", timestamp, headers: signed, body }),
  };
  return async () => {
    const answer = await agent.request({ origin: url, path: "/", method: "POST", headers, body });
    return JSON.parse(await answer.body.text());
  };
}

function officialSdk({ url, credential }: Sandbox) {
  const client = new sdk.v20190819.Client({
    credential,
    region: call.region,
    profile: { httpProfile: { protocol: "http://", endpoint: url.replace("http://", "") } },
  });
  return () => client.DescribeInstances(call.input);
}

function throughStdio() {
  const { ask, child } = start([SERVER, "--sandbox", "--rate-limit", "off", "--log-level", "error"]);
  let id = 0;
  return {
    child,
    once: () => {
      id += 1;
      return ask(id, (id === 1 ? hello : "") + frame(id, "tools/call", { name: call.action, arguments: call.input }));
    },
  };
}

/** Milliseconds a call, taken in turn; the first round is a warm-up. */
async function inTurn<K extends string>(
  contenders: Record<K, () => Promise<unknown>>,
  calls: number,
  parallel: number,
  rounds = 15,
) {
  const names = Object.keys(contenders) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = -1; round < rounds; round += 1)
    for (const name of names) {
      const began = performance.now();
      let left = calls;
      const worker = async () => {
        while (left-- > 0) await contenders[name]();
      };
      await Promise.all(Array.from({ length: parallel }, worker));
      if (round >= 0) times[name].push((performance.now() - began) / calls);
    }
  return times;
}

interface Sandbox {
  url: string;
  credential: Credential;
  close: () => void;
}
function newSandbox(...args: string[]): Promise<Sandbox> {
  const child = fork(new URL("./server.ts", import.meta.url), args);
  return new Promise((resolve) => {
    child.once("message", (told) => resolve({ ...(told as Omit<Sandbox, "close">), close: () => child.disconnect() }));
  });
}

export async function measureCalls() {
  const sandbox = await newSandbox();
  const { send, close } = clientOf(sandbox, noLimiter);
  const stdio = throughStdio();
  const contenders = { bare: barePost(sandbox), client: () => send(call), sdk: officialSdk(sandbox) };

  const single = await inTurn({ ...contenders, stdio: stdio.once }, 200, 1);
  heading("Call: DescribeInstances on the sandbox, one after the other (median of 15 × 200)");
  line("bare undici POST", ms(median(single.bare)));
  line("the client: sign, send, unwrap", ms(median(single.client)));
  line("the official SDK", ms(median(single.sdk)));
  line("a tool call through stdio, embedded sandbox", ms(median(single.stdio)));
  line("client / bare undici", ratio(single.client, single.bare), "aim: at most 1.10");
  line("official SDK / client (throughput of the client over it)", ratio(single.sdk, single.client), "aim: at least 2");

  const many = await inTurn(contenders, 2_000, 64, 7);
  heading("The same, 64 at a time (median of 7 × 2,000)");
  line("bare undici POST", ms(median(many.bare)));
  line("the client", ms(median(many.client)));
  line("the official SDK", ms(median(many.sdk)));
  line("client / bare undici", ratio(many.client, many.bare), "aim: at most 0.95");
  line("official SDK / client (throughput of the client over it)", ratio(many.sdk, many.client), "aim: at least 2");
  line("server process after 3,200 calls, with sandbox", megabytes(resident(stdio.child.pid as number)));
  stdio.child.kill();
  await measureMemory(send);
  await close();
  sandbox.close();
}

async function measureMemory(send: (c: typeof call) => Promise<unknown>) {
  heading("Memory over 100,000 calls of the client, 64 at a time (this process, after collection)");
  const settled = () => {
    for (let i = 0; i < 3; i += 1) globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1_048_576;
  };
  for (const done of [10_000, 55_000, 100_000]) {
    const calls = done === 10_000 ? 10_000 : 45_000;
    await inTurn({ client: () => send(call) }, calls / 2, 64, 1);
    line(
      `heap in use after ${done.toLocaleString("en-US")} calls`,
      megabytes(settled()),
      globalThis.gc ? "" : "run with --expose-gc",
    );
  }
}

export async function measureRateLimit() {
  heading("200 calls at once of an action that takes 20 a second; the sandbox counts too");
  for (const [name, limiter] of [
    ["with", createLimiter()],
    ["without", noLimiter],
  ] as const) {
    const sandbox = await newSandbox("--rate-limit");
    const { send, close } = clientOf(sandbox, limiter);
    const began = performance.now();
    // As changes that are not repeated, so that a refusal shows.
    const results = await Promise.all(
      Array.from({ length: 200 }, () =>
        send({ ...call, changes: true }).then(
          () => true,
          () => false,
        ),
      ),
    );
    const seconds = (performance.now() - began) / 1000;
    const refused = results.filter((ok) => !ok).length;
    // The first twenty go at once, so nine seconds are the least.
    line(`${name} the client's limiter: refused`, String(refused), name === "with" ? "aim: 0" : "");
    if (name === "with") line("time / the least possible (9 s)", (seconds / 9).toFixed(3), "aim: at most 1.05");
    await close();
    sandbox.close();
  }
}
