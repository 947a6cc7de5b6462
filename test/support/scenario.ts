// One request for each action, on a world in which all of them succeed in their order.
import { ckafka } from "tencentcloud-sdk-nodejs-ckafka";
import type { Sandbox } from "../../sandbox/server/http.ts";
import type { ActionName } from "../../tools/ckafka/actions.ts";
import { another, cos, kafka, leadsTo, one, smallRegionWith } from "./worlds.ts";

const InstanceId = "ckafka-one";
const events = { InstanceId, TopicName: "events" };
const MAIN_ROUTE = { InstanceId, RouteId: 1001 };
const guarded = { InstanceRoutes: [MAIN_ROUTE], SecurityGroupId: "sg-1" };
const allow = { Host: "*", Principal: "User:made", PermissionType: "Allow", Operation: "Read" };
const rule = { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName: "made", RuleList: [allow] };
const acl = { InstanceId, ResourceType: 2, ResourceName: "made", Operation: 3, PermissionType: 3 };

// biome-ignore lint/suspicious/noExplicitAny: a request states what it expects of earlier answers
export type Answers = Record<string, any>;
/** What is sent; a function where it names what an earlier answer brought. */
export type Request = Record<string, unknown> | ((answers: Answers) => Record<string, unknown>);

const elastic = "1300000000-form";
const fromElastic = { Type: "TOPIC", TopicParam: { Resource: elastic } };
const task = (id: string, fields: object = {}) => ({
  id,
  name: id,
  type: "SINK",
  source: fromElastic,
  target: cos,
  ...fields,
});
/** For each change after which an instance, a connection or a task is not there or not running, one of its own. */
export const world = smallRegionWith({
  instances: [
    { ...one, tags: { team: "a" }, prometheus: [{ vpc: "vpc-2", subnet: "subnet-2" }] },
    another("ckafka-old", { broker: "v2.8.1_r1.1.4" }),
    another("ckafka-prepaid"),
    another("ckafka-isolated"),
    another("ckafka-hourly", { chargeType: "POSTPAID_BY_HOUR" }),
    another("ckafka-hourly2", { chargeType: "POSTPAID_BY_HOUR" }),
  ],
  connections: [
    leadsTo("resource-here", InstanceId),
    leadsTo("resource-far", "ckafka-far", { Region: "ap-shanghai" }),
    leadsTo("resource-unused", InstanceId),
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
});
const purchase = { VpcId: "vpc-1", SubnetId: "subnet-1", ZoneId: 100003, SpecificationsType: "profession" };

const tokenOf = ({ CreateToken }: Answers) => ({ InstanceId, User: "made", Tokens: CreateToken.Result });
const routeOf = ({ CreateRoute }: Answers) => ({ InstanceId, RouteId: CreateRoute.Result.Data.RouteDTO.RouteId });
const throttleOf = ({ DescribeThrottleRules }: Answers): number =>
  DescribeThrottleRules.Result.ThrottleRuleList[0].ThrottleRuleId;

const sync = { SourceResourceId: "resource-here", TargetResourceId: "resource-far" };

/** One request for each action, in an order in which all of them succeed. */
export const scenario: [ActionName, Request][] = [
  ["DescribeRegion", {}],
  ["DescribeCkafkaZone", {}],
  ["DescribeInstances", { Status: [1], Limit: 5 }],
  ["DescribeInstancesDetail", { Filters: [{ Name: "VpcId", Values: ["vpc-1"] }] }],
  ["DescribeInstanceAttributes", { InstanceId }],
  ["DescribeTypeInstances", { SearchWord: "one" }],
  ["DescribeCvmInfo", { InstanceId }],
  ["DescribeCkafkaVersion", { InstanceId }],
  ["ModifyInstanceAttributes", { InstanceId, InstanceName: "renamed", DynamicDiskConfig: { Enable: 1 } }],
  [
    "InquireCkafkaPrice",
    {
      InstanceType: "profession",
      Bandwidth: 40,
      InquiryDiskParam: { DiskType: "CLOUD_SSD", DiskSize: 500 },
      MessageRetention: 24,
      Topic: 800,
      Partition: 800,
      PublicNetworkParam: { PublicNetworkMonthly: 3 },
    },
  ],
  [
    "DescribeModifyType",
    {
      InstanceId,
      BandWidth: 400,
      DiskSize: 3000,
      DiskType: "CLOUD_SSD",
      Partition: 2000,
      Topic: 3,
      Type: "sp_ckafka_profession",
    },
  ],
  ["CreateInstancePre", { ...purchase, InstanceName: "a", Period: "1m", InstanceType: 1 }],
  ["CreatePostPaidInstance", { ...purchase, Tags: [{ TagKey: "a", TagValue: "b" }] }],
  ["CreateInstancePost", { ...purchase, InstanceName: "c", BandWidth: 40 }],
  ["ModifyInstancePre", { InstanceId: "ckafka-prepaid", BandWidth: 400 }],
  ["InstanceScalingDown", { InstanceId: "ckafka-hourly", UpgradeStrategy: 1, BandWidth: 240 }],
  ["RenewCkafkaInstance", { InstanceId, TimeSpan: 2 }],
  ["IsolatedInstancePre", { InstanceId: "ckafka-isolated" }],
  ["DeleteInstancePre", { InstanceId: "ckafka-isolated" }],
  ["DeleteInstancePost", { InstanceId: "ckafka-hourly2" }],
  ["DescribeTaskStatus", ({ DeleteInstancePost }) => ({ FlowId: DeleteInstancePost.Result.FlowId })],
  [
    "UpgradeBrokerVersion",
    { InstanceId: "ckafka-old", Type: 1, SourceVersion: "v2.8.1_r1.1.4", TargetVersion: "v2.8.1_r1.1.6" },
  ],
  [
    "ModifyRoutineMaintenanceTask",
    {
      InstanceId,
      MaintenanceType: "QUOTA",
      MaintenanceSubtype: "INSTANCE_STORAGE_CAPACITY",
      Status: 0,
      ConfigureThreshold: 80,
    },
  ],
  ["CreatePrometheus", { InstanceId, VpcId: "vpc-1", SubnetId: "subnet-1" }],
  ["DescribePrometheus", { InstanceId }],
  [
    "CreateCdcCluster",
    {
      CdcId: "cluster-1",
      CdcVpcId: "vpc-cdc",
      CdcSubnetId: "subnet-cdc",
      ZoneId: 100003,
      Bandwidth: 400,
      DiskSize: 4000,
      DiskType: "CLOUD_SSD",
      SystemDiskType: "CLOUD_PREMIUM",
    },
  ],
  ["CheckCdcCluster", ({ CreateCdcCluster }) => ({ TaskId: CreateCdcCluster.Result.TaskId })],
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
  ["CreateConsumer", { InstanceId, GroupName: "made", TopicNameList: ["events", "quiet"] }],
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
  ["FetchMessageListByTimestamp", { InstanceId, Topic: "events", Partition: 0, StartTime: 1e12 }],
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
      TargetResource: kafka("events"),
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
  [
    "CreateMetaDataAndOffsetSyncDatahubTask",
    { TaskName: "offsets", ...sync, TopicList: ["events"], OffsetType: "latest" },
  ],
  ["ModifyDatahubTask", { TaskId: "task-runs", TaskName: "renamed", TasksMax: 2, AutoExpandFlag: false }],
  ["PauseDatahubTask", { TaskId: "task-runs" }],
  ["ResumeDatahubTask", { TaskId: "task-rests" }],
  ["RestartDatahubTask", { TaskId: "task-goes" }],
  ["DescribeDatahubTasks", { TaskType: "SINK", Limit: 10 }],
  ["DescribeDatahubTask", ({ CreateDatahubTask }) => ({ TaskId: CreateDatahubTask.Result.TaskId })],
  ["DeleteDatahubTask", { TaskId: "task-goes" }],
  ["CreateUser", { InstanceId, Name: "made", Password: "old-1" }],
  ["ModifyPassword", { InstanceId, Name: "made", Password: "old-1", PasswordNew: "new-2" }],
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

export type Send = (action: string, input: object) => Promise<Record<string, unknown>>;
/** The official SDK on a sandbox. */
export function sender({ url, credential }: Sandbox, secretKey = credential.secretKey): Send {
  const client = new ckafka.v20190819.Client({
    credential: { secretId: credential.secretId, secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", endpoint: url.replace("http://", "") } },
  });
  return (action, input) => client.request(action, input) as Promise<Record<string, unknown>>;
}
/** Sends the scenario; hands every answer on as it comes. */
export async function play(send: Send): Promise<Answers> {
  const answers: Answers = {};
  for (const [action, request] of scenario)
    answers[action] = await send(action, typeof request === "function" ? request(answers) : request);
  return answers;
}
