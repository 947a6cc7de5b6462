import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson, stringifyJson } from "../../../src/text/json.ts";

test("every integer of 64 bits survives there and back, wherever it stands", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.string(),
      fc.nat(40),
      (integer, text, spaces) => {
        const json = `{"a":${JSON.stringify(text)},${" ".repeat(spaces)}"n":[${integer}]}`;
        const { n } = parseJson(json) as { n: [number | bigint] };
        const safe = integer >= BigInt(Number.MIN_SAFE_INTEGER) && integer <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(n[0]).toBe(safe ? Number(integer) : integer);
        expect(stringifyJson({ n })).toBe(`{"n":[${integer}]}`);
      },
    ),
  );
});

test("anything else is parsed as JSON.parse does it", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(stringifyJson(parseJson(json))).toBe(JSON.stringify(JSON.parse(json)));
    }),
  );
  const mixed = '{"d":"1234567890123456789","f":0.1234567890123456789}';
  expect(parseJson(mixed)).toEqual(JSON.parse(mixed));
  expect(() => parseJson('{"a":12345678901234567890')).toThrow(SyntaxError);
});

/** Texts that look like parts of JSON, like numbers, and like our own marks. */
const tricky = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(
      fc.constantFrom(
        ":",
        ",",
        "[",
        "]",
        "{",
        "}",
        " ",
        "\\",
        '"',
        "-",
        "1.5",
        "e5",
        "0",
        "9".repeat(16),
        "12345678901234567890",
        "\u0080",
        "\u0081",
        "\\u0080",
        "\n",
        "\ud800",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);
const numbers = fc.oneof(
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom("1e20", "1.0000000000000001", "-0", "123456789012345678e2", "0.1234567890123456789"),
);
/** A value as the wire may spell it, and what it has to be read as. */
const { value: spelt } = fc.letrec<{ value: [string, unknown] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    tricky.map((text): [string, unknown] => [JSON.stringify(text), text]),
    numbers.map((text): [string, unknown] => {
      const number = Number(text);
      return [text, /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number];
    }),
    fc
      .array(tie("value"), { maxLength: 4 })
      .map((items): [string, unknown] => [
        `[${items.map(([text]) => text).join(" ,\n")}]`,
        items.map(([, value]) => value),
      ]),
    fc
      .uniqueArray(fc.tuple(tricky, tie("value")), { maxLength: 4, selector: ([key]) => key })
      .map((entries): [string, unknown] => [
        `{${entries.map(([key, [text]]) => `${JSON.stringify(key)} :${text}`).join(",")}}`,
        Object.fromEntries(entries.map(([key, [, value]]) => [key, value])),
      ]),
  ),
}));

test("whatever stands in strings, only integers are integers, and each has its digits", () => {
  fc.assert(
    fc.property(spelt, ([text, value]) => {
      expect(parseJson(text)).toEqual(value);
    }),
    { numRuns: 5_000 },
  );
});

test("what JSON.parse refuses is refused", () => {
  const parts = fc.array(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      " ",
      '"',
      "\\",
      "-",
      "0",
      ".",
      "e",
      "9007199254740993",
      "01234567890123456",
      '"a"',
      "\u0080",
      "true",
    ),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(parts, (all) => {
      const text = all.join("");
      const valid = (() => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      if (valid) expect(String(parseJson(text))).toBeTypeOf("string");
      else expect(() => parseJson(text)).toThrow(SyntaxError);
    }),
    { numRuns: 20_000 },
  );
});

test("a text that has every mark is read all the same", () => {
  const marks = Array.from({ length: 16 }, (_, at) => String.fromCharCode(0x80 + at)).join("");
  const text = `{"marks":${JSON.stringify(marks)},"n":9007199254740993,"n":[9007199254740993]}`;
  expect(parseJson(text)).toEqual({ marks, n: [9007199254740993n] });
});
