// Temporary credentials: roles assumed through STS, and the role of the machine that this runs on.
import { readFile } from "node:fs/promises";
import { Agent, type Dispatcher } from "undici";
import type { Credential } from "../../model/service.ts";
import { begin } from "../../text/bounded.ts";
import { parseWritten, WrittenError } from "../../text/written.ts";
import { createClient } from "../client.ts";
import { exchange } from "../exchange.ts";
import { noLimiter } from "../limiter.ts";
import { tc3 } from "../wire/tc3.ts";
import type { Role } from "./profiles.ts";
import { type CredentialSource, fixed, renewing, type Temporary } from "./source.ts";

export interface RoleOptions {
  /** Base URL of STS. */
  sts: string;
  /** Base URL of the metadata service. */
  metadata: string;
  /** Any region: STS issues for all of them. */
  region: string;
  timeout: number;
  dispatcher?: Dispatcher;
  now?: () => number;
}

const VERSION = "2018-08-13";
const SESSION = "ckafka-mcp";
/** Characters of what issues credentials; a token has about a thousand. */
const LARGEST = 64 * 1024;
/** STS signs nothing here: the token of the identity provider is the proof. */
const UNSIGNED = { secretId: "", secretKey: "" };

/** A role assumed with a long-lived credential. */
export function assumedRole(role: Role, source: CredentialSource, options: RoleOptions): CredentialSource {
  const input = { RoleArn: role.arn, RoleSessionName: role.session ?? SESSION };
  return renewing(`role ${role.arn}`, () => sts("AssumeRole", input, source, options), options.now);
}

/** The variables that TKE sets in a pod whose service account is bound to a role. All or none. */
export function tkeRole(env: NodeJS.ProcessEnv, options: RoleOptions): CredentialSource | undefined {
  const {
    TKE_REGION: region,
    TKE_PROVIDER_ID: ProviderId,
    TKE_WEB_IDENTITY_TOKEN_FILE: file,
    TKE_ROLE_ARN: RoleArn,
  } = env;
  if (!region || !ProviderId || !file || !RoleArn) return undefined;
  const fetch = async () => {
    // The kubelet replaces the file; it is read anew for every renewal.
    const WebIdentityToken = (await readFile(file, "utf8")).trim();
    const input = { ProviderId, WebIdentityToken, RoleArn, RoleSessionName: SESSION };
    return sts("AssumeRoleWithWebIdentity", input, fixed("unsigned", UNSIGNED), { ...options, region });
  };
  return renewing(`TKE role ${RoleArn}`, fetch, options.now);
}

async function sts(
  action: string,
  input: Record<string, unknown>,
  credentials: CredentialSource,
  options: RoleOptions,
): Promise<Temporary> {
  const service = { name: "sts", version: VERSION, wire: tc3, url: () => options.sts };
  const { send } = createClient({
    ...options,
    url: ({ url }, region) => url(region, "near"),
    credentials,
    limiter: noLimiter,
    largest: LARGEST,
  });
  const { response } = await send({ service, action, region: options.region, input, changes: false, perSecond: 1 });
  return temporary(response.Credentials, response.ExpiredTime);
}

/** The role that is bound to this CVM instance, from its metadata service, which no proxy can stand for. */
export function instanceRole({ metadata, timeout, now }: RoleOptions): CredentialSource {
  const { origin } = new URL(metadata);
  let agent: Agent | undefined;
  const get = async (path: string, deadline: number) => {
    agent ??= new Agent({ connect: { timeout: 10_000 }, connections: 1 });
    const request = { origin, path: `/latest/meta-data/cam/security-credentials/${path}`, headers: {}, body: "" };
    const left = Math.max(1, deadline - performance.now());
    const answer = await exchange(agent, { ...request, method: "GET", timeout: left, largest: LARGEST });
    if (answer.status !== 200) throw new Error(`the metadata service answered HTTP ${answer.status}`);
    return answer.text;
  };
  const fetch = async () => {
    const deadline = performance.now() + timeout;
    const role = (await get("", deadline)).trim();
    if (!/^[\w.@+=,-]{1,128}$/.test(role)) throw new Error("the metadata service names no role");
    const answer = readRole(await get(role, deadline));
    if (answer.Code !== "Success")
      throw new Error(`the metadata service gave no credential for role ${role}: ${begin(String(answer.Code), 100)}`);
    return temporary(answer, answer.ExpiredTime);
  };
  return renewing("instance role", fetch, now);
}

function readRole(text: string): Record<string, unknown> {
  try {
    const read = parseWritten(text);
    if (typeof read === "object" && read !== null) return read as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof WrittenError)) throw error;
  }
  // What was answered instead may hold a part of a key.
  throw new Error("the metadata service answered no JSON object");
}

function temporary(from: unknown, seconds: unknown): Temporary {
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token } = (from ?? {}) as Record<string, unknown>;
  const texts = [secretId, secretKey, token].every((text) => typeof text === "string" && text !== "");
  if (!texts || !Number.isFinite(seconds)) throw new Error("the answer holds no temporary credential");
  return { credential: { secretId, secretKey, token } as Credential, expires: (seconds as number) * 1000 };
}
