// The state directory: what waits for the operator, what was approved, the audit. Nobody but its owner may write there.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { canonical } from "./digest.ts";
import { temporary } from "./files.ts";

/** The state directory cannot be used. The message says why and what would help. */
export class StateError extends Error {}

export interface Signer {
  /** What only somebody with this directory's key can have written, for one kind of file. */
  sign: (kind: string, fields: object) => string;
  signed: (kind: string, fields: object, mac: unknown) => boolean;
}
export interface State extends Signer {
  directory: string;
  /** A key of its own for one purpose, 32 bytes. */
  key: (purpose: string) => Buffer;
  /** A folder in it, made where it is missing. @throws StateError */
  folder: (name: string) => string;
}

/**
 * Where the state is kept unless --state-dir says otherwise. A relative XDG_STATE_HOME counts for nothing, as its definition says.
 * @throws StateError where there is no home
 */
export function stateDirectory(flag: string | undefined, env: NodeJS.ProcessEnv, home: string | undefined): string {
  if (flag !== undefined) return resolve(flag);
  const base = env.XDG_STATE_HOME;
  if (base && isAbsolute(base)) return join(base, "ckafka-mcp");
  if (home === undefined)
    throw new StateError("there is no home directory to keep what waits and the audit in; name one with --state-dir");
  return join(home, ".local", "state", "ckafka-mcp");
}

/** @throws StateError */
export function openState(directory: string): State {
  ownFolder(directory);
  const folder = (name: string) => ownFolder(join(ownFolder(directory), name));
  const secret = keyOf(directory);
  const key = (purpose: string) => createHmac("sha256", secret).update(`key for ${purpose}`).digest();
  return { directory, folder, key, ...signer(secret) };
}

/** To check what was signed; undefined where the directory has no key. Makes nothing. */
export function signerOf(directory: string): Signer | undefined {
  try {
    return signer(readFileSync(join(directory, "key"), "utf8"));
  } catch {
    return undefined;
  }
}

function signer(key: string): Signer {
  const sign = (kind: string, fields: object) =>
    createHmac("sha256", key)
      .update(canonical([kind, fields]))
      .digest("hex");
  return {
    sign,
    signed: (kind, fields, mac) => {
      const expected = Buffer.from(sign(kind, fields));
      const given = Buffer.from(String(mac));
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

function ownFolder(path: string): string {
  const stats = withStateError(path, () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return statSync(path);
  });
  if (open(stats, 0o022))
    throw new StateError(`others can write ${path}; make it your own (chmod 700), or name another with --state-dir`);
  return path;
}

/** Whether somebody else has one of these permissions. Windows has no such bits. */
function open({ uid, mode }: { uid: number; mode: number }, bits: number): boolean {
  const own = process.getuid?.();
  return own !== undefined && (uid !== own || (mode & bits) !== 0);
}

/** The key that tells an approval that a person wrote from a file that merely looks like one. */
function keyOf(directory: string): string {
  const path = join(directory, "key");
  return withStateError(path, () => {
    // Linked into place: of two processes that start at once, both end up with the key that was first.
    const draft = temporary(path);
    writeFileSync(draft, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
    try {
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft);
    }
    if (open(statSync(path), 0o077))
      throw new StateError(
        `others can read ${path}; chmod 600 it, or delete it if somebody has (older audit files then fail to verify)`,
      );
    const key = readFileSync(path, "utf8");
    if (!/^[0-9a-f]{64}$/.test(key)) throw new StateError(`${path} holds no key; delete it to have a new one made`);
    return key;
  });
}

/** @throws StateError in the place of whatever the file system says */
export function withStateError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StateError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StateError(`${path} cannot be used (${code ?? message}); name another directory with --state-dir`);
  }
}
