// What data tasks read from and write to: one structure, of which `Type` says which part counts.
import { z } from "zod/v3";
import { flag, integer, meant, quantity, secret, text } from "../../../src/model/field.ts";
import {
  ByPrefix,
  Connection,
  choice,
  Ip,
  maybe,
  Password,
  Port,
  SelfBuilt,
  ServiceVip,
  UniqVpcId,
  UserName,
  word,
} from "../connect/fields.ts";
import { need, shape } from "../fields.ts";
import { EndType, EventBusType, FileFormat } from "./codes.ts";
import { clickHouse, es, iceberg, mariaDb, mongoDb, mySql, postgreSql, sqlServer } from "./databases.ts";
import { elasticTopic, kafka } from "./topics.ts";

type Given = Record<string, unknown>;

const mqtt = shape({
  Topics: text("MQTT topics to read, joined by commas."),
  CleanSession: choice(
    { true: "new session", false: "earlier session goes on" },
    "Whether each connection begins a new session (true) or goes on with the old one (false).",
  ),
  Resource: word("Id of the MQTT instance to read from, or of a connection to it.", {
    is: "name",
    of: ByPrefix,
    form: "one",
  }),
  Ip: Ip.optional(),
  Port: Port.optional(),
  UserName: UserName.optional(),
  Password: Password.optional(),
  Qos: integer("Quality of service (QoS) of MQTT: how surely messages arrive.").optional(),
  MaxTasks: integer("How many subscribers read; default 1, more share the subscription.").optional(),
  ServiceVip: ServiceVip.optional(),
  UniqVpcId: UniqVpcId.optional(),
  SelfBuilt: meant<boolean, boolean>(
    z.boolean().refine((own) => !own, "must be false: self-built MQTT servers are not supported"),
    { is: "plain" },
    "Always false: an instance of the cloud, not a system that you run yourself.",
  ).optional(),
  SqlFilter: word("Condition in SQL on the messages that are read, like WHERE region='gz'."),
});

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
  Type: EndType.field("Kind of system at this end; its own parameter beside it says where."),
  KafkaParam: kafka.describe("Topics of a Kafka instance, for Type KAFKA.").optional(),
  EventBusParam: shape({
    Type: EventBusType.field(
      "Where the event bus delivers: to COS storage, Elasticsearch (ES) or the log service CLS.",
    ),
    SelfBuilt,
    Resource: text("Id of the instance that the event bus delivers to."),
    Namespace: word("Namespace that the cloud function is in."),
    FunctionName: word("Name of the cloud function."),
    Qualifier: word("Version or alias of the cloud function."),
  })
    .describe("The event bus, for Type EB.")
    .optional(),
  MongoDBParam: mongoDb.describe("A MongoDB database, for Type MONGODB.").optional(),
  EsParam: es.describe("An Elasticsearch index, for Type ES.").optional(),
  TdwParam: shape({
    Bid: text("Id of the business (bid) in TDW."),
    Tid: text("Id of the table (tid) in TDW."),
    IsDomestic: maybe("Whether it is the domestic TDW; default true."),
    TdwHost: word("Host name of TDW; default tl-tdbank-tdmanager.tencent-distribute.com."),
    TdwPort: integer("Network port of TDW; default 8099.").optional(),
  })
    .describe("A table of the data warehouse TDW, for Type TDW.")
    .optional(),
  DtsParam: shape({
    Resource: Connection,
    Ip: Ip.optional(),
    Port: Port.optional(),
    Topic: word("The topic that is subscribed to in DTS."),
    GroupId: word("Id of the DTS consumer group that reads."),
    GroupUser: word("Account of the DTS consumer group."),
    GroupPassword: secret("Password of the DTS consumer group's account.").optional(),
    TranSql: choice(
      { true: "parsed to JSON", false: "raw" },
      "Whether changes come as parsed JSON (true, the default) or raw (false).",
    ).optional(),
  })
    .describe("A subscription of the data transmission service DTS, for Type DTS.")
    .optional(),
  ClickHouseParam: clickHouse.describe("A ClickHouse table, for Type CLICKHOUSE.").optional(),
  ClsParam: shape({
    DecodeJson: flag("Whether the messages are JSON; false needs ContentKey."),
    Resource: text("Id of the log topic to write to."),
    LogSet: word("Id of the logset that the log topic is in."),
    ContentKey: word("Log field that holds messages that are not JSON."),
    TimeField: word("Message field that holds the log's time, in Unix seconds."),
  })
    .superRefine((given, issues) => {
      if (!given.DecodeJson) need(given, issues, "with DecodeJson false", "ContentKey");
    })
    .describe("A topic of the log service CLS, for Type CLS.")
    .optional(),
  CosParam: shape({
    BucketName: text("Name of the bucket (container) to write to."),
    Region: text("Region of the bucket, like ap-guangzhou."),
    ObjectKey: word("Name of the object (file) to write."),
    AggregateBatchSize: quantity("MB", "How much of messages makes a file.", { min: 0 }).optional(),
    AggregateInterval: quantity("h", "After what time a new file is begun.", { min: 0 }).optional(),
    FormatOutputType: FileFormat.field("Format of the files: csv, comma-separated rows, or json.").optional(),
    ObjectKeyPrefix: word("Directory that the files are put in."),
    DirectoryTimeFormat: meant<string, string>(
      z
        .string()
        .refine(
          (format) => format === "" || /^[^%]*(%[aAbBcdfHIjmMpSUwWxXyYzZ%][^%]*)+$/.test(format),
          "must be a strptime format, like /%Y/%m/%d/%H",
        ),
      { is: "plain" },
      "Directories by time, in the format of strptime, like /%Y/%m/%d/%H.",
    ).optional(),
  })
    .describe("A bucket of the object storage COS, for Type COS.")
    .optional(),
  MySQLParam: mySql.describe("MySQL tables, for Type MYSQL.").optional(),
  PostgreSQLParam: postgreSql.describe("PostgreSQL tables, for Type POSTGRESQL or TDSQL_C_POSTGRESQL.").optional(),
  TopicParam: elasticTopic.describe("An elastic topic, which belongs to no instance, for Type TOPIC.").optional(),
  MariaDBParam: mariaDb.describe("MariaDB tables, for Type MARIADB.").optional(),
  SQLServerParam: sqlServer.describe("SQL Server tables, for Type SQLSERVER.").optional(),
  CtsdbParam: shape({
    Resource: word("Id of the connection to CTSDB.", { is: "name", of: ByPrefix, form: "one" }),
    CtsdbMetric: word("Name of the metric to write."),
  })
    .describe("A metric of the time series database CTSDB, for Type CTSDB.")
    .optional(),
  ScfParam: shape({
    FunctionName: text("Name of the function to call."),
    Namespace: word("Namespace that the function is in; default: default."),
    Qualifier: word("Version or alias of the function; default $DEFAULT."),
    BatchSize: quantity("messages", "How many messages go into one call at most; default 1000.").optional(),
    MaxRetries: integer("How often a failed call is tried again; default 5.").optional(),
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
