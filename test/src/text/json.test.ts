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
