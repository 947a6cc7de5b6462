// ckafka-mcp call ACTION [JSON] [options]: one call through the same path as an agent's, for shells and scripts.
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { product } from "../../tools/ckafka/service.ts";
import { call as callAction } from "../call/call.ts";
import type { Listed } from "../discovery/advertised.ts";
import type { Manual } from "../discovery/reference.ts";
import { createRegistry } from "../discovery/registry.ts";
import { answerOwn } from "../discovery/run.ts";
import { discovery } from "../discovery/tools.ts";
import type { Elicit } from "../guard/dialog.ts";
import { visible } from "../guard/preview.ts";
import type { Command, Context } from "./context.ts";
import { readOptions, UsageError } from "./options.ts";
import { createServices } from "./services.ts";
import { question, type Terminal } from "./terminal.ts";

export const call: Command = async (context) => {
  const { argv, env, home, stdin, stderr, read, openLog } = context;
  const [name, ...rest] = argv;
  if (!name || name.startsWith("-"))
    throw new UsageError("call takes an action: ckafka-mcp call DescribeInstances '{\"Limit\": 5}'");
  const given = rest[0]?.startsWith("-") ? undefined : rest.shift();
  const options = readOptions(["--log-level", "error", ...rest], env, product.regions);
  if (typeof options === "string") throw new UsageError("call has no such option");
  const registry = createRegistry(read("tools.json") as Listed[], {
    ...options,
    discovery: false,
    tickets: options.confirm === "ticket",
  });
  let wanted: { name: string; args: Record<string, unknown> } = { name, args: argumentsOf(given) };
  if (Object.values(discovery).some((tool) => tool.name === name)) {
    const library = async () => (await import("../discovery/library.ts")).openLibrary(read("manual.json") as Manual);
    const answer = await answerOwn(name, wanted.args, registry, library);
    if (!("name" in answer)) return print(answer as CallToolResult, context);
    wanted = answer as typeof wanted;
  } else if (!registry.offers(name)) throw new UsageError(registry.whyNot(name));
  const services = await createServices(options, env, home, await openLog(options.logLevel));
  const elicit = stdin.isTTY ? askInTerminal(context) : undefined;
  const tell = (state: string) => void stderr.write(`${visible(state)}\n`);
  return print(await callAction(services, { ...wanted, client: "ckafka-mcp call", elicit, tell }), context);
};

function print(result: CallToolResult, { write, stderr }: Context): number {
  const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
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
const askInTerminal =
  (terminal: Terminal): Elicit =>
  async ({ message, requestedSchema }) => {
    const field = requestedSchema.properties.confirm;
    const asked = `${message}\n${field?.title ?? ""}${field?.type === "boolean" ? " (yes)" : ""}: `;
    const answer = await question(terminal, visible(asked));
    if (answer === "") return { action: "cancel" };
    return { action: "accept", content: { confirm: field?.type === "boolean" ? answer === "yes" : answer } };
  };
