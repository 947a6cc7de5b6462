// What data tasks read from and write to: one structure, of which `Type` says which part counts.
import { z } from "zod/v3";
import { clickHouse, es, iceberg, mariaDb, mongoDb, mySql, postgreSql, sqlServer } from "./datahub.databases.ts";
import { elasticTopic, kafka } from "./datahub.topics.ts";
import { need, shape, text, whole, words, yes } from "./fields.ts";

type Given = Record<string, unknown>;

const mqtt = shape({
  Topics: text("MQTT topics, joined by commas."),
  CleanSession: z.boolean().describe("true: new session; false: go on with the old one."),
  Resource: words("MQTT instance."),
  Ip: words("VIP."),
  Port: whole("Port."),
  UserName: words("Account."),
  Password: words("Its password."),
  Qos: whole("QoS."),
  MaxTasks: whole("Subscribers; default 1, more share the subscription."),
  ServiceVip: words("Service VIP."),
  UniqVpcId: words("VPC."),
  SelfBuilt: z
    .boolean()
    .refine((own) => !own, "must be false: self-built MQTT servers are not supported")
    .describe("Only false.")
    .optional(),
  SqlFilter: words("SQL filter."),
});

const types = [
  ...["KAFKA", "TOPIC", "HTTP", "EB", "EB_ES", "EB_COS", "EB_CLS", "EB_", "MYSQL", "MYSQL_DATA", "TDSQL_C_MYSQL"],
  ...["POSTGRESQL", "TDSQL_C_POSTGRESQL", "TDSQL_POSTGRESQL", "WAREHOUSE_POSTGRESQL", "MARIADB", "SQLSERVER"],
  ...["MONGODB", "ES", "CLICKHOUSE", "DORIS", "CTSDB", "ICEBERG", "DTS", "MQTT", "CLS", "COS", "SCF", "TDW"],
] as const;

/** Which part the reference demands for a type. */
const parts: Partial<Record<string, string>> = {
  KAFKA: "KafkaParam",
  TOPIC: "TopicParam",
  EB: "EventBusParam",
  MYSQL: "MySQLParam",
  POSTGRESQL: "PostgreSQLParam",
  TDSQL_C_POSTGRESQL: "PostgreSQLParam",
  MARIADB: "MariaDBParam",
  SQLSERVER: "SQLServerParam",
  MONGODB: "MongoDBParam",
  ES: "EsParam",
  CLICKHOUSE: "ClickHouseParam",
  CTSDB: "CtsdbParam",
  DTS: "DtsParam",
  MQTT: "MqttParam",
  CLS: "ClsParam",
  COS: "CosParam",
  SCF: "ScfParam",
  TDW: "TdwParam",
};

