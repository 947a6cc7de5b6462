// The command line.
import { parseArgs } from "node:util";
import type { Role } from "../cloud/credentials/profiles.ts";
import type { Access } from "../cloud/endpoints.ts";
import type { Credential } from "../cloud/sign.ts";
import type { Confirm } from "../guard/verdict.ts";
import { nearest } from "../text/nearest.ts";

export interface Options {
  region: string | undefined;
  endpoint: string | undefined;
  access: Access;
  /** Empty for the default one. */
  profiles: string[];
  flags: Partial<Credential>;
  role: Role | undefined;
  /** Base URL of the metadata service; undefined: it is not asked. */
  metadata: string | undefined;
  /** Base URL of the service that issues temporary credentials. */
  sts: string;
  rateLimit: boolean;
  /** Empty for all. */
  toolsets: string[];
  discovery: boolean;
  language: string | undefined;
  sandbox: boolean;
  world: string | undefined;
  confirm: Confirm;
  /** Undefined for the default one. */
  stateDir: string | undefined;
  readOnly: boolean;
  /** File of rules. */
  policy: string | undefined;
  /** Milliseconds. */
  timeout: number;
  /** Milliseconds to follow an asynchronous change. */
  wait: number;
  logLevel: string;
}

/** What is wrong with the command line or a file it names, and what would be right. Ends the program. */
export class UsageError extends Error {}

export const usage = `Usage: ckafka-mcp [options]                      MCP server over stdio
       ckafka-mcp call ACTION [JSON] [options]   one call, for shells and scripts
       ckafka-mcp approve [ID] [--state-dir DIR] what waits for a person; with ID, look at it and approve it
       ckafka-mcp audit verify [DIR]             whether the audit is as it was written
       ckafka-mcp tools [--json] [options]       what would be registered
       ckafka-mcp policy explain ACTION [JSON] --policy FILE   which rule decides
       ckafka-mcp sandbox [options]              the sandbox alone, for any SDK; sandbox --help

Where
  --region REGION      region of calls that name none (or TENCENTCLOUD_REGION, or the profile's)
  --access HOW         near (default): the nearest API host; regional: the region's own; international
  --endpoint URL       another API host, like https://ckafka.ap-guangzhou.tencentcloudapi.com
  --language LANG      zh-CN or en-US, for what the API says
Who (the first of these that is there)
  --secret-id ID --secret-key KEY [--token TOKEN]
  TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_SESSION_TOKEN
                       (or TENCENTCLOUD_TOKEN, TENCENTCLOUD_SECURITY_TOKEN)
  --profile NAME       of tccli (~/.tccli) or ~/.tencentcloud/credentials; "default" when left out
                       several, like a,b, give every tool a Profile parameter
  TKE_* variables      the role bound to a pod's service account
  the instance's role  from the metadata service (--metadata-url URL, or off)
  --role-arn ARN       assume this role with what was found (or TENCENTCLOUD_ROLE_ARN);
                       --role-session-name NAME, --sts-url URL
Sandbox
  --sandbox            work on the embedded sandbox; needs no account
  --world FILE         the sandbox's world, as JSON (implies --sandbox)
Tools
  --toolsets LIST      nouns, essentials, reads, all, and -noun to leave out; like topic,group or all,-datahub
  --discovery          four tools instead: find, describe, read, change
Safety
  --confirm HOW        elicit: the client's dialog; operator: a person runs ckafka-mcp approve in a terminal;
                       ticket: for scripted runs; auto (default): elicit where the client can, else operator
  --state-dir DIR      for what waits, and the audit; default $XDG_STATE_HOME/ckafka-mcp or ~/.local/state/ckafka-mcp
  --policy FILE        rules: what runs without asking, what is asked, what nobody may do
  --read-only          offer and carry out reads only
Other
  --timeout SECONDS    for one call to the API; default 30
  --wait SECONDS       how long to follow a change that goes on after it was accepted; default 30, 0 not at all
  --rate-limit HOW     on (default): calls over the API's documented rates wait; off: they go at once
  --log-level LEVEL    fatal, error, warn, info (default), debug; JSON lines on stderr
  --version, --help`;

const LEVELS = ["fatal", "error", "warn", "info", "debug"];
const CONFIRMS = ["elicit", "operator", "ticket", "auto"];
const ACCESSES = ["near", "regional", "international"];
const LANGUAGES = ["zh-CN", "en-US"];
const METADATA = "http://metadata.tencentyun.com";
const STS = "https://sts.tencentcloudapi.com";

