// Lets a change through, or throws. It goes through only with a proof that somebody agreed to exactly this change.
import { Pending, Refusal } from "../model/errors.ts";
import { redact } from "../text/redact.ts";
import type { Journal } from "./audit/journal.ts";
import { askPerson } from "./dialog.ts";
import { find, idOf, list, propose, take } from "./operator.ts";
import type { Decision } from "./policy/policy.ts";
import { describe, newsIn } from "./preview.ts";
import type { Proposal } from "./proposal.ts";
import type { Recent } from "./recent.ts";
import { type State, withStateError } from "./state.ts";
import type { Tickets } from "./tickets.ts";
import { type Channel, type Confirm, type Proof, type Verdict, verdict } from "./verdict.ts";

export interface Guard {
  confirm: Confirm;
  readOnly: boolean;
  tickets: Tickets;
  /** What a person's rules say of a change; undefined without rules. */
  policy: ((proposal: Proposal, lately: number) => Decision) | undefined;
  /** What the limits by the minute count. */
  recent: Recent;
  /** @throws StateError where the directory cannot be used */
  state: () => State;
  journal: Journal;
  /** What the operator types to approve. */
  approveCommand: (id: string) => string;
  now: () => number;
}
/** Told what a person is asked to agree to, before they are. */
export type Proposed = (preview: string, channel: Channel) => void;

/** @returns the proof that let it through @throws Refusal unless the call may run; Pending where it may once somebody has agreed */
export async function confirm(guard: Guard, proposal: Proposal, hash: string, proposed: Proposed): Promise<Proof> {
  const policy = guard.policy?.(proposal, guard.recent.others(proposal));
  if (policy && policy.effect !== "deny") guard.recent.count(proposal);
  const judge = (proof: Proof | undefined): Verdict =>
    verdict({
      risk: proposal.risk,
      policy,
      digest: hash,
      readOnly: guard.readOnly,
      confirm: guard.confirm,
      canElicit: proposal.ask !== undefined,
      now: guard.now(),
      proof,
    });
  let proof = broughtAlong(guard, proposal, hash, judge(undefined));
  let judgement = judge(proof);
  if (judgement.do === "ask") {
    proof = await obtain(guard, proposal, hash, judgement, proposed);
    judgement = judge(proof);
  }
  if (judgement.do === "refuse") throw new Refusal(judgement.why);
  if (judgement.do !== "run") throw new Refusal("the confirmation was not complete");
  // A person may have taken their time: the change counts for the minute in which it runs.
  if (policy) guard.recent.count(proposal);
  if (judgement.policy) {
    const { by } = judgement.policy;
    return { channel: "policy", digest: hash, expires: guard.now(), used: true, entered: undefined, by };
  }
  if (!proof) throw new Refusal("the confirmation was not complete");
  await unchanged(proposal, proof);
  return proof;
}

/** Reads the preview again, for between question and answer ten minutes may have passed. @throws Refusal where it says something else */
async function unchanged(proposal: Proposal, { preview = "" }: Proof) {
  const news = newsIn(await describe(proposal), preview, proposal.service.moving);
  if (!news) return;
  const found = news.length > 0 ? `: ${news.join(" ").replace(/\.$/, "")}` : ", and less than was shown";
  throw new Refusal(
    `what it hits is not what was agreed to any more${found}. The confirmation is void; call again, so that this is shown and agreed to`,
  );
}

type Asking = Extract<Verdict, { do: "ask" }>;

/** The proof of somebody's earlier agreement. Looking for it uses it up. */
function broughtAlong(guard: Guard, { ticket }: Proposal, hash: string, asked: Verdict): Proof | undefined {
  if (ticket !== undefined && guard.confirm === "ticket") {
    const proof = guard.tickets.take(ticket, guard.now());
    if (!proof) throw new Refusal("the ticket is unknown; call without Ticket to get one");
    return proof;
  }
  if (asked.do !== "ask" || asked.channel !== "operator") return undefined;
  const state = guard.state();
  return withStateError(state.directory, () => take(state, hash, guard.now()));
}

/** Asks. Only a dialog brings its answer at once. @throws Pending where the same call has to be repeated */
async function obtain(
  guard: Guard,
  proposal: Proposal,
  hash: string,
  { channel, expects }: Asking,
  proposed: Proposed,
): Promise<Proof> {
  const { action, ask } = proposal;
  const now = guard.now;
  if (channel === "operator") {
    await wait(guard, proposal, hash, expects, proposed);
    throw new Pending(
      `${action} was not carried out yet: ask the person you work for to run \`${guard.approveCommand(idOf(hash))}\` in a terminal within ten minutes; once they have approved, repeating exactly this call carries it out, once.`,
    );
  }
  const message = await describe(proposal);
  proposed(message, channel);
  if (channel === "elicit" && ask) return askPerson(ask, { message, expects }, hash, now);
  const issued = guard.tickets.issue(hash, message, now());
  throw new Pending(
    `${message}\n\nNothing was changed yet. Once whoever answers for it agrees, repeat the same call with Ticket ${JSON.stringify(issued)}; it is good once, for ten minutes.`,
  );
}

/** So that no agent can bury a change under others. */
const MOST_WAITING = 50;
/** Puts the change where the operator finds it. What waits already keeps its end, however often it is repeated, unless what it hits has changed. */
async function wait(guard: Guard, proposal: Proposal, hash: string, expects: string | true, proposed: Proposed) {
  const { action, profile, endpoint, region, input, secret } = proposal;
  const state = guard.state();
  const there = withStateError(state.directory, () => find(state, idOf(hash), guard.now()));
  const preview = await describe(proposal);
  if (!there && withStateError(state.directory, () => list(state, guard.now())).length >= MOST_WAITING)
    throw new Refusal(`${MOST_WAITING} changes wait for the person already; nobody can look after more`);
  proposed(preview, "operator");
  if (there?.digest === hash && !newsIn(preview, there.preview, proposal.service.moving)) return;
  const change = {
    action,
    arguments: redact(input, secret),
    profile,
    endpoint,
    region,
    digest: hash,
    preview,
    expects,
  };
  withStateError(state.directory, () => propose(state, change, guard.now()));
}
