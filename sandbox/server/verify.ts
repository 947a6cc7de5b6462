// Whether a request may come in: the checks that the cloud makes before it looks at the action.
import { signature } from "../../src/cloud/wire/sign.ts";
import type { Credential } from "../../src/model/service.ts";
import { Fault } from "../state/fault.ts";

const TOLERANCE_SECONDS = 300;
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d{2}-\d{2})\/([^/]+)\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

export interface Incoming {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** @param now the machine's clock, seconds; the sandbox's own clock has no part in signatures @throws Fault */
export function verify({ headers, body }: Incoming, credentials: Credential[], service: string, now: number): void {
  const header = (name: string) => String(headers[name] ?? "");
  const parts = AUTHORIZATION.exec(header("authorization"));
  if (!parts)
    throw new Fault(
      "AuthFailure.InvalidAuthorization",
      "The Authorization header is missing or not of the form TC3-HMAC-SHA256.",
    );
  const [, secretId, date, scopeService, signedHeaders, given] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const credential = credentials.find((c) => c.secretId === secretId);
  if (!credential)
    throw new Fault(
      "AuthFailure.SecretIdNotFound",
      "The SecretId is not found, please ensure that your SecretId is correct.",
    );
  if ((credential.token ?? "") !== header("x-tc-token"))
    throw new Fault("AuthFailure.TokenFailure", "The token is wrong or has expired.");
  const timestamp = Number(header("x-tc-timestamp"));
  if (!Number.isInteger(timestamp) || timestamp <= 0)
    throw new Fault("MissingParameter", "The request is missing the required parameter `Timestamp`.");
  if (Math.abs(now - timestamp) > TOLERANCE_SECONDS)
    throw new Fault(
      "AuthFailure.SignatureExpire",
      `The provided signature has expired: X-TC-Timestamp differs by ${Math.abs(now - timestamp)} s.`,
    );
  const failure = new Fault(
    "AuthFailure.SignatureFailure",
    "The provided credentials could not be validated. Please check your signature is correct.",
  );
  const names = signedHeaders.split(";");
  // The SDKs take the first label of the endpoint for the service, which on a loopback address is "127".
  const services = [service, header("host").split(".")[0]];
  if (!services.includes(scopeService) || !names.includes("content-type") || !names.includes("host")) throw failure;
  if (date !== new Date(timestamp * 1000).toISOString().slice(0, 10)) throw failure;
  // The official SDK signs the host without its port.
  const hosts = [header("host"), header("host").replace(/:\d+$/, "")];
  const valid = hosts.some((host) => {
    const signed = Object.fromEntries(names.map((name) => [name, name === "host" ? host : header(name)]));
    return signature(credential.secretKey, { service: scopeService, timestamp, headers: signed, body }) === given;
  });
  if (!valid) throw failure;
}
