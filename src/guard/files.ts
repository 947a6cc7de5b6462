// Files that survive a crash and several processes: whole or not at all, and on the disk when the call returns.
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The whole new content or the whole old one, whatever happens meanwhile, and on the disk when it returns. */
export function replaceFile(path: string, text: string) {
  const draft = temporary(path);
  try {
    writeDurably(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Creates a file. False where there is one already: of several processes exactly one gets true. */
export function createFile(path: string, text: string): boolean {
  try {
    writeDurably(path, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  syncFolder(dirname(path));
  return true;
}

function writeDurably(path: string, text: string) {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A name is on the disk when its folder is. Windows cannot open folders and needs no such thing. */
export function syncFolder(path: string) {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export const temporary = (path: string) => `${path}.${randomBytes(6).toString("hex")}.tmp`;
