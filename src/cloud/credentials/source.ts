// Where credentials come from, in the order in which Tencent Cloud's own tools look for them.
import { CloudError } from "../../model/errors.ts";
import type { Credential } from "../../model/service.ts";

export interface CredentialSource {
  /** In words, for the log. */
  name: string;
  /** Whose they are, as far as that is known without asking: the same after a renewal and in another process. */
  who: string;
  /** @throws CloudError */
  get: () => Promise<Credential>;
  /** Forgets a credential that the cloud refused. False where another would not be had. */
  forget: (refused: Credential) => boolean;
}

export const fixed = (name: string, credential: Credential): CredentialSource => ({
  name,
  who: credential.secretId,
  get: async () => credential,
  forget: () => false,
});

/** Refuses every call with the reason; so the server can start and list its tools without any credential. */
export const missing = (reason: string): CredentialSource => ({
  name: "none",
  who: "nobody",
  get: async () => {
    throw new CloudError("NoCredentials", reason, "no");
  },
  forget: () => false,
});

/** A credential that ends. Milliseconds since the epoch. */
export interface Temporary {
  credential: Credential;
  expires: number;
}
/** Renewed this long before it ends, so that no call is under way with one that has ended. */
const RESERVE = 5 * 60_000;

/**
 * Keeps a temporary credential and renews it before it ends: once, however many calls wait for it.
 * A renewal that fails fails only those who waited for it.
 */
export function renewing(
  name: string,
  fetch: () => Promise<Temporary>,
  now: () => number = Date.now,
): CredentialSource {
  let held: Temporary | undefined;
  let renewal: Promise<Temporary> | undefined;
  const renew = () => {
    renewal ??= fetch().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  return {
    name,
    who: name,
    async get() {
      if (held && now() < held.expires - RESERVE) return held.credential;
      try {
        held = await renew();
      } catch (error) {
        // One that has not quite ended is better than none.
        if (held && now() < held.expires) return held.credential;
        throw error instanceof CloudError
          ? error
          : new CloudError("NoCredentials", `${name}: ${(error as Error).message}`, "no", undefined, { cause: error });
      }
      return held.credential;
    },
    forget(refused) {
      if (held?.credential.secretId === refused.secretId) held = undefined;
      return true;
    },
  };
}

/** The names that tccli, the SDKs and the Terraform provider read. */
export function fromEnvironment(env: NodeJS.ProcessEnv): Credential | undefined {
  const secretId = env.TENCENTCLOUD_SECRET_ID?.trim();
  const secretKey = env.TENCENTCLOUD_SECRET_KEY?.trim();
  if (!secretId || !secretKey) return undefined;
  const token = (env.TENCENTCLOUD_SESSION_TOKEN || env.TENCENTCLOUD_TOKEN || env.TENCENTCLOUD_SECURITY_TOKEN)?.trim();
  return token ? { secretId, secretKey, token } : { secretId, secretKey };
}
