// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows, Seen } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf, GONE, reported, watch } from "../watch.ts";
import type { datahub } from "./actions.ts";

const TASK = {
  [-1]: "failed in creation",
  0: "being created",
  1: "running",
  2: "being deleted",
  3: "deleted",
  4: "failed in deletion",
  5: "being paused",
  6: "paused",
  7: "failed to pause",
  8: "resuming",
  9: "failed to resume",
};
const task = (TaskId: string, ends: Record<number, Seen["end"]>, gone?: Seen) =>
  watch("DescribeDatahubTask", { TaskId }, reported(TASK, ends), gone);
const newTask = (_: unknown, { Result }: { Result: { TaskId: string } | null }) =>
  Result ? task(Result.TaskId, { 1: "done", [-1]: "failed" }) : undefined;

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
  PauseDatahubTask: ({ TaskId }) => task(TaskId, { 6: "done", 7: "failed" }),
  ResumeDatahubTask: ({ TaskId }) => task(TaskId, { 1: "done", 9: "failed" }),
  RestartDatahubTask: ({ TaskId }) => task(TaskId, { 1: "done" }),
  DeleteDatahubTask: ({ TaskId }) => task(TaskId, { 3: "done", 4: "failed" }, GONE),
  ModifyDatahubTopic: flowOf,
  DeleteDatahubTopic: flowOf,
};
