// The person at the client: what they are asked, and what their answer means. How it is shown is the binding's own.
import { Refusal } from "../model/errors.ts";
import { visible } from "../text/visible.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Preview } from "./preview.ts";
import type { Brought, Question } from "./question.ts";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

/** What stands at the field in which the answer is entered. */
export const labelOf = (expects: Question["expects"]) =>
  expects === true ? "Carry out this change" : `Type ${visible(expects)} to confirm`;

/** Milliseconds. Nobody reads a question and says no in less; programs that have no dialog do. */
export const FASTEST_READER = 500;

interface Sealed {
  digest: string;
  preview: Preview;
  nonce: string;
  /** Milliseconds since the epoch. */
  expires: number;
}
/** Seals a question, so that its answer comes back bound to what was asked. */
export const sealQuestion = (ledger: Ledger, digest: string, preview: Preview, nonce: string, now: number): string =>
  ledger.seal({ digest, preview, nonce, expires: now + PROOF_LIFETIME } satisfies Sealed);

/** The number of the question that was answered. */
export function numberOf(ledger: () => Ledger, brought: Brought | undefined): string | undefined {
  if (!brought || !("state" in brought)) return undefined;
  return (ledger().unseal(brought.state) as Sealed | undefined)?.nonce;
}

/** The client answered by itself: it has dialogs in name only. */
export class NobodyThere extends Refusal {}

/** @throws Refusal unless the person sent the form off. What they entered is for the verdict to judge. */
export async function answered(ledger: Ledger, brought: Extract<Brought, { state: string }>): Promise<Proof> {
  const sealed = ledger.unseal(brought.state) as Sealed | undefined;
  if (!sealed) throw new Refusal("the confirmation is not one that this server asked for; call again");
  const { digest, preview, nonce, expires } = sealed;
  const { answer, took } = brought;
  if (answer.action === "failed") throw new Refusal(`the confirmation dialog brought no answer (${answer.reason})`);
  if (answer.action !== "accept") {
    if (took !== undefined && took < FASTEST_READER)
      throw new NobodyThere(
        `the client answered "${answer.action}" by itself, ${Math.round(took)} ms after the question: nobody can have read it`,
      );
    throw new Refusal(answer.action === "decline" ? "the person declined" : "the person closed the dialog");
  }
  const used = !(await ledger.once(nonce, PROOF_LIFETIME / 1000));
  return { channel: "elicit", digest, preview, expires, used, entered: answer.entered };
}
