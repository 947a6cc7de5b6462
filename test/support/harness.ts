// The real thing for tests: the server behind a real MCP client, and a sandbox behind real HTTP. The server runs in this
// process, from the sources, on streams of its own; where the process is what is tested, and everywhere with REAL=1 in
// the environment, it is the built program on its stdio.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  type CallToolResult,
  type ElicitRequestFormParams,
  ElicitRequestSchema,
  type ElicitResult,
} from "@modelcontextprotocol/sdk/types.js";
import { pino } from "pino";
import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import packageJson from "../../package.json" with { type: "json" };
import { startControl } from "../../sandbox/server/control.ts";
import { type Sandbox, startSandbox } from "../../sandbox/server/http.ts";
import { makeWorld, readWorld } from "../../sandbox/world/world.ts";
import type { Context } from "../../src/cli/context.ts";
import { run } from "../../src/cli/run.ts";
import type { Advertised } from "../../src/discovery/advertised.ts";
import type { Reference } from "../../src/discovery/reference.ts";
import { FASTEST_READER } from "../../src/guard/dialog.ts";
import { parts } from "../../src/parts.ts";
import type { ActionName } from "../../tools/ckafka/actions.ts";
import { afterTest } from "./after.ts";
import { inRoot, SERVER } from "./paths.ts";

export { LOGS, SHOP, SINGAPORE, STAGING, smallWorld, smallWorldWith } from "./worlds.ts";
export { afterTest, SERVER };

/** A sandbox whose clock stands, on the world that ships or on one given. Closed after the test. */
export async function sandbox(world?: object): Promise<Sandbox> {
  const made = world ? makeWorld(world) : readWorld();
  made.clock.stand();
  const started = await startSandbox({ world: made });
  afterTest(started.close);
  return started;
}

