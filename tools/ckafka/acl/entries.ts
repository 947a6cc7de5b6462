// What ACLs and ACL rules allow and deny on a place (a topic, a group, the cluster), and who gains or loses where they change.
// A place is open to everybody until an ACL allows somebody; from then on it is closed to whoever no ACL allows.
import type { Reader } from "../../../src/model/action.ts";
import { field, type Line, num, quoted, say, several, someOf, together } from "../../../src/model/line.ts";
import { type Finding, grave, note, type ReadStakes } from "../../../src/model/preview.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/pages.ts";
import { beyond, rangeOf } from "../previews/ranges.ts";
import { AnyOperation, Permissions, Resources } from "./codes.ts";

type Read = Reader<Actions>;
export type Kind = 2 | 3 | 4;
export interface Entry {
  denies: boolean;
  principal: string;
  /** A word of Operations. */
  operation: string;
  host: string;
  /** The rule that it stands in, where it is no ACL of the place's own. */
  rule?: string;
  /** What the API wrote where nobody can read it. It counts as a grant to somebody unknown. */
  unread?: string;
}
/** A place with what is in force there. */
export interface Place {
  type: Kind;
  name: string;
  entries: Entry[];
}
interface Numbered {
  PermissionType: number;
  Principal: string;
  Operation: number;
  Host: string;
}
interface Named {
  PermissionType: string;
  Principal: string;
  Operation: string;
  Host: string;
}
const words: Readonly<Record<number, string>> = AnyOperation.words;
export const fromCodes = (acl: Numbered): Entry => ({
  denies: acl.PermissionType === Permissions.code.deny,
  principal: acl.Principal,
  operation: words[acl.Operation] ?? String(acl.Operation),
  host: acl.Host,
});
export const fromNames = (entry: Named): Entry => ({
  denies: entry.PermissionType.toLowerCase() === "deny",
  principal: entry.Principal,
  operation: entry.Operation.toLowerCase(),
  host: entry.Host,
});
/** One for each host: several stand in one text. */
export const eachHost = (entry: Entry): Entry[] =>
  [...new Set(entry.host.split(";").map((host) => host.trim()))]
    .filter((host) => host !== "")
    .map((host) => ({ ...entry, host }));
export const equal = (a: Entry, b: Entry) =>
  a.denies === b.denies && a.principal === b.principal && a.operation === b.operation && a.host === b.host;

/** A rule's entries, out of the JSON text that they come as. */
export function entriesOf({ RuleName: rule, AclList }: { RuleName: string; AclList: string }): Entry[] {
  try {
    type Written = Record<"host" | "operation" | "permissionType" | "principal", string>;
    return (JSON.parse(AclList) as Written[]).map((e) => ({
      denies: e.permissionType.toLowerCase() === "deny",
      principal: e.principal,
      operation: e.operation.toLowerCase(),
      host: e.host,
      rule,
    }));
  } catch {
    return [{ denies: false, principal: "", operation: "", host: "", rule, unread: AclList }];
  }
}

/** The ACLs of a kind of resource, of one resource or all, and how many were not looked at. */
export const aclsOf = (read: Read, InstanceId: string, ResourceType: Kind, ResourceName?: string) =>
  every(async (Offset) => {
    const asked = { InstanceId, ResourceType, ...(ResourceName ? { ResourceName } : {}), Limit: 50, Offset };
    const { Result } = await read("DescribeACL", asked);
    return { items: Result.AclList, total: Result.TotalCount };
  });
/** Places beyond that are looked up in one list of all ACLs, instead of each by itself. */
const FEW = 3;
/** Reads at a time. */
const WIDTH = 16;
/** What is in force on each of the places, and how many ACLs were not looked at. */
export async function standing(read: Read, InstanceId: string, type: Kind, given: readonly string[]) {
  const names = type === Resources.code.cluster ? [""] : [...new Set(given)];
  let unseen = 0;
  const acls = async (name: string) => {
    const { items, beyond } = await aclsOf(read, InstanceId, type, name);
    unseen += beyond;
    return items;
  };
  const all = names.length > FEW ? await acls("") : undefined;
  const places: Place[] = [];
  for (let at = 0; at < names.length; at += WIDTH) {
    const looked = names.slice(at, at + WIDTH).map(async (name): Promise<Place> => {
      const own = (all ?? (await acls(name))).filter((acl) => name === "" || acl.ResourceName === name);
      return { type, name, entries: [...own.map(fromCodes), ...(await byRules(read, InstanceId, type, name))] };
    });
    places.push(...(await Promise.all(looked)));
  }
  return { places, unseen };
}
/** What rules allow and deny there. They cover topics only. */
async function byRules(read: Read, InstanceId: string, type: Kind, TopicName: string): Promise<Entry[]> {
  if (type !== Resources.code.topic) return [];
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName });
  return Result.AclRuleList.flatMap(entriesOf);
}

