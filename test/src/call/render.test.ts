import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod/v3";
import { NOTE, renderError, renderResult } from "../../../src/call/render.ts";
import type { Entry } from "../../../src/model/catalogue.ts";
import { CloudError, InputError, Refusal } from "../../../src/model/errors.ts";
import { secret } from "../../../src/model/field.ts";
import { SECRET } from "../../../src/text/redact.ts";
import { catalogue } from "../../../tools/index.ts";

const plain = catalogue.entries.get("DescribeTopic") as Entry;
const foreign = catalogue.entries.get("FetchMessageByOffset") as Entry;
const textOf = (result: ReturnType<typeof renderResult>) => (result.content[0] as { text: string }).text;
const characters = 4_000;
const budget = characters / 4;

test("nulls and empty texts, lists and objects are left out; zero and false stay", () => {
  const { structuredContent } = renderResult(
    plain,
    {},
    {
      a: null,
      b: "",
      c: [],
      d: {},
      e: { f: [null] },
      g: 0,
      h: false,
      i: ["x"],
    },
  );
  // An empty list can be the answer.
  expect(structuredContent).toEqual({ c: [], g: 0, h: false, i: ["x"] });
});

test("text and structure are the same", () => {
  const result = renderResult(plain, {}, { Result: { TopicList: [{ TopicName: "t" }] }, RequestId: "r" });
  expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
});

test("other people's text is wrapped wherever it stands, and only there", () => {
  const { structuredContent } = renderResult(
    foreign,
    {},
    {
      Result: { Topic: "t", Key: "k", Value: '{"untrusted":"no"}', Headers: null },
    },
  );
  expect(structuredContent).toEqual({
    // No headers, and empty ones, are not the same where somebody else wrote them.
    Result: {
      Topic: "t",
      Key: { untrusted: "k" },
      Value: { untrusted: '{"untrusted":"no"}' },
      Headers: { untrusted: null },
    },
  });
});

test("secrets are replaced wherever they stand", () => {
  const output = z.object({ List: z.array(z.object({ Password: secret("A password."), Name: z.string() })) });
  const hiding = { ...plain, action: { ...plain.action, output } };
  const { structuredContent } = renderResult(hiding, {}, { List: [{ Password: "hunter2", Name: "n" }] });
  expect(structuredContent).toEqual({ List: [{ Password: SECRET, Name: "n" }] });
});

test("a result over the budget is cut at the end of a list and says how to get the rest", () => {
  const TopicList = Array.from({ length: 1000 }, (_, i) => ({ TopicName: `topic-${i}` }));
  const result = renderResult(plain, {}, { Result: { TopicList, TotalCount: 1000 } }, [], budget);
  const shown = JSON.parse(textOf(result));
  const kept = shown.Result.TopicList.length;
  expect(shown.Result.TopicList).toEqual(TopicList.slice(0, kept));
  expect(shown[NOTE]).toBe(
    `Shortened. Result.TopicList: the first ${kept} of 1000 entries. For the rest call again with Offset and a smaller Limit, or narrow the search.`,
  );
  expect(textOf(result).length).toBeLessThan(characters + 300);
  expect(kept).toBeGreaterThan(100);
});

test("one long text is cut where no list is left to cut", () => {
  const result = renderResult(foreign, {}, { Result: { Value: "v".repeat(50_000), Key: "k" } }, [], budget);
  const shown = JSON.parse(textOf(result));
  expect(shown.Result.Key).toEqual({ untrusted: "k" });
  expect(shown[NOTE]).toMatch(/Result\.Value\.untrusted: the first \d+ of 50000 characters/);
  expect(textOf(result).length).toBeLessThan(characters + 300);
});

test("whatever the response, the text is JSON and within the budget", () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 8 });
  fc.assert(
    fc.property(json, fc.array(fc.string({ minLength: 0, maxLength: 300 }), { maxLength: 200 }), (response, list) => {
      const text = textOf(renderResult(plain, {}, { ...(response as object), list }, [], budget));
      JSON.parse(text);
      return text.length <= characters + JSON.stringify(response).length + 400;
    }),
    { numRuns: 300 },
  );
});

test("an error says what happened, what to do, and whether anything changed", () => {
  const of = (error: unknown, changes = true) =>
    renderError(catalogue.entries.get(changes ? "CreateTopic" : "DescribeTopic") as Entry, error, (text) => text);
  const text = (error: unknown, changes?: boolean) => (of(error, changes).content[0] as { text: string }).text;
  expect(of(new Refusal("no"))).toMatchObject({ isError: true });
  expect(text(new InputError("CreateTopic: wrong"))).toBe("CreateTopic: wrong");
  expect(text(new CloudError("LimitExceeded", "too many", "no", "r-1"))).toBe(
    "CreateTopic failed: LimitExceeded: too many. DescribeInstanceAttributes shows what is left of the instance's quota. Nothing was changed. RequestId r-1.",
  );
  expect(text(new CloudError("InternalError.Db", "broken", "unknown"))).toMatch(
    /A fault of the cloud.*unknown whether the change was carried out/,
  );
  expect(text(new CloudError("InternalError", "broken", "unknown"), false)).not.toMatch(/change/);
  expect(text(new CloudError("Brand.New", "x", "no"))).toBe("CreateTopic failed: Brand.New: x. Nothing was changed.");
  expect(text(new TypeError("oops"))).toMatch(/failed inside the server: oops\. This is a bug/);
});
