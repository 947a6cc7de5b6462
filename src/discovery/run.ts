// What the machine's own tools do with their arguments.
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod/v3";
import { parse } from "../call/parse.ts";
import type { AnyAction } from "../model/action.ts";
import { InputError } from "../model/errors.ts";
import type { Library } from "./library.ts";
import type { Registry } from "./registry.ts";
import { describeAction, discovery } from "./tools.ts";

const name = z.string().min(1).describe("An action's name.");
const run = z.strictObject({ Action: name, Input: z.record(z.unknown()).optional() });
const models: Record<string, z.ZodObject<z.ZodRawShape, "strict">> = {
  [discovery.findActions.name]: z.strictObject({
    Words: z.string().min(1).describe("What you want to do."),
    Limit: z.number().int().min(1).max(20).optional(),
  }),
  [describeAction.name]: z.strictObject({ Action: name, Parameter: z.string().min(1).optional() }),
  [discovery.readAction.name]: run,
  [discovery.changeAction.name]: run,
};

/** What the models let through; each has its own part of it. */
interface Given {
  Action: string;
  Words: string;
  Limit?: number;
  Parameter?: string;
  Input?: Record<string, unknown>;
}

/** The answer, or the action that is meant with its arguments. */
export async function answerOwn(
  tool: string,
  args: Record<string, unknown>,
  registry: Registry,
  library: () => Promise<Library>,
): Promise<CallToolResult | { name: string; args: Record<string, unknown> }> {
  try {
    const { Region, Ticket, Profile, ...own } = args;
    const input = parse(tool, { input: models[tool] } as unknown as AnyAction, asObject(own)) as unknown as Given;
    if (tool === discovery.findActions.name)
      return result((await library()).find(input.Words, input.Limit ?? 5, registry.offers));
    if (tool === describeAction.name)
      return result((await library()).describe(input.Action, input.Parameter, registry.offers, registry.whyNot));
    const action = input.Action;
    if (!registry.offers(action)) throw new InputError(registry.whyNot(action));
    const wanted = registry.runner(action);
    if (wanted !== tool)
      throw new InputError(
        `${tool}: ${action} ${wanted === discovery.readAction.name ? "only reads" : "changes something"}; call ${wanted} instead. Nothing was sent.`,
      );
    const around = Object.fromEntries(
      Object.entries({ Region, Ticket, Profile }).filter(([, value]) => value !== undefined),
    );
    return { name: action, args: { ...input.Input, ...around } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { content: [{ type: "text", text: error.message }], isError: true };
  }
}

/** Input may arrive as a string of JSON, like any other structure. */
function asObject(args: Record<string, unknown>): Record<string, unknown> {
  if (typeof args.Input !== "string") return args;
  try {
    return { ...args, Input: JSON.parse(args.Input) };
  } catch {
    return args;
  }
}

function result(structuredContent: object): CallToolResult {
  return {
    content: [{ type: "text", text: JSON.stringify(structuredContent) }],
    structuredContent: structuredContent as Record<string, unknown>,
  };
}
