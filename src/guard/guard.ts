// Lets a change through, asks, or throws. It goes through only with a proof that somebody agreed to exactly this change.
import { randomBytes } from "node:crypto";
import { Pending, Refusal } from "../model/errors.ts";
import { written } from "../text/redact.ts";
import type { Journal } from "./audit/journal.ts";
import { answered, NobodyThere, numberOf, sealQuestion } from "./dialog.ts";
import { Busy, type Ledger } from "./ledger/ledger.ts";
import { find, idOf, list, propose, take } from "./operator.ts";
import type { Rules } from "./policy/file.ts";
import type { Decision } from "./policy/policy.ts";
import { type Looked, look, newsIn, type Preview, textOf } from "./preview.ts";
import type { Proposal } from "./proposal.ts";
import type { Question } from "./question.ts";
import type { Recent } from "./recent.ts";
import type { State } from "./state.ts";
import { issueTicket, takeTicket } from "./tickets.ts";
import { type Channel, type Confirm, flawOf, type Proof, type Verdict, verdict } from "./verdict.ts";

export interface Guard {
  confirm: Confirm;
  readOnly: boolean;
  /** What a person's rules say of a change with this risk; undefined without rules. */
  policy: Rules | undefined;
  /** What the limits by the minute count. */
  recent: Recent;
  /** @throws StateError where the directory cannot be used */
  state: () => State;
  ledger: () => Ledger;
  journal: Journal;
  /** What the operator types to approve. */
  approveCommand: (id: string) => string;
  now: () => number;
}

/** What somebody is asked before a change can run; its answer comes with the same call again. */
export interface Asked {
  ask: Question;
  /** Sealed; brought back with the answer. */
  state: string;
}
/** Told of each step, before the next is taken. */
export interface Steps {
  proposed: (looked: Looked, channel: Channel) => void;
  approved: (proof: Proof, looked: Looked) => void;
}
/** Milliseconds for another change on the same account to end. */
const LONGEST_TURN = 120_000;
/** So that no agent can bury a change under others. */
const MOST_WAITING = 50;

/**
 * Runs a change, or asks.
 * @param run carries it out; called once at most
 * @throws Refusal unless the call may run; Pending where it may once somebody has agreed
 */
export async function confirm<T>(
  guard: Guard,
  proposal: Proposal,
  digest: string,
  steps: Steps,
  run: () => Promise<T>,
): Promise<{ ran: T } | Asked> {
  const harmless = { ...proposal.risk, level: "write", bills: false, stakes: {} } as const;
  const unread = await guard.policy?.change(proposal, harmless, 0);
  // Whatever it would be a matter of: nobody has to look.
  if (unread?.effect === "deny") throw new Refusal(unread.by);
  if (guard.readOnly) throw new Refusal("this server was started with --read-only");
  // A question and its answer are one change: they go by the question's number.
  const number = numberOf(guard.ledger, proposal.brought) ?? randomBytes(16).toString("hex");
  guard.recent.count(number);

  const proof = await broughtAlong(guard, proposal, digest);
  const flaw = proof && flawOf(proof, digest, guard.now());
  if (flaw) throw new Refusal(flaw);
  const judge = async ({ risk }: Looked): Promise<Verdict> => {
    const policy = await guard.policy?.change(proposal, risk, guard.recent.others(number));
    const { readOnly, confirm: how, now } = guard;
    const canElicit = proposal.canAsk;
    return verdict({ risk, policy, digest, readOnly, confirm: how, canElicit, now: now(), proof });
  };
  // A verdict that cannot become "run" needs no turn, and no reading where it is a refusal.
  const mayRun = proof !== undefined || guard.policy !== undefined;
  if (!mayRun) {
    const looked = await look(proposal);
    return asking(guard, proposal, digest, number, looked, await judge(looked), steps);
  }
  type Turn = { ran: T } | { looked: Looked; judgement: Verdict };
  const outcome = await inTurn(guard, proposal, async (): Promise<Turn> => {
    const looked = await look(proposal);
    const judgement = await judge(looked);
    if (judgement.do !== "run") return { looked, judgement };
    const agreed = judgement.policy ? byPolicy(guard, digest, judgement.policy) : proof;
    if (!agreed) throw new Refusal("the confirmation was not complete");
    if (agreed.preview) unchanged(looked.preview, agreed.preview);
    steps.approved(agreed, looked);
    guard.recent.count(number);
    return { ran: await run() };
  });
  return "ran" in outcome ? outcome : asking(guard, proposal, digest, number, outcome.looked, outcome.judgement, steps);
}

const byPolicy = (guard: Guard, digest: string, { by }: Decision): Proof => {
  return { channel: "policy", digest, expires: guard.now(), used: true, entered: undefined, by };
};

/** From the second reading to the answer, one change at a time for an account: two that were agreed to can rely on each other. */
async function inTurn<T>(guard: Guard, { who, endpoint }: Proposal, work: () => Promise<T>): Promise<T> {
  try {
    return await guard.ledger().exclusively(`${who} ${endpoint}`, LONGEST_TURN, work);
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    throw new Refusal(
      `another change on this account has been under way for ${LONGEST_TURN / 1000} s; look what became of it, then call again`,
    );
  }
}

