// ckafka-mcp audit verify [DIR] [--state-dir DIR]: whether the audit is as it was written.
import { join, resolve } from "node:path";
import { FOLDER } from "../guard/audit/journal.ts";
import { verifyAudit } from "../guard/audit/verify.ts";
import { UsageError } from "../model/errors.ts";
import { visible } from "../text/visible.ts";
import type { Command } from "./context.ts";
import { readOptions } from "./options.ts";
import { ownDirectory } from "./state.ts";

export const audit: Command = async ({ argv, env, home, write, advertised }) => {
  const [word, ...rest] = argv;
  if (word !== "verify") throw new UsageError("audit takes one word: ckafka-mcp audit verify [DIR]");
  const given = rest[0] !== undefined && !rest[0].startsWith("-") ? rest.shift() : undefined;
  const options = readOptions(rest, env, advertised().regions);
  if (typeof options === "string") throw new UsageError("audit has no such option");
  const folder = given === undefined ? join(ownDirectory(options.stateDir, { env, home }), FOLDER) : resolve(given);
  const { files, lines, problems, unknown } = read(folder);
  if (given !== undefined && files === 0 && problems.length === 0)
    throw new UsageError(`there is no audit file in ${folder}; it is the folder ${FOLDER} of a state directory`);
  for (const problem of problems) write(`${visible(problem)}\n`);
  const found = problems.length > 0 ? "not as they were written" : unknown ? "unknown" : "as they were written";
  const why = unknown && problems.length === 0 && files > 0 ? ` (${unknown})` : "";
  write(
    `${folder}: ${files} files, ${lines} lines, ${files > 0 || problems.length > 0 ? found : "nothing to verify"}${why}.\n`,
  );
  return problems.length === 0 && (!unknown || files === 0) ? 0 : 1;
};

function read(folder: string) {
  try {
    return verifyAudit(folder);
  } catch (error) {
    throw new UsageError(`there is no audit to read in ${folder} (${(error as NodeJS.ErrnoException).code})`);
  }
}
