// What the reference states about connections, data tasks and elastic topics.
import { constraints, long, type Row } from "../constraints.ts";

const account = { Port: 3306, UserName: "app", Password: "secret", Resource: "cdb-1" };
const reached = { ServiceVip: "10.0.0.1", UniqVpcId: "vpc-1" };
const dts = { Port: 7507, GroupId: "g", UserName: "app", Password: "secret", Resource: "dts-1", Topic: "t" };
const mqtt = { ...account, ...reached };
const iceberg = { ...reached, Resource: "emr-1", AuthType: "NONE", EniIdList: ["eni-1"] };
const settings = {
  DTS: ["DtsConnectParam", dts],
  MONGODB: ["MongoDBConnectParam", { ...account, SelfBuilt: true }],
  ES: ["EsConnectParam", { ...account, SelfBuilt: true }],
  CLICKHOUSE: ["ClickHouseConnectParam", { ...account, SelfBuilt: true }],
  MYSQL: ["MySQLConnectParam", account],
  POSTGRESQL: ["PostgreSQLConnectParam", account],
  MARIADB: ["MariaDBConnectParam", account],
  SQLSERVER: ["SQLServerConnectParam", account],
  DORIS: ["DorisConnectParam", account],
  KAFKA: ["KafkaConnectParam", { BrokerAddress: "a:9092" }],
  MQTT: ["MqttConnectParam", mqtt],
  ICEBERG: ["IcebergConnectParam", iceberg],
} as const;
const required = Object.entries(settings).map(
  ([Type, [parameter, given]]): Row => [
    `${parameter}: required with Type ${Type}`,
    { Type, KafkaConnectParam: undefined, [parameter]: given },
    { Type, KafkaConnectParam: undefined },
    new RegExp(`Type ${Type} needs ${parameter}`),
  ],
);
/** Rows on the settings of one type: what they say, and what to add to the settings of `settings`. */
const within = (Type: keyof typeof settings, rows: Row[]): Row[] => {
  const [parameter, own] = settings[Type];
  return rows.map(([says, valid, invalid, refusal]) => [
    `${parameter}: ${says}`,
    { Type, KafkaConnectParam: undefined, [parameter]: { ...own, ...valid } },
    { Type, KafkaConnectParam: undefined, [parameter]: { ...own, ...invalid } },
    refusal,
  ]);
};
const cloud = (["MONGODB", "ES", "CLICKHOUSE", "MYSQL", "POSTGRESQL", "DORIS"] as const).flatMap((type) =>
  within(type, [
    [
      "ServiceVip required of a cloud instance",
      { SelfBuilt: false, ...reached },
      { SelfBuilt: false, UniqVpcId: "vpc-1" },
      /Param\.ServiceVip is needed for a cloud instance/,
    ],
    [
      "UniqVpcId required of a cloud instance",
      { SelfBuilt: false, ...reached },
      { SelfBuilt: false, ServiceVip: "10.0.0.1" },
      /Param\.UniqVpcId is needed for a cloud instance/,
    ],
  ]),
);
const vpc = { NetworkType: "VPC", ...reached, Port: 9092 };
const kafka = within("KAFKA", [
  [
    "NetworkType PUBLIC, VPC",
    { NetworkType: "PUBLIC" },
    { NetworkType: "CCN" },
    /KafkaConnectParam\.NetworkType must be one of/,
  ],
  [
    "BrokerAddress required with PUBLIC",
    { NetworkType: "PUBLIC" },
    { NetworkType: "PUBLIC", BrokerAddress: undefined },
    /KafkaConnectParam\.BrokerAddress is needed/,
  ],
  [
    "Resource required unless self-built",
    { SelfBuilt: false, Resource: "ckafka-1" },
    { SelfBuilt: false },
    /KafkaConnectParam\.Resource is needed/,
  ],
  ["UniqVpcId required with VPC", vpc, { ...vpc, UniqVpcId: undefined }, /KafkaConnectParam\.UniqVpcId is needed/],
  ["ServiceVip required with VPC", vpc, { ...vpc, ServiceVip: undefined }, /KafkaConnectParam\.ServiceVip is needed/],
  ["Port required with VPC", vpc, { ...vpc, Port: undefined }, /KafkaConnectParam\.Port is needed/],
]);
const kerberos = { AuthType: "KERBEROS", KeyTabContent: "QQ==", KRB5ConfContent: "QQ==" };

