// ckafka-mcp sandbox [options]: the sandbox alone, for any SDK, until it is interrupted.
import { parseArgs } from "node:util";
import { UsageError } from "../model/errors.ts";
import type { Command } from "./context.ts";
import { refuseEmpty } from "./settings.ts";

const help = `Usage: ckafka-mcp sandbox [options]

Prints one line of JSON: where it listens, what to sign with, where it is controlled. Runs until it is interrupted.

  --port N             where it listens; any free port when left out
  --host HOST          127.0.0.1 (default), or an address to be reached at from elsewhere
  --control-port N     where it is controlled, on 127.0.0.1 only; any free port when left out
  --world FILE         what exists in it, as JSON: written by hand or dumped; the world that ships when left out
  --rate-limit HOW     on (default): the documented calls per second are enforced; off: they are not
  --secret-id ID --secret-key KEY   what requests must be signed with; made up when left out`;

export const sandbox: Command = async ({ argv, parts, write, interrupted }) => {
  const options = readFlags(argv);
  if (options === "help") {
    write(`${help}\n`);
    return 0;
  }
  const { host, port, controlPort, credential, rateLimit } = options;
  const ended = interrupted();
  const listens = <T>(at: string, start: Promise<T>) => start.catch((error) => refuse(at, error));
  const box = await listens(
    `${host}:${port}`,
    parts.sandbox({ world: options.world, host, port, rateLimit, alone: true, credential }),
  );
  const control = await listens(`127.0.0.1:${controlPort}`, parts.sandboxControl(box, controlPort));
  const { secretId, secretKey } = box.credential;
  write(`${JSON.stringify({ url: box.url, secretId, secretKey, region: box.region, control: control.url })}\n`);
  await ended;
  await Promise.all([box.close(), control.close()]);
  return 0;
};

function readFlags(argv: string[]) {
  const flags = parsed(argv);
  if (flags.help) return "help";
  refuseEmpty(flags);
  const { "secret-id": secretId, "secret-key": secretKey, "rate-limit": rateLimit = "on" } = flags;
  if (!secretId !== !secretKey) throw new UsageError("--secret-id and --secret-key go together");
  if (!["on", "off"].includes(rateLimit))
    throw new UsageError(`--rate-limit takes on, off, not ${JSON.stringify(rateLimit)}`);
  return {
    host: flags.host ?? "127.0.0.1",
    port: portOf("--port", flags.port),
    controlPort: portOf("--control-port", flags["control-port"]),
    world: flags.world,
    rateLimit: rateLimit === "on",
    credential: secretId && secretKey ? { secretId, secretKey } : undefined,
  };
}

function parsed(argv: string[]) {
  const text = { type: "string" } as const;
  const options = { port: text, host: text, "control-port": text, world: text, "rate-limit": text };
  try {
    return parseArgs({
      args: argv,
      options: { ...options, "secret-id": text, "secret-key": text, help: { type: "boolean", short: "h" } },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". To specify")[0]}; sandbox --help lists what there is`);
  }
}

function portOf(flag: string, text = "0"): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`${flag} takes a number up to 65535, not ${JSON.stringify(text)}`);
  return port;
}

/** Why a server cannot listen, in a sentence. */
function refuse(at: string, error: NodeJS.ErrnoException): never {
  const reasons: Record<string, string> = {
    EADDRINUSE: "is in use; choose another port",
    EACCES: "needs more rights; choose a port above 1023",
    EADDRNOTAVAIL: "is no address of this machine",
    ENOTFOUND: "is no address that is known",
  };
  const reason = reasons[error.code ?? ""];
  throw reason ? new UsageError(`${at} ${reason}`) : error;
}
