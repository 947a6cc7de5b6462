// Looking actions up: FindActions and DescribeAction.
import MiniSearch from "minisearch";
import { InputError } from "../model/errors.ts";
import { begin } from "../text/bounded.ts";
import { nearest } from "../text/nearest.ts";
import type { Schema } from "./advertised.ts";
import type { Described, Reference } from "./reference.ts";

export interface Library {
  find: (words: string, limit: number, offers: (action: string) => boolean) => object;
  /** @throws InputError */
  describe: (
    action: string,
    parameter: string | undefined,
    offers: (action: string) => boolean,
    whyNot: (action: string) => string,
  ) => object;
}

/** Characters of a schema beyond which parts are named instead of shown. */
const LARGEST_SCHEMA = 24_000;

/** @param brought what is offered of that which has to be asked for; the rest of it must not weigh on what is found */
export function openLibrary(
  { entries, synonyms, example }: Reference,
  brought: (action: string) => boolean = () => true,
): Library {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const read = reader(synonyms);
  const index = new MiniSearch<Described & { parameters: string }>({
    idField: "name",
    fields: ["name", "about", "words", "parameters"],
    tokenize: (text) => read(text, false),
    processTerm: (term) => term,
    searchOptions: {
      tokenize: (text) => read(text, true),
      boost: { name: 3, words: 3, about: 1.5, parameters: 0.5 },
      prefix: (term) => term.length > 4,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  });
  const indexed = entries.filter(({ name, optIn }) => !optIn || brought(name));
  index.addAll(
    indexed.map((entry) => ({ ...entry, parameters: Object.keys((entry.input.properties ?? {}) as object).join(" ") })),
  );

  return {
    find(words, limit, offers) {
      const asked = new Set(read(words, true));
      const found = index
        .search(words)
        .filter(({ id }) => offers(id))
        .map(({ id, score }) => ({ id, score: score * (0.8 + covered(read(id, false), asked)) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
        .map(({ id }) => byName.get(id) as Described);
      if (found.length === 0)
        return {
          Actions: [],
          "(note)": `Nothing fits these words; try others, like the noun and the verb: ${example}.`,
        };
      return { Actions: found.map(({ name, about, effect }) => ({ Action: name, About: about, Effect: effect })) };
    },
    describe(name, parameter, offers, whyNot) {
      const entry = byName.get(name);
      if (!entry) {
        const near = nearest(name, byName.keys());
        throw new InputError(
          `DescribeAction: there is no action ${JSON.stringify(begin(name, 100))}${near ? `; did you mean ${near}?` : ""}`,
        );
      }
      if (parameter !== undefined) return { Action: name, Parameter: parameter, Schema: partOf(entry, parameter) };
      const { about, risk, callsPerSecond, regions, outcome, input, result, errors } = entry;
      return {
        Action: name,
        About: about,
        ...(offers(name) ? {} : { "(note)": whyNot(name) }),
        Risk: risk,
        CallsPerSecond: callsPerSecond,
        ...(regions ? { Regions: regions } : {}),
        ...(outcome ? { OutcomeShownBy: outcome } : {}),
        Input: JSON.stringify(input).length > LARGEST_SCHEMA ? outline(input) : input,
        Result: result,
        Errors: errors,
      };
    },
  };
}

/**
 * The share of a name's words that were asked for: of two that fit, the one about nothing else is meant. That a name begins
 * with Describe counts only against it where a change is asked for; hardly anybody asks for a describe.
 */
function covered(name: string[], asked: Set<string>): number {
  const change = CHANGING.some((word) => asked.has(word));
  const telling = change ? name : name.filter((word) => !READING.includes(word));
  return telling.filter((word) => asked.has(word)).length / telling.length;
}
const READING = ["describe", "fetch", "get", "list"].map(stem);
const CHANGING = ["create", "delete", "modify", "renew", "pause", "resume", "restart", "upgrade"].map(stem);

/** The schema of a parameter, however deep: Topic.RetentionMs. Lists are passed through. @throws InputError */
function partOf({ name, input }: Described, path: string): Schema {
  let at = input;
  for (const step of path.replaceAll("[]", "").split(".")) {
    const { properties = {} } = (at.items ?? at) as { properties?: Record<string, Schema> };
    const next = Object.hasOwn(properties, step) ? properties[step] : undefined;
    if (!next) {
      const near = nearest(step, Object.keys(properties));
      throw new InputError(
        `DescribeAction: ${name} has no ${begin(path, 200)}; ${near ? `did you mean ${near}?` : `there are ${Object.keys(properties).join(", ")}`}`,
      );
    }
    at = next;
  }
  return JSON.stringify(at).length > LARGEST_SCHEMA ? outline(at) : at;
}

/** A schema whose structures show the names of their fields only. */
function outline(schema: Schema): Schema {
  const { properties, ...rest } = schema;
  if (!properties) return schema;
  const fields = Object.entries(properties as Record<string, Schema>).map(([name, field]) => {
    const inner = ((field.items as Schema | undefined) ?? field).properties;
    if (!inner) return [name, field];
    const { properties: _, items: __, required: ___, ...plain } = field;
    return [
      name,
      { ...plain, fields: Object.keys(inner).join(", "), more: "DescribeAction with Parameter shows them" },
    ];
  });
  return { ...rest, properties: Object.fromEntries(fields) };
}

/**
 * Text → words. Names are split at their capitals; Chinese, which has no spaces, by the longest known word. What is looked
 * for also stands for the word that names use for it.
 */
function reader(synonyms: Reference["synonyms"]): (text: string, lookingFor: boolean) => string[] {
  const meanings = new Map<string, string[]>();
  const phrases: [string, string][] = [];
  for (const [word, others] of Object.entries(synonyms))
    for (const other of others) {
      if (/[a-z] /.test(other)) phrases.push([other, stem(word)]);
      else meanings.set(stem(other), [...(meanings.get(stem(other)) ?? []), stem(word)]);
    }
  const chinese = [...meanings.keys()].filter((word) => CHINESE.test(word)).sort((a, b) => b.length - a.length);

  return (text, lookingFor) => {
    const words: string[] = [];
    const add = (word: string) => words.push(word, ...(lookingFor ? (meanings.get(word) ?? []) : []));
    const plain = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
    if (lookingFor) for (const [phrase, word] of phrases) if (plain.includes(phrase)) words.push(word);
    for (const run of plain.match(/[a-z0-9]+|[\u4e00-\u9fff]+/g) ?? []) {
      if (!CHINESE.test(run)) {
        if (!STOP_WORDS.has(run)) add(stem(run));
        continue;
      }
      for (let at = 0; at < run.length; ) {
        const known = chinese.find((word) => run.startsWith(word, at));
        if (known) words.push(...(meanings.get(known) as string[]));
        // What no list knows still finds itself, two characters at a time.
        else if (at + 1 < run.length) words.push(run.slice(at, at + 2));
        at += known?.length ?? 1;
      }
    }
    return words;
  };
}
const CHINESE = /[\u4e00-\u9fff]/;
/** Plural and verb endings taken off, roughly; the same roughness meets itself on the other side. */
function stem(word: string): string {
  return word.length > 4
    ? word.replace(/ies$/, "y").replace(/(ing|ed|es|s|e)$/, "")
    : word.length > 3
      ? word.replace(/s$/, "")
      : word;
}
const STOP_WORDS = new Set(
  "a an the of to in on for from is are be do does did i my me we our it its this that with and or by at as can how what why when please want need".split(
    " ",
  ),
);
