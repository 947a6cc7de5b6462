// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows, Seen } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { wrongWith } from "../connect/fields.ts";
import { flowOf, GONE, state, watch } from "../watch.ts";
import type { datahub } from "./actions.ts";
import { TaskStatus } from "./codes.ts";

const { code } = TaskStatus;
const task = (TaskId: string, ends: Record<number, Seen["end"]>, gone?: Seen) =>
  watch(
    "DescribeDatahubTask",
    { TaskId },
    ({ Result: { Status, ErrorMessage } }) => state(Status, TaskStatus.words, ends, wrongWith(ErrorMessage)),
    gone,
  );
const newTask = (_: unknown, { Result }: { Result: { TaskId: string } | null }) =>
  Result ? task(Result.TaskId, { [code.running]: "done", [code["creation failed"]]: "failed" }) : undefined;

export const outcomes: Outcomes<typeof datahub, Actions> = {
  CreateDatahubTask: "DescribeDatahubTasks",
  CreateMetaSyncDatahubTask: "DescribeDatahubTasks",
  CreateMetaAndDataSyncDatahubTask: "DescribeDatahubTasks",
  CreateMetaDataAndOffsetSyncDatahubTask: "DescribeDatahubTasks",
  ModifyDatahubTask: "DescribeDatahubTask",
  PauseDatahubTask: "DescribeDatahubTask",
  ResumeDatahubTask: "DescribeDatahubTask",
  RestartDatahubTask: "DescribeDatahubTask",
  DeleteDatahubTask: "DescribeDatahubTasks",
  CreateDatahubTopic: "DescribeDatahubTopic",
  ModifyDatahubTopic: "DescribeDatahubTopic",
  DeleteDatahubTopic: "DescribeDatahubTopics",
};

export const follows: Follows<typeof datahub> = {
  CreateDatahubTask: newTask,
  CreateMetaSyncDatahubTask: newTask,
  CreateMetaAndDataSyncDatahubTask: newTask,
  CreateMetaDataAndOffsetSyncDatahubTask: newTask,
  PauseDatahubTask: ({ TaskId }) => task(TaskId, { [code.paused]: "done", [code["pausing failed"]]: "failed" }),
  ResumeDatahubTask: ({ TaskId }) => task(TaskId, { [code.running]: "done", [code["resuming failed"]]: "failed" }),
  RestartDatahubTask: ({ TaskId }) => task(TaskId, { [code.running]: "done" }),
  DeleteDatahubTask: ({ TaskId }) =>
    task(TaskId, { [code.deleted]: "done", [code["deletion failed"]]: "failed" }, GONE),
  ModifyDatahubTopic: flowOf,
  DeleteDatahubTopic: flowOf,
};
