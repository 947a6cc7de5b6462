// TC3-HMAC-SHA256, the request signature of Tencent Cloud API 3.0. Pure.
import { createHash, createHmac } from "node:crypto";
import type { Credential } from "../../model/service.ts";

export interface SignedParts {
  service: string;
  /** Seconds since the epoch; the cloud accepts five minutes of difference. */
  timestamp: number;
  /** Lower-case header name → value as sent; content-type and host must be among them. */
  headers: Record<string, string>;
  body: string | Buffer;
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

/** The date of the credential scope: UTC, whatever the machine's time zone. */
export const scopeDate = (timestamp: number) => new Date(timestamp * 1000).toISOString().slice(0, 10);

/** The steps of the derivation, each of which the documented example prints. */
export function deriveKey(secretKey: string, date: string, service: string) {
  const secretDate = hmac(`TC3${secretKey}`, date);
  const secretService = hmac(secretDate, service);
  return { secretDate, secretService, secretSigning: hmac(secretService, "tc3_request") };
}

// Valid for a day and a service; deriving it again for every request would be three quarters of the work of signing.
let lastKey: { secretKey: string; date: string; service: string; key: Buffer } | undefined;
function signingKey(secretKey: string, date: string, service: string): Buffer {
  if (lastKey?.secretKey !== secretKey || lastKey.date !== date || lastKey.service !== service)
    lastKey = { secretKey, date, service, key: deriveKey(secretKey, date, service).secretSigning };
  return lastKey.key;
}

export function canonicalRequest({ headers, body }: SignedParts): string {
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim().toLowerCase()}\n`).join("");
  return `POST\n/\n\n${lines}\n${names.join(";")}\n${sha256(body)}`;
}

export function stringToSign(parts: SignedParts): string {
  const scope = `${scopeDate(parts.timestamp)}/${parts.service}/tc3_request`;
  return `TC3-HMAC-SHA256\n${parts.timestamp}\n${scope}\n${sha256(canonicalRequest(parts))}`;
}

export function signature(secretKey: string, parts: SignedParts): string {
  return hmac(signingKey(secretKey, scopeDate(parts.timestamp), parts.service), stringToSign(parts)).toString("hex");
}

/** The Authorization header. */
export function authorization(credential: Credential, parts: SignedParts): string {
  const scope = `${scopeDate(parts.timestamp)}/${parts.service}/tc3_request`;
  const names = Object.keys(parts.headers).sort().join(";");
  return `TC3-HMAC-SHA256 Credential=${credential.secretId}/${scope}, SignedHeaders=${names}, Signature=${signature(credential.secretKey, parts)}`;
}
