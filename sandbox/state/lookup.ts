// How things are found in long lists: a topic among ten thousand, a page of them in an order.

const indexes = new WeakMap<object, { count: number; byName: Map<string, unknown> }>();

/** The first item with a name. For lists whose items keep their names, and that only grow or are replaced by others. */
export function named<T extends { name: string }>(list: T[], name: string): T | undefined {
  let index = indexes.get(list);
  if (!index || index.count > list.length) {
    index = { count: 0, byName: new Map() };
    indexes.set(list, index);
  }
  for (; index.count < list.length; index.count += 1) {
    const item = list[index.count] as T;
    if (!index.byName.has(item.name)) index.byName.set(item.name, item);
  }
  return index.byName.get(name) as T | undefined;
}

/** Items by what they have in common, both in the order of the list. */
export function grouped<T, K>(list: T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

type Compare<T> = (a: T, b: T) => number;

/** A page of the list that sorting would give. Only the page is sorted: of ten thousand items nobody looks at the others. */
export function sortedPage<T>(list: T[], compare: Compare<T>, offset = 0, limit = 20): T[] {
  const items = [...list];
  const end = Math.min(offset + limit, items.length);
  divide(items, offset, 0, compare);
  divide(items, end, offset, compare);
  return items.slice(offset, end).sort(compare);
}

/** Moves the items that sort before a border in front of it (quickselect). Those before `low` stay where they are. */
function divide<T>(items: T[], border: number, low: number, compare: Compare<T>) {
  let [from, to] = [low, items.length - 1];
  while (from < to && border <= to) {
    const pivot = items[(from + to) >> 1] as T;
    let [left, right] = [from, to];
    while (left <= right) {
      while (compare(items[left] as T, pivot) < 0) left += 1;
      while (compare(items[right] as T, pivot) > 0) right -= 1;
      if (left > right) break;
      [items[left], items[right]] = [items[right] as T, items[left] as T];
      left += 1;
      right -= 1;
    }
    // Between the two is what equals the pivot.
    if (border <= right) to = right;
    else if (border >= left) from = left;
    else return;
  }
}
