// The audit: one file for each process, one line for each step of a change, each line with the hash of the one before.
import { createHash, randomBytes } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import type { Logger } from "pino";
import { replaceFile, syncFolder } from "../files.ts";
import { userName } from "../os-user.ts";
import { type State, StateError } from "../state.ts";

export interface Journal {
  /** Opens the file where it is not open yet, and looks whether it is still the one. @throws StateError */
  open: () => void;
  /** On the disk when it returns. @throws StateError */
  write: (entry: object) => void;
}
/** Stands beside a file: how many lines it has, and the hash of the last, so that none can be missing at the end. */
export interface Head {
  file: string;
  count: number;
  hash: string;
  /** The line that is being written: a crash leaves the file with it or without it, and both are right. */
  next?: string;
}
interface File {
  path: string;
  handle: number;
  size: number;
  head: Head;
}

export const FOLDER = "audit";
/** Beside the audit: how far each of its files had got. */
export const REGISTER = "register";
export const EXTENSION = ".jsonl";
/** What the first line has in the place of the hash of the one before. */
export const NOTHING = "0".repeat(64);
export const hashOf = (line: string) => createHash("sha256").update(line).digest("hex");
export const headOf = (path: string) => `${path}.head`;

export function createJournal(state: () => State, log: Logger, now: () => number): Journal {
  const session = randomBytes(4).toString("hex");
  let file: File | undefined;

  const open = (): File => {
    if (file) return file;
    const stamp = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, "");
    const path = join(state().folder(FOLDER), `${stamp}-${process.pid}-${session}${EXTENSION}`);
    const handle = openSync(path, "ax", 0o600);
    syncFolder(state().folder(FOLDER));
    const made = { path, handle, size: 0, head: { file: basename(path), count: 0, hash: NOTHING } };
    try {
      append(made, { event: "start", file: basename(path), pid: process.pid, user: userName(), host: hostname() });
    } catch (error) {
      closeSync(handle);
      for (const part of [path, headOf(path)]) rmSync(part, { force: true });
      throw error;
    }
    file = made;
    return file;
  };

  const append = (to: File, entry: object) => {
    const { path, handle, size, head } = to;
    untouched(to);
    const time = new Date(now()).toISOString();
    const line = JSON.stringify({ n: head.count + 1, prev: head.hash, time, session, ...entry });
    const next = hashOf(line);
    putHead(path, { ...head, next });
    try {
      writeFileSync(handle, `${line}\n`);
      fsyncSync(handle);
    } catch (error) {
      ftruncateSync(handle, size); // a full disk can leave a part of the line
      throw error;
    }
    to.size = fstatSync(handle).size;
    to.head = { file: head.file, count: head.count + 1, hash: next };
    putHead(path, to.head);
    register(to.head);
  };

  const putHead = (path: string, head: Head) =>
    replaceFile(headOf(path), `${JSON.stringify({ ...head, mac: state().sign("head", head) })}\n`);
  /** Elsewhere as well: a file that is rolled back together with its head says less than this. */
  const register = (head: Head) =>
    replaceFile(
      join(state().folder(REGISTER), `${head.file}.json`),
      `${JSON.stringify({ ...head, mac: state().sign("register", head) })}\n`,
    );

  const trying = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.error({ err: error }, "audit");
      const reason = error instanceof Error ? error.message : String(error);
      throw new StateError(`the audit cannot be written (${reason})`);
    }
  };
  return { open: () => trying(() => untouched(open())), write: (entry) => trying(() => append(open(), entry)) };
}

/** A file that was deleted or edited meanwhile must not go on as if it were whole. */
function untouched({ path, handle, size }: File) {
  const [there, own] = [statSync(path), fstatSync(handle)];
  if (there.ino !== own.ino || own.size !== size)
    throw new StateError(`${path} was changed by somebody else; see ckafka-mcp audit verify, and restart the server`);
}
