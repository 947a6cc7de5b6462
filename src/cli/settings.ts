// Settings that are there and mean nothing: empty, half given, never filled in, impossible. Whoever gave them believes that
// they count; going on without them could work on another account.
import { UsageError } from "../model/errors.ts";

/** What stands in examples and templates in the place of a value. */
const PLACEHOLDERS = [
  /\$\{[^}]*\}/,
  /\{\{.*\}\}/,
  /^\$\(?[A-Za-z_][\w.:]*\)?$/,
  /^%\w+%$/,
  /^<.*>$/,
  /^(…+|\.{3,}|\*{3,}|x{3,})$/i,
  /^(your|my)[-_ ]/i,
  /^(changeme|todo|placeholder)$/i,
];
const isPlaceholder = (value: string) => PLACEHOLDERS.some((form) => form.test(value));

/** What is wrong with a value that should be one, to be put behind its name; the value itself may be a secret. */
export function faultOf(value: string): string | undefined {
  const text = value.trim();
  if (text === "") return "is empty";
  if (/^(["'`]).*\1$/.test(text)) return "stands in quotation marks, which count as a part of it";
  if (isPlaceholder(text)) return "holds a placeholder and no value";
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return "holds characters that nobody can see";
  return undefined;
}

/** The same of what is sent in a header. */
export const faultOfKey = (value: string): string | undefined =>
  faultOf(value) ?? (/^[\x21-\x7e]+$/.test(value.trim()) ? undefined : "holds characters that no key has");

/** @throws UsageError where an option was given in a way that means nothing */
export function refuseEmpty(flags: Readonly<Record<string, unknown>>) {
  for (const [name, value] of Object.entries(flags)) {
    const key = ["secret-id", "secret-key", "token"].includes(name);
    const fault = typeof value !== "string" ? undefined : key ? faultOfKey(value) : faultOf(value);
    if (fault) throw new UsageError(`--${name} ${fault}; give it a value, or leave it out`);
  }
}

/** @throws UsageError */
export function listOf(flag: string, value: string | undefined): string[] {
  const words = (value ?? "").split(",").map((word) => word.trim());
  if (value === undefined) return [];
  if (words.includes("")) throw new UsageError(`--${flag} has an empty entry; give it words with commas between them`);
  return words;
}

/** A URL without who logs in there. */
const withoutUser = (url: string) => url.replace(/\/\/[^/\\?#]*@/, "//…@");

/** The base of an API: scheme, host and port. @throws UsageError */
export function baseUrl(flag: string, text: string): string {
  const wrong = (why: string) =>
    new UsageError(
      `${flag} takes a URL like https://ckafka.tencentcloudapi.com, not ${JSON.stringify(withoutUser(text))}${why}`,
    );
  if (!/^https?:\/\//i.test(text)) throw wrong("");
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrong(": no host can be reached under it");
  }
  if (url.username || url.password) throw wrong(": who logs in there is not asked");
  if (url.port === "0") throw wrong(": nothing listens on port 0");
  if (url.pathname !== "/" || url.search || url.hash || text.endsWith("//") || /[?#]/.test(text))
    throw wrong(": nothing may follow the host");
  return url.origin;
}

const [ID, KEY] = ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"] as const;
const TOKENS = ["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN"] as const;
const PROXIES = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"] as const;
const TKE = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"] as const;

/** Which parts of the environment do not count, because something on the command line does. */
export interface Overruled {
  credentials: boolean;
  region: boolean;
  role: boolean;
}
/** What is wrong with the environment, in a sentence without its end; undefined where it can be used. */
export function faultOfEnvironment(env: NodeJS.ProcessEnv, overruled: Overruled): string | undefined {
  const named = [
    ...(overruled.credentials ? [] : [ID, KEY, ...TOKENS, ...TKE]),
    ...(overruled.region ? [] : ["TENCENTCLOUD_REGION"]),
    ...(overruled.role ? [] : ["TENCENTCLOUD_ROLE_ARN", "TENCENTCLOUD_ROLE_SESSION_NAME"]),
  ];
  const faults = new Map<string, string[]>();
  for (const name of named) {
    const key = [ID, KEY, ...TOKENS].includes(name as typeof ID);
    const fault = env[name] === undefined ? undefined : key ? faultOfKey(env[name]) : faultOf(env[name]);
    if (fault) faults.set(fault, [...(faults.get(fault) ?? []), name]);
  }
  const told = [...faults].map(([fault, names]) => `${names.join(" and ")} ${plural(fault, names.length)}`);
  if (told.length > 0) return `${told.join("; ")}: give a value, or leave the variable out`;
  if (!overruled.credentials) {
    const half = halfOf(env, [ID, KEY]) ?? halfOf(env, TKE);
    if (half) return half;
    const token = TOKENS.find((name) => env[name] !== undefined);
    if (token && env[ID] === undefined) return `${token} is set, but not ${ID} and ${KEY}`;
  }
  return faultOfProxies(env);
}

function halfOf(env: NodeJS.ProcessEnv, names: readonly string[]): string | undefined {
  const set = names.filter((name) => env[name] !== undefined);
  const missing = names.filter((name) => env[name] === undefined);
  if (set.length === 0 || missing.length === 0) return undefined;
  return `${set.join(" and ")} ${plural("is set", set.length)}, but not ${missing.join(" and ")}: set all of them, or none`;
}

/** An empty one is none, as other programs take it. */
function faultOfProxies(env: NodeJS.ProcessEnv): string | undefined {
  const wrong = PROXIES.find((name) => env[name] && !isProxy(env[name]));
  return wrong && `${wrong} must be a URL with its scheme, like http://proxy.example.com:8080`;
}
function isProxy(text: string): boolean {
  try {
    const { protocol, hostname, port } = new URL(text);
    return /^https?:$/.test(protocol) && hostname !== "" && port !== "0" && !isPlaceholder(text);
  } catch {
    return false;
  }
}

const plural = (fault: string, count: number) =>
  count === 1
    ? fault
    : fault
        .replace(/^is /, "are ")
        .replace(/^holds /, "hold ")
        .replace(/^stands /, "stand ");
