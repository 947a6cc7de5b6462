// ckafka-mcp tools [--json] [options]: what would be registered with these options.
import { createRegistry } from "../discovery/registry.ts";
import type { Command } from "./context.ts";
import { readOptions } from "./options.ts";

/** About; the benchmark counts exactly. */
const CHARACTERS_PER_TOKEN = 4;

export const tools: Command = async ({ argv, env, advertised, write }) => {
  const json = argv.includes("--json");
  const options = readOptions(
    argv.filter((word) => word !== "--json"),
    env,
    advertised().regions,
  );
  if (typeof options === "string") return 0;
  const registry = createRegistry(advertised(), { ...options, tickets: options.confirm === "ticket" });
  const nouns = new Map(advertised().listed.map(({ tool, toolset, effect }) => [tool.name, { toolset, effect }]));
  const rows = registry.tools.map(({ name, description, inputSchema, annotations }) => ({
    name,
    noun: nouns.get(name)?.toolset ?? "",
    effect: nouns.get(name)?.effect ?? (annotations.readOnlyHint ? "read" : "destroy"),
    tokens: Math.round(JSON.stringify({ name, description, inputSchema }).length / CHARACTERS_PER_TOKEN),
  }));
  if (json) write(`${JSON.stringify(rows)}\n`);
  else {
    const show = (name: string, noun: string, effect: string, tokens: string) =>
      write(`${name.padEnd(42)}${noun.padEnd(12)}${effect.padEnd(10)}${tokens.padStart(6)}\n`);
    show("Tool", "Toolset", "Effect", "Tokens");
    for (const { name, noun, effect, tokens } of rows) show(name, noun, effect, String(tokens));
    write(`${rows.length} tools, about ${rows.reduce((sum, row) => sum + row.tokens, 0)} tokens\n`);
  }
  return 0;
};
