// Start-up: the only reader of process.env and argv. Everything that is not needed to list the tools is imported later.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import type { Logger } from "pino";
import { createEnds, flushed } from "./cli/ends.ts";
import { createLines } from "./cli/log.ts";
import { run } from "./cli/run.ts";
import { selfOf } from "./cli/self.ts";
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
    log = pino({ level, base: { pid: process.pid } }, createLines(process.stderr));
  }
  return log;
}

// Whoever should read has gone: what runs may still be a change, which must come to its end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const ends = createEnds((signal, listener) => process.on(signal, listener));
const report = (error: unknown) => (log ? log.fatal({ err: error }, "crashed") : console.error(error));
const crash = (error: unknown) => {
  report(error);
  if (!ends.crashed()) void leave(1);
};
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);

/** Milliseconds that whoever reads the log is waited for. */
const PATIENCE = 500;
async function leave(code: number): Promise<never> {
  // A person may take their time with what a command printed.
  await Promise.all([flushed(stdout), flushed(process.stderr, PATIENCE)]);
  process.exit(code);
}

/** A JSON file that the build made. */
const built = (file: string): unknown => JSON.parse(readFileSync(new URL(`./${file}`, import.meta.url), "utf8"));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A user id without an entry has none, and a path that hangs on the working directory is none. */
function homeOf(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

async function main() {
  const code = await run({
    argv: process.argv.slice(2),
    env: process.env,
    home: homeOf(),
    version: VERSION,
    self: selfOf(process.argv[1] ?? "", process.execPath, process.env.PATH),
    write: (text) => void write(text),
    stdin: process.stdin,
    stdout,
    stderr: process.stderr,
    advertised: once(() => built("tools.json") as Advertised),
    reference: () => built("reference.json") as Reference,
    parts,
    interrupted: ends.asked,
    openLog,
  });
  if (code !== undefined) await leave(code);
}

main().catch((error: unknown) => {
  report(error);
  return leave(1);
});
