// Parameters of data tasks and elastic topics.
import { z } from "zod/v3";
import { integer, list, Tags, TopicName, text } from "../fields.ts";

export const TaskId = text("\nId of the data task, like task-1a2b3c4d; DescribeDatahubTasks lists them.");
export const TaskType = z
  .enum(["SOURCE", "SINK"])
  .describe("SOURCE into Kafka, SINK out.\nWhich way the task moves messages.");
export const Description = z.string().describe("\nRemark on the task, for people.");
export const Name = text("\nName of the elastic topic, like 1250000000-orders; DescribeDatahubTopics lists them.");
export const RetentionMs = integer(
  "\nHow long messages are kept before they are deleted, in ms; at least 60000 (1 minute).",
).min(60_000);

// Tasks that keep one instance like another. Both ends are connections.
const end = (which: string) =>
  text(`Connection.\nId of the connection to the ${which}, like resource-1a2b3c4d.`).regex(
    /^resource-/,
    "must be the id of a connection, like resource-test",
  );
export const sync = {
  TaskName: text("\nName of the new task, at most 64 characters.").max(64),
  SourceResourceId: end("instance that is copied"),
  TargetResourceId: end("instance that becomes like it"),
  Description: Description.max(128).optional(),
  Tags: Tags.optional(),
};
export const startOf = "\nWhere copying starts: earliest at the oldest message, latest at the newest";
export const chosen = {
  TopicRegularExpression: text(
    "Topics by pattern.\nRegular expression on the names of the topics to copy; .* is all. This or TopicList is needed.",
  ).optional(),
  TopicList: list(TopicName, "Or by name.\nNames of the topics to copy.").optional(),
  Prefix: text("\nWhat is put before the names of the topics at the target.").optional(),
  Separator: z.enum([".", "-", "_"]).describe("\nCharacter between Prefix and the topic's name: ., - or _").optional(),
};
export const oneChoice = (input: { TopicRegularExpression?: string | undefined; TopicList?: string[] | undefined }) => {
  const given = Number(input.TopicRegularExpression !== undefined) + Number(input.TopicList !== undefined);
  if (given === 1) return undefined;
  return `choose topics by TopicRegularExpression or by TopicList${given === 0 ? "; .* is all topics" : ", not both"}`;
};
