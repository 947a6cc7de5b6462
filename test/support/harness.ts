// The real thing for tests: the built server as a process, a real MCP client on its stdio, and a sandbox behind real HTTP.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  type CallToolResult,
  type ElicitRequestFormParams,
  ElicitRequestSchema,
  type ElicitResult,
} from "@modelcontextprotocol/sdk/types.js";
import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import { afterEach } from "vitest";
import { startControl } from "../../sandbox/server/control.ts";
import { type Sandbox, startSandbox } from "../../sandbox/server/http.ts";
import { makeWorld, readWorld } from "../../sandbox/world/world.ts";
import type { ActionName } from "../../tools/ckafka/actions.ts";
import { SERVER } from "./paths.ts";

export { SERVER };
/** Names in the world that ships. */
export const SHOP = "ckafka-shop7k2m";
export const LOGS = "ckafka-logs4x9p";
export const STAGING = "ckafka-stag2b6q";
export const SINGAPORE = "ckafka-sgsh8d3t";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (cleanups.length > 0) await cleanups.pop()?.();
});
export const afterTest = (cleanup: () => Promise<unknown>) => void cleanups.push(cleanup);

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
}

/** Starts the built server against a sandbox, or against whatever the arguments say. Closed after the test. */
export async function serve(
  target: Sandbox | undefined,
  { args = [], env = {}, answer }: Start = {},
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
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      SERVER,
      ...(target ? ["--endpoint", target.url, "--rate-limit", "off"] : []),
      "--metadata-url",
      "off",
      // A standing clock brings nothing to its end.
      "--wait",
      "0",
      ...args,
    ],
    // A home of its own: nothing of whoever runs the tests may count.
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", XDG_STATE_HOME: temporaryFolder(), ...own, ...env },
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  await client.connect(transport);
  afterTest(() => client.close());
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
  return { client, call, forms, stderr: () => stderr };
}

/** Runs a command of the program on a real pseudo-terminal, types the answer at its question, and resolves with its end. */
export function terminal(args: string[], answer: string): Promise<{ code: number | null; screen: string }> {
  const command = [process.execPath, SERVER, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { PATH: process.env.PATH, HOME: "/nonexistent" },
  });
  afterTest(async () => child.kill("SIGKILL"));
  let screen = "";
  let asked = false;
  child.stdout.on("data", (chunk) => {
    screen += chunk;
    if (asked || !/Type .* to approve.*: /.test(screen)) return;
    asked = true;
    child.stdin.write(`${answer}\r`);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, screen: screen.replaceAll("\r", "") })));
}

/** Types into the dialog what it asks for. */
export const agree: Answer = ({ requestedSchema }) => {
  const field = requestedSchema.properties.confirm as { type: string; title: string };
  const asked = /^Type (.+) to confirm$/.exec(field.title)?.[1];
  return { action: "accept", content: { confirm: field.type === "boolean" ? true : (asked ?? "") } };
};

/** Removed after the test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "ckafka-mcp-"));
  afterTest(async () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file in a folder of its own. */
export function temporaryFile(name: string, content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "ckafka-mcp-")), name);
  writeFileSync(path, content);
  return path;
}

/** A small world with round numbers: its clock stands at 2026-03-02T09:00:00Z. */
export const smallWorld = {
  clock: { mode: "standing", at: "2026-03-02T09:00:00Z" },
  regions: {
    "ap-guangzhou": {
      zones: [{ id: 100003, name: "Guangzhou Zone 3" }],
      instances: [
        {
          id: "ckafka-one",
          name: "one",
          zones: [100003],
          vpc: "vpc-1",
          subnet: "subnet-1",
          vip: "10.0.0.1",
          max: { topics: 3, partitions: 10, groups: 3 },
          topics: [
            {
              name: "events",
              partitions: 2,
              retention: "1h",
              // One message a second in each partition; the last falls on the moment at which the clock stands.
              produce: { perSecond: 2, since: "-100s", key: "k{n}", value: "v{n}", clients: ["10.0.0.9"] },
            },
            { name: "quiet", partitions: 1, records: [{ partition: 0, at: "-10m", key: "a", value: "first" }] },
          ],
          groups: [
            { name: "readers", reads: { events: { behind: 40 } } },
            {
              name: "live",
              members: [{ client: "c1", host: "10.0.0.7" }],
              reads: { events: { perSecond: 1, behind: 10 } },
            },
          ],
          dataHubs: { "datahub-one": "quiet" },
        },
      ],
    },
  },
};

/** The small world, with more in its instance. */
export const smallWorldWith = (fields: object) => {
  const { "ap-guangzhou": region } = smallWorld.regions;
  const instances = region.instances.map((instance) => ({ ...instance, ...fields }));
  return { ...smallWorld, regions: { "ap-guangzhou": { ...region, instances } } };
};
