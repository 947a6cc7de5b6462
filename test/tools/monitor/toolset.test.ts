// What the word brings, and that nothing is there without it.
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, test } from "vitest";
import questions from "../../../evals/find-actions.json" with { type: "json" };
import { advertise } from "../../../src/discovery/advertise.ts";
import { openLibrary } from "../../../src/discovery/library.ts";
import { writeReference } from "../../../src/discovery/reference.ts";
import { catalogueOf } from "../../../src/model/catalogue.ts";
import { toolsets } from "../../../tools/ckafka/index.ts";
import { sets } from "../../../tools/ckafka/sets.ts";
import { synonyms } from "../../../tools/ckafka/synonyms.ts";
import { catalogue } from "../../../tools/index.ts";
import { actions } from "../../../tools/monitor/actions.ts";
import { agree, sandbox, serve, smallWorld, temporaryFile } from "../../support/harness.ts";
import { asked, boxed, ofGroup, ofTopic, served } from "./world.ts";

const MONITOR = Object.keys(actions);

describe("without the word", () => {
  test.each([[[]], [["--toolsets", "all"]], [["--toolsets", "reads"]], [["--toolsets=-topic"]], [["--discovery"]]])(
    "%j offers what it did, byte for byte",
    async (args) => {
      const { client } = await serve(await sandbox(smallWorld), { args });
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).filter((name) => MONITOR.includes(name))).toEqual([]);
      expect(client.getInstructions()).not.toMatch(/GetMonitorData/);
    },
  );
  test("the list, regions and examples are those of a catalogue that has no monitor", () => {
    const alone = advertise(catalogueOf(toolsets, { sets, synonyms, examples: catalogue.examples }));
    const whole = advertise(catalogue);
    expect(JSON.stringify(whole.listed.filter(({ optIn }) => !optIn))).toBe(JSON.stringify(alone.listed));
    expect(whole.regions).toEqual(alone.regions);
    expect(whole.services[0]).toEqual(alone.services[0]);
  });
  test("what is found is found in the same order", () => {
    const reference = writeReference(catalogue, () => []);
    const alone = openLibrary({ ...reference, entries: reference.entries.filter(({ optIn }) => !optIn) });
    const without = openLibrary(reference, () => false);
    const offers = () => true;
    for (const { ask } of questions) expect(without.find(ask, 9, offers)).toEqual(alone.find(ask, 9, offers));
  });
  test("a tool that is not there says which word brings it, and questions read as before", async () => {
    const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
    await expect(call("GetMonitorData", {})).rejects.toThrow(/it comes with --toolsets all,monitor/);
    await call("DeleteTopic", { InstanceId: "ckafka-one", TopicName: "quiet" });
    expect(forms[0]?.message).not.toContain("service");
  });
});

describe("with it", () => {
  test("each tool has its snapshot, and all together are small", async () => {
    const own = advertise(catalogue).listed.filter(({ toolset }) => toolset === "monitor");
    for (const { tool } of own)
      await expect(`${JSON.stringify(tool, null, 2)}\n`).toMatchFileSnapshot(`./toolsnaps/${tool.name}.json`);
    const tokens = own.map(({ tool: { name, description, inputSchema } }) =>
      encode(JSON.stringify({ name, description, inputSchema })),
    );
    expect(tokens.flat().length).toBeLessThanOrEqual(680);
  });
  test("there are four tools more, and instructions", async () => {
    const { client } = await served({}, 0);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(MONITOR));
    expect(
      tools.filter(({ name }) => MONITOR.includes(name)).every(({ annotations }) => annotations?.readOnlyHint),
    ).toBe(true);
    expect(client.getInstructions()).toMatch(/A missing point is not a zero/);
  });
  test("alone as well, and read-only", async () => {
    const { client } = await served({}, 0, ["--toolsets", "monitor", "--read-only"]);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([...MONITOR, "DescribeAction"]);
  });
  test("DescribeAction tells which metric answers what, and the errors", async () => {
    const { call } = await served({}, 0);
    const { data } = await call("DescribeAction", { Action: "GetMonitorData" });
    expect(data.Input.properties.MetricName.description).toContain(
      "InstanceDiskUsage (disk taken as a share of the bought disk",
    );
    expect(data.Errors).toContain("FailedOperation.ErrNotOpen");
    expect(data.CallsPerSecond).toBe(20);
  });
  test.each([
    ["lag over time", "GetMonitorData"],
    ["when is the disk full", "GetMonitorData"],
    ["监控指标 曲线", "GetMonitorData"],
    ["磁盘使用率 趋势", "GetMonitorData"],
    ["which metrics are there, units", "DescribeBaseMetrics"],
    ["有哪些指标", "DescribeBaseMetrics"],
    ["alarms last night", "DescribeAlarmHistories"],
    ["告警记录", "DescribeAlarmHistories"],
    ["alarm thresholds", "DescribeAlarmPolicies"],
    ["告警策略", "DescribeAlarmPolicies"],
  ])("FindActions: %s", async (Words, action) => {
    const { call } = await served({}, 0, ["--toolsets", "all,monitor", "--discovery"]);
    const { data } = await call("FindActions", { Words, Limit: 2 });
    expect(data.Actions.map(({ Action }: { Action: string }) => Action)).toContain(action);
  });
  test("a policy that denies a topic, a group or an instance denies its metrics", async () => {
    const { box, start } = await boxed();
    const at = (ms: number) => new Date(ms).toISOString();
    const times = { StartTime: at(start), EndTime: at(start + 540_000) };
    const denies = async (rule: object, metric: string, of: object) => {
      const policy = temporaryFile("policy.json", JSON.stringify({ rules: [{ effect: "deny", ...rule }] }));
      const { call } = await serve(box, { args: ["--toolsets", "all,monitor", "--policy", policy] });
      return /rule 1 of the policy \(deny\)/.test((await call("GetMonitorData", asked(metric, [of], times))).text);
    };
    expect(await denies({ topic: ["ord*"] }, "UnconsumeTopic", ofGroup)).toBe(true);
    expect(await denies({ group: ["slow"] }, "UnconsumeTopic", ofGroup)).toBe(true);
    expect(await denies({ instance: ["ckafka-mon*"] }, "CtopicProCount", ofTopic)).toBe(true);
    expect(await denies({ topic: ["other"] }, "UnconsumeTopic", ofGroup)).toBe(false);
  });
});
