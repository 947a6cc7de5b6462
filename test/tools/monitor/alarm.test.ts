import { createServer } from "node:http";
import { monitor } from "tencentcloud-sdk-nodejs-monitor";
import { expect, test } from "vitest";
import { makeWorld } from "../../../sandbox/world/world.ts";
import { serve } from "../../support/harness.ts";
import { listening } from "../../support/http.ts";
import { boxed, INSTANCE, served, worldWith } from "./world.ts";

const first = Date.parse("2026-03-02T10:30:00+08:00") / 1000;
const alarms = [
  {
    name: "lag of orders",
    type: "CKAFKA-CONSUMERGROUP-TOPIC",
    // It grows by 120 a minute from 1,200 on: 1,560 at 10:33 is the first above 1,500, and at 10:37 the fifth.
    rules: [{ metric: "UnconsumeTopic", operator: "gt", threshold: 1500, period: 60, points: 5 }],
  },
  { name: "disk", type: "CKAFKA_INSTANCE", rules: [{ metric: "InstanceDiskUsage", threshold: 80 }] },
  { name: "asleep", type: "CKAFKA_TOPIC", on: false, rules: [{ metric: "CtopicProCount", threshold: 1 }] },
];

test("what fired is worked out from the series, with moments instead of numbers", async () => {
  const { call } = await served({ instance: { alarms } });
  const { data, text } = await call("DescribeAlarmHistories", { AlarmObject: INSTANCE, StartTime: "-1h" });
  expect(data, text).toMatchObject({ TotalCount: 1 });
  expect(data.Histories[0]).toMatchObject({
    Namespace: "CKAFKA-CONSUMERGROUP-TOPIC",
    PolicyName: { untrusted: "lag of orders" },
    FirstOccurTime: first + 7 * 60,
    LastOccurTime: first + 10 * 60,
    AlarmStatus: "ALARM",
    MetricsInfo: [{ MetricName: "UnconsumeTopic", Period: 60 }],
  });
  expect(data.Histories[0]["FirstOccurTime (ISO)"]).toBe("2026-03-02T02:37:00Z");
  expect(data["(legend)"]).toContain("AlarmStatus ALARM: not recovered");
  const none = async (filter: object) => (await call("DescribeAlarmHistories", filter as never)).data.TotalCount;
  expect(await none({ AlarmStatus: ["OK"] })).toBe(0);
  expect(await none({ Namespaces: ["CKAFKA_INSTANCE"] })).toBe(0);
  expect(await none({ MetricNames: ["InstanceDiskUsage"] })).toBe(0);
  expect(await none({ EndTime: first + 60 })).toBe(0);
});

test("an alarm that is over has recovered", async () => {
  // The producer stops, and the group catches up.
  const { call } = await served(
    { instance: { alarms: [{ ...alarms[0], rules: [{ metric: "CtopicConsumerSpeed", threshold: 500, points: 3 }] }] } },
    10,
  );
  const { data } = await call("DescribeAlarmHistories", {});
  expect(data.Histories[0]).toMatchObject({ FirstOccurTime: first + 180, AlarmStatus: "ALARM" });
  const caught = await served(
    {
      reads: { perSecond: 30, behind: 3600 },
      instance: { alarms: [{ ...alarms[0], rules: [{ metric: "UnconsumeTopic", threshold: 1000, points: 2 }] }] },
    },
    10,
  );
  const over = await caught.call("DescribeAlarmHistories", {});
  expect(over.data.Histories[0]).toMatchObject({ AlarmStatus: "OK", FirstOccurTime: first + 120 });
});

test("without alarms in the world there are none", async () => {
  const { call } = await served();
  expect((await call("DescribeAlarmHistories", {})).data).toMatchObject({ TotalCount: 0 });
  expect((await call("DescribeAlarmPolicies", {})).data).toMatchObject({ TotalCount: 0 });
});

test("policies show their rules, and whether they are on", async () => {
  const { call } = await served({ instance: { alarms } });
  const { data } = await call("DescribeAlarmPolicies", { Namespaces: ["CKAFKA_INSTANCE"] });
  expect(data.Policies).toHaveLength(1);
  expect(data.Policies[0]).toMatchObject({
    PolicyName: { untrusted: "disk" },
    Enable: 1,
    Condition: {
      IsUnionRule: 0,
      Rules: [{ MetricName: "InstanceDiskUsage", Operator: "gt", Value: "80", ContinuePeriod: 5 }],
    },
  });
  expect((await call("DescribeAlarmPolicies", { Enable: [0] })).data.Policies).toMatchObject([{ Enable: 0 }]);
  expect((await call("DescribeAlarmPolicies", { PageSize: 1, PageNumber: 3 })).data.Policies).toHaveLength(1);
});

