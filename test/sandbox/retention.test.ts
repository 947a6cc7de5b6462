// What goes away by itself as the clock moves: by age, by size, by compaction.
import fc from "fast-check";
import { expect, test } from "vitest";
import { newTopic } from "../../sandbox/ckafka/topic.ts";
import { COMPACTED_AFTER, TOMBSTONE_KEPT } from "../../sandbox/kafka/compaction.ts";
import type { Partition, Run } from "../../sandbox/kafka/log.ts";
import { append, bytesBetween, copies, countBetween, endOffset, messagesIn } from "../../sandbox/kafka/log.ts";
import { bounds, goneFrom, keepDeleted } from "../../sandbox/kafka/retention.ts";
import { agree, sandbox, serve, smallWorldWith } from "../support/harness.ts";

const InstanceId = "ckafka-one";
const worldOf = (topic: object) =>
  smallWorldWith({ topics: [{ name: "t", partitions: 1, ...topic }], groups: [], dataHubs: {} });
type Call = Awaited<ReturnType<typeof serve>>["call"];
const range = async (call: Call) => {
  const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "t" });
  const { BeginOffset, EndOffset } = data.Result.TopicInSyncReplicaList[0];
  return [BeginOffset, EndOffset];
};
const offsets = async (call: Call) => {
  const { data } = await call("FetchMessageListByOffset", { InstanceId, Topic: "t", Partition: 0, Offset: 0 });
  return data.Result.map((m: { Offset: number }) => m.Offset);
};

test("a partition keeps no more than its bytes; what they cost goes on deleting as time passes", async () => {
  const produce = { perSecond: 1, since: "-99s", value: "ten bytes!" };
  const box = await sandbox(
    worldOf({ produce, retentionBytes: 200, records: [{ partition: 0, at: "-5s", value: "x".repeat(55) }] }),
  );
  const { call } = await serve(box, { answer: agree });
  // Five messages and one of 55 bytes and then nine more: 195 bytes.
  expect(await range(call)).toEqual([86, 101]);
  box.clock.step(2_000);
  expect(await range(call)).toEqual([88, 103]);
  expect((await call("FetchMessageByOffset", { InstanceId, Topic: "t", Partition: 0, Offset: 87 })).text).toMatch(
    /partition 0 holds 88 to 102/,
  );
  // What is deleted stays deleted.
  await call("ModifyTopicAttributes", { InstanceId, TopicName: "t", RetentionBytes: 1_073_741_824 });
  box.clock.step(1_000);
  expect(await range(call)).toEqual([88, 104]);
});

const record = (key: string | null, at: string, value = "v") => ({ partition: 0, key, at, value });

test("compaction leaves the latest message of each key, once the older ones are old enough", async () => {
  const records = [
    record("a", "-9m"),
    record("b", "-9m"),
    record(null, "-8m"),
    record("a", "-8m"),
    record("a", "-1m", "last"),
  ];
  const box = await sandbox(worldOf({ cleanUpPolicy: "compact", records }));
  const { call } = await serve(box, { answer: agree });
  expect(await offsets(call)).toEqual([0, 1, 2, 3, 4]);
  box.clock.step(60_000);
  expect(await offsets(call)).toEqual([1, 2, 3, 4]);
  box.clock.step(60_000);
  expect(await offsets(call)).toEqual([1, 2, 4]);
  expect((await call("FetchMessageByOffset", { InstanceId, Topic: "t", Partition: 0, Offset: 3 })).text).toMatch(
    /no message at offset 3: it was compacted away/,
  );
  // Offsets stay what they were, and no later policy brings anything back.
  expect(await range(call)).toEqual([0, 5]);
  await call("ModifyTopicAttributes", { InstanceId, TopicName: "t", CleanUpPolicy: "delete" });
  box.clock.step(10 * COMPACTED_AFTER);
  expect(await offsets(call)).toEqual([1, 2, 4]);
});

