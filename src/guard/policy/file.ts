// A policy file, ready to be asked about changes of this catalogue.
import { catalogue } from "../../../tools/ckafka/index.ts";
import { UsageError } from "../../cli/options.ts";
import { nearest } from "../../text/nearest.ts";
import type { Proposal } from "../guard.ts";
import { type Decision, decide, fits, namesIn, type Policy, PolicyError, readPolicy } from "./policy.ts";

const MINUTE = 60_000;

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

/** What of a proposal the rules look at. */
type Asked = Pick<Proposal, "action" | "region" | "profile" | "input" | "risk">;

/** It counts what it has let through or to a person. @throws UsageError where the file cannot be used */
export function rules(file: string, now: () => number): (proposal: Asked) => Decision {
  const { kinds } = catalogue.product;
  const toolset = new Map(
    Object.entries(catalogue.toolsets).flatMap(([noun, of]) => Object.keys(of).map((name) => [name, noun])),
  );
  let policy: Policy;
  try {
    policy = readPolicy(file, Object.keys(kinds));
    refuseUnknown(file, policy, {
      actions: [...toolset.keys()],
      toolsets: Object.keys(catalogue.toolsets),
      regions: catalogue.product.regions,
    });
  } catch (error) {
    throw error instanceof PolicyError ? new UsageError(error.message) : error;
  }
  const seen = new Map<object, number>();
  return (proposal) => {
    const { action, region, profile, input, risk } = proposal;
    if (risk.level === "read") return { effect: "allow", by: "it reads only" };
    for (const [one, at] of seen) if (now() - at >= MINUTE) seen.delete(one);
    const lately = seen.size - (seen.has(proposal) ? 1 : 0);
    const names = namesIn(input, kinds);
    const decision = decide(policy, {
      action,
      toolset: toolset.get(action) ?? "",
      region,
      profile,
      risk,
      names,
      lately,
    });
    if (decision.effect !== "deny") seen.set(proposal, now());
    return decision;
  };
}
