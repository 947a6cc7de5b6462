// What the reference says of values: enumerations, ranges, lengths and forms, by action or structure and parameter. Read
// from its pages (the newer definition where they differ), never from the models of the tools: see ../values.ts.

export interface Rule {
  oneOf?: readonly (string | number)[];
  min?: number;
  max?: number;
  /** A value outside of the range that has a meaning of its own. */
  or?: number;
  multipleOf?: number;
  /** Most characters. */
  length?: number;
  pattern?: RegExp;
  /** Most entries; the other rules hold for each entry. */
  items?: number;
  /** An empty text means something. */
  empty?: true;
  /** The code of a wrong value, where the reference has one of its own. */
  code?: string;
}
/** Parameter → rule. A dotted name leads into a structure that other actions fill differently. */
type Rules = Record<string, Rule>;

const from = (min: number): Rule => ({ min });
const upTo = (max: number): Rule => ({ max });
const within = (min: number, max: number): Rule => ({ min, max });
const oneOf = (...values: (string | number)[]): Rule => ({ oneOf: values });
const length = (most: number): Rule => ({ length: most });
const flag = oneOf(0, 1);
const inThrees: Rule = { min: 0, multipleOf: 3 };
const step = (multipleOf: number, max?: number): Rule => (max === undefined ? { multipleOf } : { multipleOf, max });

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const GIGABYTE = 1024 ** 3;
const retention = within(MINUTE, 90 * DAY);
const messageBytes = within(1024, 12 * 1024 ** 2);
const principal: Rule = { pattern: /^User:/ };
const status: Rule = oneOf(-1, 0, 1, 2, 3, 4, 5, 7);
const timestampType = oneOf("CreateTime", "LogAppendTime");
const minutes = (days: number) => days * 1440;

const IP = String.raw`(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)`;
const ip: Rule = { pattern: new RegExp(`^${IP}$`, "i") };
const range: Rule = { pattern: new RegExp(`^${IP}(/\\d{1,3})?$`, "i") };
const addresses: Rule = { pattern: new RegExp(`^(\\*|${IP}(/\\d{1,3})?(;${IP}(/\\d{1,3})?)*)$`, "i") };
const base64: Rule = { pattern: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/ };

const topicConfig: Rules = {
  Note: length(64),
  IpWhiteList: ip,
  EnableWhiteList: flag,
  MinInsyncReplicas: from(1),
  UncleanLeaderElectionEnable: flag,
  RetentionMs: retention,
  SegmentMs: from(DAY),
  MaxMessageBytes: messageBytes,
  RetentionBytes: { ...within(GIGABYTE, 1024 * GIGABYTE), or: -1 },
  CleanUpPolicy: oneOf("delete", "compact"),
  EnableAclRule: flag,
  ReplicaNum: within(1, 3),
  LogMsgTimestampType: timestampType,
};
const acl: Rules = {
  ResourceType: oneOf(2, 3, 4),
  Operation: within(2, 12),
  PermissionType: oneOf(2, 3),
  Principal: principal,
};
const bought: Rules = {
  InstanceType: within(1, 8),
  DiskType: oneOf("CLOUD_SSD", "CLOUD_BASIC"),
  InstanceNum: from(1),
  ElasticBandwidthSwitch: flag,
};
const byTheHour: Rules = {
  ...bought,
  MsgRetentionTime: upTo(minutes(30)),
  SpecificationsType: oneOf("standard", "profession"),
};
const offsetType = oneOf("earliest", "latest", "timestamp");
const end: Rule = { pattern: /^resource-/ };
const sync: Rules = {
  SourceResourceId: end,
  TargetResourceId: end,
  TaskName: length(64),
  Description: length(128),
};
const renaming: Rules = { ...sync, Separator: oneOf(".", "-", "_") };
const types = ["DTS", "MONGODB", "ES", "CLICKHOUSE", "MYSQL", "TDSQL_C_MYSQL", "POSTGRESQL", "TDSQL_C_POSTGRESQL"];
const connected = [...types, "MARIADB", "SQLSERVER", "DORIS", "KAFKA", "MQTT", "ICEBERG"];