// In words.
const known: ReadonlySet<string> = new Set(Object.values(AnyOperation.words));
const whom = (principal: string): Line => (principal === "User:*" ? say`everybody` : [quoted(principal)]);
const doing = (operation: string): Line =>
  operation === "all" ? say`everything` : known.has(operation) ? [field(operation)] : [quoted(operation)];
const from = (host: string): Line => (host === "*" ? [] : say` from ${quoted(host)}`);
/** allow "User:alice" read from "10.0.0.1" (rule "audited") */
export function entryLine(entry: Entry): Line {
  const by = entry.rule === undefined ? [] : say` (rule ${quoted(entry.rule)})`;
  if (entry.unread !== undefined) return say`what nobody can read, ${quoted(entry.unread)}${by}`;
  const verb = entry.denies ? say`deny` : say`allow`;
  return say`${verb} ${whom(entry.principal)} ${doing(entry.operation)}${from(entry.host)}${by}`;
}
/** How many of many entries, places or rules a line names. */
export const MOST_NAMED = 20;
export const entriesLine = (entries: readonly Entry[]): Line => several(entries.map(entryLine), MOST_NAMED);

export function placeLine({ type, name }: Pick<Place, "type" | "name">): Line {
  if (type === Resources.code.cluster) return say`the cluster`;
  return type === Resources.code.group ? say`group ${quoted(name)}` : say`topic ${quoted(name)}`;
}
const howMany = (places: readonly Place[]): Line => {
  const [first] = places;
  if (first && places.length === 1) return placeLine(first);
  return first?.type === Resources.code.group ? say`${num(places.length)} groups` : say`${num(places.length)} topics`;
};
const which = (places: readonly Place[]): Line =>
  places.length === 1
    ? howMany(places)
    : say`${howMany(places)} (${someOf(
        places.map(({ name }) => name),
        50,
      )})`;

// What a change comes to.
/** Whether what one allows, the other allows as well. */
const covers = (wide: Entry, narrow: Entry) =>
  !wide.denies &&
  wide.unread === undefined &&
  (wide.principal === narrow.principal || wide.principal === "User:*") &&
  (wide.operation === narrow.operation || wide.operation === "all") &&
  (wide.host === narrow.host || wide.host === "*" || inRange(wide.host, narrow.host));
function inRange(wide: string, narrow: string): boolean {
  const [outer, inner] = [rangeOf(wide), rangeOf(narrow)];
  return outer !== undefined && inner !== undefined && beyond([inner], [outer]).length === 0;
}
const EVERYTHING: Entry = { denies: false, principal: "User:*", operation: "all", host: "*" };

