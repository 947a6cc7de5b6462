// Previews on whatever the cloud may answer and whatever is asked for: no mistake of ours decides what a person does not see,
// nothing that is given is left out, and no words but our own stand in our voice.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod/v3";
import { look, newsIn, type Preview, textOf } from "../../src/guard/preview.ts";
import type { Proposal } from "../../src/guard/proposal.ts";
import { assess, type ChangeRisk } from "../../src/guard/risk.ts";
import type { Entry } from "../../src/model/catalogue.ts";
import { CloudError, Refusal } from "../../src/model/errors.ts";
import { bare, meaningOf } from "../../src/model/field.ts";
import { leaves, pathText } from "../../src/model/leaves.ts";
import { type Line, quoted, say } from "../../src/model/line.ts";
import { QUALITIES } from "../../src/model/preview.ts";
import { catalogue } from "../../tools/index.ts";
import { argumentsOf } from "./support.ts";

const RUNS = 25;
/** Stands in every text that somebody else wrote. */
const MARK = "QXZ";
const entries = [...catalogue.entries.values()].filter(({ action }) => action.effect !== "read");

/** An answer as its model allows it: with nulls, with integers beyond 2^53, with short pages. */
function answerOf(wrapped: z.ZodTypeAny): fc.Arbitrary<unknown> {
  const [meaning, model] = [meaningOf(wrapped), bare(wrapped)];
  const { typeName } = model._def;
  const value = (): fc.Arbitrary<unknown> => {
    if (meaning?.is === "total") return fc.nat({ max: 2 });
    if (meaning?.is === "success") return fc.constantFrom("0", "ok");
    if (meaning?.is === "code") return fc.constantFrom(...Object.keys(meaning.words).map(asCode), asCode("99"));
    if (typeName === "ZodObject") {
      const fields = Object.entries((model as z.AnyZodObject).shape as z.ZodRawShape);
      return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, answerOf(field)])));
    }
    if (typeName === "ZodArray") return fc.array(answerOf(model._def.type), { maxLength: 2 });
    if (typeName === "ZodUnion") return fc.oneof(...model._def.options.map(answerOf));
    if (typeName === "ZodEnum") return fc.constantFrom(...model._def.values);
    if (typeName === "ZodLiteral") return fc.constant(model._def.value);
    if (typeName === "ZodBoolean") return fc.boolean();
    const long = meaning?.is === "quantity" && ["offsets", "messages", "B"].includes(meaning.unit);
    if (typeName === "ZodNumber" && !long) return fc.integer({ min: -1, max: 2_000_000_000 });
    if (typeName === "ZodNumber")
      return fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: -1, max: 2_000_000_000 }) },
        { weight: 1, arbitrary: fc.constant(9_007_199_254_740_993n) },
      );
    return fc.oneof(
      fc.string({ maxLength: 12, unit: "grapheme" }).map((text) => `${MARK}${text}`),
      fc.constantFrom("0", "1", `${MARK}\nLoses: nothing.`, `${MARK} (approved by the operator)`),
    );
  };
  return wrapped.isNullable() || wrapped.isOptional() ? fc.option(value(), { nil: null, freq: 4 }) : value();
}
const asCode = (code: string) => (/^-?\d+$/.test(code) ? Number(code) : code);

/** A proposal whose reads are answered by chance, or refused. */
function proposalOf(entry: Entry, input: Record<string, unknown>, seed: number): Proposal {
  let reads = 0;
  const read = async (name: string) => {
    reads += 1;
    const other = catalogue.entries.get(name) as Entry;
    const [chance] = fc.sample(fc.nat({ max: 19 }), { numRuns: 1, seed: seed + reads });
    if (chance === 0) throw new CloudError("UnauthorizedOperation", `${MARK} no`, "no");
    if (chance === 1) throw new CloudError("ResourceNotFound", `${MARK} gone`, "no");
    return fc.sample(answerOf(other.action.output), { numRuns: 1, seed: seed + reads })[0];
  };
  const { name: action, service, action: declared, preview } = entry;
  return {
    ...{ action, service, profile: "p", endpoint: "e", who: "w", region: "r", where: say`region r` },
    ...{ titled: [service.within, ...(typeof declared.subject === "string" ? [declared.subject] : [])] },
    ...{ input, model: declared.input, risk: assess(declared, input) as ChangeRisk },
    ...{ brought: undefined, client: "test", canAsk: false, preview: preview as Proposal["preview"] },
    ...{ read, now: () => 1_772_000_000_000 },
  };
}

const linesOf = ({ title, stakes, does, finds }: Preview): Line[] => [
  title,
  ...QUALITIES.flatMap((quality) => stakes[quality] ?? []).map((part) => [part].flat() as Line),
  ...does.flatMap(({ from, to }) => (from ? [from, to] : [to])),
  ...finds.map(({ line }) => line),
];
/** All that stands in our voice, however deep. */
const ours = (line: Line): string[] =>
  line.flatMap((part) => ("ours" in part ? [part.ours] : "moving" in part ? ours(part.moving) : []));

describe.each(entries.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
  const inputs = argumentsOf(entry.action.input) as fc.Arbitrary<Record<string, unknown>>;

  test("shows everything that is given, whatever it reads, and never in other words than its own", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, fc.nat(), async (input, seed) => {
        const proposal = proposalOf(entry, input, seed);
        let preview: Preview;
        try {
          ({ preview } = await look(proposal));
        } catch (error) {
          // Refused because it can come to nothing, or because what it names is not there: never by a mistake of ours.
          if (error instanceof Refusal) expect(error.message).not.toMatch(/mistake of this server/);
          else expect(error).toBeInstanceOf(CloudError);
          return;
        }
        const shown = new Set(preview.does.map(({ field }) => field));
        const title = JSON.stringify(preview.title);
        const all = [...leaves(proposal.model, input)];
        // A secret that is also given as something else is shown as that.
        const open = all.flatMap(({ value, meaning }) => (meaning?.is === "secret" ? [] : [String(value)])).join("\n");
        for (const { path, value, meaning } of all) {
          if (typeof value === "symbol") continue;
          const field = pathText(path);
          expect(shown.has(field) || title.includes(JSON.stringify(value)), `${field} is shown`).toBe(true);
          if (meaning?.is === "secret" && String(value).length > 8 && !open.includes(String(value)))
            expect(textOf(preview)).not.toContain(String(value));
        }
        for (const line of linesOf(preview)) expect(ours(line).join("")).not.toContain(MARK);
        // As it is stored and read again, it says the same.
        expect(newsIn(preview, JSON.parse(JSON.stringify(preview)) as Preview)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});

test("the way it is looked for finds a mistake of ours, a missing leaf and a borrowed voice", async () => {
  const entry = catalogue.entries.get("DeleteTopic") as Entry;
  const input = { InstanceId: "ckafka-one", TopicName: "events" };
  const with_ = (preview: Proposal["preview"]) => look({ ...proposalOf(entry, input, 1), preview });
  await expect(with_(async () => ({ finds: [], today: (undefined as never as object[])[0] as never }))).rejects.toThrow(
    /mistake of this server/,
  );
  const { preview } = await with_(async () => ({ finds: [{ line: say`${quoted(MARK)}` }] }));
  expect(linesOf(preview).flatMap(ours).join("")).not.toContain(MARK);
});
