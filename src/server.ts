// MCP over a transport: the list of tools, calls, prompts. Low-level handlers, because the list is made once, at build time.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  type CallToolRequest,
  CallToolRequestSchema,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListToolsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { Services } from "./call.ts";
import type { Elicit } from "./guard/dialog.ts";
import { type Listed, profileParameter, type Tool, ticketParameter } from "./listed.ts";

export interface ServerOptions {
  version: string;
  instructions: string;
  listed: Listed[];
  readOnly: boolean;
  /** Whether a change carries a ticket as its confirmation. */
  tickets: boolean;
  /** Several give every tool a Profile parameter. */
  profiles: string[];
  /** Loads models and client; called at the first tool call, once. */
  services: () => Promise<Services>;
}
export interface Served {
  server: Server;
  /** The client is gone: no dialog will be answered any more. Resolves when the calls under way have ended. */
  finish: () => Promise<void>;
}

/** An error that the SDK passes on as it is; McpError would put its prefix before the message a second time. */
const rpcError = (message: string) => Object.assign(new Error(message), { code: ErrorCode.InvalidParams });

export function createServer(options: ServerOptions): Served {
  const server = new Server(
    { name: "ckafka-mcp", version: options.version },
    { capabilities: { tools: {}, prompts: {} }, instructions: options.instructions },
  );
  const tools = offered(options);
  const names = new Set(tools.map((tool) => tool.name));
  const gone = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));

  const callTool = async ({ params }: CallToolRequest, signal: AbortSignal) => {
    if (!names.has(params.name)) throw rpcError(await unknownTool(params.name, options));
    const [{ call }, services] = await Promise.all([import("./call.ts"), options.services()]);
    const elicit: Elicit | undefined = server.getClientCapabilities()?.elicitation?.form
      ? (form, timeout) =>
          server.request({ method: "elicitation/create", params: form }, ElicitResultSchema, {
            timeout,
            signal: AbortSignal.any([signal, gone.signal]),
          })
      : undefined;
    return call(services, { name: params.name, args: params.arguments ?? {}, elicit, signal });
  };
  server.setRequestHandler(CallToolRequestSchema, (request, { signal }) => {
    const running = callTool(request, signal).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  });

  server.setRequestHandler(ListPromptsRequestSchema, async () => {
    const { prompts } = await import("../prompts/index.ts");
    return { prompts: prompts.map(({ text: _, ...prompt }) => prompt) };
  });

  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const { prompts } = await import("../prompts/index.ts");
    const prompt = prompts.find(({ name }) => name === params.name);
    if (!prompt)
      throw rpcError(`There is no prompt ${params.name}; there are ${prompts.map(({ name }) => name).join(", ")}.`);
    const given = params.arguments ?? {};
    const missing = prompt.arguments.filter(({ name, required }) => required && !given[name]).map(({ name }) => name);
    if (missing.length > 0) throw rpcError(`Prompt ${params.name} needs ${missing.join(", ")}.`);
    return {
      description: prompt.description,
      messages: [{ role: "user", content: { type: "text", text: prompt.text(given) } }],
    };
  });

  const finish = async () => {
    gone.abort();
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  return { server, finish };
}

/** What this server lists: under --read-only no changes, in ticket mode changes with a Ticket, with several profiles a choice. */
function offered({ listed, readOnly, tickets, profiles }: ServerOptions): Tool[] {
  return listed
    .filter(({ effect }) => !readOnly || effect === "read")
    .map(({ effect, tool }) => {
      const { properties, required = [] } = tool.inputSchema;
      const ticket = tickets && effect !== "read" ? { Ticket: ticketParameter } : {};
      const profile = profiles.length > 1 ? { Profile: { ...profileParameter, enum: profiles } } : {};
      if (!ticket.Ticket && !profile.Profile) return tool;
      const schema = { ...tool.inputSchema, properties: { ...properties, ...profile, ...ticket } };
      return { ...tool, inputSchema: profile.Profile ? { ...schema, required: [...required, "Profile"] } : schema };
    });
}

async function unknownTool(name: string, { listed, readOnly }: ServerOptions): Promise<string> {
  if (readOnly && listed.some(({ tool }) => tool.name === name))
    return `${name} changes something and is not offered: this server was started with --read-only.`;
  const { nearest } = await import("./nearest.ts");
  const near = nearest(
    name,
    listed.map(({ tool }) => tool.name),
  );
  return `There is no tool ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : "; tools/list has them all."}`;
}
