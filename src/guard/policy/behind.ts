// The names behind names: a task reads topics and a connection leads to an instance that a call does not give.
import type { Catalogue } from "../../model/catalogue.ts";
import { CloudError, isMissing } from "../../model/errors.ts";
import { type Named, namesIn } from "../../model/leaves.ts";
import type { Service } from "../../model/service.ts";
import type { Proposal } from "../proposal.ts";

/** Reads for one call; what is named beyond that cannot be told. */
const MOST = 50;

/**
 * What stands behind names, and behind that, as far as reads tell it.
 * @param kinds what the policy speaks of: where a read fails, every name of them can be behind it
 */
export async function namesBehind(
  { entries }: Pick<Catalogue, "entries">,
  behind: Service["behind"],
  names: readonly Named[],
  kinds: readonly string[],
  read: Proposal["read"],
): Promise<Named[]> {
  const found: Named[] = [];
  const seen = new Set<string>();
  const unknown = kinds.map((kind): Named => ({ kind, name: "", covers: "all" }));
  const open = [...names];
  for (let next = open.shift(); next; next = open.shift()) {
    const how = Object.hasOwn(behind ?? {}, next.kind) ? behind?.[next.kind] : undefined;
    const key = JSON.stringify([next.kind, next.name]);
    if (!how || seen.has(key)) continue;
    seen.add(key);
    const output = entries.get(how.action)?.action.output;
    if (!output || next.covers !== "name" || seen.size > MOST) {
      found.push(...unknown);
      continue;
    }
    try {
      const more = namesIn(output, await read(how.action, { [how.parameter]: next.name }));
      found.push(...more);
      open.push(...more);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      // Behind what is not there stands nothing; what cannot be looked at can lead anywhere.
      if (!isMissing(error)) found.push(...unknown);
    }
  }
  return found;
}
