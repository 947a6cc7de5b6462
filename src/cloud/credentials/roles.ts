// Temporary credentials: roles assumed through STS, and the role of the machine that this runs on.
import { readFile } from "node:fs/promises";
import { type Dispatcher, request } from "undici";
import { createClient } from "../client.ts";
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
  });
  const { response } = await send({ service, action, region: options.region, input, changes: false, perSecond: 1 });
  const { Credentials, ExpiredTime } = response as { Credentials: Record<string, string>; ExpiredTime: number };
  return temporary(Credentials, ExpiredTime);
}

/** The role that is bound to this CVM instance, from its metadata service. */
export function instanceRole(options: RoleOptions): CredentialSource {
  const base = `${options.metadata}/latest/meta-data/cam/security-credentials/`;
  const get = async (path: string) => {
    const { statusCode, body } = await request(base + path, {
      headersTimeout: options.timeout,
      bodyTimeout: options.timeout,
      ...(options.dispatcher ? { dispatcher: options.dispatcher } : {}),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the metadata service answered HTTP ${statusCode}`);
    return text;
  };
  const fetch = async () => {
    const role = (await get("")).trim();
    const answer = JSON.parse(await get(role)) as Record<string, string> & { Code: string; ExpiredTime: number };
    if (answer.Code !== "Success")
      throw new Error(`the metadata service gave no credential for role ${role}: ${answer.Code}`);
    return temporary(answer, answer.ExpiredTime);
  };
  return renewing("instance role", fetch, options.now);
}

function temporary(from: Record<string, string>, seconds: number): Temporary {
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token } = from;
  if (!secretId || !secretKey || !token || !seconds) throw new Error("the answer holds no temporary credential");
  return { credential: { secretId, secretKey, token }, expires: seconds * 1000 };
}
