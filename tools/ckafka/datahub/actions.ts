// Data tasks, which move messages into and out of topics, and elastic topics, which belong to no instance.
import { z } from "zod/v3";
import { abridge } from "../../../src/model/abridge.ts";
import { domain } from "../../../src/model/action.ts";
import {
  type Field,
  flag,
  foreignOf,
  integer,
  meant,
  measure,
  name,
  quantity,
  secret,
  text,
  time,
  total,
} from "../../../src/model/field.ts";
import type { Named } from "../../../src/model/leaves.ts";
import { type Line, say } from "../../../src/model/line.ts";
import { ByPrefix, choice, ErrorMessage, remark } from "../connect/fields.ts";
import {
  acknowledged,
  groupOffsets,
  limit,
  Offset,
  Partition,
  returned,
  SearchWord,
  shape,
  str,
  Tags,
  tags,
} from "../fields.ts";
import { record } from "../message/actions.ts";
import { ElasticStatus, IsolateStatus, PlainStart, Start, TaskStatus, TaskType as TaskTypes } from "./codes.ts";
import {
  chosen,
  Description,
  MessageOffset,
  Name,
  oneChoice,
  RetentionMs,
  remarkOf,
  sync,
  TaskId,
  TaskType,
} from "./fields.ts";
import { complete, matched, misplaced, type Resource, resource } from "./models.ts";
import { transform, transforms, written } from "./transforms.ts";

// The list of tools shows the types and, in words, what each wants; DescribeAction shows the rest.
const SourceResource = abridge(
  resource.describe(
    "KAFKA: KafkaParam{SelfBuilt,Resource:instance,Topic,OffsetType:earliest|latest}; TOPIC: TopicParam{Resource}; HTTP: none; MYSQL: MySQLParam{Database,Table,Resource:connection}. See DescribeAction.\nWhere the task reads: the type of system, and beside it that type's own parameter.",
  ),
  "Type",
).superRefine(complete);
const TargetResource = abridge(
  resource.describe(
    "Alike: EsParam{Resource:connection,Index}; CosParam{BucketName,Region}; ClsParam{Resource:log-topic}; ScfParam{FunctionName}.\nWhere the task writes, in the same structure as SourceResource.",
  ),
  "Type",
)
  .superRefine(complete)
  .superRefine(matched);
const TransformParam = abridge(
  transform.describe("Older TransformsParam.\nHow messages are processed on their way, in one pass."),
  "AnalysisFormat",
);
const TransformsParam = abridge(
  transforms.describe("Parse, change, filter.\nHow messages are processed on their way, step by step."),
  "Content",
).superRefine(written);

const taskId = z.object({ TaskId, DatahubId: str.nullable() });
const created = z.object({ TaskId, DatahubId: str });
const grows = { true: "grows by itself", false: "is grown by hand" };
const task = {
  TaskId,
  TaskName: str,
  TaskType: TaskTypes.open("Which way the task moves messages."),
  Status: TaskStatus.open("What the task is doing."),
  SourceResource: returned(resource),
  TargetResource: returned(resource),
  CreateTime: time("Beijing", "When the task was created."),
  ErrorMessage,
  DatahubId: str,
  Description: remark("Somebody's remark on the task.").nullable(),
  TaskMax: integer("How many workers may run it at the same time.").nullable(),
  SyncThrottleLimit: quantity("MB/s", "How fast the task may move data at most.").nullable(),
  AutoExpandFlag: choice(grows, "Whether the task is enlarged by itself.").nullable(),
  WarnMessage: remark("What the cloud warns of.").nullable(),
};
const topic = {
  Name: name("topic", "The elastic topic's full name, which begins with the AppId.", { form: "elastic" }),
  TopicName: name("topic", "The elastic topic's full name.", { form: "elastic" }),
  TopicId: str,
  PartitionNum: quantity("partitions", "Into how many partitions it is split."),
  RetentionMs: quantity("ms", "How long messages are kept."),
  Note: remark("Somebody's remark on the topic."),
  Status: ElasticStatus.open("Whether it can be used."),
};

