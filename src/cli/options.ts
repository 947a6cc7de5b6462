// What the command line means.
import { parseArgs } from "node:util";
import type { Role } from "../cloud/credentials/profiles.ts";
import type { Confirm } from "../guard/verdict.ts";
import { UsageError } from "../model/errors.ts";
import type { Access, Credential } from "../model/service.ts";
import { nearest } from "../text/nearest.ts";
import { baseUrl, faultOfEnvironment, listOf, refuseEmpty } from "./settings.ts";
import { type Flags, parsed } from "./usage.ts";

export interface Options {
  /** What is wrong with the environment, so that no call can be carried out. */
  unusable: string | undefined;
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
  refuseEmpty(flags);
  const endpoint = flags.endpoint === undefined ? undefined : baseUrl("--endpoint", flags.endpoint);
  const seconds = Number(flags.timeout ?? 30);
  if (!(seconds > 0 && seconds <= 600))
    throw new UsageError(`--timeout takes seconds from 1 to 600, not ${JSON.stringify(flags.timeout)}`);
  const wait = flags.wait === "" ? Number.NaN : Number(flags.wait ?? 30);
  if (!(wait >= 0 && wait <= 3600))
    throw new UsageError(`--wait takes seconds from 0 to 3600, not ${JSON.stringify(flags.wait)}`);
  if (flags.region !== undefined) {
    const fault = faultOfRegion(flags.region, regions);
    if (fault) throw new UsageError(`--region ${fault}`);
  }
  const sandbox = flags.sandbox === true || flags.world !== undefined;
  if (sandbox && endpoint !== undefined)
    throw new UsageError("--sandbox brings its own endpoint; leave out --endpoint");
  if (sandbox && flags.profile !== undefined)
    throw new UsageError("--sandbox brings its own account; leave out --profile");
  const own = credentialFlags(flags);
  const profiles = listOf("profile", flags.profile);
  const unusable = sandbox ? undefined : unusableIn(env, flags, profiles, regions);
  const environment = unusable === undefined && !sandbox ? env : {};
  return {
    unusable,
    region: flags.region ?? regions.find((region) => region === env.TENCENTCLOUD_REGION?.trim()),
    endpoint,
    access: oneOf("--access", flags.access ?? "near", ACCESSES) as Access,
    profiles,
    flags: own,
    role: roleOf(
      flags["role-arn"] ?? environment.TENCENTCLOUD_ROLE_ARN?.trim(),
      flags["role-session-name"] ?? environment.TENCENTCLOUD_ROLE_SESSION_NAME?.trim(),
    ),
    metadata:
      flags["metadata-url"] === "off" ? undefined : baseUrl("--metadata-url", flags["metadata-url"] ?? METADATA),
    sts: baseUrl("--sts-url", flags["sts-url"] ?? STS),
    rateLimit: oneOf("--rate-limit", flags["rate-limit"] ?? "on", ["on", "off"]) === "on",
    toolsets: listOf("toolsets", flags.toolsets),
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

/** What is wrong with the environment. The sandbox brings its own account and its own network. */
function unusableIn(env: NodeJS.ProcessEnv, flags: Flags, profiles: string[], regions: readonly string[]) {
  const fault = faultOfEnvironment(env, {
    // Several profiles are several accounts, so there the environment's one credential stands back.
    credentials: flags["secret-id"] !== undefined || profiles.length > 1,
    region: flags.region !== undefined,
    role: flags["role-arn"] !== undefined,
  });
  if (fault !== undefined) return fault;
  const region = flags.region === undefined ? env.TENCENTCLOUD_REGION?.trim() : undefined;
  const unknown = region === undefined ? undefined : faultOfRegion(region, regions);
  return unknown && `TENCENTCLOUD_REGION ${unknown}`;
}

function faultOfRegion(region: string, regions: readonly string[]): string | undefined {
  if (regions.includes(region)) return undefined;
  const near = nearest(region, regions);
  return `knows no ${JSON.stringify(region)}; ${near ? `did you mean ${near}?` : `there are ${regions.join(", ")}`}`;
}

function credentialFlags({ "secret-id": secretId, "secret-key": secretKey, token }: Flags): Partial<Credential> {
  if (!secretId !== !secretKey) throw new UsageError("--secret-id and --secret-key go together");
  if (token !== undefined && !secretId) throw new UsageError("--token goes with --secret-id and --secret-key");
  return secretId && secretKey ? { secretId, secretKey, ...(token ? { token } : {}) } : {};
}

const roleOf = (arn: string | undefined, session: string | undefined): Role | undefined =>
  arn ? { arn, session } : undefined;

function oneOf(flag: string, value: string, allowed: string[]): string {
  if (!allowed.includes(value))
    throw new UsageError(`${flag} takes ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
  return value;
}
