import fc from "fast-check";
import { expect, test } from "vitest";
import { grouped, named, sortedPage } from "../../sandbox/state/lookup.ts";

test("a page is what sorting the whole list would give", () => {
  const compare = (a: number, b: number) => a - b;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 })), fc.nat(40), fc.nat(40), (list, offset, limit) => {
      const before = [...list];
      expect(sortedPage(list, compare, offset, limit)).toEqual(list.toSorted(compare).slice(offset, offset + limit));
      expect(list).toEqual(before);
    }),
    { numRuns: 1_000 },
  );
});

test("names are found while a list grows, and in the list that replaces it", () => {
  let list = [{ name: "a" }, { name: "b" }];
  expect(named(list, "b")).toBe(list[1]);
  expect(named(list, "c")).toBeUndefined();
  list.push({ name: "c" }, { name: "a" });
  expect(named(list, "c")).toBe(list[2]);
  expect(named(list, "a")).toBe(list[0]);
  list = list.filter(({ name }) => name !== "b");
  expect(named(list, "b")).toBeUndefined();
});

test("groups keep the order of the list", () => {
  expect([...grouped([3, 1, 2, 4, 5], (n) => n % 2)]).toEqual([
    [1, [3, 1, 5]],
    [0, [2, 4]],
  ]);
});
