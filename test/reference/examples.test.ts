// The documented response examples against the sandbox's answers: what an example shows, an answer has as well.
import { expect, test } from "vitest";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import { sandbox } from "../support/harness.ts";
import { play, sender, world } from "../support/scenario.ts";

interface Example {
  response?: Record<string, unknown>;
}
const examples = Object.entries(older.actions as Record<string, { examples?: Example[] }>).flatMap(
  ([action, { examples = [] }]) => examples.flatMap(({ response }) => (response ? [{ action, response }] : [])),
);

/** The paths of all keys; entries of a list are one. */
function paths(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => paths(entry, at));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at === "" ? key : `${at}.${key}`;
    return [path, ...paths(inner, path)];
  });
}
/** Paths of what is empty. */
function open(value: unknown, at = ""): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [at];
  if (Array.isArray(value)) return value.flatMap((entry) => open(entry, at));
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => open(inner, at === "" ? key : `${at}.${key}`));
}

/** What examples have and answers do not, and why. */
const MISSING = [
  // Printed in the example, defined nowhere.
  "DescribeCkafkaZone Result.Version",
];
/** What examples show the inside of, and answers leave empty: a route, where the change is not about one. */
const EMPTY = /\.RouteDTO$/;

test("an answer has every key that the documented example has", async () => {
  const answers = await play(sender(await sandbox(world)));
  expect(examples.length).toBeGreaterThan(90);
  const missing = examples.flatMap(({ action, response }) => {
    const given = new Set(paths(answers[action]));
    const empty = open(answers[action]).filter((path) => EMPTY.test(path));
    return paths(response)
      .filter((path) => !given.has(path) && !empty.some((at) => path.startsWith(`${at}.`)))
      .map((path) => `${action} ${path}`);
  });
  expect([...new Set(missing)]).toEqual(MISSING);
});
