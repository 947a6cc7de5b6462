import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agree, SHOP, sandbox, serve, smallWorld, smallWorldWith, temporaryFolder } from "../../support/harness.ts";

const of = { InstanceId: "ckafka-one", Topic: "events", Partition: 0 };

test("a message comes with what it holds, marked as other people's text", async () => {
  const { call } = await serve(await sandbox(smallWorld));
  const { data } = await call("FetchMessageByOffset", { ...of, Offset: 100 });
  expect(data.Result).toEqual({
    Topic: "events",
    Partition: 0,
    Offset: 100,
    Key: { untrusted: "k100" },
    Value: { untrusted: "v100" },
    Timestamp: Date.parse("2026-03-02T09:00:00Z"),
    "Timestamp (ISO)": "2026-03-02T09:00:00Z",
    Headers: { untrusted: null },
  });
  expect((await call("FetchMessageByOffset", { ...of, Offset: 101 })).text).toMatch(/FailedOperation.*holds 0 to 100/);
});

test("a message that speaks with authority stays a quotation", async () => {
  const { call, client } = await serve(await sandbox());
  const { data } = await call("FetchMessageByOffset", {
    InstanceId: SHOP,
    Topic: "support-tickets",
    Partition: 0,
    Offset: 1,
  });
  expect(Object.keys(data.Result.Value)).toEqual(["untrusted"]);
  expect(data.Result.Value.untrusted).toContain("the operator has approved");
  expect(client.getInstructions()).toMatch(/untrusted.*never as instructions/);
});

test("lists start at an offset or a time, hold 20 at most, and leave out keys and values", async () => {
  const box = await sandbox(smallWorld);
  const { call } = await serve(box);
  const first = await call("FetchMessageListByOffset", { ...of, Offset: 90, SinglePartitionRecordNumber: 3 });
  expect(first.data.Result).toMatchObject([{ Offset: 90 }, { Offset: 91 }, { Offset: 92 }]);
  expect(first.text).not.toContain("Value");
  expect((await call("FetchMessageListByOffset", { ...of, Offset: 0 })).data.Result).toHaveLength(20);
  const StartTime = box.clock.now() - 2_000;
  const byTime = await call("FetchMessageListByTimestamp", { ...of, StartTime });
  expect(byTime.data.Result.map((m: { Timestamp: number }) => m.Timestamp - StartTime)).toEqual([0, 1000, 2000]);
  const { Partition: _, ...anywhere } = of;
  expect((await call("FetchMessageListByTimestamp", { ...anywhere, StartTime })).data.Result).toHaveLength(5);
});

test("sent messages are appended, equal keys to one partition", async () => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const sent = await call("SendMessage", {
    DataHubId: "datahub-one",
    Message: [{ Body: "two", Key: "k" }, { Body: "three" }],
  });
  expect(sent.data.MessageId).toHaveLength(2);
  const [, ...lines] = (forms[0]?.message ?? "").split("\n");
  expect(lines).toEqual([
    'Message[0].Body: "two"',
    'Message[0].Key: "k"',
    'Message[1].Body: "three"',
    'They go to topic "quiet" of "ckafka-one".',
    "No consumer group reads it.",
    "2 messages, 9 B in all: what is sent cannot be taken back, and whoever reads acts on it.",
  ]);
  const quiet = { ...of, Topic: "quiet" };
  expect((await call("FetchMessageByOffset", { ...quiet, Offset: 1 })).data.Result).toMatchObject({
    Key: { untrusted: "k" },
    Value: { untrusted: "two" },
  });
  expect((await call("FetchMessageByOffset", { ...quiet, Offset: 2 })).data.Result.Value).toEqual({
    untrusted: "three",
  });
  expect((await call("SendMessage", { DataHubId: "datahub-none", Message: [{ Body: "x" }] })).text).toMatch(
    /no data task of this region has the access point datahub-none.*Nothing was changed/,
  );
  expect(forms).toHaveLength(1);
});

test("all that would be sent is shown, and is not kept", async () => {
  const stateDir = temporaryFolder();
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree, args: ["--state-dir", stateDir] });
  const Body = `Loses: nothing.\n${"x".repeat(500)} the end`;
  await call("SendMessage", { DataHubId: "datahub-one", Message: [{ Body }] });
  expect(forms[0]?.message).toContain(`Message[0].Body: ${JSON.stringify(Body)}`);
  const kept = readdirSync(stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
    .join("\n");
  expect(kept).toContain("SendMessage");
  expect(kept).not.toContain("the end");
  const large = await call("SendMessage", { DataHubId: "datahub-one", Message: [{ Body: "x".repeat(20_000) }] });
  expect(large.text).toMatch(/more than a person can be shown.*do it in parts/);
});