export const actions: Record<string, Rules> = {
  BatchCreateAcl: { ResourceType: oneOf(2) },
  BatchModifyTopicAttributes: { Topic: { items: 10 } },
  CreateAcl: { ...acl, Host: addresses },
  CreateAclRule: { ResourceType: oneOf("Topic"), PatternType: oneOf("PREFIXED", "PRESET"), IsApplied: flag },
  CreateCdcCluster: { Bandwidth: within(20, 100_000) },
  CreateConnectResource: { Type: oneOf(...connected) },
  CreateDatahubTask: {
    TaskName: { length: 64, pattern: /^[A-Za-z][A-Za-z0-9._-]*$/ },
    TaskType: oneOf("SOURCE", "SINK"),
  },
  CreateDatahubTopic: {
    Name: { length: 128, pattern: /^\d+-[A-Za-z0-9-]*$/ },
    PartitionNum: within(1, 500),
    RetentionMs: from(MINUTE),
    Note: { length: 64, pattern: /^[A-Za-z0-9-]*$/ },
  },
  CreateInstancePost: {
    ...byTheHour,
    InstanceName: { length: 64, pattern: /^[A-Za-z][A-Za-z0-9-]*$/ },
    PublicNetworkMonthly: inThrees,
    KafkaVersion: oneOf("0.10.2", "1.1.1", "2.4.1", "2.4.2", "2.8.1"),
  },
  CreateInstancePre: {
    ...bought,
    InstanceName: length(128),
    Period: { pattern: /^([1-9]|[12]\d|3[0-6])m$/ },
    MsgRetentionTime: within(1, minutes(90)),
    RenewFlag: oneOf(0, 1, 2),
    KafkaVersion: oneOf("2.4.1", "2.4.2", "2.8.1", "3.2.3"),
    SpecificationsType: oneOf("standard", "profession", "premium"),
    BandWidth: within(20, 100_000),
    DiskSize: step(100),
    Partition: step(100),
    PublicNetworkMonthly: inThrees,
    AutoVoucher: flag,
    StoreQuantityType: flag,
  },
  CreateMetaAndDataSyncDatahubTask: { ...renaming, OffsetType: offsetType },
  CreateMetaDataAndOffsetSyncDatahubTask: { ...renaming, OffsetType: oneOf("earliest", "latest") },
  CreateMetaSyncDatahubTask: sync,
  CreatePartition: { PartitionNum: from(1) },
  CreatePostPaidInstance: {
    ...byTheHour,
    InstanceName: length(128),
    KafkaVersion: oneOf("2.4.1", "2.4.2", "2.8.1", "3.2.3"),
    DiskSize: step(100),
    Partition: step(100),
    TopicNum: step(100),
    // As the action that it replaces says of it.
    PublicNetworkMonthly: inThrees,
    StoreQuantityType: flag,
  },
  CreateRoute: { Ip: ip, VipType: oneOf(1, 3, 7), AccessType: oneOf(0, 1, 3, 4, 5), PublicNetwork: inThrees },
  CreateThrottleRule: { ThrottleType: oneOf(1, 2, 3) },
  CreateTopic: {
    ...topicConfig,
    TopicName: { pattern: /^[A-Za-z0-9._-]+$/ },
    PartitionNum: from(1),
    CleanUpPolicy: oneOf("delete", "compact", "compact, delete"),
  },
  CreateTopicIpWhiteList: { IpWhiteList: { ...ip, items: 512 } },
  DeleteTopicIpWhiteList: { IpWhiteList: ip },
  DeleteAcl: { ...acl, ResourceName: { empty: true } },
  DescribeACL: { ResourceType: acl.ResourceType as Rule, Limit: upTo(50) },
  DescribeAclRule: { PatternType: oneOf("PREFIXED", "PRESET") },
  DescribeAppInfo: { Limit: upTo(50) },
  DescribeConsumerGroup: { Limit: upTo(50) },
  DescribeDatahubGroupOffsets: { Limit: upTo(50) },
  DescribeDatahubTasks: { TaskType: oneOf("SOURCE", "SINK") },
  DescribeDatahubTopics: { Limit: within(1, 100) },
  DescribeGroup: { "Filters.Name": oneOf("GroupState"), "Filters.Values": oneOf("Empty", "Stable") },
  DescribeGroupOffsets: { Limit: upTo(50) },
  DescribeInstances: { Status: status, Limit: upTo(100) },
  DescribeInstancesDetail: {
    Status: status,
    Limit: upTo(20),
    "Filters.Name": oneOf("Ip", "VpcId", "SubNetId", "InstanceType", "InstanceId"),
    "Filters.Values": { items: 10 },
  },
  DescribeRegion: { Business: oneOf("ckafka", "cmq") },
  DescribeThrottleRules: { Limit: upTo(200), ThrottleDimension: oneOf(1, 2) },
  DescribeTopic: { Limit: upTo(50) },
  DescribeTopicDetail: {
    Limit: from(1),
    OrderBy: oneOf("PartitionNum", "CreateTime"),
    OrderType: flag,
    "Filters.Name": oneOf("ReplicaNum"),
  },
  DescribeTopicFlowRanking: { BrokerIp: ip, RankingType: oneOf("PRO", "CON") },
  DescribeTopicSyncReplica: { Limit: from(1) },
  DescribeTypeInstances: { Status: status, Limit: upTo(100) },
  FetchLatestDatahubMessageList: { MessageCount: within(1, 100) },
  FetchMessageListByOffset: { SinglePartitionRecordNumber: upTo(20) },
  // 13 digits.
  FetchMessageListByTimestamp: { StartTime: within(1e12, 1e13 - 1), SinglePartitionRecordNumber: within(1, 20) },
  InquireCkafkaPrice: {
    InstanceType: oneOf("standards2", "standard", "profession", "premium"),
    InstanceNum: from(1),
    Partition: step(100, 40_000),
    CategoryAction: oneOf("purchase", "renew"),
    BillType: oneOf("sv_ckafka_instance_s2_1", "sv_ckafka_instance_s2_2", "sv_ckafka_instance_s2_3"),
  },
  InstanceScalingDown: { UpgradeStrategy: oneOf(1, 2), DiskSize: step(100, 500_000), Partition: step(100, 40_000) },
  ModifyAclRule: { IsApplied: flag },
  ModifyConnectResource: { Type: oneOf(...connected, "CTSDB") },
  ModifyDatahubTopic: { RetentionMs: from(MINUTE), Note: length(64) },
  ModifyGroupOffsets: { Strategy: oneOf(0, 1, 2) },
  ModifyInstanceAttributes: {
    MsgRetentionTime: within(1, minutes(90)),
    PublicNetwork: within(3, 999),
    // Both ends are excluded.
    MaxMessageByte: within(1025, 12 * 1024 ** 2 - 1),
    UncleanLeaderElectionEnable: flag,
    DeleteProtectionEnable: flag,
    TransactionalIdExpirationMs: within(60 * MINUTE, 7 * DAY),
  },
  // Its page rounds up to the next step.
  ModifyInstancePre: { DiskSize: upTo(500_000), Partition: upTo(40_000) },
  ModifyRoutineMaintenanceTask: {
    MaintenanceType: oneOf("QUOTA", "ANALYSIS", "RE_BALANCE", "ELASTIC_BANDWIDTH"),
    // Seconds after midnight.
    PlannedTime: within(0, 86_400),
    Status: flag,
  },
  ModifyTopicAttributes: { ...topicConfig, QuotaProducerByteRate: from(-1), QuotaConsumerByteRate: from(-1) },
  RenewCkafkaInstance: { TimeSpan: from(1) },
  SendMessage: { Message: { items: 500 } },
  UpgradeBrokerVersion: { Type: oneOf(1, 5) },
};

