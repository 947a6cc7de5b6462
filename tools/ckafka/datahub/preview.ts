// What a person sees before a data task or an elastic topic is changed.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { numberOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { count, someOf } from "../previews/lines.ts";
import type { datahub } from "./actions.ts";

type Read = Reader<Actions>;
const states: Record<number, string> = {
  [-1]: "create failed",
  0: "creating",
  1: "running",
  2: "deleting",
  3: "deleted",
  4: "delete failed",
  5: "pausing",
  6: "paused",
  7: "pause failed",
  8: "resuming",
  9: "resume failed",
};

const [RUNNING, PAUSED] = [1, 6];

/** Where one end of a task is, in a few words: what it names, whatever its type. */
function place(end: object | undefined | null): string {
  if (!end) return "(not given)";
  const { Type, ...parts } = end as { Type?: string };
  const names = ["Resource", "Topic", "TopicList", "TopicRegularExpression", "Database", "Collection", "Table"];
  const more = ["TableName", "Index", "BucketName", "FunctionName", "Topics", "CtsdbMetric"];
  const found = Object.values(parts as Record<string, unknown>).flatMap((part) =>
    typeof part === "object" && part !== null
      ? [...names, ...more].flatMap((name) => (part as Record<string, unknown>)[name] ?? [])
      : [],
  );
  return `${Type || "?"}${found.length > 0 ? ` ${found.join(" ")}` : ""}`;
}

async function task(read: Read, TaskId: string) {
  const { Result } = await read("DescribeDatahubTask", { TaskId });
  const lines = [
    `Task ${Result.TaskName}: ${place(Result.SourceResource)} → ${place(Result.TargetResource)}, ${states[Result.Status] ?? `status ${Result.Status}`}.`,
  ];
  // A healthy task reports that it is running.
  if (!["", "RUNNING", "运行中"].includes(Result.ErrorMessage ?? "")) lines.push(`It reports: ${Result.ErrorMessage}.`);
  return { ...Result, lines };
}

/** How far a task is behind in each topic that it reads. */
async function lags(read: Read, { SourceResource, Connections }: Awaited<ReturnType<typeof task>>): Promise<string[]> {
  const InstanceId = SourceResource.KafkaParam?.Resource;
  const Name = SourceResource.TopicParam?.Resource ?? undefined;
  const lines: string[] = [];
  for (const { TopicName, GroupId } of Connections) {
    // A connection stands for an instance whose offsets cannot be read by its id.
    if (Name === undefined && !InstanceId?.startsWith("ckafka-")) continue;
    const { Result } =
      Name === undefined
        ? await read("DescribeGroupOffsets", { InstanceId: InstanceId as string, Group: GroupId, Topics: [TopicName] })
        : await read("DescribeDatahubGroupOffsets", { Name, Group: GroupId });
    const lag = Result.TopicList.flatMap((t) => t.Partitions).reduce((sum, p) => sum + numberOf(p.Lag), 0);
    lines.push(`${count(lag, "message")} of ${TopicName} not moved yet (group ${GroupId}).`);
  }
  return lines;
}

async function endpoint(read: Read, ResourceId: string, role: string): Promise<string> {
  const { Result } = await read("DescribeConnectResource", { ResourceId });
  const { Resource, BrokerAddress, Region } = Result.KafkaConnectParam ?? {};
  const where = [Resource, BrokerAddress, Region].filter(Boolean).join(", ");
  return `${role}: ${Result.ResourceName} (${Result.Type}${where ? ` ${where}` : ""}).`;
}
interface Sync {
  TaskName: string;
  SourceResourceId: string;
  TargetResourceId: string;
  TopicRegularExpression?: string | undefined;
  TopicList?: string[] | undefined;
  Prefix?: string | undefined;
  Separator?: string | undefined;
  OffsetType?: string | undefined;
}
async function sync(read: Read, input: Sync, what: string): Promise<string[]> {
  const { TopicList, TopicRegularExpression, Prefix, Separator, OffsetType } = input;
  const chosen = TopicList?.join(", ") ?? (TopicRegularExpression ? `those matching ${TopicRegularExpression}` : "all");
  const names = Prefix ? `, named ${Prefix}${Separator ?? ""}… on the target` : ", under the same names";
  return [
    await endpoint(read, input.SourceResourceId, "From"),
    await endpoint(read, input.TargetResourceId, "To"),
    `Copies ${what}. Topics: ${chosen}${names}.`,
    ...(OffsetType ? [`Starts at: ${OffsetType}.`] : []),
    "Goes on until it is paused or deleted. The price is not known.",
  ];
}

