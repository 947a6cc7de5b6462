// The Kafka ends of data tasks: topics of instances, elastic topics, dead letter queues.
import { z } from "zod/v3";
import { type Field, flag, integer, meant, name, quantity, text, time } from "../../../src/model/field.ts";
import { choice, maybe, word } from "../connect/fields.ts";
import { list, need, shape } from "../fields.ts";
import { Compression, FailureType, QueueType, Start, Switched, Sync } from "./codes.ts";

const start = {
  OffsetType: Start.field(
    "Where reading starts: at the earliest message, at the latest, or (timestamp) at StartTime.",
  ).optional(),
  StartTime: time("s", "Time at which reading starts, epoch s or ISO 8601; OffsetType timestamp needs it.").optional(),
};
const TopicId = word("Id of the topic, beside its name.");
type Given = Record<string, unknown>;
function startTime(given: Given, issues: z.RefinementCtx) {
  if (given.OffsetType === "timestamp") need(given, issues, "with OffsetType timestamp (epoch seconds)", "StartTime");
}

const MsgMultiple = integer("How many times each message is written; from CKafka to CKafka only.", {
  min: 1,
}).optional();

export const kafka = shape({
  SelfBuilt: flag("Whether you run the cluster yourself (true) or it is a CKafka instance (false)."),
  Resource: name(
    { byPrefix: { "resource-": "connection" }, otherwise: "instance" },
    "Id of the CKafka instance; to sync a whole instance, of a connection.",
  ),
  Topic: word("Name of the topic; several are joined by commas.", { is: "name", of: "topic", form: "commas" }),
  ...start,
  ResourceName: word("Name of the instance, beside its id."),
  ZoneId: integer("Number of the availability zone that the instance is in.").optional(),
  TopicId: TopicId,
  PartitionNum: quantity("partitions", "How many partitions the topic has.").optional(),
  EnableToleration: maybe("Whether messages that fail go to a dead letter queue."),
  QpsLimit: quantity("queries/s", "How much is moved at most: messages per second.", { min: 0 }).optional(),
  TableMappings: list(
    shape({
      Database: text("Name of the database that is read."),
      Table: text("Names of the tables, joined by commas."),
      Topic: name("topic", "Name of the topic that their changes go to."),
      TopicId: TopicId.unwrap(),
    }),
    "Which table goes to which topic; UseTableMapping needs it.",
  ).optional(),
  UseTableMapping: maybe("Whether tables go to several topics, by TableMappings; default false."),
  UseAutoCreateTopic: maybe("Whether the target topic, named in Topic, is created; only in SOURCE tasks."),
  CompressionType: Switched.field("Whether what is written to the topic is compressed: open yes, none no.").optional(),
  MsgMultiple,
  ConnectorSyncType: Sync.field(
    "For sync tasks, otherwise empty. META_SYNC_… copies the topic settings of an instance, META_AND_DATA_SYNC_… all messages too, DATA_SYNC_TYPE the messages of chosen topics, which the target must have.",
  ).optional(),
  KeepPartition: choice(
    { true: "same partition as in the source", false: "any partition" },
    "For sync tasks: whether messages keep their partition; the target needs as many. Default false.",
  ).optional(),
  TopicRegularExpression: word("Chooses topics by a regular expression on their names.", {
    is: "name",
    of: "topic",
    form: "pattern",
  }),
  Prefix: word("What is put before the names of the topics at the target.", {
    is: "name",
    of: "topic",
    form: "prefix",
  }),
  Separator: word("What stands between Prefix and the topic's name."),
  TopicList: (
    meant(
      z.array(z.string().min(1)),
      { is: "name", of: "topic", form: "list" },
      "Chooses topics by their names.",
    ) as Field<string[]>
  ).optional(),
}).superRefine((given, issues) => {
  startTime(given, issues);
  if (given.UseTableMapping) need(given, issues, "with UseTableMapping", "TableMappings");
  else if (given.UseAutoCreateTopic) need(given, issues, "with UseAutoCreateTopic", "Topic");
});

export const elasticTopic = shape({
  Resource: name("topic", "Name of the elastic topic; DescribeDatahubTopics lists them.", { form: "elastic" }),
  ...start,
  TopicId: TopicId,
  CompressionType: Compression.field(
    "How what is written is compressed: not at all (none) or by gzip, snappy or lz4.",
  ).optional(),
  UseAutoCreateTopic: maybe("Whether the target topic is created; only in SOURCE tasks."),
  MsgMultiple,
}).superRefine(startTime);

/** What becomes of messages that cannot be processed. */
export const failure = shape({
  Type: FailureType.field(
    "What is done: DLQ puts them in a dead letter queue, IGNORE_ERROR keeps them, DROP drops them.",
  ),
  KafkaParam: kafka.describe("Dead letter queue that is a topic of an instance.").optional(),
  RetryInterval: integer("How long is waited between two attempts.", { min: 0 }).optional(),
  MaxRetryAttempts: integer("How often a message is tried again.", { min: 0 }).optional(),
  TopicParam: elasticTopic.describe("Dead letter queue that is an elastic topic.").optional(),
  DlqType: QueueType.field(
    "Which dead letter queue it is: CKAFKA, on an instance, or TOPIC, an elastic topic.",
  ).optional(),
});
