// API 3.0 as a wire: POST with a JSON body, signed with TC3-HMAC-SHA256; answers stand under "Response".

import type { Credential, HttpRequest, Target, Wire, WireAnswer, WireCall } from "../../model/service.ts";
import { begin } from "../../text/bounded.ts";
import { parseJson, stringifyJson } from "../../text/json.ts";
import { type ApiError, foreignAnswer, outcomeOf } from "../faults.ts";
import { authorization } from "./sign.ts";

const CONTENT_TYPE = "application/json; charset=utf-8";

export const tc3: Wire = {
  request: (call, to, credential, { seconds }) => {
    const body = stringifyJson(call.input);
    return { method: "POST", path: "/", headers: headersOf(call, body, to, credential, seconds), body };
  },
  answer: readAnswer,
  // The documented rates count by action, region and account.
  lane: ({ action, region, perSecond }, { secretId }) => ({
    key: `${action} ${region} ${secretId}`,
    most: perSecond,
    within: 1000,
  }),
};

function headersOf(
  { action, region }: WireCall,
  body: string,
  { service, version, url, language }: Target,
  credential: Credential,
  timestamp: number,
): HttpRequest["headers"] {
  const signed = { "content-type": CONTENT_TYPE, host: new URL(url).host, "x-tc-action": action };
  const parts = { service, timestamp, headers: signed, body };
  const headers: Record<string, string> = {
    ...signed,
    // What needs no credential says so; the API takes this where it documents it.
    authorization: credential.secretId ? authorization(credential, parts) : "SKIP",
    "x-tc-version": version,
    "x-tc-timestamp": String(timestamp),
    "x-tc-region": region,
  };
  if (credential.token) headers["x-tc-token"] = credential.token;
  if (language) headers["x-tc-language"] = language;
  return headers;
}

/** What stands under "Response", or the failure that the answer is. Errors of the API arrive with HTTP 200. */
function readAnswer(status: number, body: string): WireAnswer {
  let response: unknown;
  try {
    response = (parseJson(body) as { Response?: unknown } | null)?.Response;
  } catch {}
  if (typeof response !== "object" || response === null) return foreignAnswer(status, body);
  const { Error: problem, RequestId } = response as { Error?: ApiError; RequestId?: unknown };
  if (!problem) return { response: response as Record<string, unknown> };
  const code = begin(String(problem.Code), 200);
  const message = begin(String(problem.Message), 4_000);
  return { code, message, ...outcomeOf(code), requestId: begin(String(RequestId), 100) };
}
