// One call, from the agent's arguments to the rendered result: look up → parse → guard → send → follow → render.
import type { Logger } from "pino";
import type { Send, Sent } from "../cloud/client.ts";
import { type Changed, change } from "../guard/change.ts";
import type { Ask } from "../guard/dialog.ts";
import type { Guard } from "../guard/guard.ts";
import { assess } from "../guard/risk.ts";
import type { Catalogue, Entry } from "../model/catalogue.ts";
import { CloudError, InputError, Refusal } from "../model/errors.ts";
import type { ToolResult } from "../model/result.ts";
import type { Service } from "../model/service.ts";
import { nearest } from "../text/nearest.ts";
import { redactText } from "../text/redact.ts";
import { apart } from "./around.ts";
import { follow } from "./follow.ts";
import { parse } from "./parse.ts";
import { renderError, renderResult } from "./render.ts";

/** One account to work with. */
export interface Account {
  send: Send;
  /** Where calls go that name no region. */
  region: string | undefined;
  /** A service's address, as people are told of it. */
  endpoint: (service: Service) => string;
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
  /** Shows the person at the client a question; undefined where the client cannot. */
  ask: Ask | undefined;
  signal?: AbortSignal;
  /** Nobody waits for the answer any more; what was sent runs to its end. */
  over?: AbortSignal;
  /** Told how an asynchronous change goes on. */
  tell: (state: string) => void;
}

/** Never rejects: whatever goes wrong becomes a result that says so. @param name one of the catalogue's */
export async function call(
  services: Services,
  { name, args, client, ask, signal, over, tell }: Request,
): Promise<ToolResult> {
  const { catalogue, guard, wait, log } = services;
  const entry = catalogue.entries.get(name) as Entry;
  const { action, service, preview } = entry;
  const started = performance.now();
  let given = args;
  try {
    const { around, input: own } = apart(args);
    const { profile, account } = accountOf(services, name, around.Profile);
    const region = regionOf(entry, around.Region ?? account.region);
    const input = parse(name, action, own);
    given = input;
    const risk = assess(action, input);
    const send = (wanted: Entry, input: Record<string, unknown>) => {
      const { effect, perSecond } = wanted.action;
      const changes = effect !== "read";
      return account.send({ service: wanted.service, action: wanted.name, region, input, changes, perSecond, signal });
    };
    const run = () => send(entry, input);
    let sent: Changed;
    if (risk.level === "read") sent = await run();
    else {
      if (!preview) throw new Error(`no preview of ${name}`);
      const read = async (other: string, input: Record<string, unknown>) => {
        const wanted = catalogue.entries.get(other);
        if (wanted?.action.effect !== "read") throw new Error(`${other} is no read`);
        return (await send(wanted, input)).response;
      };
      const ticket = ticketOf(guard, name, around.Ticket);
      const secret = action.secret ?? [];
      const endpoint = account.endpoint(service);
      const where = { action: name, service, profile, endpoint, who: account.who, region, input, secret, risk };
      const clean = (text: string) => redactText(text, input, secret);
      const after = ({ response }: Sent) =>
        follow(() => entry.follow?.(input as never, response as never), { wait, signal: over, tell, read, clean });
      sent = await change(guard, { ...where, ticket, client, ask, preview, read }, run, after, signal);
    }
    const { response, waited, unwritten, followed } = sent;
    log.info({ action: name, region, ms: elapsed(started), waited, requestId: response.RequestId }, "done");
    const told = followed ? [followed.said] : [];
    if (waited >= WORTH_TELLING)
      told.push(`Waited ${(waited / 1000).toFixed(1)} s: the API takes ${action.perSecond} of these calls a second.`);
    if (unwritten) told.push(`${name} was carried out, but its outcome is not in the audit: ${unwritten}.`);
    const result = renderResult(entry, response, told);
    return followed?.failed ? { ...result, isError: true } : result;
  } catch (error) {
    const expected = error instanceof InputError || error instanceof Refusal;
    const code = error instanceof CloudError ? error.code : undefined;
    const failure = expected || code ? { code } : { err: error };
    log[expected ? "info" : "warn"](
      { action: name, ms: elapsed(started), ...failure },
      expected ? "refused" : "failed",
    );
    // The API may quote what it was given.
    return renderError(entry, error, (text) => redactText(text, given, action.secret ?? []));
  }
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
  const near = typeof region === "string" ? nearest(region, offered) : undefined;
  const problem = service.regions.includes(region as string)
    ? `is not offered in ${region}; it is in ${offered.join(", ")}`
    : `knows no Region ${JSON.stringify(region)}${near ? `; did you mean ${near}?` : `; there are ${offered.join(", ")}`}`;
  throw new InputError(`${name} ${problem.replace(/\?$/, "")}${problem.endsWith("?") ? "?" : "."} Nothing was sent.`);
}

function ticketOf(guard: Guard, name: string, ticket: unknown): string | undefined {
  if (ticket === undefined || ticket === null) return undefined;
  if (guard.confirm !== "ticket")
    throw new InputError(
      `${name}: Ticket is not a parameter unless the server runs with --confirm ticket. Nothing was sent.`,
    );
  if (typeof ticket !== "string")
    throw new InputError(`${name}: Ticket must be the string that the first answer gave. Nothing was sent.`);
  return ticket;
}