const instance = { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: "ckafka-1", Topic: "orders" } };
const failure = { Type: "DROP" };
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
  PostgreSQLParam: ["POSTGRESQL", { Database: "d", Table: "*", Resource: "r", PluginName: "pgoutput" }],
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
const field = (part: string, name: string, valid: unknown, invalid: unknown, beside: object = {}): Row => {
  const [Type, own] = parts[part] ?? ["ICEBERG", { Database: "d" }];
  const target = (value: unknown) => ({ TargetResource: { Type, [part]: { ...own, ...beside, [name]: value } } });
  return [
    `${part}.${name}: ${JSON.stringify(valid)}, not ${JSON.stringify(invalid) ?? "left out"}`,
    target(valid),
    target(invalid),
    new RegExp(`TargetResource\\.${part}\\.${name} (must be|is needed)`),
  ];
};
const transform = {
  AnalysisFormat: "JSON",
  OutputFormat: "JSON",
  FailureParam: failure,
  Content: "{}",
  SourceType: "TOPIC",
};
const older = (says: string, valid: object, invalid: object, refusal: RegExp): Row => [
  `TransformParam: ${says}`,
  { TransformParam: { ...transform, ...valid } },
  { TransformParam: { ...transform, ...invalid } },
  refusal,
];
const step = { Analyse: { Format: "JSON" } };
const newer = (says: string, valid: object, invalid: object, refusal: RegExp): Row => [
  `TransformsParam: ${says}`,
  { TransformsParam: { Content: "{}", FieldChain: [step], ...valid } },
  { TransformsParam: { Content: "{}", FieldChain: [step], ...invalid } },
  refusal,
];
const smt = (change: object) => ({
  FieldChain: [{ ...step, SMT: [{ Key: "a", Operate: "MAPPING", SchemeType: "STRING", ...change }] }],
});
const operation = (Type: string, detail: string, given: object): Row =>
  newer(
    `${detail} required with Type ${Type}`,
    smt({ ValueOperate: { Type, [detail]: given } }),
    smt({ ValueOperate: { Type } }),
    new RegExp(`SMT\\[0\\]\\.ValueOperate\\.${detail} is needed`),
  );
const filter = { Key: "a", MatchMode: "PREFIX", Value: "b" };
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
const picked: Row[] = [
  ["Separator: . - _", { Separator: "_" }, { Separator: "+" }, /Separator must be one of/],
  [
    "TopicRegularExpression or TopicList",
    { TopicList: ["a"] },
    { TopicList: ["a"], TopicRegularExpression: "a.*" },
    /TopicRegularExpression or by TopicList, not both/,
  ],
];

