// Start-up: the only reader of process.env and argv. Everything that is not needed to list the tools is imported later.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { Logger } from "pino";
import type { Command, Parts } from "./cli/context.ts";
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
    interrupted: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
      }),
    openLog,
  });
  // What was written before is flushed first.
  if (code !== undefined) write("", () => process.exit(code));
}

main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) return crash(error);
  console.error(`ckafka-mcp: ${error.message}`);
  process.exit(2);
});
