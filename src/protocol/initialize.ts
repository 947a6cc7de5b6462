// The binding for clients that open with `initialize` (revisions up to 2025-11-25). The SDK's own schemas see no request but
// the first: they refuse with dumps, drop keys that they do not like, and judge every result twice.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  ErrorCode,
  type JSONRPCRequest,
  ResultSchema,
  type ServerNotification,
  type ServerRequest,
  type ServerResult,
} from "@modelcontextprotocol/sdk/types.js";
import type { Answered, Question } from "../guard/question.ts";
import { begin } from "../text/bounded.ts";
import { asking } from "./asking.ts";
import { RequestError } from "./errors.ts";
import type { Handlers } from "./handlers.ts";
import { argumentsOf, nameOf, textsOf } from "./params.ts";

export interface Served {
  server: Server;
  /** The client sends nothing more: no dialog will be answered. Resolves when the calls under way have been. */
  finish: () => Promise<void>;
  /** Nobody reads an answer any more. Resolves when what was sent has run to its end and all else was dropped. */
  abandon: (why: Error) => Promise<void>;
}

/** How often a client hears that a dialog is still open, so that it does not give the call up. */
const KEEP_ALIVE = 10_000;

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
type Params = Record<string, unknown>;

export function createServer(handlers: Handlers, version: string): Served {
  const server = new Server(
    { name: "ckafka-mcp", version },
    { capabilities: { tools: {}, prompts: {} }, instructions: handlers.instructions },
  );
  const [silent, gone] = [new AbortController(), new AbortController()];
  const underWay = new Set<Promise<unknown>>();

  const callTool = (params: Params, extra: Extra) => {
    const came = performance.now();
    const progressToken = extra._meta?.progressToken;
    const tell = (message: string) => {
      if (progressToken === undefined || silent.signal.aborted) return;
      // It may only grow, which time does.
      const params = { progressToken, progress: (performance.now() - came) / 1000, message };
      extra.sendNotification({ method: "notifications/progress", params }).catch((error) => server.onerror?.(error));
    };
    const signal = AbortSignal.any([extra.signal, gone.signal]);
    const over = AbortSignal.any([signal, silent.signal]);
    const show = async (question: Question): Promise<Answered> => {
      const { answeredBy, formOf, LIFETIME } = await import("./form.ts");
      const waiting = setInterval(() => tell("waiting for the person's answer"), KEEP_ALIVE);
      const request = { method: "elicitation/create" as const, params: formOf(question) };
      const answer = server.request(request, ResultSchema, { timeout: LIFETIME, signal: over });
      return answeredBy(await answer.finally(() => clearInterval(waiting)));
    };
    const client = server.getClientVersion()?.name ?? "unknown";
    const canAsk = server.getClientCapabilities()?.elicitation?.form !== undefined;
    const request = { name: nameOf(params), args: argumentsOf(params), client, canAsk, signal, over, tell };
    return asking((brought) => handlers.call({ ...request, brought }), show);
  };
  const getPrompt = async (params: Params): Promise<ServerResult> => {
    const { description, text } = await handlers.prompt(nameOf(params), textsOf(argumentsOf(params)));
    return { description, messages: [{ role: "user", content: { type: "text", text } }] };
  };
  const methods: Record<string, (params: Params, extra: Extra) => Promise<ServerResult>> = {
    "tools/list": async () => ({ tools: [...handlers.tools()] }) as ServerResult,
    "tools/call": callTool,
    "prompts/list": async () => ({ prompts: await handlers.prompts() }),
    "prompts/get": getPrompt,
  };
  server.fallbackRequestHandler = (request: JSONRPCRequest, extra: Extra) => {
    const method = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
    if (!method) throw coded(ErrorCode.MethodNotFound, `There is no method ${begin(request.method, 100)}.`);
    const running = answered(method, request, extra).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  };

  const ended = async () => {
    while (underWay.size > 0) await Promise.allSettled(underWay);
    // The SDK sends an answer some steps after it was there.
    await new Promise(setImmediate);
  };
  return {
    server,
    finish() {
      silent.abort(new Error("the client has gone"));
      return ended();
    },
    abandon(why) {
      silent.abort(why);
      gone.abort(why);
      return ended();
    },
  };
}

async function answered(
  method: (params: Params, extra: Extra) => Promise<ServerResult>,
  { params = {} }: JSONRPCRequest,
  extra: Extra,
): Promise<ServerResult> {
  try {
    return await method(params, extra);
  } catch (error) {
    throw error instanceof RequestError ? coded(ErrorCode.InvalidParams, error.message) : error;
  }
}

/** An error that the SDK passes on as it is; McpError would put its prefix before the message a second time. */
const coded = (code: ErrorCode, message: string) => Object.assign(new Error(message), { code });
