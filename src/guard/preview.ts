// What a person is shown of a change: whole lines that say what they seem to, bounded, without secrets. And whether it still says the same.
import { createHash } from "node:crypto";
import { isCancelled, isMissing, Refusal } from "../model/errors.ts";
import { redactText } from "../text/redact.ts";
import { spelt } from "../text/visible.ts";
import type { Proposal } from "./proposal.ts";

/** More than that nobody reads, and some clients do not show. */
const [MOST_LINES, LONGEST_LINE] = [100, 1_000];

/**
 * The change, what it loses, and what the previewing reads found.
 * @throws Refusal where it cannot come to anything; CloudError where what the change names is not there
 */
export async function describe(proposal: Proposal): Promise<string> {
  const { action, service, region, input, secret, risk, preview } = proposal;
  if (risk.level === "read") return action;
  const holder = input[service.within];
  const within = holder && holder !== risk.subject ? `, ${holder}` : "";
  const lines = [`${action} on ${risk.subject} in ${region}${within}`];
  if (risk.loses) lines.push(`${risk.certain ? "Loses" : "Beware"}: ${risk.loses}.`);
  if (risk.bills) lines.push("Costs or refunds money.");
  const { read, absent } = noticing(proposal);
  try {
    lines.push(...(await preview(input as never, read as never)));
  } catch (error) {
    // Nobody is asked about what is not there. Something that was only found on the way may be gone: that is no reason to keep the rest.
    if (error instanceof Refusal || absent.has(error) || isCancelled(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    lines.push(`What it would hit could not be read (${reason}): agree only if you know.`);
  }
  // A line break in an argument must not begin a line that passes for one of ours.
  return bounded(
    lines.map((line) => spelt(redactText(line, input, secret))),
    service.moving,
  ).join("\n");
}

/** Reads as before, and keeps the errors of what the change itself names: each text of such a read is one of the change's own. */
function noticing({ input, read }: Proposal) {
  const absent = new Set<unknown>();
  const own = new Set(textsIn(input));
  const noticed: Proposal["read"] = async (action, asked) => {
    try {
      return await read(action, asked);
    } catch (error) {
      if (isMissing(error) && textsIn(asked).every((text) => own.has(text))) absent.add(error);
      throw error;
    }
  };
  return { read: noticed, absent };
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What is left out is said, and counts when two previews are compared. */
function bounded(lines: string[], moving: RegExp): string[] {
  const sum = (rest: string) => createHash("sha256").update(settled(rest, moving)).digest("hex").slice(0, 12);
  const short = lines.slice(0, MOST_LINES).map((line) => {
    const rest = line.slice(LONGEST_LINE);
    return rest === "" ? line : `${line.slice(0, LONGEST_LINE)}… (${rest.length} more characters, sum ${sum(rest)})`;
  });
  const hidden = lines.slice(MOST_LINES);
  if (hidden.length === 0) return short;
  return [
    ...short,
    `${hidden.length} more lines are not shown (sum ${sum(hidden.join("\n"))}): agree only if you know.`,
  ];
}

const settled = (line: string, moving: RegExp) =>
  line.replace(moving, "…").replace(/could not be read \(.*\)/g, "could not be read");

/** The lines of a preview that an earlier one did not have; undefined where they say the same. */
export function newsIn(preview: string, earlier: string, moving: RegExp): string[] | undefined {
  const said = (text: string) => text.split("\n").map((line) => settled(line, moving));
  const [now, before] = [said(preview), said(earlier)];
  if (now.toSorted().join("\n") === before.toSorted().join("\n")) return undefined;
  return preview.split("\n").filter((_, index) => !before.includes(now[index] as string));
}
