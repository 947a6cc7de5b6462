// npm run examples -- FILE: whether the examples of an official definition (its examples.json) fit the models. Ends with 1 where one
// does not and is not known to be wrong.
import { readFileSync } from "node:fs";
import { parse } from "../../src/call/parse.ts";
import type { AnyAction } from "../../src/model/action.ts";
import { type ActionName, actions } from "../../tools/ckafka/actions.ts";
import { misfits, unflatten } from "./documented.ts";

/** Requests that their own page contradicts, and how. */
const WRONG: Record<string, RegExp> = {
  // A public route without the bandwidth and the encryption that its page asks for.
  CreateRoute: /VipType 1 needs/,
  // A filter that its page does not have.
  DescribeTypeInstances: /Type is not a parameter/,
  // Strategy 1 without the time that the page asks for.
  ModifyGroupOffsets: /Strategy 1 needs ShiftTimestamp/,
};

interface Example {
  input: string;
  output: string;
}
const [file] = process.argv.slice(2);
if (!file) {
  console.error("npm run examples -- FILE: the examples.json of the official definition");
  process.exit(2);
}
const documented = JSON.parse(readFileSync(file, "utf8")).actions as Record<ActionName, Example[]>;

/** A body of JSON behind headers, or a query broken into lines. */
function requestOf(text: string): Record<string, unknown> {
  if (text.startsWith("POST")) return JSON.parse(text.slice(text.indexOf("{")));
  const pairs = text
    .split(/\s*[?&]\s*/)
    .slice(1)
    .map((pair) => pair.trim().split(/=(.*)/s) as [string, string?]);
  return unflatten(
    Object.fromEntries(
      pairs
        .filter(([name]) => name && !name.startsWith("<") && !["Action", "Version", "Region"].includes(name))
        .map(([name, value = ""]) => [name, value.replace(/^"|"$/g, "")]),
    ),
  );
}

let [requests, responses, wrong] = [0, 0, 0];
const complaints: string[] = [];
for (const [name, examples] of Object.entries(documented) as [ActionName, Example[]][])
  for (const { input, output } of examples) {
    try {
      parse(name, actions[name] as unknown as AnyAction, requestOf(input));
      requests += 1;
    } catch (error) {
      const { message } = error as Error;
      if (WRONG[name]?.test(message)) wrong += 1;
      else complaints.push(`request of ${name}: ${message}`);
    }
    const found = misfits(name, JSON.parse(output).Response);
    if (found.length === 0) responses += 1;
    else complaints.push(`response of ${name}: ${found.join("; ")}`);
  }
console.log(complaints.join("\n"));
console.log(`${requests} requests and ${responses} responses fit; ${wrong} requests contradict their own page.`);
process.exit(complaints.length > 0 ? 1 : 0);
