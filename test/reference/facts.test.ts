// The table of facts that test/reference/facts/read.ts reads out of the official prose: its form, and facts of it taken by hand.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import newer from "../../sandbox/reference/2026-08.json" with { type: "json" };
import { inRoot } from "../support/paths.ts";
import { decisions, left } from "./facts/decisions.ts";
import type { Fact } from "./facts/prose.ts";

const text = readFileSync(inRoot("test/reference/facts.json"), "utf8");
const table = JSON.parse(text) as Record<string, Record<string, Fact>>;
const all = Object.entries(table).flatMap(([object, row]) =>
  Object.entries(row).map(([field, fact]) => [`${object}.${field}`, fact] as const),
);

interface Field {
  name: string;
}
interface Definition {
  /** The newer definition may have no page, and so no fields, for what the older one lists. */
  actions: Record<string, { input: Field[] | null; output: Field[] | null }>;
  structures: Record<string, { fields: Field[] }>;
}
const editions = [older, newer] as unknown as [Definition, Definition];

test("stands an object a line, in order, without prose", () => {
  expect(text).not.toMatch(/[\u3000-\u9fff\uff00-\uffef]/);
  const lines = text.trimEnd().split("\n");
  expect([lines[0], lines.at(-1)]).toEqual(["{", "}"]);
  expect(lines.slice(1, -1).map((line) => /^"(\w+)":\{.*\},?$/.exec(line)?.[1])).toEqual(Object.keys(table));
  expect(Object.keys(table)).toEqual(Object.keys(table).sort());
});

const UNITS = [
  ...["MB/s", "Mbps", "messages/min", "queries/s", "ms", "s", "min", "h", "months", "B", "MB", "GB", "%"],
  ...["messages", "offsets", "partitions", "topics"],
];

test("a fact is of known kinds, and never empty", () => {
  for (const [at, fact] of all) {
    const { unit, codes, time, success, deprecated, secret, ...rest } = fact;
    expect(rest, at).toEqual({});
    expect(Object.keys(fact), at).not.toEqual([]);
    if (unit !== undefined) expect(UNITS, at).toContain(unit);
    if (time !== undefined) expect(["s", "ms", "Beijing", "ISO"], at).toContain(time);
    expect(unit !== undefined && time !== undefined, `${at} has a unit and a clock`).toBe(false);
    for (const flag of [deprecated, secret]) expect([true, undefined], at).toContain(flag);
    if (success !== undefined) expect(success, at).toContainEqual(expect.stringMatching(/^[0-9a-z]+$/));
    if (codes !== undefined) expect(Object.keys(codes), at).not.toEqual([]);
    for (const [code, word] of Object.entries(codes ?? {})) {
      expect(word, `${at} ${code}`).toMatch(/^[a-z0-9][a-z0-9 ,-]*$/);
      expect(word.split(" ").length, `${at} ${code}`).toBeLessThanOrEqual(6);
    }
    // One word for two codes could not be told back.
    expect(new Set(Object.values(codes ?? {})).size, at).toBe(Object.keys(codes ?? {}).length);
  }
});

test("holds every object of the definition, and no field that it lacks", () => {
  const objects: Record<string, Set<string>> = {};
  const actions = new Set<string>();
  for (const edition of editions) {
    const add = (object: string, fields: Field[] | null) => {
      objects[object] = new Set([...(objects[object] ?? []), ...(fields ?? []).map(({ name }) => name)]);
    };
    for (const [name, { fields }] of Object.entries(edition.structures)) {
      // Inputs and outputs go by the name of their action, so no structure may have such a name.
      const [, action] = /^(.+)(?:Request|Response)$/.exec(name) ?? [];
      if (action) expect(edition.actions, name).not.toHaveProperty(action);
      add(name, fields);
    }
    for (const [action, { input, output }] of Object.entries(edition.actions)) {
      actions.add(action);
      add(`${action}Request`, input);
      add(`${action}Response`, output);
    }
  }
  expect(actions.size).toBe(108);
  expect(Object.keys(table)).toEqual(Object.keys(objects).sort());
  for (const [object, row] of Object.entries(table))
    for (const field of Object.keys(row)) expect(objects[object], object).toContain(field);
});

