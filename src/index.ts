#!/usr/bin/env node
// Start-up: the only reader of process.env and argv. Everything that is not needed to list the tools is imported later.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import type { Logger } from "pino";
import { product } from "../tools/product.ts";
import type { Services } from "./call.ts";
import type { Library } from "./discovery.ts";
import type { Listed } from "./listed.ts";
import type { Manual } from "./manual.ts";
import { type Options, readOptions, UsageError, usage } from "./options.ts";
import { createRegistry } from "./registry.ts";
import { createServer } from "./server.ts";

/** From package.json, put in by the build. */
declare const VERSION: string;

// Only the transport writes to stdout. Whatever else is printed, by a library or on a crash, goes to stderr.
const write = process.stdout.write.bind(process.stdout);
const protocol = Object.create(process.stdout, { write: { value: write } }) as NodeJS.WriteStream;
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

let log: Logger | undefined;
const crash = (error: unknown) => {
  if (log) log.fatal({ err: error }, "crashed");
  else console.error(error);
  process.exit(1);
};
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);

async function main() {
  const options = readOptions(process.argv.slice(2), process.env, product.regions);
  if (options === "help") return write(`${usage}\n`);
  if (options === "version") return write(`${VERSION}\n`);
  // A world or a profile that cannot be used must end the start, not the first call.
  let services: Promise<Services> | undefined;
  if (options.world || options.profiles.length > 0) services = loadServices(options);
  await services;

  const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
  let library: Promise<Library> | undefined;
  const { server, finish } = createServer({
    version: VERSION,
    instructions: product.instructions,
    registry: createRegistry(read("./tools.json") as Listed[], { ...options, tickets: options.confirm === "ticket" }),
    services: () => {
      services ??= loadServices(options);
      return services;
    },
    library: () => {
      library ??= import("./discovery.ts").then(({ openLibrary }) => openLibrary(read("./manual.json") as Manual));
      return library;
    },
  });
  const transport = new StdioServerTransport(process.stdin, protocol);
  server.onerror = (error) => answerFrameError(transport, error);
  server.onclose = () => process.exit(1);
  await server.connect(transport);
  process.stdin.once("end", async () => {
    await finish();
    write("", () => process.exit(0));
  });
  await openLog(options.logLevel);
  log?.info({ version: VERSION, sandbox: options.sandbox, region: options.region }, "serving");
}

/** A line that is no message still gets an answer; without it, whoever sent it would wait for ever. */
function answerFrameError(transport: StdioServerTransport, error: Error) {
  log?.warn({ err: error }, "transport");
  const answer = (code: ErrorCode, message: string) =>
    void transport.send({ jsonrpc: "2.0", error: { code, message } });
  if (error instanceof SyntaxError)
    answer(ErrorCode.ParseError, "That line is not JSON. Send one JSON-RPC message a line.");
  else if (error.name === "ZodError") answer(ErrorCode.InvalidRequest, "That line is not a JSON-RPC 2.0 message.");
  else if (/maximum size/.test(error.message))
    answer(ErrorCode.InvalidRequest, "That message is over 10 MB; the connection is closed.");
}

async function openLog(level: string): Promise<Logger> {
  if (!log) {
    const { default: pino } = await import("pino");
    log = pino({ level, base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
  }
  return log;
}

/** Models, client and sandbox are imported here, when they are first needed. */
async function loadServices(options: Options): Promise<Services> {
  const [{ createServices }, log] = await Promise.all([import("./services.ts"), openLog(options.logLevel)]);
  return createServices(options, process.env, homedir(), log);
}

main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) return crash(error);
  console.error(`ckafka-mcp: ${error.message}`);
  process.exit(2);
});
