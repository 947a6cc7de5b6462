// The operator's channel: a change waits until a person approves it in a terminal; the repeated call takes the approval.
import { randomBytes } from "node:crypto";
import type { Line } from "../model/line.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Preview } from "./preview.ts";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

/** What a person is asked to agree to. */
export interface Waiting {
  /** The first eight digits of the digest. */
  id: string;
  action: string;
  service: string;
  /** Without secrets. */
  arguments: unknown;
  profile: string;
  endpoint: string;
  region: string;
  where: Line;
  client: string;
  digest: string;
  preview: Preview;
  expects: string | true;
  /** ISO 8601. */
  created: string;
  expires: string;
}
interface Answer {
  digest: string;
  /** What they were shown; the change may have been proposed anew meanwhile, with another preview. */
  preview: Preview;
  /** False for a no. */
  entered: string | boolean;
  /** Who was at the terminal, as the system knows them. */
  by: string;
  /** What is used up when the approval is. */
  nonce: string;
  expires: string;
}

const SECONDS = PROOF_LIFETIME / 1000;
export const idOf = (digest: string) => digest.slice(0, 8);
const iso = (time: number) => new Date(time).toISOString();

/** Puts a change where a person can find it for ten minutes. */
export async function propose(
  ledger: Ledger,
  change: Omit<Waiting, "id" | "created" | "expires">,
  now: number,
): Promise<Waiting> {
  const id = idOf(change.digest);
  const waiting = { id, ...change, created: iso(now), expires: iso(now + PROOF_LIFETIME) };
  await ledger.put("waiting", id, waiting, SECONDS);
  return waiting;
}

/** The change that waits under an id; undefined where none does, or somebody else wrote its file, or it is too old. */
export const find = async (ledger: Ledger, id: string) => (await ledger.get("waiting", id)) as Waiting | undefined;

export type Listed = Waiting & { answer?: "approved" | "refused" };
/** What waits for a person, or for the agent to repeat its call; then until when the answer counts. */
export async function list(ledger: Ledger): Promise<Listed[]> {
  const waiting = (await ledger.list("waiting")).map(({ value }) => value as Waiting);
  const listed = await Promise.all(
    waiting.map(async (one): Promise<Listed> => {
      const given = await answerTo(ledger, one.digest);
      if (!given) return one;
      return { ...one, answer: given.entered === false ? "refused" : "approved", expires: given.expires };
    }),
  );
  return listed.sort((a, b) => (a.created < b.created ? -1 : 1));
}

/** A person's answer, bound to what they were shown, whatever waits by now. @param entered false for a no */
export async function answer(ledger: Ledger, shown: Waiting, entered: string | boolean, by: string, now: number) {
  const { id, digest, preview } = shown;
  const nonce = randomBytes(16).toString("hex");
  const given: Answer = { digest, preview, entered, by, nonce, expires: iso(now + PROOF_LIFETIME) };
  await ledger.put("answered", id, given, SECONDS);
  // Its answer counts for as long again, and what it answers has to be there.
  await ledger.put("waiting", id, shown, SECONDS);
}

/** The answer to a call, used up by this: the claim on its nonce succeeds once, whoever kept a copy of it. */
export async function take(ledger: Ledger, digest: string): Promise<Proof | undefined> {
  const given = await answerTo(ledger, digest);
  if (!given || (await find(ledger, idOf(digest)))?.digest !== digest) return undefined;
  const { nonce, entered, by, expires, preview } = given;
  const claimed = await ledger.once(nonce, SECONDS);
  await ledger.remove("answered", idOf(digest));
  if (claimed) await ledger.remove("waiting", idOf(digest));
  return { channel: "operator", digest, expires: Date.parse(expires), used: !claimed, entered, by, preview };
}

async function answerTo(ledger: Ledger, digest: string): Promise<Answer | undefined> {
  const given = (await ledger.get("answered", idOf(digest))) as Answer | undefined;
  return given?.digest === digest ? given : undefined;
}
