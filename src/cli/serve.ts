// MCP over stdio: what the program does unless told otherwise.
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import type { Logger } from "pino";
import { product } from "../../tools/ckafka/service.ts";
import type { Services } from "../call/call.ts";
import type { Listed } from "../discovery/advertised.ts";
import type { Library } from "../discovery/library.ts";
import type { Manual } from "../discovery/reference.ts";
import { createRegistry } from "../discovery/registry.ts";
import { createServer } from "../protocol/initialize.ts";
import type { Command } from "./context.ts";
import { readOptions, usage } from "./options.ts";

export const serve: Command = async (context) => {
  const { argv, env, home, version, write, stdin, stdout, read, openLog } = context;
  const options = readOptions(argv, env, product.regions);
  if (options === "help" || options === "version") {
    write(`${options === "help" ? usage : version}\n`);
    return 0;
  }
  /** Models, client and sandbox are imported here, when they are first needed. */
  const loadServices = async (): Promise<Services> => {
    const [{ createServices }, log] = await Promise.all([import("./services.ts"), openLog(options.logLevel)]);
    return createServices(options, env, home, log);
  };
  // A world, a policy or a profile that cannot be used must end the start, not the first call.
  let services: Promise<Services> | undefined;
  if (options.world || options.policy || options.profiles.length > 0) services = loadServices();
  await services;

  let library: Promise<Library> | undefined;
  const { server, finish } = createServer({
    version,
    instructions: product.instructions,
    registry: createRegistry(read("tools.json") as Listed[], { ...options, tickets: options.confirm === "ticket" }),
    services: () => {
      services ??= loadServices();
      return services;
    },
    library: () => {
      library ??= import("../discovery/library.ts").then(({ openLibrary }) =>
        openLibrary(read("manual.json") as Manual),
      );
      return library;
    },
  });
  const transport = new StdioServerTransport(stdin, stdout);
  let log: Logger | undefined;
  server.onerror = (error) => answerFrameError(transport, error, log);
  const closed = new Promise<number>((resolve) => {
    server.onclose = () => resolve(1);
    stdin.once("end", () => finish().then(() => resolve(0)));
  });
  await server.connect(transport);
  log = await openLog(options.logLevel);
  log.info({ version, sandbox: options.sandbox, region: options.region }, "serving");
  return closed;
};

/** A line that is no message still gets an answer; without it, whoever sent it would wait for ever. */
function answerFrameError(transport: StdioServerTransport, error: Error, log: Logger | undefined) {
  log?.warn({ err: error }, "transport");
  const answer = (code: ErrorCode, message: string) =>
    void transport.send({ jsonrpc: "2.0", error: { code, message } });
  if (error instanceof SyntaxError)
    answer(ErrorCode.ParseError, "That line is not JSON. Send one JSON-RPC message a line.");
  else if (error.name === "ZodError") answer(ErrorCode.InvalidRequest, "That line is not a JSON-RPC 2.0 message.");
  else if (/maximum size/.test(error.message))
    answer(ErrorCode.InvalidRequest, "That message is over 10 MB; the connection is closed.");
}
