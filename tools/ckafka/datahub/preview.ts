// What a person sees before a data task or an elastic topic is changed.
import type { Previews } from "../../../src/model/action.ts";
import { isMissing, Refusal } from "../../../src/model/errors.ts";
import { type Line, many, quoted, say } from "../../../src/model/line.ts";
import { type Finding, note, UNREAD } from "../../../src/model/preview.ts";
import { amountOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import {
  type Connection,
  orNothing,
  outside,
  type Read,
  refuseUnchanged,
  spelt,
  tasksUsing,
} from "../connect/reading.ts";
import { datahub, EXPIRES, GAINS } from "./actions.ts";
import { ElasticStatus } from "./codes.ts";
import { freeTaskId, freeTaskName, takes, there } from "./conditions.ts";
import { contents, ofThisAccount } from "./elastic.ts";
import { connectionNames, connectionsIn, judgeEnds, lookAt } from "./ends.ts";
import type { Resource } from "./models.ts";
import { PRICE, syncing } from "./syncing.ts";
import { connectionsOf, taskOf, waiting } from "./tasks.ts";

/** A task, its connections as they are now, and what waits for it. */
async function whole(read: Read, TaskId: string, judge: (task: { TaskId: string; Status: number }) => void) {
  const task = await taskOf(read, TaskId);
  judge({ TaskId, Status: task.Status });
  const { known, finds } = await connectionsOf(read, task);
  const waits = await waiting(read, task, known);
  const isOpen = task.SourceResource.Type === "HTTP";
  return { ...task, finds: [...task.finds, ...finds, ...waits.finds], expires: waits.expires, isOpen };
}

/** Whether messages leave the cloud; what is no Kafka stands among the arguments. */
function opens({ Type, KafkaParam: kafka }: Resource, known: ReadonlyMap<string, Connection>): { opens?: Line | null } {
  if (Type !== "KAFKA" || !kafka) return { opens: null };
  const connection = known.get(kafka.Resource);
  if (connection) return { opens: outside(connection) ? GAINS : null };
  return kafka.SelfBuilt || kafka.Resource.startsWith("resource-") ? {} : { opens: null };
}

export const datahubPreviews: Previews<typeof datahub, Actions> = {
  CreateDatahubTask: async (input, read) => {
    const { TaskName, TaskId, SourceResource, TargetResource } = input;
    if (!SourceResource || !TargetResource)
      throw new Refusal("a task needs both SourceResource and TargetResource: what it reads and what it writes");
    await freeTaskName(read, TaskName);
    if (TaskId !== undefined) await freeTaskId(read, TaskId);
    const { known, finds } = await connectionsIn(read, connectionNames(input));
    const source = await lookAt(read, SourceResource, known, false);
    const target = await lookAt(read, TargetResource, known, true);
    judgeEnds(source, target, TargetResource.KafkaParam?.KeepPartition === true);
    const access =
      SourceResource.Type === "HTTP"
        ? [note(say`It gets an access point, to which messages are sent with SendMessage.`)]
        : [];
    return {
      finds: [
        ...finds,
        ...source.finds,
        ...target.finds,
        ...access,
        note(say`It goes on until it is paused or deleted.`),
      ],
      stakes: { bills: PRICE, ...opens(TargetResource, known) },
    };
  },
  CreateMetaSyncDatahubTask: (input, read) => syncing(read, input, { messages: false, offsets: false }),
  CreateMetaAndDataSyncDatahubTask: (input, read) => syncing(read, input, { messages: true, offsets: false }),
  CreateMetaDataAndOffsetSyncDatahubTask: (input, read) => syncing(read, input, { messages: true, offsets: true }),
  ModifyDatahubTask: async (input, read) => {
    const { TaskId, TaskName } = input;
    const task = await taskOf(read, TaskId);
    there({ TaskId, Status: task.Status });
    if (TaskName !== undefined && TaskName !== task.TaskName) await freeTaskName(read, TaskName, TaskId);
    const { SyncThrottleLimit, AutoExpandFlag, Description, TaskMax: TasksMax } = task;
    const today = { TaskName: task.TaskName, Description, TasksMax, SyncThrottleLimit, AutoExpandFlag };
    refuseUnchanged(datahub.ModifyDatahubTask.input, input, today, ["TaskId"], TaskId);
    return { today, finds: task.finds };
  },
  PauseDatahubTask: async ({ TaskId }, read) => {
    const found = await whole(read, TaskId, (task) => takes("paused", task));
    if (found.isOpen)
      return {
        finds: found.finds,
        stakes: {
          loses: say`access point ${quoted(found.DatahubId)}, which refuses messages while the task is paused`,
        },
      };
    // Logs of databases expire as well, and no read tells when.
    return { finds: found.finds, stakes: { loses: found.expires === undefined ? EXPIRES : found.expires } };
  },
  ResumeDatahubTask: async ({ TaskId }, read) => {
    const { finds } = await whole(read, TaskId, (task) => takes("resumed", task));
    return { finds };
  },
  RestartDatahubTask: async ({ TaskId }, read) => {
    const { finds } = await whole(read, TaskId, (task) => takes("restarted", task));
    return { finds };
  },
  DeleteDatahubTask: async ({ TaskId }, read) => {
    const { finds, isOpen, DatahubId } = await whole(read, TaskId, there);
    return {
      finds,
      stakes: {
        loses: isOpen
          ? say`the task's settings and access point ${quoted(DatahubId)}, which is closed`
          : say`the task's settings and its place in the source`,
      },
    };
  },
  CreateDatahubTopic: async ({ Name }, read) => {
    await ofThisAccount(read, Name);
    try {
      await read("DescribeDatahubTopic", { Name });
    } catch (error) {
      if (isMissing(error)) return { finds: [], stakes: { bills: SOLD } };
      throw error;
    }
    throw new Refusal(`elastic topic ${Name} exists already`);
  },
  ModifyDatahubTopic: async (input, read) => {
    const { Name, RetentionMs, Tags } = input;
    const found = await contents(read, Name);
    inUse(Name, found.Status);
    const today = { RetentionMs: found.RetentionMs, Note: found.Note, Tags: UNREAD };
    refuseUnchanged(datahub.ModifyDatahubTopic.input, input, today, ["Name"], Name);
    const shorter = amountOf(RetentionMs) < amountOf(found.RetentionMs);
    const tags: Finding[] = Tags
      ? [note(say`Tags are replaced as a whole; no read tells which elastic topics carry today.`)]
      : [];
    return {
      today: today as never,
      finds: [...found.finds, ...tags],
      stakes: { loses: shorter ? say`messages older than ${many(RetentionMs, "ms")}` : null },
    };
  },
  DeleteDatahubTopic: async ({ Name }, read) => {
    const found = await contents(read, Name);
    inUse(Name, found.Status);
    const users = await orNothing(() => tasksUsing(read, Name));
    if (users && users.all > 0)
      throw new Refusal(`elastic topic ${Name} is used by ${spelt(users)}, which has to be deleted first`);
    const used = users ? note(say`No task uses it.`) : note(say`Which tasks use it could not be read.`);
    return { finds: [...found.finds, used] };
  },
};
const SOLD: Line = say`money as long as it is there; it is sold on its own, and no read tells the price`;
/** @throws Refusal where an elastic topic goes */
function inUse(Name: string, Status: number) {
  if (Status === ElasticStatus.code["being deleted"]) throw new Refusal(`elastic topic ${Name} is being deleted`);
}
