// The command line.
import { parseArgs } from "node:util";
import type { Confirm } from "./guard/verdict.ts";
import { nearest } from "./nearest.ts";

export interface Options {
  region: string | undefined;
  endpoint: string | undefined;
  sandbox: boolean;
  world: string | undefined;
  confirm: Confirm;
  readOnly: boolean;
  /** Milliseconds. */
  timeout: number;
  logLevel: string;
}

/** What is wrong with the command line or a file it names, and what would be right. Ends the program. */
export class UsageError extends Error {}

export const usage = `Usage: ckafka-mcp [options]        MCP server over stdio

  --region REGION      region of calls that name none (or TENCENTCLOUD_REGION)
  --endpoint URL       another API host, like https://ckafka.ap-guangzhou.tencentcloudapi.com
  --sandbox            work on the embedded sandbox; needs no account
  --world FILE         the sandbox's world, as JSON (implies --sandbox)
  --confirm HOW        elicit: the client's dialog; ticket: for scripted runs; auto (default): elicit where
                       the client can, else changes are refused
  --read-only          offer and carry out reads only
  --timeout SECONDS    for one call to the API; default 30
  --log-level LEVEL    fatal, error, warn, info (default), debug; JSON lines on stderr
  --version, --help

Credentials come from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, with TENCENTCLOUD_SESSION_TOKEN or
TENCENTCLOUD_TOKEN beside temporary ones.`;

const LEVELS = ["fatal", "error", "warn", "info", "debug"];
const CONFIRMS = ["elicit", "ticket", "auto"];

/** @throws UsageError @returns what to do, or a text to print */
export function readOptions(
  argv: string[],
  env: NodeJS.ProcessEnv,
  regions: readonly string[],
): Options | "help" | "version" {
  const flags = flagsOf(argv);
  if (flags.help) return "help";
  if (flags.version) return "version";
  const endpoint = flags.endpoint;
  if (endpoint !== undefined && !/^https?:\/\/[^/]+\/?$/.test(endpoint))
    throw new UsageError(
      `--endpoint takes a URL like https://ckafka.tencentcloudapi.com, not ${JSON.stringify(endpoint)}`,
    );
  const seconds = Number(flags.timeout ?? 30);
  if (!(seconds > 0 && seconds <= 600))
    throw new UsageError(`--timeout takes seconds from 1 to 600, not ${JSON.stringify(flags.timeout)}`);
  const region = flags.region ?? (env.TENCENTCLOUD_REGION || undefined);
  if (region !== undefined && !regions.includes(region)) {
    const near = nearest(region, regions);
    const source = flags.region === undefined ? "TENCENTCLOUD_REGION" : "--region";
    throw new UsageError(
      `${source} knows no ${JSON.stringify(region)}; ${near ? `did you mean ${near}?` : `there are ${regions.join(", ")}`}`,
    );
  }
  const sandbox = flags.sandbox === true || flags.world !== undefined;
  if (sandbox && endpoint !== undefined)
    throw new UsageError("--sandbox brings its own endpoint; leave out --endpoint");
  return {
    region,
    endpoint,
    sandbox,
    world: flags.world,
    confirm: oneOf("--confirm", flags.confirm ?? "auto", CONFIRMS) as Confirm,
    readOnly: flags["read-only"] === true,
    timeout: seconds * 1000,
    logLevel: oneOf("--log-level", flags["log-level"] ?? "info", LEVELS),
  };
}

function flagsOf(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        region: { type: "string" },
        endpoint: { type: "string" },
        sandbox: { type: "boolean" },
        world: { type: "string" },
        confirm: { type: "string" },
        "read-only": { type: "boolean" },
        timeout: { type: "string" },
        "log-level": { type: "string" },
        version: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". To specify")[0]}; --help lists what there is`);
  }
}

function oneOf(flag: string, value: string, allowed: string[]): string {
  if (!allowed.includes(value))
    throw new UsageError(`${flag} takes ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
  return value;
}
