// The official SDK as a referee of the sandbox: it signs and sends every action over HTTP and reads the answers.

import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import { expect, test } from "vitest";
import type { z } from "zod/v3";
import { type ActionName, actions } from "../tools/index.ts";
import { sandbox, smallWorld } from "./harness.ts";

const { Client } = ckafka.v20190819;
const InstanceId = "ckafka-one";
const events = { InstanceId, TopicName: "events" };
const MAIN_ROUTE = { InstanceId, RouteId: 1001 };
const guarded = { InstanceRoutes: [MAIN_ROUTE], SecurityGroupId: "sg-1" };
const allow = { Host: "*", Principal: "User:made", PermissionType: "Allow", Operation: "Read" };
const rule = { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName: "made", RuleList: [allow] };
const acl = { InstanceId, ResourceType: 2, ResourceName: "made", Operation: 3, PermissionType: 3 };

// biome-ignore lint/suspicious/noExplicitAny: a request states what it expects of earlier answers
type Answers = Partial<Record<ActionName, any>>;
type Input = Record<string, unknown>;
const tokenOf = ({ CreateToken }: Answers) => ({ InstanceId, User: "made", Tokens: CreateToken.Result });
const routeOf = ({ CreateRoute }: Answers) => ({ InstanceId, RouteId: CreateRoute.Result.Data.RouteDTO.RouteId });
const throttleOf = ({ DescribeThrottleRules }: Answers): number =>
  DescribeThrottleRules.Result.ThrottleRuleList[0].ThrottleRuleId;

/** One request for each action, in an order in which all of them succeed; some are made of earlier answers. */
const scenario: [ActionName, Input | ((answers: Answers) => Input)][] = [
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
  ["DeleteGroupSubscribeTopic", { InstanceId, Group: "made", Topic: "events" }],
  ["DeleteGroup", { InstanceId, Group: "made" }],
  ["SendMessage", { DataHubId: "datahub-one", Message: [{ Body: "b", Key: "k" }] }],
  ["FetchMessageByOffset", { InstanceId, Topic: "events", Partition: 0, Offset: 1 }],
  ["FetchMessageListByOffset", { InstanceId, Topic: "events", Partition: 0, Offset: 1 }],
  ["FetchMessageListByTimestamp", { InstanceId, Topic: "events", Partition: 0, StartTime: 1 }],
  ["CreateUser", { InstanceId, Name: "made", Password: "a" }],
  ["ModifyPassword", { InstanceId, Name: "made", Password: "a", PasswordNew: "b" }],
  ["DescribeUser", { InstanceId }],
  ["DescribeAppInfo", {}],
  ["CreateToken", { InstanceId, User: "made" }],
  ["AuthorizeToken", tokenOf],
  ["CancelAuthorizationToken", tokenOf],
  ["CreateAcl", { ...acl, Principal: "User:made" }],
  ["BatchCreateAcl", { InstanceId, ResourceType: 2, ResourceNames: ["made", "events"], RuleList: [allow] }],
  ["DescribeACL", { InstanceId, ResourceType: 2 }],
  ["DeleteAcl", { ...acl, Principal: "User:made" }],
  ["CreateAclRule", rule],
  ["ModifyAclRule", { InstanceId, RuleName: "made", IsApplied: 1 }],
  ["DescribeAclRule", { InstanceId }],
  ["DeleteAclRule", { InstanceId, RuleName: "made" }],
  ["CreateRoute", { InstanceId, VipType: 1, AccessType: 3, PublicNetwork: 3 }],
  ["DescribeRoute", { InstanceId, MainRouteFlag: true }],
  ["ModifyAccessPolicy", (answers) => ({ ...routeOf(answers), IpWhitelist: [{ CidrBlock: "10.0.0.0/8" }] })],
  ["DescribeAccessPolicy", routeOf],
  ["AssociateRoutesSecurityGroup", guarded],
  ["DescribeSecurityGroupRoutes", { Filters: [{ Name: "security-group-id", Values: ["sg-1"] }] }],
  ["DisassociateRoutesSecurityGroup", guarded],
  ["ModifyRouteSecurityGroups", { InstanceRoute: MAIN_ROUTE, SecurityGroupIds: ["sg-2"] }],
  ["DeleteRoute", (answers) => ({ ...routeOf(answers), DeleteRouteTime: "2026-03-02 18:00:00" })],
  ["DeleteRouteTriggerTime", { InstanceId, DelayTime: "2026-03-02 19:00:00" }],
  ["CreateThrottleRule", { InstanceId, ThrottleType: 1, UserNameList: ["made"], ConsumeThrottle: 3 }],
  ["DescribeThrottleRules", { InstanceId }],
  ["ModifyThrottleRule", (answers) => ({ InstanceId, ThrottleRuleId: throttleOf(answers), ConsumeThrottle: 2 })],
  ["DeleteThrottleRule", (answers) => ({ InstanceId, ThrottleRuleId: String(throttleOf(answers)) })],
  ["DeleteUser", { InstanceId, Name: "made" }],
  ["DeleteTopic", { InstanceId, TopicName: "quiet" }],
];

async function sdk(world: object = smallWorld, secretKey?: string) {
  const box = await sandbox(world);
  const client = new Client({
    credential: { secretId: box.credential.secretId, secretKey: secretKey ?? box.credential.secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", endpoint: box.url.replace("http://", "") } },
  });
  const send = (action: string, input: object) => client.request(action, input) as Promise<Record<string, unknown>>;
  return { box, send };
}

/** Sends the scenario, one request after the other. */
async function* play(send: Awaited<ReturnType<typeof sdk>>["send"]) {
  const answers: Answers = {};
  for (const [action, input] of scenario) {
    const answer = await send(action, typeof input === "function" ? input(answers) : input);
    answers[action] = answer;
    yield [action, answer] as const;
  }
}

test("the SDK gets an answer of the documented shape from every action", async () => {
  const { send } = await sdk();
  for await (const [action, { RequestId, ...response }] of play(send)) {
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
    for await (const answer of play(send)) answers.push(answer);
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
  const { send: forged } = await sdk(smallWorld, "wrong");
  expect(await forged("DescribeRegion", {}).then(String, (error: { code: string }) => error.code)).toBe(
    "AuthFailure.SignatureFailure",
  );
});
