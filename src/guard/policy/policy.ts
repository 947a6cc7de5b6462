// Rules that a person wrote beforehand: what runs without asking, what is asked, what nobody may do. Pure but for reading
// the file.
import { z } from "zod/v3";
import type { Holder } from "../../model/service.ts";
import { globFits } from "../../text/glob.ts";
import { nearest } from "../../text/nearest.ts";
import { readJsonFile, WrittenError } from "../../text/written.ts";
import type { Risk } from "../risk.ts";

const patterns = z.array(z.string().min(1)).min(1);
const RISKS = ["write", "destroy", "bills"] as const;

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
            .describe("What the change may be; bills is any that costs or refunds."),
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
    content = readJsonFile(file);
  } catch (error) {
    throw error instanceof WrittenError ? new PolicyError(`policy ${file} ${error.message}`) : error;
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
  risk: Exclude<Risk, { level: "read" }>;
  /** Names that the call gives, by kind. */
  names: Record<string, string[]>;
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
    const hit = names[kind]?.find((name) => fits(guarded, name));
    if (hit !== undefined) return { effect: "deny", by: `the policy protects ${kind} ${hit}` };
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

type Rule = Policy["rules"][number];
/** A deny fits when any of the names does; to be let through or asked about, all of them have to. */
function applies(rule: Rule, { action, toolset, region, profile, risk, names }: Change): boolean {
  const { effect, why: _, actions, toolsets, regions, profiles, risk: risks, ...kinds } = rule;
  if (actions && !fits(actions, action)) return false;
  if (toolsets && !fits(toolsets, toolset)) return false;
  if (regions && !fits(regions, region)) return false;
  if (profiles && !fits(profiles, profile)) return false;
  if (risks && !risks.some((one) => (one === "bills" ? risk.bills : one === risk.level))) return false;
  return Object.entries(kinds as Record<string, string[] | undefined>).every(([kind, wanted]) => {
    if (wanted === undefined) return true;
    const given = names[kind] ?? [];
    const all =
      effect === "deny" ? given.some((name) => fits(wanted, name)) : given.every((name) => fits(wanted, name));
    return given.length > 0 && all;
  });
}

export function fits(wanted: string[], name: string): boolean {
  return wanted.some((pattern) => globFits(pattern, name));
}

/** The names that a call gives, by kind, however deep they stand. @param kinds kind → parameters that hold its name */
export function namesIn(input: unknown, kinds: Record<string, readonly Holder[]>): Record<string, string[]> {
  const found: Record<string, string[]> = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  const visit = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      for (const [kind, holders] of Object.entries(kinds))
        if (holders.some((holder) => holds(holder, key, value))) found[kind]?.push(...[item].flat().flatMap(split));
      visit(item);
    }
  };
  visit(input);
  return found;
}

const holds = (holder: Holder, key: string, around: object): boolean =>
  typeof holder === "string"
    ? holder === key
    : holder.parameter === key && holder.values.includes((around as Record<string, unknown>)[holder.beside]);

/** Some parameters take several names in one text, with commas between them or as a list in JSON. */
function split(text: unknown): string[] {
  if (typeof text !== "string") return [];
  return text
    .replace(/^\s*\[|\]\s*$/g, "")
    .split(",")
    .map((name) => name.trim().replace(/^"(.*)"$/s, "$1"))
    .filter(Boolean);
}
