// Which actions this server offers, as which tools, and why not the others.
import { UsageError } from "../model/errors.ts";
import { begin } from "../text/bounded.ts";
import { nearest } from "../text/nearest.ts";
import type { Advertised, Listed, Tool } from "./advertised.ts";
import {
  type Adding,
  CHANGE_ACTION,
  DESCRIBE_ACTION,
  describeAction,
  discoveryTools,
  FIND_ACTIONS,
  isOwn,
  READ_ACTION,
  withOwnParameters,
} from "./tools.ts";

export interface Registry {
  /** What tools/list answers. */
  tools: Tool[];
  /** Whether an action can be reached, by its own tool or through discovery. */
  offers: (action: string) => boolean;
  /** The tool that carries out an action with --discovery. */
  runner: (action: string) => string;
  /** Why a tool or action is not there, and what would change that. */
  whyNot: (name: string) => string;
  /** What an agent must know of the services that are offered, a sentence each. */
  instructions: string[];
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
export function createRegistry({ listed, services, examples }: Advertised, options: RegistryOptions): Registry {
  const chosen = choose(listed, options.toolsets);
  const offered = listed.filter((entry) => chosen.has(entry) && (!options.readOnly || entry.effect === "read"));
  const actions = new Map(listed.map((entry) => [entry.tool.name, entry]));
  const reachable = new Set(offered.map(({ tool }) => tool.name));
  const own = discoveryTools(services[0]?.within ?? "Id", examples.parameter).filter(
    (tool) => !options.readOnly || tool.annotations.readOnlyHint,
  );
  const tools = options.discovery
    ? own.map((tool) =>
        tool.name === READ_ACTION || tool.name === CHANGE_ACTION
          ? withOwnParameters(tool, tool.name === CHANGE_ACTION, options)
          : tool,
      )
    : [
        ...offered.map(({ effect, tool }) => withOwnParameters(tool, effect !== "read", options)),
        describeAction(examples.parameter),
      ];

  const runner = (action: string) => (actions.get(action)?.effect === "read" ? READ_ACTION : CHANGE_ACTION);
  const whyNot = (name: string) => {
    const entry = actions.get(name);
    if (entry && options.readOnly && entry.effect !== "read")
      return `${name} changes something and is not offered: this server was started with --read-only.`;
    if (entry && !chosen.has(entry)) return `${name} is not offered: ${howToGet(entry, options.toolsets)}`;
    if (own.some((tool) => tool.name === name))
      return `${name} comes with --discovery; here every action is a tool of its own.`;
    if (isOwn(name)) return `${name} is not offered: this server was started with --read-only.`;
    if (entry) return `${name} is no tool of its own here: call ${runner(name)} with Action ${name}.`;
    const near = nearest(name, [...tools.map((tool) => tool.name), ...reachable]);
    return `There is no tool ${JSON.stringify(begin(name, 100))}${near ? `; did you mean ${near}?` : "; the list of tools has them all."}`;
  };
  const served = new Set(offered.map(({ service }) => service));
  const instructions = services.filter(({ name }) => served.has(name)).flatMap((service) => service.instructions);
  const offers = (action: string) => reachable.has(action);
  return { tools, instructions, notes: notesOn(options), offers, runner, whyNot };
}

const howToGet = ({ toolset }: Listed, toolsets: string[]) =>
  toolsets.length > 0
    ? `this server was started with --toolsets ${toolsets.join(",")}; add ${toolset} to it.`
    : `it comes with --toolsets all,${toolset}.`;

function notesOn({ discovery, toolsets, readOnly }: RegistryOptions): string[] {
  const runners = readOnly ? READ_ACTION : `${READ_ACTION} and ${CHANGE_ACTION}`;
  return [
    ...(discovery
      ? [
          `Actions are no tools of their own here: ${FIND_ACTIONS} finds them, ${DESCRIBE_ACTION} shows their parameters; carry them out with ${runners}.`,
        ]
      : []),
    ...(toolsets.length > 0 ? [`Only a part of the API is offered (--toolsets ${toolsets.join(",")}).`] : []),
    readOnly
      ? "This server only reads (--read-only): you can propose changes, and carry out none."
      : "A change runs only after a person, or a rule that they wrote, has agreed to it; when a result says that nothing was changed, do not claim otherwise.",
  ];
}

/**
 * Nouns and named sets added up, what has a minus taken out; a list that starts with a minus starts from all. What is
 * opt-in is in none of the words that mean many: only its own name brings it.
 */
function choose(listed: readonly Listed[], words: string[]): Set<Listed> {
  const usual = listed.filter(({ optIn }) => !optIn);
  const names = new Set(["all", "reads", ...listed.flatMap(({ toolset, sets }) => [toolset, ...sets])]);
  const meant = (word: string) => {
    if (!names.has(word)) {
      const near = nearest(word, names);
      throw new UsageError(
        `--toolsets knows no ${JSON.stringify(word)}; ${near ? `did you mean ${near}?` : `there are ${[...names].join(", ")}`}`,
      );
    }
    if (word === "all") return usual;
    if (word === "reads") return usual.filter(({ effect }) => effect === "read");
    return listed.filter(({ toolset, sets }) => toolset === word || sets.includes(word));
  };
  const chosen = new Set(words.length === 0 || words[0]?.startsWith("-") ? usual : []);
  for (const word of words) {
    if (!word.startsWith("-")) for (const entry of meant(word)) chosen.add(entry);
    else for (const entry of meant(word.slice(1))) chosen.delete(entry);
  }
  return chosen;
}
