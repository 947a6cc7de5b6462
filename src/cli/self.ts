// How a person runs this program again, from any folder and in a shell of their own: as it was started itself.
import { realpathSync } from "node:fs";
import { userInfo } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** @param entry the file that node was given @param path the variable PATH */
export function selfOf(entry: string, execPath: string, path: string | undefined): string {
  const file = real(resolve(entry));
  return `${nodeOf(execPath, path)} ${shellWord(file)}`;
}

/** Plain `node`, where that is the one. */
function nodeOf(execPath: string, path = ""): string {
  const found = path
    .split(delimiter)
    .map((folder) => real(join(folder, "node")))
    .find((file) => file !== undefined && isAbsolute(file) && exists(file));
  return found === real(execPath) ? "node" : shellWord(execPath);
}

/** Whether where the state lies hangs on variables that another shell need not have. */
export function hangsOnEnvironment(env: NodeJS.ProcessEnv, home: string | undefined): boolean {
  if (env.XDG_STATE_HOME && isAbsolute(env.XDG_STATE_HOME)) return true;
  try {
    return userInfo().homedir !== home;
  } catch {
    return true;
  }
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
function exists(file: string): boolean {
  try {
    realpathSync(file);
    return true;
  } catch {
    return false;
  }
}

export const shellWord = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
