// What the command line means.
import { parseArgs } from "node:util";
import type { Role } from "../cloud/credentials/profiles.ts";
import type { Confirm } from "../guard/verdict.ts";
import { UsageError } from "../model/errors.ts";
import type { Access, Credential } from "../model/service.ts";
import { nearest } from "../text/nearest.ts";
import { type Flags, parsed } from "./usage.ts";

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

function flagsOf(argv: string[]): Flags {
  try {
    return parseArgs({ args: argv, options: parsed }).values as Flags;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". To specify")[0]}; --help lists what there is`);
  }
}

function baseUrl(flag: string, url: string): string {
  if (!/^https?:\/\/[^/]+\/?$/.test(url))
    throw new UsageError(`${flag} takes a URL like https://ckafka.tencentcloudapi.com, not ${JSON.stringify(url)}`);
  return url.replace(/\/$/, "");
}

function credentialFlags({ "secret-id": secretId, "secret-key": secretKey, token }: Flags): Partial<Credential> {
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
