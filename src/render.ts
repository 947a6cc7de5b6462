// A result or an error → what the agent gets. Pure.
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { AnyAction, Product } from "./action.ts";
import { adviceFor } from "./cloud/advice.ts";
import { CloudError, InputError, Refusal } from "./errors.ts";

type Json = { [key: string]: unknown };

/** About four characters a token, in JSON of this kind. */
const CHARACTERS_PER_TOKEN = 4;
/** The key of the server's own note about a shortened result; no API field can have this name. */
export const NOTE = "(note)";

/** What stands in the place of a secret. */
export const SECRET = "(secret)";

/** @param budget tokens, estimated */
export function renderResult(action: AnyAction, response: Json, budget = 10_000): CallToolResult {
  const marks = { foreign: new Set(action.foreign), secret: new Set(action.secret) };
  const marked = (prune(response, marks) ?? {}) as Json;
  const structuredContent = fit(marked, budget * CHARACTERS_PER_TOKEN);
  return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
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
function fit(value: Json, characters: number): Json {
  let size = JSON.stringify(value).length;
  if (size <= characters) return value;
  const copy = structuredClone(value);
  const notes: string[] = [];
  while (size > characters) {
    const largest = largestPart(copy);
    if (!largest) break;
    const { holder, key, path } = largest;
    const part = holder[key] as unknown[] | string;
    const excess = size - characters;
    if (typeof part === "string") {
      const keep = Math.max(0, part.length - excess);
      holder[key] = part.slice(0, keep);
      notes.push(`${path}: the first ${keep} of ${part.length} characters`);
    } else {
      const keep = entriesWithin(part, JSON.stringify(part).length - excess);
      notes.push(`${path}: the first ${keep} of ${part.length} entries`);
      part.length = keep;
    }
    size = JSON.stringify(copy).length;
  }
  return {
    ...copy,
    [NOTE]: `Shortened. ${notes.join("; ")}. For the rest call again with Offset and a smaller Limit, or narrow the search.`,
  };
}

function entriesWithin(items: unknown[], characters: number): number {
  let used = 2;
  let kept = 0;
  for (const item of items) {
    used += JSON.stringify(item).length + 1;
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
        const size = JSON.stringify(value).length;
        if (!best || (list && !best.list) || (list === best.list && size > best.size))
          best = { holder, key, path, size, list };
      }
      if (typeof value === "object" && value !== null && !list) visit(value as Record<string, unknown>, path);
    }
  };
  visit(root, "");
  return best;
}

/** What happened, what to do about it, and whether anything changed. */
export function renderError(name: string, changes: boolean, error: unknown, product: Product): CallToolResult {
  return { content: [{ type: "text", text: explain(name, changes, error, product) }], isError: true };
}

function explain(name: string, changes: boolean, error: unknown, product: Product): string {
  if (error instanceof InputError || error instanceof Refusal) return error.message;
  if (error instanceof CloudError) {
    const advice = product.advice[error.code] ?? adviceFor(error.code);
    const outcome = {
      no: "Nothing was changed.",
      yes: "The change was carried out.",
      unknown: "It is unknown whether the change was carried out: look before you repeat it.",
    }[error.executed];
    return [
      `${name} failed: ${error.code}: ${sentence(error.message)}`,
      advice,
      changes ? outcome : undefined,
      error.requestId ? `RequestId ${error.requestId}.` : undefined,
    ]
      .filter(Boolean)
      .join(" ");
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${name} failed inside the server: ${sentence(message)} This is a bug of ckafka-mcp; its log has the details.`;
}

const sentence = (text: string) => (/[.!?。]$/.test(text) ? text : `${text}.`);
