// Which source of credentials counts: flags → environment → profile files → TKE → instance role.

import type { Credential } from "../../model/service.ts";
import { ProfileError, type Role, readProfile } from "./profiles.ts";
import { assumedRole, type RoleOptions, tkeRole } from "./roles.ts";
import { type CredentialSource, fixed, fromEnvironment, missing } from "./source.ts";

export interface ChainOptions {
  /** From the command line. */
  flags: Partial<Credential>;
  env: NodeJS.ProcessEnv;
  /** Undefined where the process has none. */
  home: string | undefined;
  /** Named on the command line; undefined for the default one, which need not exist. */
  profile: string | undefined;
  /** To be assumed with whatever the chain finds. */
  role: Role | undefined;
  roles: RoleOptions;
  /** Asked when nothing else is there; undefined: nobody is. */
  instance: CredentialSource | undefined;
}
export interface Found {
  credentials: CredentialSource;
  /** The profile's region. */
  region?: string | undefined;
}

const ADVICE = "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY not set";

/** @throws ProfileError where a profile was named that is not there or cannot be used */
export function findCredentials(options: ChainOptions): Found {
  const found = first(options);
  return options.role ? { ...found, credentials: assumedRole(options.role, found.credentials, options.roles) } : found;
}

function first({ flags, env, home, profile, roles, instance }: ChainOptions): Found {
  if (flags.secretId && flags.secretKey) return { credentials: fixed("flags", flags as Credential) };
  const named = profile === undefined ? undefined : readProfile(profile, home);
  if (profile !== undefined && !named)
    throw new ProfileError(
      home === undefined
        ? `there is no profile ${profile}: there is no home directory to look for it, and no [${profile}] in /etc/tencentcloud/credentials`
        : `there is no profile ${profile}: neither ${home}/.tccli/${profile}.credential nor [${profile}] in ${home}/.tencentcloud/credentials`,
    );
  const environment = fromEnvironment(env);
  if (environment) return { credentials: fixed("environment", environment), region: named?.region };
  const file = named ?? readProfile("default", home);
  if (file) {
    const source = fixed(`profile ${file.file}`, file.credential);
    return { credentials: file.role ? assumedRole(file.role, source, roles) : source, region: file.region };
  }
  const tke = tkeRole(env, roles);
  if (tke) return { credentials: tke, region: env.TKE_REGION };
  return { credentials: instance ? otherwise(instance, ADVICE) : missing(ADVICE) };
}

/** Where the metadata service does not answer, this is no instance with a role: say what else there is. */
function otherwise(source: CredentialSource, advice: string): CredentialSource {
  return { ...source, get: () => source.get().catch(() => missing(advice).get()) };
}
