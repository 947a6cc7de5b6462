// Which actions this server offers, as which tools, and why not the others.

import { UsageError } from "../cli/options.ts";
import { nearest } from "../text/nearest.ts";
import type { Listed, Tool } from "./advertised.ts";
import { type Adding, describeAction, discovery, withOwnParameters } from "./tools.ts";

export interface Registry {
  /** What tools/list answers. */
  tools: Tool[];
  /** Whether an action can be reached, by its own tool or through discovery. */
  offers: (action: string) => boolean;
  /** The tool that carries out an action with --discovery. */
  runner: (action: string) => string;
  /** Why a tool or action is not there, and what would change that. */
  whyNot: (name: string) => string;
  /** What an agent must know of how this server was started, a sentence each. */
  notes: string[];
}
export interface RegistryOptions extends Adding {
  /** The words of --toolsets; none for all. */
  toolsets: string[];
  readOnly: boolean;
  discovery: boolean;
}

/** @throws UsageError where --toolsets names something that is not there */
export function createRegistry(listed: Listed[], options: RegistryOptions): Registry {
  const chosen = choose(listed, options.toolsets);
  const offered = listed.filter((entry) => chosen.has(entry) && (!options.readOnly || entry.effect === "read"));
  const actions = new Map(listed.map((entry) => [entry.tool.name, entry]));
  const reachable = new Set(offered.map(({ tool }) => tool.name));
  const own = Object.values(discovery).filter((tool) => !options.readOnly || tool.annotations.readOnlyHint);
  const tools = options.discovery
    ? own.map((tool) =>
        tool.name.endsWith("Action") && tool !== describeAction
          ? withOwnParameters(tool, !tool.annotations.readOnlyHint, options)
          : tool,
      )
    : [...offered.map(({ effect, tool }) => withOwnParameters(tool, effect !== "read", options)), describeAction];

  const runner = (action: string) =>
    (actions.get(action)?.effect === "read" ? discovery.readAction : discovery.changeAction).name;
  const whyNot = (name: string) => {
    const entry = actions.get(name);
    if (entry && options.readOnly && entry.effect !== "read")
      return `${name} changes something and is not offered: this server was started with --read-only.`;
    if (entry && !chosen.has(entry))
      return `${name} is not offered: this server was started with --toolsets ${options.toolsets.join(",")}; add ${entry.toolset} to it.`;
    if (own.some((tool) => tool.name === name))
      return `${name} comes with --discovery; here every action is a tool of its own.`;
    if (Object.values(discovery).some((tool) => tool.name === name))
      return `${name} is not offered: this server was started with --read-only.`;
    if (entry) return `${name} is no tool of its own here: call ${runner(name)} with Action ${name}.`;
    const near = nearest(name, [...tools.map((tool) => tool.name), ...reachable]);
    return `There is no tool ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : "; the list of tools has them all."}`;
  };
  return { tools, notes: notesOn(options), offers: (action) => reachable.has(action), runner, whyNot };
}

function notesOn({ discovery: found, toolsets, readOnly }: RegistryOptions): string[] {
  const { findActions, readAction, changeAction } = discovery;
  const runners = readOnly ? readAction.name : `${readAction.name} and ${changeAction.name}`;
  return [
    ...(found
      ? [
          `Actions are no tools of their own here: ${findActions.name} finds them, ${describeAction.name} shows their parameters; carry them out with ${runners}.`,
        ]
      : []),
    ...(toolsets.length > 0 ? [`Only a part of the API is offered (--toolsets ${toolsets.join(",")}).`] : []),
    readOnly
      ? "This server only reads (--read-only): you can propose changes, and carry out none."
      : "A change runs only after a person, or a rule that they wrote, has agreed to it; when a result says that nothing was changed, do not claim otherwise.",
  ];
}

/** Nouns and named sets added up, what has a minus taken out; a list that starts with a minus starts from all. */
function choose(listed: Listed[], words: string[]): Set<Listed> {
  const names = new Set(["all", "reads", ...listed.flatMap(({ toolset, sets }) => [toolset, ...sets])]);
  const meant = (word: string) => {
    if (!names.has(word)) {
      const near = nearest(word, names);
      throw new UsageError(
        `--toolsets knows no ${JSON.stringify(word)}; ${near ? `did you mean ${near}?` : `there are ${[...names].join(", ")}`}`,
      );
    }
    return listed.filter(
      ({ toolset, sets, effect }) =>
        word === "all" || toolset === word || sets.includes(word) || (word === "reads" && effect === "read"),
    );
  };
  const chosen = new Set(words.length === 0 || words[0]?.startsWith("-") ? listed : []);
  for (const word of words) {
    if (!word.startsWith("-")) for (const entry of meant(word)) chosen.add(entry);
    else for (const entry of meant(word.slice(1))) chosen.delete(entry);
  }
  return chosen;
}
