// What differs between two dumps, a line each: where, from what, to what.

type Item = Record<string, unknown>;
const isItem = (value: unknown): value is Item => typeof value === "object" && value !== null && !Array.isArray(value);
const NOTHING = Symbol("nothing");
const LONGEST = 160;

/** What tells the items of a list apart, where it is there and differs between them all. */
const IDENTITIES: ((item: Item) => unknown)[] = [
  (item) => item.id,
  (item) => item.number,
  (item) => item.flow,
  (item) => item.from,
  (item) => item.name,
  (item) => (item.topic as Item | undefined)?.name,
  (item) => (item.topic !== undefined && item.partition !== undefined ? `${item.topic}/${item.partition}` : undefined),
  (item) => item.client,
];

export function diff(before: unknown, after: unknown, path = ""): string[] {
  if (Object.is(before, after)) return [];
  if (isItem(before) && isItem(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      diff(fieldOf(before, name), fieldOf(after, name), path === "" ? name : `${path}.${name}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path);
  return [`${path || "the whole"}: ${shown(before)} → ${shown(after)}`];
}

// A field that is undefined is not written, so it is not there.
const fieldOf = (item: Item, name: string) =>
  Object.hasOwn(item, name) && item[name] !== undefined ? item[name] : NOTHING;

function diffLists(before: unknown[], after: unknown[], path: string): string[] {
  const identity = identityOf(before, after);
  const keyed = (list: unknown[]) => new Map(list.map((item, i) => [identity?.(item as Item) ?? i, item]));
  const [old, now] = [keyed(before), keyed(after)];
  const items = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const a = old.has(key) ? old.get(key) : NOTHING;
    const b = now.has(key) ? now.get(key) : NOTHING;
    return diff(a, b, `${path}[${label(key, a === NOTHING ? b : a)}]`);
  });
  // The same items in another order are not the same list: answers come in its order.
  const was = [...old.keys()].filter((key) => now.has(key));
  const is = [...now.keys()].filter((key) => old.has(key));
  if (was.every((key, i) => key === is[i])) return items;
  return [...items, `${path}: in the order ${shown(was)} → ${shown(is)}`];
}

function identityOf(before: unknown[], after: unknown[]) {
  const lists = [before, after];
  if (!lists.every((list) => list.every(isItem))) return undefined;
  return IDENTITIES.find((identity) =>
    lists.every((list) => {
      const keys = list.map((item) => identity(item as Item));
      return !keys.includes(undefined) && new Set(keys).size === keys.length;
    }),
  );
}

/** Names are what people know things by. */
const label = (key: unknown, item: unknown) =>
  isItem(item) && typeof item.name === "string" ? item.name : String(key);

function shown(value: unknown): string {
  if (value === NOTHING) return "nothing";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