/** What is overwritten where a task writes. */
function overwrites({ MySQLParam, PostgreSQLParam, IcebergParam, EsParam }: Resource): Line | undefined {
  if (IcebergParam?.UpsertMode === "CDC") return say`rows of the target table are overwritten and deleted`;
  const upserts = [MySQLParam?.DataTargetInsertMode, PostgreSQLParam?.DataTargetInsertMode, IcebergParam?.UpsertMode];
  if (upserts.includes("UPSERT")) return say`rows with the same key in the target table are overwritten`;
  if (EsParam?.DatabasePrimaryKey) return say`documents in the target index are overwritten and deleted`;
  return EsParam?.DocumentIdField ? say`documents with the same id in the target index are overwritten` : undefined;
}
/** Whether instances are synced. Which end says so, the reference leaves open. */
export const syncs = (...ends: (Resource | undefined)[]) =>
  ends.some((end) => end?.KafkaParam?.ConnectorSyncType?.startsWith("META_"));
/** Nothing chosen is all there is. */
const ALL_TOPICS: readonly Named[] = [{ kind: "topic", name: "", covers: "all" }];
const chooses = (end: Resource | undefined) =>
  Boolean(end?.KafkaParam?.Topic ?? end?.KafkaParam?.TopicList ?? end?.KafkaParam?.TopicRegularExpression);
export const GAINS: Line = say`whoever reads the target, which is no instance of the cloud, gets the messages of the source`;
export const EXPIRES: Line = say`what expires in the source while the task is paused is never moved`;
export const MIXED: Line = say`settings of topics with the same name on the target are overwritten and messages mixed into them`;

