// ckafka-mcp call ACTION [JSON|@file|-] [options]: one call through the same path as an agent's, for shells and scripts.
import { call as callAction } from "../call/call.ts";
import { createRegistry } from "../discovery/registry.ts";
import { type Meant, runOwn } from "../discovery/run.ts";
import { isOwn } from "../discovery/tools.ts";
import { labelOf } from "../guard/dialog.ts";
import type { Answered, Question } from "../guard/question.ts";
import { Leaving, UsageError } from "../model/errors.ts";
import type { ToolResult } from "../model/result.ts";
import { asking } from "../protocol/asking.ts";
import { indented } from "../text/json.ts";
import { visible } from "../text/visible.ts";
import { parseWritten, readText, WrittenError } from "../text/written.ts";
import type { Command, Context } from "./context.ts";
import { readOptions } from "./options.ts";
import { createServices } from "./services.ts";
import { question, type Terminal } from "./terminal.ts";

export const call: Command = async (context) => {
  const { argv, env, stdin, stderr, advertised, reference, openLog, interrupted } = context;
  const [name, ...rest] = argv;
  if (!name || name.startsWith("-"))
    throw new UsageError(`call takes an action: ckafka-mcp call ${advertised().examples.call}`);
  const given = rest[0]?.startsWith("-") && rest[0] !== "-" ? undefined : rest.shift();
  const options = readOptions(["--log-level", "error", ...rest], env, advertised().regions);
  if (typeof options === "string") throw new UsageError("call has no such option");
  const registry = createRegistry(advertised(), {
    ...options,
    discovery: false,
    tickets: options.confirm === "ticket",
  });
  let wanted: Meant = { name, args: objectOf(await textOf(given, stdin)) };
  if (isOwn(name)) {
    const library = async () => (await import("../discovery/library.ts")).openLibrary(reference(), registry.offers);
    const outcome = await runOwn(name, wanted.args, registry, library);
    if ("result" in outcome) return print(outcome.result, context);
    wanted = outcome.meant;
  } else if (!registry.offers(name)) throw new UsageError(registry.whyNot(name));
  const services = await createServices(context, options, await openLog(options.logLevel));
  const interruption = new AbortController();
  const { signal } = interruption;
  // What was sent runs to its end all the same, and what it came to is printed.
  void interrupted().then(({ why }) => interruption.abort(new Leaving(why)));
  const canAsk = stdin.isTTY === true && given !== "-";
  const tell = (state: string) => void stderr.write(`${visible(state)}\n`);
  const request = { ...wanted, client: "ckafka-mcp call", canAsk, tell, signal, over: signal };
  const result = await asking(
    (brought) => callAction(services, { ...request, brought }),
    (asked) => askInTerminal(context, asked, signal),
  );
  return print(result, context);
};

/** A terminal shows other people's texts as well, which must not steer it; a program gets what there is. */
function print(result: ToolResult, { write, stdout, stderr }: Context): number {
  const text = result.content.map((part) => part.text).join("\n");
  if (result.isError) stderr.write(`${visible(text)}\n`);
  else write(`${stdout.isTTY ? visible(indented(text)) : text}\n`);
  return result.isError ? 1 : 0;
}

/** The arguments as they are given: JSON, @ and a file's name, or - for the input. @throws UsageError */
async function textOf(given: string | undefined, stdin: NodeJS.ReadStream): Promise<string> {
  if (given === "-") {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString();
  }
  if (!given?.startsWith("@")) return given ?? "{}";
  try {
    return readText(given.slice(1));
  } catch (error) {
    throw error instanceof WrittenError ? new UsageError(`${given.slice(1)} ${error.message}`) : error;
  }
}

/** @throws UsageError; a text that may hold a secret is not repeated in it */
function objectOf(text: string): Record<string, unknown> {
  let read: unknown;
  try {
    read = parseWritten(text);
  } catch (error) {
    throw error instanceof WrittenError
      ? new UsageError(`the arguments ${error.message.replace(/^is /, "are ")}`)
      : error;
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new UsageError(`the arguments must be a JSON object, like '{"Limit": 5}'`);
  return read as Record<string, unknown>;
}

/** The dialog of a client, for a person at a terminal. */
async function askInTerminal(
  terminal: Terminal,
  { message, expects }: Question,
  signal: AbortSignal,
): Promise<Answered> {
  const asked = `${visible(message)}\n${labelOf(expects)}${expects === true ? " (yes)" : ""}: `;
  const answer = await question(terminal, asked, signal);
  if (answer === "") return { action: "cancel" };
  return { action: "accept", entered: expects === true ? answer === "yes" : answer };
}
