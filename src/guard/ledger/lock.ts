// One at a time, across the processes of a machine: a file that whoever has the turn made. Its content says who; a turn
// whose process is gone is taken over.
import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { createFile, temporary } from "../files.ts";
import { Busy, type Ledger } from "./ledger.ts";

const PAUSE = 50;
/** How often whoever has the turn says that it still runs, and after how long without that it counts as gone. Milliseconds. */
const [BEAT, GONE] = [2_000, 15_000];

/** @param pathOf where the file of an account's turn stands */
export function createLock(pathOf: (account: string) => string): Ledger["exclusively"] {
  /** Within a process turns are taken in the order in which they were asked for. */
  const queues = new Map<string, Promise<unknown>>();

  return async (account, wait, work) => {
    const before = queues.get(account) ?? Promise.resolve();
    const deadline = Date.now() + wait;
    const mine = (async () => {
      await within(before, deadline - Date.now());
      const path = pathOf(account);
      await take(path, deadline);
      const beat = setInterval(() => touch(path), BEAT);
      try {
        return await work();
      } finally {
        clearInterval(beat);
        rmSync(path, { force: true });
      }
    })();
    // Whoever comes next waits for the work to end, also where this caller has given up waiting for its own turn.
    queues.set(account, Promise.allSettled([before, mine]));
    return mine;
  };
}

async function within(before: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Busy()), Math.max(0, ms));
  });
  await Promise.race([before.catch(() => {}), late]).finally(() => clearTimeout(timer));
}

async function take(path: string, deadline: number): Promise<void> {
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), turn: randomBytes(8).toString("hex") });
  while (!createFile(path, owner)) {
    if (clear(path)) continue;
    if (Date.now() >= deadline) throw new Busy();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Removes the turn of whoever runs no more: no process of that number here, or no sign of life for long. */
function clear(path: string): boolean {
  try {
    const left = readFileSync(path, "utf8");
    const { pid, host } = JSON.parse(left);
    if (Date.now() - statSync(path).mtimeMs <= GONE && !(host === hostname() && !runs(pid))) return false;
    const aside = temporary(path);
    renameSync(path, aside);
    // Somebody else may have cleared it first, and taken the turn: that one is put back.
    if (readFileSync(aside, "utf8") !== left) linkSync(aside, path);
    rmSync(aside, { force: true });
    return true;
  } catch {
    return false; // just being written, or gone meanwhile
  }
}
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
function touch(path: string) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {}
}
