// Groups over time: members come and go, partitions are added, and what nobody needs is forgotten.
import fc from "fast-check";
import { expect, test } from "vitest";
import { committed, REBALANCING, stateOf } from "../../sandbox/kafka/consumers.ts";
import type { Run } from "../../sandbox/kafka/log.ts";
import type { Group, Position } from "../../sandbox/state/store.ts";
import { agree, type ServerUnderTest, sandbox, serve, smallWorldWith } from "../support/harness.ts";

const InstanceId = "ckafka-one";
const member = (client: string, times: object = {}) => ({ client, host: "10.0.0.7", ...times });
const start = async (group: object) => {
  const world = smallWorldWith({ groups: [{ name: "g", reads: { events: { perSecond: 4, behind: 100 } }, ...group }] });
  const box = await sandbox(world);
  return { box, ...(await serve(box, { answer: agree })) };
};
type Call = ServerUnderTest["call"];
const info = async (call: Call) =>
  (await call("DescribeGroupInfo", { InstanceId, GroupList: ["g"] })).data.Result[0] as {
    State: string;
    Members: {
      ClientId: { untrusted: string };
      MemberId: object;
      Assignment: { Topics: { Partitions: number[] }[] };
    }[];
  };
const assigned = async (call: Call) =>
  Object.fromEntries(
    ((await info(call)).Members ?? []).map((m) => [
      m.ClientId.untrusted,
      (m.Assignment.Topics ?? []).flatMap((t) => t.Partitions),
    ]),
  );
const offsets = async (call: Call) => {
  const { data } = await call("DescribeGroupOffsets", { InstanceId, Group: "g" });
  return data.Result.TopicList[0].Partitions.map((p: { Offset: number }) => p.Offset);
};
const names = async (call: Call, args: object = {}) =>
  (await call("DescribeGroup", { InstanceId, ...args })).data.Result.GroupList?.map(
    (g: { Group: string }) => g.Group,
  ) ?? [];

test("a group rebalances when a member joins or leaves: it stands still, then partitions are others'", async () => {
  const { box, call } = await start({ members: [member("a"), member("b", { joined: "+10s", left: "+1m" })] });
  expect(await info(call)).toMatchObject({ State: "Stable", Protocol: "range" });
  expect(await assigned(call)).toEqual({ a: [0, 1] });
  expect(await offsets(call)).toEqual([51, 50]);
  box.clock.step(10_000);
  const before = await offsets(call);
  // Two a second of each partition.
  expect(before).toEqual([71, 70]);
  expect(await info(call)).toMatchObject({ State: "PreparingRebalance" });
  expect(await assigned(call)).toEqual({});
  const listed = await call("DescribeTopicSubscribeGroup", { InstanceId, TopicName: "events" });
  expect(listed.data.Result).toMatchObject({
    StatusCountInfo: "1 PreparingRebalance",
    GroupsInfo: [{ State: "PreparingRebalance" }],
  });
  // What it read within the last minute, before it stood still.
  const ranking = await call("DescribeTopicFlowRanking", { InstanceId, RankingType: "CON" });
  expect(ranking.data.Result.ConsumeSpeed).toEqual([{ ConsumerGroupName: "g", Speed: 141 }]);
  box.clock.step(3_000);
  expect((await info(call)).State).toBe("CompletingRebalance");
  expect(await names(call, { Filters: [{ Name: "GroupState", Values: ["Stable"] }] })).toEqual([]);
  box.clock.step(1_000);
  expect(await assigned(call)).toEqual({ a: [0], b: [1] });
  expect(await offsets(call)).toEqual(before);
  expect(await names(call, { Filters: [{ Name: "GroupState", Values: ["Stable"] }] })).toEqual(["g"]);
  box.clock.step(5_000);
  expect(await offsets(call)).toEqual([81, 80]);
  const [kept] = (await info(call)).Members;
  box.clock.step(41_000 + REBALANCING);
  expect(await assigned(call)).toEqual({ a: [0, 1] });
  expect((await info(call)).Members[0]?.MemberId).toEqual(kept?.MemberId);
});

