// What a person is shown of a change: what is done, made from its arguments, and what it hits, found by reading. A preview
// is composed, stored and compared as a value; it becomes text at the very end.

import { CloudError, isMissing, Refusal } from "../model/errors.ts";
import { type Given, leaves, namesIn, type Path, pathText } from "../model/leaves.ts";
import { field, type Line, num, quoted, say } from "../model/line.ts";
import { type Finding, type Found, NEW, note, QUALITIES, type Quality, UNREAD } from "../model/preview.ts";
import { shown } from "../model/shown.ts";
import { render, settled } from "../text/line.ts";
import { sumOf } from "../text/redact.ts";
import type { Proposal } from "./proposal.ts";
import { type ChangeRisk, weigh } from "./risk.ts";

/** One argument: what it is, today and then. */
export interface Done {
  readonly field: string;
  readonly from?: Line;
  readonly to: Line;
}
export interface Preview {
  /** Action, what it is on, account, region. */
  readonly title: Line;
  readonly stakes: { readonly [Q in Quality]?: Line };
  readonly does: readonly Done[];
  /** The gravest first. */
  readonly finds: readonly Finding[];
}
/** What reading brought: the preview, and the risk with what was found. */
export interface Looked {
  preview: Preview;
  risk: ChangeRisk;
}

/** Findings beyond that nobody reads, and some clients do not show; the gravest come first. */
const MOST_FINDS = 60;
/** Characters of what is done. It is never cut: what cannot be shown whole is refused. */
const MOST_DONE = 16_000;
const WORDS: Record<Quality, [certain: Line, feared: Line]> = {
  loses: [say`Loses`, say`Beware`],
  opens: [say`Opens`, say`May open`],
  final: [say`Cannot be undone`, say`May not be undone`],
  bills: [say`Costs`, say`May cost`],
};

/** @throws Refusal where it cannot come to anything, or cannot be shown; CloudError where what the change names is not there */
export async function look(proposal: Proposal): Promise<Looked> {
  const { input, action } = proposal;
  const { read, absent } = noticing(proposal);
  let found: Found<unknown>;
  try {
    found = await proposal.preview(input as never, read as never);
  } catch (error) {
    // Nobody is asked about what is not there. What was only met on the way may be gone: that is no reason to keep the rest.
    if (error instanceof Refusal || absent.has(error)) throw error;
    // What a person does not see must not be decided by a mistake of ours.
    if (!(error instanceof CloudError))
      throw new Refusal(
        `its preview failed, which is a mistake of this server and not yours: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    found = {
      finds: [
        note(say`What it would hit could not be read (${quoted(error.code)}): approve only if you have checked it.`),
      ],
    };
  }
  const risk = weigh(proposal.risk, found.stakes);
  const preview = compose(proposal, found, risk);
  const size = preview.does.reduce((sum, done) => sum + render(doneLine(done)).length + 1, 0);
  if (size > MOST_DONE)
    throw new Refusal(
      `${action} with these arguments is ${size} characters long, more than a person can be shown (${MOST_DONE}): do it in parts`,
    );
  return { preview, risk };
}

function compose(
  { action, input, model, titled, where, service }: Proposal,
  found: Found<unknown>,
  risk: ChangeRisk,
): Preview {
  const holder = input[service.within];
  const within = typeof holder === "string" && holder !== risk.subject ? say` in ${quoted(holder)}` : [];
  const stakes = QUALITIES.flatMap((quality) => {
    const at = risk.stakes[quality];
    return at ? [[quality, say`${WORDS[quality][at.certain ? 0 : 1]}: ${at.line}.`]] : [];
  });
  const does = leaves(model, input)
    .filter(({ path }) => !titled.includes(path.join(".")))
    .map((leaf): Done => {
      const { meaning } = leaf;
      const from = found.today === undefined ? undefined : reach(found.today as Given, leaf.path);
      return {
        field: pathText(leaf.path),
        ...(found.today === undefined || from === NEW || meaning?.is === "secret"
          ? {}
          : { from: shown(from, meaning) }),
        to: shown(leaf.value, meaning),
      };
    });
  const rank = ({ quality }: Finding) => (quality ? QUALITIES.indexOf(quality) : QUALITIES.length);
  const finds = found.finds.toSorted((a, b) => rank(a) - rank(b));
  return {
    title: say`${field(action)} on ${quoted(risk.subject)}${within}, ${where}`,
    stakes: Object.fromEntries(stakes),
    does,
    finds,
  };
}

const reach = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      value === UNREAD || value === NEW || value === null ? value : (value as Given | undefined)?.[step],
    root,
  );

const doneLine = ({ field: name, from, to }: Done): Line =>
  from ? say`${field(name)}: ${from} → ${to}` : say`${field(name)}: ${to}`;
/** Every line of it, in the order in which it is read. */
const linesOf = ({ title, stakes, does, finds }: Preview): Line[] => [
  title,
  ...QUALITIES.flatMap((quality) => (stakes[quality] ? [stakes[quality]] : [])),
  ...does.map(doneLine),
  ...finds.map(({ line }) => line),
];
/** The lines of a preview that an earlier one did not have; undefined where they say the same. */
export function newsIn(now: Preview, before: Preview): string[] | undefined {
  const [present, past] = [linesOf(now), linesOf(before)];
  const [here, there] = [present, past].map((lines) => lines.map(settled)) as [string[], string[]];
  if (here.toSorted().join("\n") === there.toSorted().join("\n")) return undefined;
  return present.filter((_, at) => !there.includes(here[at] as string)).map(render);
}
/** As a person reads it. Findings beyond a bound are counted; what is done is all there. */
export function textOf(preview: Preview): string {
  const hidden = preview.finds.length - MOST_FINDS;
  const more = hidden > 0 ? [say`${num(hidden)} more lines are not shown: approve only if you have checked them.`] : [];
  const shown = { ...preview, finds: preview.finds.slice(0, MOST_FINDS) };
  return [...linesOf(shown), ...more].map(render).join("\n");
}

/** For the audit: what messages say is shown to a person and is not written down. */
export function keptOf(preview: Preview): string {
  const kept = (line: Line): Line =>
    line.map((part) => ("quoted" in part && part.foreign ? { quoted: sumOf(part.quoted), whole: true } : part));
  const does = preview.does.map(({ field, from, to }) => ({ field, ...(from && { from: kept(from) }), to: kept(to) }));
  return textOf({ ...preview, does });
}

/** Reads as before, and keeps the errors of what the change itself names: each text of such a read is one of the change's own. */
function noticing({ input, model, read, now }: Proposal) {
  const absent = new Set<unknown>();
  // Names as well in forms that hold several in one text.
  const own = new Set([...textsIn(input), ...namesIn(model, input).map(({ name }) => name)]);
  const noticed: Proposal["read"] = async (action, asked) => {
    try {
      return await read(action, asked);
    } catch (error) {
      if (isMissing(error) && textsIn(asked).every((text) => own.has(text))) absent.add(error);
      throw error;
    }
  };
  return { read: Object.defineProperty(noticed, "now", { get: now }), absent };
}
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
