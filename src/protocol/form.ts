// A question of the guard as an MCP elicitation, and its answer back.
import type { ElicitRequestFormParams, ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { labelOf } from "../guard/dialog.ts";
import type { Answered, Question } from "../guard/question.ts";
import { PROOF_LIFETIME } from "../guard/verdict.ts";

/** Milliseconds for which a question can be answered. */
export const LIFETIME = PROOF_LIFETIME;

// A field is always required: some clients accept a dialog without one on their own.
const FIELD = "confirm";

export function formOf({ message, expects }: Question): ElicitRequestFormParams {
  const field =
    expects === true
      ? { type: "boolean" as const, title: labelOf(expects), description: "Tick to agree.", default: false }
      : {
          type: "string" as const,
          title: labelOf(expects),
          description: "Exactly as written; anything else changes nothing.",
        };
  return {
    mode: "form",
    message,
    requestedSchema: { type: "object", properties: { [FIELD]: field }, required: [FIELD] },
  };
}

export const answeredBy = ({ action, content }: ElicitResult): Answered =>
  action === "accept" ? { action, entered: content?.[FIELD] } : { action };
