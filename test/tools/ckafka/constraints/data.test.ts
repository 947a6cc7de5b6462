// What the reference states about data tasks and elastic topics.
import { constraints, long, type Row } from "../../../support/constraints.ts";

const instance = { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: "ckafka-1", Topic: "orders" } };
/** The same end of a task with more settings. */
const also = (more: object) => ({ ...instance, KafkaParam: { ...instance.KafkaParam, ...more } });
const parts: Record<string, [type: string, given: object]> = {
  KafkaParam: ["KAFKA", instance.KafkaParam],
  TopicParam: ["TOPIC", { Resource: "1-a" }],
  EventBusParam: ["EB", { Type: "COS", SelfBuilt: false, Resource: "r" }],
  MongoDBParam: ["MONGODB", { Database: "d", Collection: "c", CopyExisting: true, Resource: "r" }],
  EsParam: ["ES", { Resource: "r" }],
  TdwParam: ["TDW", { Bid: "b", Tid: "t" }],
  DtsParam: ["DTS", { Resource: "r" }],
  ClickHouseParam: [
    "CLICKHOUSE",
    {
      Cluster: "c",
      Database: "d",
      Table: "t",
      Resource: "r",
      Schema: [{ ColumnName: "a", JsonKey: "a", Type: "String", AllowNull: true }],
    },
  ],
  ClsParam: ["CLS", { DecodeJson: true, Resource: "r" }],
  CosParam: ["COS", { BucketName: "b", Region: "ap-guangzhou" }],
  MySQLParam: ["MYSQL", { Database: "d", Table: "*", Resource: "r" }],
  PostgreSQLParam: [
    "POSTGRESQL",
    { Database: "d", Table: "*", Resource: "r", PluginName: "pgoutput", DataFormat: "JSON" },
  ],
  MariaDBParam: ["MARIADB", { Database: "d", Table: "*", Resource: "r" }],
  SQLServerParam: ["SQLSERVER", { Database: "d", Table: "*", Resource: "r" }],
  CtsdbParam: ["CTSDB", { Resource: "r" }],
  ScfParam: ["SCF", { FunctionName: "f" }],
  MqttParam: ["MQTT", { Topics: "t", CleanSession: true }],
};
const requiredParts = Object.entries(parts).map(
  ([part, [Type, given]]): Row => [
    `${part}: required with Type ${Type}`,
    { TargetResource: { Type, [part]: given } },
    { TargetResource: { Type } },
    new RegExp(`TargetResource\\.${part} is needed for Type ${Type}`),
  ],
);
/** A field of a part: a value that it takes, one that it does not. */
const field = (
  part: string,
  name: string,
  valid: unknown,
  invalid: unknown,
  beside: object = {},
  blamed = name,
): Row => {
  const [Type, own] = parts[part] ?? ["ICEBERG", { Database: "d" }];
  const target = (value: unknown) => ({ TargetResource: { Type, [part]: { ...own, ...beside, [name]: value } } });
  return [
    `${part}.${name}${JSON.stringify(beside) === "{}" ? "" : ` beside ${JSON.stringify(beside)}`}: ${JSON.stringify(valid)}, not ${JSON.stringify(invalid) ?? "left out"}`,
    target(valid),
    target(invalid),
    new RegExp(`TargetResource\\.${part}\\.${blamed} (must|is needed)`),
  ];
};
/** Repeating messages, on either kind of Kafka end. */
const multiple = ["KafkaParam", "TopicParam"].flatMap((part): Row[] => {
  const [Type, own] = parts[part] as (typeof parts)[string];
  const TargetResource = { Type, [part]: { ...own, MsgMultiple: 2 } };
  return [
    field(part, "MsgMultiple", 1, 0),
    [
      `${part}.MsgMultiple: Kafka to Kafka only`,
      { SourceResource: instance, TargetResource },
      { SourceResource: { Type: "HTTP" }, TargetResource },
      /MsgMultiple is for tasks from Kafka to Kafka only/,
    ],
  ];
});
const sync = { TaskName: "copy", SourceResourceId: "resource-a", TargetResourceId: "resource-b" };
const synced: Row[] = [
  ["TaskName: at most 64 characters", { TaskName: long(64) }, { TaskName: long(65) }, /TaskName may have at most 64/],
  [
    "Description: at most 128 characters",
    { Description: long(128) },
    { Description: long(129) },
    /Description may have at most 128/,
  ],
];
const ends = ["SourceResourceId", "TargetResourceId"].map(
  (name): Row => [
    `${name}: the id of a connection`,
    { [name]: "resource-c" },
    { [name]: "ckafka-c" },
    new RegExp(`${name} must be the id of a connection`),
  ],
);
const picked: Row[] = [
  ["Separator: . - _", { Separator: "_" }, { Separator: "+" }, /Separator must be one of/],
  [
    "TopicRegularExpression or TopicList",
    { TopicList: ["a"] },
    { TopicList: ["a"], TopicRegularExpression: "a.*" },
    /TopicRegularExpression or by TopicList, not both/,
  ],
  [
    "one of TopicRegularExpression, TopicList",
    { TopicList: undefined, TopicRegularExpression: "a.*" },
    { TopicList: undefined },
    /choose topics by TopicRegularExpression or by TopicList/,
  ],
];

