// A policy file, ready to be asked about changes of a catalogue.
import { type Catalogue, kindsOf, regionsOf } from "../../model/catalogue.ts";
import { UsageError } from "../../model/errors.ts";
import { namesIn } from "../../model/leaves.ts";
import type { Service } from "../../model/service.ts";
import { nearest } from "../../text/nearest.ts";
import type { Proposal } from "../proposal.ts";
import { namesBehind } from "./behind.ts";
import { type Change, type Decision, decide, denied, fits, type Policy, PolicyError, readPolicy } from "./policy.ts";

/** A rule about what does not exist would never fit, and its author would think that it does. @throws PolicyError */
function refuseUnknown(
  file: string,
  { rules }: Policy,
  known: Record<"actions" | "toolsets" | "regions", readonly string[]>,
) {
  for (const [index, rule] of rules.entries())
    for (const field of ["actions", "toolsets", "regions"] as const)
      for (const pattern of rule[field] ?? []) {
        if (known[field].some((name) => fits([pattern], name))) continue;
        const near = nearest(pattern, known[field]);
        throw new PolicyError(
          `policy ${file} is not valid: rules.${index}.${field}: nothing is called ${pattern}${near ? ` (did you mean ${near}?)` : ""}`,
        );
      }
}

/** The same of a name that can never be one of its kind: an instance goes by its id, whatever people call it. @throws PolicyError */
function refuseUnfitting(file: string, { rules, protected: guarded }: Policy, kinds: Service["kinds"]) {
  const parts = [["protected", guarded] as const, ...rules.map((rule, index) => [`rules.${index}`, rule] as const)];
  for (const [where, part] of parts)
    for (const [kind, { prefix = "" }] of Object.entries(kinds))
      for (const pattern of (part as Record<string, string[] | undefined>)[kind] ?? []) {
        const [literal = ""] = pattern.split("*");
        if (literal.startsWith(prefix) || (pattern.includes("*") && prefix.startsWith(literal))) continue;
        throw new PolicyError(
          `policy ${file} is not valid: ${where}.${kind}: ${pattern} can never fit: every ${kind} goes by an id that begins with ${prefix}`,
        );
      }
}

/** The kinds of names that a policy speaks of. */
const kindsIn = ({ rules, protected: guarded }: Policy, kinds: readonly string[]) =>
  kinds.filter((kind) => [guarded, ...rules].some((part) => (part as Record<string, unknown>)[kind] !== undefined));

/** What of a proposal the rules look at. */
type Asked = Pick<Proposal, "action" | "region" | "profile" | "input"> & Partial<Pick<Proposal, "read">>;
export interface Rules {
  /** What they say of a change with this risk, given how many others there were within the last minute. */
  change: (asked: Asked, risk: Change["risk"], lately: number) => Promise<Decision>;
  /** Reads run, unless a rule without a word of risk denies them. */
  read: (asked: Asked) => Decision | undefined;
}

/** @throws UsageError where the file cannot be used */
export function openPolicy(file: string, catalogue: Catalogue): Rules {
  const kinds = kindsOf(catalogue);
  const { entries } = catalogue;
  let policy: Policy;
  try {
    policy = readPolicy(file, Object.keys(kinds));
    refuseUnfitting(file, policy, kinds);
    refuseUnknown(file, policy, {
      actions: [...entries.keys()],
      toolsets: [...new Set([...entries.values()].map(({ toolset }) => toolset))],
      regions: regionsOf(catalogue),
    });
  } catch (error) {
    throw error instanceof PolicyError ? new UsageError(error.message) : error;
  }
  const askedOf = ({ action, region, profile, input }: Asked) => {
    const entry = entries.get(action);
    const names = [...(entry ? namesIn(entry.action.input, input) : []), ...(entry?.action.touches?.(input) ?? [])];
    return { action, toolset: entry?.toolset ?? "", region, profile, names };
  };
  const spoken = kindsIn(policy, Object.keys(kinds));
  /** What a call names, and what stands behind that: read only where the policy speaks of names at all. */
  const wholly = async (asked: Asked) => {
    const known = askedOf(asked);
    const behind = entries.get(asked.action)?.service.behind;
    if (spoken.length === 0 || !asked.read) return known;
    return {
      ...known,
      names: [...known.names, ...(await namesBehind(catalogue, behind, known.names, spoken, asked.read))],
    };
  };
  return {
    change: async (asked, risk, lately) => decide(policy, { ...(await wholly(asked)), risk, lately }),
    read: (asked) => denied(policy, askedOf(asked)),
  };
}
