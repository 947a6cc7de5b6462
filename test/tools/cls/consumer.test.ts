import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { agree } from "../../support/harness.ts";
import { LOGS, READ, started } from "./support.ts";

const dump = (world: Parameters<typeof dumpWorld>[0]) => JSON.parse(JSON.stringify(dumpWorld(world)));
const changed = (before: unknown, after: unknown) => diff(before, after).filter((line) => !line.startsWith("made"));
const content = { Format: 1, EnableTag: true, MetaFields: ["__HOSTNAME__"] };

test("whether clients can read a log topic, as what, and in which form", async () => {
  const { call } = await started();
  const open = await call("DescribeKafkaConsumer", { FromTopicId: READ });
  expect(open.data).toMatchObject({
    Status: true,
    TopicID: `out-${READ}`,
    Compression: 2,
    HasServicesLog: 2,
    ScopeType: 0,
  });
  expect(open.text).toMatch(/Compression 2: Snappy/);
  expect(open.text).toMatch(/ScopeType 0: from now on/);
  expect((await call("DescribeKafkaConsumer", { FromTopicId: LOGS })).data.Status).toBe(false);
  expect((await call("DescribeKafkaConsumer", { FromTopicId: "topic-1a2b3c4d" })).text).toMatch(/id of a CKafka topic/);
});

test("its groups are listed, filtered and shown by partition", async () => {
  const { call } = await started();
  const all = await call("DescribeKafkaConsumerGroupList", { TopicId: READ });
  expect(all.data).toMatchObject({ Total: 2, TopicName: { untrusted: "audit" } });
  expect(all.text).toMatch(/State Stable: members have their partitions/);
  const page = await call("DescribeKafkaConsumerGroupList", { TopicId: READ, Limit: 1 });
  expect(page.text).toMatch(/Groups: 1 of 2; next Offset 1/);
  const Filters = [{ Key: "group", Values: ["siem"] }];
  expect((await call("DescribeKafkaConsumerGroupList", { TopicId: READ, Filters })).data.Total).toBe(1);
  for (const wrong of [
    { Filters: Array(11).fill(Filters[0]) },
    { Filters: [{ Key: "group", Values: Array(11).fill("a") }] },
    { Filters: [{ Key: "topic", Values: ["a"] }] },
    { Limit: 101 },
  ])
    expect((await call("DescribeKafkaConsumerGroupList", { TopicId: READ, ...wrong })).text).toMatch(
      /Nothing was sent/,
    );
  const one = await call("DescribeKafkaConsumerGroupDetail", { TopicId: READ, Group: "siem" });
  expect(one.data.PartitionInfos).toEqual([
    {
      PartitionId: 0,
      CommitTimestamp: 1772441980,
      "CommitTimestamp (ISO)": "2026-03-02T08:59:40Z",
      Consumer: "siem-1",
    },
  ]);
});

test("opening says who can read it then, and does what it says", async () => {
  const { box, call, forms } = await started({ answer: agree });
  const before = dump(box.world);
  const { data, text } = await call("OpenKafkaConsumer", {
    FromTopicId: LOGS,
    Compression: 3,
    ScopeType: 1,
    ConsumerContent: content,
  });
  expect(data.TopicID, text).toBe(`out-${LOGS}`);
  const message = forms.at(-1)?.message ?? "";
  expect(message).toMatch(/Costs: money/);
  expect(message).toMatch(/Whoever has credentials of this account/);
  expect(message).toMatch(/Logs of the past can be read too/);
  expect(message).toMatch(/Compression: LZ4 \(3\)/);
  expect(changed(before, dump(box.world)).map((line) => line.replace(/^.*\]\./, ""))).toEqual([
    "kafka.open: false → true",
    "kafka.compression: 0 → 3",
    `kafka.content: null → ${JSON.stringify(content)}`,
    "kafka.scope: 0 → 1",
  ]);
  expect((await call("OpenKafkaConsumer", { FromTopicId: LOGS })).text).toMatch(/offered to Kafka clients already/);
  expect((await call("OpenKafkaConsumer", { FromTopicId: LOGS, Compression: 1 })).text).toMatch(
    /must be one of 0, 2, 3/,
  );
});

test("another form breaks consumers that run, another scope does not", async () => {
  const { box, call, forms } = await started({ answer: agree });
  await call("ModifyKafkaConsumer", { FromTopicId: READ, ScopeType: 1 });
  expect(forms.at(-1)?.message).not.toMatch(/Loses|Beware|Costs/);
  const before = dump(box.world);
  await call("ModifyKafkaConsumer", { FromTopicId: READ, Compression: 0, ConsumerContent: content });
  const message = forms.at(-1)?.message ?? "";
  expect(message).toMatch(/Loses: the form of logs that running consumers expect/);
  expect(message).toMatch(/Compression: Snappy \(2\) → none \(0\)/);
  expect(message).toMatch(/Group "siem" reads it: members have their partitions/);
  expect(changed(before, dump(box.world))).toHaveLength(2);
  expect((await call("ModifyKafkaConsumer", { FromTopicId: READ, Compression: 0 })).text).toMatch(
    /nothing would change/,
  );
  expect((await call("ModifyKafkaConsumer", { FromTopicId: LOGS, Compression: 2 })).text).toMatch(
    /OpenKafkaConsumer offers it/,
  );
});

test("closing takes every client's access, and names who reads", async () => {
  const { box, call, forms } = await started({ answer: agree });
  const before = dump(box.world);
  await call("CloseKafkaConsumer", { FromTopicId: READ });
  const message = forms.at(-1)?.message ?? "";
  expect(message).toMatch(/Loses: every Kafka client's access to the log topic/);
  expect(message).toMatch(/"siem"/);
  expect(message).toMatch(/Group "report" reads it: no members, offsets kept/);
  expect(changed(before, dump(box.world))).toEqual([expect.stringMatching(/kafka\.open: true → false$/)]);
  expect((await call("CloseKafkaConsumer", { FromTopicId: READ })).text).toMatch(/is not offered/);
});