export const resource = shape({
  Type: z.enum(types as unknown as [string, ...string[]]),
  KafkaParam: kafka.describe("For KAFKA.").optional(),
  EventBusParam: shape({
    Type: z.enum(["COS", "ES", "CLS"]).describe("Where the event bus delivers."),
    SelfBuilt: z.boolean().describe("Self-built, not a cloud instance."),
    Resource: text("Instance."),
    Namespace: words("Function namespace."),
    FunctionName: words("Function."),
    Qualifier: words("Function version or alias."),
  })
    .describe("For EB.")
    .optional(),
  MongoDBParam: mongoDb.describe("For MONGODB.").optional(),
  EsParam: es.describe("For ES.").optional(),
  TdwParam: shape({
    Bid: text("Business id."),
    Tid: text("Table id."),
    IsDomestic: yes("Default true."),
    TdwHost: words("Address; default tl-tdbank-tdmanager.tencent-distribute.com."),
    TdwPort: whole("Port; default 8099."),
  })
    .describe("For TDW.")
    .optional(),
  DtsParam: shape({
    Resource: text("DTS instance."),
    Ip: words("IP."),
    Port: whole("Port."),
    Topic: words("Topic that DTS writes."),
    GroupId: words("DTS consumer group."),
    GroupUser: words("Its account."),
    GroupPassword: words("Its password."),
    TranSql: yes("true parsed JSON, false raw data; default true."),
  })
    .describe("For DTS.")
    .optional(),
  ClickHouseParam: clickHouse.describe("For CLICKHOUSE.").optional(),
  ClsParam: shape({
    DecodeJson: z.boolean().describe("Messages are JSON."),
    Resource: text("Log topic."),
    LogSet: words("Logset."),
    ContentKey: words("Log field for messages that are not JSON."),
    TimeField: words("Field that holds the log's time, epoch seconds."),
  })
    .superRefine((given, issues) => {
      if (!given.DecodeJson) need(given, issues, "with DecodeJson false", "ContentKey");
    })
    .describe("For CLS.")
    .optional(),
  CosParam: shape({
    BucketName: text("Bucket."),
    Region: text("Its region."),
    ObjectKey: words("Object name."),
    AggregateBatchSize: z.number().int().min(0).describe("Largest file, MB.").optional(),
    AggregateInterval: z.number().int().min(0).describe("New file after, hours.").optional(),
    FormatOutputType: z.enum(["csv", "json"]).describe("File format.").optional(),
    ObjectKeyPrefix: words("Directory."),
    DirectoryTimeFormat: z
      .string()
      .refine(
        (format) => format === "" || /^[^%]*(%[aAbBcdfHIjmMpSUwWxXyYzZ%][^%]*)+$/.test(format),
        "must be a strptime format, like /%Y/%m/%d/%H",
      )
      .describe("Directory by time, like %Y/%m/%d.")
      .optional(),
  })
    .describe("For COS.")
    .optional(),
  MySQLParam: mySql.describe("For MYSQL.").optional(),
  PostgreSQLParam: postgreSql.describe("For POSTGRESQL and TDSQL_C_POSTGRESQL.").optional(),
  TopicParam: elasticTopic.describe("For TOPIC.").optional(),
  MariaDBParam: mariaDb.describe("For MARIADB.").optional(),
  SQLServerParam: sqlServer.describe("For SQLSERVER.").optional(),
  CtsdbParam: shape({ Resource: words("Connection id."), CtsdbMetric: words("Metric.") })
    .describe("For CTSDB.")
    .optional(),
  ScfParam: shape({
    FunctionName: text("Function."),
    Namespace: words("Default default."),
    Qualifier: words("Version or alias; default $DEFAULT."),
    BatchSize: whole("Messages per call; default 1000."),
    MaxRetries: whole("Retries; default 5."),
  })
    .describe("For SCF.")
    .optional(),
  MqttParam: mqtt.describe("For MQTT.").optional(),
  IcebergParam: iceberg.describe("For ICEBERG.").optional(),
});
export type Resource = z.output<typeof resource>;

/** Without a mapping, fields match columns by name, and how the messages are written must be told. For targets. */
export function matched({ PostgreSQLParam: part }: Resource, issues: z.RefinementCtx) {
  if (part && !part.DataTargetRecordMapping?.length && part.DataFormat === undefined)
    issues.addIssue({
      code: "custom",
      path: ["PostgreSQLParam", "DataFormat"],
      message: "is needed without DataTargetRecordMapping, where fields match columns by name",
    });
}
/** Each type comes with its own part. */
export function complete(given: Given, issues: z.RefinementCtx) {
  const part = parts[String(given.Type)];
  if (part) need(given, issues, `for Type ${given.Type}`, part);
}
/** What only some tasks can have: the first such setting that this one has in vain. */
export function misplaced(type: string, ends: (Resource | undefined)[]): string | undefined {
  const topics = ends.map((end) => end?.KafkaParam ?? end?.TopicParam);
  if (type === "SINK" && topics.some((end) => end?.UseAutoCreateTopic))
    return "UseAutoCreateTopic is for tasks of TaskType SOURCE only; create the topic first";
  if (
    topics.some((end) => end?.MsgMultiple !== undefined) &&
    ends.some((end) => end && !/^(KAFKA|TOPIC)$/.test(end.Type))
  )
    return "MsgMultiple is for tasks from Kafka to Kafka only; leave it out";
  if (ends.some((end) => end?.KafkaParam?.KeepPartition) && !ends.some((end) => end?.KafkaParam?.ConnectorSyncType))
    return "KeepPartition is for sync tasks only, which KafkaParam.ConnectorSyncType makes; leave it out";
  return undefined;
}
