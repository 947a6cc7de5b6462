// Every code of every page of the reference: the request that provokes it, or why no request can.
import type { ActionName } from "../../tools/ckafka/actions.ts";
import { type Request, world as succeeding } from "../support/scenario.ts";
import { another, smallRegionWith } from "../support/worlds.ts";

const InstanceId = "ckafka-one";
const region = succeeding.regions["ap-guangzhou"];
/** The scenario's world, and what has gone wrong in it. */
export const world = smallRegionWith({
  ...region,
  zones: [...region.zones, { id: 100004, name: "Zone 4" }, { id: 100006, name: "Zone 6", soldOut: true }],
  instances: [
    ...region.instances,
    another("ckafka-new", { status: 0, chargeType: "POSTPAID_BY_HOUR" }),
    another("ckafka-shut", {
      status: 5,
      topics: [{ name: "shut", partitions: 1 }],
      dataHubs: { "datahub-shut": "shut" },
    }),
    another("ckafka-elsewhere", { zones: [100004], subnet: "subnet-4" }),
    another("ckafka-full", { disk: 3000, topics: [{ name: "wide", partitions: 1900 }], max: { partitions: 2000 } }),
    another("ckafka-full2", {
      disk: 3000,
      topics: [{ name: "wide", partitions: 1900 }],
      max: { partitions: 2000 },
      chargeType: "POSTPAID_BY_HOUR",
    }),
  ],
});

/** What is changed in the request of the scenario; undefined takes a parameter away. Before it, what makes it wrong. */
export type Row = [
  action: ActionName,
  code: string,
  change: Request,
  ...before: [ActionName, Record<string, unknown>][],
];

const twice = [
  { TagKey: "a", TagValue: "1" },
  { TagKey: "a", TagValue: "2" },
];
const elastic = "1300000000-form";
const live = { Group: "live" };
const everybody = { Host: "*", Principal: "User:*", PermissionType: "Allow", Operation: "Read" };
const acl = {
  InstanceId,
  ResourceType: 2,
  ResourceName: "events",
  Operation: 3,
  PermissionType: 3,
  Principal: "User:*",
};
const made = { InstanceId, Name: "made", Password: "old-1" };
const inside = { VipType: 3, AccessType: 0, VpcId: "vpc-1", SubnetId: "subnet-1", PublicNetwork: undefined };
const publicRoute = { InstanceId, VipType: 1, AccessType: 3, PublicNetwork: 3 };
const fallsApart = (action: ActionName): Row[] => [
  [action, "InvalidParameterValue.ZoneNotSupport", { ZoneId: 1 }],
  [action, "InvalidParameterValue.VpcIdInvalid", { VpcId: "net-1" }],
  [action, "InvalidParameterValue.SubnetIdInvalid", { SubnetId: "net-1" }],
  [action, "InvalidParameterValue.SubnetNotBelongToZone", { SubnetId: "subnet-4" }],
  [action, "InvalidParameterValue.RepetitionValue", { Tags: twice }],
  [action, "ResourceUnavailable", { SpecificationsType: "standard" }],
];
const search = { Port: 9200, UserName: "u", Password: "p", Resource: "es-1", SelfBuilt: true };
const unready = { ResourceName: "unready", Type: "ES", EsConnectParam: search };