test("each decision stands in the table, and nothing that is left out does", () => {
  for (const { why, facts } of decisions) {
    expect(why).not.toBe("");
    for (const [at, decided] of Object.entries(facts)) {
      const fact = factAt(at);
      for (const [kind, value] of Object.entries(decided)) expect(fact[kind as keyof Fact] ?? null, at).toEqual(value);
    }
  }
  // Of the disk, one value is left out; its unit is known.
  for (const at of left.flatMap(({ fields }) => fields).filter((at) => at !== "InstanceDetail.DiskSize"))
    expect(factAt(at), at).toEqual({});
});

function factAt(at: string): Fact {
  const [object, field] = at.split(".") as [string, string];
  return table[object]?.[field] ?? {};
}

const onOff = { "0": "off", "1": "on" };
const soldOut = { true: "sold out", false: "on sale" };
const taskStatus = {
  "-1": "creation failed",
  "0": "creating",
  "1": "running",
  "2": "being deleted",
  "3": "deleted",
  "4": "deletion failed",
  "5": "pausing",
  "6": "paused",
  "7": "pausing failed",
  "8": "resuming",
  "9": "resuming failed",
};
const connectStatus = {
  "-1": "creation failed",
  "0": "creating",
  "1": "running",
  "2": "being deleted",
  "4": "deletion failed",
  "5": "being reconfigured",
  "6": "reconfiguration failed",
  "7": "abnormal",
};

