// The official SDK as a referee of the sandbox: it signs and sends every action over HTTP and reads the answers.

import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import { expect, test } from "vitest";
import type { z } from "zod/v3";
import { type ActionName, actions } from "../tools/index.ts";
import { sandbox, smallWorld } from "./harness.ts";

const { Client } = ckafka.v20190819;
const InstanceId = "ckafka-one";
const events = { InstanceId, TopicName: "events" };

/** What connections and data tasks need to be there. */
const guangzhou = smallWorld.regions["ap-guangzhou"];
const leadsTo = (id: string, settings: object) => ({
  id,
  name: id,
  type: "KAFKA",
  settings: { KafkaConnectParam: { SelfBuilt: false, ...settings } },
});
const elastic = "1300000000-form";
const fromElastic = { Type: "TOPIC", TopicParam: { Resource: elastic } };
const toEvents = { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: InstanceId, Topic: "events" } };
const toCos = { Type: "COS", CosParam: { BucketName: "b-1", Region: "ap-guangzhou" } };
const task = (id: string, fields: object = {}) => ({
  id,
  name: id,
  type: "SINK",
  source: fromElastic,
  target: toCos,
  ...fields,
});
const world = {
  ...smallWorld,
  regions: {
    "ap-guangzhou": {
      ...guangzhou,
      connections: [
        leadsTo("resource-here", { Resource: InstanceId }),
        leadsTo("resource-far", { Resource: "ckafka-far", Region: "ap-shanghai" }),
        leadsTo("resource-unused", { Resource: InstanceId }),
      ],
      elasticTopics: [
        {
          name: elastic,
          partitions: 1,
          records: [{ partition: 0, at: "-1m", key: "k", value: "v" }],
          groups: [{ name: "form-readers", reads: { [elastic]: { behind: 1 } } }],
        },
      ],
      tasks: [task("task-runs"), task("task-rests", { paused: "-1h" }), task("task-goes")],
    },
  },
};
const sync = { SourceResourceId: "resource-here", TargetResourceId: "resource-far" };

/** One request for each action, in an order in which all of them succeed. */
const scenario: [ActionName, Record<string, unknown>][] = [
  ["DescribeRegion", {}],
  ["DescribeCkafkaZone", {}],
  ["DescribeInstances", { Status: [1], Limit: 5 }],
  ["DescribeInstancesDetail", { Filters: [{ Name: "VpcId", Values: ["vpc-1"] }] }],
  ["DescribeInstanceAttributes", { InstanceId }],
  [
    "CreateTopic",
    { InstanceId, TopicName: "made", PartitionNum: 2, ReplicaNum: 2, Tags: [{ TagKey: "a", TagValue: "b" }] },
  ],
  ["CreatePartition", { InstanceId, TopicName: "made", PartitionNum: 3 }],
  ["ModifyTopicAttributes", { InstanceId, TopicName: "made", Note: "n", RetentionMs: 60_000 }],
  ["BatchModifyTopicAttributes", { InstanceId, Topic: [{ TopicName: "made", UncleanLeaderElectionEnable: true }] }],
  ["CreateTopicIpWhiteList", { InstanceId, TopicName: "made", IpWhiteList: ["10.0.0.5"] }],
  ["DeleteTopicIpWhiteList", { InstanceId, TopicName: "made", IpWhiteList: ["10.0.0.5"] }],
  ["DescribeTopic", { InstanceId }],
  ["DescribeTopicDetail", { InstanceId, OrderBy: "CreateTime", OrderType: 1 }],
  ["DescribeTopicAttributes", events],
  ["DescribeTopicSubscribeGroup", events],
  ["DescribeTopicProduceConnection", events],
  ["DescribeTopicSyncReplica", events],
  ["DescribeTopicFlowRanking", { InstanceId, RankingType: "PRO", BrokerIp: "10.0.0.2" }],
  ["CreateConsumer", { InstanceId, GroupName: "made", TopicName: "events" }],
  ["DescribeGroup", { InstanceId }],
  ["DescribeGroupInfo", { InstanceId, GroupList: ["readers", "live"] }],
  ["DescribeGroupOffsets", { InstanceId, Group: "readers" }],
  ["DescribeConsumerGroup", { InstanceId }],
  ["ModifyGroupOffsets", { InstanceId, Group: "readers", Strategy: 0, Shift: 1, Topics: ["events"] }],
  ["BatchModifyGroupOffsets", { InstanceId, GroupName: "readers", Partitions: [{ Partition: 0, Offset: 1 }] }],
  ["DeleteGroup", { InstanceId, Group: "made" }],
  ["SendMessage", { DataHubId: "datahub-one", Message: [{ Body: "b", Key: "k" }] }],
  ["FetchMessageByOffset", { InstanceId, Topic: "events", Partition: 0, Offset: 1 }],
  ["FetchMessageListByOffset", { InstanceId, Topic: "events", Partition: 0, Offset: 1 }],
  ["FetchMessageListByTimestamp", { InstanceId, Topic: "events", Partition: 0, StartTime: 1 }],
  [
    "CreateConnectResource",
    {
      ResourceName: "search",
      Type: "ES",
      EsConnectParam: { Port: 9200, UserName: "u", Password: "p", Resource: "es-1", SelfBuilt: true },
      Tags: [{ TagKey: "a", TagValue: "b" }],
    },
  ],
  ["DescribeConnectResources", { Type: "KAFKA", Limit: 2 }],
  ["DescribeConnectResource", { ResourceId: "resource-here" }],
  ["ModifyConnectResource", { ResourceId: "resource-here", ResourceName: "renamed", Description: "d" }],
  ["DeleteConnectResource", { ResourceId: "resource-unused" }],
  ["CreateDatahubTopic", { Name: "1300000000-made", PartitionNum: 2, RetentionMs: 60_000, Note: "n" }],
  ["ModifyDatahubTopic", { Name: elastic, RetentionMs: 3_600_000, Note: "n", Tags: [{ TagKey: "a", TagValue: "b" }] }],
  ["DescribeDatahubTopics", { SearchWord: "form" }],
  ["DescribeDatahubTopic", { Name: elastic }],
  ["DescribeDatahubGroupOffsets", { Name: elastic, Group: "form-readers" }],
  ["FetchDatahubMessageByOffset", { Name: elastic, Partition: 0, Offset: 0 }],
  ["FetchLatestDatahubMessageList", { Name: elastic, Partition: 0, MessageCount: 1 }],
  ["DeleteDatahubTopic", { Name: "1300000000-made" }],
  [
    "CreateDatahubTask",
    {
      TaskName: "index",
      TaskType: "SINK",
      SourceResource: { Type: "TOPIC", TopicParam: { Resource: elastic, OffsetType: "timestamp", StartTime: 1 } },
      TargetResource: toEvents,
      TransformsParam: {
        Content: "{}",
        FieldChain: [{ Analyse: { Format: "JSON" }, SMT: [{ Key: "a", Operate: "MAPPING", SchemeType: "STRING" }] }],
        FailureParam: { Type: "DROP" },
      },
    },
  ],
  ["CreateMetaSyncDatahubTask", { TaskName: "meta", ...sync }],
  [
    "CreateMetaAndDataSyncDatahubTask",
    { TaskName: "data", ...sync, TopicList: ["events"], Prefix: "p", Separator: "-" },
  ],
  ["CreateMetaDataAndOffsetSyncDatahubTask", { TaskName: "offsets", ...sync, OffsetType: "latest" }],
  ["ModifyDatahubTask", { TaskId: "task-runs", TaskName: "renamed", TasksMax: 2, AutoExpandFlag: false }],
  ["PauseDatahubTask", { TaskId: "task-runs" }],
  ["ResumeDatahubTask", { TaskId: "task-rests" }],
  ["RestartDatahubTask", { TaskId: "task-goes" }],
  ["DescribeDatahubTasks", { TaskType: "SINK", Limit: 10 }],
  ["DescribeDatahubTask", { TaskId: "task-runs" }],
  ["DeleteDatahubTask", { TaskId: "task-goes" }],
  ["DeleteTopic", { InstanceId, TopicName: "quiet" }],
];