export const PROVOKED: Row[] = [
  ["AuthorizeToken", "InvalidParameterValue", { InstanceId, User: "nobody", Tokens: "t" }],
  ["BatchModifyGroupOffsets", "FailedOperation", { GroupName: "live" }],
  [
    "BatchModifyGroupOffsets",
    "InvalidParameterValue.RepetitionValue",
    {
      Partitions: [
        { Partition: 0, Offset: 1 },
        { Partition: 0, Offset: 2 },
      ],
    },
  ],
  [
    "BatchModifyTopicAttributes",
    "InvalidParameterValue.RepetitionValue",
    { Topic: [{ TopicName: "events" }, { TopicName: "events" }] },
  ],
  ["CancelAuthorizationToken", "InvalidParameterValue", { InstanceId, User: "nobody", Tokens: "t" }],
  [
    "CancelAuthorizationToken",
    "FailedOperation",
    ({ CreateToken }) => ({ InstanceId, User: "made", Tokens: CreateToken.Result }),
    ["CreateUser", made],
    ["CreateToken", { InstanceId, User: "made" }],
  ],
  ["CreateAcl", "InvalidParameterValue.RepetitionValue", acl, ["CreateAcl", acl]],
  ["CreateAclRule", "InvalidParameterValue", { PatternType: "LITERAL" }],
  [
    "CreateAclRule",
    "InvalidParameterValue.RepetitionValue",
    { RuleList: [everybody] },
    [
      "CreateAclRule",
      { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName: "made", RuleList: [everybody] },
    ],
  ],
  ["CreateConnectResource", "InvalidParameterValue", { Type: "FTP" }],
  [
    "CreateConnectResource",
    "InvalidParameterValue.InstanceNotExist",
    { Type: "KAFKA", EsConnectParam: undefined, KafkaConnectParam: { SelfBuilt: false, Resource: "ckafka-none" } },
  ],
  ["CreateConnectResource", "InvalidParameterValue.RepetitionValue", { ResourceName: "resource-here" }],
  ["CreateConsumer", "InvalidParameterValue", { GroupName: "readers" }],
  ["CreateConsumer", "ResourceNotFound", { TopicName: "none" }],
  ["CreateDatahubTask", "InvalidParameterValue", { TaskType: "BOTH" }],
  [
    "CreateDatahubTask",
    "InvalidParameterValue.InstanceNotExist",
    { TargetResource: { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: "ckafka-none", Topic: "events" } } },
  ],
  [
    "CreateDatahubTask",
    "ResourceNotFound",
    { TargetResource: { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: InstanceId, Topic: "none" } } },
  ],
  ["CreateDatahubTask", "InvalidParameterValue.RepetitionValue", { TaskName: "task-runs" }],
  [
    "CreateDatahubTask",
    "FailedOperation",
    ({ CreateConnectResource }) => ({
      TargetResource: { Type: "ES", EsParam: { Resource: CreateConnectResource.Result.ResourceId } },
    }),
    ["CreateConnectResource", unready],
  ],
  ["CreateDatahubTopic", "InvalidParameter.TopicExist", { Name: elastic }],
  ["CreateDatahubTopic", "InvalidParameterValue.RepetitionValue", { Tags: twice }],
  ...fallsApart("CreateInstancePost"),
  ...fallsApart("CreateInstancePre"),
  ["CreateInstancePre", "ResourceInsufficient", { ZoneId: 100006 }],
  ...fallsApart("CreatePostPaidInstance"),
  ["CreatePartition", "LimitExceeded", { TopicName: "events", PartitionNum: 100 }],
  ["CreatePrometheus", "InvalidParameterValue.VpcIdInvalid", { VpcId: "net-1" }],
  ["CreatePrometheus", "InvalidParameterValue.SubnetIdInvalid", { SubnetId: "net-1" }],
  ["CreatePrometheus", "InvalidParameterValue.SubnetNotBelongToZone", { SubnetId: "subnet-4" }],
  [
    "CreatePrometheus",
    "InvalidParameterValue.RepetitionValue",
    {},
    ["CreatePrometheus", { InstanceId, VpcId: "vpc-1", SubnetId: "subnet-1" }],
  ],
  ["CreateRoute", "InvalidParameterValue.VpcIdInvalid", { ...inside, VpcId: "net-1" }],
  ["CreateRoute", "InvalidParameterValue.SubnetIdInvalid", { ...inside, SubnetId: undefined }],
  ["CreateRoute", "InvalidParameterValue.SubnetNotBelongToZone", { ...inside, SubnetId: "subnet-4" }],
  ["CreateRoute", "InvalidParameterValue.RepetitionValue", { ...inside, Ip: "10.0.0.1" }],
  ["CreateRoute", "UnsupportedOperation", { ...inside, IpWhitelist: [{ CidrBlock: "10.0.0.0/8" }] }],
  ["CreateRoute", "LimitExceeded.RouteOverLimit", {}, ["CreateRoute", publicRoute]],
  [
    "CreateRoute",
    "LimitExceeded.RouteSASLOverLimit",
    { ...inside, AccessType: 1 },
    ["CreateRoute", { InstanceId, ...inside, AccessType: 1 }],
  ],
  ["CreateToken", "InvalidParameterValue", { User: "nobody" }],
  ["CreateTopic", "InvalidParameterValue.TopicNameAlreadyExist", { TopicName: "events" }],
  ["CreateTopic", "InvalidParameterValue.RepetitionValue", { Tags: twice }],
  ["CreateTopic", "LimitExceeded", { PartitionNum: 100 }],
  [
    "CreateTopicIpWhiteList",
    "InvalidParameterValue.RepetitionValue",
    { TopicName: "events", IpWhiteList: ["10.0.0.5", "10.0.0.5"] },
  ],
  ["CreateUser", "InvalidParameterValue.RepetitionValue", {}, ["CreateUser", made]],
  ["DeleteAcl", "FailedOperation", acl],
  ["DeleteAclRule", "InvalidParameterValue", { RuleName: "none" }],
  [
    "DeleteConnectResource",
    "FailedOperation",
    { ResourceId: "resource-here" },
    [
      "CreateMetaSyncDatahubTask",
      { TaskName: "meta", SourceResourceId: "resource-here", TargetResourceId: "resource-far" },
    ],
  ],
  ["DeleteConnectResource", "InvalidParameterValue.InstanceNotExist", { ResourceId: "resource-none" }],
  ["DeleteDatahubTask", "InvalidParameterValue.InstanceNotExist", { TaskId: "task-none" }],
  ["DeleteDatahubTopic", "ResourceInUse", { Name: elastic }],
  ["DeleteDatahubTopic", "ResourceNotFound", { Name: "1300000000-none" }],
  ["DeleteGroup", "FailedOperation", live],
  ["DeleteGroup", "InvalidParameterValue", { Group: "" }],
  [
    "DeleteInstancePost",
    "FailedOperation",
    {},
    ["ModifyInstanceAttributes", { InstanceId: "ckafka-hourly2", DeleteProtectionEnable: 1 }],
  ],
  ["DeleteInstancePost", "UnsupportedOperation.BatchDelInstanceLimit", { InstanceId: "ckafka-hourly,ckafka-hourly2" }],
  [
    "DeleteInstancePre",
    "FailedOperation",
    {},
    ["ModifyInstanceAttributes", { InstanceId: "ckafka-isolated", DeleteProtectionEnable: 1 }],
  ],
  ["DeleteInstancePre", "UnsupportedOperation", { InstanceId: "ckafka-hourly" }],
  ["DeleteRoute", "ResourceNotFound", { InstanceId, RouteId: 1 }],
  ["DeleteRoute", "UnsupportedOperation", { InstanceId, RouteId: 1001 }],
  [
    "DeleteRoute",
    "FailedOperation",
    { InstanceId, RouteId: 1002 },
    ["CreateRoute", publicRoute],
    ["DeleteRoute", { InstanceId, RouteId: 1002, DeleteRouteTime: "2026-03-02 18:00:00" }],
  ],
  ["DeleteRouteTriggerTime", "FailedOperation", {}],
  ["DeleteTopic", "ResourceNotFound", { TopicName: "none" }],
  [
    "DeleteTopic",
    "UnsupportedOperation.FrequencyTopicDeleteOperate",
    { TopicName: "made" },
    ["CreateTopic", { InstanceId, TopicName: "made", PartitionNum: 1, ReplicaNum: 2 }],
  ],
  ["DescribeConnectResource", "InvalidParameterValue.InstanceNotExist", { ResourceId: "resource-none" }],
  ["DescribeDatahubTask", "InvalidParameterValue", { TaskId: "" }],
  ["DescribeDatahubTasks", "InvalidParameterValue", { TaskType: "BOTH" }],
  ["DescribeDatahubTopic", "ResourceNotFound", { Name: "1300000000-none" }],
  ["DescribeRoute", "ResourceNotFound", { RouteId: 1 }],
  ["DescribeSecurityGroupRoutes", "InvalidFilter", { Filters: [{ Name: "vpc", Values: ["vpc-1"] }] }],
  ["DescribeSecurityGroupRoutes", "InvalidParameterValue", { Filters: [{ Relation: "OR", Values: ["sg-1"] }] }],
  ["DescribeTopicAttributes", "ResourceNotFound", { TopicName: "none" }],
  ["DescribeTopicFlowRanking", "InvalidParameterValue", { RankingType: "ALL" }],
  ["DescribeTopicProduceConnection", "InvalidParameterValue", { TopicName: "" }],
  ["DescribeTopicSubscribeGroup", "InvalidParameterValue", { Limit: -1 }],
  ["DescribeTopicSyncReplica", "InvalidParameterValue", { Limit: 0 }],
  ["FetchDatahubMessageByOffset", "FailedOperation", { Offset: 99 }],
  ["FetchMessageByOffset", "FailedOperation", { Offset: 99_999 }],
  ["InquireCkafkaPrice", "InvalidParameterValue", { InstanceType: "lite" }],
  ["InstanceScalingDown", "FailedOperation", { InstanceId: "ckafka-full2", BandWidth: 320, Partition: 1800 }],
  ["ModifyAclRule", "InvalidParameterValue", { IsApplied: 2 }],
  ["ModifyConnectResource", "InvalidParameterValue", { Type: "FTP" }],
  ["ModifyConnectResource", "InvalidParameterValue.InstanceNotExist", { ResourceId: "resource-none" }],
  ["ModifyConnectResource", "InvalidParameterValue.RepetitionValue", { ResourceName: "resource-far" }],
  ["ModifyDatahubTask", "InvalidParameterValue", { TaskName: "task-rests" }],
  ["ModifyDatahubTask", "InvalidParameterValue.InstanceNotExist", { TaskId: "task-none" }],
  ["ModifyDatahubTopic", "InvalidParameterValue.RepetitionValue", { Tags: twice }],
  ["ModifyGroupOffsets", "FailedOperation", live],
  [
    "ModifyInstanceAttributes",
    "UnsupportedOperation",
    { AdminSecurity: false },
    ["ModifyInstanceAttributes", { InstanceId, AdminSecurity: true }],
  ],
  ["ModifyInstancePre", "FailedOperation", { InstanceId: "ckafka-full", BandWidth: 320, Partition: 1800 }],
  ["ModifyPassword", "FailedOperation", { Password: "wrong" }, ["CreateUser", made]],
  ["ModifyTopicAttributes", "InvalidParameterValue.RepetitionValue", { TopicName: "events", Tags: twice }],
  [
    "RenewCkafkaInstance",
    "FailedOperation",
    { InstanceId: "ckafka-prepaid" },
    ["DeleteInstancePre", { InstanceId: "ckafka-prepaid" }],
  ],
  ["RenewCkafkaInstance", "InvalidParameterValue", { TimeSpan: 0 }],
  ["RenewCkafkaInstance", "UnsupportedOperation", { InstanceId: "ckafka-hourly" }],
  ["SendMessage", "InvalidParameterValue", { Message: Array(501).fill({ Body: "b" }) }],
  ["SendMessage", "OperationDenied", { DataHubId: "datahub-shut" }],
  ["SendMessage", "OperationDenied.ResourceTaskPaused", {}, ["PauseDatahubTask", { TaskId: "task-one" }]],
  ["SendMessage", "ResourceNotFound", { DataHubId: "datahub-none" }],
];

