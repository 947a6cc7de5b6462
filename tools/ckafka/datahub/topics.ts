// The Kafka ends of data tasks: topics of instances, elastic topics, dead letter queues.
import { z } from "zod/v3";
import { integer, list, need, seconds, shape, text, whole, words, yes } from "../fields.ts";

const start = {
  OffsetType: z
    .enum(["earliest", "latest", "timestamp"])
    .describe("Where reading starts: at the earliest message, at the latest, or (timestamp) at StartTime.")
    .optional(),
  StartTime: seconds("Time at which reading starts, in Unix seconds; OffsetType timestamp needs it.").optional(),
};
const TopicId = words("Id of the topic, beside its name.");
type Given = Record<string, unknown>;
function startTime(given: Given, issues: z.RefinementCtx) {
  if (given.OffsetType === "timestamp") need(given, issues, "with OffsetType timestamp (epoch seconds)", "StartTime");
}

const MsgMultiple = integer("How many times each message is written; from CKafka to CKafka only.").min(1).optional();

export const kafka = shape({
  SelfBuilt: z.boolean().describe("Whether you run the cluster yourself (true) or it is a CKafka instance (false)."),
  Resource: text("Id of the CKafka instance; to sync a whole instance, of a connection."),
  Topic: words("Name of the topic; several are joined by commas."),
  ...start,
  ResourceName: words("Name of the instance, beside its id."),
  ZoneId: whole("Number of the availability zone that the instance is in."),
  TopicId: TopicId,
  PartitionNum: whole("How many partitions the topic has."),
  EnableToleration: yes("Whether messages that fail go to a dead letter queue."),
  QpsLimit: integer("How many messages per second are moved at most.").min(0).optional(),
  TableMappings: list(
    shape({
      Database: text("Name of the database."),
      Table: text("Names of tables, joined by commas."),
      Topic: text("Name of the topic that their changes go to."),
      TopicId: TopicId.unwrap(),
    }),
    "Which table goes to which topic; UseTableMapping needs it.",
  ).optional(),
  UseTableMapping: yes("Whether tables go to several topics, by TableMappings; default false."),
  UseAutoCreateTopic: yes("Whether the target topic, named in Topic, is created; only in SOURCE tasks."),
  CompressionType: z
    .enum(["none", "open"])
    .describe("Whether what is written to the topic is compressed: open yes, none no.")
    .optional(),
  MsgMultiple,
  ConnectorSyncType: z
    .enum(["", "META_SYNC_INSTANCE_TYPE", "META_AND_DATA_SYNC_INSTANCE_TYPE", "DATA_SYNC_TYPE"])
    .describe(
      "For sync tasks, otherwise empty. META_SYNC_… copies the topic settings of an instance, META_AND_DATA_SYNC_… all messages too, DATA_SYNC_TYPE the messages of chosen topics, which the target must have.",
    )
    .optional(),
  KeepPartition: yes("For sync tasks: whether messages keep their partition; the target needs as many. Default false."),
  TopicRegularExpression: words("Chooses topics by a regular expression on their names."),
  Prefix: words("What is put before the names of the topics at the target."),
  Separator: words("What stands between Prefix and the topic's name."),
  TopicList: z.array(text("Topic.")).describe("Chooses topics by their names.").optional(),
}).superRefine((given, issues) => {
  startTime(given, issues);
  if (given.UseTableMapping) need(given, issues, "with UseTableMapping", "TableMappings");
  else if (given.UseAutoCreateTopic) need(given, issues, "with UseAutoCreateTopic", "Topic");
});

export const elasticTopic = shape({
  Resource: text("Name of the elastic topic; DescribeDatahubTopics lists them."),
  ...start,
  TopicId: TopicId,
  CompressionType: z
    .enum(["none", "gzip", "snappy", "lz4"])
    .describe("How what is written is compressed: not at all (none) or by gzip, snappy or lz4.")
    .optional(),
  UseAutoCreateTopic: yes("Whether the target topic is created; only in SOURCE tasks."),
  MsgMultiple,
}).superRefine(startTime);

/** What becomes of messages that cannot be processed. */
export const failure = shape({
  Type: z
    .enum(["DLQ", "IGNORE_ERROR", "DROP"])
    .describe("DLQ puts them in a dead letter queue, IGNORE_ERROR keeps them, DROP drops them."),
  KafkaParam: kafka.describe("Dead letter queue that is a topic of an instance.").optional(),
  RetryInterval: integer("How long is waited between two attempts.").min(0).optional(),
  MaxRetryAttempts: integer("How often a message is tried again.").min(0).optional(),
  TopicParam: elasticTopic.describe("Dead letter queue that is an elastic topic.").optional(),
  DlqType: z
    .enum(["CKAFKA", "TOPIC"])
    .describe("Which dead letter queue it is: CKAFKA, on an instance, or TOPIC, an elastic topic.")
    .optional(),
});