async function sdk(secretKey?: string) {
  const box = await sandbox(world);
  const client = new Client({
    credential: { secretId: box.credential.secretId, secretKey: secretKey ?? box.credential.secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", endpoint: box.url.replace("http://", "") } },
  });
  const send = (action: string, input: object) => client.request(action, input) as Promise<Record<string, unknown>>;
  return { box, send };
}

test("the SDK gets an answer of the documented shape from every action", async () => {
  const { send } = await sdk();
  for (const [action, input] of scenario) {
    const { RequestId, ...response } = await send(action, input);
    expect(RequestId, action).toMatch(/^[0-9a-f-]{36}$/);
    const output = strict(actions[action].output);
    const parsed = output.safeParse(response);
    expect(parsed.error?.issues ?? [], action).toEqual([]);
  }
  expect(new Set(scenario.map(([action]) => action))).toEqual(new Set(Object.keys(actions)));
});

/** The model with every field required and no other accepted, all the way down. */
function strict(model: z.ZodTypeAny): z.ZodTypeAny {
  const def = model._def;
  if (def.typeName === "ZodObject") {
    const object = model as z.AnyZodObject;
    return object
      .extend(Object.fromEntries(Object.entries(object.shape as z.ZodRawShape).map(([k, v]) => [k, strict(v)])))
      .strict();
  }
  if (def.typeName === "ZodArray") return strict(def.type).array();
  if (def.typeName === "ZodNullable") return strict(def.innerType).nullable();
  return model;
}

test("with a standing clock the same requests get the same answers, request ids included", async () => {
  const run = async () => {
    const { send } = await sdk();
    const answers: unknown[] = [];
    for (const [action, input] of scenario) answers.push(await send(action, input));
    return answers;
  };
  expect(await run()).toEqual(await run());
});

test("the SDK reads the sandbox's errors as the cloud's", async () => {
  const { send } = await sdk();
  const failure = (action: string, input: object) =>
    send(action, input).then(String, (error: { code: string }) => error.code);
  expect(await failure("DescribeTopic", { InstanceId: "ckafka-none" })).toBe("InvalidParameterValue.InstanceNotExist");
  expect(await failure("DescribeTopic", {})).toBe("MissingParameter");
  expect(await failure("DescribeTopic", { InstanceId, Wrong: 1 })).toBe("UnknownParameter");
  expect(await failure("DescribeTopic", { InstanceId, Limit: "5" })).toBe("InvalidParameter");
  expect(
    await failure("CreateTopic", {
      InstanceId,
      TopicName: "x",
      PartitionNum: 1,
      ReplicaNum: 1,
      Tags: [{ TagKey: "a" }],
    }),
  ).toBe("MissingParameter");
  expect(await failure("DescribeNothing", {})).toBe("InvalidAction");
  const { send: forged } = await sdk("wrong");
  expect(await forged("DescribeRegion", {}).then(String, (error: { code: string }) => error.code)).toBe(
    "AuthFailure.SignatureFailure",
  );
});
