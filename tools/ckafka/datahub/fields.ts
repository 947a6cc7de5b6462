// Parameters of data tasks and elastic topics.
import { z } from "zod/v3";
import { type Field, meant, name, names, quantity } from "../../../src/model/field.ts";
import { Tags } from "../fields.ts";
import { Separator, TaskType as TaskTypes } from "./codes.ts";

export const TaskId = name("task", "Id of the data task, like task-1a2b3c4d; DescribeDatahubTasks lists them.");
export const TaskType = TaskTypes.field("Which way the task moves messages.", { brief: "SOURCE into Kafka, SINK out" });
/** A remark of whoever asks, for others. @param max characters */
export const remarkOf = (max: number | undefined, about: string, brief?: string): Field<string> =>
  meant(
    max === undefined ? z.string() : z.string().max(max),
    { is: "foreign", ...(brief === undefined ? {} : { brief }) },
    about,
  );
export const Description = remarkOf(undefined, "Remark on the task, for people who read it.");
export const Name = name(
  "topic",
  "Name of the elastic topic, like 1250000000-orders; DescribeDatahubTopics lists them.",
  {
    form: "elastic",
    brief: "AppId-name",
  },
);
export const RetentionMs = quantity("ms", "How long messages are kept before they are deleted; at least 60000.", {
  min: 60_000,
  brief: "ms, from 60000",
});
export const MessageOffset = quantity("offsets", "The message's number within its partition, which begins with 0.", {
  min: 0,
  brief: "Message's offset in the partition",
});

// Tasks that keep one instance like another. Both ends are connections.
const end = (which: string): Field<string> =>
  meant(
    z
      .string()
      .min(1)
      .regex(/^resource-/, "must be the id of a connection, like resource-test"),
    { is: "name", of: "connection", form: "one", brief: "Connection" },
    `Id of the connection to the ${which}, like resource-1a2b3c4d.`,
  );
export const sync = {
  TaskName: meant<string, string>(
    z.string().min(1).max(64),
    { is: "plain" },
    "Name of the new task, at most 64 characters.",
  ),
  SourceResourceId: end("instance that is copied"),
  TargetResourceId: end("instance that becomes like it"),
  Description: remarkOf(128, "Remark on the task, for people who read it.").optional(),
  Tags: Tags.optional(),
};
export const chosen = {
  TopicRegularExpression: name(
    "topic",
    "Regular expression on the names of the topics to copy; .* is all. This or TopicList is needed.",
    { form: "pattern", brief: "Topics by pattern" },
  ).optional(),
  TopicList: names("topic", "Names of the topics that are copied.", { brief: "Or by name" }).optional(),
  Prefix: name("topic", "What is put before the names of the topics at the target.", { form: "prefix" }).optional(),
  Separator: Separator.field("Character between Prefix and the topic's name: ., - or _").optional(),
};
export const oneChoice = (input: { TopicRegularExpression?: string | undefined; TopicList?: string[] | undefined }) => {
  const given = Number(input.TopicRegularExpression !== undefined) + Number(input.TopicList !== undefined);
  if (given === 1) return undefined;
  return `choose topics by TopicRegularExpression or by TopicList${given === 0 ? "; .* is all topics" : ", not both"}`;
};
