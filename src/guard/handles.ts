// Secrets that an answer brings, like a token that no read shows again. They go into a file that nobody but its owner can
// read, and a handle stands for them everywhere else: in the result, in later calls, in previews, in the audit.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod/v3";
import { InputError, Refusal } from "../model/errors.ts";
import { isHandle } from "../model/field.ts";
import { pathText, rewrite } from "../model/leaves.ts";
import { createFile } from "./files.ts";
import type { State } from "./state.ts";

const FOLDER = "secrets";
/** Whose secret it is: a handle of one account stands for nothing in another. */
export interface Holder {
  who: string;
  endpoint: string;
}
interface Answer {
  response: Record<string, unknown>;
}

/**
 * Keeps what an answer brought, and puts a handle in its place. Never throws: the change has been carried out.
 * @param made milliseconds since the epoch
 * @returns the answer, and where its secrets lie
 */
export function keep<A extends Answer>(
  state: () => State,
  action: string,
  model: z.ZodTypeAny,
  answer: A,
  holder: Holder,
  made: number,
): A & { kept?: string } {
  const said: string[] = [];
  const response = rewrite(model, answer.response, ({ value, meaning }) => {
    if (meaning?.is !== "secret" || meaning.handle === undefined || typeof value !== "string" || value === "")
      return value;
    const kind = meaning.handle;
    try {
      const { handle, path } = store(state(), kind, value, { action, made: new Date(made).toISOString() }, holder);
      said.push(
        `The ${kind} itself stands in ${path}, which only the owner of that file can read; ${handle} stands for it in calls.`,
      );
      return handle;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      said.push(`The ${kind} could not be kept (${reason}) and is shown nowhere, so that nobody knows it.`);
      return value;
    }
  }) as Answer["response"];
  return said.length === 0 ? answer : { ...answer, response, kept: said.join(" ") };
}

function store(state: State, kind: string, secret: string, more: object, { who, endpoint }: Holder) {
  for (;;) {
    const handle = `${kind}-${randomBytes(4).toString("hex")}`;
    const path = pathOf(state, handle);
    const mac = state.sign(FOLDER, { handle, secret, who, endpoint });
    const kept = { handle, secret, ...more, endpoint, mac };
    if (createFile(path, `${JSON.stringify(kept, null, 2)}\n`)) return { handle, path };
  }
}
const pathOf = (state: State, handle: string) => join(state.folder(FOLDER), `${handle}.json`);

/**
 * The arguments as they are sent: each handle gives way to what it stands for.
 * @throws InputError where a handle stands for nothing
 */
export function resolved<I extends Record<string, unknown>>(
  state: () => State,
  action: string,
  model: z.ZodTypeAny,
  input: I,
  holder: Holder,
): I {
  let any = false;
  const exact = rewrite(model, input, ({ path, value, meaning }) => {
    if (!isHandle(value, meaning)) return typeof value === "symbol" ? undefined : value;
    any = true;
    const secret = secretOf(state, action, value, holder);
    if (secret === undefined)
      throw new InputError(
        `${action}: ${pathText(path)}: ${value} stands for nothing that this server keeps for this account; the result of the call that made it has its handle. Nothing was sent.`,
      );
    return secret;
  });
  return any ? (exact as I) : input;
}

/** Undefined where there is none, or the file says something else than it did. @throws Refusal where that cannot be told */
function secretOf(state: () => State, action: string, handle: string, { who, endpoint }: Holder): string | undefined {
  try {
    const opened = state();
    const { secret, mac } = JSON.parse(readFileSync(pathOf(opened, handle), "utf8"));
    return opened.signed(FOLDER, { handle, secret, who, endpoint }, mac) ? secret : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${action} was not carried out: ${handle} cannot be looked up (${reason}). Nothing was sent.`, {
      cause: error,
    });
  }
}
