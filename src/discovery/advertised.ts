// The shape of the list of tools that is made at build time. Imports nothing, so that start-up stays light.
import type { Effect } from "../model/action.ts";
import type { Examples } from "../model/catalogue.ts";

export type Schema = { [key: string]: unknown };
export interface Tool {
  name: string;
  description: string;
  inputSchema: { type: "object"; properties: Record<string, Schema>; required?: string[] };
  annotations: { readOnlyHint: boolean; destructiveHint?: boolean; idempotentHint?: boolean; openWorldHint: boolean };
}
export interface Listed {
  toolset: string;
  service: string;
  /** Offered only where it is asked for by name. */
  optIn?: boolean;
  /** Named sets that it is in. */
  sets: string[];
  effect: Effect;
  tool: Tool;
}

export interface Advertised {
  regions: readonly string[];
  services: {
    name: string;
    /** For the agent: what it is for and how to work with it. */
    instructions: readonly string[];
    /** A parameter that almost every action of it takes. */
    within: string;
  }[];
  examples: Examples;
  listed: readonly Listed[];
}

/** Parameters of the machine's own that stand beside an action's. */
/** Its name says it all, and it stands in every tool. */
export const regionParameter = { type: "string" };
export const ticketParameter = { type: "string", description: "From the first answer" };
export const profileParameter = { type: "string", description: "Account" };
