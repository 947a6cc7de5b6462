// One call, from the agent's arguments to the rendered result: look up → parse → guard → send → follow → render.
import type { Logger } from "pino";
import type { Send } from "../cloud/client.ts";
import { type Changed, change, type Sent } from "../guard/change.ts";
import type { Asked, Guard } from "../guard/guard.ts";
import { keep, resolved } from "../guard/handles.ts";
import type { Brought } from "../guard/question.ts";
import { assess } from "../guard/risk.ts";
import { PROOF_LIFETIME } from "../guard/verdict.ts";
import type { Catalogue, Entry } from "../model/catalogue.ts";
import { CloudError, InputError, Refusal } from "../model/errors.ts";
import { failuresIn } from "../model/leaves.ts";
import { field, type Line, quoted, say } from "../model/line.ts";
import type { ToolResult } from "../model/result.ts";
import type { Service } from "../model/service.ts";
import { nearest } from "../text/nearest.ts";
import { secretsIn, without } from "../text/redact.ts";
import { type Around, apart } from "./around.ts";
import { follow } from "./follow.ts";
import { isRelative } from "./moments.ts";
import { parse } from "./parse.ts";
import { renderError, renderResult } from "./render.ts";

/** One account to work with. */
export interface Account {
  send: Send;
  /** Where calls go that name no region. */
  region: string | undefined;
  /** A service's address, as people are told of it. */
  endpoint: (service: Service) => string;
  /** The time where calls go, milliseconds since the epoch: a sandbox has a clock of its own. */
  now: () => number;
  /** Whose account it is. A confirmation for one says nothing about another that goes by the same profile. */
  who: string;
}
export interface Services {
  catalogue: Catalogue;
  /** By profile; a single one has no name that anybody needs. */
  accounts: Map<string, Account>;
  guard: Guard;
  /** Milliseconds to follow an asynchronous change. */
  wait: number;
  log: Logger;
}
export interface Request {
  name: string;
  args: Record<string, unknown>;
  /** Who calls, for the audit. */
  client: string;
  /** Whether the client can show a dialog. */
  canAsk: boolean;
  /** The answer to a question that this very call was asked before. */
  brought?: Extract<Brought, { state: string }> | undefined;
  signal?: AbortSignal;
  /** Nobody waits for the answer any more; what was sent runs to its end. */
  over?: AbortSignal;
  /** Told how an asynchronous change goes on. */
  tell: (state: string) => void;
}
/** A result, or a question whose answer comes with the same call again. */
export type Outcome = { result: ToolResult } | Asked;