test("people's numbers and the secrets of callbacks are shown nowhere, and constants are sent by themselves", async () => {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    const Policies = [
      {
        PolicyId: "policy-1",
        PolicyName: "p",
        Enable: 1,
        NoticeIds: ["notice-1"],
        LastEditUin: "100000001",
        Notices: [
          { Id: "n", URLNotices: [{ URL: "https://hook", ValidationCode: "s3cret" }], UserNotices: [{ UserIds: [7] }] },
        ],
        Condition: { IsUnionRule: 1, Rules: [{ MetricName: "InstanceDiskUsage", ProductId: "p1" }] },
      },
    ];
    const Histories = [
      {
        AlarmId: "a",
        Content: "c",
        ReceiverUids: [7],
        NoticeWays: ["SMS"],
        FirstOccurTime: 1_772_418_600,
        MetricsInfo: null,
      },
    ];
    const answer =
      request.headers["x-tc-action"] === "DescribeAlarmPolicies"
        ? { TotalCount: 1, Policies }
        : { TotalCount: 1, Histories };
    response.end(JSON.stringify({ Response: { ...answer, RequestId: "r" } }));
  });
  const url = `http://127.0.0.1:${await listening(server)}`;
  const { call } = await serve(undefined, {
    args: ["--endpoint", url, "--region", "ap-guangzhou", "--toolsets", "monitor"],
    env: { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "key" },
  });
  const policies = await call("DescribeAlarmPolicies", { Namespaces: ["CKAFKA_TOPIC"] });
  expect(policies.text).not.toMatch(/Notice|hook|s3cret|100000001|ProductId/);
  expect(policies.data.Policies[0]).toMatchObject({
    PolicyId: "policy-1",
    Condition: { Rules: [{ MetricName: "InstanceDiskUsage" }] },
  });
  const histories = await call("DescribeAlarmHistories", {
    Namespaces: ["CKAFKA_TOPIC"],
    StartTime: "2026-03-02T10:00:00+08:00",
    EndTime: "2026-03-02T03:00:00Z",
  });
  expect(histories.text).not.toMatch(/Receiver|SMS/);
  expect(histories.data.Histories[0]["FirstOccurTime (ISO)"]).toBe("2026-03-02T02:30:00Z");
  expect(bodies).toEqual([
    { Module: "monitor", MonitorTypes: ["MT_QCE"], Namespaces: ["CKAFKA_TOPIC"] },
    {
      ...{ Module: "monitor", MonitorTypes: ["MT_QCE"] },
      ...{ StartTime: 1_772_416_800, EndTime: 1_772_420_400 },
      Namespaces: [{ MonitorType: "MT_QCE", Namespace: "CKAFKA_TOPIC" }],
    },
  ]);
});

test("what cannot be is refused before it is sent", async () => {
  const { call } = await served();
  expect((await call("DescribeAlarmHistories", { StartTime: "-1h", EndTime: "-2h" })).text).toMatch(
    /EndTime must not be before StartTime\. Nothing was sent/,
  );
  expect((await call("DescribeAlarmHistories", { AlarmStatus: ["ALARMS"] })).text).toMatch(/did you mean ALARM\?/);
  expect((await call("DescribeAlarmPolicies", { PageSize: 101 })).text).toMatch(/PageSize must be at most 100/);
});

test("a world whose alarms are about no metric of their kind is refused", () => {
  const world = (metric: string) => () =>
    makeWorld(
      worldWith({ instance: { alarms: [{ name: "a", type: "CKAFKA_TOPIC", rules: [{ metric, threshold: 1 }] }] } }),
    );
  expect(world("CtopicProCount")).not.toThrow();
  expect(world("CtopicProCounts")).toThrow(
    /metric of CKAFKA_TOPIC CtopicProCounts does not exist; did you mean CtopicProCount\?/,
  );
  expect(world("InstanceDiskUsage")).toThrow(/alarms\.0\.rules\.0\.metric/);
});

test("the official SDK reads what the sandbox answers", async () => {
  const { box } = await boxed({ instance: { alarms } });
  const client = new monitor.v20180724.Client({
    credential: box.credential,
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", endpoint: box.url.replace("http://", "") } },
  });
  const { Policies, TotalCount } = await client.DescribeAlarmPolicies({ Module: "monitor", PageSize: 2 });
  expect([Policies?.length, TotalCount]).toEqual([2, 3]);
  const histories = await client.DescribeAlarmHistories({ Module: "monitor", Order: "ASC" });
  expect(histories.Histories).toMatchObject([{ AlarmStatus: "ALARM", PolicyName: "lag of orders" }]);
  const code = (request: Promise<unknown>) => request.then(String, (error: { code: string }) => error.code);
  expect(await code(client.DescribeAlarmHistories({} as never))).toBe("MissingParameter");
  expect(await code(client.DescribeAlarmHistories({ Module: "other" }))).toBe("InvalidParameterValue");
});
