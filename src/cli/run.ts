// From the words of the command line to the command that they name. What only some commands need is imported by them.
import { UsageError } from "../model/errors.ts";
import type { Command, Context } from "./context.ts";

const commands: Record<string, () => Promise<Command>> = {
  approve: async () => (await import("./approve.ts")).approve,
  audit: async () => (await import("./audit.ts")).audit,
  call: async () => (await import("./call.ts")).call,
  policy: async () => (await import("./policy.ts")).policy,
  tools: async () => (await import("./tools.ts")).tools,
  sandbox: async () => (await import("./sandbox.ts")).sandbox,
};

/** Runs what all the words in `argv` ask for. */
export const run: Command = async (context: Context) => {
  const given = context.argv;
  // One text helps with all commands but the sandbox, which has options of its own.
  const helps = given[0] === "help" || (given.includes("--help") && given[0] !== "sandbox");
  const argv = helps ? ["--help"] : given;
  const [word = "", ...rest] = argv;
  const named = Object.hasOwn(commands, word) ? commands[word] : undefined;
  try {
    // By itself as well: other commands need nothing of the protocol.
    const command = named ? await named() : (await import("./serve.ts")).serve;
    return await command({ ...context, argv: named ? rest : argv });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.stderr.write(`ckafka-mcp: ${error.message}\n`);
    return 2;
  }
};
