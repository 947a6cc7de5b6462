// ckafka-mcp approve [ID] [--state-dir DIR]: the operator's side of a confirmation.
import { createJournal, type Journal } from "../guard/audit/journal.ts";
import { fileLedger } from "../guard/ledger/files.ts";
import type { Ledger } from "../guard/ledger/ledger.ts";
import { answer, type Listed, list, type Waiting } from "../guard/operator.ts";
import { userName } from "../guard/os-user.ts";
import { textOf } from "../guard/preview.ts";
import { openState, StateError } from "../guard/state.ts";
import { UsageError } from "../model/errors.ts";
import { inQuotes, render } from "../text/line.ts";
import { visible } from "../text/visible.ts";
import type { Command } from "./context.ts";
import { readOptions } from "./options.ts";
import { approveCommand, existingDirectory } from "./state.ts";
import { barred, type Conversation, conversation, type Terminal } from "./terminal.ts";

export const approve: Command = async (context) => {
  const { argv, env, stdin, stdout, stderr, write, advertised, openLog } = context;
  const [id, rest] = argv[0] !== undefined && !argv[0].startsWith("-") ? [argv[0], argv.slice(1)] : [undefined, argv];
  const options = readOptions(rest, env, advertised().regions);
  if (typeof options === "string") throw new UsageError("approve has no such option");
  try {
    const state = openState(existingDirectory(options.stateDir, context));
    const ledger = fileLedger(state, Date.now);
    const command = (word?: string) => approveCommand(word, options.stateDir, context);
    if (id === undefined) {
      write(listing(await list(ledger), state.directory, command("ID")));
      return 0;
    }
    const journal = createJournal(() => state, await openLog("error"), Date.now);
    return await decide(ledger, journal, id, { stdin, stderr, columns: stdout.columns || undefined }, write, command());
  } catch (error) {
    throw error instanceof StateError ? new UsageError(error.message) : error;
  }
};

function listing(waiting: Listed[], directory: string, command: string): string {
  if (waiting.length === 0) return `Nothing waits in ${directory}.\n`;
  const lines = waiting.map(
    ({ id, preview, expires, answer }) =>
      `${id}  until ${clock(expires)}  ${visible(render(preview.title))}${answer ? `  (${answer}; the agent has to repeat its call)` : ""}\n`,
  );
  return `${lines.join("")}Look at one, and approve it, with: ${command}\n`;
}

async function decide(
  ledger: Ledger,
  journal: Journal,
  id: string,
  terminal: Terminal,
  write: (text: string) => void,
  listCommand: string,
) {
  if (!terminal.stdin.isTTY)
    throw new UsageError("approve needs a person at a terminal; its answer cannot be piped in");
  const waiting = await among(ledger, id);
  if (!waiting)
    throw new UsageError(
      `nothing waits under ${JSON.stringify(id)}: it was carried out, is older than ten minutes, or its file was changed; ${listCommand} lists what waits`,
    );
  const { answer: given } = waiting;
  write(shown(waiting, terminal.columns));
  if (given) write(`It is ${given} already, until ${clock(waiting.expires)}; a new answer takes the place of that.\n`);
  const reply = await ask(waiting, terminal, write);
  if (reply === undefined) {
    write(`${given ? `Nothing new: it stays ${given}` : "Nothing new: not approved; it goes on waiting"}.\n`);
    return 1;
  }
  const { yes, typed } = reply;
  // The person may have thought about it for longer than it lives, or somebody else was faster.
  if ((await among(ledger, id))?.digest !== waiting.digest) {
    write("Not approved: it does not wait any more; the agent has to propose it again.\n");
    return 1;
  }
  const by = userName();
  // First of all, like every step: an answer that nobody can look up later must not count.
  const { action, service, profile, endpoint, region, digest, arguments: args } = waiting;
  const preview = textOf(waiting.preview);
  const said = yes ? "approved" : "refused";
  const entry = {
    client: "ckafka-mcp approve",
    action,
    service,
    profile,
    endpoint,
    region,
    digest,
    arguments: args,
    preview,
  };
  journal.write({ event: "answered", ...entry, channel: "operator", by, outcome: said });
  await answer(ledger, waiting, typed, by, Date.now());
  write(
    yes
      ? "Approved, once, for ten minutes. Tell the agent to repeat its call.\n"
      : "Refused. The agent learns of it when it repeats its call.\n",
  );
  return yes ? 0 : 1;
}

/** Times that a name may be mistyped. */
const ATTEMPTS = 3;
/** Undefined where the person did not answer. Blanks around what was typed come with copying it. */
async function ask({ expects }: Waiting, terminal: Terminal, write: (text: string) => void) {
  const wanted = expects === true ? "yes" : visible(expects);
  const talk = conversation(terminal);
  try {
    return await answerTo(talk, expects, wanted, write);
  } finally {
    talk.end();
  }
}

async function answerTo(
  { ask }: Conversation,
  expects: Waiting["expects"],
  wanted: string,
  write: (text: string) => void,
) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const typed = await ask(`Type ${wanted} to approve, no to refuse: `);
    const text = typed.trim();
    if (expects === true ? /^y(es)?$/i.test(text) : typed === expects || text === expects.trim())
      return { yes: true, typed: expects };
    if (/^no?$/i.test(text)) return { yes: false, typed: false };
    if (text === "") return undefined;
    write(`That was ${JSON.stringify(typed)}, not ${wanted}.\n`);
  }
  return undefined;
}

/** Also what was answered: as long as the answer counts, it can be taken back. */
const among = async (ledger: Ledger, id: string) => (await list(ledger)).find((waiting) => waiting.id === id);

/** Each line of the preview behind a bar, also where it is longer than the screen is wide: none can pass for one of ours. */
function shown({ client, preview, created, expires }: Waiting, columns = 80): string {
  return `Proposed ${clock(created)} by ${inQuotes(client)}, until ${clock(expires)}. If you approve, this is carried out:
${barred(visible(textOf(preview)), columns)}
`;
}

const clock = (time: string) => new Date(time).toLocaleTimeString("en-GB");
