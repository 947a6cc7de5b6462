// The databases, search engines and lakes that data tasks read from and write to.
import { z } from "zod/v3";
import { flag, meant, quantity, text } from "../../../src/model/field.ts";
import { EsProtocol } from "../connect/codes.ts";
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
import { list, need, shape } from "../fields.ts";
import * as code from "./codes.ts";
import { failure } from "./topics.ts";

const Database = text("Name of the database to read or write.");
const JsonKey = word("Name of the field in the message.");
const KeyColumns = word(
  "Fields that make the message key, like db1.table1:field1,field2;db2.table2:field3; default the primary key.",
);
const RecordWithSchema = choice(
  { true: "with the schema", false: "without the schema" },
  "Whether each message carries the schema of its structure.",
).optional();
const OutputFormat = code.OutputFormat.field(
  "Format of change messages: DEFAULT, or CANAL_1 or CANAL_2, those of Canal.",
).optional();
const IncludeContentChanges = code.Contents.field(
  "all: changes of tables (DDL) and of rows; dml: of rows only.",
).optional();
const IncludeQuery = choice(
  { true: "with the statement", false: "without the statement" },
  "Whether messages carry the SQL statement; MySQL's binlog_rows_query_log_events must be ON.",
).optional();
const DropInvalidMessage = maybe("Whether messages that cannot be parsed are dropped; default true.");
const copies = <N extends "schema_only" | "never">(none: N) =>
  code.snapshot(none).field(`${none}: only changes from now on; initial (default): existing rows first.`).optional();
const Table = text('Tables to read: "*" is all, or several like db.table,db.table.');
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
  DropInvalidMessageToCls: maybe("Whether they are sent there; DropInvalidMessage then has no effect."),
  DropClsRegion: word("Region of the log topic, like ap-guangzhou."),
  DropClsOwneruin: word("Number (UIN) of the account that owns the log topic."),
  DropClsTopicId: word("Id of the log topic that they are sent to."),
  DropClsLogSet: word("Id of the logset that the log topic is in."),
})
  .describe("Sends messages that cannot be parsed to the log service CLS, in place of DropInvalidMessage.")
  .optional();

const events = ["insert", "update", "replace", "delete", "invalidate", "drop", "dropdatabase", "rename"];
export const mongoDb = shape({
  Database,
  Collection: text("Name of the collection of documents to read."),
  CopyExisting: flag("Whether documents that are there already are read first; usually true."),
  Resource: Connection,
  Ip: Ip.optional(),
  Port: Port.optional(),
  UserName: UserName.optional(),
  Password: Password.optional(),
  ListeningEvent: meant<string, string>(
    z
      .string()
      .refine(
        (given) => given === "" || given.split(",").every((event) => events.includes(event)),
        `must be of ${events.join(", ")}, joined by commas alone`,
      ),
    { is: "plain" },
    `Which changes are read, joined by commas, default all: ${events.join(", ")}.`,
  ).optional(),
  ReadPreference: word("Which node of the database is read; default the primary."),
  Pipeline: word("MongoDB aggregation pipeline that what is read goes through."),
  SelfBuilt: SelfBuilt.optional(),
});

export const es = shape({
  Resource: Connection,
  Port: Port.optional(),
  UserName: UserName.optional(),
  Password: Password.optional(),
  SelfBuilt: SelfBuilt.optional(),
  ServiceVip: ServiceVip.optional(),
  UniqVpcId: UniqVpcId.optional(),
  DropInvalidMessage: maybe("Whether messages that cannot be parsed are dropped."),
  Index: word("Index to write to: its name, or with IndexType JSONPATH where the name stands."),
  DateFormat: word("Date that is put after the index's name, like yyyy-MM-dd."),
  ContentKey: word("Field that holds messages that are not JSON."),
  DropInvalidJsonMessage: maybe("Whether messages that are not JSON are dropped."),
  DocumentIdField: word("Message field whose value is the document's id, like $.payload.name."),
  IndexType: code.IndexType.field(
    "What Index is: STRING (default), the name itself, or JSONPATH, where in the message it stands.",
  ).optional(),
  DropCls: dropCls,
  DatabasePrimaryKey: word(
    "Primary key of the table, if a database's binlog is to be applied to documents, deletions too.",
  ),
  DropDlq: failure.describe("Dead letter queue: where messages go that cannot be written.").optional(),
  RecordMappingList: z
    .array(shape({ ColumnName: word("Name of the field in the index."), JsonKey }))
    .describe("Which message field goes to which index field; default the one of the same name.")
    .optional(),
  DateField: word("Message field that becomes @timestamp; default the message's own time."),
  RecordMappingMode: code.MappingMode.field(
    "Whether the mapping is that of an existing index (EXIST_MAPPING) or of a new one (NEW_MAPPING).",
  ).optional(),
  Protocol: EsProtocol.field("Protocol of a cluster: http (default), or https, encrypted.").optional(),
  SourceDataFormat: code.SourceFormat.field(
    "Format in which DTS or the like wrote the messages: that of Debezium or of Canal.",
  ).optional(),
});

