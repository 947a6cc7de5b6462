// MCP over a transport: the list of tools, calls, prompts. Low-level handlers, because the list is made once, at build time.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  type CallToolRequest,
  CallToolRequestSchema,
  type CallToolResult,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListToolsRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from "@modelcontextprotocol/sdk/types.js";
import type { Services } from "../call/call.ts";
import type { Library } from "../discovery/library.ts";
import type { Registry } from "../discovery/registry.ts";
import { discovery } from "../discovery/tools.ts";
import type { Elicit } from "../guard/dialog.ts";

export interface ServerOptions {
  version: string;
  instructions: string;
  registry: Registry;
  /** Loads models and client; called at the first call of an action, once. */
  services: () => Promise<Services>;
  /** Loads what FindActions and DescribeAction read; called when one of them is first called, once. */
  library: () => Promise<Library>;
}
export interface Served {
  server: Server;
  /** The client is gone: no dialog will be answered any more. Resolves when the calls under way have ended. */
  finish: () => Promise<void>;
}

/** How often a client hears that a dialog is still open, so that it does not give the call up. */
const KEEP_ALIVE = 10_000;

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** An error that the SDK passes on as it is; McpError would put its prefix before the message a second time. */
const rpcError = (message: string) => Object.assign(new Error(message), { code: ErrorCode.InvalidParams });

export function createServer(options: ServerOptions): Served {
  const { registry } = options;
  const server = new Server(
    { name: "ckafka-mcp", version: options.version },
    { capabilities: { tools: {}, prompts: {} }, instructions: [options.instructions, ...registry.notes].join("\n") },
  );
  const names = new Set(registry.tools.map((tool) => tool.name));
  const gone = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: registry.tools }));

  const callTool = async (
    { params: { name, arguments: args = {}, _meta } }: CallToolRequest,
    { signal, sendNotification }: Extra,
  ) => {
    const came = performance.now();
    if (!names.has(name)) throw rpcError(registry.whyNot(name));
    const meant = await resolveOwn(name, args, registry, options.library);
    if ("content" in meant) return meant;
    const [{ call }, services] = await Promise.all([import("../call/call.ts"), options.services()]);
    const progressToken = _meta?.progressToken;
    const tell = (message: string) => {
      if (progressToken === undefined || gone.signal.aborted) return;
      // It may only grow, which time does.
      const params = { progressToken, progress: (performance.now() - came) / 1000, message };
      sendNotification({ method: "notifications/progress", params }).catch((error) => server.onerror?.(error));
    };
    const over = AbortSignal.any([signal, gone.signal]);
    const elicit: Elicit | undefined = server.getClientCapabilities()?.elicitation?.form
      ? async (form, timeout) => {
          const waiting = setInterval(() => tell("waiting for the person's answer"), KEEP_ALIVE);
          const params = { method: "elicitation/create" as const, params: form };
          return server
            .request(params, ElicitResultSchema, { timeout, signal: over })
            .finally(() => clearInterval(waiting));
        }
      : undefined;
    const client = server.getClientVersion()?.name ?? "unknown";
    return call(services, { ...meant, client, elicit, signal, over, tell });
  };
  server.setRequestHandler(CallToolRequestSchema, (request, extra) => {
    const running = callTool(request, extra).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  });

  server.setRequestHandler(ListPromptsRequestSchema, async () => {
    const { prompts } = await import("../../prompts/index.ts");
    return { prompts: prompts.map(({ text: _, ...prompt }) => prompt) };
  });

  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const { prompts } = await import("../../prompts/index.ts");
    const prompt = prompts.find(({ name }) => name === params.name);
    if (!prompt)
      throw rpcError(`There is no prompt ${params.name}; there are ${prompts.map(({ name }) => name).join(", ")}.`);
    const given = params.arguments ?? {};
    const missing = prompt.arguments.filter(({ name, required }) => required && !given[name]).map(({ name }) => name);
    if (missing.length > 0) throw rpcError(`Prompt ${params.name} needs ${missing.join(", ")}.`);
    const text = [prompt.text(given), ...registry.notes].join("\n\n");
    return {
      description: prompt.description,
      messages: [{ role: "user", content: { type: "text", text } }],
    };
  });

  const finish = async () => {
    gone.abort();
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  return { server, finish };
}

/** The machine's own tools answer at once or stand for an action; any other tool is its action. */
async function resolveOwn(
  name: string,
  args: Record<string, unknown>,
  registry: Registry,
  library: () => Promise<Library>,
): Promise<CallToolResult | { name: string; args: Record<string, unknown> }> {
  if (!OWN.has(name)) return { name, args };
  const { answerOwn } = await import("../discovery/run.ts");
  return answerOwn(name, args, registry, library);
}
const OWN = new Set(Object.values(discovery).map((tool) => tool.name));
