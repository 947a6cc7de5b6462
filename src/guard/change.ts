// A change from its proposal to its outcome, each step written down before the next is taken and before the result is returned.

import type { Sent as Answer } from "../cloud/client.ts";
import { CloudError, Pending, Refusal } from "../model/errors.ts";
import type { Followed } from "../model/follow.ts";
import { secretsIn, without, written } from "../text/redact.ts";
import { digest } from "./digest.ts";
import { type Asked, confirm, type Guard } from "./guard.ts";
import { keptOf } from "./preview.ts";
import type { Proposal } from "./proposal.ts";
import { StateError } from "./state.ts";

type Event = "proposed" | "unanswered" | "refused" | "approved" | "executed" | "failed" | "followed";
/** An answer, with what in it failed although it is no error. */
export interface Sent extends Answer {
  /** Paths of what failed; undefined where nothing did. */
  failed?: readonly string[] | undefined;
  /** Where a secret of the answer lies, and what stands for it; a sentence or two. */
  kept?: string | undefined;
}
export interface Changed extends Sent {
  /** Why its last line is missing in the audit. */
  unwritten?: string | undefined;
  followed?: Followed | undefined;
}
/** Looks what an accepted change comes to, where that takes time. Never rejects. */
export type After = (sent: Sent) => Promise<Followed | undefined>;

/**
 * @param run carries it out; called once at most
 * @returns what became of it, or what somebody has to be asked first
 * @throws Refusal where it was not carried out; else what running it throws
 */
export async function change(
  guard: Guard,
  proposal: Proposal,
  run: () => Promise<Sent>,
  after: After,
): Promise<Changed | Asked> {
  const { action, service, profile, endpoint, who, region, input, model, client } = proposal;
  const place = { profile, account: masked(who), endpoint, service: service.name, region };
  const entry = { client, action, ...place, digest: "", arguments: written(model, input) };
  const shown: { preview?: string; channel?: string; by?: string | undefined; risk?: string[] } = {};
  const note = (event: Event, more: object = {}) => guard.journal.write({ event, ...entry, ...shown, ...more });
  const secrets = secretsIn(model, input);
  const clean = (text: string) => without(text, secrets);
  /** Whether the change may have been sent: from then on no error says that nothing was changed. */
  let began = false;

  try {
    // First of all: what cannot be written down must not use up anybody's agreement.
    guard.journal.open();
    // With the directory's key, because of a plain one a short password among the arguments could be guessed.
    const bound = digest(action, [service.name, profile, endpoint, who], region, input);
    entry.digest = guard.state().sign("digest", { digest: bound });
    const outcome = await confirm(
      guard,
      proposal,
      entry.digest,
      {
        proposed({ preview, risk }, channel) {
          Object.assign(shown, { preview: keptOf(preview), channel, risk: Object.keys(risk.stakes) });
          note("proposed");
        },
        approved({ channel, by }, { preview, risk }) {
          Object.assign(shown, { channel, preview: keptOf(preview), by, risk: Object.keys(risk.stakes) });
          note("approved");
        },
      },
      async () => {
        began = true;
        return carryOut(run, note, clean);
      },
    );
    if ("ask" in outcome) return outcome;
    const { sent, unwritten } = outcome.ran;
    const followed = await after(sent);
    const { RequestId: requestId } = sent.response;
    const late = followed && quietly(() => note("followed", { requestId, outcome: followed.said }));
    return { ...sent, unwritten: unwritten ?? late, followed };
  } catch (error) {
    if (began) throw error;
    if (error instanceof CloudError) quietly(() => note("refused", failure(error, clean)));
    if (error instanceof Pending && error.cause instanceof Error) {
      const { message } = error.cause;
      quietly(() => note("unanswered", { channel: "elicit", outcome: message }));
    }
    if (error instanceof Pending || !(error instanceof Refusal || error instanceof StateError)) throw error;
    if (error instanceof Refusal) quietly(() => note("refused", { outcome: clean(error.message) }));
    throw new Refusal(`${action} was not carried out: ${clean(error.message)}. Nothing was changed.`, { cause: error });
  }
}

/** Sends it, and writes down what became of it before anybody else's turn comes. */
async function carryOut(run: () => Promise<Sent>, note: (event: Event, more?: object) => void, clean: Clean) {
  let sent: Sent;
  try {
    sent = await run();
  } catch (error) {
    quietly(() => note("failed", failure(error, clean)));
    throw error;
  }
  const { RequestId: requestId } = sent.response;
  const { failed, kept } = sent;
  const became = failed ? `answered, with failures: ${failed.join(", ")}` : "carried out";
  const outcome = kept ? `${became}. ${kept}` : became;
  const unwritten = quietly(() => note(failed ? "failed" : "executed", { requestId, outcome }));
  return { sent, unwritten };
}

type Clean = (text: string) => string;
/** The last four characters say whose key it is to whoever has it. */
const masked = (who: string) => (who.length > 8 ? `…${who.slice(-4)}` : who);

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