constraints({
  CreateConnectResource: {
    base: { ResourceName: "source", Type: "KAFKA", KafkaConnectParam: settings.KAFKA[1] },
    rows: [
      ...required,
      ...cloud,
      ...kafka,
      ...within("ES", [
        [
          "EsType CLUSTER, SERVERLESS",
          { EsType: "SERVERLESS" },
          { EsType: "HUGE" },
          /EsConnectParam\.EsType must be one of/,
        ],
        ["Protocol http, https", { Protocol: "https" }, { Protocol: "tcp" }, /EsConnectParam\.Protocol must be one of/],
      ]),
      ...within("ICEBERG", [
        ["AuthType NONE, KERBEROS", {}, { AuthType: "LDAP" }, /IcebergConnectParam\.AuthType must be one of/],
        [
          "CatalogType HIVE",
          { CatalogType: "HIVE" },
          { CatalogType: "REST" },
          /IcebergConnectParam\.CatalogType must be "HIVE"/,
        ],
        [
          "KeyTabContent required with KERBEROS",
          kerberos,
          { ...kerberos, KeyTabContent: undefined },
          /IcebergConnectParam\.KeyTabContent is needed/,
        ],
        [
          "KRB5ConfContent required with KERBEROS",
          kerberos,
          { ...kerberos, KRB5ConfContent: undefined },
          /IcebergConnectParam\.KRB5ConfContent is needed/,
        ],
        [
          "EniIdList one for each IP",
          { ServiceVip: "1.1.1.1;1.1.1.2", EniIdList: ["a", "b"] },
          { ServiceVip: "1.1.1.1;1.1.1.2" },
          /IcebergConnectParam\.EniIdList must have one entry per IP/,
        ],
        ...["ServiceVip", "Resource", "UniqVpcId", "AuthType", "EniIdList"].map(
          (name): Row => [
            `${name} required to create`,
            {},
            { [name]: undefined },
            new RegExp(`needs IcebergConnectParam\\.${name}`),
          ],
        ),
      ]),
      [
        "ClusterId: required with TDSQL_C_MYSQL",
        { Type: "TDSQL_C_MYSQL", KafkaConnectParam: undefined, MySQLConnectParam: { ...account, ClusterId: "c" } },
        { Type: "TDSQL_C_MYSQL", KafkaConnectParam: undefined, MySQLConnectParam: account },
        /needs MySQLConnectParam\.ClusterId/,
      ],
      [
        "ClusterId: required with TDSQL_C_POSTGRESQL",
        {
          Type: "TDSQL_C_POSTGRESQL",
          KafkaConnectParam: undefined,
          PostgreSQLConnectParam: { ...account, ClusterId: "c" },
        },
        { Type: "TDSQL_C_POSTGRESQL", KafkaConnectParam: undefined, PostgreSQLConnectParam: account },
        /needs PostgreSQLConnectParam\.ClusterId/,
      ],
    ],
  },
  ModifyConnectResource: {
    base: { ResourceId: "resource-a" },
    rows: [
      ...required.filter(([says]) => !/DORIS|ICEBERG/.test(says)),
      [
        "IcebergConnectParam: Resource only to create",
        { Type: "ICEBERG", IcebergConnectParam: { AuthType: "NONE" } },
        { Type: "ICEBERG", IcebergConnectParam: { Resource: "emr-1" } },
        /IcebergConnectParam takes Resource only when creating/,
      ],
    ],
  },

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
        {
          TaskType: "SOURCE",
          TargetResource: { ...instance, KafkaParam: { ...instance.KafkaParam, UseAutoCreateTopic: true } },
        },
        { TargetResource: { ...instance, KafkaParam: { ...instance.KafkaParam, UseAutoCreateTopic: true } } },
        /UseAutoCreateTopic is for tasks of TaskType SOURCE only/,
      ],
      ...requiredParts,
      field("KafkaParam", "OffsetType", "earliest", "first"),
      field("KafkaParam", "StartTime", 1_577_808_000, undefined, { OffsetType: "timestamp" }),
      field("KafkaParam", "QpsLimit", 0, -1),
      field("KafkaParam", "TableMappings", [{ Database: "d", Table: "t", Topic: "a", TopicId: "b" }], undefined, {
        UseTableMapping: true,
      }),
      [
        "KafkaParam.Topic: required with UseAutoCreateTopic",
        {
          TaskType: "SOURCE",
          TargetResource: { ...instance, KafkaParam: { ...instance.KafkaParam, UseAutoCreateTopic: true } },
        },
        {
          TaskType: "SOURCE",
          TargetResource: {
            ...instance,
            KafkaParam: { ...instance.KafkaParam, UseAutoCreateTopic: true, Topic: undefined },
          },
        },
        /TargetResource\.KafkaParam\.Topic is needed/,
      ],
      field("KafkaParam", "CompressionType", "open", "gzip"),
      field("KafkaParam", "ConnectorSyncType", "DATA_SYNC_TYPE", "ALL"),
      field("TopicParam", "OffsetType", "latest", "last"),
      field("TopicParam", "StartTime", 1_577_808_000, undefined, { OffsetType: "timestamp" }),
      field("TopicParam", "CompressionType", "lz4", "zip"),
      field("EventBusParam", "Type", "CLS", "SCF"),
      field("EsParam", "IndexType", "JSONPATH", "REGEX"),
      field("EsParam", "RecordMappingMode", "NEW_MAPPING", "NONE"),
      field("EsParam", "Protocol", "https", "tcp"),
      field("ClickHouseParam", "Type", "cdwch", "own"),
      field("ClsParam", "ContentKey", "k", undefined, { DecodeJson: false }),
      field("CosParam", "FormatOutputType", "csv", "parquet"),
      field("CosParam", "AggregateBatchSize", 0, -1),
      field("CosParam", "AggregateInterval", 0, -1),
      field("MySQLParam", "SnapshotMode", "schema_only", "never"),
      field("MySQLParam", "DataSourceMonitorMode", "QUERY", "VIEW"),
      field("MySQLParam", "DataSourceIncrementMode", "INCREMENT", "UUID"),
      field("MySQLParam", "DataSourceStartFrom", "TAIL", "MIDDLE"),
      field("MySQLParam", "DataTargetInsertMode", "INSERT", "REPLACE"),
      field("MySQLParam", "OutputFormat", "CANAL_2", "CANAL_3"),
      field("MySQLParam", "IncludeContentChanges", "dml", "ddl"),
      field("PostgreSQLParam", "PluginName", "decoderbufs", "wal2json"),
      field("PostgreSQLParam", "SnapshotMode", "never", "schema_only"),
      field("PostgreSQLParam", "DataFormat", "Debezium", "Canal"),
      field("PostgreSQLParam", "DataTargetInsertMode", "INSERT", "REPLACE"),
      field("MariaDBParam", "SnapshotMode", "initial", "never"),
      field("MariaDBParam", "OutputFormat", "CANAL_1", "JSON"),
      field("MariaDBParam", "IncludeContentChanges", "all", "none"),
      field("SQLServerParam", "SnapshotMode", "schema_only", "never"),
      field("IcebergParam", "Database", "d", undefined),
      field("IcebergParam", "SchemeType", "JSON", "AVRO"),
      field("IcebergParam", "UpsertMode", "Off", "MERGE"),
      field("IcebergParam", "PrimaryKeys", "id", undefined, { UpsertMode: "CDC" }),
      older(
        "AnalysisFormat JSON, DELIMITER, REGULAR",
        { AnalysisFormat: "REGULAR" },
        { AnalysisFormat: "SOURCE" },
        /TransformParam\.AnalysisFormat must be one of/,
      ),
      older(
        "SourceType TOPIC, CUSTOMIZE",
        { SourceType: "CUSTOMIZE" },
        { SourceType: "FILE" },
        /TransformParam\.SourceType must be one of/,
      ),
      older(
        "FailureParam.Type DLQ, IGNORE_ERROR, DROP",
        { FailureParam: { Type: "IGNORE_ERROR" } },
        { FailureParam: { Type: "KEEP" } },
        /TransformParam\.FailureParam\.Type must be one of/,
      ),
      older(
        "FailureParam.DlqType CKAFKA, TOPIC",
        { FailureParam: { Type: "DLQ", DlqType: "TOPIC", TopicParam: { Resource: "1-a" } } },
        { FailureParam: { Type: "DROP", DlqType: "COS" } },
        /TransformParam\.FailureParam\.DlqType must be one of/,
      ),
      older(
        "MapParam.Type four kinds",
        { MapParam: [{ Key: "a", Type: "DATE" }] },
        { MapParam: [{ Key: "a", Type: "UUID" }] },
        /TransformParam\.MapParam\[0\]\.Type must be one of/,
      ),
      newer(
        "Format four kinds",
        { FieldChain: [{ Analyse: { Format: "SOURCE" } }] },
        { FieldChain: [{ Analyse: { Format: "XML" } }] },
        /FieldChain\[0\]\.Analyse\.Format must be one of/,
      ),
      newer(
        "Operate four kinds",
        smt({ Operate: "JSONPATH" }),
        smt({ Operate: "COPY" }),
        /SMT\[0\]\.Operate must be one of/,
      ),
      newer(
        "SchemeType seven kinds",
        smt({ SchemeType: "ARRAY" }),
        smt({ SchemeType: "INT32" }),
        /SMT\[0\]\.SchemeType must be one of/,
      ),
      newer(
        "ValueOperate.Type one of the listed",
        smt({ ValueOperate: { Type: "TRIM" } }),
        smt({ ValueOperate: { Type: "UPPERCASE" } }),
        /SMT\[0\]\.ValueOperate\.Type must be one of/,
      ),
      operation("REPLACE", "Replace", { OldValue: "a", NewValue: "b" }),
      operation("SUBSTR", "Substr", { Start: 0, End: 1 }),
      operation("DATE", "Date", { Format: "yyyy" }),
      operation("REGEX_REPLACE", "RegexReplace", { Regex: "a", NewValue: "b" }),
      operation("SPLIT", "Split", { Regex: "," }),
      operation("KV", "KV", { Delimiter: ",", Regex: "=" }),
      operation("JSON_PATH_REPLACE", "JsonPathReplace", { OldValue: "$.a", NewValue: "b" }),
      newer(
        "MatchMode six kinds",
        { FilterParam: [filter] },
        { FilterParam: [{ ...filter, MatchMode: "LIKE" }] },
        /FilterParam\[0\]\.MatchMode must be one of/,
      ),
      newer(
        "filters always REGULAR",
        { FilterParam: [{ ...filter, Type: "REGULAR" }] },
        { FilterParam: [{ ...filter, Type: "EXACT" }] },
        /FilterParam\[0\]\.Type must be "REGULAR"/,
      ),
      newer(
        "OutputFormat JSON, ROW",
        { OutputFormat: "JSON" },
        { OutputFormat: "CSV" },
        /TransformsParam\.OutputFormat must be one of/,
      ),
      newer(
        "RowParam required with ROW",
        { OutputFormat: "ROW", RowParam: { RowContent: "VALUE" } },
        { OutputFormat: "ROW" },
        /TransformsParam\.RowParam is needed/,
      ),
      newer(
        "RowContent KEY_VALUE, VALUE",
        { RowParam: { RowContent: "KEY_VALUE" } },
        { RowParam: { RowContent: "KEY" } },
        /RowParam\.RowContent must be one of/,
      ),
      newer(
        "BatchAnalyse ONE_BY_ONE, MERGE",
        { BatchAnalyse: { Format: "MERGE" } },
        { BatchAnalyse: { Format: "ALL" } },
        /BatchAnalyse\.Format must be one of/,
      ),
    ],
  },
  CreateMetaSyncDatahubTask: { base: sync, rows: synced },
  CreateMetaAndDataSyncDatahubTask: {
    base: sync,
    rows: [
      ...synced,
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
    base: sync,
    rows: [
      ...synced,
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
