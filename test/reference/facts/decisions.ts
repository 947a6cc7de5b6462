// What the patterns cannot read, because the prose is silent, contradicts itself or needs a sentence: decided one by one, with the
// reason. A kind of fact that a decision has replaces what was read; null takes it away.
import type { Fact } from "./prose.ts";

type Decided = { [Kind in keyof Fact]?: Fact[Kind] | null };
interface Decision {
  why: string;
  /** By object and field. */
  facts: Record<string, Decided>;
}
const same = (fields: string[], fact: Decided) => Object.fromEntries(fields.map((field) => [field, fact]));
const onOff = { codes: { "0": "off", "1": "on" } };
const applied = { codes: { "0": "not applied to new topics", "1": "applied to new topics" } };
const noLimit = { codes: { "-1": "no limit" } };
const editions = {
  codes: {
    profession: "professional edition",
    premium: "premium edition",
    serverless: "serverless edition",
    standards2: "standard edition, mainland china",
    standard: "standard edition, international",
  },
};
const instanceStatus = {
  codes: {
    "-1": "creation failed",
    "0": "creating",
    "1": "running",
    "2": "being deleted",
    "3": "deleted",
    "4": "deletion failed",
    "5": "isolated",
    "7": "upgrading",
  },
};

export const decisions: Decision[] = [
  {
    why: "Printed successes are 0, but ok and OK as well (CreateConsumer, BatchModifyGroupOffsets), of the same structure.",
    facts: same(
      [
        "JgwOperateResponse.ReturnCode",
        "CreateInstancePostResp.ReturnCode",
        "CreateInstancePreResp.ReturnCode",
        "PrometheusResult.ReturnCode",
        "SecurityGroupRouteOperateResp.ReturnCode",
        // Without a word of its own; its sisters have it, and its example is 0.
        "BatchModifyTopicResultDTO.ReturnCode",
      ],
      { success: ["0", "ok"] },
    ),
  },
  {
    why: "The only printed answer of a change whose result is one word.",
    facts: { "ModifyAccessPolicyResponse.Result": { success: ["succeed"] } },
  },
  {
    why: "The state of a task that a read asks for: another word is no failure of the read.",
    facts: { "CheckCdcClusterResponse.Result": { codes: { Success: "succeeded" } } },
  },
  {
    why: "Unexplained here; the field of that name in DescribeGroupInfo says that 0 is normal, as in Kafka's own protocol.",
    facts: { "GroupOffsetPartition.ErrorCode": { success: ["0"] } },
  },
  {
    why: "Answered in the examples beside the state running, so it reports no error. Other texts are free.",
    facts: same(["DescribeConnectResource.ErrorMessage", "DescribeConnectResourceResp.ErrorMessage"], {
      codes: { RUNNING: "no error" },
    }),
  },

  {
    why: "Printed without a unit: the resize and the reads of the same disk say GB, and so do the titles of examples.",
    facts: same(
      [
        "CreateInstancePostRequest.DiskSize",
        "CreateInstancePreRequest.DiskSize",
        "CreatePostPaidInstanceRequest.DiskSize",
      ],
      { unit: "GB" },
    ),
  },
  {
    why: "Printed without a unit; every other disk of the API is counted in GB.",
    facts: { "CreateCdcClusterRequest.DiskSize": { unit: "GB" } },
  },
  {
    why: "Printed as mb: it asks what a resize to that size would be, and the resize takes MB/s.",
    facts: { "DescribeModifyTypeRequest.BandWidth": { unit: "MB/s" } },
  },
  {
    why: "Printed without a unit, or as MB: a multiple of 3, which elsewhere is Mbps of public network.",
    facts: same(
      [
        "InquiryPublicNetworkParam.PublicNetworkMonthly",
        "CreateRouteRequest.PublicNetwork",
        "InstanceAttributesResponse.PublicNetwork",
      ],
      { unit: "Mbps" },
    ),
  },
  {
    why: "The size of partitions, of which other purchases say that they are counted.",
    facts: { "CreateInstancePreRequest.Partition": { unit: "partitions" } },
  },
  {
    why: "Spoken of as a purchase by the month; 1m is one month.",
    facts: same(["CreateInstancePreRequest.Period", "InstanceChargeParam.InstanceChargePeriod"], { unit: "months" }),
  },
  {
    why: "The same settings in DynamicDiskConfig and DynamicRetentionTime are percent.",
    facts: same(
      [
        "ModifyRoutineMaintenanceTaskRequest.ConfigureThreshold",
        "ModifyRoutineMaintenanceTaskRequest.ConfigureStepSize",
      ],
      { unit: "%" },
    ),
  },
  {
    why: "Printed bare; the same field of TopicMessageHeapRanking in the same answer is bytes on disk.",
    facts: { "TopicFlowRanking.MessageHeap": { unit: "B" } },
  },
  {
    why: "The new offset is the old one plus this.",
    facts: { "ModifyGroupOffsetsRequest.Shift": { unit: "offsets" } },
  },
  {
    why: "What the same setting of a topic says of -1.",
    facts: same(
      [
        "InstanceAttributesResponse.RetentionBytes",
        "InstanceDetail.RetentionBytes",
        "ModifyInstanceAttributesRequest.RetentionBytes",
        "InstanceQuotaConfigResp.QuotaProducerByteRate",
        "InstanceQuotaConfigResp.QuotaConsumerByteRate",
      ],
      noLimit,
    ),
  },

  {
    why: "A moment, of which -1 and -2 are the ends; the unit is the clock's.",
    facts: {
      "ModifyGroupOffsetsRequest.ShiftTimestamp": {
        unit: null,
        time: "ms",
        codes: { "-2": "earliest", "-1": "latest" },
      },
    },
  },
  {
    why: "The members' examples have ten digits, the answers of the examples thirteen or none; Kafka's own are milliseconds.",
    facts: same(["TopicRetentionTimeConfigRsp.ModTimeStamp", "ConsumerRecord.Timestamp"], { time: "ms" }),
  },
  {
    why: "The member's example is only a date; the answers of the examples are wall clock.",
    facts: { "ThrottleRuleDetail.UpdateTime": { time: "Beijing" } },
  },
  {
    why: "The zero of a date, printed where nothing is planned.",
    facts: { "InstanceDetail.RebalanceTime": { codes: { "0000-00-00 00:00:00": "none planned" } } },
  },
  {
    why: "Answered in the examples by every instance by the hour and no other; Tencent's Terraform provider reads it so too.",
    facts: same(["InstanceDetail.ExpireTime", "InstanceAttributesResponse.ExpireTime"], {
      codes: { "0": "never, by the hour" },
    }),
  },

  {
    why: "Bare in the list of connections; DescribeConnectResource has the codes of the same state.",
    facts: {
      "DescribeConnectResource.Status": {
        codes: {
          "-1": "creation failed",
          "0": "creating",
          "1": "running",
          "2": "being deleted",
          "4": "deletion failed",
          "5": "being reconfigured",
          "6": "reconfiguration failed",
          "7": "abnormal",
        },
      },
    },
  },
  {
    why: "Bare in the list of instances; DescribeInstanceAttributes or the purchase has the codes of the same property.",
    facts: {
      "InstanceDetail.Cvm": { codes: { "0": "standard edition", "1": "professional edition" } },
      "InstanceDetail.InstanceType": editions,
      "InstanceDetail.ClusterType": {
        codes: {
          CLOUD_IDC: "data centre",
          CLOUD_CVM_SHARE: "shared cvm",
          CLOUD_CVM_YUNTI: "yunti cvm",
          CLOUD_CVM: "cvm",
          CLOUD_CDC: "cdc",
          CLOUD_EKS_TSE: "eks",
        },
      },
      "InstanceDetail.PublicNetworkChargeType": {
        codes: { BANDWIDTH_PREPAID: "prepaid", BANDWIDTH_POSTPAID_BY_HOUR: "by the hour" },
      },
      "InstanceDetail.RenewFlag": {
        codes: { "0": "not set", "1": "renewed automatically", "2": "never renewed automatically" },
      },
    },
  },
  {
    why: "The standard edition stands in brackets as what is left; the enquiry tells its two codes apart.",
    facts: {
      "InstanceAttributesResponse.InstanceType": editions,
    },
  },
  {
    why: "Sizes of one edition abroad; every other instance gives 1 as well.",
    facts: same(
      [
        "CreateInstancePostRequest.InstanceType",
        "CreateInstancePreRequest.InstanceType",
        "CreatePostPaidInstanceRequest.InstanceType",
      ],
      {
        codes: {
          "1": "general, and every other edition",
          "2": "standard",
          "3": "advanced",
          "4": "capacity",
          "5": "specialized 1",
          "6": "specialized 2",
          "7": "specialized 3",
          "8": "specialized 4",
        },
      },
    ),
  },
  {
    why: "A state that the lists can be asked for, so an answer can have it as well.",
    facts: same(["Instance.Status", "InstanceDetail.Status", "InstanceAttributesResponse.Status"], instanceStatus),
  },
  {
    why: "The older page has more kinds, two of which are alike but for a place in brackets.",
    facts: {
      "Route.VipType": {
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
    },
  },
  {
    why: "A zone is open or closed, where a switch would be on or off.",
    facts: { "ZoneInfo.ZoneStatus": { codes: { "3": "open", "4": "closed" } } },
  },
  {
    why: "Whether the second code is unix or something longer is not said.",
    facts: { "DateParam.TargetType": { codes: null } },
  },
  {
    why: "Routes are made with 4 and 5 since they can be chosen; the read does not list them yet.",
    facts: {
      "Route.AccessType": {
        codes: {
          "0": "plaintext",
          "1": "sasl plaintext",
          "2": "ssl",
          "3": "sasl ssl",
          "4": "sasl scram sha 256",
          "5": "sasl scram sha 512",
        },
      },
    },
  },
  {
    why: "One switch, described as off, as not allowed and as false.",
    facts: same(
      [
        "Config.UncleanLeaderElectionEnable",
        "CreateTopicRequest.UncleanLeaderElectionEnable",
        "ModifyTopicAttributesRequest.UncleanLeaderElectionEnable",
      ],
      onOff,
    ),
  },
  {
    why: "Explained in sentences, or only where it is set.",
    facts: same(["AclRule.IsApplied", "CreateAclRuleRequest.IsApplied"], applied),
  },
  {
    why: "Codes that hold a comma, each explained by a sentence.",
    facts: same(["Config.CleanUpPolicy", "CreateTopicRequest.CleanUpPolicy"], {
      codes: { delete: "deleted by age", compact: "compacted by key", "compact, delete": "compacted and deleted" },
    }),
  },
  {
    why: "The same policies, named without words.",
    facts: same(["ModifyTopicAttributesRequest.CleanUpPolicy", "BatchModifyTopicInfo.CleanUpPolicy"], {
      codes: { delete: "deleted by age", compact: "compacted by key" },
    }),
  },
  {
    why: "Whose clock a message's time is, explained by a sentence in the read.",
    facts: same(
      [
        "Config.LogMsgTimestampType",
        "BatchModifyTopicInfo.LogMsgTimestampType",
        "CreateTopicRequest.LogMsgTimestampType",
        "ModifyTopicAttributesRequest.LogMsgTimestampType",
      ],
      { codes: { CreateTime: "set by the producer", LogAppendTime: "set by the broker" } },
    ),
  },
  {
    why: "Kafka's own words; the page explains each by a sentence.",
    facts: {
      "GroupInfoResponse.State": {
        codes: {
          Dead: "dead",
          Empty: "empty",
          PreparingRebalance: "preparing rebalance",
          CompletingRebalance: "completing rebalance",
          Stable: "stable",
        },
      },
    },
  },
  {
    why: "Explained by a sentence: with many groups the answer is collected first.",
    facts: { "TopicSubscribeGroup.Status": { codes: { "0": "still being collected", "1": "complete" } } },
  },
  {
    why: "Explained by sentences.",
    facts: {
      "ModifyGroupOffsetsRequest.Strategy": {
        codes: { "0": "shift by", "1": "to a time or an end", "2": "to an offset" },
      },
      "ModifyInstanceAttributesRequest.AdminSecurity": {
        codes: { true: "risky admin calls blocked", false: "risky admin calls as ever" },
      },
      "DescribeRouteRequest.MainRouteFlag": { codes: { true: "main route shown as well" } },
      "Region.Support": { codes: { NONE: "no special kind" } },
      "InstanceAttributesResponse.Features": { codes: { FEATURE_SUBNET_ACL: "acls take subnets" } },
      "ClickHouseParam.Type": { codes: { emr: "emr clickhouse", cdwch: "cdw clickhouse", "": "self-built" } },
      "KafkaParam.CompressionType": { codes: { none: "off", open: "on" } },
      "TopicParam.CompressionType": { codes: { none: "off", gzip: "gzip", snappy: "snappy", lz4: "lz4" } },
      "KafkaParam.ConnectorSyncType": {
        codes: {
          META_SYNC_INSTANCE_TYPE: "metadata of the instance",
          META_AND_DATA_SYNC_INSTANCE_TYPE: "metadata and messages of the instance",
          DATA_SYNC_TYPE: "messages of chosen topics",
        },
      },
      "KafkaParam.KeepPartition": { codes: { true: "same partition as upstream", false: "any partition" } },
      "DtsParam.TranSql": { codes: { true: "parsed to json", false: "as it came" } },
      "MqttParam.CleanSession": { codes: { true: "new session", false: "earlier session resumed" } },
      "MySQLParam.DataSourceMonitorMode": { codes: { TABLE: "reads a table", QUERY: "reads a query" } },
      "MySQLParam.DataSourceIncrementMode": {
        codes: { TIMESTAMP: "column of times", INCREMENT: "column of growing ids" },
      },
      "MySQLParam.DataSourceStartFrom": { codes: { HEAD: "everything", TAIL: "only what is new" } },
    },
  },
  {
    why: "Explained by sentences, alike for several databases.",
    facts: {
      ...same(["MySQLParam.DataTargetInsertMode", "PostgreSQLParam.DataTargetInsertMode"], {
        codes: { INSERT: "insert", UPSERT: "upsert" },
      }),
      ...same(["MySQLParam.IncludeContentChanges", "MariaDBParam.IncludeContentChanges"], {
        codes: { all: "ddl and dml", dml: "dml only" },
      }),
      ...same(["MySQLParam.IncludeQuery", "MariaDBParam.IncludeQuery"], {
        codes: { true: "with the statement", false: "without the statement" },
      }),
      ...same(["MySQLParam.RecordWithSchema", "MariaDBParam.RecordWithSchema", "PostgreSQLParam.RecordWithSchema"], {
        codes: { true: "with the schema", false: "without the schema" },
      }),
      ...same(["MySQLParam.IsTablePrefix", "MariaDBParam.IsTablePrefix"], {
        codes: { true: "table is a prefix", false: "table is a name" },
      }),
      "PostgreSQLParam.PluginName": { codes: { decoderbufs: "decoderbufs", pgoutput: "pgoutput" } },
    },
  },
];

/** What is left out, and why: nobody is to guess it later either. */
export const left: { why: string; fields: string[] }[] = [
  {
    why: "Named as if true were unsupported, described as if it were supported.",
    fields: ["DescribeConnectInfoResultDTO.IsUnSupportVersion"],
  },
  {
    why: "Named, and not explained.",
    fields: [
      "DescModifyType.ModifyType",
      "DescribeModifyTypeRequest.ModifyEntry",
      "DescribeModifyTypeRequest.Type",
      "MqttParam.Qos",
      "MongoDBParam.ReadPreference",
      "TransformParam.OutputFormat",
      "TransformsParam.SourceType",
      "AnalyseParam.InputValueType",
      "ZoneInfo.ExtraFlag",
    ],
  },
  {
    why: "Printed as Mb/s with 9600, answered with 1200 in the examples, which is the same in MB/s: either may be meant.",
    fields: ["ZoneResponse.MaxBandwidth"],
  },
  {
    why: "No unit is printed, and no sister has one.",
    fields: [
      "InstanceAttributesResponse.ElasticFloatBandwidth",
      "TopicDetail.ForwardInterval",
      "FailureParam.RetryInterval",
    ],
  },
  {
    why: "Gigabytes or minutes, as the subtype beside it has it.",
    fields: ["ModifyRoutineMaintenanceTaskRequest.ConfigureLimit"],
  },
  {
    why: "Which day is 1 is not said.",
    fields: ["ModifyRoutineMaintenanceTaskRequest.Week"],
  },
  {
    why: "An example answers -1, which nothing explains; the unit is known.",
    fields: ["InstanceDetail.DiskSize"],
  },
  {
    why: "The unit stands in a field beside it: TimeUnit, Currency.",
    fields: ["InquiryBasePrice", "InquiryPrice"].flatMap((object) =>
      ["UnitPrice", "UnitPriceDiscount", "OriginalPrice", "DiscountPrice", "TimeSpan", "Value"].map(
        (field) => `${object}.${field}`,
      ),
    ),
  },
  { why: "A price whose currency stands nowhere.", fields: ["Price.RealTotalCost", "Price.TotalCost"] },
  {
    why: "The purchase and the enquiry give CLOUD_BASIC different names; which one a disk has cannot be told here.",
    fields: [
      "InstanceDetail.DiskType",
      "CreateCdcClusterRequest.DiskType",
      "CreateCdcClusterRequest.SystemDiskType",
      "DescribeModifyTypeRequest.DiskType",
      "InquiryBasePrice.DiskType",
      "InquiryPrice.DiskType",
    ],
  },
  {
    why: "Free text; that it names the state where there is no error is shown by examples in Chinese only.",
    fields: ["DatahubTaskInfo.ErrorMessage", "DescribeDatahubTaskRes.ErrorMessage"],
  },
  {
    why: "An open set: whatever protocol a group speaks.",
    fields: ["GroupInfoResponse.ProtocolType", "DescribeGroup.Protocol"],
  },
  {
    why: "The types stand with the parameters that each needs, and in no list.",
    fields: [
      "CreateConnectResourceRequest.Type",
      "ModifyConnectResourceRequest.Type",
      "DescribeConnectResource.Type",
      "DescribeConnectResourceResp.Type",
      "DescribeConnectResourcesRequest.Type",
      "DescribeDatahubTasksRequest.SourceType",
      "DescribeDatahubTasksRequest.TargetType",
    ],
  },
  { why: "Editions are named, their codes are not.", fields: ["SaleInfo.Platform"] },
  {
    why: "Versions and separators say what they mean themselves.",
    fields: [
      "CreateInstancePostRequest.KafkaVersion",
      "CreateInstancePreRequest.KafkaVersion",
      "CreatePostPaidInstanceRequest.KafkaVersion",
      "SaleInfo.Version",
      "CreateMetaAndDataSyncDatahubTaskRequest.Separator",
      "CreateMetaDataAndOffsetSyncDatahubTaskRequest.Separator",
    ],
  },
  { why: "Two types, the second of which is described and not named.", fields: ["DateParam.TargetType"] },
  { why: "What may be filtered by: a name, and no code.", fields: ["RouteFilter.Name"] },
  {
    why: "Speaks of another field's time, and is none itself.",
    fields: ["ClsParam.TimeField", "EsParam.DateField", "MySQLParam.DateTimeZone"],
  },
  {
    why: "Numbers of an example, not of codes.",
    fields: ["MariaDBParam.KeyColumns", "MySQLParam.KeyColumns", "PostgreSQLParam.KeyColumns"],
  },
  {
    why: "A principal is a name; that the page calls it a credential makes it no secret.",
    fields: ["IcebergConnectParam.KerberosUserPrincipal"],
  },
];
