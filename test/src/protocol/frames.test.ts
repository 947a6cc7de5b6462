// What a client may send, and what it gets: every line with an id that can be read is answered under it, once; nothing else is.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLine, readOversized } from "../../../src/protocol/frames.ts";
import { createSplitter, LONGEST_LINE } from "../../../src/protocol/lines.ts";
import { sandbox, smallWorld } from "../../support/harness.ts";
import { hello, launch, line } from "../../support/process.ts";

const nobody = () => false;
const ids = fc.oneof(fc.integer(), fc.string({ unit: "grapheme", maxLength: 8 }));
const json = fc.jsonValue({ maxDepth: 3 });

describe("a line", () => {
  test("with an id is passed on or answered under it, whatever else is in it", () => {
    const members = fc.record(
      { jsonrpc: fc.oneof(fc.constant("2.0"), json), method: fc.oneof(fc.string(), json), params: json, more: json },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(ids, members, fc.constantFrom("", "\ufeff", "  "), (id, rest, before) => {
        const frames = readLine(`${before}${JSON.stringify({ ...rest, id })}`, nobody);
        expect(frames).toHaveLength(1);
        const [frame] = frames as [(typeof frames)[0]];
        expect("answer" in frame ? frame.answer.id : (frame.message as { id: unknown }).id).toBe(id);
      }),
    );
  });

  test("cut off anywhere is answered under its id, where that stands at its beginning", () => {
    fc.assert(
      fc.property(ids, json, fc.nat(400), (id, params, cut) => {
        const whole = JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name: "X", params } });
        const head = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},`;
        const part = whole.slice(0, Math.min(head.length + cut, whole.length - 1));
        expect(readLine(part, nobody)).toMatchObject([{ answer: { id, error: { code: -32700 } } }]);
      }),
    );
  });

  test("without an id that is a notification is never answered", () => {
    const methods = fc.constantFrom("notifications/initialized", "notifications/cancelled", "tools/list", "x");
    fc.assert(
      fc.property(methods, json, (method, params) => {
        const frames = readLine(JSON.stringify({ jsonrpc: "2.0", method, params }), nobody);
        expect(frames.filter((frame) => "answer" in frame)).toEqual([]);
      }),
    );
    expect(readLine('{"jsonrpc":"2.0","method":"notifications/progress","params":{', nobody)).toEqual([]);
  });

  test.each(["", " ", "\t", "\r", "\ufeff", "\ufeff \r"])("that is blank (%j) is nothing", (text) =>
    expect(readLine(text, nobody)).toEqual([]),
  );

  test("that answers what nobody asked is not answered", () => {
    for (const more of [{ result: {} }, { result: null }, { error: { code: 1, message: "m" } }, { error: null }])
      expect(readLine(JSON.stringify({ jsonrpc: "2.0", id: 9, ...more }), nobody)).toEqual([]);
  });

  test("that answers a request of ours is an answer, whatever it says", () => {
    fc.assert(
      fc.property(fc.record({ result: json, error: json, more: json }, { requiredKeys: [] }), (rest) => {
        const frames = readLine(JSON.stringify({ jsonrpc: "2.0", id: 3, ...rest }), (id) => id === 3);
        expect(frames).toHaveLength(1);
        const { message } = frames[0] as { message: { id: number; result?: object; error?: object } };
        expect(message.id).toBe(3);
        const plain = typeof rest.result === "object" && rest.result !== null && !Array.isArray(rest.result);
        expect("result" in message).toBe(plain && (rest.error ?? null) === null);
      }),
    );
  });

  test("of several messages, as an older revision had them, is all of them", () => {
    const frames = readLine(`[${line(1, "ping")},${line(undefined, "notifications/x")},{"id":2}]`, nobody);
    expect(frames).toMatchObject([
      { message: { id: 1 } },
      { message: { method: "notifications/x" } },
      { answer: { id: 2 } },
    ]);
    expect(readLine("[]", nobody)).toMatchObject([{ answer: { error: { code: -32600 } } }]);
  });

  test("that nests too deep, or is too long, is refused under its id", () => {
    const deep = `{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"a":${"[".repeat(1e6)}${"]".repeat(1e6)}}}`;
    expect(readLine(deep, nobody)).toMatchObject([{ answer: { id: 4, error: { code: -32600 } } }]);
    const start = '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"a":"';
    expect(readOversized(start, "x")).toMatchObject([{ answer: { id: 5 } }]);
    expect(readOversized('{"method":"x","params":{"a":"', '"},"jsonrpc":"2.0","id":"six"}')).toMatchObject([
      { answer: { id: "six" } },
    ]);
    expect(readOversized('{"method":"x","params":{"a":"', '"}}')[0]).not.toHaveProperty("answer.id");
  });
});

test("lines are the same however the bytes were cut", () => {
  const chunks = fc.array(fc.nat(12), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), chunks, (texts, cuts) => {
      const lines = texts.map((text) => text.replaceAll("\n", ""));
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
      const got: string[] = [];
      const splitter = createSplitter({ line: (text) => got.push(text), oversized: () => got.push("oversized") });
      for (let at = 0, i = 0; at < bytes.length; i += 1) {
        const size = (cuts[i % cuts.length] as number) + 1;
        splitter.add(bytes.subarray(at, at + size));
        at += size;
      }
      splitter.end();
      expect(got).toEqual(lines.map((text) => Buffer.from(text).toString()));
    }),
  );
});

test("a line that is too long is left out, whole, and what follows it is not", () => {
  const got: unknown[] = [];
  const splitter = createSplitter({
    line: (text) => got.push(text),
    oversized: (start, end) => got.push([start.slice(0, 2), end.slice(-2)]),
  });
  splitter.add(Buffer.from("a\nbe"));
  for (let i = 0; i < 30; i += 1) splitter.add(Buffer.alloc(LONGEST_LINE / 8, "x"));
  splitter.add(Buffer.from("gin\nc\n"));
  expect(got).toEqual(["a", ["be", "in"], "c"]);
});

describe("over stdio", () => {
  const sent: [string, string, object][] = [
    ["params null", '{"id":1,"method":"tools/list","params":null}', { result: { tools: expect.any(Array) } }],
    ["arguments null", line(1, "tools/call", { name: "DescribeRegion", arguments: null }), { result: {} }],
    ["_meta null", line(1, "tools/call", { name: "DescribeRegion", _meta: null }), { result: {} }],
    [
      "a progress token null",
      line(1, "tools/call", { name: "DescribeRegion", _meta: { progressToken: null } }),
      { result: {} },
    ],
    ["a cursor null", line(1, "tools/list", { cursor: null }), { result: {} }],
    ["a byte order mark", `\ufeff${line(1, "ping")}`, { result: {} }],
    ["no jsonrpc", '{"id":1,"method":"ping"}', { result: {} }],
    ["more members than it has", '{"jsonrpc":"2.0","id":1,"method":"ping","params":{},"trace":{}}', { result: {} }],
    [
      "params a list",
      line(1, "tools/list", []),
      { error: { code: -32602, message: "tools/list: params must be an object." } },
    ],
    [
      "no name",
      line(1, "tools/call", {}),
      { error: { code: -32602, message: "The name must be a string, got nothing." } },
    ],
    ["a name that is a number", line(1, "tools/call", { name: 1 }), { error: { code: -32602 } }],
    [
      "arguments a text",
      line(1, "tools/call", { name: "DescribeRegion", arguments: "{}" }),
      { error: { code: -32602, message: "The arguments must be an object, got a string." } },
    ],
    [
      "a progress token that is none",
      line(1, "ping", { _meta: { progressToken: {} } }),
      { error: { code: -32602, message: expect.stringMatching(/^ping: params\._meta\.progressToken: [^{[]+\.$/) } },
    ],
    [
      "a handshake without a version",
      line(1, "initialize", { capabilities: {} }),
      { error: { code: -32602, message: expect.stringMatching(/protocolVersion: [^{[]+/) } },
    ],
    [
      "a prompt's argument null",
      line(1, "prompts/get", { name: "plan-topic-change", arguments: { nothing: null } }),
      { error: { code: -32602, message: expect.stringMatching(/needs/) } },
    ],
    [
      "a prompt's argument an object",
      line(1, "prompts/get", { name: "plan-topic-change", arguments: { topic: {} } }),
      { error: { code: -32602, message: "Argument topic must be a string, got an object." } },
    ],
    ["a method of no object", line(1, "constructor"), { error: { code: -32601 } }],
    [
      "a key of no object",
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"DescribeRegion","arguments":{"__proto__":1}}}',
      { result: { isError: true } },
    ],
  ];
  test.each(sent)("%s", async (_, text, expected) => {
    const { input, answer, ended } = launch(["--sandbox"]);
    input.end(`${text}\n`);
    expect(await answer(1)).toMatchObject({ jsonrpc: "2.0", id: 1, ...expected });
    expect(await ended).toMatchObject({ code: 0 });
  });

  test.each<[string, string, object]>([
    ["half a character in a value", "DescribeInstances", { Limit: `a${"😀".repeat(60)}`.slice(0, 40) }],
    ["half a character in a name", "DescribeInstances", { "a\ud83d": 1 }],
    ["the text of its escape, after a backslash", "DescribeInstances", { Limit: "\\\\ud83d \\\ud83d" }],
  ])("%s leaves as well-formed Unicode", async (_, name, args) => {
    const { input, answer, lines } = launch(["--sandbox"]);
    input.end(`${line(1, "tools/call", { name, arguments: args })}\n`);
    await answer(1);
    const text = lines().join("\n");
    const strings: string[] = [];
    JSON.parse(text, (key, value) => {
      strings.push(key, ...(typeof value === "string" ? [value] : []));
      return value;
    });
    expect(strings.filter((one) => /\p{Cs}/u.test(one))).toEqual([]);
  });

  test.each([
    ["result: null", { result: null }],
    ["no result", {}],
    ["a result that is a text", { result: "yes" }],
    ["a result without an action", { result: {} }],
    ["an action that is none", { result: { action: "ok", content: { confirm: "events" } } }],
    ["an error without a message", { error: { code: 1 } }],
    ["an error that is a text", { error: "no" }],
    ["an error, and no id", { id: undefined, error: { code: -32700, message: "Parse error" } }],
  ])("a dialog that is answered with %s is over at once, and nothing is changed", async (_, reply) => {
    const box = await sandbox(smallWorld);
    const args = [
      "--endpoint",
      box.url,
      "--secret-id",
      box.credential.secretId,
      "--secret-key",
      box.credential.secretKey,
    ];
    const { raw, output, answer } = launch([...args, "--region", box.region]);
    output.on("data", (chunk: string) => {
      const asked = /"id":(\d+),"jsonrpc":"2.0"|"jsonrpc":"2.0","id":(\d+)/.exec(chunk);
      if (chunk.includes("elicitation/create"))
        raw(JSON.stringify({ jsonrpc: "2.0", id: Number(asked?.[1] ?? asked?.[2]), ...reply }));
    });
    raw(line("hello", "initialize", { ...hello, capabilities: { elicitation: {} } }));
    raw(
      line("call", "tools/call", { name: "DeleteTopic", arguments: { InstanceId: "ckafka-one", TopicName: "events" } }),
    );
    const { result } = await answer("call");
    expect(result.content[0].text).toMatch(/^DeleteTopic was not carried out: .*Nothing was changed\.$/);
  });
});
