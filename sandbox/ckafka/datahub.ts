import type { Fakes } from "../../src/model/action.ts";
import type { datahub as models } from "../../tools/ckafka/datahub/actions.ts";
import type { SentResource as Resource } from "../../tools/ckafka/datahub/models.ts";
import { bounds, keepDeleted } from "../kafka/retention.ts";
import { complete } from "../reference/shape.ts";
import { Fault } from "../state/fault.ts";
import { type DataTask, type ElasticTopic, partitionOf, type Region, type Scope } from "../state/store.ts";
import { dateTime, done, matches, page, tagList, tagsOf } from "./answers.ts";
import { resourcesOf } from "./connect.ts";
import { DELAYS, elasticOf, hindrance, kafkaOf, matchesPattern, sourcesOf, taskGroup } from "./data/ends.ts";
import { addElastic, addSync, addTask, ask, elasticTopicOf, taskOf } from "./data/tasks.ts";
import { offsetsOn } from "./group.ts";
import { messageFrom, messagesFrom } from "./message.ts";

const STEPS = ["WAIT_CREATE_CONNECTOR", "WAIT_START_CONNECTOR"];
const ADDRESS = "dip.tencentcloudmq.com:6000";

/** Status as the reference numbers it: under way, done, failed. */
const STATUS = { create: [0, 1, -1], pause: [5, 6, 7], resume: [8, 1, 9] } as const;
function statusOf({ asked: { what, done, failure } }: DataTask): number {
  return STATUS[what][done ? (failure === null ? 1 : 2) : 0];
}
const statusNames: Record<number, string> = {
  [-1]: "not created: that failed",
  7: "running: pausing it failed",
  9: "not running: resuming it failed",
  0: "being created",
  5: "pausing",
  6: "paused",
  8: "resuming",
  1: "running",
};

/** One end as it is shown: with every field that it could have. */
const shown = (region: Region, end: Resource | null) =>
  complete("DatahubResource", named(region, end ?? ({ Type: "" } as never))) as unknown as Resource;

/** One end with the names and sizes of what it means. */
function named(region: Region, end: Resource): Resource {
  const instance = end.KafkaParam && kafkaOf(region, end.KafkaParam.Resource);
  if (!end.KafkaParam || !instance) return end;
  const topic = instance.topics.find((t) => t.name === end.KafkaParam?.Topic);
  return {
    ...end,
    KafkaParam: {
      ...end.KafkaParam,
      ResourceName: instance.name,
      ZoneId: instance.zones[0],
      ...(topic ? { TopicId: topic.id, PartitionNum: topic.partitions.length } : {}),
    },
  };
}

function describe({ region }: Scope, task: DataTask) {
  return {
    TaskId: task.id,
    TaskName: task.name,
    TaskType: task.type,
    Status: statusOf(task),
    SourceResource: shown(region, task.source),
    TargetResource: shown(region, task.target),
    CreateTime: dateTime(task.created),
    ErrorMessage: (task.asked.done && task.asked.failure) || hindrance(region, task),
    DatahubId: task.datahubId,
    Description: task.description,
    TaskMax: task.workers,
    SyncThrottleLimit: task.throttle,
    AutoExpandFlag: task.autoExpand,
    WarnMessage: "",
  };
}

