// A question of the guard as an MCP elicitation, and its answer back.
import type { ElicitRequestFormParams } from "@modelcontextprotocol/sdk/types.js";
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

/** @throws where the client's answer is none */
export function answeredBy({ action, content }: Record<string, unknown>): Answered {
  if (action === "decline" || action === "cancel") return { action };
  if (action !== "accept") throw new Error("the client's answer says neither accept nor decline nor cancel");
  const entered = typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  return { action, entered: Object.hasOwn(entered, FIELD) ? entered[FIELD] : undefined };
}
