// What the machine's own tools do with their arguments.
import { z } from "zod/v3";
import { apart } from "../call/around.ts";
import { parse } from "../call/parse.ts";
import type { AnyAction } from "../model/action.ts";
import { InputError } from "../model/errors.ts";
import type { ToolResult } from "../model/result.ts";
import type { Library } from "./library.ts";
import type { Registry } from "./registry.ts";
import { CHANGE_ACTION, DESCRIBE_ACTION, FIND_ACTIONS, READ_ACTION } from "./tools.ts";

const name = z.string().min(1).describe("An action's name.");
const run = z.strictObject({ Action: name, Input: z.record(z.unknown()).optional() });
const models: Record<string, z.ZodObject<z.ZodRawShape, "strict">> = {
  [FIND_ACTIONS]: z.strictObject({
    Words: z.string().min(1).describe("What you want to do."),
    Limit: z.number().int().min(1).max(20).optional(),
  }),
  [DESCRIBE_ACTION]: z.strictObject({ Action: name, Parameter: z.string().min(1).optional() }),
  [READ_ACTION]: run,
  [CHANGE_ACTION]: run,
};

/** What the models let through; each has its own part of it. */
interface Given {
  Action: string;
  Words: string;
  Limit?: number;
  Parameter?: string;
  Input?: Record<string, unknown>;
}
/** An action that is to be carried out, with its arguments. */
export interface Meant {
  name: string;
  args: Record<string, unknown>;
}

/** Runs one of the machine's own tools: its answer, or the action that it stands for. */
export async function runOwn(
  tool: string,
  args: Record<string, unknown>,
  registry: Registry,
  library: () => Promise<Library>,
): Promise<{ result: ToolResult } | { meant: Meant }> {
  try {
    const { around, input: own } = apart(args);
    const input = parse(tool, { input: models[tool] } as unknown as AnyAction, asObject(own)) as unknown as Given;
    if (tool === FIND_ACTIONS)
      return structured((await library()).find(input.Words, input.Limit ?? 5, registry.offers));
    if (tool === DESCRIBE_ACTION)
      return structured((await library()).describe(input.Action, input.Parameter, registry.offers, registry.whyNot));
    const action = input.Action;
    if (!registry.offers(action)) throw new InputError(registry.whyNot(action));
    const wanted = registry.runner(action);
    if (wanted !== tool)
      throw new InputError(
        `${tool}: ${action} ${wanted === READ_ACTION ? "only reads" : "changes something"}; call ${wanted} instead. Nothing was sent.`,
      );
    return { meant: { name: action, args: { ...input.Input, ...around } } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { result: { content: [{ type: "text", text: error.message }], isError: true } };
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

const structured = (structuredContent: object): { result: ToolResult } => ({
  result: {
    content: [{ type: "text", text: JSON.stringify(structuredContent) }],
    structuredContent: structuredContent as Record<string, unknown>,
  },
});