interface Effect {
  quality?: "loses" | "opens";
  /** The wider comes first: everybody, then somebody. */
  width: 0 | 1 | 2;
  /** In words that follow the place. */
  says: Line;
  /** In words that complete "Loses: …" or "Opens: …". */
  stake: Line;
}
const OPENS = "opens";
const LOSES = "loses";
/** Pure. @param before and after: what is in force on one place */
export function effects(before: readonly Entry[], after: readonly Entry[]): Effect[] {
  const [allowed, allows] = [before, after].map((list) => list.filter((e) => !e.denies)) as [Entry[], Entry[]];
  const [denied, denies] = [before, after].map((list) => list.filter((e) => e.denies)) as [Entry[], Entry[]];
  const open = (list: readonly Entry[]) => list.length === 0 || list.some((e) => covers(e, EVERYTHING));
  const found: Effect[] = [];
  const add = (says: Line, stake: Line, width: Effect["width"], quality?: "loses" | "opens") =>
    found.push({ says, stake, width, ...(quality ? { quality } : {}) });

  if (open(before) && !open(after) && allows.length > 0)
    add(
      say`open to everybody today; then only those may who are allowed`,
      say`access of everybody whom no ACL allows`,
      0,
      LOSES,
    );
  else if (!open(before) && open(after))
    add(
      after.length === 0
        ? say`no ACL is left then, and everybody may do everything`
        : say`closed to all but those allowed today; then everybody may do everything`,
      say`everything to everybody`,
      0,
      OPENS,
    );
  else if (!open(before) && allowed.length > 0 && allows.length === 0)
    add(
      say`nobody is allowed any more, and somebody is denied: whether that shuts everybody out or lets the others in is not documented`,
      say`perhaps everything to all but those denied; what holds where ACLs only deny is not documented`,
      0,
      OPENS,
    );
  else if (!open(before) && !open(after)) {
    for (const entry of allows.filter((e) => !allowed.some((other) => covers(other, e))))
      add(
        say`then ${whom(entry.principal)} may ${doing(entry.operation)}${from(entry.host)}`,
        say`${doing(entry.operation)} to ${whom(entry.principal)}${from(entry.host)}`,
        entry.principal === "User:*" ? 1 : 2,
        OPENS,
      );
    for (const entry of allowed.filter((e) => !allows.some((other) => covers(other, e))))
      add(
        say`then ${whom(entry.principal)} may no longer ${doing(entry.operation)}${from(entry.host)}`,
        say`access of ${whom(entry.principal)}: ${doing(entry.operation)}${from(entry.host)}`,
        entry.principal === "User:*" ? 1 : 2,
        LOSES,
      );
  }
  for (const entry of denies.filter((e) => !denied.some((other) => equal(other, e))))
    add(
      say`then ${whom(entry.principal)} is denied: ${doing(entry.operation)}${from(entry.host)}`,
      say`access of those denied: ${whom(entry.principal)}, ${doing(entry.operation)}${from(entry.host)}`,
      entry.principal === "User:*" ? 1 : 2,
      LOSES,
    );
  for (const entry of denied.filter((e) => !denies.some((other) => equal(other, e))))
    add(
      say`then ${whom(entry.principal)} is no longer denied: ${doing(entry.operation)}${from(entry.host)}`,
      say`${doing(entry.operation)} to ${whom(entry.principal)}${from(entry.host)}, who is denied it today`,
      entry.principal === "User:*" ? 1 : 2,
      OPENS,
    );
  if (before.length === 0 && after.length > 0 && allows.length === 0)
    add(say`open to everybody today; whether a deny alone also shuts out others is not documented`, [], 0);
  if (found.length === 0) add(open(after) ? say`open to everybody, today and then` : say`nobody gains or loses`, [], 2);
  return found;
}

/** Of several places: what is alike is said once, the widest first. */
export function weighed(places: readonly { place: Place; after: readonly Entry[] }[]) {
  const groups = new Map<string, { effect: Effect; places: Place[] }>();
  for (const { place, after } of places)
    for (const effect of effects(place.entries, after)) {
      const key = JSON.stringify([effect.quality, effect.says]);
      const group = groups.get(key) ?? { effect, places: [] };
      groups.set(key, { effect, places: [...group.places, place] });
    }
  const sorted = [...groups.values()].toSorted(
    (a, b) => a.effect.width - b.effect.width || b.places.length - a.places.length,
  );
  const finds = sorted.map(({ effect, places: on }): Finding => {
    const line = say`On ${which(on)}: ${effect.says}.`;
    return effect.quality ? grave(effect.quality, line) : note(line);
  });
  const stakeOf = (quality: "loses" | "opens"): Line | null => {
    const own = sorted.filter(({ effect }) => effect.quality === quality);
    const lines = own.slice(0, 3).map(({ effect, places: on }) => say`${effect.stake}, on ${howMany(on)}`);
    return together(own.length > 3 ? [...lines, say`and more`] : lines) ?? null;
  };
  return { finds, stakes: { loses: stakeOf(LOSES), opens: stakeOf(OPENS) } satisfies ReadStakes };
}
/** What is in force today, a line for each of the first places that have something. */
export function todayLines(places: readonly Place[], most = 10): Finding[] {
  const closed = places.filter(({ entries }) => entries.length > 0);
  const lines = closed
    .slice(0, most)
    .map((place) => note(say`Today on ${placeLine(place)}: ${entriesLine(place.entries)}.`));
  const rest = closed.length - most;
  return rest > 0 ? [...lines, note(say`${num(rest)} more places with ACLs are not listed here.`)] : lines;
}
export const unseenLine = (unseen: number): Finding[] =>
  unseen > 0 ? [note(say`${num(unseen)} more ACLs could not be looked at: agree only if you know.`)] : [];