/** A sandbox with its control endpoint, and the official SDK in front of it. */
export async function controlled(world: object) {
  const box = await sandbox(world);
  const control = await startControl(box);
  afterTest(control.close);
  const httpProfile = { protocol: "http://", endpoint: box.url.replace("http://", "") };
  const client = new ckafka.v20190819.Client({
    credential: box.credential,
    region: box.region,
    profile: { httpProfile },
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const ask = async (route: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const [method = "", path] = route.split(" ");
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${control.url}${path}`, { method, ...(text === undefined ? {} : { body: text }) });
    return { status: response.status, body: await response.json() };
  };
  return { box, control, client, ask };
}

type Answer = (form: ElicitRequestFormParams) => ElicitResult | Promise<ElicitResult>;
export interface ServerUnderTest {
  client: Client;
  /** Calls a tool; the text and structure of its result. */
  call: (name: ActionName | (string & {}), args?: Record<string, unknown>) => Promise<Called>;
  /** Forms that the client was shown. */
  forms: ElicitRequestFormParams[];
  /** What the server wrote to stderr so far. */
  stderr: () => string;
}
export interface Called {
  text: string;
  /** The response; loosely typed, tests say what they expect of it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  data: any;
  isError: boolean;
  raw: CallToolResult;
}
export interface Start {
  args?: string[];
  env?: Record<string, string>;
  /** How the person answers a dialog; without it the client has none. */
  answer?: Answer;
  /** The built program as a process, for what a process alone has. */
  real?: boolean;
}

/** Starts the server against a sandbox, or against whatever the arguments say. Closed after the test. */
export async function serve(
  target: Sandbox | undefined,
  { args = [], env = {}, answer, real = false }: Start = {},
): Promise<ServerUnderTest> {
  const forms: ElicitRequestFormParams[] = [];
  const client = new Client({ name: "test", version: "1" }, { capabilities: answer ? { elicitation: {} } : {} });
  if (answer)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      forms.push(params as ElicitRequestFormParams);
      return answer(params as ElicitRequestFormParams);
    });
  const own = target
    ? {
        TENCENTCLOUD_SECRET_ID: target.credential.secretId,
        TENCENTCLOUD_SECRET_KEY: target.credential.secretKey,
        TENCENTCLOUD_REGION: target.region,
      }
    : {};
  const argv = [
    ...(target ? ["--endpoint", target.url, "--rate-limit", "off"] : []),
    "--metadata-url",
    "off",
    // A standing clock brings nothing to its end.
    "--wait",
    "0",
    ...args,
  ];
  // A home of its own: nothing of whoever runs the tests may count.
  const environment = { HOME: "/nonexistent", XDG_STATE_HOME: temporaryFolder(), ...own, ...env };
  const started = real || process.env.REAL ? spawned(argv, environment) : inProcess(argv, environment);
  await Promise.race([client.connect(started.transport), started.failed]);
  afterTest(async () => {
    await client.close();
    await started.stop();
  });
  const call = async (name: string, args: Record<string, unknown> = {}): Promise<Called> => {
    const raw = (await client.callTool({ name, arguments: args }, undefined, { timeout: 60_000 })) as CallToolResult;
    const first = raw.content[0];
    return {
      text: first?.type === "text" ? first.text : "",
      data: raw.structuredContent,
      isError: raw.isError === true,
      raw,
    };
  };
  return { client, call, forms, stderr: started.stderr };
}

interface Started {
  transport: Transport;
  stderr: () => string;
  /** Rejects when it cannot start. */
  failed: Promise<never>;
  /** Resolves when no call is under way any more. */
  stop: () => Promise<unknown>;
}
function spawned(argv: string[], env: Record<string, string>): Started {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [SERVER, ...argv],
    env: { PATH: process.env.PATH ?? "", ...env },
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  return { transport, stderr: () => stderr, failed: new Promise(() => {}), stop: async () => {} };
}
function inProcess(argv: string[], env: Record<string, string>): Started {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const stderr = collected();
  const ended = run(context(argv, env, { stdin: toServer, stdout: toClient, stderr }));
  // Like a process, it says in a sentence why it ends.
  const failed = ended.then<never>((code) => Promise.reject(new Error(`ended with ${code}: ${stderr.text()}`)));
  failed.catch(() => {});
  // Both ends speak alike: messages in lines, in on one stream and out on the other.
  const transport = new StdioServerTransport(toClient, toServer);
  const close = transport.close.bind(transport);
  transport.close = async () => {
    toServer.end();
    await close();
  };
  return { transport, stderr: stderr.text, failed, stop: () => ended };
}

/** What the program may know of a process, where it runs in this one. */
function context(argv: string[], env: Record<string, string>, streams: Streams): Context {
  const { stdin, stdout, stderr } = streams;
  return {
    argv,
    env,
    home: env.HOME || undefined,
    self: "ckafka-mcp",
    version: packageJson.version,
    write: (text) => void stdout.write(text),
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr,
    advertised: () => built("tools.json") as Advertised,
    reference: () => built("reference.json") as Reference,
    parts,
    interrupted: () => new Promise(() => {}),
    openLog: async (level) => pino({ level, base: { pid: process.pid } }, stderr),
  };
}
const built = (file: string): unknown => JSON.parse(readFileSync(inRoot(`dist/${file}`), "utf8"));
interface Streams {
  stdin: PassThrough;
  stdout: Writable;
  stderr: Writable;
}
function collected(): Writable & { text: () => string } {
  let text = "";
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    text += chunk;
    done();
  };
  return Object.assign(new Writable({ write }), { text: () => text });
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}
const nobody = () => ({ HOME: "/nonexistent", XDG_STATE_HOME: temporaryFolder() });

/** Runs a command of the program to its end, with this piped into it. */
export async function command(args: string[], input = ""): Promise<Ended> {
  if (process.env.REAL) {
    const child = spawn(process.execPath, [SERVER, ...args], { env: { PATH: process.env.PATH, ...nobody() } });
    const [stdout, stderr] = [collected(), collected()];
    child.stdout.pipe(stdout);
    child.stderr.pipe(stderr);
    child.stdin.end(input);
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  }
  const [stdin, stdout, stderr] = [new PassThrough(), collected(), collected()];
  stdin.end(input);
  const code = (await run(context(args, nobody(), { stdin, stdout, stderr }))) ?? null;
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Runs a command of the program at a terminal, types the answer at its question, and resolves with its end. */
export async function terminal(args: string[], answer: string): Promise<{ code: number | null; screen: string }> {
  if (process.env.REAL) return pseudoTerminal(args, answer);
  const [stdin, screen] = [Object.assign(new PassThrough(), { isTTY: true }), collected()];
  // Ctrl-D ends the input.
  stdin.end(answer === "\u0004" ? "" : `${answer}\n`);
  const code = (await run(context(args, nobody(), { stdin, stdout: screen, stderr: screen }))) ?? null;
  return { code, screen: screen.text() };
}

/** The same on a real pseudo-terminal. */
export function pseudoTerminal(args: string[], answer: string): Promise<{ code: number | null; screen: string }> {
  const line = [process.execPath, SERVER, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", line, "/dev/null"], {
    env: { PATH: process.env.PATH, HOME: "/nonexistent" },
  });
  afterTest(async () => child.kill("SIGKILL"));
  let screen = "";
  let asked = 0;
  child.stdout.on("data", (chunk) => {
    screen += chunk;
    const questions = screen.match(/to approve, no to refuse: /g)?.length ?? 0;
    if (questions <= asked) return;
    // Asked once more, it ends the input.
    child.stdin.write(asked === 0 ? `${answer}\r` : "\u0004");
    asked = questions;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, screen: screen.replaceAll("\r", "") })));
}

/** Types into the dialog what it asks for. */
export const agree: Answer = ({ requestedSchema }) => {
  const field = requestedSchema.properties.confirm as { type: string; title: string };
  const asked = /^Type (.+) to confirm$/.exec(field.title)?.[1];
  return { action: "accept", content: { confirm: field.type === "boolean" ? true : (asked ?? "") } };
};

/** Says no, as late as somebody does who has read the question. */
export const decline: Answer = () =>
  new Promise((resolve) => setTimeout(() => resolve({ action: "decline" }), FASTEST_READER));

/** Removed after the test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "ckafka-mcp-"));
  afterTest(async () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file in a folder of its own, removed with it. */
export function temporaryFile(name: string, content: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}
