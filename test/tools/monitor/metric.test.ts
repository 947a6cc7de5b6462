import { createServer, type IncomingMessage } from "node:http";
import { monitor } from "tencentcloud-sdk-nodejs-monitor";
import { describe, expect, test } from "vitest";
import { keepDeleted } from "../../../sandbox/kafka/retention.ts";
import { table } from "../../../sandbox/monitor/table.ts";
import type { Sandbox } from "../../../sandbox/server/http.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { METRICS, type Metric } from "../../../tools/monitor/metrics.ts";
import { sandbox, serve, temporaryFile } from "../../support/harness.ts";
import { listening } from "../../support/http.ts";
import {
  asked,
  boxed,
  INSTANCE,
  ofGroup,
  ofInstance,
  ofPartition,
  ofTopic,
  served,
  TOPIC,
  worldWith,
} from "./world.ts";

const first = Date.parse("2026-03-02T10:30:00+08:00") / 1000;
const minutes = Array.from({ length: 10 }, (_, i) => first + i * 60);
const sdk = ({ url, credential }: Sandbox) =>
  new monitor.v20180724.Client({
    credential,
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", endpoint: url.replace("http://", "") } },
  });

describe("series", () => {
  test("lag grows by what is produced and not consumed, and ends at the lag that the group has", async () => {
    const { call } = await served();
    const { data } = await call("GetMonitorData", asked("UnconsumeTopic", [ofGroup]));
    expect(data).toMatchObject({
      StartTime: "2026-03-02T10:30:00+08:00",
      EndTime: "2026-03-02T10:39:00+08:00",
      Period: 60,
      MetricName: "UnconsumeTopic",
    });
    const [point] = data.DataPoints;
    expect(point.Timestamps).toEqual(minutes);
    for (const [at, value] of point.Values.entries()) expect(Math.abs(value - 1320 - at * 120)).toBeLessThanOrEqual(6);
    const offsets = await call("DescribeGroupOffsets", { InstanceId: INSTANCE, Group: "slow" });
    const lag = offsets.data.Result.TopicList[0].Partitions.reduce((sum: number, p: { Lag: number }) => sum + p.Lag, 0);
    expect(point.Values.at(-1)).toBe(lag);
    expect(Math.abs(lag - 2400)).toBeLessThanOrEqual(6);
    expect(point.Summary).toMatchObject({ Points: 10, Missing: 0, Last: lag });
    expect(Math.abs(point.Summary.SlopePerHour - 7200)).toBeLessThan(60);
    expect(data["(note)"]).toMatch(
      /UnconsumeTopic: lag: .* Unit: count\. Each value is what stood at the end of the 60 s/,
    );
  });

  const values = async (metric: string, instance: object, more: object = {}) => {
    const { call } = await served();
    const { data, text } = await call("GetMonitorData", asked(metric, [instance], more));
    expect(data, text).toBeDefined();
    return data.DataPoints[0].Values as number[];
  };
  test.each([
    ["CtopicProCount", ofTopic, 720, 0],
    ["InstanceProCount", ofInstance, 720, 0],
    ["CtopicProFlow", ofTopic, 6.866, 0],
    ["InstanceMaxProFlow", ofInstance, 0.114, 0],
    ["InstanceReplicaProduceFlow", ofInstance, 0.343, 0],
    ["InstanceProduceBandwidthPercentage", ofInstance, 1.717, 0],
    ["InstanceMsgHeap", ofInstance, 7415.8, 0.2],
    ["CtopicMsgHeap", ofTopic, 2471.9, 0.06],
    ["CtopicMsgCount", ofTopic, 259_200, 6],
    ["InstanceDiskUsage", ofInstance, 3.621, 0],
    ["CtopicConsumerSpeed", ofGroup, 600, 6],
    ["InstanceProduceThrottle", ofInstance, 0, 0],
    ["InstanceConsumeThrottle", ofInstance, 0, 0],
    ["TTopicProduceThrottle", ofTopic, 0, 0],
  ])("%s", async (metric, instance, value, slack) => {
    const found = await values(metric, instance);
    expect(found).toHaveLength(10);
    for (const one of found) expect(Math.abs(one - value), `${one}`).toBeLessThanOrEqual(slack);
  });
  test("a longer period sums more", async () => {
    expect(await values("CtopicProCount", ofTopic, { Period: 300 })).toEqual([3600, 3600]);
  });

  test("six partitions are six series in one call, each found by its dimensions", async () => {
    const { call } = await served();
    const parts = [5, 0, 1, 2, 3, 4].map(ofPartition);
    const { data } = await call("GetMonitorData", asked("CpartitionUnconsume", parts));
    const numbers = data.DataPoints.map(
      ({ Dimensions }: { Dimensions: { Name: string; Value: string }[] }) =>
        Dimensions.find(({ Name }) => Name === "partition")?.Value,
    );
    expect(numbers).toEqual(["5", "0", "1", "2", "3", "4"]);
    for (const { Values } of data.DataPoints) expect(Math.abs(Values.at(-1) - 400)).toBeLessThanOrEqual(2);
  });

  test("where nothing is known there is no point, and how many are missing is said", async () => {
    const { call } = await served();
    const since = { StartTime: "2026-03-02T09:30:00+08:00", EndTime: "2026-03-02T10:40:00+08:00" };
    const { data } = await call("GetMonitorData", asked("UnconsumeTopic", [ofGroup], since));
    // The position is known from the load of the world on; the running minute is not over.
    expect(data.DataPoints[0].Timestamps).toEqual(minutes);
    expect(data.DataPoints[0].Values).not.toContain(0);
    expect(data.DataPoints[0].Summary).toMatchObject({ Points: 10, Missing: 61 });
    expect(data["(note)"]).toContain("61 of 71 points are missing: no data for them, which is not 0");
  });

  test.each([
    ["InstanceConnectCount", ofInstance],
    ["CtopicProReqCount", ofTopic],
  ])("%s is not made up", async (metric, instance) => {
    const { call } = await served();
    const { data } = await call("GetMonitorData", asked(metric, [instance]));
    expect(data.DataPoints).toHaveLength(1);
    expect(data.DataPoints[0].Values).toBeUndefined();
    expect(data.DataPoints[0].Summary).toEqual({ Points: 0, Missing: 10 });
    expect(data["(note)"]).toMatch(/The series is empty: no data was reported, which is not 0\. Is the Region/);
    const { box, start } = await boxed();
    const at = (ms: number) => new Date(ms).toISOString();
    const times = { StartTime: at(start), EndTime: at(start + 540_000) };
    const plain = await sdk(box).GetMonitorData(asked(metric, [instance], times) as never);
    expect(plain.DataPoints).toMatchObject([{ Timestamps: [], Values: [] }]);
  });

  test("connections are what the world states", async () => {
    const { call } = await served({ instance: { connections: [{ at: "-1h", count: 500 }] } });
    const { data } = await call("GetMonitorData", asked("InstanceConnectPercentage", [ofInstance]));
    expect(data.DataPoints[0].Values).toEqual(Array(10).fill(5));
  });

  test("beyond the limit nobody knows how often it was throttled", async () => {
    // 20 / 3 MB/s and a little more.
    const { call } = await served({ perSecond: 720 });
    const { data } = await call("GetMonitorData", asked("InstanceProduceThrottle", [ofInstance]));
    expect(data.DataPoints[0].Summary.Points).toBe(0);
  });

  test("lag before the load is what the world states", async () => {
    const { call } = await served({ reads: { lag: [{ at: "-1h", behind: 0 }] } });
    const since = { StartTime: "2026-03-02T09:20:00+08:00", EndTime: "2026-03-02T10:29:00+08:00" };
    const { data } = await call("GetMonitorData", asked("UnconsumeTopic", [ofGroup], since));
    const { Summary } = data.DataPoints[0];
    expect(Summary).toMatchObject({ From: "2026-03-02T09:30:00+08:00", Points: 60, Missing: 10 });
    expect(Math.abs(Summary.First - 20)).toBeLessThanOrEqual(6);
    expect(Math.abs(Summary.Last - 1200)).toBeLessThanOrEqual(6);
  });

  test("a change of settings hides what was stored before, and nothing else", async () => {
    const { box, start } = await boxed();
    const instance = box.world.regions["ap-guangzhou"]?.instances[0];
    const topic = instance?.topics[0];
    if (!instance || !topic) throw new Error("no topic");
    keepDeleted(topic, box.now());
    topic.retentionMs *= 2;
    box.clock.step(300_000);
    const at = (ms: number) => new Date(ms).toISOString();
    const times = { StartTime: at(start), EndTime: at(start + 840_000) };
    const series = async (metric: string, of: object) =>
      (await sdk(box).GetMonitorData(asked(metric, [of], times) as never)).DataPoints?.[0] as {
        Timestamps: number[];
        Values: number[];
      };
    const stored = await series("CtopicMsgCount", ofTopic);
    expect(stored.Timestamps[0]).toBe(start / 1000 + 600);
    // Nothing expires any more, so it grows.
    expect((stored.Values[1] as number) - (stored.Values[0] as number)).toBe(720);
    expect((await series("CtopicProCount", ofTopic)).Values).toHaveLength(15);
    // These are known since the sandbox runs with this world.
    for (const [metric, value] of Object.entries({
      InstanceTopicNum: 1,
      InstanceTopicPercentage: 0.25,
      InstancePartitionNum: 6,
      InstancePartitionPercentage: 0.75,
      InstanceConsumeGroupNum: 1,
      InstanceConsumeGroupPercentage: 0.333,
    }))
      expect((await series(metric, ofInstance)).Values, metric).toEqual(Array(15).fill(value));
  });

  test("a world from its dump has the same series, and equal requests get equal answers", async () => {
    const { box, start } = await boxed();
    const copy = await sandbox(JSON.parse(JSON.stringify(dumpWorld(box.world))));
    const at = (ms: number) => new Date(ms).toISOString();
    const times = { StartTime: at(start - 3_600_000), EndTime: at(start + 600_000) };
    for (const [metric, of] of [
      ["UnconsumeTopic", ofGroup],
      ["InstanceDiskUsage", ofInstance],
      ["CtopicProCount", ofTopic],
      ["InstanceConFlow", ofInstance],
    ] as const) {
      const request = asked(metric, [of], times) as never;
      const { RequestId: _, ...answer } = await sdk(box).GetMonitorData(request);
      expect(answer.DataPoints?.[0]?.Values?.length, metric).toBeGreaterThan(5);
      expect(await sdk(box).GetMonitorData(request)).toMatchObject(answer);
      expect(await sdk(copy).GetMonitorData(request)).toMatchObject(answer);
    }
  });
});

