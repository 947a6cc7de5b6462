// The audit of a state directory, as somebody reads it later.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Line {
  event: string;
  action?: string;
  outcome?: string;
  arguments?: Record<string, unknown>;
}
/** Every line of every process; a last line that a kill cut off is left out. */
export function auditOf(stateDir: string): Line[] {
  const folder = join(stateDir, "audit");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1))
    .map((text) => JSON.parse(text));
}
