// MCP over stdio: what the program does unless told otherwise.
import "../protocol/jitless.ts";
import type { Logger } from "pino";
import type { Services } from "../call/call.ts";
import type { Library } from "../discovery/library.ts";
import { createRegistry } from "../discovery/registry.ts";
import { Leaving } from "../model/errors.ts";
import { createHandlers, type Handlers } from "../protocol/handlers.ts";
import { createServer, type Served } from "../protocol/initialize.ts";
import { createStdio, type Stdio } from "../protocol/stdio.ts";
import type { Command, Context } from "./context.ts";
import { type End, flushed } from "./ends.ts";
import { type Options, readOptions } from "./options.ts";
import type { Making } from "./services.ts";
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
  const served = createServer(await openHandlers(context, options), version);
  const transport = createStdio(stdin, stdout);
  const { server } = served;
  server.onerror = (error) => void openLog(options.logLevel).then((log) => log.warn({ err: error }, "transport"));
  // A person who looks what it does would look at nothing.
  if (stdin.isTTY)
    context.stderr.write(
      "ckafka-mcp waits for an MCP client on its standard input; --help shows what it can do in a terminal, Ctrl-C ends it.\n",
    );
  const interrupted = context.interrupted();
  await server.connect(transport);
  const { inputEnded, outputClosed } = transport;
  await Promise.race([interrupted, inputEnded, outputClosed, new Promise((resolve) => setTimeout(resolve, LOG_AFTER))]);
  const log = await openLog(options.logLevel);
  log.info({ version, sandbox: options.sandbox, region: options.region }, "serving");
  const code = await untilTheEnd(served, transport, interrupted, options.timeout + GRACE, log);
  // A client that does not read its last answers has no more use for them.
  await flushed(stdout, PATIENCE);
  return code;
};
/** Milliseconds. */
const PATIENCE = 5_000;

/** Milliseconds for what comes after the API's answer: the audit. */
const GRACE = 5_000;

/**
 * A client that only stops sending still gets its answers. One that is gone gets none, and whoever ends the process wants it
 * to end: then nothing is waited for but changes that were sent, each as long as one call may take.
 */
async function untilTheEnd(
  { finish, abandon }: Served,
  { inputEnded, outputClosed }: Stdio,
  interrupted: Promise<End>,
  bound: number,
  log: Logger,
): Promise<number> {
  const closed = outputClosed.then((): End => ({ why: "the client has closed its end", code: 1 }));
  const gone = Promise.race([interrupted, closed]);
  const answered = inputEnded.then(finish).then((): End => ({ why: "the client has ended", code: 0 }));
  const end = await Promise.race([gone, answered]);
  log.info({ why: end.why }, "ending");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, bound);
  });
  await Promise.race([abandon(new Leaving(end.why)), late]);
  clearTimeout(timer);
  return end.code;
}

/** The part of a context that answering requests takes; nothing of a process. */
export type Serving = Making & Pick<Context, "advertised" | "reference" | "openLog">;

/** @throws UsageError where a world, a policy or a profile cannot be used: that must end the start, not the first call */
export async function openHandlers(context: Serving, options: Options): Promise<Handlers> {
  const { advertised, reference, parts, openLog } = context;
  const registry = createRegistry(advertised(), { ...options, tickets: options.confirm === "ticket" });
  /** Models, client and sandbox are loaded when they are first needed. */
  const services = once<Services>(async () => {
    const [{ createServices }, log] = await Promise.all([import("./services.ts"), openLog(options.logLevel)]);
    return createServices(context, options, log, options.profiles.length > 0);
  });
  if (options.world || options.policy || options.profiles.length > 0) await services();
  const library = once<Library>(async () =>
    (await import("../discovery/library.ts")).openLibrary(reference(), registry.offers),
  );
  return createHandlers({ registry, services, library, prompts: parts.prompts });
}

/** What fails is tried again by the next who needs it. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
