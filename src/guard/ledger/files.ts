// The ledger as files in the state directory: for the processes of one machine.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createFile, replaceFile } from "../files.ts";
import { type State, withStateError } from "../state.ts";
import type { Kind, Ledger } from "./ledger.ts";
import { createLock } from "./lock.ts";

type Folder = Kind | "spent";
const FOLDERS: readonly Folder[] = ["waiting", "answered", "ticket", "moment", "spent"];
/** What can be in a file's name. */
const ID = /^[\w-]{1,64}$/;
/** Milliseconds after its end until a file is removed, so that a late use can still be told from a forged one. */
const GRACE = 10 * 60_000;

interface Kept {
  id: string;
  /** ISO 8601. */
  expires: string;
  value: object;
}

/** @param now milliseconds since the epoch */
export function fileLedger(state: State, now: () => number): Ledger {
  const pathOf = (folder: Folder, id: string) => join(state.folder(folder), `${id}.json`);
  const safely = async <T>(work: () => T): Promise<T> => withStateError(state.directory, work);

  function read(folder: Folder, id: string): Kept | undefined {
    if (!ID.test(id)) return undefined;
    try {
      const { mac, ...kept } = JSON.parse(readFileSync(pathOf(folder, id), "utf8"));
      return state.signed(folder, kept, mac) && kept.id === id ? kept : undefined;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }
  function write(folder: Folder, id: string, value: object, seconds: number) {
    const kept: Kept = { id, expires: new Date(now() + seconds * 1000).toISOString(), value };
    const text = `${JSON.stringify({ ...kept, mac: state.sign(folder, kept) }, null, 2)}\n`;
    return { path: pathOf(folder, id), text };
  }
  const idsIn = (folder: Folder) =>
    readdirSync(state.folder(folder)).flatMap((file) =>
      file.endsWith(".json") ? [file.slice(0, -".json".length)] : [],
    );
  /** What is long over; a spent nonce outlives the approval that it was for. */
  function prune() {
    for (const folder of FOLDERS)
      for (const id of idsIn(folder)) {
        const path = pathOf(folder, id);
        try {
          const { expires } = JSON.parse(readFileSync(path, "utf8"));
          if (now() >= Date.parse(expires) + GRACE) rmSync(path, { force: true });
        } catch {} // gone meanwhile, or not ours
      }
  }
  const current = (kept: Kept | undefined) => (kept && now() < Date.parse(kept.expires) ? kept.value : undefined);
  const lock = createLock((account) =>
    join(state.folder("turns"), createHash("sha256").update(account).digest("hex").slice(0, 32)),
  );

  return {
    put: (kind, id, value, seconds) =>
      safely(() => {
        prune();
        const { path, text } = write(kind, id, value, seconds);
        replaceFile(path, text);
      }),
    get: (kind, id) => safely(() => current(read(kind, id))),
    list: (kind) =>
      safely(() =>
        idsIn(kind).flatMap((id) => {
          const value = current(read(kind, id));
          return value ? [{ id, value }] : [];
        }),
      ),
    remove: (kind, id) => safely(() => (ID.test(id) ? rmSync(pathOf(kind, id), { force: true }) : undefined)),
    once: (nonce, seconds) =>
      safely(() => {
        if (!ID.test(nonce) || existsSync(pathOf("spent", nonce))) return false;
        const { path, text } = write("spent", nonce, {}, seconds);
        return createFile(path, text);
      }),
    exclusively: lock,
    seal(value) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", state.key("seal"), iv);
      const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    unseal(sealed) {
      try {
        const bytes = Buffer.from(sealed, "base64url");
        const decipher = createDecipheriv("aes-256-gcm", state.key("seal"), bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8"));
      } catch {
        return undefined;
      }
    },
  };
}
