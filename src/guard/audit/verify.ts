// Whether the audit is as it was written: which lines were edited, removed, inserted or moved.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Signer, signerOf } from "../state.ts";
import { EXTENSION, type Head, hashOf, headOf, NOTHING, REGISTER } from "./journal.ts";

export interface Verified {
  files: number;
  lines: number;
  /** "FILE: line 3 …" */
  problems: string[];
  /** Why nobody can tell whether the audit is as it was written; undefined where its key is there. */
  unknown: string | undefined;
}

/** @throws what the file system throws where the folder cannot be read */
export function verifyAudit(folder: string): Verified {
  const state = dirname(folder);
  const signer = signerOf(state);
  const present = readdirSync(folder);
  const registered = registerOf(state, signer);
  const names = new Set([
    ...present.flatMap((name) =>
      name.endsWith(EXTENSION) ? [name] : name.endsWith(headOf(EXTENSION)) ? [withoutHead(name)] : [],
    ),
    ...registered.keys(),
  ]);
  let lines = 0;
  const problems = [...names].sort().flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [`${name}: the whole file was removed`];
    const { text, head } = snapshot(path);
    const found = checkFile(name, text, head, signer, registered.get(name));
    lines += found.lines;
    return found.problems.map((problem) => `${name}: ${problem}`);
  });
  const unknown = signer
    ? undefined
    : "the key that its lines are signed with is not beside it: whoever wrote it can have written anything";
  return { files: names.size, lines, problems, unknown };
}

/** How far each file had got, as it stands outside the audit. What was not signed with the key says nothing. */
function registerOf(state: string, signer: Signer | undefined): Map<string, Head> {
  const folder = join(state, REGISTER);
  if (!signer || !existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).flatMap((name): [string, Head][] => {
      const { mac, ...head } = asObject(readFileSync(join(folder, name), "utf8")) ?? {};
      return signer.signed("register", head, mac) ? [[String(head.file), head as unknown as Head]] : [];
    }),
  );
}

const withoutHead = (name: string) => name.slice(0, -headOf("").length);

/** A file and its head as they stand together: a server may be writing. */
function snapshot(path: string): { text: string; head: string | undefined } {
  const readHead = () => (existsSync(headOf(path)) ? readFileSync(headOf(path), "utf8") : undefined);
  for (let attempt = 1; ; attempt += 1) {
    const before = readHead();
    const text = readFileSync(path, "utf8");
    const head = readHead();
    if (before === head || attempt === 10) return { text, head };
  }
}

function checkFile(
  name: string,
  text: string,
  head: string | undefined,
  signer: Signer | undefined,
  registered: Head | undefined,
) {
  const lines = text.split("\n");
  const rest = lines.pop();
  // Killed before its first line was begun.
  if (text === "" && head === undefined && !registered) return { lines: 0, problems: [] };
  const { next } = (asObject(head ?? "") ?? {}) as Partial<Head>;
  // Killed while a line was being written: nobody was told that it stands there.
  const begun = rest !== "" && next !== undefined;
  const problems = rest === "" || begun ? [] : [`line ${lines.length + 1} is cut off`];
  problems.push(...checkLines(name, lines));
  problems.push(...checkHead(name, lines, head, signer, problems.length > 0));
  if (registered && registered.count > lines.length && problems.length === 0)
    problems.push(`was rolled back: it had ${registered.count} lines and has ${lines.length}`);
  const known = registered && lines[registered.count - 1];
  if (registered && known !== undefined && hashOf(known) !== registered.hash && problems.length === 0)
    problems.push(`was written anew: line ${registered.count} is another one than it was`);
  return { lines: lines.length, problems };
}

/** Where a number is out of turn a line is missing or misplaced; where only a hash differs, the line it is of was edited. */
function checkLines(name: string, lines: string[]): string[] {
  const problems: string[] = [];
  let last = { n: 0, hash: NOTHING };
  let expected = 1;
  for (const [index, line] of lines.entries()) {
    const at = index + 1;
    const entry = asObject(line);
    const n = entry?.n;
    if (typeof n !== "number") problems.push(`line ${at} was edited: it is no line of an audit`);
    else if (n > expected) problems.push(`${between(expected, n - 1)} missing before line ${at}`);
    else if (n < expected) problems.push(`line ${at} was inserted or moved: it says that it is line ${n}`);
    else if (n === last.n + 1 && entry?.prev !== last.hash)
      problems.push(at === 1 ? "line 1 was edited" : `line ${at - 1} was edited: line ${at} has another hash of it`);
    if (at === 1 && entry?.file !== name && problems.length === 0)
      problems.push(`line 1 was edited, or the file renamed: it is of ${entry?.file}`);
    last = { n: typeof n === "number" ? n : expected, hash: hashOf(line) };
    expected = Math.max(expected, last.n + 1);
  }
  return problems;
}

const between = (first: number, last: number) =>
  first === last ? `line ${first} is` : `lines ${first} to ${last} are`;

/** What the chain alone does not tell: what stood at the end. */
function checkHead(
  name: string,
  lines: string[],
  text: string | undefined,
  signer: Signer | undefined,
  broken: boolean,
) {
  if (text === undefined) return [`its head file ${headOf(name)} was removed, so nobody can tell where it ended`];
  const { mac, ...fields } = asObject(text) ?? {};
  const head = fields as unknown as Head;
  if (head.file !== name || typeof head.count !== "number" || (signer && !signer.signed("head", fields, mac)))
    return [`its head file ${headOf(name)} was edited`];
  const { count, hash, next } = head;
  const last = hashOf(lines.at(-1) ?? "");
  if (lines.length < count) return [`${between(lines.length + 1, count)} missing at the end`];
  if (lines.length === count && count > 0 && last !== hash) return broken ? [] : [`line ${count} was edited`];
  if (lines.length === count || (lines.length === count + 1 && last === next)) return [];
  return broken ? [] : [`line ${count + 1} was added behind the end`];
}

function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
