// Rules that a person wrote beforehand: what runs without asking, what is asked, what nobody may do. Pure but for reading
// the file.
import { readFileSync } from "node:fs";
import { z } from "zod/v3";
import type { Named } from "../../model/leaves.ts";
import { QUALITIES } from "../../model/preview.ts";
import { nearest } from "../../text/nearest.ts";
import type { ChangeRisk } from "../risk.ts";

const patterns = z.array(z.string().min(1)).min(1);
/** Qualities, and destroy for whatever loses, opens or cannot be undone; write for a change that has none of them. */
const RISKS = ["write", "destroy", ...QUALITIES] as const;

/** @param kinds what names in a call can be of, like a topic; from the catalogue */
export function policyModel(kinds: string[]) {
  const named = Object.fromEntries(
    kinds.map((kind) => [kind, patterns.optional().describe(`Names of ${kind}s; * stands for anything.`)]),
  );
  return z.strictObject({
    $schema: z.string().optional(),
    rules: z
      .array(
        z.strictObject({
          effect: z
            .enum(["allow", "ask", "deny"])
            .describe("allow runs without asking, ask asks a person, deny refuses."),
          why: z.string().optional().describe("Told to whoever is refused."),
          actions: patterns.optional().describe("Names of actions; * stands for anything."),
          toolsets: patterns.optional(),
          regions: patterns.optional(),
          profiles: patterns.optional(),
          risk: z
            .array(z.enum(RISKS))
            .min(1)
            .optional()
            .describe(
              "allow and ask fit where every quality of the change is named, deny where one is: loses, opens (somebody gains access), final (cannot be undone), bills; destroy is any of the first three, write a change with none.",
            ),
          ...named,
        }),
      )
      .default([])
      .describe("A deny that fits wins, wherever it stands; else the first rule that fits; else a person is asked."),
    protected: z.strictObject(named).default({}).describe("Names that nothing may change, whatever the rules say."),
    limits: z
      .strictObject({
        changesPerMinute: z.number().int().min(0).optional(),
        billing: z.literal("never").optional().describe("Nothing that costs or refunds money."),
      })
      .default({}),
  });
}
export type Policy = z.output<ReturnType<typeof policyModel>>;

/** A policy that cannot be used; it stops the start. */
export class PolicyError extends Error {}

/** @throws PolicyError */
export function readPolicy(file: string, kinds: string[]): Policy {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new PolicyError(
      `policy ${file} ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}: ${(error as Error).message}`,
    );
  }
  const model = policyModel(kinds);
  const result = model.safeParse(content);
  if (result.success) return result.data;
  const known = [
    ...Object.keys(model.shape),
    "changesPerMinute",
    "billing",
    "effect",
    "why",
    "actions",
    "toolsets",
    "regions",
    "profiles",
    "risk",
    ...kinds,
  ];
  const problems = result.error.issues.map((issue) => {
    const where = issue.path.join(".") || "the whole";
    if (issue.code !== "unrecognized_keys") return `${where}: ${issue.message}`;
    return issue.keys
      .map(
        (key) =>
          `${where}: unknown field ${key}${nearest(key, known) ? ` (did you mean ${nearest(key, known)}?)` : ""}`,
      )
      .join("; ");
  });
  throw new PolicyError(`policy ${file} is not valid: ${problems.slice(0, 3).join("; ")}`);
}

/** What a policy is asked about. */
export interface Change {
  action: string;
  toolset: string;
  region: string;
  profile: string;
  risk: Pick<ChangeRisk, "level" | "bills" | "stakes">;
  /** Names that the call gives. */
  names: readonly Named[];
  /** Changes carried out in the last minute. */
  lately: number;
}
export interface Decision {
  effect: "allow" | "ask" | "deny";
  /** Which part of the policy decides, for people. */
  by: string;
}

