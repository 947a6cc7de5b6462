// What the reference requires only beside certain values, by action or structure: a parameter, its values, and what they
// need. Read from its pages, like the values.

/** Where the parameter has one of the values, the others must be given. Dotted names lead into a structure. */
export type Need = [parameter: string, values: readonly (string | number | boolean | undefined)[], ...needed: string[]];

/** A type, and the parameter that holds its settings. */
const settings = (parameter: string, ...types: string[]): Need => ["Type", types, parameter];
const timestamp: Need = ["OffsetType", ["timestamp"], "StartTime"];
const allowList: Need = ["EnableWhiteList", [1], "IpWhiteList"];
const reached: Need = ["SelfBuilt", [false], "ServiceVip", "UniqVpcId"];

const changed = [
  settings("DtsConnectParam", "DTS"),
  settings("MongoDBConnectParam", "MONGODB"),
  settings("EsConnectParam", "ES"),
  settings("ClickHouseConnectParam", "CLICKHOUSE"),
  settings("MySQLConnectParam", "MYSQL", "TDSQL_C_MYSQL"),
  settings("PostgreSQLConnectParam", "POSTGRESQL", "TDSQL_C_POSTGRESQL"),
  settings("MariaDBConnectParam", "MARIADB"),
  settings("SQLServerConnectParam", "SQLSERVER"),
  settings("KafkaConnectParam", "KAFKA"),
  settings("MqttConnectParam", "MQTT"),
  settings("IcebergConnectParam", "ICEBERG"),
];

export const actions: Record<string, Need[]> = {
  CreateAclRule: [["PatternType", ["PREFIXED"], "Pattern"]],
  CreateConnectResource: [
    ...changed,
    settings("DorisConnectParam", "DORIS"),
    settings("MySQLConnectParam.ClusterId", "TDSQL_C_MYSQL"),
    settings("PostgreSQLConnectParam.ClusterId", "TDSQL_C_POSTGRESQL"),
    ...["ServiceVip", "Resource", "UniqVpcId", "AuthType", "EniIdList"].map((field) =>
      settings(`IcebergConnectParam.${field}`, "ICEBERG"),
    ),
  ],
  CreateTopic: [allowList],
  InquireCkafkaPrice: [
    ["InstanceType", ["profession", "premium"], "Bandwidth", "InquiryDiskParam", "Partition"],
    // A purchase is what is asked about unless it says otherwise.
    [
      "CategoryAction",
      [undefined, "purchase"],
      "Bandwidth",
      "InquiryDiskParam",
      "MessageRetention",
      "Topic",
      "Partition",
    ],
  ],
  ModifyConnectResource: changed,
  ModifyGroupOffsets: [
    ["Strategy", [0], "Shift"],
    ["Strategy", [1], "ShiftTimestamp"],
    ["Strategy", [2], "Offset"],
  ],
  ModifyTopicAttributes: [allowList],
};

export const structures: Record<string, Need[]> = {
  ClickHouseConnectParam: [reached],
  ClsParam: [["DecodeJson", [false], "ContentKey"]],
  DatahubResource: [
    settings("KafkaParam", "KAFKA"),
    settings("EventBusParam", "EB"),
    settings("MongoDBParam", "MONGODB"),
    settings("EsParam", "ES"),
    settings("TdwParam", "TDW"),
    settings("DtsParam", "DTS"),
    settings("ClickHouseParam", "CLICKHOUSE"),
    settings("ClsParam", "CLS"),
    settings("CosParam", "COS"),
    settings("MySQLParam", "MYSQL"),
    settings("PostgreSQLParam", "POSTGRESQL", "TDSQL_C_POSTGRESQL"),
    settings("TopicParam", "TOPIC"),
    settings("MariaDBParam", "MARIADB"),
    settings("SQLServerParam", "SQLSERVER"),
    settings("CtsdbParam", "CTSDB"),
    settings("ScfParam", "SCF"),
    settings("MqttParam", "MQTT"),
  ],
  DorisConnectParam: [reached],
  EsConnectParam: [reached],
  IcebergConnectParam: [["AuthType", ["KERBEROS"], "KeyTabContent", "KRB5ConfContent"]],
  IcebergParam: [["UpsertMode", ["UPSERT", "CDC"], "PrimaryKeys"]],
  InstanceChargeParam: [["InstanceChargeType", ["PREPAID"], "InstanceChargePeriod"]],
  KafkaConnectParam: [
    ["SelfBuilt", [false], "Resource"],
    ["NetworkType", ["PUBLIC"], "BrokerAddress"],
    ["NetworkType", ["VPC"], "UniqVpcId", "ServiceVip", "Port"],
  ],
  KafkaParam: [timestamp, ["UseTableMapping", [true], "TableMappings"]],
  MongoDBConnectParam: [reached],
  MySQLConnectParam: [reached],
  PostgreSQLConnectParam: [reached],
  TopicParam: [timestamp],
  TransformsParam: [["OutputFormat", ["ROW"], "RowParam"]],
  ValueParam: [
    settings("Replace", "REPLACE"),
    settings("Substr", "SUBSTR"),
    settings("Date", "DATE"),
    settings("RegexReplace", "REGEX_REPLACE"),
    settings("Split", "SPLIT"),
    settings("KV", "KV"),
    settings("JsonPathReplace", "JSON_PATH_REPLACE"),
  ],
};
