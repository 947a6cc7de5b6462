// Asking the person at the client: what is asked, and what the answer means. How it is shown is the binding's own.
import { Refusal } from "../model/errors.ts";
import { visible } from "../text/visible.ts";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

export interface Question {
  message: string;
  /** What has to be entered: a tick, or this name. */
  expects: string | true;
}
export type Answered = { action: "accept"; entered: unknown } | { action: "decline" | "cancel" };
/** Shows the question and resolves with the answer. @param timeout milliseconds */
export type Ask = (question: Question, timeout: number) => Promise<Answered>;

/** What stands at the field in which the answer is entered. */
export const labelOf = (expects: Question["expects"]) =>
  expects === true ? "Carry out this change" : `Type ${visible(expects)} to confirm`;

/** @throws Refusal unless the person sent the form off. What they entered is for the verdict to judge. */
export async function askPerson(ask: Ask, question: Question, digest: string, now: () => number): Promise<Proof> {
  const expires = now() + PROOF_LIFETIME;
  let answer: Answered;
  try {
    answer = await ask(question, PROOF_LIFETIME);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`the confirmation dialog brought no answer (${reason})`);
  }
  if (answer.action === "decline") throw new Refusal("the person declined");
  if (answer.action !== "accept") throw new Refusal("the person closed the dialog");
  return { channel: "elicit", digest, preview: question.message, expires, used: false, entered: answer.entered };
}
