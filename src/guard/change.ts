// A change from its proposal to its outcome, each step written down before the next is taken and before the result is returned.

import type { Sent } from "../cloud/client.ts";
import { CloudError, Leaving, Pending, Refusal } from "../model/errors.ts";
import type { Followed } from "../model/follow.ts";
import { redact, redactText } from "../text/redact.ts";
import { digest } from "./digest.ts";
import { confirm, type Guard } from "./guard.ts";
import type { Proposal } from "./proposal.ts";
import { StateError } from "./state.ts";

type Event = "proposed" | "refused" | "approved" | "interrupted" | "executed" | "failed" | "followed";
export interface Changed extends Sent {
  /** Why its last line is missing in the audit. */
  unwritten?: string | undefined;
  followed?: Followed | undefined;
}
/** Looks what an accepted change comes to, where that takes time. Never rejects. */
export type After = (sent: Sent) => Promise<Followed | undefined>;

/** @throws Refusal where it was not carried out; else what running it throws */
export async function change(
  guard: Guard,
  proposal: Proposal,
  run: () => Promise<Sent>,
  after: After,
  signal?: AbortSignal,
): Promise<Changed> {
  const { action, profile, endpoint, who, region, input, secret, client } = proposal;
  const entry = { client, action, profile, endpoint, region, digest: "", arguments: redact(input, secret) };
  const shown: { preview?: string | undefined; channel?: string; by?: string | undefined } = {};
  const note = (event: Event, more: object = {}) => guard.journal.write({ event, ...entry, ...shown, ...more });
  const clean = (text: string) => redactText(text, input, secret);

  try {
    // First of all: what cannot be written down must not use up anybody's agreement.
    guard.journal.open();
    // With the directory's key, because of a plain one a short password among the arguments could be guessed.
    entry.digest = guard.state().sign("digest", { digest: digest(action, [profile, endpoint, who], region, input) });
    const { channel, preview, by } = await confirm(guard, proposal, entry.digest, (preview, channel) => {
      Object.assign(shown, { preview, channel });
      note("proposed");
    });
    Object.assign(shown, { channel, preview, by });
    note("approved");
  } catch (error) {
    if (error instanceof CloudError) quietly(() => note("refused", failure(error, clean)));
    if (error instanceof Pending || !(error instanceof Refusal || error instanceof StateError)) throw error;
    const refusal = new Refusal(`${action} was not carried out: ${error.message}. Nothing was changed.`);
    if (error instanceof Refusal) quietly(() => note("refused", { outcome: clean(error.message) }));
    throw refusal;
  }

  // Written before the end is known: whoever ends the process may not wait for it.
  const interrupted = () => {
    if (signal?.reason instanceof Leaving)
      quietly(() => note("interrupted", { outcome: `${signal.reason.message}: unknown whether it was carried out` }));
  };
  signal?.addEventListener("abort", interrupted, { once: true });
  let sent: Sent;
  try {
    sent = await run().finally(() => signal?.removeEventListener("abort", interrupted));
  } catch (error) {
    quietly(() => note("failed", failure(error, clean)));
    throw error;
  }
  const { RequestId: requestId } = sent.response;
  let unwritten = quietly(() => note("executed", { requestId, outcome: "carried out" }));
  const followed = await after(sent);
  if (followed) unwritten ??= quietly(() => note("followed", { requestId, outcome: followed.said }));
  return { ...sent, unwritten, followed };
}

function failure(error: unknown, clean: (text: string) => string): object {
  if (!(error instanceof CloudError)) return { outcome: clean(String(error)) };
  const executed = { no: "nothing was changed", yes: "carried out", unknown: "unknown whether it was carried out" };
  return {
    requestId: error.requestId,
    outcome: `${error.code}: ${clean(error.message)} (${executed[error.executed]})`,
  };
}

/** For lines about what has happened already: that they cannot be written (the journal logs it) undoes nothing. */
function quietly(write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