/** Never rejects: whatever goes wrong becomes a result that says so. @param name one of the catalogue's */
export async function call(services: Services, request: Request): Promise<Outcome> {
  const { name, args, client, canAsk, brought, signal, over, tell } = request;
  const { catalogue, guard, wait, log } = services;
  const entry = catalogue.entries.get(name) as Entry;
  const { action, service, preview } = entry;
  const started = performance.now();
  let secrets = secretsIn(action.input, args);
  try {
    const { around, input: own } = apart(args);
    const { profile, account } = accountOf(services, name, around.Profile);
    const region = regionOf(entry, around.Region ?? account.region);
    const asked = await momentOfAsking(guard, entry, { profile, region, own }, account);
    const from = startOf(entry, around.TextFrom);
    const input = parse(name, action, own, asked.now);
    const holder = { who: account.who, endpoint: account.endpoint(service) };
    // What handles stand for is sent, and nothing else here sees it.
    const exact = resolved(guard.state, name, action.input, input, holder);
    secrets = secretsIn(action.input, exact);
    const risk = assess(action, input);
    const send = (wanted: Entry, input: Record<string, unknown>) => {
      const { effect, perSecond, sends } = wanted.action;
      const changes = effect !== "read";
      const { service, name: action } = wanted;
      const wire = sends?.(input, account.now()) ?? input;
      return account.send({ service, action, region, input: wire, changes, perSecond, signal });
    };
    const run = async (): Promise<Sent> => {
      const sent = keep(guard.state, name, action.output, await send(entry, exact), holder, account.now());
      const failed = failuresIn(action.output, sent.response).map(({ path, value }) => `${path} is ${value}`);
      return failed.length > 0 ? { ...sent, failed } : sent;
    };
    let sent: Changed;
    if (risk.level === "read") {
      const denied = guard.policy?.read({ action: name, region, profile, input });
      if (denied) throw new Refusal(`${name} was not carried out: ${denied.by}. Nothing was sent.`);
      sent = await send(entry, exact);
    } else {
      if (!preview) throw new Error(`no preview of ${name}`);
      let clock: number | undefined;
      const read = async (other: string, input: Record<string, unknown>) => {
        const wanted = catalogue.entries.get(other);
        if (wanted?.action.effect !== "read") throw new Error(`${other} is no read`);
        const { response, date } = await send(wanted, input);
        clock = date ?? clock;
        return response;
      };
      const ticket = ticketOf(guard, name, around.Ticket);
      const endpoint = account.endpoint(service);
      const where = whereOf(services, profile, account, entry, region);
      const place = { action: name, service, profile, endpoint, who: account.who, region, where };
      const clean = (text: string) => without(text, secrets);
      const after = ({ response, failed }: Sent) =>
        follow(() => (failed ? undefined : entry.follow?.(input as never, response as never)), {
          ...{ wait, signal: over, tell, read, clean },
          around: callAround(services, profile, account, region),
        });
      // Whoever answers knows the time where the change goes.
      const now = () => clock ?? account.now();
      const titled = [service.within, ...(typeof action.subject === "string" ? [action.subject] : [])];
      const proposal = { ...place, titled, input, model: action.input, risk, client, canAsk, preview, read, now };
      const outcome = await change(guard, { ...proposal, brought: ticket ?? brought }, run, after, signal);
      if ("ask" in outcome) return outcome;
      await asked.done();
      sent = outcome;
    }
    const { response, waited, unwritten, followed, failed, kept } = sent;
    log.info({ action: name, region, ms: elapsed(started), waited, requestId: response.RequestId }, "done");
    const told = followed ? [followed.said] : [];
    if (failed) told.push(failedIn(entry, failed));
    if (kept) told.push(kept);
    if (waited >= WORTH_TELLING)
      told.push(`Waited ${(waited / 1000).toFixed(1)} s: the API takes ${action.perSecond} of these calls a second.`);
    if (unwritten) told.push(`${name} was answered, but its outcome is not in the audit: ${unwritten}.`);
    const shown = action.shows?.(input, response) ?? { response, told: [] };
    const result = rendered(entry, input, shown.response, [...shown.told, ...told], from);
    return { result: followed?.failed || failed ? { ...result, isError: true } : result };
  } catch (error) {
    const expected = error instanceof InputError || error instanceof Refusal;
    const code = error instanceof CloudError ? error.code : undefined;
    const failure = expected || code ? { code } : { err: error };
    log[expected ? "info" : "warn"](
      { action: name, ms: elapsed(started), ...failure },
      expected ? "refused" : "failed",
    );
    // The API may quote what it was given.
    return { result: renderError(entry, error, (text) => without(text, secrets)) };
  }
}

/**
 * When a change was first asked for, for the times in it that are relative to now: the same call, repeated with somebody's
 * agreement, means the moment that they agreed to.
 */
async function momentOfAsking(
  guard: Guard,
  { name, action }: Entry,
  call: { profile: string; region: string; own: Record<string, unknown> },
  account: Account,
): Promise<{ now: number; done: () => Promise<void> }> {
  const now = account.now();
  if (action.effect === "read" || !isRelative(action.input, call.own)) return { now, done: async () => {} };
  const [ledger, id] = [guard.ledger(), guard.state().sign("moment", { name, who: account.who, ...call })];
  const first = (await ledger.get("moment", id)) as { now: number } | undefined;
  if (!first) await ledger.put("moment", id, { now }, PROOF_LIFETIME / 1000);
  return { now: first?.now ?? now, done: () => ledger.remove("moment", id) };
}

/** An answer that is no error, with entries that failed. */
function failedIn({ outcome }: Entry, failed: readonly string[]): string {
  return `The API accepted the call but reports failure: ${failed.slice(0, 10).join("; ")}${failed.length > 10 ? ` and ${failed.length - 10} more` : ""}. Entries that it reports as successful were carried out. ${outcome} tells what is so now; look before you repeat anything.`;
}