export const clickHouse = shape({
  Cluster: text("Name of the ClickHouse cluster."),
  Database,
  Table: text("Name of the table to write to."),
  Schema: list(
    shape({
      ColumnName: text("Name of the column in the table."),
      JsonKey: text("Name of the field in the message."),
      Type: text("Type of the column, like String."),
      AllowNull: flag("Whether the column may be null."),
    }),
    "The table's columns, each with the message field that it holds.",
  ),
  Resource: Connection,
  Ip: Ip.optional(),
  Port: Port.optional(),
  UserName: UserName.optional(),
  Password: Password.optional(),
  ServiceVip: ServiceVip.optional(),
  UniqVpcId: UniqVpcId.optional(),
  SelfBuilt: SelfBuilt.optional(),
  DropInvalidMessage,
  Type: code.ClickHouseType.field(
    "Kind of ClickHouse: emr (of EMR), cdwch (of the data warehouse CDW), or empty for self-built.",
  ).optional(),
  DropCls: dropCls,
  BatchSize: quantity("messages", "How many messages are written at once; default 1000.").optional(),
  ConsumerFetchMinBytes: quantity(
    "B",
    "How many bytes of messages are awaited before they are written; default 1 MB.",
  ).optional(),
  ConsumerFetchMaxWaitMs: quantity("ms", "How long those bytes are awaited at most.").optional(),
});

const recordMapping = z
  .array(
    shape({
      JsonKey,
      Type: word("Type of the value, like Integer."),
      AllowNull: maybe("Whether the value may be null."),
      ColumnName: word("Name of the column that it goes to."),
      ExtraInfo: word("Further properties of the column, like AUTO_INCREMENT."),
      ColumnSize: word("Size of the column, like 32."),
      DecimalDigits: word("Precision of the column, in digits."),
      AutoIncrement: maybe("Whether the column counts up by itself."),
      DefaultValue: word("Default value of the column."),
    }),
  )
  .describe("Which message field goes to which column of the table.")
  .optional();
const insertion = {
  DataTargetInsertMode: code.InsertMode.field(
    "How rows are written: INSERT adds them, UPSERT overwrites those with the same key.",
  ).optional(),
  DataTargetPrimaryKeyField: word("Primary key by which UPSERT, which needs it, finds rows."),
  DataTargetRecordMapping: recordMapping,
};
function upsert(given: Record<string, unknown>, issues: z.RefinementCtx) {
  if (given.DataTargetInsertMode === "UPSERT")
    need(given, issues, "with DataTargetInsertMode UPSERT", "DataTargetPrimaryKeyField");
}

