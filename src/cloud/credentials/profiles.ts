// Credentials that tccli and the SDKs keep in files.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "ini";
import type { Credential } from "../../model/service.ts";
import { readJsonFile, readText, WrittenError } from "../../text/written.ts";

export interface Profile {
  credential: Credential;
  /** The profile's default region. */
  region?: string | undefined;
  /** A role to be assumed with the credential. */
  role?: Role | undefined;
  /** The file it was read from. */
  file: string;
}
export interface Role {
  arn: string;
  session: string | undefined;
}

/** A profile file that is there and cannot be used. */
export class ProfileError extends Error {}

const TCCLI = ".tccli";
const SYSTEM = "/etc/tencentcloud/credentials";

/** Every file that a profile can stand in: tccli's, then where the SDKs look, the user's own first. */
export const filesOf = (name: string, home: string | undefined): string[] => [
  ...(home === undefined ? [] : [...tccliFiles(name, home), join(home, ".tencentcloud", "credentials")]),
  SYSTEM,
];
const tccliFiles = (name: string, home: string) =>
  ["credential", "configure"].map((extension) => join(home, TCCLI, `${name}.${extension}`)) as [string, string];

/** Reads a profile from tccli's files or, failing that, from the SDKs'. @throws ProfileError */
export function readProfile(name: string, home: string | undefined): Profile | undefined {
  return (home === undefined ? undefined : readTccli(name, home)) ?? readSdk(name, home);
}

/** `<name>.credential` holds the keys, `<name>.configure` beside it the region. Both are JSON. */
function readTccli(name: string, home: string): Profile | undefined {
  const [file, configure] = tccliFiles(name, home);
  if (!existsSync(file)) return undefined;
  const { secretId, secretKey, token, ...rest } = readJson(file);
  if (!isKey(secretId) || !isKey(secretKey))
    throw new ProfileError(`${file} has no secretId and secretKey; run tccli configure --profile ${name}`);
  const settings = existsSync(configure) ? readJson(configure) : {};
  const region = (settings._sys_param as { region?: unknown } | undefined)?.region ?? settings.region;
  const arn = rest["role-arn"];
  return {
    credential: credentialOf(secretId, secretKey, token),
    region: textOf(region),
    role: textOf(arn) ? { arn: arn as string, session: textOf(rest["role-session-name"]) } : undefined,
    file,
  };
}

/** An ini file with a section a profile. */
function readSdk(name: string, home: string | undefined): Profile | undefined {
  const file = filesOf(name, home)
    .slice(-2)
    .find((path) => existsSync(path));
  if (!file) return undefined;
  const sections = parse(written(file, readText));
  const section = Object.hasOwn(sections, name) ? (sections[name] as Record<string, unknown>) : undefined;
  if (typeof section !== "object") return undefined;
  const { secret_id, secret_key, token, region } = section;
  if (!isKey(secret_id) || !isKey(secret_key))
    throw new ProfileError(`${file} has no secret_id and secret_key in [${name}]`);
  return { credential: credentialOf(secret_id, secret_key, token), region: textOf(region), file };
}

/** Sent in a header, where nothing but this can stand. */
const isKey = (value: unknown): value is string => typeof value === "string" && /^[\x21-\x7e]+$/.test(value.trim());
const textOf = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : undefined);

function credentialOf(secretId: string, secretKey: string, token: unknown): Credential {
  const pair = { secretId: secretId.trim(), secretKey: secretKey.trim() };
  return isKey(token) ? { ...pair, token: token.trim() } : pair;
}

function readJson(file: string): Record<string, unknown> {
  const content = written(file, readJsonFile);
  if (typeof content === "object" && content !== null) return content as Record<string, unknown>;
  throw new ProfileError(`${file} holds no object`);
}

/** @throws ProfileError */
function written<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    throw error instanceof WrittenError ? new ProfileError(`${file} ${error.message}`) : error;
  }
}
