// What each outcome says about whether the request was carried out, and whether it may be sent again.
import { CloudError, type Executed } from "../model/errors.ts";
import { type Answer, ExchangeError, type Trouble } from "./exchange.ts";

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
function foreignAnswer(status: number): Outcome {
  if (status === 429) return NO_PASSING; // a gateway that counts requests turns them away before the API sees them
  if (status >= 500) return UNKNOWN_PASSING; // a gateway that got no answer from behind it
  return UNKNOWN; // redirects (never followed: they would carry the signature elsewhere), captive portals, proxies
}

/** Error codes of the API, by their beginning. All others are refusals that come before the action. */
const CODES: [prefix: string, outcome: Outcome][] = [
  ["RequestLimitExceeded", NO_PASSING],
  ["InternalError", UNKNOWN_PASSING],
  ["ServiceUnavailable", UNKNOWN_PASSING],
];

/** A failed call, with what is known of its outcome. */
export interface Failure {
  error: CloudError;
  passing: boolean;
  /** The server's clock, ms, where the answer carried it. */
  date?: number | undefined;
}

/** What stands under "Response", or the failure that the answer is. Errors of the API arrive with HTTP 200. */
export function readAnswer(
  answer: Answer,
  parse: (text: string) => unknown,
): { response: Record<string, unknown> } | Failure {
  let response: unknown;
  try {
    response = (parse(answer.text) as { Response?: unknown } | null)?.Response;
  } catch {}
  if (typeof response !== "object" || response === null) {
    const start = JSON.stringify(answer.text.replace(/\s+/g, " ").slice(0, 80));
    const redirect = answer.status >= 300 && answer.status < 400 ? " (a redirect, which is never followed)" : "";
    const { executed, passing } = foreignAnswer(answer.status);
    const message = `HTTP ${answer.status}${redirect} with something that is not an answer of the API: ${start}`;
    return { error: new CloudError("BadAnswer", message, executed), passing };
  }
  const { Error: problem, RequestId } = response as {
    Error?: { Code?: unknown; Message?: unknown };
    RequestId?: unknown;
  };
  if (!problem) return { response: response as Record<string, unknown> };
  const code = String(problem.Code);
  const { executed, passing } = CODES.find(([prefix]) => code === prefix || code.startsWith(`${prefix}.`))?.[1] ?? NO;
  return {
    error: new CloudError(code, String(problem.Message), executed, String(RequestId)),
    passing,
    date: answer.date,
  };
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
