// The databases, search engines and lakes that data tasks read from and write to.
import { z } from "zod/v3";
import { failure } from "./datahub.topics.ts";
import { list, need, shape, text, whole, words, yes } from "./fields.ts";

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
/** Tables are named together with their database or schema where there are several, and in a pattern. */
function tables({ Table, IsTableRegular, IsTablePrefix }: Record<string, unknown>, issues: z.RefinementCtx) {
  if (typeof Table !== "string" || Table === "*") return;
  const wrong = (message: string) => issues.addIssue({ code: "custom", path: ["Table"], message });
  if (IsTableRegular) {
    if (!Table.includes("\\.")) wrong("must be a pattern like db\\.table, with IsTableRegular");
  } else if (!IsTablePrefix && Table.includes(",") && !Table.split(",").every((name) => /.\../.test(name)))
    wrong("must name each of several tables like db.table");
}

const dropCls = shape({
  DropInvalidMessageToCls: yes("Send them to CLS."),
  DropClsRegion: words("Region."),
  DropClsOwneruin: words("Account."),
  DropClsTopicId: words("Log topic."),
  DropClsLogSet: words("Logset."),
})
  .describe("Send invalid messages to a log service; overrides DropInvalidMessage.")
  .optional();

const events = ["insert", "update", "replace", "delete", "invalidate", "drop", "dropdatabase", "rename"];
export const mongoDb = shape({
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
    .refine(
      (given) => given === "" || given.split(",").every((event) => events.includes(event)),
      `must be of ${events.join(", ")}, joined by commas alone`,
    )
    .describe(`Events joined by commas, default all: ${events.join(", ")}.`)
    .optional(),
  ReadPreference: words("Which node to read; default primary."),
  Pipeline: words("Aggregation pipeline."),
  SelfBuilt,
});

export const es = shape({
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

export const clickHouse = shape({
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
function upsert(given: Record<string, unknown>, issues: z.RefinementCtx) {
  if (given.DataTargetInsertMode === "UPSERT")
    need(given, issues, "with DataTargetInsertMode UPSERT", "DataTargetPrimaryKeyField");
}

export const mySql = shape({
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
}).superRefine((given, issues) => {
  tables(given, issues);
  upsert(given, issues);
  const { DataSourceMonitorMode: mode } = given;
  if (mode) need(given, issues, `with DataSourceMonitorMode ${mode}`, "DataSourceMonitorResource");
});

export const postgreSql = shape({
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
}).superRefine((given, issues) => {
  tables(given, issues);
  upsert(given, issues);
});

export const mariaDb = shape({
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
}).superRefine(tables);

export const sqlServer = shape({
  Database: text("Database."),
  Table,
  Resource: Connection,
  SnapshotMode: copies("schema_only"),
}).superRefine(tables);

export const iceberg = shape({
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
