// The shape of the list of tools that is made at build time. Imports nothing, so that start-up stays light.
import type { Effect } from "../model/action.ts";

export type Schema = { [key: string]: unknown };
export interface Tool {
  name: string;
  description: string;
  inputSchema: { type: "object"; properties: Record<string, Schema>; required?: string[] };
  annotations: { readOnlyHint: boolean; destructiveHint?: boolean; idempotentHint?: boolean; openWorldHint: boolean };
}
export interface Listed {
  toolset: string;
  /** Named sets that it is in. */
  sets: string[];
  effect: Effect;
  tool: Tool;
}

/** Parameters of the machine's own that stand beside an action's. */
/** Its name says it all, and it stands in every tool. */
export const regionParameter = { type: "string" };
export const ticketParameter = { type: "string", description: "From the first answer" };
export const profileParameter = { type: "string", description: "Account" };
