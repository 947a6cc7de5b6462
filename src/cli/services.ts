// What a call needs, put together once: catalogue, accounts with their clients, guard.
import { statSync } from "node:fs";
import type { Logger } from "pino";
import type { Account, Services } from "../call/call.ts";
import { type ClientOptions, createClient, createDispatcher, type Proxies } from "../cloud/client.ts";
import { findCredentials } from "../cloud/credentials/chain.ts";
import { filesOf, ProfileError } from "../cloud/credentials/profiles.ts";
import { instanceRole } from "../cloud/credentials/roles.ts";
import { fixed } from "../cloud/credentials/source.ts";
import { createLimiter, noLimiter } from "../cloud/limiter.ts";
import { createJournal } from "../guard/audit/journal.ts";
import { fileLedger } from "../guard/ledger/files.ts";
import { openPolicy } from "../guard/policy/file.ts";
import { createRecent } from "../guard/recent.ts";
import { openState, stateDirectory } from "../guard/state.ts";
import { Refusal, UsageError } from "../model/errors.ts";
import type { Context, Parts } from "./context.ts";
import type { Options } from "./options.ts";
import { approveCommand } from "./state.ts";

/** The part of a context that services are made of. */
export type Making = Pick<Context, "parts" | "env" | "home" | "self">;

/**
 * @param strict whether accounts that cannot be used are an error here, or of every call until they can
 * @throws UsageError where a world, a policy or, if strict, an account cannot be used
 */
export async function createServices(making: Making, options: Options, log: Logger, strict = true): Promise<Services> {
  const { parts, env, home } = making;
  const catalogue = await parts.catalogue();
  // One limiter for all accounts: it counts by credential.
  const limiter = options.rateLimit ? createLimiter() : noLimiter;
  const common = { limiter, timeout: options.timeout, language: options.language };
  const { confirm, readOnly, stateDir } = options;
  const state = once(() => openState(stateDirectory(stateDir, env, home)));
  const now = Date.now;
  const journal = createJournal(state, log, now);
  const policy = options.policy === undefined ? undefined : openPolicy(options.policy, catalogue);
  const recent = createRecent(now);
  const ledger = once(() => fileLedger(state(), now));
  const approve = (id: string) => approveCommand(id, stateDir, making);
  const guard = { confirm, readOnly, policy, recent, state, ledger, journal, approveCommand: approve, now };
  const rest = { catalogue, guard, wait: options.wait, log };
  if (options.sandbox) return { ...rest, accounts: await sandboxAccount(parts, options, common) };
  const find = cloudAccounts(options, common, env, home, log);
  if (strict) find();
  return {
    ...rest,
    get accounts() {
      try {
        return find();
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        throw new Refusal(`${error.message.replace(/[.]$/, "")}. Nothing was sent. Mend it, then call again.`);
      }
    },
  };
}

/** Made when it is first needed: what only reads leaves no trace. What fails is tried again by the next who needs it. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

type Common = Omit<ClientOptions, "url" | "credentials">;

async function sandboxAccount(parts: Parts, options: Options, common: Common): Promise<Map<string, Account>> {
  const sandbox = await parts.sandbox({ world: options.world, rateLimit: options.rateLimit });
  const { send } = createClient({
    ...common,
    url: () => sandbox.url,
    credentials: fixed("sandbox", sandbox.credential),
  });
  // Every process has a world of its own, but what is agreed to in one may run in the next: nothing is at stake.
  const endpoint = () => "sandbox";
  return new Map([
    ["sandbox", { send, region: options.region ?? sandbox.region, endpoint, now: sandbox.now, who: "sandbox" }],
  ]);
}

/**
 * Finds the accounts, and again whenever one of the files in which they can stand has changed: who mends a file, or changes
 * a key, does not restart the server for it.
 * @returns throws UsageError where they cannot be used
 */
function cloudAccounts(
  options: Options,
  common: Common,
  env: NodeJS.ProcessEnv,
  home: string | undefined,
  log: Logger,
): () => Map<string, Account> {
  const { flags, role, metadata, sts, timeout, profiles, unusable } = options;
  const region = options.region ?? "ap-guangzhou";
  const make = once(() => {
    const dispatcher = createDispatcher(proxies(env));
    const roles = { sts, metadata: metadata ?? "", region, timeout, dispatcher };
    return { dispatcher, roles, instance: metadata === undefined ? undefined : instanceRole(roles) };
  });
  const url: ClientOptions["url"] = (service, region) => options.endpoint ?? service.url(region, options.access);
  const endpoint: Account["endpoint"] = ({ host }) => options.endpoint ?? host;
  const chosen = profiles.length > 0 ? profiles : [undefined];
  // Several profiles are several accounts, so there the environment's one credential stands back.
  const environment = chosen.length > 1 ? withoutCredentials(env) : env;
  const files = chosen.flatMap((profile) => filesOf(profile ?? "default", home));

  const find = (): Map<string, Account> => {
    if (unusable !== undefined) throw new UsageError(unusable);
    const { dispatcher, roles, instance } = make();
    const accounts = chosen.map((profile): [string, Account] => {
      const { credentials, region } = findCredentials({
        flags,
        env: environment,
        home,
        profile,
        role,
        roles,
        instance,
      });
      log.info({ profile, credentials: credentials.name }, "credentials");
      const { send } = createClient({ ...common, url, credentials, dispatcher });
      return [
        profile ?? "default",
        { send, region: options.region ?? region, endpoint, now: Date.now, who: credentials.who },
      ];
    });
    return new Map(accounts);
  };
  let held: { stamp: string; accounts: Map<string, Account> } | undefined;
  return () => {
    const stamp = files.map(stampOf).join();
    try {
      if (held?.stamp !== stamp) held = { stamp, accounts: find() };
      return held.accounts;
    } catch (error) {
      held = undefined;
      throw error instanceof ProfileError ? new UsageError(error.message) : error;
    }
  };
}

/** Another for another content. */
function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}` : "";
}

const withoutCredentials = ({ TENCENTCLOUD_SECRET_ID: _, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => rest;

/** The variables that curl and most tools read; lower case wins. */
const proxies = (env: NodeJS.ProcessEnv): Proxies => ({
  httpProxy: env.http_proxy ?? env.HTTP_PROXY,
  httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
  noProxy: env.no_proxy ?? env.NO_PROXY,
});
