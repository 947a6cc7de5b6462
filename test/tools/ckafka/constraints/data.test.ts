// What the reference states about data tasks and elastic topics.
import { constraints, type Row } from "../../../support/constraints.ts";

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
const ends = ["SourceResourceId", "TargetResourceId"].map(
  (name): Row => [
    `${name}: the id of a connection`,
    { [name]: "resource-c" },
    { [name]: "ckafka-c" },
    new RegExp(`${name} must be the id of a connection`),
  ],
);
const picked: Row[] = [
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
      [
        "UseAutoCreateTopic: SOURCE only",
        { TaskType: "SOURCE", TargetResource: also({ UseAutoCreateTopic: true }) },
        { TargetResource: also({ UseAutoCreateTopic: true }) },
        /UseAutoCreateTopic is for tasks of TaskType SOURCE only/,
      ],
      ...requiredParts,
      field("KafkaParam", "StartTime", 1_577_808_000, undefined, { OffsetType: "timestamp" }),
      field("KafkaParam", "StartTime", 1_577_808_000, 1_577_808_000_000),
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
      field("TopicParam", "StartTime", 1_577_808_000, undefined, { OffsetType: "timestamp" }),
      field("TopicParam", "StartTime", 1_577_808_000, 1_577_808_000_000),
      ...multiple,
      [
        "KeepPartition: sync tasks only",
        { TargetResource: also({ KeepPartition: true, ConnectorSyncType: "DATA_SYNC_TYPE" }) },
        { TargetResource: also({ KeepPartition: true }) },
        /KeepPartition is for sync tasks only/,
      ],
      field("MongoDBParam", "ListeningEvent", "insert,update", "insert,upsert"),
      field("ClsParam", "ContentKey", "k", undefined, { DecodeJson: false }),
      field("CosParam", "DirectoryTimeFormat", "/%Y/%m/%d/%H", "yyyy/MM/dd"),
      field("MySQLParam", "DataSourceMonitorMode", "QUERY", "VIEW", { DataSourceMonitorResource: "SELECT 1" }),
      ...["TABLE", "QUERY"].map((DataSourceMonitorMode) =>
        field("MySQLParam", "DataSourceMonitorResource", "orders", undefined, { DataSourceMonitorMode }),
      ),
      ...["MySQLParam", "PostgreSQLParam"].flatMap((part) => [
        field(part, "DataTargetPrimaryKeyField", "id", undefined, { DataTargetInsertMode: "UPSERT" }),
        field(part, "DataTargetPrimaryKeyField", "id", "", { DataTargetInsertMode: "UPSERT" }),
        field(part, "Table", "d\\\\.orders_[0-9]+", "orders_[0-9]+", { IsTableRegular: true }),
      ]),
      ...["MySQLParam", "PostgreSQLParam", "MariaDBParam", "SQLServerParam"].map((part) =>
        field(part, "Table", "d.orders,d.users", "d.orders,users"),
      ),
      field("PostgreSQLParam", "DataFormat", "JSON", undefined),
      field(
        "PostgreSQLParam",
        "DataTargetRecordMapping",
        [{ JsonKey: "a" }],
        [],
        { DataFormat: undefined },
        "DataFormat",
      ),
      field("IcebergParam", "Database", "d", undefined),
      field("IcebergParam", "PrimaryKeys", "id", undefined, { UpsertMode: "CDC" }),
      field("IcebergParam", "PrimaryKeys", "id", undefined, { UpsertMode: "UPSERT" }),
      field("MqttParam", "SelfBuilt", false, true),
    ],
  },
  CreateMetaSyncDatahubTask: { base: sync, rows: ends },
  CreateMetaAndDataSyncDatahubTask: {
    base: { ...sync, TopicList: ["a"] },
    rows: [...ends, ...picked],
  },
  CreateMetaDataAndOffsetSyncDatahubTask: {
    base: { ...sync, TopicList: ["a"] },
    rows: [...ends, ...picked],
  },

  CreateDatahubTopic: {
    base: { Name: "1250000000-orders", PartitionNum: 1, RetentionMs: 60_000 },
    rows: [
      ["Name: begins with AppId-", {}, { Name: "orders" }, /Name must be the account's AppId/],
      ["Name: letters, digits, -", { Name: "1-a-9" }, { Name: "1-a_9" }, /Name must be the account's AppId/],
      ["Note: letters, digits, -", { Note: "9-a" }, { Note: "a b" }, /Note may hold only letters/],
    ],
  },
});