test("whatever is sent, each key keeps its latest value and loses those that are old enough, in one step or in many", () => {
  const send = fc.record({
    key: fc.constantFrom("a", "b", "c", null),
    wait: fc.integer({ min: 0, max: COMPACTED_AFTER }),
  });
  fc.assert(
    fc.property(fc.array(send, { maxLength: 40 }), fc.nat(39), (sends, change) => {
      const topic = { ...newTopic("topic-1", "t", 0), cleanUpPolicy: "compact" };
      const partition: Partition = { number: 0, begin: 0, runs: [] };
      topic.partitions.push(partition);
      let now = 0;
      const sent: { key: string | null; at: number }[] = [];
      for (const [i, { key, wait }] of sends.entries()) {
        append(partition, { key, value: String(i), headers: null }, now);
        sent.push({ key, at: now });
        now += wait;
        // At some moment what is gone is taken out for good.
        if (i === change) keepDeleted(topic, now);
      }
      const left = messagesIn(partition, 0, sent.length, sent.length, now, goneFrom(topic, partition));
      const values = new Map(left.map((m) => [m.offset, m.value]));
      for (const [offset, { key, at }] of sent.entries()) {
        const replaced = key !== null && sent.some((s, i) => i > offset && s.key === key);
        expect(values.get(offset)).toBe(replaced && now - at >= COMPACTED_AFTER ? undefined : String(offset));
      }
    }),
  );
});

