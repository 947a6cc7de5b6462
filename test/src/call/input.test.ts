// Bad input: one clear sentence with the way out, and nothing sent.
import { expect, test } from "vitest";
import { agree, sandbox, serve, smallWorld } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const topic = { InstanceId, TopicName: "t", PartitionNum: 1, ReplicaNum: 1 };

test.each([
  [
    "missing",
    "CreateTopic",
    { InstanceId, PartitionNum: 1 },
    /CreateTopic: TopicName is missing \(Name of the new topic: letters, .*\); ReplicaNum is missing \(.*copies/,
  ],
  ["misspelt", "DescribeTopic", { InstanceID: "x" }, /InstanceID is not a parameter \(did you mean InstanceId\?\)/],
  [
    "unlike any",
    "DescribeTopic",
    { InstanceId, Color: "x" },
    /Color is not a parameter \(there are: InstanceId, SearchWord, Offset, Limit, AclRuleName\)/,
  ],
  [
    "misspelt within a list",
    "BatchModifyTopicAttributes",
    { InstanceId, Topic: [{ TopicName: "t", Partitions: 3 }] },
    /Topic\[0\]\.Partitions is not a parameter \(did you mean PartitionNum\?\)/,
  ],
  ["mistyped text", "DescribeTopic", { InstanceId: { id: 5 } }, /InstanceId must be a string, got \{"id":5\}/],
  ["mistyped number", "CreateTopic", { ...topic, PartitionNum: "many" }, /PartitionNum must be a number, got "many"/],
  ["not whole", "CreateTopic", { ...topic, PartitionNum: 1.5 }, /PartitionNum must be an integer, got 1\.5/],
  [
    "not a list",
    "DescribeGroupInfo",
    { InstanceId, GroupList: "readers" },
    /GroupList must be a list, like \["a"\], got "readers"/,
  ],
  ["empty list", "DescribeGroupInfo", { InstanceId, GroupList: [] }, /GroupList must have at least 1 entry/],
  ["empty text", "DescribeTopic", { InstanceId: "" }, /InstanceId must not be empty/],
  ["too small", "CreateTopic", { ...topic, PartitionNum: 0 }, /PartitionNum must be at least 1, got 0/],
  ["too large", "CreateTopic", { ...topic, ReplicaNum: 4 }, /ReplicaNum must be at most 3, got 4/],
  ["too large a page", "DescribeTopic", { InstanceId, Limit: 51 }, /Limit must be at most 50, got 51/],
  ["too long", "CreateTopic", { ...topic, Note: "n".repeat(65) }, /Note may have at most 64 characters/],
  [
    "too many",
    "BatchModifyTopicAttributes",
    { InstanceId, Topic: Array(11).fill({ TopicName: "t" }) },
    /Topic must have at most 10 entries/,
  ],
  [
    "bad characters",
    "CreateTopic",
    { ...topic, TopicName: "a b" },
    /TopicName may hold only letters, digits, _ - and \., got "a b"/,
  ],
  [
    "not in the enumeration",
    "CreateTopic",
    { ...topic, CleanUpPolicy: "compac" },
    /CleanUpPolicy must be one of "delete", "compact", "compact, delete", got "compac" \(did you mean compact\?\)/,
  ],
  ["not a switch", "CreateTopic", { ...topic, EnableAclRule: 2 }, /EnableAclRule must be one of 0, 1, got 2/],
  [
    "neither -1 nor enough",
    "CreateTopic",
    { ...topic, RetentionBytes: 5 },
    /RetentionBytes must be -1 or at least 1073741824/,
  ],
  ["not a status", "DescribeInstances", { Status: [6] }, /Status\[0\] must be one of -1, 0, 1, 2, 3, 4, 5, 7, got 6/],
  ["one needs another", "CreateTopic", { ...topic, EnableWhiteList: 1 }, /EnableWhiteList 1 needs IpWhiteList/],
  [
    "strategy without its value",
    "ModifyGroupOffsets",
    { InstanceId, Group: "readers", Topics: ["events"], Strategy: 1, Shift: 3 },
    /Strategy 1 needs ShiftTimestamp/,
  ],
  ["one of two", "CreateConsumer", { InstanceId, GroupName: "g" }, /TopicName or TopicNameList/],
  [
    "unknown region",
    "DescribeTopic",
    { InstanceId, Region: "ap-gangzhou" },
    /knows no Region "ap-gangzhou"; did you mean ap-guangzhou\?/,
  ],
  ["no region at all like it", "DescribeTopic", { InstanceId, Region: 7 }, /knows no Region 7; there are ap-bangkok/],
])("%s", async (_, name, args, message) => {
  const box = await sandbox(smallWorld);
  const { call, forms } = await serve(box, { answer: agree });
  const before = JSON.stringify(box.world.regions);
  const result = await call(name, args);
  expect(result.isError).toBe(true);
  expect(result.text).toMatch(message);
  expect(result.text).toMatch(/Nothing was sent\.$/);
  expect(forms).toEqual([]);
  expect(JSON.stringify(box.world.regions)).toBe(before);
});

test("several mistakes are told at once", async () => {
  const { call } = await serve(await sandbox(smallWorld));
  const { text } = await call("DescribeTopic", { Limt: 5, Offset: -1 });
  expect(text).toMatch(
    /Limt is not a parameter \(did you mean Limit\?\); InstanceId is missing .*; Offset must be at least 0, got -1/,
  );
});

test("a name within a name is suggested, and a mistyped value comes with what the parameter takes", async () => {
  const { call } = await serve(await sandbox(smallWorld), { answer: agree });
  expect((await call("DescribeGroupOffsets", { InstanceId, GroupName: "readers" })).text).toMatch(
    /did you mean Group\?/,
  );
  const reset = { InstanceId, Group: "readers", Topics: ["events"], Strategy: 1, ShiftTimestamp: "latest" };
  expect((await call("ModifyGroupOffsets", reset)).text).toMatch(
    /ShiftTimestamp must be a number, got "latest" \(Time whose .*\)/,
  );
});

test("numbers, switches, lists and objects may arrive as strings, and nulls as nothing", async () => {
  const { call } = await serve(await sandbox(smallWorld), { answer: agree });
  expect((await call("DescribeTopic", { InstanceId, Limit: "1", Offset: null })).data.Result.TopicList).toHaveLength(1);
  expect((await call("DescribeGroupInfo", { InstanceId, GroupList: '["readers","live"]' })).data.Result).toHaveLength(
    2,
  );
  expect(
    (await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "events", OutOfSyncReplicaOnly: "true" })).isError,
  ).toBe(false);
  const Topic = '[{"TopicName":"events","Note":"x","UncleanLeaderElectionEnable":"true"}]';
  expect((await call("BatchModifyTopicAttributes", { InstanceId, Topic })).data.Result[0].ReturnCode).toBe("0");
  expect((await call("CreateTopic", { ...topic, EnableAclRule: "0", UncleanLeaderElectionEnable: true })).isError).toBe(
    false,
  );
  const made = await call("DescribeTopicAttributes", { InstanceId, TopicName: "t" });
  expect(made.data.Result.Config.UncleanLeaderElectionEnable).toBe(1);
  // A text that looks like a number stays a text.
  expect((await call("CreateTopic", { ...topic, TopicName: "123" })).text).toMatch(/LimitExceeded/);
});

test("an unknown tool is the protocol's error, with the nearest name", async () => {
  const { call } = await serve(await sandbox(smallWorld));
  await expect(call("DescribeTopics")).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(
      /^MCP error -32602: There is no tool "DescribeTopics"; did you mean DescribeTopic\?$/,
    ),
  });
  await expect(call("xyzzy")).rejects.toThrow(/the list of tools has them all/);
});