test("new partitions make their readers rebalance, and only then are they read", async () => {
  const { box, call } = await start({ members: [member("a"), member("b"), member("c")] });
  expect(await assigned(call)).toEqual({ a: [0], b: [1], c: [] });
  await call("CreatePartition", { InstanceId, TopicName: "events", PartitionNum: 3 });
  expect((await info(call)).State).toBe("PreparingRebalance");
  // Nobody shows as a member, but they are there.
  const reset = { InstanceId, Group: "g", Topics: ["events"], Strategy: 1, ShiftTimestamp: -1 };
  expect((await call("ModifyGroupOffsets", reset)).text).toMatch(
    /group g is in PreparingRebalance: its members come and go, and have to be stopped first\. Nothing was changed/,
  );
  expect((await call("DeleteGroup", { InstanceId, Group: "g" })).text).toMatch(/group g is in PreparingRebalance/);
  box.clock.step(REBALANCING);
  expect(await assigned(call)).toEqual({ a: [0], b: [1], c: [2] });
  expect(await offsets(call)).toEqual([51, 50, 0]);
  box.clock.step(1_000);
  expect(await offsets(call)).toEqual([53, 52, 0]);
});

test("a group that nobody consumes for keeps its place for seven days, and is Dead then", async () => {
  const { box, call } = await start({ members: [member("a", { left: "+1h" })] });
  box.clock.step(3_600_000);
  expect((await info(call)).State).toBe("Empty");
  const place = await offsets(call);
  box.clock.step(86_400_000);
  expect(await offsets(call)).toEqual(place);
  // Whoever sets its place needs it for as long again.
  const reset = { InstanceId, Group: "g", Topics: ["events"], Strategy: 2, Offset: 90_000 };
  expect((await call("ModifyGroupOffsets", reset)).isError).toBe(false);
  box.clock.step(7 * 86_400_000 - 1);
  expect(await names(call)).toEqual(["g"]);
  box.clock.step(1);
  expect(await names(call)).toEqual([]);
  expect((await info(call)).State).toBe("Dead");
  expect((await call("DescribeGroupOffsets", { InstanceId, Group: "g" })).text).toMatch(/ResourceNotFound/);
  expect((await call("CreateConsumer", { InstanceId, GroupName: "g", TopicName: "events" })).isError).toBe(false);
});

test("a group without members goes with its last topic; one with members stays", async () => {
  const { box, call } = await start({ members: [member("a")] });
  await call("CreateConsumer", { InstanceId, GroupName: "idle", TopicName: "events" });
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(await names(call)).toEqual(["g"]);
  expect((await info(call)).State).toBe("PreparingRebalance");
  box.clock.step(REBALANCING);
  expect(await assigned(call)).toEqual({ a: [] });
});

test("a member cannot leave before it joins", async () => {
  await expect(start({ members: [member("a", { joined: "-1h", left: "-2h" })] })).rejects.toThrow(
    "group g: member a leaves before it joins",
  );
});

test("whoever comes and goes, a place only moves forward, and not while nobody consumes", () => {
  const time = fc.integer({ min: 1, max: 60_000 });
  const coming = fc.record({ joined: fc.option(time), stays: fc.option(time) });
  const run: Run = { from: 0, at: 0, every: 100, count: null, key: null, value: "", headers: null };
  fc.assert(
    fc.property(
      fc.array(coming, { maxLength: 4 }),
      fc.array(time, { maxLength: 2 }),
      fc.integer({ min: 1, max: 20 }),
      (members, rebalances, perSecond) => {
        const position: Position = { topic: "t", partition: 0, offset: 0, at: 0, perSecond, stuckAt: null };
        const group: Group = {
          name: "g",
          protocolType: "consumer",
          protocol: "range",
          members: members.map(({ joined, stays }) => ({
            client: "c",
            host: "h",
            joined,
            left: stays === null ? null : (joined ?? 0) + stays,
          })),
          positions: [position],
          rebalances,
        };
        const partition = { number: 0, begin: 0, runs: [run] };
        let [before, still] = [0, true];
        for (let now = 0; now <= 130_000; now += 250) {
          const reached = committed(group, position, partition, now);
          expect(reached).toBeGreaterThanOrEqual(before);
          expect(reached).toBeLessThanOrEqual(Math.floor(now / 100) + 1);
          const stable = stateOf(group, now) === "Stable";
          const changed = [...rebalances, ...group.members.flatMap((m) => [m.joined, m.left])].some(
            (t) =>
              t !== null && ((now - 250 <= t && t <= now) || (now - 250 <= t + REBALANCING && t + REBALANCING <= now)),
          );
          // Within a step in which nothing changed and nobody consumed, nothing moves.
          if (!stable && !still && !changed) expect(reached).toBe(before);
          [before, still] = [reached, stable];
        }
      },
    ),
  );
});