/** @throws Refusal where reading the preview again shows something else than what was agreed to */
function unchanged(now: Preview, agreed: Preview) {
  const news = newsIn(now, agreed);
  if (!news) return;
  const found = news.length > 0 ? `: ${news.join(" ").replace(/\.$/, "")}` : ", and less than was shown";
  throw new Refusal(
    `the preview has changed since it was confirmed${found}. The confirmation is void; call again: the new preview will be shown for confirmation`,
  );
}

/** The proof of somebody's earlier agreement. Looking for it uses it up. @throws Refusal */
async function broughtAlong(guard: Guard, proposal: Proposal, digest: string): Promise<Proof | undefined> {
  const { brought, canAsk } = proposal;
  if (brought && "ticket" in brought) {
    if (guard.confirm !== "ticket") return undefined;
    const proof = await takeTicket(guard.ledger(), brought.ticket);
    if (!proof) throw new Refusal("the ticket is unknown; call without Ticket to get one");
    return proof;
  }
  if (brought) {
    try {
      return await answered(guard.ledger(), brought);
    } catch (error) {
      if (!(error instanceof NobodyThere)) throw error;
      throw await elsewhere(guard, proposal, digest, error);
    }
  }
  const operator = guard.confirm === "operator" || (guard.confirm === "auto" && !canAsk);
  // A client without anybody behind its dialogs was sent to the operator: their approval counts for it.
  return operator || guard.confirm === "auto" ? take(guard.ledger(), digest) : undefined;
}

/** A client that answers its dialogs by itself: the operator's channel is what is left. */
async function elsewhere(guard: Guard, proposal: Proposal, digest: string, why: NobodyThere): Promise<Refusal> {
  if (guard.confirm !== "auto")
    return new Refusal(
      `${why.message}; start the server with --confirm operator, where a person approves in a terminal`,
    );
  const looked = await look(proposal);
  const expects = expectedOf(looked);
  await wait(guard, proposal, digest, looked, expects);
  return pending(guard, proposal, digest, `${why.message}. `, why);
}
const expectedOf = ({ risk }: Looked) => {
  const judged = verdict({
    risk,
    digest: "",
    readOnly: false,
    confirm: "operator",
    canElicit: false,
    now: 0,
  });
  return judged.do === "ask" ? judged.expects : true;
};

/** @throws Refusal, or Pending where the same call has to be repeated */
async function asking(
  guard: Guard,
  proposal: Proposal,
  digest: string,
  number: string,
  looked: Looked,
  judgement: Verdict,
  steps: Steps,
): Promise<Asked> {
  if (judgement.do === "refuse") throw new Refusal(judgement.why);
  if (judgement.do !== "ask") throw new Refusal("the confirmation was not complete");
  const { channel, expects } = judgement;
  const { preview } = looked;
  const now = guard.now();
  if (channel === "operator") {
    await wait(guard, proposal, digest, looked, expects, () => steps.proposed(looked, channel));
    throw pending(guard, proposal, digest);
  }
  steps.proposed(looked, channel);
  if (channel === "elicit") {
    const state = sealQuestion(guard.ledger(), digest, preview, number, now);
    return { ask: { message: textOf(preview), expects }, state };
  }
  const issued = await issueTicket(guard.ledger(), digest, preview, now);
  throw new Pending(
    `${textOf(preview)}\n\nNothing was changed yet. Once whoever answers for it agrees, repeat the same call with Ticket ${JSON.stringify(issued)}; it is good once, for ten minutes.`,
  );
}

const pending = (guard: Guard, { action }: Proposal, digest: string, before = "", cause?: unknown) =>
  new Pending(
    `${before}${action} was not carried out yet: ask the person you work for to run \`${guard.approveCommand(idOf(digest))}\` in a terminal within ten minutes; once they have approved, repeating exactly this call carries it out, once.`,
    { cause },
  );

/** Stores the change for the operator. Proposing it again does not extend its expiry, unless its preview has changed. */
async function wait(
  guard: Guard,
  proposal: Proposal,
  digest: string,
  { preview }: Looked,
  expects: string | true,
  first: () => void = () => {},
): Promise<void> {
  const { action, service, profile, endpoint, region, where, client, input, model } = proposal;
  const ledger = guard.ledger();
  // One after the other: calls that come at once must not all find the last place.
  await ledger.exclusively("waiting", LONGEST_TURN, async () => {
    const there = await find(ledger, idOf(digest));
    if (!there && (await list(ledger)).length >= MOST_WAITING)
      throw new Refusal(`${MOST_WAITING} changes wait for the person already; nobody can look after more`);
    first();
    if (there?.digest === digest && !newsIn(preview, there.preview)) return;
    const what = { action, service: service.name, arguments: written(model, input), profile, endpoint, region, where };
    await propose(ledger, { ...what, client, digest, preview, expects }, guard.now());
  });
}
