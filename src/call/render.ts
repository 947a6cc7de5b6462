// A result or an error → what the agent gets. Pure.
import { adviceFor } from "../cloud/advice.ts";
import type { Entry } from "../model/catalogue.ts";
import { CloudError, InputError, Refusal } from "../model/errors.ts";
import type { ToolResult } from "../model/result.ts";
import { begin } from "../text/bounded.ts";
import { stringifyJson } from "../text/json.ts";
import { shorten } from "./shorten.ts";
import { sizeOf, skipOf, tell } from "./told.ts";

type Json = { [key: string]: unknown };

/** In JSON of this kind, measured on the shipped world. */
const CHARACTERS_PER_TOKEN = 3.3;
/** The keys of the server's own words in a result; no API field can have such a name. */
export const NOTE = "(note)";
export const LEGEND = "(legend)";

/**
 * @param input what the action was called with
 * @param told what else the agent has to know, a sentence each
 * @param budget tokens, estimated
 * @param from the character with which long texts begin
 */
export function renderResult(
  { action, service }: Pick<Entry, "action" | "service">,
  input: object,
  response: Json,
  told: string[] = [],
  budget = 10_000,
  from = 0,
): ToolResult {
  const { value, legend, pages } = tell(action.output, action.input, input, response);
  const kept = shorten(value, Math.floor(budget * CHARACTERS_PER_TOKEN), from);
  const cut =
    kept.cuts.length > 0
      ? [
          `Shortened. ${bounded(kept.cuts)}.`,
          ...(kept.missing ? [`For the rest ${adviceOn(action, service)}, or narrow the search.`] : []),
        ]
      : [];
  const nothing = Object.keys(value).every((key) => key === "RequestId") && action.effect === "read" ? ["none"] : [];
  const notes = [...pages.map((page) => `${page}.`), ...cut, ...nothing, ...told];
  const whole = {
    ...kept.value,
    ...(legend.length > 0 ? { [LEGEND]: legend.join("; ") } : {}),
    ...(notes.length > 0 ? { [NOTE]: notes.join(" ") } : {}),
  };
  return { content: [{ type: "text", text: stringifyJson(whole) }], structuredContent: plain(whole) as Json };
}

/** The first few, and how many more. */
const bounded = (phrases: string[], most = 10) =>
  `${phrases.slice(0, most).join("; ")}${phrases.length > most ? `; and ${phrases.length - most} more parts` : ""}`;

/** How to get the rest of a long result, in the action's own parameters. */
function adviceOn({ input }: Entry["action"], service: Entry["service"]): string {
  const [skip, size] = [skipOf(input), sizeOf(input)];
  if (skip && size) return `call again with ${skip} and a smaller ${size}`;
  if (size) return `call again with a smaller ${size}`;
  return service.paging;
}

/** Integers beyond 2^53 as strings: structured content has to survive clients that read JSON numbers as doubles. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
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
