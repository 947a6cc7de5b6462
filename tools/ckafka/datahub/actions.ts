// Data tasks, which move messages into and out of topics, and elastic topics, which belong to no instance.
import { z } from "zod/v3";
import { abridge } from "../../../src/model/abridge.ts";
import { domain } from "../../../src/model/action.ts";
import { foreignOf, secret } from "../../../src/model/field.ts";
import { type Line, say } from "../../../src/model/line.ts";
import {
  acknowledged,
  Group,
  groupOffsets,
  integer,
  limit,
  num,
  Offset,
  Partition,
  returned,
  SearchWord,
  shape,
  str,
  Tags,
  tags,
  text,
  yes,
} from "../fields.ts";
import { MessageOffset, record } from "../message/actions.ts";
import { chosen, Description, Name, oneChoice, RetentionMs, startOf, sync, TaskId, TaskType } from "./fields.ts";
import { complete, matched, misplaced, type Resource, resource } from "./models.ts";
import { transform, transforms, written } from "./transforms.ts";

// The list of tools shows the types and, in words, what each wants; DescribeAction shows the rest.
const SourceResource = abridge(
  resource.describe(
    "Each Type has its own parameter: KafkaParam {SelfBuilt, Resource: instance, Topic, OffsetType: earliest|latest}; TopicParam {Resource: elastic topic}; HTTP none; MySQLParam {Database, Table, Resource: connection}. See DescribeAction.\nWhere the task reads.",
  ),
  "Type",
).superRefine(complete);
const TargetResource = abridge(
  resource.describe(
    "Alike: EsParam {Resource: connection, Index}; CosParam {BucketName, Region}; ClsParam {Resource: log topic}; ScfParam {FunctionName}.\nWhere the task writes, in the same structure as SourceResource.",
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

const taskId = z.object({ TaskId: str, DatahubId: str.nullable() });
const created = z.object({ TaskId: str, DatahubId: str });
const task = {
  TaskId: str,
  TaskName: str,
  TaskType: str,
  Status: num.describe(
    "-1 create failed, 0 creating, 1 running, 2 deleting, 3 deleted, 4 delete failed, 5 pausing, 6 paused, 7 pause failed, 8 resuming, 9 resume failed.",
  ),
  SourceResource: returned(resource),
  TargetResource: returned(resource),
  CreateTime: str,
  ErrorMessage: str,
  DatahubId: str,
  Description: str.nullable(),
  TaskMax: num.nullable(),
  SyncThrottleLimit: num.nullable(),
  AutoExpandFlag: z.boolean().nullable(),
  WarnMessage: str.nullable(),
};
const topic = {
  Name: str,
  TopicName: str,
  TopicId: str,
  PartitionNum: num,
  RetentionMs: num,
  Note: str,
  Status: num.describe("1 in use, 2 deleting."),
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
const syncs = (...ends: (Resource | undefined)[]) =>
  ends.some((end) => end?.KafkaParam?.ConnectorSyncType?.startsWith("META_"));

export const datahub = domain({
  DescribeDatahubTasks: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List data tasks with state, source and target.",
    input: shape({
      // The cloud takes more than 100 for 100.
      Limit: limit(20).describe("\nHow many entries to return; default 20. More than 100 counts as 100.").optional(),
      Offset: Offset.optional(),
      SearchWord: SearchWord.optional(),
      TargetType: text("Like ES.\nOnly tasks that write to this type of system, a Type of TargetResource.").optional(),
      TaskType: TaskType.describe(
        "\nOnly tasks that move messages into Kafka (SOURCE) or out of it (SINK).",
      ).optional(),
      SourceType: text(
        "Like KAFKA.\nOnly tasks that read from this type of system, a Type of SourceResource.",
      ).optional(),
      Resource: text("\nOnly tasks that use this resource, by its id.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: num,
        TaskList: z.array(
          z.object({ ...task, TaskProgress: num, TaskCurrentStep: str, StepList: z.array(str).nullable() }),
        ),
      }),
    }),
  },
  DescribeDatahubTask: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a task. Status: 0 creating, 1 running, 6 paused; -1, 4, 7, 9 failed.",
    input: shape({ TaskId }),
    output: z.object({
      Result: z.object({
        ...task,
        Connections: z.array(z.object({ TopicName: str, GroupId: str, TopicId: str })),
        // They hold sample messages, raw and processed.
        TransformParam: foreignOf(returned(transform), "How messages are changed on their way.").nullable(),
        SchemaId: str,
        SchemaName: str,
        TransformsParam: foreignOf(returned(transforms), "How messages are changed on their way.").nullable(),
        Tags: tags,
        IsolateStatus: num.nullable(),
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
    input: shape({
      TaskName: text(
        "Letters, digits, -._\nName of the new task; it begins with a letter and has at most 64 characters.",
      ).regex(
        /^[A-Za-z][A-Za-z0-9._-]{0,63}$/,
        "must begin with a letter and hold only letters, digits, - . and _, up to 64 characters",
      ),
      TaskType,
      SourceResource: SourceResource.optional(),
      TargetResource: TargetResource.optional(),
      TransformParam: TransformParam.optional(),
      SchemaId: text("\nId of the schema that is bound to the task.").optional(),
      TransformsParam: TransformsParam.optional(),
      TaskId: text("\nId of the task, like task-1a2b3c4d; it can be left out.").optional(),
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
    input: shape(sync),
    output: z.object({ Result: created.nullable() }),
  },
  CreateMetaAndDataSyncDatahubTask: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Keep copying topics with messages.",
    subject: "TaskName",
    loses: ({ Prefix }) =>
      Prefix === undefined
        ? say`settings of topics with the same name on the target are overwritten and messages mixed into them`
        : undefined,
    input: shape({
      ...sync,
      OffsetType: z
        .enum(["earliest", "latest", "timestamp"])
        .describe(`${startOf}, timestamp at a point in time.`)
        .optional(),
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
      OffsetType: z.enum(["earliest", "latest"]).describe(`${startOf}.`).optional(),
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
      TaskName: text("\nNew name of the task, for people.").optional(),
      Description: Description.optional(),
      TasksMax: integer("\nHow many workers may run the task at the same time.").optional(),
      SyncThrottleLimit: integer("MB/s.\nHow fast the task may move data at most.").optional(),
      AutoExpandFlag: yes("\nWhether the task is enlarged by itself (true) or by hand (false)."),
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
      SearchWord: text("\nOnly topics with this text in their name or id.").optional(),
      Offset: Offset.optional(),
      Limit: limit(20, 100).optional(),
      QueryFromConnectResource: yes(
        "From ConnectResourceId.\nWhether to list the topics of a connection and not elastic topics; default false.",
      ),
      ConnectResourceId: text("\nId of the connection whose topics are listed, like resource-1a2b3c4d.").optional(),
      TopicRegularExpression: text("\nOnly topics whose name fits this regular expression, like .*").optional(),
    }),
    output: z.object({ Result: z.object({ TotalCount: num, TopicList: z.array(z.object(topic)) }) }),
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
      Group,
      SearchWord: text("\nOnly topics with this text in their name.").optional(),
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
      Offset: MessageOffset.describe(
        "\nNumber, within the partition, of the first message to read; left out, the latest are read.",
      ).optional(),
      MessageCount: integer("\nHow many messages to read at most: 1 to 100.").min(1).max(100).optional(),
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
      Name: text(
        "AppId-name: letters, digits, -.\nName of the new topic, which begins with the AppId, the number of the account; at most 128 characters.",
      )
        .max(128)
        .regex(/^\d+-[A-Za-z0-9-]*$/, "must be the account's AppId, -, and letters, digits and -"),
      PartitionNum: integer("\nInto how many partitions the topic is split: 1 to 500.").min(1).max(500),
      RetentionMs,
      Note: z
        .string()
        .max(64)
        .regex(/^[A-Za-z0-9-]*$/, "may hold only letters, digits and -")
        .describe("Letters, digits, -.\nRemark on the topic, for people; at most 64 characters.")
        .optional(),
      Tags: Tags.optional(),
    }),
    output: z.object({ Result: z.object({ TopicName: str, TopicId: str }) }),
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
      Note: z.string().max(64).describe("\nRemark on the topic, for people; at most 64 characters.").optional(),
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
