// The one signed client. Everything that talks to the cloud talks through it.
import { Agent } from "undici";
import { CloudError } from "../errors.ts";
import { authorization, type Credential } from "./sign.ts";

export interface ClientOptions {
  service: string;
  version: string;
  /** Base URL, like https://ckafka.tencentcloudapi.com */
  endpoint: string;
  /** Asked for at every call, so that the server can start without any. */
  credential: () => Credential;
  /** Milliseconds for a whole call. */
  timeout: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
}
export interface Call {
  action: string;
  region: string;
  input: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}
export type Send = (call: Call) => Promise<Record<string, unknown>>;

const CONTENT_TYPE = "application/json; charset=utf-8";

/** @returns a function that sends one call and resolves with what stands under "Response", RequestId included */
export function createClient(options: ClientOptions): { send: Send; close: () => Promise<void> } {
  const origin = new URL(options.endpoint);
  const now = options.now ?? Date.now;
  const agent = new Agent({ connectTimeout: options.timeout, keepAliveTimeout: 60_000 });

  async function send({ action, region, input, signal }: Call): Promise<Record<string, unknown>> {
    const body = JSON.stringify(input);
    const credential = options.credential();
    const timestamp = Math.floor(now() / 1000);
    const signed = { "content-type": CONTENT_TYPE, host: origin.host, "x-tc-action": action.toLowerCase() };
    const headers: Record<string, string> = {
      "content-type": CONTENT_TYPE,
      host: origin.host,
      authorization: authorization(credential, { service: options.service, timestamp, headers: signed, body }),
      "x-tc-action": action,
      "x-tc-version": options.version,
      "x-tc-timestamp": String(timestamp),
      "x-tc-region": region,
    };
    if (credential.token) headers["x-tc-token"] = credential.token;
    const deadline = AbortSignal.timeout(options.timeout);
    try {
      const answer = await agent.request({
        origin: origin.origin,
        path: "/",
        method: "POST",
        headers,
        body,
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      return unwrap(answer.statusCode, await answer.body.text());
    } catch (error) {
      throw asCloudError(error, options, signal);
    }
  }
  return { send, close: () => agent.close() };
}

/** Errors arrive with HTTP 200, inside the envelope. */
function unwrap(status: number, text: string): Record<string, unknown> {
  let response: Record<string, unknown> | undefined;
  try {
    response = (JSON.parse(text) as { Response?: Record<string, unknown> } | null)?.Response;
  } catch {}
  if (typeof response !== "object" || response === null) {
    const start = text.replace(/\s+/g, " ").slice(0, 80);
    throw new CloudError(
      "BadAnswer",
      `HTTP ${status} with something that is not an answer of the API: ${JSON.stringify(start)}`,
      "unknown",
    );
  }
  const error = response.Error as { Code?: unknown; Message?: unknown } | undefined;
  if (error) {
    const code = String(error.Code);
    // Any other refusal comes before the action is carried out; after an internal error nobody can tell.
    const executed = code.startsWith("InternalError") ? "unknown" : "no";
    throw new CloudError(code, String(error.Message), executed, String(response.RequestId));
  }
  return response;
}

/** Codes of failures before the request was written, so that it was certainly not executed. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function asCloudError(
  error: unknown,
  { endpoint, timeout }: ClientOptions,
  signal: AbortSignal | undefined,
): CloudError {
  if (error instanceof CloudError) return error;
  const cause = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] };
  const code = cause.code ?? cause.errors?.[0]?.code ?? "";
  const executed = NOT_SENT.has(code) ? "no" : "unknown";
  if (signal?.aborted)
    return new CloudError("Cancelled", "the call was cancelled while under way", "unknown", undefined, { cause });
  if (cause.name === "TimeoutError" || code === "UND_ERR_CONNECT_TIMEOUT")
    return new CloudError("Timeout", `no answer from ${endpoint} within ${timeout / 1000} s`, executed, undefined, {
      cause,
    });
  const what = code || cause.message;
  return new CloudError("Unreachable", `${endpoint} could not be reached (${what})`, executed, undefined, { cause });
}