/** What an action can be asked about, to judge whether a code can apply to it. */
export interface Page {
  action: string;
  takes: (parameter: string) => boolean;
}
const reads = ({ action }: Page) => /^(Describe|Fetch|Inquire)/.test(action);
const one =
  (...actions: ActionName[]) =>
  ({ action }: Page) =>
    (actions as string[]).includes(action);
const nowhere = () => true;

/** Codes, the pages on which nothing provokes them, and why. */
export const IMPOSSIBLE: [codes: string[], where: (page: Page) => boolean, why: string][] = [
  [
    ["InternalError", "UnsupportedOperation.OssReject"],
    nowhere,
    "a fault of the cloud itself, which only the control endpoint stages",
  ],
  [["UnauthorizedOperation"], nowhere, "the one credential may do everything"],
  [["AuthFailure"], nowhere, "what is wrong with a signature has a code of its own below it"],
  [["InvalidParameterValue.WrongAction"], nowhere, "a wrong action is on no page: InvalidAction"],
  [["DryRunOperation"], ({ takes }) => !takes("DryRun"), "no such parameter"],
  [
    ["UnsupportedOperation.BatchDelInstanceLimit"],
    ({ action }) => !action.startsWith("DeleteInstance"),
    "deletes no instances",
  ],
  [["InvalidParameterValue.ZoneNotSupport"], ({ takes }) => !takes("ZoneId"), "takes no zone"],
  [["InvalidParameterValue.VpcIdInvalid"], ({ takes }) => !takes("VpcId"), "takes no VPC"],
  [
    ["InvalidParameterValue.SubnetIdInvalid", "InvalidParameterValue.SubnetNotBelongToZone"],
    ({ takes }) => !takes("SubnetId"),
    "takes no subnet",
  ],
  [["InvalidParameterValue.RepetitionValue"], reads, "a read makes nothing that could be there already"],
  [
    ["InvalidParameterValue.RepetitionValue"],
    ({ action, takes }) =>
      action.startsWith("Delete") ||
      (action.startsWith("Modify") && !takes("Tags") && action !== "ModifyConnectResource"),
    "names one thing that is there, and nothing new",
  ],
  [["InvalidParameterValue.RepetitionValue"], one("CreatePartition"), "what it makes has no name"],
  [
    ["InvalidParameterValue.InstanceNotExist"],
    ({ action, takes }) =>
      /^(Create(Instance|PostPaid)|Describe(Instances|TypeInstances|Region|CkafkaZone|AppInfo|TaskStatus|ConnectResources|DatahubTasks))/.test(
        action,
      ) && !(takes("InstanceId") && action === "DescribeInstanceAttributes"),
    "names no instance, or only to filter a list",
  ],
  [
    ["InvalidParameterValue.InstanceNotExist"],
    ({ action }) => /Datahub(Topic|GroupOffsets)$/.test(action) || action === "SendMessage",
    "names an elastic topic or an access point, which is ResourceNotFound",
  ],
  [
    ["ResourceUnavailable"],
    ({ action }) => /Datahub/.test(action),
    "names no instance; an elastic topic is always there",
  ],
  [
    ["ResourceUnavailable"],
    one("DescribeAppInfo", "DescribeCkafkaZone", "DescribeRegion", "DescribeTaskStatus"),
    "names no instance",
  ],
  [
    ["ResourceUnavailable"],
    one("DescribeInstances", "DescribeInstancesDetail", "DescribeTypeInstances", "DescribeInstanceAttributes"),
    "shows instances in every state",
  ],
  [["ResourceUnavailable.KafkaStorageError"], nowhere, "the sandbox's disks do not fail"],
  [["RequestLimitExceeded"], one("SendMessage"), "one client does not send 5,000 requests in a second"],
  [["UnsupportedOperation"], reads, "nothing that can be read is unsupported"],
  [
    ["UnsupportedOperation"],
    one("CreateTopic", "CreateDatahubTopic"),
    "every kind of topic can be made on every kind of instance",
  ],
  [
    ["ResourceNotFound"],
    one("CreateRoute", "DescribeInstanceAttributes", "DescribeTopic", "DescribeTopicDetail", "ModifyInstancePre"),
    "names nothing but the instance, which has a code of its own",
  ],
  [["ResourceInUse"], one("DeleteTopic"), "a data task does not hold its topic; it is left without work"],
  [["LimitExceeded"], one("DescribeSecurityGroupRoutes"), "a read uses up no quota"],
  [
    ["InvalidParameterValue"],
    one("CreatePrometheus", "DeleteConnectResource", "DescribeConnectResource", "DescribePrometheus"),
    "takes ids only, whose faults have codes of their own",
  ],
  [["InvalidParameterValue"], one("DescribeConnectResources"), "only filters, of which none is wrong"],
  [
    ["InvalidParameterValue.NotAllowedEmpty"],
    one("DescribeConnectResources", "DescribeDatahubTasks"),
    "every parameter can be left out",
  ],
  [
    ["FailedOperation"],
    (page) => reads(page) && !/^Fetch\w*MessageByOffset$/.test(page.action),
    "what is well asked can be read; only the control endpoint stages it",
  ],
  [
    ["FailedOperation"],
    one(
      ...(["AuthorizeToken", "BatchCreateAcl", "BatchModifyTopicAttributes", "CreateAcl", "CreateAclRule"] as const),
      ...(["CreateConnectResource", "CreateConsumer", "CreateDatahubTopic", "CreateInstancePost"] as const),
      ...([
        "CreateInstancePre",
        "CreatePartition",
        "CreatePostPaidInstance",
        "CreatePrometheus",
        "CreateRoute",
      ] as const),
      ...(["CreateToken", "CreateTopic", "CreateTopicIpWhiteList", "CreateUser", "DeleteAclRule"] as const),
      ...(["DeleteDatahubTask", "DeleteDatahubTopic", "DeleteTopic", "DeleteTopicIpWhiteList", "DeleteUser"] as const),
      ...(["ModifyConnectResource", "ModifyDatahubTask", "ModifyDatahubTopic", "ModifyInstanceAttributes"] as const),
      ...(["ModifyRoutineMaintenanceTask", "ModifyTopicAttributes", "SendMessage"] as const),
    ),
    "every reason to refuse it has a code that says more; only the control endpoint stages it",
  ],
];

/** The codes common to all actions that no request provokes, and why. */
export const UNCOMMON: Record<string, string> = {
  ActionOffline: "every action of the reference is there",
  "AuthFailure.InvalidSecretId": "an id is known or it is not",
  "AuthFailure.MFAFailure": "there is no second factor",
  "AuthFailure.UnauthorizedOperation": "the one credential may do everything",
  DryRunOperation: "no action takes DryRun",
  InternalError: "staged only",
  InvalidRequest: "the body is JSON, never multipart",
  IpInBlacklist: "every address may call",
  IpNotInWhitelist: "every address may call",
  NoSuchProduct: "there is one product",
  "RequestLimitExceeded.GlobalRegionUinLimitExceeded": "limits are by action, region and credential",
  "RequestLimitExceeded.IPLimitExceeded": "limits are by action, region and credential",
  "RequestLimitExceeded.UinLimitExceeded": "limits are by action, region and credential",
  ResponseSizeLimitExceeded: "answers are sent whatever their size",
  ServiceUnavailable: "staged only",
  UnauthorizedOperation: "the one credential may do everything",
};