const acknowledge = ({ id, datahubId }: DataTask) => ({ Result: { TaskId: id, DatahubId: datahubId } });
/** @throws Fault unless the task is in one of these states */
function expect(task: DataTask, ...states: number[]) {
  const status = statusOf(task);
  if (!states.includes(status))
    throw new Fault("FailedOperation", `task ${task.id} is ${statusNames[status]} (Status ${status})`);
}
const described = ({ topic }: Pick<ElasticTopic, "topic">) => ({
  Name: topic.name,
  TopicName: topic.name,
  TopicId: topic.id,
  PartitionNum: topic.partitions.length,
  RetentionMs: topic.retentionMs,
  Note: topic.note,
  Status: 1,
});
export const datahub: Fakes<typeof models, Scope> = {
  DescribeDatahubTasks: (scope, { Limit, Offset, SearchWord, TargetType, TaskType, SourceType, Resource }) => {
    const found = scope.region.datahub.tasks.filter(
      (t) =>
        matches(t.name, SearchWord) &&
        (TargetType === undefined || t.target?.Type === TargetType) &&
        (SourceType === undefined || t.source?.Type === SourceType) &&
        (TaskType === undefined || t.type === TaskType) &&
        (Resource === undefined || resourcesOf(t).includes(Resource)),
    );
    const TaskList = page(found, Offset, Math.min(Limit ?? 20, 100)).map((task) => {
      // One that failed stands at its last step.
      const reached = statusOf(task) === -1 ? (STEPS.length - 1) / STEPS.length : 1;
      const share = Math.min(reached, (scope.now - task.created) / DELAYS.create);
      return {
        ...describe(scope, task),
        TaskProgress: Math.floor(share * 100),
        TaskCurrentStep: STEPS[Math.floor(share * STEPS.length)] ?? "FINISH",
        StepList: STEPS,
      };
    });
    return { Result: { TotalCount: found.length, TaskList } };
  },
  DescribeDatahubTask: (scope, { TaskId }) => {
    const task = taskOf(scope, TaskId);
    return {
      Result: {
        ...describe(scope, task),
        Connections: sourcesOf(scope.region, task).map(({ topic }) => ({
          TopicName: topic.name,
          GroupId: taskGroup(task),
          TopicId: topic.id,
        })),
        TransformParam: task.transform,
        SchemaId: task.schemaId,
        SchemaName: "",
        TransformsParam: task.transforms,
        Tags: tagList(task.tags),
        IsolateStatus: 1,
      },
    };
  },
  CreateDatahubTask: (scope, input) => {
    if (!input.SourceResource || !input.TargetResource)
      throw new Fault("InvalidParameterValue.NotAllowedEmpty", "SourceResource and TargetResource must be given");
    return addTask(scope, {
      ...(input.TaskId === undefined ? {} : { id: input.TaskId }),
      name: input.TaskName,
      type: input.TaskType,
      source: input.SourceResource,
      target: input.TargetResource,
      transform: input.TransformParam ?? null,
      transforms: input.TransformsParam ?? null,
      schemaId: input.SchemaId ?? "",
      description: input.Description ?? "",
      tags: tagsOf(input.Tags),
    });
  },
  CreateMetaSyncDatahubTask: (scope, input) => addSync(scope, input, "META", false),
  CreateMetaAndDataSyncDatahubTask: (scope, input) => addSync(scope, input, "META_AND_DATA", false),
  CreateMetaDataAndOffsetSyncDatahubTask: (scope, input) => addSync(scope, input, "META_AND_DATA", true),
  ModifyDatahubTask: (scope, input) => {
    const task = taskOf(scope, input.TaskId);
    if (scope.region.datahub.tasks.some((t) => t !== task && t.name === input.TaskName))
      throw new Fault("InvalidParameterValue", `a task named ${input.TaskName} exists already`);
    task.name = input.TaskName ?? task.name;
    task.description = input.Description ?? task.description;
    task.workers = input.TasksMax ?? task.workers;
    task.throttle = input.SyncThrottleLimit ?? task.throttle;
    task.autoExpand = input.AutoExpandFlag ?? task.autoExpand;
    return acknowledge(task);
  },
  PauseDatahubTask: (scope, { TaskId }) => {
    const task = taskOf(scope, TaskId);
    expect(task, 1, 7);
    ask(scope, task, "pause");
    return acknowledge(task);
  },
  ResumeDatahubTask: (scope, { TaskId }) => {
    const task = taskOf(scope, TaskId);
    expect(task, 6, 9);
    ask(scope, task, "resume");
    return acknowledge(task);
  },
  RestartDatahubTask: (scope, { TaskId }) => {
    const task = taskOf(scope, TaskId);
    expect(task, 1, 6, -1, 7, 9);
    ask(scope, task, "resume");
    return acknowledge(task);
  },
  DeleteDatahubTask: (scope, { TaskId }) => {
    const { region } = scope;
    const task = taskOf(scope, TaskId);
    region.datahub.tasks = region.datahub.tasks.filter((t) => t !== task);
    for (const holder of [...region.instances, ...region.datahub.topics])
      holder.groups = holder.groups.filter((g) => g.name !== taskGroup(task));
    return acknowledge(task);
  },
  DescribeDatahubTopics: (scope, input) => {
    const { SearchWord, Offset, Limit, QueryFromConnectResource, ConnectResourceId } = input;
    const behind = QueryFromConnectResource && kafkaOf(scope.region, ConnectResourceId ?? "");
    if (QueryFromConnectResource && !behind)
      throw new Fault("InvalidParameterValue", `connection ${ConnectResourceId} leads to no instance of this region`);
    const all = behind ? behind.topics.map((topic) => ({ topic })) : scope.region.datahub.topics;
    const found = all.filter(
      ({ topic }) =>
        (matches(topic.name, SearchWord) || matches(topic.id, SearchWord)) &&
        matchesPattern(topic.name, input.TopicRegularExpression),
    );
    return { Result: { TotalCount: found.length, TopicList: page(found, Offset, Limit ?? 20).map(described) } };
  },
  DescribeDatahubTopic: (scope, { Name }) => {
    const found = elasticTopicOf(scope, Name);
    return {
      Result: { ...described(found), UserName: found.user, Password: found.password, Address: ADDRESS },
    };
  },
  DescribeDatahubGroupOffsets: (scope, { Name, Group, SearchWord, Offset, Limit }) => {
    const { topic, groups } = elasticTopicOf(scope, Name);
    const group = groups.find((g) => g.name === Group);
    if (!group) throw new Fault("ResourceNotFound", `no group ${Group} reads elastic topic ${Name}`);
    const topics = [topic].filter((t) => matches(t.name, SearchWord));
    const TopicList = page(topics, Offset, Limit ?? 50).map((t) => ({
      Topic: t.name,
      Partitions: offsetsOn(group, t, scope.now),
    }));
    return { Result: { TotalCount: topics.length, TopicList } };
  },
  FetchDatahubMessageByOffset: (scope, { Name, Partition, Offset }) => ({
    Result: messageFrom(elasticTopicOf(scope, Name).topic, Partition, Offset, scope.now),
  }),
  FetchLatestDatahubMessageList: (scope, { Name, Partition, Offset, MessageCount }) => {
    const { topic } = elasticTopicOf(scope, Name);
    const partition = partitionOf(topic, Partition);
    const most = MessageCount ?? 20;
    const from = Offset ?? bounds(topic, partition, scope.now).end - most;
    return { Result: messagesFrom(topic, partition, from, most, scope.now) };
  },
  CreateDatahubTopic: (scope, { Name, PartitionNum, RetentionMs, Note, Tags }) => {
    if (!Name.startsWith(`${scope.appId}-`))
      throw new Fault("InvalidParameter", `Name must begin with the account's AppId, ${scope.appId}-`);
    if (elasticOf(scope.region, Name)) throw new Fault("InvalidParameter.TopicExist", `topic ${Name} exists already`);
    const tags = tagsOf(Tags);
    const topic = addElastic(scope, Name, PartitionNum, RetentionMs);
    Object.assign(topic, { note: Note ?? "", tags });
    return { Result: { TopicName: Name, TopicId: topic.id } };
  },
  ModifyDatahubTopic: (scope, { Name, RetentionMs, Note, Tags }) => {
    const { topic } = elasticTopicOf(scope, Name);
    const tags = Tags ? tagsOf(Tags) : topic.tags;
    // What retention has deleted so far stays deleted, also when it is made longer.
    keepDeleted(topic, scope.now);
    topic.retentionMs = RetentionMs;
    topic.note = Note ?? topic.note;
    topic.tags = tags;
    return done(true);
  },
  DeleteDatahubTopic: (scope, { Name }) => {
    const { datahub } = scope.region;
    const found = elasticTopicOf(scope, Name);
    const task = datahub.tasks.find((t) => [t.source, t.target].some((end) => end?.TopicParam?.Resource === Name));
    if (task) throw new Fault("ResourceInUse", `task ${task.id} uses elastic topic ${Name}; delete it first`);
    datahub.topics = datahub.topics.filter((t) => t !== found);
    return done(true);
  },
};