describe("requests", () => {
  /** An API of the test's own: what it is sent, and what it answers. */
  async function api(answer: (body: Record<string, unknown>) => object) {
    const requests: { headers: IncomingMessage["headers"]; body: Record<string, unknown> }[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      requests.push({ headers: request.headers, body });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ Response: { ...answer(body), RequestId: "r-1" } }));
    });
    const url = `http://127.0.0.1:${await listening(server)}`;
    const credentials = { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "key" };
    const served = await serve(undefined, {
      args: ["--endpoint", url, "--region", "ap-guangzhou", "--toolsets", "all,monitor"],
      env: credentials,
    });
    return { ...served, requests };
  }
  const beijing = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, "");
  // Values of a minute are kept for 15 days, so the moments are the machine's.
  const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 7_200_000;

  test("go to the service by its version and scope, in its own words", async () => {
    const { call, requests } = await api(() => ({ DataPoints: [], Period: 60 }));
    const forms = [
      `${beijing(start + 20_000)}+08:00`,
      beijing(start + 20_000).replace("T", " "),
      new Date(start + 20_000).toISOString(),
      new Date(start + 20_000).toISOString().replace(".000Z", "Z"),
    ];
    const EndTime = `${beijing(start + 599_000)}+08:00`;
    for (const StartTime of forms)
      await call("GetMonitorData", asked("UnconsumeTopic", [ofGroup], { StartTime, EndTime }));
    for (const { headers, body } of requests) {
      expect(headers).toMatchObject({
        "x-tc-action": "GetMonitorData",
        "x-tc-version": "2018-07-24",
        "x-tc-region": "ap-guangzhou",
      });
      expect(headers.authorization).toMatch(/\/\d{4}-\d\d-\d\d\/monitor\/tc3_request/);
      expect(body).toEqual({
        Namespace: "QCE/CKAFKA",
        MetricName: "UnconsumeTopic",
        Period: 60,
        StartTime: forms[0],
        EndTime,
        Instances: [ofGroup],
      });
    }
    expect(requests).toHaveLength(4);
  });
  test("without times ask for the last hour, in spans of five minutes", async () => {
    const { call, requests } = await api(() => ({ DataPoints: [] }));
    await call("GetMonitorData", { Namespace: "QCE/CKAFKA", MetricName: "InstanceProFlow", Instances: [ofInstance] });
    const { StartTime, EndTime, Period } = requests[0]?.body ?? {};
    expect(Period).toBe(300);
    expect(Date.parse(EndTime as string) - Date.parse(StartTime as string)).toBe(3_600_000);
    expect(EndTime).toMatch(/\+08:00$/);
  });

  test("answers of every age are read: nulls, more dimensions, times without a zone, series out of order", async () => {
    const at = start / 1000;
    const back = (partition: number, Values: number[]) => ({
      Dimensions: [{ Name: "app", Value: "1" }, ...ofPartition(partition).Dimensions.toReversed()],
      Timestamps: Values.map((_, i) => at + i * 60),
      Values,
      MaxValues: null,
      MinValues: null,
    });
    let Msg = "Success";
    const { call } = await api(() => ({
      ...{ StartTime: beijing(start).replace("T", " "), EndTime: beijing(start + 60_000).replace("T", " ") },
      ...{ Period: 60, MetricName: "CpartitionUnconsume", Msg },
      DataPoints: [back(1, [7, 8]), back(0, [5])],
    }));
    const request = asked("CpartitionUnconsume", [ofPartition(0), ofPartition(1)], {
      StartTime: beijing(start),
      EndTime: beijing(start + 60_000),
    });
    const { data } = await call("GetMonitorData", request);
    expect(data.StartTime).toBe(`${beijing(start)}+08:00`);
    expect(data.DataPoints.map(({ Values }: { Values: number[] }) => Values)).toEqual([[5], [7, 8]]);
    expect(data.DataPoints[0].Summary).toMatchObject({ Points: 1, Missing: 1 });
    expect(data.Msg).toBeUndefined();
    Msg = "Period is missing";
    expect((await call("GetMonitorData", request)).data.Msg).toBe("Period is missing");
  });

  test("a long series is thinned out, and that is said", async () => {
    const Timestamps = Array.from({ length: 500 }, (_, i) => start / 1000 + i * 60);
    const { call } = await api(() => ({
      ...{ StartTime: beijing(start), EndTime: beijing(start + 499 * 60_000), Period: 60 },
      DataPoints: [{ ...ofInstance, Timestamps, Values: Timestamps.map((_, i) => i) }],
    }));
    const { data } = await call(
      "GetMonitorData",
      asked("InstanceDiskUsage", [ofInstance], { StartTime: beijing(start), EndTime: beijing(start + 499 * 60_000) }),
    );
    const [{ Values, Summary }] = data.DataPoints;
    expect(Values.length).toBeLessThanOrEqual(120);
    expect(Values.at(-1)).toBe(499);
    expect(Summary).toMatchObject({
      Points: 500,
      First: 0,
      Last: 499,
      Min: 0,
      Max: 499,
      Mean: 249.5,
      SlopePerHour: 60,
    });
    expect(data["(note)"]).toContain("Thinned out to at most 120 points a series, one of every 5");
  });

  test.each([
    ["FailedOperation.ErrNotOpen", /free calls are used up: a person can switch on pay-as-you-go/, 1],
    ["FailedOperation.ErrOwed", /The account owes money/, 1],
    ["InvalidParameterValue", /DescribeBaseMetrics with this MetricName shows its dimensions and periods/, 1],
    ["RequestLimitExceeded", /wait a second, then call again/, 2],
  ])("%s says what to do", async (Code, advice, least) => {
    const { call, requests } = await api(() => ({ Error: { Code, Message: "no" } }));
    const { text, isError } = await call("GetMonitorData", {
      Namespace: "QCE/CKAFKA",
      MetricName: "InstanceProFlow",
      Instances: [ofInstance],
    });
    expect(isError).toBe(true);
    expect(text).toContain(Code);
    expect(text).toMatch(advice);
    if (least === 1) expect(requests).toHaveLength(1);
    else expect(requests.length).toBeGreaterThanOrEqual(least);
  });
});

