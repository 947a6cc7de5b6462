// What data tasks read from and write to: one structure, of which `Type` says which part counts.
import { z } from "zod/v3";
import { list, need, shape, text } from "./fields.ts";

const words = (about: string) => z.string().describe(about).optional();
const whole = (about: string) => z.number().int().describe(about).optional();
const yes = (about: string) => z.boolean().describe(about).optional();

const EVENT = "(insert|update|replace|delete|invalidate|drop|dropdatabase|rename)";
const EVENTS = new RegExp(`^(${EVENT}(,${EVENT})*)?$`);
const SelfBuilt = yes("Self-built, not a cloud instance.");
const Connection = text("Connection id.");
const KeyColumns = words("Message key: db1.table1:field1,field2;db2.table2:field3. Default: primary key.");
const RecordWithSchema = yes("Messages carry their schema.");
const OutputFormat = z.enum(["DEFAULT", "CANAL_1", "CANAL_2"]).describe("Format of change messages.").optional();
const IncludeContentChanges = z.enum(["all", "dml"]).describe("all: DDL too; dml: rows only.").optional();
const IncludeQuery = yes("With the SQL statement; MySQL's binlog_rows_query_log_events must be ON.");
const DropInvalidMessage = yes("Drop what cannot be parsed; default true.");
const copies = (none: "schema_only" | "never") =>
  z
    .enum([none, "initial"])
    .describe(`${none}: only new rows; initial: existing rows first. Default initial.`)
    .optional();
const Table = text('"*" all, or db.table,db.table.');

const start = {
  OffsetType: z
    .enum(["earliest", "latest", "timestamp"])
    .describe("Where to start: oldest, newest, or StartTime.")
    .optional(),
  StartTime: z.number().int().min(0).describe("Epoch seconds, for OffsetType timestamp.").optional(),
};
type Given = Record<string, unknown>;
function startTime(given: Given, issues: z.RefinementCtx) {
  if (given.OffsetType === "timestamp") need(given, issues, "with OffsetType timestamp (epoch seconds)", "StartTime");
}

export const kafka = shape({
  SelfBuilt: z.boolean().describe("Self-built, not a CKafka instance."),
  Resource: text("Instance; for whole-instance sync a connection."),
  Topic: words("Topic; several joined by commas."),
  ...start,
  ResourceName: words("Instance name."),
  ZoneId: whole("Zone."),
  TopicId: words("Topic id."),
  PartitionNum: whole("Partitions of the topic."),
  EnableToleration: yes("Use a dead letter queue."),
  QpsLimit: z.number().int().min(0).describe("Messages per second at most.").optional(),
  TableMappings: list(
    shape({
      Database: text("Database."),
      Table: text("Tables, joined by commas."),
      Topic: text("Topic."),
      TopicId: text("Topic id."),
    }),
    "Which table goes to which topic.",
  ).optional(),
  UseTableMapping: yes("Spread over several topics by TableMappings; default false."),
  UseAutoCreateTopic: yes("Create the target topic (named in Topic); SOURCE tasks only."),
  CompressionType: z.enum(["none", "open"]).describe("Compress what is written: open; default none.").optional(),
  MsgMultiple: whole("Write each message this many times; CKafka to CKafka only."),
  ConnectorSyncType: z
    .enum(["", "META_SYNC_INSTANCE_TYPE", "META_AND_DATA_SYNC_INSTANCE_TYPE", "DATA_SYNC_TYPE"])
    .describe("Sync tasks: topic settings of an instance, these and all messages, or messages of chosen topics.")
    .optional(),
  KeepPartition: yes("Keep partition numbers; the target needs as many. Default false."),
  TopicRegularExpression: words("Topics by pattern."),
  Prefix: words("Put before topic names."),
  Separator: words("Between Prefix and name."),
  TopicList: z.array(text("Topic.")).describe("Topics by name.").optional(),
}).superRefine((given, issues) => {
  startTime(given, issues);
  if (given.UseTableMapping) need(given, issues, "with UseTableMapping", "TableMappings");
  else if (given.UseAutoCreateTopic) need(given, issues, "with UseAutoCreateTopic", "Topic");
});

export const elasticTopic = shape({
  Resource: text("Elastic topic name."),
  ...start,
  TopicId: words("Topic id."),
  CompressionType: z.enum(["none", "gzip", "snappy", "lz4"]).describe("Compress what is written.").optional(),
  UseAutoCreateTopic: yes("Create the target topic; SOURCE tasks only."),
  MsgMultiple: whole("Write each message this many times; CKafka to CKafka only."),
}).superRefine(startTime);

