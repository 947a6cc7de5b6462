// What the list of tools costs in an agent's context.
import { readFileSync } from "node:fs";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import type { Advertised } from "../src/discovery/advertised.ts";
import { LIST } from "./process.ts";
import { heading, line } from "./report.ts";

export function measureTokens() {
  const { listed } = JSON.parse(readFileSync(LIST, "utf8")) as Advertised;
  const tokens = listed
    .map(({ tool: { name, description, inputSchema } }) => ({
      name,
      tokens: encode(JSON.stringify({ name, description, inputSchema })).length,
    }))
    .sort((a, b) => b.tokens - a.tokens);
  const total = tokens.reduce((sum, t) => sum + t.tokens, 0);
  heading("Tokens of tools/list (o200k: name, description, input schema)");
  line(`all ${tokens.length} tools`, String(total), "aim: at most 14,000");
  line("mean per tool", (total / tokens.length).toFixed(1), "aim: at most 130");
  line("largest", `${tokens[0]?.tokens}`, `${tokens[0]?.name}; aim: at most 600`);
  console.log(`\n  ${tokens.map((t) => `${t.name} ${t.tokens}`).join(", ")}`);
}
