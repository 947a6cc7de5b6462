// Everything the machine serves, as it is handed to it: services → toolsets → actions.
import type { Actions, AnyAction, AnyPreview, Outcomes, Previews } from "./action.ts";
import type { AnyFollow, Follows } from "./follow.ts";
import type { Service } from "./service.ts";

/** All that is known of the actions of one noun, for a compiler that knows all actions of the service. */
export interface Noun<D extends Actions<D>, All extends Actions<All>> {
  actions: D;
  /** For each change: what a person must see before agreeing. */
  previews: Previews<D, All>;
  /** For each change: the read that tells what became of it. */
  outcomes: Outcomes<D, All>;
  /** For changes that go on after their answer: what to watch. */
  follows?: Follows<D>;
  /** Words that find an action, besides those of its name and description. */
  words: Readonly<Partial<Record<keyof D, string>>>;
}
/** A noun's actions, as the machine takes them. */
export interface Toolset {
  service: Service;
  actions: Readonly<Record<string, AnyAction>>;
  previews: Readonly<Record<string, AnyPreview>>;
  outcomes: Readonly<Record<string, string>>;
  follows: Readonly<Record<string, AnyFollow | undefined>>;
  words: Readonly<Record<string, string | undefined>>;
  /** Offered only where it is asked for by name: it is not in all, in reads, or in a list that begins with a minus. */
  optIn: boolean;
}
/** @param All the actions that previews and watches read with */
export const toolsetOf =
  <All extends Actions<All>>() =>
  <D extends Actions<D>>(service: Service, noun: Noun<D, All>, more: { optIn?: boolean } = {}): Toolset =>
    ({ service, follows: {}, ...noun, optIn: more.optIn ?? false }) as unknown as Toolset;

/** One action with everything that belongs to it. */
export interface Entry {
  name: string;
  toolset: string;
  service: Service;
  action: AnyAction;
  preview: AnyPreview | undefined;
  /** The read that tells what became of a change. */
  outcome: string | undefined;
  follow: AnyFollow | undefined;
  words: string;
  optIn: boolean;
}
/** What stands as an example in help, descriptions and advice. */
export interface Examples {
  /** A call's action and arguments, on the command line. */
  call: string;
  /** What --toolsets takes. */
  toolsets: string;
  /** Words that look for an action. */
  words: string;
  /** A parameter within a structure. */
  parameter: string;
}
export interface Catalogue {
  /** By action, in the order in which they are advertised. */
  entries: ReadonlyMap<string, Entry>;
  services: readonly Service[];
  /** Named sets of actions, besides the nouns. */
  sets: Readonly<Record<string, readonly string[]>>;
  /** Word that names use → words that mean it. */
  synonyms: Readonly<Record<string, string[]>>;
  examples: Examples;
}

/** @throws where two toolsets have an action of the same name */
export function catalogueOf(
  toolsets: Readonly<Record<string, Toolset>>,
  more: Pick<Catalogue, "sets" | "synonyms" | "examples">,
): Catalogue {
  const entries = new Map<string, Entry>();
  for (const [toolset, { service, actions, previews, outcomes, follows, words, optIn }] of Object.entries(toolsets))
    for (const [name, action] of Object.entries(actions)) {
      if (entries.has(name)) throw new Error(`two actions are called ${name}`);
      const [preview, outcome, follow] = [previews[name], outcomes[name], follows[name]];
      entries.set(name, { name, toolset, service, action, preview, outcome, follow, words: words[name] ?? "", optIn });
    }
  return { entries, services: [...new Set(Object.values(toolsets).map(({ service }) => service))], ...more };
}

/** What names in a call can be of, whatever service they belong to. */
export const kindsOf = ({ services }: Pick<Catalogue, "services">): Service["kinds"] =>
  Object.assign({}, ...services.map(({ kinds }) => kinds));
/** Every region in which some service is. */
export const regionsOf = ({ services }: Pick<Catalogue, "services">): string[] => [
  ...new Set(services.flatMap(({ regions }) => regions)),
];
