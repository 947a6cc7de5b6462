// Start-up: the only reader of process.env and argv. Everything that is not needed to list the tools is imported later.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { Logger } from "pino";
import { run } from "./cli/run.ts";
import type { Advertised } from "./discovery/advertised.ts";
import type { Reference } from "./discovery/reference.ts";
import { parts } from "./parts.ts";

/** From package.json, put in by the build. */
declare const VERSION: string;

// Only who means to writes to stdout. Whatever else is printed, by a library or on a crash, goes to stderr.
const write = process.stdout.write.bind(process.stdout);
const stdout = Object.create(process.stdout, { write: { value: write } }) as NodeJS.WriteStream;
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

let log: Logger | undefined;
async function openLog(level: string): Promise<Logger> {
  if (!log) {
    const { default: pino } = await import("pino");
    log = pino({ level, base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
  }
  return log;
}

const crash = (error: unknown) => {
  if (log) log.fatal({ err: error }, "crashed");
  else console.error(error);
  process.exit(1);
};
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);

/** A JSON file that the build made. */
const built = (file: string): unknown => JSON.parse(readFileSync(new URL(`./${file}`, import.meta.url), "utf8"));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function main() {
  const code = await run({
    argv: process.argv.slice(2),
    env: process.env,
    home: homedir(),
    version: VERSION,
    write: (text) => void write(text),
    stdin: process.stdin,
    stdout,
    stderr: process.stderr,
    advertised: once(() => built("tools.json") as Advertised),
    reference: () => built("reference.json") as Reference,
    parts,
    interrupted: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
      }),
    openLog,
  });
  // What was written before is flushed first.
  if (code !== undefined) write("", () => process.exit(code));
}

main().catch(crash);
