// Requests as a signer of the test's own makes them, where the clients are too correct, and what the sandbox says to each.
import { expect } from "vitest";
import { authorization, type SignedParts } from "../../src/cloud/wire/sign.ts";
import { sandbox, smallWorld } from "./harness.ts";

export interface Change {
  headers?: Record<string, string>;
  parts?: Partial<SignedParts>;
  /** Seconds by which the signer's clock is fast. */
  fast?: number;
  /** Seconds by which the time in the header differs from the signed one. */
  restamped?: number;
  body?: string;
  method?: string;
  secretId?: string;
}
export async function post(change: Change = {}) {
  const box = await sandbox(smallWorld);
  const body = change.body ?? "{}";
  const timestamp = Math.floor(Date.now() / 1000) + (change.fast ?? 0);
  const host = box.url.replace("http://", "");
  const parts = {
    service: "ckafka",
    timestamp,
    headers: { "content-type": "application/json", host },
    body,
    ...change.parts,
  };
  const credential = { ...box.credential, secretId: change.secretId ?? box.credential.secretId };
  const response = await fetch(box.url, {
    method: change.method ?? "POST",
    headers: {
      "content-type": "application/json",
      authorization: authorization(credential, parts),
      "x-tc-action": "DescribeRegion",
      "x-tc-version": "2019-08-19",
      "x-tc-timestamp": String(parts.timestamp + (change.restamped ?? 0)),
      "x-tc-region": "ap-guangzhou",
      ...change.headers,
    },
    ...(change.method === "GET" ? {} : { body }),
  });
  expect(response.status).toBe(200);
  const { Response } = (await response.json()) as { Response: { Error?: { Code: string }; Result?: unknown } };
  return Response.Error?.Code ?? "ok";
}

/** Whether each comes in. Times stand as differences: this is loaded once, perhaps minutes before a request is signed. */
export const cases: [says: string, change: Change, code: string][] = [
  ["a correct request", {}, "ok"],
  ["an unknown id", { secretId: "AKIDnobody" }, "AuthFailure.SecretIdNotFound"],
  ["no authorization", { headers: { authorization: "" } }, "AuthFailure.InvalidAuthorization"],
  ["another scheme", { headers: { authorization: "Basic abc" } }, "AuthFailure.InvalidAuthorization"],
  ["another service's scope", { parts: { service: "cvm" } }, "AuthFailure.SignatureFailure"],
  ["another body than the signed one", { parts: { body: '{"Limit":1}' } }, "AuthFailure.SignatureFailure"],
  [
    "a host that was not signed",
    { parts: { headers: { "content-type": "application/json" } } },
    "AuthFailure.SignatureFailure",
  ],
  ["a clock four minutes off", { fast: -240 }, "ok"],
  ["a clock six minutes slow", { fast: -360 }, "AuthFailure.SignatureExpire"],
  ["a clock six minutes fast", { fast: 360 }, "AuthFailure.SignatureExpire"],
  ["a timestamp other than the signed one", { restamped: -5 }, "AuthFailure.SignatureFailure"],
  ["a token that nobody issued", { headers: { "x-tc-token": "t" } }, "AuthFailure.TokenFailure"],
  ["another version", { headers: { "x-tc-version": "2017-03-12" } }, "NoSuchVersion"],
  ["no version", { headers: { "x-tc-version": "" } }, "MissingParameter"],
  ["no action", { headers: { "x-tc-action": "" } }, "MissingParameter"],
  ["an unknown action", { headers: { "x-tc-action": "DescribeAll" } }, "InvalidAction"],
  ["an unknown region", { headers: { "x-tc-region": "ap-nowhere" } }, "UnsupportedRegion"],
  ["a body that is not JSON", { body: "InstanceId=1" }, "InvalidParameter"],
  ["a GET", { method: "GET", parts: { body: "" } }, "UnsupportedProtocol"],
  ["more than 10 MB", { body: `{"Business":"${"x".repeat(10 * 1024 * 1024)}"}` }, "RequestSizeLimitExceeded"],
];
