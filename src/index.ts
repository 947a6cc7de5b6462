#!/usr/bin/env node
// Start-up: the only reader of process.env and argv. Everything that is not needed to list the tools is imported later.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { Logger } from "pino";
import type { Command, Parts } from "./cli/context.ts";
import { createEnds, flushed } from "./cli/ends.ts";
import { createLines } from "./cli/log.ts";
import type { Advertised } from "./discovery/advertised.ts";
import type { Reference } from "./discovery/reference.ts";
import { UsageError } from "./model/errors.ts";

/** From package.json, put in by the build. */
declare const VERSION: string;

const commands: Record<string, () => Promise<Command>> = {
  approve: async () => (await import("./cli/approve.ts")).approve,
  audit: async () => (await import("./cli/audit.ts")).audit,
  call: async () => (await import("./cli/call.ts")).call,
  policy: async () => (await import("./cli/policy.ts")).policy,
  tools: async () => (await import("./cli/tools.ts")).tools,
  sandbox: async () => (await import("./cli/sandbox.ts")).sandbox,
};

/** The only way up: what the machine is handed to serve. Each part is loaded when it is first needed. */
const parts: Parts = {
  catalogue: async () => (await import("../tools/index.ts")).catalogue,
  prompts: async () => (await import("../prompts/index.ts")).prompts,
  sandbox: async (...given) => (await import("../sandbox/index.ts")).start(...given),
  sandboxControl: async (...given) => (await import("../sandbox/index.ts")).control(...given),
};

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

/** Milliseconds that who does not read what is left to say is waited for. */
const PATIENCE = { stderr: 500, stdout: 5_000 };
async function leave(code: number, patience?: number): Promise<never> {
  await Promise.all([flushed(stdout, patience), flushed(process.stderr, PATIENCE.stderr)]);
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

async function main() {
  const given = process.argv.slice(2);
  // One text helps with all commands but the sandbox, which has options of its own.
  const helps = given[0] === "help" || (given.includes("--help") && given[0] !== "sandbox");
  const argv = helps ? ["--help"] : given;
  const [word = "", ...rest] = argv;
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  // By itself as well: other commands need nothing of the protocol.
  const run = command ? await command() : (await import("./cli/serve.ts")).serve;
  const code = await run({
    argv: command ? rest : argv,
    env: process.env,
    home: homedir(),
    version: VERSION,
    write: (text) => void write(text),
    stdin: process.stdin,
    stdout,
    advertised: once(() => built("tools.json") as Advertised),
    reference: () => built("reference.json") as Reference,
    parts,
    interrupted: ends.asked,
    openLog,
  });
  // A person may take their time with what a command printed; a client that went has no more use for it.
  if (code !== undefined) await leave(code, command ? undefined : PATIENCE.stdout);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) console.error(`ckafka-mcp: ${error.message}`);
  else report(error);
  return leave(error instanceof UsageError ? 2 : 1);
});
