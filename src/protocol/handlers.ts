// What the server does with the requests of a client, in no SDK's types: a binding for each era of the protocol calls these.
import type { Outcome, Services } from "../call/call.ts";
import type { Tool } from "../discovery/advertised.ts";
import type { Library } from "../discovery/library.ts";
import type { Registry } from "../discovery/registry.ts";
import { isOwn } from "../discovery/tools.ts";
import type { Brought } from "../guard/question.ts";
import type { Prompt } from "../model/prompt.ts";
import { begin } from "../text/bounded.ts";
import { RequestError } from "./errors.ts";

export interface HandlerOptions {
  registry: Registry;
  /** Loads models and client; called at the first call of an action, once. */
  services: () => Promise<Services>;
  /** Loads what FindActions and DescribeAction read; called when one of them is first called, once. */
  library: () => Promise<Library>;
  prompts: () => Promise<readonly Prompt[]>;
}
export interface ToolCall {
  name: string;
  args: Record<string, unknown>;
  /** The client's name, as it gave it. */
  client: string;
  /** Whether the client can show a question. */
  canAsk: boolean;
  /** The answer to the question that this very call led to before. */
  brought: Extract<Brought, { state: string }> | undefined;
  /** The call was cancelled. */
  signal: AbortSignal;
  /** Nobody waits for the answer any more; what was sent runs to its end. */
  over: AbortSignal;
  /** Told how it goes on. */
  tell: (state: string) => void;
}
export interface Handlers {
  /** Read by the agent at connection. */
  instructions: string;
  tools: () => readonly Tool[];
  /** @throws RequestError where there is no such tool */
  call: (call: ToolCall) => Promise<Outcome>;
  prompts: () => Promise<Omit<Prompt, "text">[]>;
  /** @throws RequestError where there is no such prompt, or an argument is missing */
  prompt: (name: string, given: Record<string, string>) => Promise<{ description: string; text: string }>;
}

export function createHandlers({ registry, services, library, prompts }: HandlerOptions): Handlers {
  const names = new Set(registry.tools.map((tool) => tool.name));
  return {
    instructions: [...registry.instructions, ...registry.notes].join("\n"),
    tools: () => registry.tools,
    async call({ name, args, ...around }) {
      if (!names.has(name)) throw new RequestError(registry.whyNot(name));
      let meant = { name, args };
      if (isOwn(name)) {
        const { runOwn } = await import("../discovery/run.ts");
        const outcome = await runOwn(name, args, registry, library);
        if ("result" in outcome) return outcome;
        meant = outcome.meant;
      }
      const [{ call }, ready] = await Promise.all([import("../call/call.ts"), services()]);
      return call(ready, { ...meant, ...around });
    },
    prompts: async () => (await prompts()).map(({ text: _, ...prompt }) => prompt),
    async prompt(name, given) {
      const all = await prompts();
      const prompt = all.find((one) => one.name === name);
      if (!prompt)
        throw new RequestError(
          `There is no prompt ${begin(name, 100)}; there are ${all.map((one) => one.name).join(", ")}.`,
        );
      const missing = prompt.arguments.filter(({ name, required }) => required && !given[name]).map(({ name }) => name);
      if (missing.length > 0) throw new RequestError(`Prompt ${name} needs ${missing.join(", ")}.`);
      return { description: prompt.description, text: [prompt.text(given), ...registry.notes].join("\n\n") };
    },
  };
}
