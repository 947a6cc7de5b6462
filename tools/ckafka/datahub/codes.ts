// What the numbers and short texts of data tasks and elastic topics stand for.
import { codes } from "../../../src/model/field.ts";

export const TaskStatus = codes({
  [-1]: "creation failed",
  0: "creating",
  1: "running",
  2: "being deleted",
  3: "deleted",
  4: "deletion failed",
  5: "pausing",
  6: "paused",
  7: "pausing failed",
  8: "resuming",
  9: "resuming failed",
});
export const TaskType = codes({ SOURCE: "into Kafka", SINK: "out of Kafka" });
export const IsolateStatus = codes({ 1: "normal", 2: "isolated" });
export const ElasticStatus = codes({ 1: "in use", 2: "being deleted" });

/** What an end of a task is. */
export const EndType = codes({
  KAFKA: "KAFKA",
  TOPIC: "elastic topic",
  HTTP: "HTTP",
  EB: "event bus",
  EB_ES: "Elasticsearch by the event bus",
  EB_COS: "object storage by the event bus",
  EB_CLS: "log service by the event bus",
  EB_: "event bus, not told to where",
  MYSQL: "MYSQL",
  MYSQL_DATA: "data of MySQL",
  TDSQL_C_MYSQL: "TDSQL-C for MySQL",
  POSTGRESQL: "POSTGRESQL",
  TDSQL_C_POSTGRESQL: "TDSQL-C for PostgreSQL",
  TDSQL_POSTGRESQL: "TDSQL for PostgreSQL",
  WAREHOUSE_POSTGRESQL: "PostgreSQL warehouse",
  MARIADB: "MARIADB",
  SQLSERVER: "SQLSERVER",
  MONGODB: "MONGODB",
  ES: "ES",
  CLICKHOUSE: "CLICKHOUSE",
  DORIS: "DORIS",
  CTSDB: "time series database",
  ICEBERG: "ICEBERG",
  DTS: "data transmission service",
  MQTT: "MQTT",
  CLS: "log service",
  COS: "object storage",
  SCF: "cloud function",
  TDW: "data warehouse",
});
export const EventBusType = codes({ COS: "object storage", ES: "Elasticsearch", CLS: "log service" });

/** Where reading starts. */
export const Start = codes({ earliest: "earliest", latest: "latest", timestamp: "from a time" });
export const PlainStart = codes({ earliest: "earliest", latest: "latest" });
export const Separator = codes({ ".": ".", "-": "-", _: "_" });
export const Sync = codes({
  "": "no sync task",
  META_SYNC_INSTANCE_TYPE: "topics with their settings",
  META_AND_DATA_SYNC_INSTANCE_TYPE: "topics with settings and all messages",
  DATA_SYNC_TYPE: "messages of chosen topics",
});
export const Switched = codes({ none: "off", open: "on" });
export const Compression = codes({ none: "off", gzip: "gzip", snappy: "snappy", lz4: "lz4" });
export const FailureType = codes({ DLQ: "dead letter queue", IGNORE_ERROR: "kept", DROP: "dropped" });
export const QueueType = codes({ CKAFKA: "topic of an instance", TOPIC: "elastic topic" });

export const OutputFormat = codes({ DEFAULT: "DEFAULT", CANAL_1: "Canal, first form", CANAL_2: "Canal, second form" });
export const Contents = codes({ all: "tables and rows", dml: "rows only" });
export const snapshot = <N extends string>(none: N) =>
  codes({ [none]: "only what is new", initial: "existing rows first" } as Record<N | "initial", string>);
export const IndexType = codes({ STRING: "the name itself", JSONPATH: "a place in the message" });
export const MappingMode = codes({ EXIST_MAPPING: "of an existing index", NEW_MAPPING: "of a new index" });
export const DataFormat = codes({ JSON: "JSON", Debezium: "Debezium" });
export const SourceFormat = codes({ Debezium: "Debezium", Canal: "Canal" });
export const ClickHouseType = codes({ emr: "of EMR", cdwch: "of the data warehouse CDW", "": "self-built" });
export const InsertMode = codes({ INSERT: "rows are added", UPSERT: "rows with the same key are overwritten" });
export const MonitorMode = codes({ TABLE: "a table", QUERY: "what a query finds" });
export const IncrementMode = codes({ TIMESTAMP: "a column of times", INCREMENT: "a column that counts up" });
export const StartFrom = codes({ HEAD: "existing rows first", TAIL: "only new rows" });
export const Plugin = codes({ decoderbufs: "decoderbufs", pgoutput: "pgoutput" });
export const SchemeType = codes({ JSON: "JSON" });
export const UpsertMode = codes({
  Off: "rows are added",
  off: "rows are added",
  UPSERT: "rows with the same key are overwritten",
  CDC: "rows are overwritten and deleted",
});
export const FileFormat = codes({ csv: "csv", json: "json" });

// Of transforms.
export const MatchMode = codes({
  PREFIX: "begins with it",
  SUFFIX: "ends with it",
  CONTAINS: "contains it",
  EXCEPT: "is anything but it",
  NUMBER: "by number",
  IP: "by IP address",
});
export const FilterType = codes({ REGULAR: "REGULAR" });
export const MappingType = codes({
  DEFAULT: "as parsed",
  DATE: "the time now",
  CUSTOMIZE: "a value of your own",
  MAPPING: "another field",
});
export const AnalysisFormat = codes({ JSON: "JSON", DELIMITER: "by a delimiter", REGULAR: "by a regular expression" });
export const StepFormat = codes({
  JSON: "JSON",
  DELIMITER: "by a delimiter",
  REGULAR: "by a regular expression",
  SOURCE: "all that the step before made",
});
export const SampleType = codes({ TOPIC: "from the source", CUSTOMIZE: "made up" });
export const OperationType = codes({
  REPLACE: "replace text",
  SUBSTR: "cut out a part",
  DATE: "convert a time",
  TRIM: "take spaces off both ends",
  REGEX_REPLACE: "replace by pattern",
  SPLIT: "split into several",
  KV: "parse pairs",
  JSON_PATH_REPLACE: "replace by JSONPath",
  URL_DECODE: "undo URL encoding",
  LOWERCASE: "lower case",
});
export const KeepKey = codes({ true: "kept", false: "not kept" });
export const Operate = codes({
  DATE: "the time now",
  CUSTOMIZE: "a value of your own",
  MAPPING: "another field",
  JSONPATH: "a place in the message",
});
export const ValueType = codes({
  ORIGINAL: "as it was",
  STRING: "text",
  INT64: "integer",
  FLOAT64: "number",
  BOOLEAN: "BOOLEAN",
  MAP: "MAP",
  ARRAY: "ARRAY",
});
export const RowFormat = codes({ JSON: "JSON", ROW: "lines" });
export const RowContent = codes({ KEY_VALUE: "keys and values", VALUE: "values alone" });
export const BatchFormat = codes({ ONE_BY_ONE: "each by itself", MERGE: "together" });
