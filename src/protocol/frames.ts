// A line as a client sent it → the message in it, as the SDK takes it, or the answer that it gets instead. Pure. What has an id
// that can be read is answered with it; notifications and blank lines are not answered; null counts as left out.
import {
  ErrorCode,
  type JSONRPCErrorResponse,
  type JSONRPCMessage,
  JSONRPCNotificationSchema,
  JSONRPCRequestSchema,
  type RequestId,
} from "@modelcontextprotocol/sdk/types.js";

type Json = Record<string, unknown>;
export type Frame = { message: JSONRPCMessage } | { answer: JSONRPCErrorResponse };

/** Structures below structures; no call needs a tenth of it. */
const DEEPEST = 100;

/** @param asks whether a request of our own waits for an answer under an id */
export function readLine(line: string, asks: (id: unknown) => boolean): Frame[] {
  const text = line.replace(/^\ufeff/, "");
  if (text.trim() === "") return [];
  if (deeper(text, DEEPEST))
    return answer(idIn(text, text), ErrorCode.InvalidRequest, `That message is nested more than ${DEEPEST} deep.`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    if (idIn(text, text) === undefined && /"method"\s*:\s*"notifications\//.test(text)) return [];
    return answer(idIn(text, text), ErrorCode.ParseError, "That line is not JSON. Send one JSON-RPC message a line.");
  }
  // An older revision had batches; each of their messages is answered in a line of its own.
  const batch = Array.isArray(read) && read.length > 0 ? read : [read];
  return batch.flatMap((one) => readMessage(one, asks));
}

export const readOversized = (start: string, end: string): Frame[] =>
  answer(idIn(start, end), ErrorCode.InvalidRequest, "That message is over 10 MB; nothing of it was carried out.");

function readMessage(read: unknown, asks: (id: unknown) => boolean): Frame[] {
  const invalid = (id: unknown) => answer(id, ErrorCode.InvalidRequest, "That line is not a JSON-RPC 2.0 message.");
  if (!isObject(read)) return invalid(undefined);
  const { jsonrpc = "2.0", id, method, params, result, error } = withoutNulls(read);
  if (method === undefined && asks(id)) return [{ message: answerTo(id, result, error) }];
  // To whom it does not say, or to what nobody asked any more: an answer is not answered.
  if (method === undefined && ("result" in read || "error" in read))
    return id === undefined && error !== undefined ? [{ message: answerTo(undefined, undefined, error) }] : [];
  if (typeof method !== "string" || jsonrpc !== "2.0") return invalid(id);
  if (params !== undefined && !isObject(params))
    return id === undefined ? [] : answer(id, ErrorCode.InvalidParams, `${method}: params must be an object.`);
  const given = isObject(params) ? { params: withoutNullsInside(params) } : {};
  const message = { jsonrpc, method, ...given, ...(id === undefined ? {} : { id }) };
  if (id !== undefined && !isReadable(id)) return invalid(id);
  const judged = (id === undefined ? JSONRPCNotificationSchema : JSONRPCRequestSchema).safeParse(message);
  if (judged.success) return [{ message: message as JSONRPCMessage }];
  return id === undefined ? [] : answer(id, ErrorCode.InvalidParams, `${method}: ${problemsIn(judged.error.issues)}`);
}

/** A client's answer to a request of our own; one that makes no sense is an error, so that nobody waits for another. */
function answerTo(id: unknown, result: unknown, error: unknown): JSONRPCMessage {
  const to = id as RequestId;
  if (error === undefined && isObject(result)) return { jsonrpc: "2.0", id: to, result };
  const { code, message } = isObject(error) ? error : {};
  const said = typeof message === "string" && message !== "" ? message : "the client's answer makes no sense";
  return {
    jsonrpc: "2.0",
    id: to,
    error: { code: Number.isSafeInteger(code) ? (code as number) : ErrorCode.InternalError, message: said },
  };
}

interface Issue {
  path: PropertyKey[];
  message: string;
}
/** What a schema of the SDK complains about, in a sentence. */
export function problemsIn(issues: readonly Issue[]): string {
  const told = issues.map(({ path, message }) => [path.map(String).join("."), message].filter(Boolean).join(": "));
  return `${told.slice(0, 3).join("; ")}${told.length > 3 ? `; and ${told.length - 3} more` : ""}.`;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isReadable = (id: unknown): id is RequestId => typeof id === "string" || Number.isSafeInteger(id);

function answer(id: unknown, code: ErrorCode, message: string): Frame[] {
  const known = typeof id === "number" || typeof id === "string" ? { id } : {};
  return [{ answer: { jsonrpc: "2.0", ...known, error: { code, message } } }];
}

const withoutNulls = (object: Json): Json =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
/** Also of what stands around a call; its arguments are the call's own. */
function withoutNullsInside(params: Json): Json {
  const kept = withoutNulls(params);
  return isObject(kept._meta) ? { ...kept, _meta: withoutNulls(kept._meta) } : kept;
}

/** The id of a message that cannot be read as a whole, where it stands at its beginning or its end. */
function idIn(start: string, end: string): RequestId | undefined {
  const found =
    /^\ufeff?\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*(-?\d{1,15}|"(?:[^"\\]|\\.)*")\s*[,}]/.exec(start) ??
    /,\s*"id"\s*:\s*(-?\d{1,15}|"(?:[^"\\]|\\.)*")\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/.exec(end.slice(-1_024));
  try {
    return found ? JSON.parse(found[1] as string) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether brackets outside of strings are open more than so many times at once. */
function deeper(text: string, most: number): boolean {
  let open = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 92) at += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 91 || code === 123) {
      open += 1;
      if (open > most) return true;
    } else if (code === 93 || code === 125) open -= 1;
  }
  return false;
}