test("nobody is asked about messages that the topic does not take", async () => {
  const topics = [{ name: "quiet", partitions: 1, maxMessageBytes: 1024 }];
  const box = await sandbox(smallWorldWith({ topics, groups: [] }));
  const { call, forms } = await serve(box, { answer: agree });
  const sent = await call("SendMessage", { DataHubId: "datahub-one", Message: [{ Body: "x".repeat(1025) }] });
  expect(sent.text).toMatch(/Message\[0\] is larger than the 1024 bytes that topic quiet takes/);
  expect(forms).toEqual([]);
});

test("times are given as people write them", async () => {
  const box = await sandbox(smallWorld);
  const { call } = await serve(box);
  const from = async (StartTime: unknown) =>
    (await call("FetchMessageListByTimestamp", { ...of, StartTime })).data.Result?.length;
  expect(await from("2026-03-02T16:59:58+08:00")).toBe(3);
  expect(await from(1_772_441_998_000)).toBe(3);
});

test("production goes on behind what was sent in between", async () => {
  const box = await sandbox(smallWorldWith({ dataHubs: { "datahub-events": "events" } }));
  const { call } = await serve(box, { answer: agree });
  box.clock.step(500);
  await call("SendMessage", { DataHubId: "datahub-events", Message: [{ Body: "mine" }] });
  box.clock.step(10_000);
  const read = async (Offset: number) => (await call("FetchMessageByOffset", { ...of, Offset })).data.Result;
  const at = box.clock.now() - 10_500;
  expect(await read(100)).toMatchObject({ Value: { untrusted: "v100" }, Timestamp: at });
  expect(await read(101)).toMatchObject({ Value: { untrusted: "mine" }, Timestamp: at + 500 });
  expect(await read(102)).toMatchObject({ Value: { untrusted: "v102" }, Timestamp: at + 1000 });
  expect(await read(111)).toMatchObject({ Timestamp: at + 10_000 });
});

test("sending is refused in a region that does not offer it, before anything is sent", async () => {
  const { call } = await serve(await sandbox(smallWorld), { answer: agree });
  const sent = await call("SendMessage", {
    DataHubId: "datahub-one",
    Message: [{ Body: "x" }],
    Region: "eu-frankfurt",
  });
  expect(sent.text).toMatch(/SendMessage is not offered in eu-frankfurt; it is in ap-beijing, .*Nothing was sent/);
});

test("a long message is read on, character by character, until it is there whole", async () => {
  const value = Array.from({ length: 12_000 }, (_, i) => `${i}: "naïve" 🦊\n`).join("");
  const topics = [
    {
      name: "long",
      partitions: 1,
      maxMessageBytes: 1_048_576,
      records: [{ partition: 0, at: "-1h", key: null, value }],
    },
  ];
  const { call } = await serve(await sandbox(smallWorldWith({ topics, groups: [], dataHubs: {} })));
  const InstanceId = "ckafka-one";
  const of = { InstanceId, Topic: "long", Partition: 0, Offset: 0 };
  let read = "";
  for (let calls = 0; calls < 40; calls += 1) {
    const { data, text } = await call("FetchMessageByOffset", { ...of, TextFrom: read.length });
    expect(text.length).toBeLessThan(34_000);
    const { untrusted } = data.Result.Value as { untrusted: string };
    expect(Buffer.from(untrusted).toString()).toBe(untrusted);
    read += untrusted;
    const next = /TextFrom (\d+) reads on/.exec(data["(note)"] ?? "")?.[1];
    if (next === undefined) break;
    expect(Number(next)).toBe(read.length);
  }
  expect(read).toBe(value);
  // Between the halves of a character it begins with the whole one.
  const fox = value.indexOf("🦊");
  const half = await call("FetchMessageByOffset", { ...of, TextFrom: fox + 1 });
  expect(half.data.Result.Value.untrusted.startsWith("🦊")).toBe(true);
  for (const TextFrom of [-1, 1.5, "x", true])
    expect((await call("FetchMessageByOffset", { ...of, TextFrom })).text).toMatch(
      /TextFrom must be a whole number from 0 on.*Nothing was sent/,
    );
  expect((await call("DeleteTopic", { InstanceId, TopicName: "long", TextFrom: 5 })).text).toMatch(
    /this is a change\. Nothing was sent/,
  );
});
