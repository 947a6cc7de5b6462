// A result or an error → what the agent gets. Pure.
import { adviceFor } from "../cloud/advice.ts";
import type { Entry } from "../model/catalogue.ts";
import { CloudError, InputError, Refusal } from "../model/errors.ts";
import type { ToolResult } from "../model/result.ts";
import { begin } from "../text/bounded.ts";
import { stringifyJson } from "../text/json.ts";
import { SECRET } from "../text/redact.ts";

type Json = { [key: string]: unknown };

/** About four characters a token, in JSON of this kind. */
const CHARACTERS_PER_TOKEN = 4;
/** The key of the server's own note about a shortened result; no API field can have this name. */
export const NOTE = "(note)";

/**
 * @param told what else the agent has to know, a sentence each
 * @param budget tokens, estimated
 */
export function renderResult(
  { action, service }: Pick<Entry, "action" | "service">,
  response: Json,
  told: string[] = [],
  budget = 10_000,
): ToolResult {
  const marks = { foreign: new Set(action.foreign), secret: new Set(action.secret) };
  const marked = (prune(response, marks) ?? {}) as Json;
  const { value, notes } = fit(marked, budget * CHARACTERS_PER_TOKEN, service.paging);
  notes.push(...told);
  const whole = notes.length > 0 ? { ...value, [NOTE]: notes.join(" ") } : value;
  return { content: [{ type: "text", text: stringifyJson(whole) }], structuredContent: plain(whole) as Json };
}

/** Integers beyond 2^53 as strings: structured content has to survive clients that read JSON numbers as doubles. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

interface Marks {
  foreign: Set<string>;
  secret: Set<string>;
}
/** Without nulls, empty strings, lists and objects; other people's text wrapped, so that it cannot pass for the server's. */
function prune(value: unknown, marks: Marks): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => prune(item, marks)).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const kept = prune(item, marks);
    if (kept === undefined) return [];
    if (marks.secret.has(key)) return [[key, SECRET]];
    return [[key, marks.foreign.has(key) ? { untrusted: kept } : kept]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Shortens the largest list, then the largest string, until the whole fits; says what was left out and how to get it. */
function fit(value: Json, characters: number, paging: string): { value: Json; notes: string[] } {
  let size = stringifyJson(value).length;
  if (size <= characters) return { value, notes: [] };
  const copy = structuredClone(value);
  const cuts: string[] = [];
  while (size > characters) {
    const largest = largestPart(copy);
    if (!largest) break;
    const { holder, key, path } = largest;
    const part = holder[key] as unknown[] | string;
    const excess = size - characters;
    if (typeof part === "string") {
      const keep = Math.max(0, part.length - excess);
      holder[key] = part.slice(0, keep);
      cuts.push(`${path}: the first ${keep} of ${part.length} characters`);
    } else {
      const keep = entriesWithin(part, stringifyJson(part).length - excess);
      cuts.push(`${path}: the first ${keep} of ${part.length} entries`);
      part.length = keep;
    }
    size = stringifyJson(copy).length;
  }
  const note = `Shortened. ${cuts.join("; ")}. For the rest ${paging}.`;
  return { value: copy, notes: [note] };
}

function entriesWithin(items: unknown[], characters: number): number {
  let used = 2;
  let kept = 0;
  for (const item of items) {
    used += stringifyJson(item).length + 1;
    if (used > characters) break;
    kept += 1;
  }
  return Math.max(1, kept);
}

interface Part {
  holder: Record<string, unknown>;
  key: string;
  path: string;
}
/** The outermost list of more than one entry that is largest; without any, the longest string. */
function largestPart(root: Json): Part | undefined {
  let best: (Part & { size: number; list: boolean }) | undefined;
  const visit = (holder: Record<string, unknown>, at: string) => {
    for (const [key, value] of Object.entries(holder)) {
      const path = at === "" ? key : `${at}.${key}`;
      const list = Array.isArray(value) && value.length > 1;
      if (list || (typeof value === "string" && value.length > 100)) {
        const size = stringifyJson(value).length;
        if (!best || (list && !best.list) || (list === best.list && size > best.size))
          best = { holder, key, path, size, list };
      }
      if (typeof value === "object" && value !== null && !list) visit(value as Record<string, unknown>, path);
    }
  };
  visit(root, "");
  return best;
}

/** Characters; what a program can be told in less than a page. */
const LONGEST_ERROR = 8_000;
/** What happened, what to do about it, and whether anything changed. */
export function renderError(
  entry: Pick<Entry, "name" | "service" | "outcome">,
  error: unknown,
  clean: (text: string) => string,
): ToolResult {
  return { content: [{ type: "text", text: begin(clean(explain(entry, error)), LONGEST_ERROR) }], isError: true };
}

function explain(
  { name, service, outcome: teller }: Pick<Entry, "name" | "service" | "outcome">,
  error: unknown,
): string {
  if (error instanceof InputError || error instanceof Refusal) return error.message;
  if (error instanceof CloudError) {
    const advice =
      (Object.hasOwn(service.advice, error.code) ? service.advice[error.code] : undefined) ?? adviceFor(error.code);
    const outcome = {
      no: "Nothing was changed.",
      yes: "The change was carried out.",
      unknown: `It is unknown whether the change was carried out: ${teller} tells; look before you repeat it.`,
    }[error.executed];
    return [
      `${name} failed: ${error.code}: ${sentence(error.message)}`,
      advice,
      // Only a change has a read that tells what became of it.
      teller ? outcome : undefined,
      error.requestId ? `RequestId ${error.requestId}.` : undefined,
    ]
      .filter(Boolean)
      .join(" ");
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${name} failed inside the server: ${sentence(message)} This is a bug of ckafka-mcp; its log has the details.`;
}

const sentence = (text: string) => (/[.!?。]$/.test(text) ? text : `${text}.`);
