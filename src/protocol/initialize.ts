// The binding for clients that open with `initialize` (revisions up to 2025-11-25). Low-level handlers, because the list of
// tools is made once, at build time.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  type CallToolRequest,
  CallToolRequestSchema,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListToolsRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from "@modelcontextprotocol/sdk/types.js";
import type { Answered, Question } from "../guard/question.ts";
import { asking } from "./asking.ts";
import { type Handlers, RequestError } from "./handlers.ts";

export interface Served {
  server: Server;
  /** The client is gone: no dialog will be answered any more. Resolves when the calls under way have ended. */
  finish: () => Promise<void>;
}

/** How often a client hears that a dialog is still open, so that it does not give the call up. */
const KEEP_ALIVE = 10_000;

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export function createServer(handlers: Handlers, version: string): Served {
  const server = new Server(
    { name: "ckafka-mcp", version },
    { capabilities: { tools: {}, prompts: {} }, instructions: handlers.instructions },
  );
  const gone = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...handlers.tools()] }));

  const callTool = async (
    { params: { name, arguments: args = {}, _meta } }: CallToolRequest,
    { signal, sendNotification }: Extra,
  ) => {
    const came = performance.now();
    const progressToken = _meta?.progressToken;
    const tell = (message: string) => {
      if (progressToken === undefined || gone.signal.aborted) return;
      // It may only grow, which time does.
      const params = { progressToken, progress: (performance.now() - came) / 1000, message };
      sendNotification({ method: "notifications/progress", params }).catch((error) => server.onerror?.(error));
    };
    const over = AbortSignal.any([signal, gone.signal]);
    const show = async (question: Question): Promise<Answered> => {
      const { answeredBy, formOf, LIFETIME } = await import("./form.ts");
      const waiting = setInterval(() => tell("waiting for the person's answer"), KEEP_ALIVE);
      const request = { method: "elicitation/create" as const, params: formOf(question) };
      const answer = server.request(request, ElicitResultSchema, { timeout: LIFETIME, signal: over });
      return answeredBy(await answer.finally(() => clearInterval(waiting)));
    };
    const client = server.getClientVersion()?.name ?? "unknown";
    const canAsk = server.getClientCapabilities()?.elicitation?.form !== undefined;
    return asking((brought) => handlers.call({ name, args, client, canAsk, brought, signal, over, tell }), show).catch(
      passOn,
    );
  };
  server.setRequestHandler(CallToolRequestSchema, (request, extra) => {
    const running = callTool(request, extra).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  });

  server.setRequestHandler(ListPromptsRequestSchema, async () => ({ prompts: await handlers.prompts() }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const { description, text } = await handlers.prompt(params.name, params.arguments ?? {}).catch(passOn);
    return { description, messages: [{ role: "user", content: { type: "text", text } }] };
  });

  const finish = async () => {
    gone.abort();
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  return { server, finish };
}

/** An error that the SDK passes on as it is; McpError would put its prefix before the message a second time. */
function passOn(error: unknown): never {
  throw error instanceof RequestError
    ? Object.assign(new Error(error.message), { code: ErrorCode.InvalidParams })
    : error;
}