/** Runs of every kind behind each other, the last perhaps still being produced. */
const someRuns = fc
  .tuple(
    fc.array(
      fc.record({
        key: fc.constantFrom("a", "b", "p{p}", "k{n}", null),
        value: fc.constantFrom("v", "longer", null),
        literal: fc.boolean(),
        count: fc.integer({ min: 1, max: 40 }),
        every: fc.constantFrom(0, 50_000, 100_000, 700_000),
        gap: fc.constantFrom(0, 1_000, COMPACTED_AFTER, TOMBSTONE_KEPT),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    fc.boolean(),
    fc.constantFrom(0, 1, 60_000, COMPACTED_AFTER, TOMBSTONE_KEPT, TOMBSTONE_KEPT + COMPACTED_AFTER),
  )
  .map(([given, open, later]) => {
    const runs: Run[] = [];
    let [from, now] = [0, 0];
    for (const [i, { gap, literal, count, every, ...run }] of given.entries()) {
      const goesOn = open && i === given.length - 1 && every > 0;
      const messages = literal ? 1 : count;
      runs.push({ ...run, headers: null, literal, from, at: now + gap, every, count: goesOn ? null : messages });
      from += messages;
      now += gap + (messages - 1) * every;
    }
    return { runs, now: now + later };
  });
const compactTopic = (runs: Run[]) => {
  const partition: Partition = { number: 0, begin: 0, runs };
  return { topic: { ...newTopic("topic-1", "t", 0), cleanUpPolicy: "compact", partitions: [partition] }, partition };
};

test("compaction of runs leaves the same messages as one by one: the latest of each key, and tombstones for a day", () => {
  fc.assert(
    fc.property(someRuns, ({ runs, now }) => {
      const { topic, partition } = compactTopic(runs);
      const end = endOffset(partition, now);
      const all = messagesIn(partition, 0, end, end, now);
      expect(all.length).toBe(end);
      const latest = new Map(all.flatMap(({ key }, i) => (fair(runs, i) ? [[key, i] as const] : [])));
      const left = all.filter(({ key, value, at }, i) => {
        if (key === null || i === end - 1 || !fair(runs, i)) return true;
        const old = now - at >= COMPACTED_AFTER;
        const replaced = (latest.get(key) ?? 0) > i;
        return !(old && replaced) && !(value === null && now - at >= COMPACTED_AFTER + TOMBSTONE_KEPT);
      });
      const gone = goneFrom(topic, partition);
      const found = () => messagesIn(partition, 0, end, end, now, goneFrom(topic, partition));
      expect(found()).toEqual(left);
      expect(countBetween(partition, 0, end, now, gone)).toBe(left.length);
      const bytes = bytesBetween(partition, 0, end, now, gone);
      expect(bytes).toBeLessThanOrEqual(bytesBetween(partition, 0, end, now));
      // Taken out for good, the same are left, at the same offsets.
      keepDeleted(topic, now);
      expect(found()).toEqual(left);
      expect(bytesBetween(partition, 0, end, now)).toBe(bytes);
      expect(endOffset(partition, now)).toBe(end);
    }),
    { numRuns: 300 },
  );
});
/** Runs whose messages have a key each are not compacted; a single message is. */
const fair = (runs: Run[], offset: number) => {
  const run = runs.findLast((r) => r.from <= offset);
  return run?.literal || run?.count === 1 || !run?.key?.includes("{n}");
};

test("a reader passes over what is gone when it comes to it, however slow it is", () => {
  fc.assert(
    fc.property(someRuns, fc.constantFrom(1, 10_000, 500_000, 5_000_000), ({ runs, now }, pace) => {
      const { topic, partition } = compactTopic(runs);
      const read = copies(partition, "t", { from: 0, since: 0, pace }, now, goneFrom(topic, partition)).runs;
      const at = new Map<number, number>();
      for (const run of read)
        for (let i = 0; i < run.count; i += 1) at.set((run.origin?.from ?? 0) + i, run.at + i * run.every);
      for (const [offset, time] of at) {
        const there = messagesIn(partition, offset, offset + 1, 1, time, goneFrom(topic, partition));
        expect(there.map((m) => m.offset)).toEqual([offset]);
      }
      // Of those that are left for good, the reader has had all that it has come past.
      const reached = Math.max(-1, ...at.keys());
      const left = messagesIn(partition, 0, reached + 1, reached + 1, now, goneFrom(topic, partition));
      for (const { offset } of left) expect(at.has(offset)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("a million messages with one key cost no more than one", async () => {
  const produce = { perSecond: 1000, since: "-1000s", until: "-0s", key: "one", value: "0123456" };
  const records = [
    { partition: 0, key: "one", at: "-20m", value: "old" },
    { partition: 0, key: "two", at: "-24h", value: null },
  ];
  const box = await sandbox(worldOf({ cleanUpPolicy: "compact", produce, records }));
  const { call } = await serve(box, { answer: agree });
  const row = async () =>
    (await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "t" })).data.Result.TopicInSyncReplicaList[0];
  // Those of the last ten minutes, and the first, which deleted its key.
  expect(await row()).toMatchObject({ BeginOffset: 0, EndOffset: 1_000_002, MessageCount: 600_000 });
  expect(await offsets(call)).toHaveLength(20);
  box.clock.step(COMPACTED_AFTER);
  expect(await offsets(call)).toEqual([1_000_001]);
  expect(await row()).toMatchObject({ BeginOffset: 0, EndOffset: 1_000_002, MessageCount: 1 });
});

test("a message without a value is shown as such, deletes its key, and goes a day later", async () => {
  const records = [record("a", "-1h"), { ...record("a", "-50m"), value: null }, record("b", "-40m")];
  const box = await sandbox(worldOf({ cleanUpPolicy: "compact", records }));
  const { call } = await serve(box, { answer: agree });
  expect(await offsets(call)).toEqual([1, 2]);
  const found = await call("FetchMessageByOffset", { InstanceId, Topic: "t", Partition: 0, Offset: 1 });
  expect(found.data.Result).toMatchObject({ Key: { untrusted: "a" } });
  expect(found.data.Result.Value).toEqual({ untrusted: null });
  box.clock.step(TOMBSTONE_KEPT - 41 * 60_000);
  expect(await offsets(call)).toEqual([1, 2]);
  box.clock.step(60_000);
  expect(await offsets(call)).toEqual([2]);
});

test("the begin of a partition never goes back", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 99 }),
      (gaps, bytes) => {
        const topic = { ...newTopic("topic-1", "t", 0), retentionBytes: bytes };
        const open: Run = { from: 0, at: 0, every: 100, count: null, key: null, value: "{n}", headers: null };
        const partition: Partition = { number: 0, begin: 0, runs: [open] };
        let [now, last] = [0, 0];
        for (const [i, gap] of gaps.entries()) {
          now += gap;
          if (i % 3 === 0) append(partition, { key: null, value: "x".repeat(i), headers: null }, now);
          const { begin, end } = bounds(topic, partition, now);
          expect(begin).toBeGreaterThanOrEqual(last);
          expect(begin).toBeLessThanOrEqual(end);
          last = begin;
        }
      },
    ),
  );
});

test("a data task copies what compaction has left when it comes to it", async () => {
  const topics = [
    {
      name: "from",
      partitions: 1,
      cleanUpPolicy: "compact",
      records: [record("a", "-9m", "old"), record("a", "-8m", "new"), record("b", "-8m")],
    },
    { name: "to", partitions: 1 },
  ];
  const end = (Topic: string) => ({ Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: InstanceId, Topic } });
  const world = smallWorldWith({ topics, groups: [], dataHubs: {} });
  const box = await sandbox(world);
  const { call } = await serve(box, { answer: agree });
  box.clock.step(60_000);
  const made = await call("CreateDatahubTask", {
    TaskName: "c",
    TaskType: "SINK",
    SourceResource: end("from"),
    TargetResource: end("to"),
  });
  expect(made.isError).toBe(false);
  box.clock.step(40_000);
  const message = async (Offset: number) =>
    (await call("FetchMessageByOffset", { InstanceId, Topic: "to", Partition: 0, Offset })).data?.Result;
  expect(await message(0)).toMatchObject({ Key: { untrusted: "a" }, Value: { untrusted: "new" } });
  expect(await message(1)).toMatchObject({ Key: { untrusted: "b" } });
  expect(await message(2)).toBeUndefined();
});
