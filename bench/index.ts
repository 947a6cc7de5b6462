// npm run bench: what a user waits for and pays, each figure beside what it is compared with in the same run.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { Agent } from "undici";
import { startSandbox } from "../sandbox/http.ts";
import { readWorld } from "../sandbox/world.ts";
import { createClient } from "../src/cloud/client.ts";
import { fixed } from "../src/cloud/credentials.ts";
import { noLimiter } from "../src/cloud/limiter.ts";
import type { Listed } from "../src/listed.ts";

const root = new URL("../", import.meta.url).pathname;
const LIST = join(root, "dist/tools.json");
const SERVER = join(root, "dist/index.js");

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const ms = (n: number) => `${n.toFixed(n < 10 ? 2 : 1)} ms`;
const line = (what: string, value: string, aim = "") =>
  console.log(`  ${what.padEnd(52)}${value.padStart(14)}   ${aim}`);

const frame = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
const hello = frame(0, "initialize", {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
});

/** A server process and its answers by id. */
function start(args: string[]) {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"], env: { PATH: process.env.PATH } });
  const waiting = new Map<number, () => void>();
  let rest = "";
  child.stdout.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) waiting.get((JSON.parse(text) as { id: number }).id)?.();
  });
  const ask = (id: number, text: string) =>
    new Promise<void>((resolve) => {
      waiting.set(id, resolve);
      child.stdin.write(text);
    });
  return { child, ask };
}

/** Milliseconds from spawn to the answer to tools/list. */
async function startup(args: string[]): Promise<number> {
  const began = performance.now();
  const { child, ask } = start(args);
  await ask(1, hello + frame(1, "tools/list"));
  const took = performance.now() - began;
  child.kill();
  return took;
}
async function bareNode(): Promise<number> {
  const began = performance.now();
  await new Promise((resolve) => spawn(process.execPath, ["-e", "0"]).on("close", resolve));
  return performance.now() - began;
}

async function measureStartup() {
  const minimal = join(mkdtempSync(join(tmpdir(), "bench-")), "minimal.mjs");
  await build({
    entryPoints: [join(root, "bench/minimal.ts")],
    outfile: minimal,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.18",
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  const rounds = 15;
  const [node, least, ours]: [number[], number[], number[]] = [[], [], []];
  // In turn, so that a drift of the machine's speed falls on all three.
  for (let i = -2; i < rounds; i += 1) {
    const round = [await bareNode(), await startup([minimal, LIST]), await startup([SERVER, "--sandbox"])] as const;
    if (i >= 0) for (const [n, list] of [node, least, ours].entries()) list.push(round[n] as number);
  }
  const ratios = (other: number[]) => median(ours.map((t, i) => t / (other[i] as number))).toFixed(2);
  console.log(`\nStart: spawn → tools/list (median of ${rounds})`);
  line("node -e 0", ms(median(node)));
  line("minimal server of the same SDK, same list", ms(median(least)));
  line("ckafka-mcp", ms(median(ours)));
  line("ckafka-mcp / node -e 0", ratios(node));
  line("ckafka-mcp / minimal server", ratios(least), "aim: at most 1.2");
}

/** Milliseconds a call, over a number of sequential calls, taken in turn. */
async function inTurn(contenders: Record<string, () => Promise<unknown>>, calls: number, rounds: number) {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1)
    for (const [name, once] of Object.entries(contenders)) {
      const began = performance.now();
      for (let i = 0; i < calls; i += 1) await once();
      if (round >= 0) times[name]?.push((performance.now() - began) / calls);
    }
  return times;
}

async function measureCalls() {
  const world = readWorld();
  world.clock.stand();
  const sandbox = await startSandbox({ world });
  const { credential, url } = sandbox;
  const { send, close } = createClient({
    service: "ckafka",
    version: "2019-08-19",
    endpoint: () => url,
    credentials: fixed("bench", credential),
    limiter: noLimiter,
    timeout: 10_000,
  });
  const call = {
    action: "DescribeInstances",
    region: "ap-guangzhou",
    input: { Limit: 10 },
    changes: false,
    perSecond: 20,
  };
  const agent = new Agent();
  const unsigned = {
    origin: url,
    path: "/",
    method: "POST" as const,
    body: '{"Limit":10}',
    headers: { "content-type": "application/json", ...(await signedHeaders(url, credential)) },
  };
  const bare = async () => JSON.parse(await (await agent.request(unsigned)).body.text());
  const { ask, child } = start([SERVER, "--sandbox", "--rate-limit", "off", "--log-level", "error"]);
  await ask(0, hello);
  let id = 10;
  const stdio = () => {
    id += 1;
    return ask(id, frame(id, "tools/call", { name: call.action, arguments: call.input }));
  };
  const times = await inTurn({ bare, client: () => send(call), stdio }, 200, 15);
  const ratio = (a: string, b: string) =>
    median((times[a] as number[]).map((t, i) => t / (times[b]?.[i] as number))).toFixed(2);
  console.log("\nCall: DescribeInstances on the sandbox, one after the other (median of 15 × 200)");
  line("bare undici POST to the same sandbox", ms(median(times.bare as number[])));
  line("the client: sign, send, unwrap", ms(median(times.client as number[])));
  line("a tool call through stdio, embedded sandbox", ms(median(times.stdio as number[])));
  line("client / bare undici", ratio("client", "bare"), "aim: at most 1.3");
  line("through stdio / bare undici", ratio("stdio", "bare"));
  await measureMemory(child.pid as number);
  child.kill();
  await Promise.all([close(), agent.close(), sandbox.close()]);
}

/** Headers of one signed request; the sandbox accepts it for five minutes. */
async function signedHeaders(url: string, credential: { secretId: string; secretKey: string }) {
  const { authorization } = await import("../src/cloud/sign.ts");
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = { "content-type": "application/json", host: new URL(url).host };
  return {
    "x-tc-action": "DescribeInstances",
    "x-tc-version": "2019-08-19",
    "x-tc-region": "ap-guangzhou",
    "x-tc-timestamp": String(timestamp),
    authorization: authorization(credential, { service: "ckafka", timestamp, headers, body: '{"Limit":10}' }),
  };
}

function resident(pid: number): string {
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}
async function measureMemory(afterCalls: number) {
  if (process.platform !== "linux") return console.log("\nMemory: measured on Linux only");
  const { child, ask } = start([SERVER, "--sandbox", "--rate-limit", "off", "--log-level", "error"]);
  await ask(1, hello + frame(1, "tools/list"));
  console.log("\nResident memory");
  line("after tools/list", resident(child.pid as number), "aim: at most 75 MB");
  line("after 3,200 calls, with models, client and sandbox", resident(afterCalls));
  child.kill();
}

function measureTokens() {
  const listed = JSON.parse(readFileSync(LIST, "utf8")) as Listed[];
  const tokens = listed
    .map(({ tool: { name, description, inputSchema } }) => ({
      name,
      tokens: encode(JSON.stringify({ name, description, inputSchema })).length,
    }))
    .sort((a, b) => b.tokens - a.tokens);
  const total = tokens.reduce((sum, t) => sum + t.tokens, 0);
  console.log("\nTokens of tools/list (o200k: name, description, input schema)");
  line(`all ${tokens.length} tools`, String(total));
  line("mean per tool", (total / tokens.length).toFixed(1), "aim: at most 130");
  line("largest", `${tokens[0]?.tokens}`, tokens[0]?.name);
  console.log(`\n  ${tokens.map((t) => `${t.name} ${t.tokens}`).join(", ")}`);
}

console.log(`node ${process.version}`);
await measureStartup();
await measureCalls();
measureTokens();
