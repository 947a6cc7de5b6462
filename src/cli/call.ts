// ckafka-mcp call ACTION [JSON] [options]: one call through the same path as an agent's, for shells and scripts.
import { call as callAction } from "../call/call.ts";
import { createRegistry } from "../discovery/registry.ts";
import { type Meant, runOwn } from "../discovery/run.ts";
import { isOwn } from "../discovery/tools.ts";
import { labelOf } from "../guard/dialog.ts";
import type { Answered, Question } from "../guard/question.ts";
import { UsageError } from "../model/errors.ts";
import type { ToolResult } from "../model/result.ts";
import { asking } from "../protocol/asking.ts";
import { visible } from "../text/visible.ts";
import type { Command, Context } from "./context.ts";
import { readOptions } from "./options.ts";
import { createServices } from "./services.ts";
import { question, type Terminal } from "./terminal.ts";

export const call: Command = async (context) => {
  const { argv, env, home, stdin, stderr, advertised, reference, parts, openLog } = context;
  const [name, ...rest] = argv;
  if (!name || name.startsWith("-"))
    throw new UsageError(`call takes an action: ckafka-mcp call ${advertised().examples.call}`);
  const given = rest[0]?.startsWith("-") ? undefined : rest.shift();
  const options = readOptions(["--log-level", "error", ...rest], env, advertised().regions);
  if (typeof options === "string") throw new UsageError("call has no such option");
  const registry = createRegistry(advertised(), {
    ...options,
    discovery: false,
    tickets: options.confirm === "ticket",
  });
  let wanted: Meant = { name, args: argumentsOf(given) };
  if (isOwn(name)) {
    const library = async () => (await import("../discovery/library.ts")).openLibrary(reference(), registry.offers);
    const outcome = await runOwn(name, wanted.args, registry, library);
    if ("result" in outcome) return print(outcome.result, context);
    wanted = outcome.meant;
  } else if (!registry.offers(name)) throw new UsageError(registry.whyNot(name));
  const services = await createServices(parts, options, env, home, await openLog(options.logLevel));
  const tell = (state: string) => void stderr.write(`${visible(state)}\n`);
  const request = { ...wanted, client: "ckafka-mcp call", canAsk: stdin.isTTY === true, tell };
  const result = await asking(
    (brought) => callAction(services, { ...request, brought }),
    (asked) => askInTerminal(context, asked),
  );
  return print(result, context);
};

function print(result: ToolResult, { write, stderr }: Context): number {
  const text = result.content.map((part) => part.text).join("\n");
  if (result.isError) stderr.write(`${visible(text)}\n`);
  else write(`${text}\n`);
  return result.isError ? 1 : 0;
}

function argumentsOf(given: string | undefined): Record<string, unknown> {
  let read: unknown;
  try {
    read = JSON.parse(given ?? "{}");
  } catch (error) {
    throw new UsageError(`the arguments are not JSON: ${(error as Error).message}`);
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new UsageError(`the arguments must be a JSON object, like '{"Limit": 5}', not ${given}`);
  return read as Record<string, unknown>;
}

/** The dialog of a client, for a person at a terminal. */
async function askInTerminal(terminal: Terminal, { message, expects }: Question): Promise<Answered> {
  const asked = `${visible(message)}\n${labelOf(expects)}${expects === true ? " (yes)" : ""}: `;
  const answer = await question(terminal, asked);
  if (answer === "") return { action: "cancel" };
  return { action: "accept", entered: expects === true ? answer === "yes" : answer };
}