/** @throws UsageError @returns what to do, or a text to print */
export function readOptions(
  argv: string[],
  env: NodeJS.ProcessEnv,
  regions: readonly string[],
): Options | "help" | "version" {
  const flags = flagsOf(argv);
  if (flags.help) return "help";
  if (flags.version) return "version";
  const { endpoint } = flags;
  if (endpoint !== undefined) baseUrl("--endpoint", endpoint);
  const seconds = Number(flags.timeout ?? 30);
  if (!(seconds > 0 && seconds <= 600))
    throw new UsageError(`--timeout takes seconds from 1 to 600, not ${JSON.stringify(flags.timeout)}`);
  const wait = flags.wait === "" ? Number.NaN : Number(flags.wait ?? 30);
  if (!(wait >= 0 && wait <= 3600))
    throw new UsageError(`--wait takes seconds from 0 to 3600, not ${JSON.stringify(flags.wait)}`);
  const region = flags.region ?? (env.TENCENTCLOUD_REGION || undefined);
  if (region !== undefined && !regions.includes(region)) {
    const near = nearest(region, regions);
    const source = flags.region === undefined ? "TENCENTCLOUD_REGION" : "--region";
    throw new UsageError(
      `${source} knows no ${JSON.stringify(region)}; ${near ? `did you mean ${near}?` : `there are ${regions.join(", ")}`}`,
    );
  }
  if (flags["state-dir"] === "") throw new UsageError("--state-dir takes a directory");
  const sandbox = flags.sandbox === true || flags.world !== undefined;
  if (sandbox && endpoint !== undefined)
    throw new UsageError("--sandbox brings its own endpoint; leave out --endpoint");
  if (sandbox && flags.profile !== undefined)
    throw new UsageError("--sandbox brings its own account; leave out --profile");
  return {
    region,
    endpoint,
    access: oneOf("--access", flags.access ?? "near", ACCESSES) as Access,
    profiles: (flags.profile ?? "").split(",").filter(Boolean),
    flags: credentialFlags(flags),
    role: roleOf(
      flags["role-arn"] ?? env.TENCENTCLOUD_ROLE_ARN,
      flags["role-session-name"] ?? env.TENCENTCLOUD_ROLE_SESSION_NAME,
    ),
    metadata:
      flags["metadata-url"] === "off" ? undefined : baseUrl("--metadata-url", flags["metadata-url"] ?? METADATA),
    sts: baseUrl("--sts-url", flags["sts-url"] ?? STS),
    rateLimit: oneOf("--rate-limit", flags["rate-limit"] ?? "on", ["on", "off"]) === "on",
    toolsets: (flags.toolsets ?? "")
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
    discovery: flags.discovery === true,
    language: flags.language === undefined ? undefined : oneOf("--language", flags.language, LANGUAGES),
    sandbox,
    world: flags.world,
    confirm: oneOf("--confirm", flags.confirm ?? "auto", CONFIRMS) as Confirm,
    stateDir: flags["state-dir"],
    readOnly: flags["read-only"] === true,
    policy: flags.policy,
    timeout: seconds * 1000,
    wait: wait * 1000,
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
        access: { type: "string" },
        language: { type: "string" },
        profile: { type: "string" },
        "secret-id": { type: "string" },
        "secret-key": { type: "string" },
        token: { type: "string" },
        "role-arn": { type: "string" },
        "role-session-name": { type: "string" },
        "metadata-url": { type: "string" },
        "sts-url": { type: "string" },
        "rate-limit": { type: "string" },
        toolsets: { type: "string" },
        discovery: { type: "boolean" },
        sandbox: { type: "boolean" },
        world: { type: "string" },
        confirm: { type: "string" },
        "state-dir": { type: "string" },
        "read-only": { type: "boolean" },
        policy: { type: "string" },
        timeout: { type: "string" },
        wait: { type: "string" },
        "log-level": { type: "string" },
        version: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". To specify")[0]}; --help lists what there is`);
  }
}

function baseUrl(flag: string, url: string): string {
  if (!/^https?:\/\/[^/]+\/?$/.test(url))
    throw new UsageError(`${flag} takes a URL like https://ckafka.tencentcloudapi.com, not ${JSON.stringify(url)}`);
  return url.replace(/\/$/, "");
}

function credentialFlags(flags: Record<string, unknown>): Partial<Credential> {
  const { "secret-id": secretId, "secret-key": secretKey, token } = flags as Record<string, string | undefined>;
  if (!secretId !== !secretKey) throw new UsageError("--secret-id and --secret-key go together");
  return secretId && secretKey ? { secretId, secretKey, ...(token ? { token } : {}) } : {};
}

const roleOf = (arn: string | undefined, session: string | undefined): Role | undefined =>
  arn ? { arn, session } : undefined;

function oneOf(flag: string, value: string, allowed: string[]): string {
  if (!allowed.includes(value))
    throw new UsageError(`${flag} takes ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
  return value;
}
