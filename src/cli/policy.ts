// ckafka-mcp policy explain ACTION [JSON] --policy FILE: which rule decides about a call, without making it.
import { apart } from "../call/around.ts";
import { parse } from "../call/parse.ts";
import { openPolicy } from "../guard/policy/file.ts";
import { assess, type ChangeRisk } from "../guard/risk.ts";
import { InputError, UsageError } from "../model/errors.ts";
import { nearest } from "../text/nearest.ts";
import type { Command } from "./context.ts";
import { readOptions } from "./options.ts";

const USAGE = "ckafka-mcp policy explain ACTION [JSON] --policy FILE [--region REGION] [--profile NAME] [--read-only]";

export const policy: Command = async ({ argv, env, advertised, parts, write }) => {
  const [word, name, ...rest] = argv;
  if (word !== "explain" || !name || name.startsWith("-")) throw new UsageError(`policy takes: ${USAGE}`);
  const given = rest[0]?.trimStart().startsWith("{") ? rest.shift() : "{}";
  const options = readOptions(rest, env, advertised().regions);
  if (typeof options === "string" || options.policy === undefined)
    throw new UsageError(`policy explain needs a file: ${USAGE}`);
  const catalogue = await parts.catalogue();
  const action = catalogue.entries.get(name)?.action;
  const near = nearest(name, catalogue.entries.keys());
  if (!action)
    throw new UsageError(`there is no action ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : ""}`);
  try {
    const decide = openPolicy(options.policy, catalogue);
    const { around, input: own } = apart(JSON.parse(given ?? "{}"));
    const input = parse(name, action, own);
    const risk = assess(action, input);
    const place = { action: name, region: String(around.Region ?? options.region ?? ""), profile: "default", input };
    const denied = risk.level === "read" ? decide.read(place) : undefined;
    if (denied) write(`${name} (read) is refused: ${denied.by}.\n`);
    else if (risk.level === "read") write(`${name} only reads, and no rule denies it: it runs.\n`);
    else {
      const region = around.Region === undefined ? options.region : String(around.Region);
      const profile = String(around.Profile ?? options.profiles[0] ?? "default");
      const { effect, by } = options.readOnly
        ? { effect: "deny" as const, by: "--read-only, which no policy loosens" }
        : await decide.change({ action: name, region: region ?? "", profile, input }, risk, 0);
      const verb = { allow: "runs without asking", ask: "is asked about", deny: "is refused" }[effect];
      write(`${name} (${inWords(risk)}) ${verb}: ${by}.\n`);
      if (region === undefined) write("No region was given (--region), so no rule by region fits.\n");
    }
    return 0;
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message);
    if (error instanceof SyntaxError) throw new UsageError(`the arguments are not JSON: ${error.message}`);
    throw error;
  }
};

/** "write, bills" or "destroy: loses, final". */
function inWords({ level, stakes }: ChangeRisk): string {
  const qualities = Object.keys(stakes).join(", ");
  return `${level}${qualities ? `${level === "write" ? ", " : ": "}${qualities}` : ""}`;
}
