// The operator's channel: a change waits as a file until a person approves it in a terminal; the repeated call takes the approval.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createFile, replaceFile } from "./files.ts";
import type { State } from "./state.ts";
import { PROOF_LIFETIME, type Proof } from "./verdict.ts";

/** What a person is asked to agree to. Signed, so that nobody can show them one change and have another approved. */
export interface Waiting {
  /** The first eight digits of the digest; also the file's name. */
  id: string;
  action: string;
  /** Without secrets. */
  arguments: unknown;
  profile: string;
  endpoint: string;
  region: string;
  digest: string;
  preview: string;
  expects: string | true;
  created: string;
  expires: string;
}
interface Answer {
  id: string;
  digest: string;
  /** What they were shown; the change may have been proposed anew meanwhile, with another preview. */
  preview: string;
  /** False for a no. */
  entered: string | boolean;
  /** Who was at the terminal, as the system knows them. */
  by: string;
  /** What is used up when the approval is. */
  nonce: string;
  expires: string;
}

type Folder = "waiting" | "answered" | "spent";
const ID = /^[0-9a-f]{8}$/;
export const idOf = (digest: string) => digest.slice(0, 8);
const pathOf = (state: State, folder: Folder, id: string) => join(state.folder(folder), `${id}.json`);

/** Puts a change where a person can find it for ten minutes. */
export function propose(state: State, change: Omit<Waiting, "id" | "created" | "expires">, now: number): Waiting {
  prune(state, now);
  const id = idOf(change.digest);
  const waiting = { id, ...change, created: iso(now), expires: iso(now + PROOF_LIFETIME) };
  write(state, "waiting", id, waiting);
  return waiting;
}

/** The change that waits under an id; undefined where none does, or somebody else wrote its file, or it is too old. */
export function find(state: State, id: string, now: number): Waiting | undefined {
  const waiting = read<Waiting>(state, "waiting", id);
  return waiting && alive(waiting, now) ? waiting : undefined;
}

export type Listed = Waiting & { answer?: "approved" | "refused" };
/** What waits for a person, or for the agent to repeat its call; then until when the answer counts. */
export function list(state: State, now: number): Listed[] {
  return names(state, "waiting")
    .flatMap((id): Listed[] => {
      const waiting = read<Waiting>(state, "waiting", id);
      const given = waiting && answerTo(state, waiting.digest, now);
      if (!given) return waiting && alive(waiting, now) ? [waiting] : [];
      return [{ ...waiting, answer: given.entered === false ? "refused" : "approved", expires: given.expires }];
    })
    .sort((a, b) => (a.created < b.created ? -1 : 1));
}

/** A person's answer, bound to what they were shown, whatever stands in the file by now. @param entered false for a no */
export function answer(state: State, shown: Waiting, entered: string | boolean, by: string, now: number) {
  const { id, digest, preview } = shown;
  const nonce = randomBytes(16).toString("hex");
  write(state, "answered", id, { id, digest, preview, entered, by, nonce, expires: iso(now + PROOF_LIFETIME) });
}

/**
 * The answer to a call, used up by this. Creating the nonce's file is the claim: it succeeds for one process only, and never
 * again for an answer that somebody kept a copy of.
 */
export function take(state: State, digest: string, now: number): Proof | undefined {
  const given = answerTo(state, digest, now);
  if (!given || read<Waiting>(state, "waiting", given.id)?.digest !== digest) return undefined;
  const { id, nonce, entered, by, expires, preview } = given;
  const claimed = createFile(pathOf(state, "spent", nonce), JSON.stringify({ id, expires }));
  rmSync(pathOf(state, "answered", id), { force: true });
  if (claimed) rmSync(pathOf(state, "waiting", id), { force: true });
  return { channel: "operator", digest, expires: Date.parse(expires), used: !claimed, entered, by, preview };
}

function answerTo(state: State, digest: string, now: number): Answer | undefined {
  const given = read<Answer>(state, "answered", idOf(digest));
  return given?.digest === digest && alive(given, now) ? given : undefined;
}

function write(state: State, folder: Folder, id: string, fields: object) {
  const mac = state.sign(folder, fields);
  replaceFile(pathOf(state, folder, id), `${JSON.stringify({ ...fields, mac }, null, 2)}\n`);
}

/** Undefined also for a file that was not written with this directory's key, or for another id. */
function read<T extends { id: string }>(state: State, folder: Folder, id: string): T | undefined {
  if (!ID.test(id)) return undefined;
  try {
    const { mac, ...fields } = JSON.parse(readFileSync(pathOf(state, folder, id), "utf8"));
    return state.signed(folder, fields, mac) && fields.id === id ? fields : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const names = (state: State, folder: Folder) =>
  readdirSync(state.folder(folder)).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []));

/** What is long past its end; a spent nonce outlives the approval that it was for. */
function prune(state: State, now: number) {
  for (const folder of ["waiting", "answered", "spent"] as const)
    for (const name of names(state, folder)) {
      const path = pathOf(state, folder, name);
      try {
        const { expires } = JSON.parse(readFileSync(path, "utf8"));
        if (now >= Date.parse(expires) + PROOF_LIFETIME) rmSync(path, { force: true });
      } catch {} // gone meanwhile, or not ours
    }
}

const alive = ({ expires }: { expires: string }, now: number) => now < Date.parse(expires);
const iso = (time: number) => new Date(time).toISOString();