/** What an elastic topic holds. */
async function contents(read: Read, Name: string) {
  const { Result } = await read("DescribeDatahubTopic", { Name });
  let newest: number | undefined;
  let last = 0;
  const looked = Math.min(Result.PartitionNum, 5);
  for (let Partition = 0; Partition < looked; Partition += 1) {
    const { Result: found } = await read("FetchLatestDatahubMessageList", { Name, Partition, MessageCount: 1 });
    const message = found[0];
    if (!message) continue;
    newest = Math.max(newest ?? 0, numberOf(message.Offset) + 1);
    last = Math.max(last, Number(message.Timestamp as unknown));
  }
  const partitions = count(Result.PartitionNum, "partition");
  const where = looked < Result.PartitionNum ? ` in its first ${looked}` : "";
  return {
    ...Result,
    lines: [
      newest === undefined
        ? `Elastic topic ${Name} (${partitions}): no messages found${where}.`
        : `Elastic topic ${Name} (${partitions}): last written ${new Date(last).toISOString()}, up to offset ${newest}${where}.`,
    ],
  };
}

export const datahubPreviews: Previews<typeof datahub, Actions> = {
  CreateDatahubTask: async ({ TaskName, TaskType, SourceResource, TargetResource, ...rest }) => {
    const { OffsetType } = SourceResource?.KafkaParam ?? SourceResource?.TopicParam ?? {};
    const { UseAutoCreateTopic } = TargetResource?.KafkaParam ?? TargetResource?.TopicParam ?? {};
    return [
      `Adds ${TaskType} task ${TaskName}: ${place(SourceResource)} → ${place(TargetResource)}.`,
      ...(UseAutoCreateTopic ? ["Creates the target topic where it does not exist."] : []),
      ...(OffsetType ? [`Starts at: ${OffsetType}.`] : []),
      ...(rest.TransformParam || rest.TransformsParam ? ["Messages are processed on their way."] : []),
      "Goes on until it is paused or deleted. The price is not known.",
    ];
  },
  CreateMetaSyncDatahubTask: async (input, read) => sync(read, input, "topics and their settings"),
  CreateMetaAndDataSyncDatahubTask: async (input, read) => sync(read, input, "topics, settings and messages"),
  CreateMetaDataAndOffsetSyncDatahubTask: async (input, read) =>
    sync(read, input, "topics, settings, messages and offsets of consumer groups"),
  ModifyDatahubTask: async ({ TaskId, TasksMax, ...change }, read) => {
    const found = await task(read, TaskId);
    const before = found as unknown as Record<string, unknown>;
    const lines = Object.entries({ ...change, TaskMax: TasksMax })
      .map(([name, to]) => [name, JSON.stringify(before[name] ?? null), JSON.stringify(to)])
      .filter(([, from, to]) => to !== undefined && from !== to)
      .map(([name, from, to]) => `${name}: ${from} → ${to}`);
    return [...found.lines, ...someOf(lines, TaskId)];
  },
  PauseDatahubTask: async ({ TaskId }, read) => {
    const found = await task(read, TaskId);
    if (found.Status === PAUSED) throw new Refusal(`task ${TaskId} is paused already`);
    const stops = found.SourceResource.Type === "HTTP" ? [`Access point ${found.DatahubId} refuses messages.`] : [];
    return [...found.lines, ...(await lags(read, found)), ...stops];
  },
  ResumeDatahubTask: async ({ TaskId }, read) => {
    const found = await task(read, TaskId);
    if (found.Status === RUNNING) throw new Refusal(`task ${TaskId} is running already`);
    return [...found.lines, ...(await lags(read, found))];
  },
  RestartDatahubTask: async ({ TaskId }, read) => {
    const found = await task(read, TaskId);
    return [...found.lines, ...(await lags(read, found))];
  },
  DeleteDatahubTask: async ({ TaskId }, read) => {
    const found = await task(read, TaskId);
    const closes = found.SourceResource.Type === "HTTP" ? [`Access point ${found.DatahubId} is closed.`] : [];
    return [...found.lines, ...(await lags(read, found)), ...closes];
  },
  CreateDatahubTopic: async ({ Name, PartitionNum, RetentionMs }) => [
    `Adds elastic topic ${Name}: ${count(PartitionNum, "partition")}, retention ${RetentionMs} ms.`,
    "It is sold on its own; the price is not known.",
  ],
  ModifyDatahubTopic: async ({ Name, RetentionMs, Note, Tags }, read) => {
    const found = await contents(read, Name);
    return [
      ...found.lines,
      found.RetentionMs === RetentionMs
        ? `RetentionMs stays ${RetentionMs}.`
        : `RetentionMs: ${found.RetentionMs} → ${RetentionMs}${RetentionMs < found.RetentionMs ? ": older messages are deleted" : ""}.`,
      ...(Note !== undefined && Note !== found.Note
        ? [`Note: ${JSON.stringify(found.Note)} → ${JSON.stringify(Note)}`]
        : []),
      ...(Tags ? [`Tags are set to ${Tags.map((t) => `${t.TagKey}=${t.TagValue}`).join(", ")}.`] : []),
    ];
  },
  DeleteDatahubTopic: async ({ Name }, read) => {
    const found = await contents(read, Name);
    const { Result } = await read("DescribeDatahubTasks", { Resource: Name, Limit: 100 });
    const users = Result.TaskList.map((t) => t.TaskName).join(", ");
    if (users) throw new Refusal(`elastic topic ${Name} is used by task ${users}, which has to be deleted first`);
    return [...found.lines, "No task uses it."];
  },
};
