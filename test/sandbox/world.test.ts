import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  append,
  beginOffset,
  bytesBetween,
  endOffset,
  messageAt,
  offsetAt,
  type Partition,
} from "../../sandbox/kafka/log.ts";
import { createClock } from "../../sandbox/state/clock.ts";
import defaultWorld from "../../sandbox/world/default.json" with { type: "json" };
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { makeWorld, readWorld, WorldError } from "../../sandbox/world/world.ts";
import { SERVER, smallWorld, smallWorldWith } from "../support/harness.ts";

test("the clock runs, stands and is stepped", () => {
  let real = 1_000;
  const clock = createClock("running", 50_000, () => real);
  real += 500;
  expect(clock.now()).toBe(50_500);
  clock.stand();
  real += 500;
  expect(clock.now()).toBe(50_500);
  clock.step(100);
  clock.run();
  real += 1;
  expect(clock.now()).toBe(50_601);
});

const produced = (): Partition => ({
  number: 0,
  begin: 0,
  runs: [{ from: 0, at: 0, every: 10, count: null, key: null, value: "{n}@{t}", headers: null }],
});

test("a log is the same whether time came in one step or in many, and whatever was appended in between", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }), (gaps) => {
      const log = produced();
      let now = 0;
      const sent = new Map<number, string>();
      for (const [i, gap] of gaps.entries()) {
        now += gap;
        sent.set(append(log, { key: null, value: `sent ${i}`, headers: null }, now), `sent ${i}`);
      }
      now += 1_000;
      const end = endOffset(log, now);
      // One message every 10 ms from 0 on, and all that was sent: none lost, none doubled.
      expect(end).toBe(Math.floor(now / 10) + 1 + gaps.length);
      let last = 0;
      for (let offset = 0; offset < end; offset += 1) {
        const message = messageAt(log, offset, now);
        expect(message?.offset).toBe(offset);
        expect(message?.at).toBeGreaterThanOrEqual(last);
        last = message?.at ?? 0;
        if (sent.has(offset)) expect(message?.value).toBe(sent.get(offset));
      }
      expect(messageAt(log, end, now)).toBeUndefined();
    }),
  );
});

test("the offset at a time is the first message at or after it", () => {
  const log = produced();
  expect(offsetAt(log, -5, 100)).toBe(0);
  expect(offsetAt(log, 20, 100)).toBe(2);
  expect(offsetAt(log, 21, 100)).toBe(3);
  expect(offsetAt(log, 101, 100)).toBe(11);
  expect(beginOffset(log, 30, 100)).toBe(7);
  expect(beginOffset({ ...log, begin: 9 }, 30, 100)).toBe(9);
});

test("bytes are those of the messages", () => {
  const log: Partition = {
    number: 0,
    begin: 0,
    runs: [{ from: 0, at: 0, every: 1, count: 10, key: "ab", value: "cdef", headers: null }],
  };
  expect(bytesBetween(log, 0, 10, 100)).toBe(60);
  expect(bytesBetween(log, 8, 99, 100)).toBe(12);
});

test("the world that ships is worth exploring", () => {
  const world = readWorld();
  const instances = Object.values(world.regions).flatMap((r) => r.instances);
  expect(Object.keys(world.regions).length).toBeGreaterThanOrEqual(2);
  expect(instances.length).toBeGreaterThanOrEqual(4);
  expect(instances.flatMap((i) => i.topics).length).toBeGreaterThanOrEqual(30);
  expect(instances.flatMap((i) => i.groups).length).toBeGreaterThanOrEqual(12);
});

test.each([
  [
    { topics: [{ name: "t", partitions: 1, records: [{ partition: 3, at: "-1m", value: "v" }] }] },
    /topic t: a record is in partition 3, but there are only 1/,
  ],
  [
    { topics: [{ name: "t", partitions: 1, produce: { perSecond: 1, until: "+1h", value: "v" } }] },
    /topic t: until of produce is in the future/,
  ],
  [
    { topics: [{ name: "t", partitions: 1, records: [{ partition: 0, at: "+1s", value: "v" }] }] },
    /topic t: a record is in the future/,
  ],
  [{ topics: [1, 2].map(() => ({ name: "t", partitions: 1 })) }, /instances\.0\.topics\.1\.name: t is taken by/],
  [{ brokers: { count: 3, behind: [3] } }, /brokers\.behind: there is no broker 3/],
  [{ groups: [{ name: "g", reads: { none: {} } }] }, /group g: reads topic none, which does not exist/],
  [
    { topics: [{ name: "t", partitions: 1 }], groups: [{ name: "g", reads: { t: { stuckOn: "k" } } }] },
    /stuckOn names the key k, which no record of t has/,
  ],
  [{ dataHubs: { "datahub-x": "none" } }, /access point datahub-x names topic none/],
  [{ topics: [{ name: "t", partitions: 1, retention: "soon" }] }, /retention: must be a span like "90m" or "7d"/],
])("what does not fit together is named: %j", (part, why) => {
  const world = smallWorldWith({ topics: [], groups: [], dataHubs: {}, ...part });
  expect(() => makeWorld(world)).toThrow(WorldError);
  expect(() => makeWorld(world)).toThrow(why);
});

test("the schema that is built takes what the sandbox takes: worlds written by hand and dumps", () => {
  const schema = JSON.parse(readFileSync(SERVER.replace("index.js", "world.schema.json"), "utf8"));
  const fits = new Ajv({ allowUnionTypes: true }).compile(schema);
  const refusals = (world: unknown) => (fits(JSON.parse(JSON.stringify(world))) ? [] : fits.errors);
  expect(refusals(defaultWorld)).toEqual([]);
  expect(refusals(smallWorld)).toEqual([]);
  expect(refusals({ $schema: "world.schema.json", ...smallWorld })).toEqual([]);
  expect(refusals(dumpWorld(readWorld()))).toEqual([]);
  const records = (record: object) => smallWorldWith({ topics: [{ name: "t", partitions: 1, records: [record] }] });
  expect(refusals(records({ partition: 0, at: "-1m", value: "v" }))).toEqual([]);
  for (const wrong of [
    { ...smallWorld, seeds: "s" },
    { ...dumpWorld(makeWorld(smallWorld)), made: "1" },
    records({ partition: 0, at: "-1m" }),
    smallWorldWith({ topics: [{ name: "t", partitions: 0 }] }),
  ])
    expect(refusals(wrong)).not.toEqual([]);
});

test.each([
  [{ partition: 0, at: "-1m" }, /topics\.0\.records\.0\.value: Required/],
  [{ partition: 0, at: "soon", value: "v" }, /records\.0\.at: must be a time like/],
  [{ partition: 0, at: "-1m", value: "v", keys: "k" }, /records\.0: unknown field keys \(did you mean key\?\)/],
])("what is wrong with one of many records is named: %j", (record, why) => {
  const world = smallWorldWith({
    topics: [{ name: "t", partitions: 1, records: [record] }],
    groups: [],
    dataHubs: {},
  });
  expect(() => makeWorld(world)).toThrow(why);
});
