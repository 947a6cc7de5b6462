// Reads the official prose into facts without the prose: npx tsx test/reference/facts/read.ts PATH [--write]
// PATH is the folder with the definitions. Prints the table, or writes it beside the tests; figures and doubts go to stderr.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decisions, left } from "./decisions.ts";
import { type Fact, factOf, type Member, tidy } from "./prose.ts";

type Objects = Record<string, Record<string, Member>>;
interface Newest {
  objects: Record<
    string,
    {
      members: { name: string; type: string; member: string; document?: string; example?: string; disabled: boolean }[];
    }
  >;
  actions: Record<string, { input: string; output: string }>;
}
interface OlderField {
  name: string;
  type: string;
  description?: string;
  example?: unknown;
}
interface Older {
  actions: Record<string, { input: OlderField[]; output: OlderField[] }>;
  structures: Record<string, { fields: OlderField[] }>;
}

const [folder, flag] = process.argv.slice(2);
if (!folder) {
  console.error("npx tsx test/reference/facts/read.ts PATH [--write]: the folder of the official definitions");
  process.exit(2);
}
const json = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const newest = json("newest/api.json") as Newest;
const older = json("catalogue.json") as Older;

const byName = <T extends { name: string }, V>(list: T[], value: (entry: T) => V) =>
  Object.fromEntries(list.map((entry) => [entry.name, value(entry)]));

const now: Objects = Object.fromEntries(
  Object.entries(newest.objects).map(([object, { members }]) => [
    object,
    byName(members, ({ name, type, member, document = "", example = "", disabled }) => ({
      name,
      // Lists and structures say in `member` of what they are; so do numbers, how wide they are, and texts, whether a time.
      kind: type === "float" ? type : member,
      text: document,
      example,
      disabled,
    })),
  ]),
);
const fields = (list: OlderField[]) =>
  byName(list, ({ name, type, description = "", example = "" }) => ({
    name,
    kind: type.replace(/^Array of /, ""),
    // The pages were printed: a line that ends within a word left a blank there.
    text: description.replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, ""),
    example: String(example),
    disabled: false,
  }));
const before: Objects = {
  ...Object.fromEntries(Object.entries(older.structures).map(([object, { fields: list }]) => [object, fields(list)])),
  ...Object.fromEntries(
    Object.entries(older.actions).flatMap(([action, { input, output }]) => [
      [`${action}Request`, fields(input)],
      [`${action}Response`, fields(output)],
    ]),
  ),
};

const table: Record<string, Record<string, Fact>> = {};
for (const object of [...new Set([...Object.keys(now), ...Object.keys(before)])].sort()) {
  const row: Record<string, Fact> = {};
  // The older pages speak for what the newest definition no longer has.
  for (const [field, member] of Object.entries({ ...before[object], ...now[object] })) row[field] = factOf(member);
  table[object] = row;
}
/** A decision about a field that there is not, or that changes nothing, is out of date. */
const stale: string[] = [];
for (const { facts } of decisions)
  for (const [at, decided] of Object.entries(facts)) {
    const [object, field] = at.split(".") as [string, string];
    const fact = table[object]?.[field];
    if (!fact) throw new Error(`${at} is decided and does not exist`);
    const after = Object.fromEntries(Object.entries({ ...fact, ...decided }).filter(([, value]) => value !== null));
    if (JSON.stringify(after) === JSON.stringify(fact)) stale.push(at);
    (table[object] as Record<string, Fact>)[field] = after;
  }
const leftOut = new Set(left.flatMap(({ fields }) => fields));
for (const at of leftOut) {
  const [object, field] = at.split(".") as [string, string];
  if (!table[object]?.[field]) throw new Error(`${at} is left out and does not exist`);
}

/** Each kind of fact in one place of its row, so that the table only changes where a fact does. */
const KINDS = ["unit", "codes", "time", "success", "deprecated", "secret"] as const;
const line = (row: Record<string, Fact>) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(row)
        .filter(([, fact]) => Object.keys(fact).length > 0)
        .map(([field, fact]) => [
          field,
          Object.fromEntries(KINDS.flatMap((kind) => (kind in fact ? [[kind, fact[kind]]] : []))),
        ]),
    ),
  );
const text = `{\n${Object.entries(table)
  .map(([object, row]) => `${JSON.stringify(object)}:${line(row)}`)
  .join(",\n")}\n}\n`;
if (flag === "--write") writeFileSync(join(import.meta.dirname, "..", "facts.json"), text);
else process.stdout.write(text);

const facts = Object.values(table).flatMap((row) => Object.values(row));
for (const kind of KINDS) console.error(`${kind}: ${facts.filter((fact) => kind in fact).length}`);
console.error(`objects: ${Object.keys(table).length}, fields: ${facts.length}`);
console.error(`decided: ${decisions.flatMap(({ facts }) => Object.keys(facts)).length}, left out: ${leftOut.size}`);
if (stale.length > 0) console.error(`decisions that change nothing: ${stale.join(" ")}`);
const kindless = (kind: string) => kind in table;
/** What sounds like a fact and has become none. */
const SOUNDS = /单位|枚举|百分比|时间戳|时间\s*$|状态\s*$|(^|\D)\d ?(:|表示)|(true|false) ?(:|表示|为)/;
for (const [object, members] of Object.entries({ ...before, ...now }))
  for (const { name, kind, text } of Object.values(members)) {
    const fact = table[object]?.[name] ?? {};
    if (kindless(kind)) continue;
    if (Object.keys(fact).length === 0 && !leftOut.has(`${object}.${name}`) && SOUNDS.test(tidy(text)))
      console.error(`unread: ${object}.${name}`);
  }
