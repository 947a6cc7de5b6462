// What a call needs, put together once: catalogue, accounts with their clients, guard.
import { resolve } from "node:path";
import type { Logger } from "pino";
import type { Account, Services } from "../call/call.ts";
import { type ClientOptions, createClient, createDispatcher, type Proxies } from "../cloud/client.ts";
import { findCredentials } from "../cloud/credentials/chain.ts";
import { ProfileError } from "../cloud/credentials/profiles.ts";
import { fixed } from "../cloud/credentials/source.ts";
import { createLimiter, noLimiter } from "../cloud/limiter.ts";
import { createJournal } from "../guard/audit/journal.ts";
import { fileLedger } from "../guard/ledger/files.ts";
import { openPolicy } from "../guard/policy/file.ts";
import { createRecent } from "../guard/recent.ts";
import { openState, stateDirectory } from "../guard/state.ts";
import { UsageError } from "../model/errors.ts";
import type { Parts } from "./context.ts";
import type { Options } from "./options.ts";

/** @throws UsageError where a world, a policy or a profile cannot be used */
export async function createServices(
  parts: Parts,
  options: Options,
  env: NodeJS.ProcessEnv,
  home: string,
  log: Logger,
): Promise<Services> {
  const catalogue = await parts.catalogue();
  // One limiter for all accounts: it counts by credential.
  const limiter = options.rateLimit ? createLimiter() : noLimiter;
  const common = { limiter, timeout: options.timeout, language: options.language };
  const accounts = options.sandbox
    ? await sandboxAccount(parts, options, common)
    : cloudAccounts(options, common, env, home, log);
  const { confirm, readOnly, stateDir } = options;
  const state = once(() => openState(stateDirectory(stateDir, env, home)));
  const suffix = stateDir === undefined ? "" : ` --state-dir ${shellWord(resolve(stateDir))}`;
  const approveCommand = (id: string) => `ckafka-mcp approve ${id}${suffix}`;
  const now = Date.now;
  const journal = createJournal(state, log, now);
  const policy = options.policy === undefined ? undefined : openPolicy(options.policy, catalogue);
  const recent = createRecent(now);
  const ledger = once(() => fileLedger(state(), now));
  const guard = { confirm, readOnly, policy, recent, state, ledger, journal, approveCommand, now };
  return { catalogue, accounts, guard, wait: options.wait, log };
}

/** Opened by the first change, so that what only reads leaves no trace. What fails is tried again by the next. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const shellWord = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

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

function cloudAccounts(
  options: Options,
  common: Common,
  env: NodeJS.ProcessEnv,
  home: string,
  log: Logger,
): Map<string, Account> {
  const dispatcher = createDispatcher(proxies(env));
  const { flags, role, metadata, sts, timeout } = options;
  const roles = { sts, metadata: metadata ?? "", region: options.region ?? "ap-guangzhou", timeout, dispatcher };
  const url: ClientOptions["url"] = (service, region) => options.endpoint ?? service.url(region, options.access);
  const chosen = options.profiles.length > 0 ? options.profiles : [undefined];
  // Several profiles are several accounts, so there the environment's one credential stands back.
  const environment = chosen.length > 1 ? withoutCredentials(env) : env;
  const accounts = chosen.map((profile): [string, Account] => {
    try {
      const { credentials, region } = findCredentials({
        flags,
        env: environment,
        home,
        profile,
        role,
        roles,
        metadata: metadata !== undefined,
      });
      log.info({ profile, credentials: credentials.name }, "credentials");
      const { send } = createClient({ ...common, url, credentials, dispatcher });
      const endpoint: Account["endpoint"] = ({ host }) => options.endpoint ?? host;
      return [
        profile ?? "default",
        { send, region: options.region ?? region, endpoint, now: Date.now, who: credentials.who },
      ];
    } catch (error) {
      throw error instanceof ProfileError ? new UsageError(error.message) : error;
    }
  });
  return new Map(accounts);
}

const withoutCredentials = ({ TENCENTCLOUD_SECRET_ID: _, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => rest;

/** The variables that curl and most tools read; lower case wins. */
const proxies = (env: NodeJS.ProcessEnv): Proxies => ({
  httpProxy: env.http_proxy ?? env.HTTP_PROXY,
  httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
  noProxy: env.no_proxy ?? env.NO_PROXY,
});