/** What becomes of messages that cannot be processed. */
export const failure = shape({
  Type: z.enum(["DLQ", "IGNORE_ERROR", "DROP"]).describe("DLQ to a dead letter queue, IGNORE_ERROR keep, DROP drop."),
  KafkaParam: kafka.describe("Dead letter queue on an instance.").optional(),
  RetryInterval: z.number().int().min(0).describe("Time between attempts.").optional(),
  MaxRetryAttempts: z.number().int().min(0).describe("Attempts.").optional(),
  TopicParam: elasticTopic.describe("Dead letter queue on an elastic topic.").optional(),
  DlqType: z.enum(["CKAFKA", "TOPIC"]).describe("Which of the two.").optional(),
});

const dropCls = shape({
  DropInvalidMessageToCls: yes("Send them to CLS."),
  DropClsRegion: words("Region."),
  DropClsOwneruin: words("Account."),
  DropClsTopicId: words("Log topic."),
  DropClsLogSet: words("Logset."),
})
  .describe("Send invalid messages to a log service; overrides DropInvalidMessage.")
  .optional();

const mongoDb = shape({
  Database: text("Database."),
  Collection: text("Collection."),
  CopyExisting: z.boolean().describe("Existing documents first; usually true."),
  Resource: Connection,
  Ip: words("IP."),
  Port: whole("Port."),
  UserName: words("Account."),
  Password: words("Its password."),
  ListeningEvent: z
    .string()
    .regex(EVENTS, "must be events joined by commas")
    .describe(
      "Events joined by commas, default all: insert, update, replace, delete, invalidate, drop, dropdatabase, rename.",
    )
    .optional(),
  ReadPreference: words("Which node to read; default primary."),
  Pipeline: words("Aggregation pipeline."),
  SelfBuilt,
});

const es = shape({
  Resource: Connection,
  Port: whole("Port."),
  UserName: words("Account."),
  Password: words("Its password."),
  SelfBuilt,
  ServiceVip: words("Instance VIP."),
  UniqVpcId: words("Instance VPC."),
  DropInvalidMessage: yes("Drop what cannot be parsed."),
  Index: words("Index."),
  DateFormat: words("Date suffix of the index."),
  ContentKey: words("Field for messages that are not JSON."),
  DropInvalidJsonMessage: yes("Drop what is not JSON."),
  DocumentIdField: words("Field that holds the document id."),
  IndexType: z.enum(["STRING", "JSONPATH"]).describe("How Index is meant; default STRING.").optional(),
  DropCls: dropCls,
  DatabasePrimaryKey: words("Primary key, to apply a binlog's changes and deletions to documents."),
  DropDlq: failure.describe("Dead letter queue.").optional(),
  RecordMappingList: z
    .array(shape({ ColumnName: words("Index field."), JsonKey: words("Message field.") }))
    .describe("Message field to index field; default by name.")
    .optional(),
  DateField: words("Field for @timestamp; default the message's time."),
  RecordMappingMode: z
    .enum(["EXIST_MAPPING", "NEW_MAPPING"])
    .describe("Mapping of an existing or of a new index.")
    .optional(),
  Protocol: z.enum(["http", "https"]).describe("Default http.").optional(),
  SourceDataFormat: z.enum(["Debezium", "Canal"]).describe("Format that DTS or the like writes.").optional(),
});

const clickHouse = shape({
  Cluster: text("Cluster."),
  Database: text("Database."),
  Table: text("Table."),
  Schema: list(
    shape({
      ColumnName: text("Column."),
      JsonKey: text("Message field."),
      Type: text("Column type."),
      AllowNull: z.boolean().describe("May be null."),
    }),
    "Columns.",
  ),
  Resource: Connection,
  Ip: words("IP."),
  Port: whole("Port."),
  UserName: words("Account."),
  Password: words("Its password."),
  ServiceVip: words("Instance VIP."),
  UniqVpcId: words("Instance VPC."),
  SelfBuilt,
  DropInvalidMessage,
  Type: z.enum(["emr", "cdwch", ""]).describe("emr, cdwch (CDW), or empty for self-built.").optional(),
  DropCls: dropCls,
  BatchSize: whole("Messages per insert; default 1000."),
  ConsumerFetchMinBytes: whole("Bytes to wait for; default 1 MB."),
  ConsumerFetchMaxWaitMs: whole("Longest wait for them, ms."),
});

const recordMapping = z
  .array(
    shape({
      JsonKey: words("Message field."),
      Type: words("Type."),
      AllowNull: yes("May be null."),
      ColumnName: words("Column."),
      ExtraInfo: words("More about the column."),
      ColumnSize: words("Size."),
      DecimalDigits: words("Digits."),
      AutoIncrement: yes("Counts up by itself."),
      DefaultValue: words("Default."),
    }),
  )
  .describe("Message field to column.")
  .optional();