describe("refused before anything is sent, with what would be right", () => {
  const swapped = (name: string, value: Partial<{ Name: string; Value: string }>) => ({
    Dimensions: ofGroup.Dimensions.map((one) => (one.Name === name ? { ...one, ...value } : one)),
  });
  test.each<[string, object, RegExp]>([
    [
      "another case",
      asked("UnconsumeTopic", [swapped("instanceId", { Name: "InstanceId" })]),
      /InstanceId is no dimension of UnconsumeTopic \(did you mean instanceId\?\)/,
    ],
    [
      "one too many",
      asked("UnconsumeTopic", [ofPartition(0)]),
      /partition is no dimension of UnconsumeTopic, which has consumerGroup, instanceId, topicId, topicName/,
    ],
    ["one missing", asked("UnconsumeTopic", [ofTopic]), /consumerGroup, topicName are missing/],
    [
      "a name for an id",
      asked("UnconsumeTopic", [swapped("topicId", { Value: "orders" })]),
      /topicId takes the topic's id, like topic-1a2b3c4d, not "orders": DescribeTopic/,
    ],
    ["an id for a name", asked("UnconsumeTopic", [swapped("topicName", { Value: TOPIC })]), /goes to topicId/],
    [
      "eleven",
      asked(
        "CpartitionUnconsume",
        Array.from({ length: 11 }, (_, i) => ofPartition(i)),
      ),
      /at most 10 entries, got 11: make 2 calls/,
    ],
    [
      "too many points",
      asked("InstanceProFlow", [ofInstance, ofInstance], { StartTime: "-1d", EndTime: "now" }),
      /2880 values.*take Period 300/,
    ],
    [
      "too long ago",
      asked("InstanceProFlow", [ofInstance], { StartTime: "-20d", EndTime: "-19d" }),
      /kept for 15 days; Period 300 reaches back that far/,
    ],
    [
      "longer ago than anything",
      asked("InstanceProFlow", [ofInstance], { StartTime: "-200d", EndTime: "-199d" }),
      /nothing is kept for more than 186 days/,
    ],
    [
      "backwards",
      asked("InstanceProFlow", [ofInstance], { StartTime: "-1h", EndTime: "-2h" }),
      /EndTime must not be before StartTime/,
    ],
    [
      "another product",
      asked("InstanceProFlow", [ofInstance], { Namespace: "QCE/CVM" }),
      /Namespace must be .*QCE\/CKAFKA/,
    ],
    [
      "no such metric",
      asked("UnconsumedTopic", [ofGroup]),
      /no metric "UnconsumedTopic"; did you mean UnconsumeTopic \(lag/,
    ],
    [
      "no such period",
      asked("UnconsumeTopic", [ofGroup], { Period: 120 }),
      /Period must be one of 60, 300, 3600, 86400, got 120: 300 is the nearest/,
    ],
    [
      "no such day",
      asked("UnconsumeTopic", [ofGroup], { StartTime: "2026-02-30 10:00:00" }),
      /StartTime must be a real date/,
    ],
  ])("%s", async (_, args, refusal) => {
    const { call } = await served();
    const { text, isError } = await call("GetMonitorData", args as Record<string, unknown>);
    expect(isError).toBe(true);
    expect(text).toMatch(refusal);
    expect(text).toMatch(/Nothing was sent\.$/);
  });
  test("a broker's metric passes, and is not made up", async () => {
    const { call } = await served();
    const broker = { Dimensions: [{ Name: "broker_ip", Value: "10.0.0.2" }] };
    const { data } = await call("GetMonitorData", asked("BConsumeLocalTime95thTime", [broker]));
    expect(data.DataPoints[0].Summary.Points).toBe(0);
  });
  test("the sandbox refuses the same by itself", async () => {
    const { box, start } = await boxed();
    const at = (ms: number) => new Date(ms).toISOString();
    const times = { StartTime: at(start), EndTime: at(start + 540_000) };
    const code = (request: object) =>
      sdk(box)
        .request("GetMonitorData", request)
        .then(String, (error: { code: string }) => error.code);
    const right = asked("UnconsumeTopic", [ofGroup], times);
    expect(await code(right)).toBe("[object Object]");
    for (const wrong of [
      { MetricName: "Nothing" },
      { Namespace: "QCE/CVM" },
      { Instances: [ofTopic] },
      { Period: 120 },
      { Instances: Array(11).fill(ofGroup) },
      { EndTime: at(start - 1000) },
      { StartTime: at(start - 2 * 86_400_000) },
    ])
      expect(await code({ ...right, ...wrong }), JSON.stringify(wrong)).toBe("InvalidParameterValue");
    for (const missing of ["Namespace", "MetricName", "Instances"])
      expect(await code({ ...right, [missing]: undefined }), missing).toBe("MissingParameter");
    expect(await code({ ...right, Wrong: 1 })).toBe("UnknownParameter");
  });
});

describe("DescribeBaseMetrics", () => {
  test("explains one metric whole", async () => {
    const { box } = await boxed();
    const { MetricSet } = await sdk(box).DescribeBaseMetrics({ Namespace: "QCE/CKAFKA", MetricName: "UnconsumeTopic" });
    expect(MetricSet).toHaveLength(1);
    expect(MetricSet?.[0]).toMatchObject({
      Dimensions: [{ Dimensions: ["consumerGroup", "instanceId", "topicId", "topicName"] }],
      Period: [60, 300, 3600, 86_400],
      Periods: [{ Period: "60" }, { Period: "300" }, { Period: "3600" }, { Period: "86400" }],
    });
  });
  test("all of them in brief", async () => {
    const { call } = await served();
    const { data } = await call("DescribeBaseMetrics", { Namespace: "QCE/CKAFKA" });
    expect(data.MetricSet).toHaveLength(49);
    expect(Object.keys(data.MetricSet[0])).toEqual(["MetricName", "Unit", "Meaning", "Dimensions"]);
    const some = await call("DescribeBaseMetrics", { Namespace: "QCE/CKAFKA", Dimensions: ["partition"] });
    expect(some.data.MetricSet).toHaveLength(8);
  });
  /** The specification's own list. */
  const LIST: Record<string, string> = {
    instanceId: `InstanceProCount InstanceConCount InstanceProReqCount InstanceConReqCount InstanceProFlow InstanceConFlow
      InstanceMaxProFlow InstanceMaxConFlow InstanceReplicaProduceFlow InstanceMsgCount InstanceMsgHeap InstanceDiskUsage
      InstanceConnectCount InstanceConnectPercentage InstanceProduceBandwidthPercentage InstanceConsumeBandwidthPercentage
      InstanceProduceThrottle InstanceConsumeThrottle InstanceTopicNum InstanceTopicPercentage InstancePartitionNum
      InstancePartitionPercentage InstanceConsumeGroupNum InstanceConsumeGroupPercentage`,
    "instanceId,topicId": `CtopicProCount CtopicConCount CtopicProFlow CtopicConFlow CtopicProReqCount CtopicConReqCount
      CtopicMsgCount CtopicMsgHeap TMaxProduceFlow TMaxConsumeFlow TTopicProduceThrottle TTopicConsumeThrottle`,
    "consumerGroup,instanceId,partition,topicId,topicName": `CpartitionOffset CtopicMsgOffset CpartitionMaxOffset
      CgroupMaxOffset CpartitionUnconsume CtopicUnconsumeMsgCount CtopicUnconsumeMsgOffset CpartitionConsumerSpeed`,
    "consumerGroup,instanceId,topicId,topicName":
      "UnconsumeTopic UnconsumeSizeTopic CtopicConsumerSpeed MaxOffsetTopic OffsetTopic",
  };
  test("model, sandbox and specification agree on 49 metrics", () => {
    const expected = Object.entries(LIST).flatMap(([set, names]) => names.split(/\s+/).map((name) => [name, set]));
    expect(expected).toHaveLength(49);
    const sets = (entries: [string, readonly string[]][]) =>
      Object.fromEntries(entries.map(([name, dimensions]) => [name, [...dimensions].sort().join(",")]));
    expect(sets(Object.entries<Metric>(METRICS).map(([name, { dimensions }]) => [name, dimensions]))).toEqual(
      Object.fromEntries(expected),
    );
    expect(sets([...table].map(([name, { dimensions }]) => [name, dimensions]))).toEqual(Object.fromEntries(expected));
    for (const [name, { unit, statistic }] of table) {
      const own = METRICS[name as keyof typeof METRICS];
      expect(own.unit.toLowerCase(), name).toBe(unit.toLowerCase());
      if (own.statistic !== "open") expect(own.statistic, name).toBe(statistic);
    }
  });
});

test("21 calls at once take more than a second, and other services do not wait for them", async () => {
  const file = temporaryFile("world.json", JSON.stringify(worldWith()));
  const { call } = await serve(undefined, {
    args: ["--world", file, "--toolsets", "all,monitor", "--rate-limit", "on"],
  });
  const request = { Namespace: "QCE/CKAFKA", MetricName: "InstanceProFlow", Instances: [ofInstance] };
  await call("DescribeInstances");
  const began = performance.now();
  const ended: [string, number][] = [];
  const note = (what: string) => () => void ended.push([what, performance.now() - began]);
  await Promise.all([
    ...Array.from({ length: 21 }, () => call("GetMonitorData", request).then(note("monitor"))),
    call("DescribeInstances").then(note("ckafka")),
  ]);
  expect(Math.max(...ended.filter(([what]) => what === "monitor").map(([, ms]) => ms))).toBeGreaterThan(1000);
  expect(ended.find(([what]) => what === "ckafka")?.[1]).toBeLessThan(900);
});