export const datahub = domain({
  DescribeDatahubTasks: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List data tasks with state, source and target.",
    input: shape({
      // The cloud takes more than 100 for 100.
      Limit: limit(20, undefined, " More than 100 counts as 100.").optional(),
      Offset: Offset.optional(),
      SearchWord: SearchWord.optional(),
      TargetType: text("Only tasks that write to this type of system, a Type of TargetResource.", {
        brief: "Like ES",
      }).optional(),
      TaskType: TaskTypes.field("Only tasks that move messages this way: into Kafka or out of it.").optional(),
      SourceType: text("Only tasks that read from this type of system, a Type of SourceResource.", {
        brief: "Like KAFKA",
      }).optional(),
      Resource: name(ByPrefix, "Only tasks that use this instance or connection, by its id.", {
        brief: "Instance or connection id",
      }).optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: total("TaskList"),
        TaskList: z.array(
          z.object({
            ...task,
            TaskProgress: measure("%", "How far its creation has got."),
            TaskCurrentStep: str,
            StepList: z.array(str).nullable(),
          }),
        ),
      }),
    }),
  },
  DescribeDatahubTask: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a task with its ends, state and errors.",
    input: shape({ TaskId }),
    output: z.object({
      Result: z.object({
        ...task,
        Connections: z.array(
          z.object({
            TopicName: name("topic", "A topic that the task reads."),
            GroupId: name("group", "The consumer group with which it reads."),
            TopicId: str,
          }),
        ),
        // They hold sample messages, raw and processed.
        TransformParam: foreignOf(returned(transform), "How messages are changed on their way.").nullable(),
        SchemaId: str,
        SchemaName: str,
        TransformsParam: foreignOf(returned(transforms), "How messages are changed on their way.").nullable(),
        Tags: tags,
        IsolateStatus: IsolateStatus.open("Whether the task is cut off, like what is not paid for.").nullable(),
      }),
    }),
  },
  CreateDatahubTask: {
    effect: "write",
    // Tasks can be isolated, a state of what is paid for; the reference names no price.
    bills: true,
    perSecond: 20,
    about: "Create a task that moves messages.",
    subject: "TaskName",
    loses: ({ SourceResource, TargetResource }) =>
      syncs(SourceResource, TargetResource)
        ? say`settings of topics with the same name on the target are overwritten`
        : TargetResource && overwrites(TargetResource),
    opens: ({ TargetResource }) => (TargetResource?.KafkaParam?.SelfBuilt ? GAINS : undefined),
    touches: ({ SourceResource, TargetResource }) =>
      syncs(SourceResource, TargetResource) && !chooses(SourceResource) && !chooses(TargetResource) ? ALL_TOPICS : [],
    input: shape({
      TaskName: meant<string, string>(
        z
          .string()
          .regex(
            /^[A-Za-z][A-Za-z0-9._-]{0,63}$/,
            "must begin with a letter and hold only letters, digits, - . and _, up to 64 characters",
          ),
        { is: "plain", brief: "Letters, digits, -._" },
        "Name of the new task; it begins with a letter and has at most 64 characters.",
      ),
      TaskType,
      SourceResource: SourceResource.optional(),
      TargetResource: TargetResource.optional(),
      TransformParam: TransformParam.optional(),
      SchemaId: text("Id of the schema that is bound to the task.").optional(),
      TransformsParam: TransformsParam.optional(),
      TaskId: name("task", "Id that the new task gets, like task-1a2b3c4d; it can be left out.").optional(),
      Tags: Tags.optional(),
      Description: Description.optional(),
    }),
    rule: ({ TaskType, SourceResource, TargetResource }) => misplaced(TaskType, [SourceResource, TargetResource]),
    output: z.object({ Result: created }),
  },
  CreateMetaSyncDatahubTask: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Keep another instance's topics alike.",
    loses: say`settings of like-named topics on the target`,
    subject: "TaskName",
    touches: () => ALL_TOPICS,
    input: shape(sync),
    output: z.object({ Result: created.nullable() }),
  },
  CreateMetaAndDataSyncDatahubTask: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Keep copying topics with messages.",
    subject: "TaskName",
    loses: ({ Prefix }) => (Prefix === undefined ? MIXED : undefined),
    input: shape({
      ...sync,
      OffsetType: Start.field("Where copying starts; no parameter gives the point in time.", {
        brief: "timestamp: no parameter gives the time",
      }).optional(),
      ...chosen,
    }),
    rule: oneChoice,
    output: z.object({ Result: created }),
  },
  CreateMetaDataAndOffsetSyncDatahubTask: {
    effect: "destroy",
    bills: true,
    perSecond: 20,
    about: "Keep copying topics with messages and group offsets.",
    loses: say`topic settings and group offsets on the target`,
    subject: "TaskName",
    input: shape({
      ...sync,
      OffsetType: PlainStart.field("Where copying starts in each topic.").optional(),
      ...chosen,
    }),
    rule: oneChoice,
    output: z.object({ Result: created.nullable() }),
  },
  ModifyDatahubTask: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Change a task's name or throughput.",
    subject: "TaskId",
    input: shape({
      TaskId,
      TaskName: text("New name of the task, for people who choose one.").optional(),
      Description: Description.optional(),
      TasksMax: integer("How many workers may run the task at the same time.", {
        brief: "Parallel workers",
      }).optional(),
      SyncThrottleLimit: quantity("MB/s", "How fast the task may move data at most.").optional(),
      AutoExpandFlag: (
        meant(
          z.boolean(),
          { is: "code", words: grows, brief: "true grows by itself" },
          "Whether the task is enlarged by itself (true) or by hand (false).",
        ) as Field<boolean>
      ).optional(),
    }),
    output: z.object({ Result: taskId }),
  },
  PauseDatahubTask: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Pause a task. What expires meanwhile is never moved.",
    subject: "TaskId",
    input: shape({ TaskId }),
    output: z.object({ Result: taskId.nullable() }),
  },
  ResumeDatahubTask: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Resume a paused task.",
    subject: "TaskId",
    input: shape({ TaskId }),
    output: z.object({ Result: taskId.nullable() }),
  },
  RestartDatahubTask: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Restart a failed task.",
    subject: "TaskId",
    input: shape({ TaskId }),
    output: z.object({ Result: taskId.nullable() }),
  },
  DeleteDatahubTask: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete a data task.",
    loses: say`the task's settings, place in the source and HTTP access point`,
    subject: "TaskId",
    input: shape({ TaskId }),
    output: z.object({ Result: taskId }),
  },
  DescribeDatahubTopics: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List elastic topics or a connection's.",
    input: shape({
      SearchWord: text("Only topics with this text in their name or id.").optional(),
      Offset: Offset.optional(),
      Limit: limit(20, 100).optional(),
      QueryFromConnectResource: flag(
        "Whether to list the topics of a connection and not elastic topics; default false.",
        { brief: "From ConnectResourceId" },
      ).optional(),
      ConnectResourceId: name(
        "connection",
        "Id of the connection whose topics are listed, like resource-1a2b3c4d.",
      ).optional(),
      TopicRegularExpression: text("Only topics whose name fits this regular expression, like .*").optional(),
    }),
    output: z.object({ Result: z.object({ TotalCount: total("TopicList"), TopicList: z.array(z.object(topic)) }) }),
  },
  DescribeDatahubTopic: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show an elastic topic.",
    input: shape({ Name }),
    output: z.object({
      Result: z.object({ ...topic, UserName: str, Password: secret("Password for the topic."), Address: str }),
    }),
  },
  DescribeDatahubGroupOffsets: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a group's lag on an elastic topic.",
    input: shape({
      Name,
      Group: name("group", "Name of the consumer group that reads the elastic topic, as its consumers give it."),
      SearchWord: text("Only topics with this text in their name.").optional(),
      Offset: Offset.optional(),
      Limit: limit(50, 50).optional(),
    }),
    output: groupOffsets,
  },
  FetchDatahubMessageByOffset: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Read an elastic topic's message.",
    input: shape({ Name, Partition, Offset: MessageOffset }),
    output: z.object({ Result: record }),
  },
  FetchLatestDatahubMessageList: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Read an elastic topic's messages, latest or from Offset.",
    input: shape({
      Name,
      Partition,
      Offset: quantity(
        "offsets",
        "Number, within the partition, of the first message to read; left out, the latest are read.",
        { min: 0, brief: "First message's offset; default latest" },
      ).optional(),
      MessageCount: quantity("messages", "How many messages to read at most: 1 to 100.", {
        min: 1,
        max: 100,
      }).optional(),
    }),
    output: z.object({ Result: z.array(record) }),
  },
  CreateDatahubTopic: {
    effect: "write",
    // Sold on its own, outside any instance.
    bills: true,
    perSecond: 20,
    about: "Create an elastic topic.",
    subject: "Name",
    input: shape({
      Name: meant<string, string>(
        z
          .string()
          .max(128)
          .regex(/^\d+-[A-Za-z0-9-]*$/, "must be the account's AppId, -, and letters, digits and -"),
        { is: "name", of: "topic", form: "elastic", brief: "AppId-name: letters, digits, -" },
        "Name of the new topic, which begins with the AppId, the number of the account; at most 128 characters.",
      ),
      PartitionNum: quantity("partitions", "Into how many partitions the topic is split: 1 to 500.", {
        min: 1,
        max: 500,
      }),
      RetentionMs,
      Note: (
        meant(
          z
            .string()
            .max(64)
            .regex(/^[A-Za-z0-9-]*$/, "may hold only letters, digits and -"),
          { is: "foreign", brief: "Letters, digits, -" },
          "Remark on the topic, for people; at most 64 characters.",
        ) as Field<string>
      ).optional(),
      Tags: Tags.optional(),
    }),
    output: z.object({ Result: z.object({ TopicName: topic.TopicName, TopicId: str }) }),
  },
  ModifyDatahubTopic: {
    // Retention is always among the arguments, which alone do not tell whether it becomes shorter.
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Change an elastic topic.",
    loses: say`messages older than the new retention, if it is shorter than before`,
    subject: "Name",
    input: shape({
      Name,
      RetentionMs,
      Note: remarkOf(64, "Remark on the topic, for people; at most 64 characters.").optional(),
      Tags: Tags.optional(),
    }),
    output: acknowledged,
  },
  DeleteDatahubTopic: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete an elastic topic.",
    loses: say`every message in the topic`,
    subject: "Name",
    input: shape({ Name }),
    output: acknowledged,
  },
});
