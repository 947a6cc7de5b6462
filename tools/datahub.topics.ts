// The Kafka ends of data tasks: topics of instances, elastic topics, dead letter queues.
import { z } from "zod/v3";
import { integer, list, need, seconds, shape, text, whole, words, yes } from "./fields.ts";

const start = {
  OffsetType: z
    .enum(["earliest", "latest", "timestamp"])
    .describe("Where to start: oldest, newest, or StartTime.")
    .optional(),
  StartTime: seconds("Epoch seconds, for OffsetType timestamp.").optional(),
};
type Given = Record<string, unknown>;
function startTime(given: Given, issues: z.RefinementCtx) {
  if (given.OffsetType === "timestamp") need(given, issues, "with OffsetType timestamp (epoch seconds)", "StartTime");
}

const MsgMultiple = integer("Write each message this many times; CKafka to CKafka only.").min(1).optional();

export const kafka = shape({
  SelfBuilt: z.boolean().describe("Self-built, not a CKafka instance."),
  Resource: text("Instance; for whole-instance sync a connection."),
  Topic: words("Topic; several joined by commas."),
  ...start,
  ResourceName: words("Instance name."),
  ZoneId: whole("Zone."),
  TopicId: words("Topic id."),
  PartitionNum: whole("Partitions of the topic."),
  EnableToleration: yes("Use a dead letter queue."),
  QpsLimit: z.number().int().min(0).describe("Messages per second at most.").optional(),
  TableMappings: list(
    shape({
      Database: text("Database."),
      Table: text("Tables, joined by commas."),
      Topic: text("Topic."),
      TopicId: text("Topic id."),
    }),
    "Which table goes to which topic.",
  ).optional(),
  UseTableMapping: yes("Spread over several topics by TableMappings; default false."),
  UseAutoCreateTopic: yes("Create the target topic (named in Topic); SOURCE tasks only."),
  CompressionType: z.enum(["none", "open"]).describe("Compress what is written: open; default none.").optional(),
  MsgMultiple,
  ConnectorSyncType: z
    .enum(["", "META_SYNC_INSTANCE_TYPE", "META_AND_DATA_SYNC_INSTANCE_TYPE", "DATA_SYNC_TYPE"])
    .describe("Sync tasks: topic settings of an instance, these and all messages, or messages of chosen topics.")
    .optional(),
  KeepPartition: yes("Keep partition numbers; the target needs as many. Default false."),
  TopicRegularExpression: words("Topics by pattern."),
  Prefix: words("Put before topic names."),
  Separator: words("Between Prefix and name."),
  TopicList: z.array(text("Topic.")).describe("Topics by name.").optional(),
}).superRefine((given, issues) => {
  startTime(given, issues);
  if (given.UseTableMapping) need(given, issues, "with UseTableMapping", "TableMappings");
  else if (given.UseAutoCreateTopic) need(given, issues, "with UseAutoCreateTopic", "Topic");
});

export const elasticTopic = shape({
  Resource: text("Elastic topic name."),
  ...start,
  TopicId: words("Topic id."),
  CompressionType: z.enum(["none", "gzip", "snappy", "lz4"]).describe("Compress what is written.").optional(),
  UseAutoCreateTopic: yes("Create the target topic; SOURCE tasks only."),
  MsgMultiple,
}).superRefine(startTime);

/** What becomes of messages that cannot be processed. */
export const failure = shape({
  Type: z.enum(["DLQ", "IGNORE_ERROR", "DROP"]).describe("DLQ to a dead letter queue, IGNORE_ERROR keep, DROP drop."),
  KafkaParam: kafka.describe("Dead letter queue on an instance.").optional(),
  RetryInterval: z.number().int().min(0).describe("Time between attempts.").optional(),
  MaxRetryAttempts: z.number().int().min(0).describe("Attempts.").optional(),
  TopicParam: elasticTopic.describe("Dead letter queue on an elastic topic.").optional(),
  DlqType: z.enum(["CKAFKA", "TOPIC"]).describe("Which of the two.").optional(),
});
