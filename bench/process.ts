// The built server as a process, spoken to in raw frames so that the measuring side costs little.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { inRoot, SERVER } from "../test/support/paths.ts";

export const LIST = inRoot("dist/tools.json");
export { SERVER };

export const frame = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
export const hello = frame(0, "initialize", {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
});

/** A process and its answers by id. */
export function start(args: string[], node = process.execPath, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(node, args, { stdio: ["pipe", "pipe", "ignore"], env: { PATH: process.env.PATH, ...env } });
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

/** Milliseconds of a process that does nothing. */
export async function bareNode(): Promise<number> {
  const began = performance.now();
  await new Promise((resolve) => spawn(process.execPath, ["-e", "0"]).on("close", resolve));
  return performance.now() - began;
}

/** Megabytes that a process holds in memory; Linux only. */
export function resident(pid: number | "self"): number | undefined {
  if (process.platform !== "linux") return undefined;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
export const megabytes = (n: number | undefined) => (n === undefined ? "Linux only" : `${n.toFixed(1)} MB`);
