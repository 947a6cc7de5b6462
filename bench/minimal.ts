// The smallest server of the same SDK that serves the same list, bundled the same way: what start-up is measured against.
import { readFileSync } from "node:fs";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const tools = (
  JSON.parse(readFileSync(process.argv[2] as string, "utf8")) as { listed: { tool: object }[] }
).listed.map(({ tool }) => tool);
const server = new Server({ name: "minimal", version: "0.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }) as never);
await server.connect(new StdioServerTransport());