const insertion = {
  DataTargetInsertMode: z.enum(["INSERT", "UPSERT"]).describe("UPSERT overwrites rows with the same key.").optional(),
  DataTargetPrimaryKeyField: words("The key, for UPSERT."),
  DataTargetRecordMapping: recordMapping,
};

const mySql = shape({
  Database: text('Database; "*" all.'),
  Table: text('"*" all, or db.table,db.table; as a pattern db\\\\.table.'),
  Resource: Connection,
  SnapshotMode: copies("schema_only"),
  DdlTopic: words("Topic for DDL; default none."),
  DataSourceMonitorMode: z.enum(["TABLE", "QUERY"]).describe("Read a table or a query.").optional(),
  DataSourceMonitorResource: words("That table or query."),
  DataSourceIncrementMode: z
    .enum(["TIMESTAMP", "INCREMENT"])
    .describe("Kind of the column that tells new rows.")
    .optional(),
  DataSourceIncrementColumn: words("That column."),
  DataSourceStartFrom: z.enum(["HEAD", "TAIL"]).describe("HEAD existing rows first, TAIL only new ones.").optional(),
  ...insertion,
  TopicRegex: words("Routes events to topics; default (.*)."),
  TopicReplacement: words("Its replacement, with $1, $2."),
  KeyColumns,
  DropInvalidMessage,
  DropCls: dropCls,
  OutputFormat,
  IsTablePrefix: yes("Table is a prefix."),
  IncludeContentChanges,
  IncludeQuery,
  RecordWithSchema,
  SignalDatabase: words("Database of the signal table."),
  IsTableRegular: yes("Table is a pattern; goes before IsTablePrefix."),
  SignalTable: words("Signal table."),
  DateTimeZone: words("Time zone of datetime columns."),
  SelfBuilt,
});

const postgreSql = shape({
  Database: text("Database."),
  Table: text('"*" all, or schema.table,schema.table; as a pattern schema\\\\.table.'),
  Resource: Connection,
  PluginName: z.enum(["decoderbufs", "pgoutput"]).describe("Usually decoderbufs."),
  SnapshotMode: copies("never"),
  DataFormat: z.enum(["JSON", "Debezium"]).describe("Of the messages, where fields match by name.").optional(),
  ...insertion,
  DropInvalidMessage,
  IsTableRegular: yes("Table is a pattern."),
  KeyColumns,
  RecordWithSchema,
});

const mariaDb = shape({
  Database: text('Database; "*" all.'),
  Table,
  Resource: Connection,
  SnapshotMode: copies("schema_only"),
  KeyColumns,
  IsTablePrefix: yes("Table is a prefix."),
  OutputFormat,
  IncludeContentChanges,
  IncludeQuery,
  RecordWithSchema,
});

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
  SelfBuilt: yes("Only false."),
  SqlFilter: words("SQL filter."),
});

const iceberg = shape({
  Resource: words("Connection id (EMR)."),
  Database: words("Database (Hive namespace)."),
  TableName: words("Table."),
  SchemeType: z.literal("JSON").describe("Message format.").optional(),
  EnableFieldExtension: yes("Add new fields as columns."),
  UpsertMode: z
    .enum(["Off", "off", "UPSERT", "CDC"])
    .describe("UPSERT overwrites rows, CDC also deletes them. Default off.")
    .optional(),
  PrimaryKeys: words("Keys joined by commas; UPSERT and CDC need them."),
}).superRefine((given, issues) => {
  need(given, issues, "always", "Database");
  if (given.UpsertMode === "UPSERT" || given.UpsertMode === "CDC")
    need(given, issues, `with UpsertMode ${given.UpsertMode}`, "PrimaryKeys");
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
    DirectoryTimeFormat: words("Directory by time, like %Y/%m/%d."),
  })
    .describe("For COS.")
    .optional(),
  MySQLParam: mySql.describe("For MYSQL.").optional(),
  PostgreSQLParam: postgreSql.describe("For POSTGRESQL and TDSQL_C_POSTGRESQL.").optional(),
  TopicParam: elasticTopic.describe("For TOPIC.").optional(),
  MariaDBParam: mariaDb.describe("For MARIADB.").optional(),
  SQLServerParam: shape({
    Database: text("Database."),
    Table,
    Resource: Connection,
    SnapshotMode: copies("schema_only"),
  })
    .describe("For SQLSERVER.")
    .optional(),
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

/** Each type comes with its own part. */
export function complete(given: Given, issues: z.RefinementCtx) {
  const part = parts[String(given.Type)];
  if (part) need(given, issues, `for Type ${given.Type}`, part);
}
