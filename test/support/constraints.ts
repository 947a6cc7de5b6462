// Runs the tables of constraints: what the reference states about several parameters at once, about lists, and about forms
// for which no general probe exists, met and broken once. Of one value, test/reference/values.test.ts tries both sides.
import { describe, expect, test } from "vitest";
import { judge } from "../../sandbox/reference/judge.ts";
import { parse } from "../../src/call/parse.ts";
import type { AnyAction } from "../../src/model/action.ts";
import { type ActionName, actions } from "../../tools/ckafka/actions.ts";

type Given = Record<string, unknown>;
/** What the reference says, arguments that keep to it, arguments that do not, and what the refusal must say. */
export type Row = [says: string, valid: Given, invalid: Given, refusal: RegExp];
/** Complete arguments of an action, which every row spreads its own over, and its rows. `undefined` takes one away. */
export type Table = { [A in ActionName]?: { base: Given; rows: Row[] } };

export function constraints(table: Table) {
  describe.each(Object.entries(table))("%s", (name, { base, rows }) => {
    const action = actions[name as ActionName] as unknown as AnyAction;
    const attempt = (given: Given) => () => {
      const input = Object.entries({ ...base, ...given }).filter(([, v]) => v !== undefined);
      // What the models let through, the sandbox does as well: its values are another reading of the same pages.
      judge(name, parse(name, action, Object.fromEntries(input)));
    };
    test.each(rows)("%s", (_says, valid, invalid, refusal) => {
      expect(attempt(valid)).not.toThrow();
      expect(attempt(invalid)).toThrow(refusal);
      // Nothing else may be wrong with it, or the row would prove nothing.
      expect(attempt(invalid)).not.toThrow(/ is missing \(| is not a parameter /);
    });
  });
}

/** A text of this many characters. */
export const long = (length: number) => "a".repeat(length);
/** A list of this many entries. */
export const many = <T>(count: number, entry: T): T[] => Array(count).fill(entry) as T[];