export function decide(policy: Policy, change: Change): Decision {
  const { names, risk, lately } = change;
  for (const [kind, guarded] of Object.entries(policy.protected as Record<string, string[]>)) {
    const hit = names.find((named) => named.kind === kind && meets(guarded, named));
    if (hit) return { effect: "deny", by: `the policy protects ${kind} ${said(hit)}` };
  }
  const { changesPerMinute, billing } = policy.limits;
  if (billing === "never" && risk.bills)
    return { effect: "deny", by: "the policy allows nothing that costs or refunds money" };
  const fitting = policy.rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => applies(rule, change));
  const deciding = fitting.find(({ rule }) => rule.effect === "deny") ?? fitting[0];
  if (deciding?.rule.effect !== "deny" && changesPerMinute !== undefined && lately >= changesPerMinute)
    return { effect: "deny", by: `the policy allows ${changesPerMinute} changes a minute; wait before the next` };
  if (!deciding) return { effect: "ask", by: "no rule of the policy fits, so a person is asked" };
  const { rule, index } = deciding;
  return {
    effect: rule.effect,
    by: `rule ${index + 1} of the policy (${rule.effect})${rule.why ? `: ${rule.why}` : ""}`,
  };
}

/** The rule that denies a read, if one does. A rule with a word of risk is about changes. */
export function denied(policy: Policy, read: Omit<Change, "risk" | "lately">): Decision | undefined {
  const none = { level: "write", bills: false, stakes: {} } as const;
  const index = policy.rules.findIndex(
    (rule) => rule.effect === "deny" && !rule.risk && applies(rule, { ...read, risk: none, lately: 0 }),
  );
  const why = policy.rules[index]?.why;
  return index < 0
    ? undefined
    : { effect: "deny", by: `rule ${index + 1} of the policy (deny)${why ? `: ${why}` : ""}` };
}

type Rule = Policy["rules"][number];
/** A deny fits when any of the names does; to be let through or asked about, all of them have to. */
function applies(rule: Rule, { action, toolset, region, profile, risk, names }: Change): boolean {
  const { effect, why: _, actions, toolsets, regions, profiles, risk: risks, ...kinds } = rule;
  if (actions && !fits(actions, action)) return false;
  if (toolsets && !fits(toolsets, toolset)) return false;
  if (regions && !fits(regions, region)) return false;
  if (profiles && !fits(profiles, profile)) return false;
  if (risks && !(effect === "deny" ? touched(risk, risks) : covered(risk, risks))) return false;
  return Object.entries(kinds as Record<string, string[] | undefined>).every(([kind, wanted]) => {
    if (wanted === undefined) return true;
    const given = names.filter((named) => named.kind === kind);
    const all =
      effect === "deny" ? given.some((named) => meets(wanted, named)) : given.every((named) => contains(wanted, named));
    return given.length > 0 && all;
  });
}

type Word = (typeof RISKS)[number];
/** What a change is, in the words of policies. */
function qualitiesOf({ level, stakes }: Change["risk"]): Word[] {
  const found = QUALITIES.filter((quality) => stakes[quality]);
  return level === "write" ? ["write", ...found] : found;
}
const means = (word: Word, quality: Word) =>
  word === quality || (word === "destroy" && ["loses", "opens", "final"].includes(quality));
const covered = (risk: Change["risk"], words: readonly Word[]) =>
  qualitiesOf(risk).every((quality) => words.some((word) => means(word, quality)));
const touched = (risk: Change["risk"], words: readonly Word[]) =>
  qualitiesOf(risk).some((quality) => words.some((word) => means(word, quality)));

const said = ({ name, covers }: Named) =>
  covers === "all" ? "(all of them)" : covers === "name" ? name : `${name} (a ${covers})`;

/** Whether a name in a call can mean something that a pattern fits. What cannot be told counts as a hit. */
export function meets(patterns: string[], { name, covers }: Named): boolean {
  if (covers === "name") return fits(patterns, name);
  if (covers === "all") return true;
  return patterns.some((pattern) => {
    const [literal = ""] = pattern.split("*");
    if (covers === "prefix") return literal.startsWith(name) || (pattern.includes("*") && name.startsWith(literal));
    return pattern.includes("*") || matchesExpression(name, pattern);
  });
}
/** Whether everything that a name in a call can mean is within the patterns. */
function contains(patterns: string[], { name, covers }: Named): boolean {
  if (covers === "name") return fits(patterns, name);
  return patterns.some((pattern) => {
    const literal = pattern.slice(0, -1);
    if (!pattern.endsWith("*") || literal.includes("*")) return false;
    return literal === "" || (covers === "prefix" && name.startsWith(literal));
  });
}
/** @param expression as the API takes it; one that cannot be read counts as a hit */
function matchesExpression(expression: string, name: string): boolean {
  try {
    return new RegExp(expression).test(name);
  } catch {
    return true;
  }
}

export function fits(wanted: string[], name: string): boolean {
  return wanted.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
  });
}