/** Read by a person, beside the prose; nothing here comes out of the script. */
const BY_HAND: [at: string, fact: Fact][] = [
  // Bandwidth is Mbps where it is read and MB/s where it is bought: mixing the two costs money.
  ["InstanceDetail.Bandwidth", { unit: "Mbps" }],
  ["InstanceAttributesResponse.Bandwidth", { unit: "Mbps" }],
  ["CreateInstancePreRequest.BandWidth", { unit: "MB/s" }],
  ["CreateInstancePostRequest.BandWidth", { unit: "MB/s" }],
  ["CreatePostPaidInstanceRequest.BandWidth", { unit: "MB/s" }],
  ["ModifyInstancePreRequest.BandWidth", { unit: "MB/s" }],
  ["InstanceScalingDownRequest.BandWidth", { unit: "MB/s" }],
  ["InquireCkafkaPriceRequest.Bandwidth", { unit: "MB/s" }],
  ["DescribeModifyTypeRequest.BandWidth", { unit: "MB/s" }],
  ["CreateCdcClusterRequest.Bandwidth", { unit: "MB/s" }],
  ["InstanceDetail.PublicNetwork", { unit: "Mbps" }],
  ["CreateInstancePreRequest.PublicNetworkMonthly", { unit: "Mbps" }],
  ["InquiryPublicNetworkParam.PublicNetworkMonthly", { unit: "Mbps" }],
  ["ModifyThrottleRuleRequest.ConsumeThrottle", { unit: "MB/s" }],
  // Codes that read as their opposite.
  ["TopicDetail.ForwardStatus", { codes: { "0": "on", "1": "off" } }],
  ["ModifyRoutineMaintenanceTaskRequest.Status", { codes: { "0": "on", "1": "off" } }],
  ["ZoneInfo.Flag", { codes: soldOut }],
  ["SaleInfo.Flag", { codes: soldOut }],
  ["ZoneInfo.SoldOut", { codes: soldOut }],
  ["ZoneInfo.ZoneStatus", { codes: { "3": "open", "4": "closed" } }],
  ["InstanceDetail.Healthy", { codes: { "1": "healthy", "2": "warning", "3": "abnormal" } }],
  ["TopicPartitionDO.LeaderStatus", { codes: { "0": "normal" } }],
  ["TopicDetail.Status", { codes: { "0": "normal", "1": "deleted", "2": "being deleted" } }],
  [
    "InstanceAttributesResponse.ElasticBandwidthOpenStatus",
    {
      codes: {
        "1": "off",
        "16": "being switched on",
        "32": "on",
        "33": "being switched off",
        "34": "switched off",
        "64": "switching on failed",
        "65": "switching off failed",
      },
    },
  ],
  [
    "InstanceAttributesResponse.ElasticBandwidthSwitch",
    { codes: { "0": "not on the allow list", "1": "on the allow list" } },
  ],
  ["DescribeDatahubTaskRes.IsolateStatus", { codes: { "1": "normal", "2": "isolated" } }],
  // States and kinds.
  ["DatahubTaskInfo.Status", { codes: taskStatus }],
  ["DescribeDatahubTaskRes.Status", { codes: taskStatus }],
  ["DescribeConnectResource.Status", { codes: connectStatus }],
  ["DescribeConnectResourceResp.Status", { codes: connectStatus }],
  ["TaskStatusResponse.Status", { codes: { "0": "succeeded", "1": "failed", "2": "in progress" } }],
  ["DescribeDatahubTopicResp.Status", { codes: { "1": "in use", "2": "being deleted" } }],
  ["DatahubTopicDTO.Status", { codes: { "1": "in use", "2": "being deleted" } }],
  [
    "Route.Status",
    {
      codes: {
        "1": "creating",
        "2": "created",
        "3": "creation failed",
        "4": "being deleted",
        "6": "deletion failed",
      },
    },
  ],
  [
    "Route.VipType",
    {
      codes: {
        "1": "public route",
        "2": "classic network",
        "3": "vpc route",
        "4": "internal support route, data centre",
        "5": "public over ssl",
        "6": "bare metal vpc",
        "7": "internal support route",
      },
    },
  ],
  [
    "Route.AccessType",
    {
      codes: {
        "0": "plaintext",
        "1": "sasl plaintext",
        "2": "ssl",
        "3": "sasl ssl",
        "4": "sasl scram sha 256",
        "5": "sasl scram sha 512",
      },
    },
  ],
  ["Acl.PermissionType", { codes: { "0": "unknown", "1": "any", "2": "deny", "3": "allow" } }],
  [
    "Acl.ResourceType",
    {
      codes: { "0": "unknown", "1": "any", "2": "topic", "3": "group", "4": "cluster", "5": "transactional id" },
    },
  ],
  [
    "Acl.Operation",
    {
      codes: {
        "0": "unknown",
        "1": "any",
        "2": "all",
        "3": "read",
        "4": "write",
        "5": "create",
        "6": "delete",
        "7": "alter",
        "8": "describe",
        "9": "cluster action",
        "10": "describe configs",
        "11": "alter configs",
        "12": "idempotent write",
      },
    },
  ],
  [
    "InstanceDetail.RenewFlag",
    { codes: { "0": "not set", "1": "renewed automatically", "2": "never renewed automatically" } },
  ],
  ["InstanceAttributesResponse.Cvm", { codes: { "0": "standard edition", "1": "professional edition" } }],
  ["InstanceDetail.IsInternal", { codes: { "1": "internal customer" } }],
  ["Config.UncleanLeaderElectionEnable", { codes: onOff }],
  ["TopicAttributesResponse.EnableWhiteList", { codes: onOff }],
  ["TopicDetail.EnableWhiteList", { codes: { true: "on", false: "off" } }],
  ["TopicSubscribeGroup.Status", { codes: { "0": "still being collected", "1": "complete" } }],
  ["DescribeConnectResource.ErrorMessage", { codes: { RUNNING: "no error" } }],
  // Three units of one thing, and two clocks.
  ["InstanceDetail.ExpireTime", { time: "s", codes: { "0": "never, by the hour" } }],
  ["InstanceDetail.CreateTime", { time: "s" }],
  ["InstanceDetail.RebalanceTime", { time: "Beijing", codes: { "0000-00-00 00:00:00": "none planned" } }],
  ["TopicRetentionTimeConfigRsp.ModTimeStamp", { time: "ms" }],
  ["ConsumerRecord.Timestamp", { time: "ms" }],
  ["InstanceAttributesResponse.MsgRetentionTime", { unit: "min" }],
  ["DynamicRetentionTime.BottomRetention", { unit: "min" }],
  ["Config.Retention", { unit: "ms" }],
  ["TopicRetentionTimeConfigRsp.Expect", { unit: "min" }],
  ["TopicRetentionTimeConfigRsp.Current", { unit: "min" }],
  ["InquireCkafkaPriceRequest.MessageRetention", { unit: "h" }],
  ["RenewCkafkaInstanceRequest.TimeSpan", { unit: "months" }],
  ["ModifyInstanceAttributesRequest.RebalanceTime", { time: "s" }],
  ["FetchMessageListByTimestampRequest.StartTime", { time: "ms" }],
  ["KafkaParam.StartTime", { time: "s" }],
  ["ModifyGroupOffsetsRequest.ShiftTimestamp", { time: "ms", codes: { "-1": "latest", "-2": "earliest" } }],
  ["DescribeTopicFlowRankingRequest.EndDate", { time: "ISO" }],
  ["DeleteRouteRequest.DeleteRouteTime", { time: "Beijing" }],
  ["DeleteRouteTriggerTimeRequest.DelayTime", { time: "Beijing" }],
  ["UpgradeBrokerVersionRequest.DelayTimeStamp", { time: "Beijing" }],
  ["User.CreateTime", { time: "Beijing" }],
  ["AclRule.CreateTimeStamp", { time: "Beijing" }],
  // What numbers count.
  ["ConsumerGroupSpeed.Speed", { unit: "messages/min" }],
  ["TopicMessageHeapRanking.MessageHeap", { unit: "B" }],
  ["TopicFlowRanking.MessageHeap", { unit: "B" }],
  ["TopicFlowRanking.TopicTraffic", { unit: "MB" }],
  ["GroupOffsetPartition.Lag", { unit: "messages" }],
  ["GroupOffsetPartition.Offset", { unit: "offsets" }],
  ["DatahubTaskInfo.TaskProgress", { unit: "%" }],
  ["InquiryPrice.Discount", { unit: "%" }],
  ["InquiryPrice.TimeUnit", { codes: { m: "by the month", h: "by the hour" } }],
  ["InstanceAttributesResponse.FreePartitionNumber", { unit: "partitions" }],
  ["DynamicDiskConfig.MaxDiskSpace", { unit: "GB" }],
  ["ModifyTopicAttributesRequest.RetentionBytes", { unit: "B", codes: { "-1": "no limit" } }],
  ["ModifyTopicAttributesRequest.QuotaProducerByteRate", { unit: "MB/s", codes: { "-1": "no limit" } }],
  // What tells success.
  ["JgwOperateResponse.ReturnCode", { success: ["0", "ok"] }],
  ["CreateInstancePreResp.ReturnCode", { success: ["0", "ok"] }],
  ["SecurityGroupRouteOperateResp.ReturnCode", { success: ["0", "ok"] }],
  ["BatchModifyTopicResultDTO.ReturnCode", { success: ["0", "ok"] }],
  ["BatchCreateAclResponse.Result", { success: ["0"] }],
  ["AuthorizeTokenResponse.Result", { success: ["0"] }],
  ["CancelAuthorizationTokenResponse.Result", { success: ["0"] }],
  ["GroupInfoResponse.ErrorCode", { success: ["0"] }],
  // What nobody is to see, and what nobody is to use.
  ["CreateTokenResponse.Result", { secret: true }],
  ["AuthorizeTokenRequest.Tokens", { secret: true }],
  ["ModifyPasswordRequest.PasswordNew", { secret: true }],
  ["DescribeDatahubTopicResp.Password", { secret: true }],
  ["IcebergConnectParam.KeyTabContent", { secret: true }],
  ["DtsParam.GroupPassword", { secret: true }],
  ["ModifyInstanceAttributesRequest.DynamicDiskConfig", { deprecated: true }],
  ["DescribeACLRequest.SearchWord", { deprecated: true }],
  ["DescribeInstancesDetailRequest.InstanceIds", { deprecated: true }],
  ["ZoneResponse.PublicNetwork", { deprecated: true }],
  ["ZoneInfo.Exflag", { deprecated: true }],
  ["InstanceAttributesResponse.DeleteRouteTimestamp", { deprecated: true }],
  // What cannot be known.
  ["DescribeConnectInfoResultDTO.IsUnSupportVersion", {}],
  ["DescModifyType.ModifyType", {}],
  ["InstanceAttributesResponse.ElasticFloatBandwidth", {}],
];

test.each(BY_HAND)("%s is as the prose has it", (at, fact) => {
  expect(factAt(at)).toEqual(fact);
});

/** The folder of the official definitions, which only some have. */
const { CKAFKA_REFERENCE: folder } = process.env;

test.runIf(folder)("is what the reader makes of the official prose", () => {
  const reader = inRoot("test/reference/facts/read.ts");
  expect(execFileSync("npx", ["tsx", reader, folder as string], { encoding: "utf8", stdio: "pipe" })).toBe(text);
});