const insertMode = oneOf("INSERT", "UPSERT");
const ddl = oneOf("all", "dml");
const canal = oneOf("DEFAULT", "CANAL_1", "CANAL_2");
const elasticsearch: Rules = { EsType: oneOf("CLUSTER", "SERVERLESS"), Protocol: oneOf("http", "https") };

export const structures: Record<string, Rules> = {
  AclRuleInfo: {
    Operation: oneOf("All", "Read", "Write"),
    PermissionType: oneOf("Deny", "Allow"),
    Principal: principal,
  },
  AnalyseParam: { Format: oneOf("JSON", "DELIMITER", "REGULAR", "SOURCE") },
  BatchAnalyseParam: { Format: oneOf("ONE_BY_ONE", "MERGE") },
  BatchModifyTopicInfo: {
    PartitionNum: from(1),
    ReplicaNum: within(1, 3),
    CleanUpPolicy: oneOf("delete", "compact"),
    RetentionMs: retention,
    RetentionBytes: topicConfig.RetentionBytes as Rule,
    SegmentMs: within(DAY, 90 * DAY),
    MaxMessageBytes: messageBytes,
    LogMsgTimestampType: timestampType,
  },
  ClickHouseParam: { Type: oneOf("emr", "cdwch", "") },
  // Without a placeholder of strptime it is no format of a time.
  CosParam: { FormatOutputType: oneOf("csv", "json"), DirectoryTimeFormat: { pattern: /^$|%[A-Za-z%]/ } },
  DatahubResource: {
    Type: oneOf(
      ...["KAFKA", "EB_ES", "EB_COS", "EB_CLS", "EB_", "MONGODB", "HTTP", "TDW", "ES", "CLICKHOUSE", "DTS", "CLS"],
      ...["COS", "TOPIC", "MYSQL", "MQTT", "MYSQL_DATA", "DORIS", "POSTGRESQL", "TDSQL_C_POSTGRESQL"],
      ...["TDSQL_POSTGRESQL", "WAREHOUSE_POSTGRESQL", "TDSQL_C_MYSQL", "MARIADB", "SQLSERVER", "CTSDB", "SCF"],
      // Named where their parameters are.
      ...["EB", "ICEBERG"],
    ),
  },
  DynamicDiskConfig: { Enable: flag, DiskQuotaPercentage: within(0, 100) },
  DynamicRetentionTime: { Enable: flag, DiskQuotaPercentage: within(0, 100) },
  EsConnectParam: elasticsearch,
  EsModifyConnectParam: elasticsearch,
  EsParam: {
    IndexType: oneOf("STRING", "JSONPATH"),
    RecordMappingMode: oneOf("EXIST_MAPPING", "NEW_MAPPING"),
    Protocol: oneOf("http", "https"),
  },
  EventBusParam: { Type: oneOf("COS", "ES", "CLS") },
  FailureParam: { Type: oneOf("DLQ", "IGNORE_ERROR", "DROP"), DlqType: oneOf("CKAFKA", "TOPIC") },
  FilterMapParam: {
    MatchMode: oneOf("PREFIX", "SUFFIX", "CONTAINS", "EXCEPT", "NUMBER", "IP"),
    Type: oneOf("REGULAR"),
  },
  IcebergConnectParam: {
    AuthType: oneOf("NONE", "KERBEROS"),
    CatalogType: oneOf("HIVE"),
    ServiceVip: { pattern: new RegExp(`^${IP}(;${IP})*$`, "i") },
    KeyTabContent: base64,
    KRB5ConfContent: base64,
  },
  IpWhitelistDTO: { CidrBlock: range },
  KVParam: { KeepOriginalKey: oneOf("true", "false") },
  IcebergParam: { SchemeType: oneOf("JSON"), UpsertMode: oneOf("Off", "off", "UPSERT", "CDC") },
  InquiryDiskParam: { DiskType: oneOf("SSD", "CLOUD_SSD", "CLOUD_PREMIUM", "CLOUD_BASIC") },
  InquiryPublicNetworkParam: {
    PublicNetworkChargeType: oneOf("BANDWIDTH_PREPAID", "BANDWIDTH_POSTPAID_BY_HOUR"),
    PublicNetworkMonthly: inThrees,
  },
  InstanceChargeParam: { InstanceChargeType: oneOf("PREPAID", "POSTPAID_BY_HOUR") },
  KafkaConnectParam: { NetworkType: oneOf("PUBLIC", "VPC") },
  KafkaParam: {
    OffsetType: offsetType,
    CompressionType: oneOf("none", "open"),
    ConnectorSyncType: oneOf("META_SYNC_INSTANCE_TYPE", "META_AND_DATA_SYNC_INSTANCE_TYPE", "DATA_SYNC_TYPE", ""),
  },
  MapParam: { Type: oneOf("DEFAULT", "DATE", "CUSTOMIZE", "MAPPING") },
  MariaDBParam: {
    SnapshotMode: oneOf("schema_only", "initial"),
    OutputFormat: canal,
    IncludeContentChanges: ddl,
  },
  MongoDBParam: {
    ListeningEvent: {
      pattern: /^((insert|update|replace|delete|invalidate|drop|dropdatabase|rename)(,(?!$)|$))*$/,
    },
  },
  MySQLParam: {
    SnapshotMode: oneOf("schema_only", "initial"),
    DataSourceMonitorMode: oneOf("TABLE", "QUERY"),
    DataSourceIncrementMode: oneOf("TIMESTAMP", "INCREMENT"),
    DataSourceStartFrom: oneOf("HEAD", "TAIL"),
    DataTargetInsertMode: insertMode,
    OutputFormat: canal,
    IncludeContentChanges: ddl,
  },
  PostgreSQLParam: {
    PluginName: oneOf("decoderbufs", "pgoutput"),
    SnapshotMode: oneOf("never", "initial"),
    DataFormat: oneOf("JSON", "Debezium"),
    DataTargetInsertMode: insertMode,
  },
  RouteFilter: {
    Name: { ...oneOf("security-group-id"), code: "InvalidFilter" },
    Values: { items: 1 },
    Relation: oneOf("IN", "NOT_IN"),
  },
  RowParam: { RowContent: oneOf("KEY_VALUE", "VALUE") },
  SMTParam: {
    Operate: oneOf("DATE", "CUSTOMIZE", "MAPPING", "JSONPATH"),
    SchemeType: oneOf("ORIGINAL", "STRING", "INT64", "FLOAT64", "BOOLEAN", "MAP", "ARRAY"),
  },
  SQLServerParam: { SnapshotMode: oneOf("schema_only", "initial") },
  TopicParam: { OffsetType: offsetType, CompressionType: oneOf("none", "gzip", "snappy", "lz4") },
  TransformParam: {
    AnalysisFormat: oneOf("JSON", "DELIMITER", "REGULAR"),
    SourceType: oneOf("TOPIC", "CUSTOMIZE"),
  },
  TransformsParam: { OutputFormat: oneOf("JSON", "ROW") },
  ValueParam: {
    Type: oneOf(
      ...["REPLACE", "SUBSTR", "DATE", "TRIM", "REGEX_REPLACE", "URL_DECODE", "LOWERCASE"],
      ...["SPLIT", "KV", "JSON_PATH_REPLACE"],
    ),
  },
};
