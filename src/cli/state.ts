// The state directory as commands find it, and the command that finds the same one from another shell.
import { statSync } from "node:fs";
import { StateError, stateDirectory } from "../guard/state.ts";
import { UsageError } from "../model/errors.ts";
import type { Context } from "./context.ts";
import { hangsOnEnvironment, shellWord } from "./self.ts";

type Surroundings = Pick<Context, "env" | "home" | "self">;

/** @throws UsageError where there is none */
export function ownDirectory(flag: string | undefined, { env, home }: Omit<Surroundings, "self">): string {
  try {
    return stateDirectory(flag, env, home);
  } catch (error) {
    throw error instanceof StateError ? new UsageError(error.message) : error;
  }
}

/** One that somebody names is there; the usual one may not have been needed yet. @throws UsageError */
export function existingDirectory(flag: string | undefined, surroundings: Surroundings): string {
  const directory = ownDirectory(flag, surroundings);
  if (flag !== undefined && !isFolder(directory))
    throw new UsageError(`--state-dir names ${directory}, where there is no directory; nothing waits there`);
  return directory;
}
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What a person types to approve. @param id a change's, or a word that stands for one; without it, to see what waits */
export function approveCommand(id: string | undefined, flag: string | undefined, surroundings: Surroundings): string {
  const { env, home, self } = surroundings;
  const named = flag !== undefined || hangsOnEnvironment(env, home);
  const suffix = named ? ` --state-dir ${shellWord(ownDirectory(flag, surroundings))}` : "";
  return `${self} approve${id === undefined ? "" : ` ${id}`}${suffix}`;
}
