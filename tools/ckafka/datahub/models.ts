// What data tasks read from and write to: one structure, of which `Type` says which part counts.
import { z } from "zod/v3";
import { secret } from "../../../src/model/field.ts";
import { Ip, Password, Port, SelfBuilt, ServiceVip, UniqVpcId, UserName } from "../connect/fields.ts";
import { integer, need, shape, text, whole, words, yes } from "../fields.ts";
import { clickHouse, es, iceberg, mariaDb, mongoDb, mySql, postgreSql, sqlServer } from "./databases.ts";
import { elasticTopic, kafka } from "./topics.ts";

type Given = Record<string, unknown>;

const mqtt = shape({
  Topics: text("MQTT topics to read, joined by commas."),
  CleanSession: z
    .boolean()
    .describe("Whether each connection begins a new session (true) or goes on with the old one (false)."),
  Resource: words("Id of the MQTT instance to read from."),
  Ip: Ip.optional(),
  Port: Port.optional(),
  UserName: UserName.optional(),
  Password: Password.optional(),
  Qos: whole("Quality of service (QoS) of MQTT: how surely messages arrive."),
  MaxTasks: whole("How many subscribers read; default 1, more share the subscription."),
  ServiceVip: ServiceVip.optional(),
  UniqVpcId: UniqVpcId.optional(),
  SelfBuilt: z
    .boolean()
    .refine((own) => !own, "must be false: self-built MQTT servers are not supported")
    .describe("Always false: an instance of the cloud, not a system that you run yourself.")
    .optional(),
  SqlFilter: words("Condition in SQL on the messages that are read, like WHERE region='gz'."),
});

const types = [
  ...["KAFKA", "TOPIC", "HTTP", "EB", "EB_ES", "EB_COS", "EB_CLS", "EB_", "MYSQL", "MYSQL_DATA", "TDSQL_C_MYSQL"],
  ...["POSTGRESQL", "TDSQL_C_POSTGRESQL", "TDSQL_POSTGRESQL", "WAREHOUSE_POSTGRESQL", "MARIADB", "SQLSERVER"],
  ...["MONGODB", "ES", "CLICKHOUSE", "DORIS", "CTSDB", "ICEBERG", "DTS", "MQTT", "CLS", "COS", "SCF", "TDW"],
] as const;

