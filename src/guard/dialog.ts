// The client's own dialog (MCP elicitation): what it shows, and what its answer means.
import type { ElicitRequestFormParams, ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { Refusal } from "../model/errors.ts";
import { visible } from "./preview.ts";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

/** Shows the dialog and resolves with its answer; undefined where the client has none. */
export type Elicit = (form: ElicitRequestFormParams, timeout: number) => Promise<ElicitResult>;

// A field is always required: some clients accept a dialog without one on their own.
const FIELD = "confirm";

export function form(message: string, expects: string | true): ElicitRequestFormParams {
  const field =
    expects === true
      ? { type: "boolean" as const, title: "Carry out this change", description: "Tick to agree." }
      : {
          type: "string" as const,
          title: `Type ${visible(expects)} to confirm`,
          description: "Exactly as written; anything else changes nothing.",
        };
  return {
    mode: "form",
    message,
    requestedSchema: { type: "object", properties: { [FIELD]: field }, required: [FIELD] },
  };
}

/** @throws Refusal unless the person sent the form off. What they entered is for the verdict to judge. */
export async function ask(
  elicit: Elicit,
  message: string,
  expects: string | true,
  digest: string,
  now: () => number,
): Promise<Proof> {
  const expires = now() + PROOF_LIFETIME;
  let answer: ElicitResult;
  try {
    answer = await elicit(form(message, expects), PROOF_LIFETIME);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`the confirmation dialog brought no answer (${reason})`);
  }
  if (answer.action === "decline") throw new Refusal("the person declined");
  if (answer.action !== "accept") throw new Refusal("the person closed the dialog");
  return { channel: "elicit", digest, preview: message, expires, used: false, entered: answer.content?.[FIELD] };
}