export const mySql = shape({
  Database: text('Name of the database; "*" is all of them.'),
  Table: text('Tables: "*" is all, or several like db.table,db.table; as a pattern db\\\\.table.'),
  Resource: Connection,
  SnapshotMode: copies("schema_only"),
  DdlTopic: word("Topic that gets the changes of tables (DDL); default none.", {
    is: "name",
    of: "topic",
    form: "one",
  }),
  DataSourceMonitorMode: code.MonitorMode.field(
    "What is read: a TABLE, or what a QUERY finds; DataSourceMonitorResource says which.",
  ).optional(),
  DataSourceMonitorResource: word("The table or the SQL query to read, as DataSourceMonitorMode says."),
  DataSourceIncrementMode: code.IncrementMode.field(
    "By what kind of column new rows are known: TIMESTAMP, a time, or INCREMENT, an id that counts up.",
  ).optional(),
  DataSourceIncrementColumn: word("Name of the column by which new rows are known."),
  DataSourceStartFrom: code.StartFrom.field(
    "HEAD reads the existing rows and then new ones, TAIL only new ones.",
  ).optional(),
  ...insertion,
  TopicRegex: word("Regular expression that routes events to topics; default (.*)."),
  TopicReplacement: word("Topic that TopicRegex routes to, in which $1, $2 are its groups."),
  KeyColumns,
  DropInvalidMessage,
  DropCls: dropCls,
  OutputFormat,
  IsTablePrefix: choice(
    { true: "Table is a prefix", false: "Table is a name" },
    "Whether Table is the beginning of the names of the tables.",
  ).optional(),
  IncludeContentChanges,
  IncludeQuery,
  RecordWithSchema,
  SignalDatabase: word("Name of the database that the signal table is in."),
  IsTableRegular: maybe("Whether Table is a regular expression; goes before IsTablePrefix."),
  SignalTable: word("Name of the signal table, through which the reading is controlled."),
  DateTimeZone: word("Time zone by which datetime columns become timestamps, like UTC+8."),
  SelfBuilt: SelfBuilt.optional(),
}).superRefine((given, issues) => {
  tables(given, issues);
  upsert(given, issues);
  const { DataSourceMonitorMode: mode } = given;
  if (mode) need(given, issues, `with DataSourceMonitorMode ${mode}`, "DataSourceMonitorResource");
});

export const postgreSql = shape({
  Database,
  Table: text('Tables: "*" is all, or several like schema.table,schema.table; as a pattern schema\\\\.table.'),
  Resource: Connection,
  PluginName: code.Plugin.field(
    "Plug-in by which PostgreSQL hands out changes: decoderbufs, the usual one, or pgoutput.",
  ),
  SnapshotMode: copies("never"),
  DataFormat: code.DataFormat.field(
    "Format of the messages, JSON or Debezium; needed where fields match columns by name.",
  ).optional(),
  ...insertion,
  DropInvalidMessage,
  IsTableRegular: maybe("Whether Table is a regular expression on the names of tables."),
  KeyColumns,
  RecordWithSchema,
}).superRefine((given, issues) => {
  tables(given, issues);
  upsert(given, issues);
});

export const mariaDb = shape({
  Database: text('Name of the database; "*" is all of them.'),
  Table,
  Resource: Connection,
  SnapshotMode: copies("schema_only"),
  KeyColumns,
  IsTablePrefix: choice(
    { true: "Table is a prefix", false: "Table is a name" },
    "Whether Table is the beginning of the names of the tables.",
  ).optional(),
  OutputFormat,
  IncludeContentChanges,
  IncludeQuery,
  RecordWithSchema,
}).superRefine(tables);

export const sqlServer = shape({
  Database,
  Table,
  Resource: Connection,
  SnapshotMode: copies("schema_only"),
}).superRefine(tables);

export const iceberg = shape({
  Resource: word("Id of the connection to the EMR instance, which runs Iceberg.", {
    is: "name",
    of: ByPrefix,
    form: "one",
  }),
  Database: word("Name of the database to write to, a namespace in the Hive catalog; always needed."),
  TableName: word("Name of the table to write to."),
  SchemeType: code.SchemeType.field("Format of the messages; only JSON.").optional(),
  EnableFieldExtension: choice(
    { true: "columns are added", false: "columns stay" },
    "Whether fields that the table lacks are added as columns.",
  ).optional(),
  UpsertMode: code.UpsertMode.field(
    "How rows are written: Off (default, also off) adds them, UPSERT overwrites those with the same key, CDC deletes some as well.",
  ).optional(),
  PrimaryKeys: word("Primary key fields, joined by commas; UPSERT and CDC need them."),
}).superRefine((given, issues) => {
  need(given, issues, "always", "Database");
  if (given.UpsertMode === "UPSERT" || given.UpsertMode === "CDC")
    need(given, issues, `with UpsertMode ${given.UpsertMode}`, "PrimaryKeys");
});