constraints({
  DescribeDatahubTasks: {
    base: {},
    rows: [["TaskType: SOURCE, SINK", { TaskType: "SINK" }, { TaskType: "SYNC" }, /TaskType must be one of/]],
  },
  CreateDatahubTask: {
    base: { TaskName: "copy", TaskType: "SINK" },
    rows: [
      ["TaskName: begins with a letter", { TaskName: "a1" }, { TaskName: "1a" }, /TaskName must begin with a letter/],
      [
        "TaskName: letters, digits, - . _",
        { TaskName: "a-b.c_9" },
        { TaskName: "a b" },
        /TaskName must begin with a letter/,
      ],
      ["TaskName: at most 64 characters", { TaskName: long(64) }, { TaskName: long(65) }, /TaskName must .* up to 64/],
      ["TaskType: SOURCE, SINK", { TaskType: "SOURCE" }, { TaskType: "SYNC" }, /TaskType must be one of/],
      [
        "Type: one of the listed",
        { SourceResource: { Type: "HTTP" } },
        { SourceResource: { Type: "FTP" } },
        /SourceResource\.Type must be one of/,
      ],
      [
        "UseAutoCreateTopic: SOURCE only",
        { TaskType: "SOURCE", TargetResource: also({ UseAutoCreateTopic: true }) },
        { TargetResource: also({ UseAutoCreateTopic: true }) },
        /UseAutoCreateTopic is for tasks of TaskType SOURCE only/,
      ],
      ...requiredParts,
      field("KafkaParam", "OffsetType", "earliest", "first"),
      field("KafkaParam", "StartTime", 1_577_808_000, undefined, { OffsetType: "timestamp" }),
      field("KafkaParam", "StartTime", 1_577_808_000, 1_577_808_000_000),
      field("KafkaParam", "QpsLimit", 0, -1),
      field("KafkaParam", "TableMappings", [{ Database: "d", Table: "t", Topic: "a", TopicId: "b" }], undefined, {
        UseTableMapping: true,
      }),
      [
        "UseAutoCreateTopic: SOURCE only, on either end",
        { TaskType: "SOURCE", SourceResource: also({ UseAutoCreateTopic: true }) },
        { SourceResource: also({ UseAutoCreateTopic: true }) },
        /UseAutoCreateTopic is for tasks of TaskType SOURCE only/,
      ],
      [
        "KafkaParam.Topic: required with UseAutoCreateTopic",
        { TaskType: "SOURCE", TargetResource: also({ UseAutoCreateTopic: true }) },
        { TaskType: "SOURCE", TargetResource: also({ UseAutoCreateTopic: true, Topic: undefined }) },
        /TargetResource\.KafkaParam\.Topic is needed/,
      ],
      field("KafkaParam", "CompressionType", "open", "gzip"),
      field("KafkaParam", "ConnectorSyncType", "DATA_SYNC_TYPE", "ALL"),
      field("TopicParam", "OffsetType", "latest", "last"),
      field("TopicParam", "StartTime", 1_577_808_000, undefined, { OffsetType: "timestamp" }),
      field("TopicParam", "StartTime", 1_577_808_000, 1_577_808_000_000),
      field("TopicParam", "CompressionType", "lz4", "zip"),
      ...multiple,
      [
        "KeepPartition: sync tasks only",
        { TargetResource: also({ KeepPartition: true, ConnectorSyncType: "DATA_SYNC_TYPE" }) },
        { TargetResource: also({ KeepPartition: true }) },
        /KeepPartition is for sync tasks only/,
      ],
      field("EventBusParam", "Type", "CLS", "SCF"),
      field("MongoDBParam", "ListeningEvent", "insert,update", "insert,upsert"),
      field("EsParam", "IndexType", "JSONPATH", "REGEX"),
      field("EsParam", "RecordMappingMode", "NEW_MAPPING", "NONE"),
      field("EsParam", "Protocol", "https", "tcp"),
      field("ClickHouseParam", "Type", "cdwch", "own"),
      field("ClsParam", "ContentKey", "k", undefined, { DecodeJson: false }),
      field("CosParam", "FormatOutputType", "csv", "parquet"),
      field("CosParam", "DirectoryTimeFormat", "/%Y/%m/%d/%H", "yyyy/MM/dd"),
      field("CosParam", "AggregateBatchSize", 0, -1),
      field("CosParam", "AggregateInterval", 0, -1),
      field("MySQLParam", "SnapshotMode", "schema_only", "never"),
      field("MySQLParam", "DataSourceMonitorMode", "QUERY", "VIEW", { DataSourceMonitorResource: "SELECT 1" }),
      ...["TABLE", "QUERY"].map((DataSourceMonitorMode) =>
        field("MySQLParam", "DataSourceMonitorResource", "orders", undefined, { DataSourceMonitorMode }),
      ),
      field("MySQLParam", "DataSourceIncrementMode", "INCREMENT", "UUID"),
      field("MySQLParam", "DataSourceStartFrom", "TAIL", "MIDDLE"),
      field("MySQLParam", "DataTargetInsertMode", "INSERT", "REPLACE"),
      ...["MySQLParam", "PostgreSQLParam"].flatMap((part) => [
        field(part, "DataTargetPrimaryKeyField", "id", undefined, { DataTargetInsertMode: "UPSERT" }),
        field(part, "DataTargetPrimaryKeyField", "id", "", { DataTargetInsertMode: "UPSERT" }),
        field(part, "Table", "d\\\\.orders_[0-9]+", "orders_[0-9]+", { IsTableRegular: true }),
      ]),
      ...["MySQLParam", "PostgreSQLParam", "MariaDBParam", "SQLServerParam"].map((part) =>
        field(part, "Table", "d.orders,d.users", "d.orders,users"),
      ),
      field("MySQLParam", "OutputFormat", "CANAL_2", "CANAL_3"),
      field("MySQLParam", "IncludeContentChanges", "dml", "ddl"),
      field("PostgreSQLParam", "PluginName", "decoderbufs", "wal2json"),
      field("PostgreSQLParam", "SnapshotMode", "never", "schema_only"),
      field("PostgreSQLParam", "DataFormat", "Debezium", "Canal"),
      field("PostgreSQLParam", "DataFormat", "JSON", undefined),
      field(
        "PostgreSQLParam",
        "DataTargetRecordMapping",
        [{ JsonKey: "a" }],
        [],
        { DataFormat: undefined },
        "DataFormat",
      ),
      field("PostgreSQLParam", "DataTargetInsertMode", "INSERT", "REPLACE"),
      field("MariaDBParam", "SnapshotMode", "initial", "never"),
      field("MariaDBParam", "OutputFormat", "CANAL_1", "JSON"),
      field("MariaDBParam", "IncludeContentChanges", "all", "none"),
      field("SQLServerParam", "SnapshotMode", "schema_only", "never"),
      field("IcebergParam", "Database", "d", undefined),
      field("IcebergParam", "SchemeType", "JSON", "AVRO"),
      field("IcebergParam", "UpsertMode", "Off", "MERGE"),
      field("IcebergParam", "PrimaryKeys", "id", undefined, { UpsertMode: "CDC" }),
      field("IcebergParam", "PrimaryKeys", "id", undefined, { UpsertMode: "UPSERT" }),
      field("MqttParam", "SelfBuilt", false, true),
    ],
  },
  CreateMetaSyncDatahubTask: { base: sync, rows: [...synced, ...ends] },
  CreateMetaAndDataSyncDatahubTask: {
    base: { ...sync, TopicList: ["a"] },
    rows: [
      ...synced,
      ...ends,
      ...picked,
      [
        "OffsetType: earliest, latest, timestamp",
        { OffsetType: "timestamp" },
        { OffsetType: "now" },
        /OffsetType must be one of/,
      ],
    ],
  },
  CreateMetaDataAndOffsetSyncDatahubTask: {
    base: { ...sync, TopicList: ["a"] },
    rows: [
      ...synced,
      ...ends,
      ...picked,
      [
        "OffsetType: earliest, latest",
        { OffsetType: "latest" },
        { OffsetType: "timestamp" },
        /OffsetType must be one of/,
      ],
    ],
  },

  DescribeDatahubTopics: {
    base: {},
    rows: [
      ["Limit: at least 1", { Limit: 1 }, { Limit: 0 }, /Limit must be at least 1/],
      ["Limit: at most 100", { Limit: 100 }, { Limit: 101 }, /Limit must be at most 100/],
      ["Offset: unsigned", { Offset: 0 }, { Offset: -1 }, /Offset must be at least 0/],
    ],
  },
  DescribeDatahubGroupOffsets: {
    base: { Name: "1-a", Group: "billing" },
    rows: [["Limit: at most 50", { Limit: 50 }, { Limit: 51 }, /Limit must be at most 50/]],
  },
  FetchLatestDatahubMessageList: {
    base: { Name: "1-a", Partition: 0 },
    rows: [
      ["MessageCount: at least 1", { MessageCount: 1 }, { MessageCount: 0 }, /MessageCount must be at least 1/],
      ["MessageCount: at most 100", { MessageCount: 100 }, { MessageCount: 101 }, /MessageCount must be at most 100/],
    ],
  },
  CreateDatahubTopic: {
    base: { Name: "1250000000-orders", PartitionNum: 1, RetentionMs: 60_000 },
    rows: [
      ["Name: begins with AppId-", {}, { Name: "orders" }, /Name must be the account's AppId/],
      ["Name: letters, digits, -", { Name: "1-a-9" }, { Name: "1-a_9" }, /Name must be the account's AppId/],
      [
        "Name: at most 128 characters",
        { Name: `1-${long(126)}` },
        { Name: `1-${long(127)}` },
        /Name may have at most 128/,
      ],
      ["PartitionNum: above 0", { PartitionNum: 1 }, { PartitionNum: 0 }, /PartitionNum must be at least 1/],
      ["PartitionNum: at most 500", { PartitionNum: 500 }, { PartitionNum: 501 }, /PartitionNum must be at most 500/],
      [
        "RetentionMs: at least 60000",
        { RetentionMs: 60_000 },
        { RetentionMs: 59_999 },
        /RetentionMs must be at least 60000/,
      ],
      ["Note: letters, digits, -", { Note: "9-a" }, { Note: "a b" }, /Note may hold only letters/],
      ["Note: at most 64 characters", { Note: long(64) }, { Note: long(65) }, /Note may have at most 64/],
    ],
  },
  ModifyDatahubTopic: {
    base: { Name: "1-a", RetentionMs: 60_000 },
    rows: [
      [
        "RetentionMs: at least 60000",
        { RetentionMs: 60_000 },
        { RetentionMs: 59_999 },
        /RetentionMs must be at least 60000/,
      ],
      ["Note: at most 64 characters", { Note: long(64) }, { Note: long(65) }, /Note may have at most 64/],
    ],
  },
});
