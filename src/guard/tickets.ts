// Tickets: handed out to a script, and good once.
import { randomBytes } from "node:crypto";
import type { Ledger } from "./ledger/ledger.ts";
import type { Preview } from "./preview.ts";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

interface Issued {
  digest: string;
  preview: Preview;
  /** Milliseconds since the epoch. */
  expires: number;
}
/** Kept for longer than it counts, so that a late use can be told from a forged one. */
const KEPT = (2 * PROOF_LIFETIME) / 1000;

export async function issueTicket(ledger: Ledger, digest: string, preview: Preview, now: number): Promise<string> {
  const ticket = randomBytes(12).toString("base64url");
  await ledger.put("ticket", ticket, { digest, preview, expires: now + PROOF_LIFETIME } satisfies Issued, KEPT);
  return ticket;
}

/** The proof that a ticket stands for. Taking it uses it up, whatever the verdict on it will be. */
export async function takeTicket(ledger: Ledger, ticket: string): Promise<Proof | undefined> {
  const issued = (await ledger.get("ticket", ticket)) as Issued | undefined;
  if (!issued) return undefined;
  const used = !(await ledger.once(ticket, KEPT));
  return { channel: "ticket", ...issued, used, entered: true };
}
