// Every option of the command line once: what it is called, what it takes, what it does. The help and the parser come
// from here; src/cli/options.ts says what each value means.

type Kind = "string" | "boolean";
interface Row {
  /** Options by name; none where the line explains something else. */
  flags?: Readonly<Record<string, Kind>>;
  /** As it stands in the help, with its value. */
  shown: string;
  help: readonly string[];
}
const row = <const F extends Readonly<Record<string, Kind>>>(flags: F, shown: string, ...help: string[]) => ({
  flags,
  shown,
  help,
});
const note = (shown: string, ...help: string[]) => ({ flags: {}, shown, help });

/** Stands in the help for what the catalogue gives as an example. */
const TOOLSETS = "(toolsets)";

const GROUPS = {
  Where: [
    row(
      { region: "string" },
      "--region REGION",
      "region of calls that name none (or TENCENTCLOUD_REGION, or the profile's)",
    ),
    row(
      { access: "string" },
      "--access HOW",
      "near (default): the nearest API host; regional: the region's own; international",
    ),
    row(
      { endpoint: "string" },
      "--endpoint URL",
      "another API host, like https://ckafka.ap-guangzhou.tencentcloudapi.com",
    ),
    row({ language: "string" }, "--language LANG", "zh-CN or en-US, for what the API says"),
  ],
  "Who (the first of these that is there)": [
    row(
      { "secret-id": "string", "secret-key": "string", token: "string" },
      "--secret-id ID --secret-key KEY [--token TOKEN]",
    ),
    note(
      "TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_SESSION_TOKEN",
      "(or TENCENTCLOUD_TOKEN, TENCENTCLOUD_SECURITY_TOKEN)",
    ),
    row(
      { profile: "string" },
      "--profile NAME",
      'of tccli (~/.tccli) or ~/.tencentcloud/credentials; "default" when left out',
      "several, like a,b, give every tool a Profile parameter",
    ),
    note("TKE_* variables", "the role bound to a pod's service account"),
    row({ "metadata-url": "string" }, "the instance's role", "from the metadata service (--metadata-url URL, or off)"),
    row(
      { "role-arn": "string", "role-session-name": "string", "sts-url": "string" },
      "--role-arn ARN",
      "assume this role with what was found (or TENCENTCLOUD_ROLE_ARN);",
      "--role-session-name NAME, --sts-url URL",
    ),
  ],
  Sandbox: [
    row({ sandbox: "boolean" }, "--sandbox", "work on the embedded sandbox; needs no account"),
    row({ world: "string" }, "--world FILE", "the sandbox's world, as JSON (implies --sandbox)"),
  ],
  Tools: [
    row(
      { toolsets: "string" },
      "--toolsets LIST",
      `nouns, essentials, reads, all, and -noun to leave out; like ${TOOLSETS}`,
    ),
    row({ discovery: "boolean" }, "--discovery", "four tools instead: find, describe, read, change"),
  ],
  Safety: [
    row(
      { confirm: "string" },
      "--confirm HOW",
      "elicit: the client's dialog; operator: a person runs ckafka-mcp approve in a terminal;",
      "ticket: for scripted runs; auto (default): elicit where the client can, else operator",
    ),
    row(
      { "state-dir": "string" },
      "--state-dir DIR",
      "for what waits, and the audit; default $XDG_STATE_HOME/ckafka-mcp or ~/.local/state/ckafka-mcp",
    ),
    row({ policy: "string" }, "--policy FILE", "rules: what runs without asking, what is asked, what nobody may do"),
    row({ "read-only": "boolean" }, "--read-only", "offer and carry out reads only"),
  ],
  Other: [
    row({ timeout: "string" }, "--timeout SECONDS", "for one call to the API; default 30"),
    row(
      { wait: "string" },
      "--wait SECONDS",
      "how long to follow a change that goes on after it was accepted; default 30, 0 not at all",
    ),
    row(
      { "rate-limit": "string" },
      "--rate-limit HOW",
      "on (default): calls over the API's documented rates wait; off: they go at once",
    ),
    row(
      { "log-level": "string" },
      "--log-level LEVEL",
      "fatal, error, warn, info (default), debug; JSON lines on stderr",
    ),
    row({ version: "boolean", help: "boolean" }, "--version, --help"),
  ],
} as const satisfies Record<string, readonly Row[]>;

type Union<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never;
type Declared = Union<(typeof GROUPS)[keyof typeof GROUPS][number]["flags"]>;
/** What the command line gave, by option. */
export type Flags = { [F in keyof Declared]?: Declared[F] extends "boolean" ? boolean : string };

/** For node:util's parseArgs. */
export const parsed = Object.fromEntries(
  Object.values(GROUPS)
    .flat()
    .flatMap(({ flags }) => Object.entries(flags as Record<string, Kind>))
    .map(([name, type]) => [name, name === "help" ? { type, short: "h" } : { type }]),
);

const COLUMN = 23;
function lines({ shown, help }: Row): string[] {
  const left = `  ${shown}`;
  const fits = left.length < COLUMN;
  const [first = "", ...rest] = help;
  const begin = fits
    ? [`${left.padEnd(COLUMN)}${first}`.trimEnd()]
    : [left, ...(first ? [" ".repeat(COLUMN) + first] : [])];
  return [...begin, ...rest.map((line) => " ".repeat(COLUMN) + line)];
}

/** @param toolsets examples of what --toolsets takes */
export const usage = (toolsets: string) => `Usage: ckafka-mcp [options]                      MCP server over stdio
       ckafka-mcp call ACTION [JSON|@FILE|-] [options]   one call, for shells and scripts
       ckafka-mcp approve [ID] [--state-dir DIR] what waits for a person; with ID, look at it and approve it
       ckafka-mcp audit verify [DIR]             whether the audit is as it was written
       ckafka-mcp tools [--json] [options]       what would be registered
       ckafka-mcp policy explain ACTION [JSON] --policy FILE   which rule decides, or could
       ckafka-mcp sandbox [options]              the sandbox alone, for any SDK; sandbox --help

${Object.entries(GROUPS)
  .flatMap(([title, rows]) => [title, ...rows.flatMap((one: Row) => lines(one))])
  .join("\n")
  .replace(TOOLSETS, toolsets)}`;
