// A policy file, ready to be asked about changes of this catalogue.
import { catalogue } from "../tools/index.ts";
import type { Proposal } from "./guard/guard.ts";
import { type Decision, decide, namesIn, type Policy, PolicyError, readPolicy } from "./guard/policy.ts";
import { UsageError } from "./options.ts";

const MINUTE = 60_000;

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
