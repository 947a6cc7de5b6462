// The one signed client. Everything that talks to the cloud talks through it.
import { randomInt } from "node:crypto";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { CloudError } from "../model/errors.ts";
import type { Credential, Service, WireCall } from "../model/service.ts";
import type { CredentialSource } from "./credentials/source.ts";
import { exchange } from "./exchange.ts";
import { type Failure, readTrouble } from "./faults.ts";
import type { Limiter, Turn } from "./limiter.ts";

/** Whom a call is for. */
type Called = Pick<Service, "name" | "version" | "wire" | "url">;

export interface ClientOptions {
  /** Base URL of a service's calls in a region. */
  url: (service: Called, region: string) => string;
  credentials: CredentialSource;
  limiter: Limiter;
  /** Milliseconds for a call with its repetitions, from when it leaves the queue. */
  timeout: number;
  /** In which the API answers. */
  language?: string | undefined;
  dispatcher?: Dispatcher;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** How much of the longest pause before a repetition is waited for, from 0 to 1; at random when left out. */
  share?: () => number;
}
export interface Call extends WireCall {
  service: Called;
  /** Whether it changes anything; what does is sent again only if it was certainly not carried out. */
  changes: boolean;
  signal?: AbortSignal | undefined;
}
export interface Sent {
  /** What the action answered, RequestId included. */
  response: Record<string, unknown>;
  /** Milliseconds spent in the queue of the rate limit. */
  waited: number;
  /** The clock of whoever answered, milliseconds since the epoch; undefined where it does not say. */
  date?: number | undefined;
}
/** @throws CloudError */
export type Send = (call: Call) => Promise<Sent>;

/** The API's answers have at most 50 MB; a character is at least a byte. */
const LARGEST_ANSWER = 50 * 1_048_576;
const MOST_ATTEMPTS = 5;
const [FIRST_PAUSE, LONGEST_PAUSE] = [100, 5_000];

export interface Proxies {
  httpProxy?: string | undefined;
  httpsProxy?: string | undefined;
  noProxy?: string | undefined;
}
/** Keeps connections open between calls; goes through a proxy where one is set. */
export function createDispatcher(proxies: Proxies = {}): Dispatcher {
  const options = { keepAliveTimeout: 60_000, connect: { timeout: 10_000 } };
  if (!proxies.httpProxy && !proxies.httpsProxy) return new Agent(options);
  const set = Object.fromEntries(Object.entries(proxies).filter(([, value]) => value));
  return new EnvHttpProxyAgent({ ...options, ...set });
}

export function createClient(options: ClientOptions): { send: Send; close: () => Promise<void> } {
  const { credentials, limiter } = options;
  const dispatcher = options.dispatcher ?? createDispatcher();
  const now = options.now ?? Date.now;
  const share = options.share ?? Math.random;
  /** How far this machine's clock is behind the cloud's, ms; learnt when the cloud complains. */
  let skew = 0;

  async function send(call: Call): Promise<Sent> {
    let waited = 0;
    let deadline = Number.POSITIVE_INFINITY;
    let [skewMended, renewed] = [false, false];
    for (let attempt = 1; ; attempt += 1) {
      const credential = await credentials.get();
      const turn = await queue(call, credential);
      waited += turn.waited;
      deadline = attempt === 1 ? performance.now() + options.timeout : deadline + turn.waited;
      const result = await once(call, credential, deadline - performance.now()).finally(turn.done);
      if ("response" in result) return { response: result.response, waited, date: result.date };
      const { error, passing, date } = result;
      if (error.code === "AuthFailure.SignatureExpire" && !skewMended && date !== undefined) {
        [skewMended, skew] = [true, date - now()];
        continue;
      }
      if (error.code === "AuthFailure.TokenFailure" && !renewed && credentials.forget(credential)) {
        renewed = true;
        continue;
      }
      const pause = share() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
      const repeatable = passing && (!call.changes || error.executed === "no");
      if (!repeatable || attempt >= MOST_ATTEMPTS || performance.now() + pause >= deadline) throw error;
      await sleep(pause, call.signal);
    }
  }

  /** Waits for the rate limit. */
  async function queue(call: Call, credential: Credential): Promise<Turn> {
    try {
      const lane = call.service.wire.lane(call, credential);
      // Services count for themselves, whatever their actions are called.
      return await limiter.take({ ...lane, key: `${call.service.name} ${lane.key}` }, call.signal);
    } catch (cause) {
      throw new CloudError("Cancelled", "the call was cancelled while it waited for the rate limit", "no", undefined, {
        cause,
      });
    }
  }

  async function once(
    call: Call,
    credential: Credential,
    timeout: number,
  ): Promise<Pick<Sent, "response" | "date"> | Failure> {
    const { name, version, wire } = call.service;
    const url = options.url(call.service, call.region);
    const to = { service: name, version, url, language: options.language };
    const moment = { seconds: Math.floor((now() + skew) / 1000), nonce: randomInt(1, 2 ** 31) };
    const request = wire.request(call, to, credential, moment);
    try {
      const { origin } = new URL(url);
      const { status, text, date } = await exchange(dispatcher, {
        ...request,
        origin,
        timeout,
        largest: LARGEST_ANSWER,
        signal: call.signal,
      });
      const answer = wire.answer(status, text);
      if ("response" in answer) return { ...answer, date };
      const { code, message, executed, passing, requestId } = answer;
      return { error: new CloudError(code, message, executed, requestId), passing, date };
    } catch (error) {
      return readTrouble(error, url);
    }
  }

  return { send, close: () => dispatcher.close() };
}

/** @throws CloudError Cancelled */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(new CloudError("Cancelled", "the call was cancelled before it was sent again", "no"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", cancel);
      resolve();
    }, ms);
    if (signal?.aborted) return cancel();
    signal?.addEventListener("abort", cancel, { once: true });
  });
}
