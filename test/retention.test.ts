// What goes away by itself as the clock moves: by age, by size, by compaction.
import fc from "fast-check";
import { expect, test } from "vitest";
import { COMPACTED_AFTER } from "../sandbox/compaction.ts";
import type { Partition, Run } from "../sandbox/log.ts";
import { append, messageAt } from "../sandbox/log.ts";
import { bounds, goneFrom, keepDeleted } from "../sandbox/store.ts";
import { newTopic } from "../sandbox/topic.ts";
import { agree, sandbox, serve, smallWorldWith } from "./harness.ts";

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
      const gone = goneFrom(topic, partition);
      for (const [offset, { key, at }] of sent.entries()) {
        const replaced = key !== null && sent.some((s, i) => i > offset && s.key === key);
        const there = !gone?.(offset, now) && messageAt(partition, offset, now)?.value === String(offset);
        expect(there).toBe(!(replaced && now - at >= COMPACTED_AFTER));
      }
    }),
  );
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
