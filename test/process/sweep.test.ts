// Every parameter of every action with values that nobody means, over stdio: no crash, no hang, nothing but well-formed frames
// within the budget, and nothing changed.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod/v3";
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { bare } from "../../src/model/field.ts";
import { all, argumentsOf, documented } from "../hostile/support.ts";
import { sandbox, smallWorld, temporaryFolder } from "../support/harness.ts";
import { hello, launch, line } from "../support/process.ts";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: that is one of them
const ODD: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -0,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "9223372036854775808",
  "null",
  "[]",
  "{}",
  "[[",
  "constructor",
  "__proto__",
  "${HOME}",
  "…",
  "../../etc/passwd",
  "*",
  "%00",
  "\u0000",
  "\ud800",
  "\u202e",
  "😀".repeat(60),
  "x".repeat(5_000),
  [],
  {},
  [null],
  [[]],
  [{}],
  { a: 1 },
  { constructor: 1 },
  Array(300).fill("x"),
  JSON.parse('{"__proto__":{"a":1}}'),
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
/** A third of them in turn, each other third at the next parameter; all of them with SWEEP=full in the environment. */
let turn = 0;
function share(): unknown[] {
  turn += 1;
  return process.env.SWEEP === "full" ? ODD : ODD.filter((_, at) => (at + turn) % 3 === 0);
}
/** Characters of one answer: the budget of results at four a token, some notes, text and structure. */
const LARGEST = 200_000;

test("nothing that is odd does anything", { timeout: 600_000 }, async () => {
  const box = await sandbox(smallWorld);
  const before = JSON.stringify({ ...dumpWorld(box.world), made: 0 });
  const { secretId, secretKey } = box.credential;
  const args = ["--endpoint", box.url, "--region", box.region, "--secret-id", secretId, "--secret-key", secretKey];
  const own = ["--metadata-url", "off", "--rate-limit", "off", "--wait", "0", "--confirm", "elicit"];
  const { raw, answer, frames, lines, input, ended, log } = launch([
    ...args,
    ...own,
    "--state-dir",
    `${temporaryFolder()}/s`,
    "--log-level",
    "error",
  ]);
  raw(line("hello", "initialize", hello));
  await answer("hello");
  let sent = 0;
  let pending: Promise<unknown>[] = [];
  for (const [name, action] of all) {
    const base =
      documented(name, action) ?? (fc.sample(argumentsOf(action.input), { seed: 1, numRuns: 1 })[0] as object);
    const shape = (bare(action.input) as z.AnyZodObject).shape as z.ZodRawShape;
    for (const parameter of [...Object.keys(shape), "Region", "Ticket", "Profile", "Unknown", "__proto__"])
      for (const odd of share()) {
        sent += 1;
        const given = JSON.stringify({ ...base, "\u0001": odd }).replace('"\\u0001"', JSON.stringify(parameter));
        raw(`{"jsonrpc":"2.0","id":${sent},"method":"tools/call","params":{"name":"${name}","arguments":${given}}}`);
        pending.push(answer(sent));
        if (pending.length < 256) continue;
        await Promise.all(pending);
        pending = [];
      }
  }
  await Promise.all(pending);
  input.end();
  expect(await ended).toEqual({ code: 0, signal: null });
  console.log(`${sent} calls`);
  expect(frames()).toHaveLength(sent + 1);
  for (const text of lines()) {
    expect(text.length).toBeLessThan(LARGEST);
    expect(/\\ud[89a-f]/i.test(text.replace(/\\\\/g, "")), text.slice(0, 300)).toBe(false);
  }
  const wrong = frames().flatMap(({ result, error }) => {
    const said = error?.message ?? result.content?.[0]?.text ?? "";
    return error?.code === -32603 || /This is a bug|failed inside/.test(said) ? [said.slice(0, 300)] : [];
  });
  expect([...new Set(wrong)]).toEqual([]);
  expect(log()).toBe("");
  expect(JSON.stringify({ ...dumpWorld(box.world), made: 0 })).toBe(before);
});
