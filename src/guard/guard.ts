// Lets a call through, or throws. A change goes through only with a proof that somebody agreed to exactly this change.
import type { AnyPreview } from "../action.ts";
import { Refusal } from "../errors.ts";
import { ask, type Elicit } from "./dialog.ts";
import { digest } from "./digest.ts";
import type { Risk } from "./risk.ts";
import type { Tickets } from "./tickets.ts";
import { type Confirm, type Proof, verdict } from "./verdict.ts";

export interface Guard {
  confirm: Confirm;
  readOnly: boolean;
  tickets: Tickets;
  now: () => number;
}
export interface Proposal {
  action: string;
  profile: string;
  region: string;
  input: Record<string, unknown>;
  risk: Risk;
  /** What the agent brought along, in ticket mode. */
  ticket: string | undefined;
  /** Undefined where the client cannot show a dialog. */
  elicit: Elicit | undefined;
  preview: AnyPreview;
  read: (action: string, input: Record<string, unknown>) => Promise<unknown>;
}

/** @throws Refusal unless the call may run */
export async function confirm(guard: Guard, proposal: Proposal): Promise<void> {
  const { action, profile, region, input, risk, ticket, elicit } = proposal;
  const hash = digest(action, profile, region, input);
  const judge = (proof: Proof | undefined) =>
    verdict({
      risk,
      digest: hash,
      readOnly: guard.readOnly,
      confirm: guard.confirm,
      canElicit: elicit !== undefined,
      now: guard.now(),
      proof,
    });

  let proof: Proof | undefined;
  if (ticket !== undefined && guard.confirm === "ticket") {
    proof = guard.tickets.take(ticket, guard.now());
    if (!proof) throw refusal(action, "the ticket is unknown; call without Ticket to get one");
  }
  let judgement = judge(proof);
  if (judgement.do === "ask") {
    const message = await describe(proposal);
    if (judgement.channel === "ticket" || !elicit) {
      const issued = guard.tickets.issue(hash, guard.now());
      throw new Refusal(
        `${message}\n\nNothing was changed yet. Once whoever answers for it agrees, repeat the same call with Ticket ${JSON.stringify(issued)}; it is good once, for ten minutes.`,
      );
    }
    try {
      proof = await ask(elicit, message, judgement.expects, hash, guard.now);
    } catch (error) {
      throw error instanceof Refusal ? refusal(action, error.message) : error;
    }
    judgement = judge(proof);
  }
  if (judgement.do === "refuse") throw refusal(action, judgement.why);
  if (judgement.do !== "run") throw refusal(action, "the confirmation was not complete");
}

const refusal = (action: string, why: string) =>
  new Refusal(`${action} was not carried out: ${why}. Nothing was changed.`);

/** What a person is shown: the change, what it loses, and what the previewing reads found. */
async function describe({ action, region, input, risk, preview, read }: Proposal): Promise<string> {
  if (risk.level === "read") return action;
  const lines = [`${action} on ${risk.subject} in ${region}${input.InstanceId ? `, ${input.InstanceId}` : ""}`];
  if (risk.loses) lines.push(`Loses: ${risk.loses}.`);
  if (risk.bills) lines.push("Costs or refunds money.");
  try {
    lines.push(...(await preview(input as never, read as never)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    lines.push(`What it would hit could not be read (${reason}): agree only if you know.`);
  }
  return lines.join("\n");
}
