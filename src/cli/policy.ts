// ckafka-mcp policy explain ACTION [JSON] --policy FILE: which rule decides about a call, without making it.
import { apart } from "../call/around.ts";
import { parse } from "../call/parse.ts";
import { openPolicy } from "../guard/policy/file.ts";
import { fits, type Policy, readPolicy } from "../guard/policy/policy.ts";
import { assess, type ChangeRisk } from "../guard/risk.ts";
import { kindsOf } from "../model/catalogue.ts";
import { InputError, UsageError } from "../model/errors.ts";
import { nearest } from "../text/nearest.ts";
import { parseWritten, WrittenError } from "../text/written.ts";
import type { Command } from "./context.ts";
import { readOptions } from "./options.ts";

const USAGE = "ckafka-mcp policy explain ACTION [JSON] --policy FILE [--region REGION] [--profile NAME] [--read-only]";

export const policy: Command = async ({ argv, env, advertised, parts, write }) => {
  const [word, name, ...rest] = argv;
  if (word !== "explain" || !name || name.startsWith("-")) throw new UsageError(`policy takes: ${USAGE}`);
  const given = rest[0]?.trimStart().startsWith("{") ? rest.shift() : undefined;
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
    if (given === undefined && action.effect !== "read" && action.input.safeParse({}).success === false) {
      const rules = readPolicy(options.policy, Object.keys(kindsOf(catalogue)));
      write(inGeneral(name, catalogue.entries.get(name)?.toolset ?? "", rules, options.readOnly));
      return 0;
    }
    const { around, input: own } = apart(parseWritten(given ?? "{}") as Record<string, unknown>);
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
    if (error instanceof WrittenError) throw new UsageError(`the arguments ${error.message.replace(/^is /, "are ")}`);
    throw error;
  }
};

/** "write, bills" or "destroy: loses, final". */
function inWords({ level, stakes }: ChangeRisk): string {
  const qualities = Object.keys(stakes).join(", ");
  return `${level}${qualities ? `${level === "write" ? ", " : ": "}${qualities}` : ""}`;
}

/** What could decide about an action, when nothing is known of its arguments. */
function inGeneral(
  name: string,
  toolset: string,
  { rules, protected: kept, limits }: Policy,
  readOnly: boolean,
): string {
  if (readOnly) return `${name} is refused: --read-only, which no policy loosens.\n`;
  const could = rules.flatMap(({ effect, why, actions, toolsets, ...conditions }, index) => {
    if ((actions && !fits(actions, name)) || (toolsets && !fits(toolsets, toolset))) return [];
    const where = Object.entries(conditions).map(([field, wanted]) => `${field} ${[wanted].flat().join(", ")}`);
    const when = where.length > 0 ? `where it is about ${where.join("; ")}` : "whatever its arguments";
    return [`  rule ${index + 1} (${effect}) ${when}${why ? `: ${why}` : ""}\n`];
  });
  const guarded = Object.entries(kept).map(
    ([kind, names]) => `  refused where it is about ${kind} ${[names].flat().join(", ")}\n`,
  );
  if (limits.billing === "never") guarded.push("  refused where it costs or refunds money\n");
  if (limits.changesPerMinute !== undefined)
    guarded.push(`  refused after ${limits.changesPerMinute} changes within a minute\n`);
  const order = "A deny that fits wins, else the first that fits; where none does, a person is asked.";
  return `${name} without arguments: what decides depends on them. It could be:\n${guarded.join("")}${could.join("") || "  no rule\n"}${order}\n`;
}