/** Where to read on in texts. @throws InputError */
function startOf({ name, action }: Entry, given: unknown): number {
  if (given === undefined || given === null) return 0;
  const from = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof from !== "number" || !Number.isSafeInteger(from) || from < 0)
    throw new InputError(`${name}: TextFrom must be a whole number from 0 on, as a result named it. Nothing was sent.`);
  if (action.effect !== "read")
    throw new InputError(`${name}: TextFrom reads on in the result of a read, and this is a change. Nothing was sent.`);
  return from;
}

/** A result of ours that fails must not make a change that was carried out look like one that was not. */
function rendered(
  entry: Entry,
  input: Record<string, unknown>,
  response: Record<string, unknown>,
  told: string[],
  from: number,
) {
  try {
    return renderResult(entry, input, response, told, undefined, from);
  } catch (error) {
    if (entry.action.effect === "read") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const text = `${entry.name} was carried out (RequestId ${response.RequestId}). ${told.join(" ")} Its result cannot be shown (${reason}), which is a bug of this server.`;
    return { content: [{ type: "text" as const, text }] };
  }
}

/** Account and region, as a person is told them: which account, and anything that is not usual. */
function whereOf({ catalogue }: Services, profile: string, account: Account, { service }: Entry, region: string): Line {
  const endpoint = account.endpoint(service);
  const key = account.who.length > 8 ? say` (key ${quoted(`…${account.who.slice(-4)}`)})` : [];
  const at = endpoint === service.host || endpoint === account.who ? [] : say` at ${quoted(endpoint)}`;
  // The first service is the one that people expect.
  const of = service === catalogue.services[0] ? [] : say`, service ${field(service.name)}`;
  return say`region ${field(region)}, account ${quoted(profile)}${key}${at}${of}`;
}
/** What has to stand around a call that is to go to the same place. */
function callAround({ accounts }: Services, profile: string, account: Account, region: string): Around {
  return {
    ...(region === account.region ? {} : { Region: region }),
    ...(accounts.size > 1 ? { Profile: profile } : {}),
  };
}

/** Milliseconds; shorter waits for the rate limit are not worth a word. */
const WORTH_TELLING = 500;

const elapsed = (since: number) => Math.round((performance.now() - since) * 10) / 10;

/** @throws InputError */
function accountOf({ accounts }: Services, name: string, profile: unknown): { profile: string; account: Account } {
  const [only] = accounts.keys();
  const chosen = accounts.size === 1 && profile === undefined ? only : profile;
  const account = accounts.get(chosen as string);
  if (account && (accounts.size > 1 || profile === undefined)) return { profile: chosen as string, account };
  const names = [...accounts.keys()].join(", ");
  if (accounts.size === 1)
    throw new InputError(`${name}: Profile is not a parameter; this server has one account. Nothing was sent.`);
  throw new InputError(
    `${name}: Profile must be one of ${names}, got ${JSON.stringify(profile) ?? "nothing"}. Nothing was sent.`,
  );
}

/** @throws InputError */
function regionOf({ name, service, action }: Entry, region: unknown): string {
  if (region === undefined || region === null)
    throw new InputError(`${name}: no region: pass Region, or set TENCENTCLOUD_REGION or --region. Nothing was sent.`);
  const offered = action.regions ?? service.regions;
  if (typeof region === "string" && offered.includes(region)) return region;
  if (typeof region === "string" && !action.regions && service.otherRegions?.test(region)) return region;
  const near = typeof region === "string" ? nearest(region, offered) : undefined;
  const problem = service.regions.includes(region as string)
    ? `is not offered in ${region}; it is in ${offered.join(", ")}`
    : `knows no Region ${JSON.stringify(region)}${near ? `; did you mean ${near}?` : `; there are ${offered.join(", ")}`}`;
  throw new InputError(`${name} ${problem.replace(/\?$/, "")}${problem.endsWith("?") ? "?" : "."} Nothing was sent.`);
}

function ticketOf(guard: Guard, name: string, ticket: unknown): { ticket: string } | undefined {
  if (ticket === undefined || ticket === null) return undefined;
  if (guard.confirm !== "ticket")
    throw new InputError(
      `${name}: Ticket is not a parameter unless the server runs with --confirm ticket. Nothing was sent.`,
    );
  if (typeof ticket !== "string")
    throw new InputError(`${name}: Ticket must be the string that the first answer gave. Nothing was sent.`);
  return { ticket };
}