const meanings =
  "What it is: KAFKA an instance's topics, TOPIC an elastic topic, HTTP messages sent over HTTP, EB and EB_… the event bus " +
  "and what it delivers to, MYSQL, POSTGRESQL, MARIADB, SQLSERVER, MONGODB, DORIS and CLICKHOUSE these databases (MYSQL_DATA " +
  "data of MySQL), TDSQL_… the cloud's TDSQL databases, WAREHOUSE_POSTGRESQL its PostgreSQL warehouse, CTSDB its time series " +
  "database, ES Elasticsearch, ICEBERG Iceberg tables, DTS data transmission, MQTT an MQTT broker, CLS the log service, " +
  "COS object storage, SCF cloud functions, TDW a data warehouse.";

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
  Type: z.enum(types as unknown as [string, ...string[]]).describe(meanings),
  KafkaParam: kafka.describe("Topics of a Kafka instance, for Type KAFKA.").optional(),
  EventBusParam: shape({
    Type: z
      .enum(["COS", "ES", "CLS"])
      .describe("Where the event bus delivers: to COS storage, Elasticsearch (ES) or the log service CLS."),
    SelfBuilt,
    Resource: text("Id of the instance that the event bus delivers to."),
    Namespace: words("Namespace that the cloud function is in."),
    FunctionName: words("Name of the cloud function."),
    Qualifier: words("Version or alias of the cloud function."),
  })
    .describe("The event bus, for Type EB.")
    .optional(),
  MongoDBParam: mongoDb.describe("A MongoDB database, for Type MONGODB.").optional(),
  EsParam: es.describe("An Elasticsearch index, for Type ES.").optional(),
  TdwParam: shape({
    Bid: text("Id of the business (bid) in TDW."),
    Tid: text("Id of the table (tid) in TDW."),
    IsDomestic: yes("Whether it is the domestic TDW; default true."),
    TdwHost: words("Host name of TDW; default tl-tdbank-tdmanager.tencent-distribute.com."),
    TdwPort: whole("Network port of TDW; default 8099."),
  })
    .describe("A table of the data warehouse TDW, for Type TDW.")
    .optional(),
  DtsParam: shape({
    Resource: text("Id of the DTS instance to read from."),
    Ip: Ip.optional(),
    Port: Port.optional(),
    Topic: words("The topic that is subscribed to in DTS."),
    GroupId: words("Id of the DTS consumer group that reads."),
    GroupUser: words("Account of the DTS consumer group."),
    GroupPassword: secret("Password of the DTS consumer group's account.").optional(),
    TranSql: yes("Whether changes come as parsed JSON (true, the default) or raw (false)."),
  })
    .describe("A subscription of the data transmission service DTS, for Type DTS.")
    .optional(),
  ClickHouseParam: clickHouse.describe("A ClickHouse table, for Type CLICKHOUSE.").optional(),
  ClsParam: shape({
    DecodeJson: z.boolean().describe("Whether the messages are JSON; false needs ContentKey."),
    Resource: text("Id of the log topic to write to."),
    LogSet: words("Id of the logset that the log topic is in."),
    ContentKey: words("Log field that holds messages that are not JSON."),
    TimeField: words("Message field that holds the log's time, in Unix seconds."),
  })
    .superRefine((given, issues) => {
      if (!given.DecodeJson) need(given, issues, "with DecodeJson false", "ContentKey");
    })
    .describe("A topic of the log service CLS, for Type CLS.")
    .optional(),
  CosParam: shape({
    BucketName: text("Name of the bucket (container) to write to."),
    Region: text("Region of the bucket, like ap-guangzhou."),
    ObjectKey: words("Name of the object (file) to write."),
    AggregateBatchSize: integer("How many MB of messages make a file.").min(0).optional(),
    AggregateInterval: integer("After how many hours a new file is begun.").min(0).optional(),
    FormatOutputType: z
      .enum(["csv", "json"])
      .describe("Format of the files: csv, comma-separated rows, or json.")
      .optional(),
    ObjectKeyPrefix: words("Directory that the files are put in."),
    DirectoryTimeFormat: z
      .string()
      .refine(
        (format) => format === "" || /^[^%]*(%[aAbBcdfHIjmMpSUwWxXyYzZ%][^%]*)+$/.test(format),
        "must be a strptime format, like /%Y/%m/%d/%H",
      )
      .describe("Directories by time, in the format of strptime, like /%Y/%m/%d/%H.")
      .optional(),
  })
    .describe("A bucket of the object storage COS, for Type COS.")
    .optional(),
  MySQLParam: mySql.describe("MySQL tables, for Type MYSQL.").optional(),
  PostgreSQLParam: postgreSql.describe("PostgreSQL tables, for Type POSTGRESQL or TDSQL_C_POSTGRESQL.").optional(),
  TopicParam: elasticTopic.describe("An elastic topic, which belongs to no instance, for Type TOPIC.").optional(),
  MariaDBParam: mariaDb.describe("MariaDB tables, for Type MARIADB.").optional(),
  SQLServerParam: sqlServer.describe("SQL Server tables, for Type SQLSERVER.").optional(),
  CtsdbParam: shape({
    Resource: words("Id of the connection to CTSDB."),
    CtsdbMetric: words("Name of the metric to write."),
  })
    .describe("A metric of the time series database CTSDB, for Type CTSDB.")
    .optional(),
  ScfParam: shape({
    FunctionName: text("Name of the function to call."),
    Namespace: words("Namespace that the function is in; default: default."),
    Qualifier: words("Version or alias of the function; default $DEFAULT."),
    BatchSize: whole("How many messages go into one call at most; default 1000."),
    MaxRetries: whole("How often a failed call is tried again; default 5."),
  })
    .describe("A cloud function, for Type SCF.")
    .optional(),
  MqttParam: mqtt.describe("Topics of an MQTT instance, for Type MQTT.").optional(),
  IcebergParam: iceberg.describe("An Iceberg table, for Type ICEBERG.").optional(),
});
export type Resource = z.output<typeof resource>;
/** As it goes over the wire. */
export type SentResource = z.input<typeof resource>;

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
