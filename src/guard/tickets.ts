// Tickets that were handed out and may come back once.
import { randomBytes } from "node:crypto";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

export interface Tickets {
  issue: (digest: string, preview: string, now: number) => string;
  /** The proof that a ticket stands for. Taking it uses it up, whatever the verdict on it will be. */
  take: (ticket: string, now: number) => Proof | undefined;
}

export function createTickets(): Tickets {
  const open = new Map<string, Proof>();
  return {
    issue(digest, preview, now) {
      // Long past their end, so that a late or repeated use can still be told apart from a forged one.
      for (const [ticket, proof] of open) if (now >= proof.expires + PROOF_LIFETIME) open.delete(ticket);
      const ticket = randomBytes(12).toString("base64url");
      const expires = now + PROOF_LIFETIME;
      open.set(ticket, { channel: "ticket", digest, preview, expires, used: false, entered: true });
      return ticket;
    },
    take(ticket) {
      const proof = open.get(ticket);
      if (!proof) return undefined;
      open.set(ticket, { ...proof, used: true });
      return proof;
    },
  };
}
