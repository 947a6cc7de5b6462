// MCP over stdio: what the program does unless told otherwise.
import "../protocol/jitless.ts";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import type { Services } from "../call/call.ts";
import type { Library } from "../discovery/library.ts";
import { createRegistry } from "../discovery/registry.ts";
import { createHandlers, type Handlers } from "../protocol/handlers.ts";
import { createServer } from "../protocol/initialize.ts";
import type { Command, Context } from "./context.ts";
import { type Options, readOptions } from "./options.ts";
import { usage } from "./usage.ts";

/** Milliseconds that a client has to ask for what there is, before the log is loaded, which would hold those answers up. */
const LOG_AFTER = 250;

export const serve: Command = async (context) => {
  const { argv, env, version, write, stdin, stdout, advertised, openLog } = context;
  const options = readOptions(argv, env, advertised().regions);
  if (options === "help" || options === "version") {
    write(`${options === "help" ? usage(advertised().examples.toolsets) : version}\n`);
    return 0;
  }
  const { server, finish } = createServer(await openHandlers(context, options), version);
  const transport = new StdioServerTransport(stdin, stdout);
  server.onerror = (error) => {
    answerFrameError(transport, error);
    void openLog(options.logLevel).then((log) => log.warn({ err: error }, "transport"));
  };
  const closed = new Promise<number>((resolve) => {
    server.onclose = () => resolve(1);
    stdin.once("end", () => finish().then(() => resolve(0)));
  });
  await server.connect(transport);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LOG_AFTER))]);
  const log = await openLog(options.logLevel);
  log.info({ version, sandbox: options.sandbox, region: options.region }, "serving");
  return closed;
};

/** The part of a context that answering requests takes; nothing of a process. */
export type Serving = Pick<Context, "env" | "home" | "advertised" | "reference" | "parts" | "openLog">;

/** @throws UsageError where a world, a policy or a profile cannot be used: that must end the start, not the first call */
export async function openHandlers(context: Serving, options: Options): Promise<Handlers> {
  const { env, home, advertised, reference, parts, openLog } = context;
  const registry = createRegistry(advertised(), { ...options, tickets: options.confirm === "ticket" });
  /** Models, client and sandbox are loaded when they are first needed. */
  const services = once<Services>(async () => {
    const [{ createServices }, log] = await Promise.all([import("./services.ts"), openLog(options.logLevel)]);
    return createServices(parts, options, env, home, log);
  });
  if (options.world || options.policy || options.profiles.length > 0) await services();
  const library = once<Library>(async () =>
    (await import("../discovery/library.ts")).openLibrary(reference(), registry.offers),
  );
  return createHandlers({ registry, services, library, prompts: parts.prompts });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A line that is no message still gets an answer; without it, whoever sent it would wait for ever. */
function answerFrameError(transport: StdioServerTransport, error: Error) {
  const answer = (code: ErrorCode, message: string) =>
    void transport.send({ jsonrpc: "2.0", error: { code, message } });
  if (error instanceof SyntaxError)
    answer(ErrorCode.ParseError, "That line is not JSON. Send one JSON-RPC message a line.");
  else if (error.name === "ZodError") answer(ErrorCode.InvalidRequest, "That line is not a JSON-RPC 2.0 message.");
  else if (/maximum size/.test(error.message))
    answer(ErrorCode.InvalidRequest, "That message is over 10 MB; the connection is closed.");
}
