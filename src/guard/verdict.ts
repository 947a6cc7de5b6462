// Whether a call may run. Pure: everything it depends on is an argument.
import type { Decision } from "./policy/policy.ts";
import type { Preview } from "./preview.ts";
import type { Risk } from "./risk.ts";

/** How a person is asked. */
export type Channel = "elicit" | "operator" | "ticket";
export type Confirm = Channel | "auto";

/** What a channel brings back: that somebody agreed, to what, and until when that counts. */
export interface Proof {
  /** A policy is a person's agreement given beforehand. */
  channel: Channel | "policy";
  digest: string;
  /** Milliseconds since the epoch. */
  expires: number;
  used: boolean;
  /** What the person entered: the name where something is lost, else a plain yes. A ticket carries its own consent. */
  entered: unknown;
  /** For the audit: what was shown, and who agreed where that is known. The verdict looks at neither. */
  preview?: Preview | undefined;
  by?: string;
}
export const PROOF_LIFETIME = 10 * 60_000;

export type Verdict =
  | { do: "run"; policy?: Decision }
  | { do: "ask"; channel: Channel; expects: string | true }
  | { do: "refuse"; why: string };

export interface Question {
  risk: Risk;
  digest: string;
  readOnly: boolean;
  confirm: Confirm;
  /** Whether the client can show a dialog. */
  canElicit: boolean;
  now: number;
  /** What the policy says of it, where there is one. */
  policy?: Decision | undefined;
  proof?: Proof | undefined;
}

export function verdict({ risk, digest, readOnly, confirm, canElicit, now, policy, proof }: Question): Verdict {
  if (risk.level === "read") return { do: "run" };
  if (readOnly) return refuse("this server was started with --read-only");
  if (policy?.effect === "deny") return refuse(policy.by);
  if (policy?.effect === "allow") return { do: "run", policy };
  const expects = risk.level === "destroy" || risk.bills ? typed(risk.subject) : true;
  // Never by itself a ticket: the model could carry it.
  const channel = confirm !== "auto" ? confirm : canElicit ? "elicit" : "operator";
  if (channel === "elicit" && !canElicit)
    return refuse(
      "this client cannot show a confirmation dialog; connect with one that supports MCP elicitation, or start the server with --confirm operator, where a person approves in a terminal",
    );
  if (!proof) return { do: "ask", channel, expects };
  // Where a client answers its dialogs by itself, the operator was asked in its place.
  if (proof.channel !== channel && !(confirm === "auto" && proof.channel === "operator"))
    return refuse("the confirmation came by another channel");
  const flaw = flawOf(proof, digest, now);
  if (flaw) return refuse(flaw);
  if (proof.entered === false && proof.by) return refuse(`${proof.by} said no`);
  if (channel !== "ticket" && proof.entered !== expects)
    return refuse(
      expects === true
        ? "the person did not agree"
        : `the person typed ${JSON.stringify(proof.entered)} where ${JSON.stringify(expects)} was asked for`,
    );
  return { do: "run" };
}

/** Why a proof is good for nothing, whatever the risk is. */
export function flawOf({ digest: its, used, expires }: Proof, digest: string, now: number): string | undefined {
  if (its !== digest)
    return "the confirmation belongs to a call with other arguments and is void now; confirm this one";
  if (used) return "the confirmation has been used already; confirm again";
  return now >= expires ? "the confirmation is older than ten minutes; confirm again" : undefined;
}

/** A name that could be an answer, or nothing at all, is typed in its quotes, so that a plain yes or no never means the thing. */
const typed = (name: string) => (/^\s*(y(es)?|no?)?\s*$/i.test(name) ? JSON.stringify(name) : name);
const refuse = (why: string): Verdict => ({ do: "refuse", why });
