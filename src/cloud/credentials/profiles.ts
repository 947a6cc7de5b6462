// Credentials that tccli and the SDKs keep in files.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "ini";
import type { Credential } from "../../model/service.ts";

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
/** Where the SDKs look, the user's own first. */
const sdkFiles = (home: string) => [join(home, ".tencentcloud", "credentials"), "/etc/tencentcloud/credentials"];

/** Reads a profile from tccli's files or, failing that, from the SDKs'. @throws ProfileError */
export function readProfile(name: string, home: string): Profile | undefined {
  return readTccli(name, home) ?? readSdk(name, home);
}

/** `<name>.credential` holds the keys, `<name>.configure` beside it the region. Both are JSON. */
function readTccli(name: string, home: string): Profile | undefined {
  const file = join(home, TCCLI, `${name}.credential`);
  if (!existsSync(file)) return undefined;
  const { secretId, secretKey, token, ...rest } = readJson(file);
  if (!secretId || !secretKey)
    throw new ProfileError(`${file} has no secretId and secretKey; run tccli configure --profile ${name}`);
  const configure = join(home, TCCLI, `${name}.configure`);
  const settings = existsSync(configure) ? readJson(configure) : {};
  const region =
    (settings._sys_param as { region?: string } | undefined)?.region ?? (settings.region as string | undefined);
  const arn = rest["role-arn"] as string | undefined;
  return {
    credential: credentialOf(secretId, secretKey, token),
    region,
    role: arn ? { arn, session: rest["role-session-name"] as string | undefined } : undefined,
    file,
  };
}

/** An ini file with a section a profile. */
function readSdk(name: string, home: string): Profile | undefined {
  const file = sdkFiles(home).find((path) => existsSync(path));
  if (!file) return undefined;
  const section = parse(readFileSync(file, "utf8"))[name] as Record<string, string> | undefined;
  if (!section) return undefined;
  const { secret_id, secret_key, token, region } = section;
  if (!secret_id || !secret_key) throw new ProfileError(`${file} has no secret_id and secret_key in [${name}]`);
  return { credential: credentialOf(secret_id, secret_key, token), region, file };
}

function credentialOf(secretId: unknown, secretKey: unknown, token: unknown): Credential {
  const pair = { secretId: String(secretId), secretKey: String(secretKey) };
  return token ? { ...pair, token: String(token) } : pair;
}

function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    throw new ProfileError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
