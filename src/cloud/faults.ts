// What each outcome says about whether the request was carried out, and whether it may be sent again.
import { CloudError } from "../model/errors.ts";
import type { Executed, WireAnswer } from "../model/service.ts";
import { ExchangeError, type Trouble } from "./exchange.ts";

interface Outcome {
  /** Whether the request was carried out: certainly not, certainly, or nobody can tell. */
  executed: Executed;
  /** Whether it may go away by itself, so that sending again makes sense. */
  passing: boolean;
}
const NO: Outcome = { executed: "no", passing: false };
const NO_PASSING: Outcome = { executed: "no", passing: true };
const UNKNOWN: Outcome = { executed: "unknown", passing: false };
const UNKNOWN_PASSING: Outcome = { executed: "unknown", passing: true };

/** Exchanges that ended without an answer, once the request had started to leave. Before that, nothing was carried out. */
const TROUBLES: Record<Trouble, { code: string; outcome: Outcome }> = {
  unreachable: { code: "Unreachable", outcome: NO_PASSING }, // refused, no route, DNS, reset before the request
  insecure: { code: "Insecure", outcome: NO }, // TLS: the certificate does not hold
  lost: { code: "Lost", outcome: UNKNOWN_PASSING }, // reset after the request, truncated body
  timeout: { code: "Timeout", outcome: UNKNOWN_PASSING }, // before or after the headers
  oversized: { code: "AnswerTooLarge", outcome: UNKNOWN },
  cancelled: { code: "Cancelled", outcome: UNKNOWN },
};

/** Answers that are not the API's. */
function outcomeOfStatus(status: number): Outcome {
  if (status === 429) return NO_PASSING; // a gateway that counts requests turns them away before the API sees them
  if (status >= 500) return UNKNOWN_PASSING; // a gateway that got no answer from behind it
  return UNKNOWN; // redirects (never followed: they would carry the signature elsewhere), captive portals, proxies
}
/** The failure that an answer is which no API gave. */
export function foreignAnswer(status: number, text: string): Extract<WireAnswer, { code: string }> {
  const start = JSON.stringify(text.replace(/\s+/g, " ").slice(0, 80));
  const redirect = status >= 300 && status < 400 ? " (a redirect, which is never followed)" : "";
  const message = `HTTP ${status}${redirect} with something that is not an answer of the API: ${start}`;
  return { code: "BadAnswer", message, ...outcomeOfStatus(status) };
}

export interface ApiError {
  Code?: unknown;
  Message?: unknown;
}
/** Error codes of the API, by their beginning. All others are refusals that come before the action. */
const CODES: [prefix: string, outcome: Outcome][] = [
  ["RequestLimitExceeded", NO_PASSING],
  ["FailedOperation.Timeout", UNKNOWN],
  ["InternalError", UNKNOWN_PASSING],
  ["ServiceUnavailable", UNKNOWN_PASSING],
];
export const outcomeOf = (code: string): Outcome =>
  CODES.find(([prefix]) => code === prefix || code.startsWith(`${prefix}.`))?.[1] ?? NO;

/** A failed call, with what is known of its outcome. */
export interface Failure {
  error: CloudError;
  passing: boolean;
  /** The server's clock, ms, where the answer carried it. */
  date?: number | undefined;
}

/** The failure that an exchange without an answer is. */
export function readTrouble(error: unknown, origin: string): Failure {
  if (!(error instanceof ExchangeError)) throw error;
  const { code, outcome } = TROUBLES[error.trouble];
  const message = error.trouble === "cancelled" ? error.message : `${origin}: ${error.message}`;
  return {
    error: new CloudError(code, message, error.sent ? outcome.executed : "no", undefined, { cause: error }),
    passing: outcome.passing,
  };
}
