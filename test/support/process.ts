// The built server as a process that is spoken to in raw lines: what is sent and how it ends are the test's own.
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { afterTest, SERVER, temporaryFolder } from "./harness.ts";

export interface Launch {
  env?: Record<string, string>;
  nodeArgs?: string[];
  /** Whether what it writes to stderr is read. */
  readsLog?: boolean;
  /** Runs it in a shell, where SERVER stands for the command. */
  shell?: string;
  stdio?: StdioOptions;
  /** Which descriptors are its input and its output. */
  fds?: [input: number, output: number];
}
export interface Launched {
  child: ChildProcess;
  input: Writable;
  output: Readable;
  /** Sends lines as they are. */
  raw: (...lines: string[]) => void;
  request: (id: number | string, method: string, params?: unknown) => void;
  /** Resolves with the answer to an id. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  answer: (id: number | string) => Promise<any>;
  /** Everything that it has written to stdout so far, read. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  frames: () => any[];
  lines: () => string[];
  log: () => string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}
export const hello = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } };
export const line = (id: number | string | undefined, method: string, params: unknown = {}) =>
  JSON.stringify({ jsonrpc: "2.0", ...(id === undefined ? {} : { id }), method, params });

export function launch(args: string[], options: Launch = {}): Launched {
  const { env = {}, nodeArgs = [], readsLog = true, shell, stdio = "pipe", fds = [0, 1] } = options;
  const words = [process.execPath, ...nodeArgs, SERVER, ...args];
  const spawning = {
    stdio,
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", XDG_STATE_HOME: temporaryFolder(), ...env },
  };
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = shell
    ? spawn("bash", ["-c", shell.replace("SERVER", quoted)], spawning)
    : spawn(words[0] as string, words.slice(1), spawning);
  afterTest(async () => child.kill("SIGKILL"));
  const [input, output] = [child.stdio[fds[0]] as Writable, child.stdio[fds[1]] as Readable];
  input.on("error", () => {});
  let rest = "";
  let log = "";
  const lines: string[] = [];
  const waiting = new Map<unknown, (frame: unknown) => void>();
  const seen = new Map<unknown, unknown>();
  output.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) {
      lines.push(text);
      const frame = text.startsWith("{") ? JSON.parse(text) : { method: "not a frame" };
      if ("method" in frame) continue;
      seen.set(frame.id, frame);
      waiting.get(frame.id)?.(frame);
    }
  });
  if (readsLog)
    child.stderr?.on("data", (chunk) => {
      log += chunk;
    });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once(readsLog ? "close" : "exit", (code, signal) => resolve({ code, signal })),
  );
  return {
    child,
    input,
    output,
    raw: (...given) => void input.write(given.map((one) => `${one}\n`).join("")),
    request: (id, method, params) => void input.write(`${line(id, method, params)}\n`),
    answer: (id) => new Promise((resolve) => (seen.has(id) ? resolve(seen.get(id)) : void waiting.set(id, resolve))),
    frames: () => lines.map((text) => JSON.parse(text)),
    lines: () => lines,
    log: () => log,
    ended,
  };
}
