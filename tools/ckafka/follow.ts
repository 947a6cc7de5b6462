// Changes that go on after they were accepted: where to look until they have ended. States are the reference's.
import { type Follows, type Seen, type Watch, watching } from "../../src/call/follow.ts";
import type { Actions } from "./index.ts";
import { inHundreds } from "./previews/price.ts";

const watch = watching<Actions>();

/** @param ends what a number ends with; the others are on the way */
function state(value: number, words: Record<number, string>, ends: Record<number, Seen["end"]>, more = ""): Seen {
  const word = words[value] === undefined ? `in state ${value}` : `${words[value]} (${value})`;
  return { state: more ? `${word}: ${more}` : word, end: ends[value] };
}

const FLOW = { 0: "successful", 1: "failed", 2: "in progress" };
/** 0 is no task: the change was complete when it was answered, or has no task of its own. */
function flow(FlowId: number | null | undefined): Watch | undefined {
  if (!FlowId) return undefined;
  return watch("DescribeTaskStatus", { FlowId }, ({ Result: { Status, Output } }) =>
    state(Status, FLOW, { 0: "done", 1: "failed" }, Status === 1 ? Output : ""),
  );
}
const flowOf = (_: unknown, { Result }: { Result: { Data: { FlowId: number } | null } | null }) =>
  flow(Result?.Data?.FlowId);

const INSTANCE = {
  [-1]: "failed in creation",
  0: "being created",
  1: "running",
  2: "being deleted",
  3: "deleted",
  4: "failed in deletion",
  5: "isolated",
  7: "being upgraded",
};
const GONE: Seen = { state: "not there any more", end: "done" };

/** Until all of them run: a purchase can bring several. */
function bought(ids: string[]): Watch | undefined {
  const [first] = ids;
  if (!first) return undefined;
  const input = ids.length === 1 ? { InstanceId: first } : { Limit: 100 };
  return watch("DescribeInstances", input, ({ Result: { InstanceList } }) => {
    const seen = ids.map((id) => {
      const found = InstanceList.find(({ InstanceId }) => InstanceId === id);
      const one = found ? state(found.Status, INSTANCE, { 1: "done", [-1]: "failed" }) : { state: "not in the list" };
      return { ...one, state: `${id} ${one.state}` } as Seen;
    });
    const failed = seen.some(({ end }) => end === "failed");
    const done = seen.every(({ end }) => end === "done");
    return { state: seen.map((one) => one.state).join(", "), end: failed ? "failed" : done ? "done" : undefined };
  });
}
type Dealings = { Result: { Data: { FlowId: number; InstanceId: string; DealNameInstanceIdMapping: Deals | null } } };
type Deals = { InstanceIdList: string[] }[];
const purchase = (_: unknown, { Result: { Data } }: Dealings) => {
  const mapped = (Data.DealNameInstanceIdMapping ?? []).flatMap(({ InstanceIdList }) => InstanceIdList);
  return bought(mapped.length > 0 ? mapped : [Data.InstanceId].filter(Boolean));
};

/** Sizes go up to the next hundred. The instance can look as before until the resize has begun: the new sizes tell. */
type Size = "BandWidth" | "DiskSize" | "Partition";
type Sizes = { InstanceId: string } & { [S in Size]?: number | undefined };
const resized = ({ InstanceId, BandWidth, DiskSize, Partition }: Sizes) =>
  watch("DescribeInstanceAttributes", { InstanceId }, ({ Result }) => {
    const quota = Result.CreatedPartitions + Result.RemainingPartitions;
    const shows =
      // It is rounded up as well, by steps that depend on the edition.
      (BandWidth === undefined || Result.Bandwidth >= BandWidth) &&
      (DiskSize === undefined || Result.DiskSize === inHundreds(DiskSize)) &&
      (Partition === undefined || quota === inHundreds(Partition));
    const sizes = `bandwidth ${Result.Bandwidth}, disk ${Result.DiskSize} GB, quota of ${quota} partitions`;
    return state(Result.Status, INSTANCE, shows ? { 1: "done" } : {}, sizes);
  });
const ended = ({ InstanceId }: { InstanceId: string }, end: 3 | 5) =>
  watch(
    "DescribeInstanceAttributes",
    { InstanceId },
    ({ Result }) => state(Result.Status, INSTANCE, { [end]: "done", 4: "failed" }),
    end === 3 ? GONE : undefined,
  );

/** What a task or a connection says of itself, with its words for why it is out of order. */
type Reported = { Result: { Status: number; ErrorMessage: string | null } };
const reported =
  (words: Record<number, string>, ends: Record<number, Seen["end"]>) =>
  ({ Result: { Status, ErrorMessage } }: Reported) =>
    state(Status, words, ends, ErrorMessage ?? "");

const ROUTE = { 1: "being created", 2: "ready", 3: "failed in creation", 4: "being deleted", 6: "failed in deletion" };

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

const CONNECTION = {
  [-1]: "failed in creation",
  0: "being created",
  1: "running",
  2: "being deleted",
  4: "failed in deletion",
  5: "being changed",
  6: "failed to change",
  7: "out of order",
};
const connection = (ResourceId: string, ends: Record<number, Seen["end"]>, gone?: Seen) =>
  watch("DescribeConnectResource", { ResourceId }, reported(CONNECTION, ends), gone);

export const follows: Follows<Actions> = {
  CreateInstancePre: purchase,
  CreatePostPaidInstance: purchase,
  CreateInstancePost: flowOf,
  ModifyInstancePre: resized,
  InstanceScalingDown: resized,
  IsolatedInstancePre: (input) => ended(input, 5),
  DeleteInstancePre: (input) => ended(input, 3),
  DeleteInstancePost: (_, { Result }) => flow(Result.FlowId),
  ModifyInstanceAttributes: flowOf,
  // What is planned for later is not under way.
  UpgradeBrokerVersion: (input, response) => (input.DelayTimeStamp ? undefined : flowOf(input, response)),
  ModifyRoutineMaintenanceTask: flowOf,
  CreatePrometheus: flowOf,
  CreateCdcCluster: (_, { Result: { TaskId } }) =>
    watch("CheckCdcCluster", { TaskId }, ({ Result }) => ({
      state: Result,
      // Only the first is documented.
      end: Result === "Success" ? "done" : /^fail/i.test(Result) ? "failed" : undefined,
    })),
  CreateRoute: flowOf,
  DeleteRoute: ({ InstanceId, RouteId, DeleteRouteTime }) =>
    DeleteRouteTime
      ? undefined
      : watch(
          "DescribeRoute",
          { InstanceId, RouteId },
          ({ Result: { Routers } }) => {
            const found = Routers.find((route) => route.RouteId === RouteId);
            return found ? state(found.Status ?? 0, ROUTE, { 6: "failed" }) : GONE;
          },
          GONE,
        ),
  CreateTopicIpWhiteList: flowOf,
  DeleteTopicIpWhiteList: flowOf,
  DeleteTopic: flowOf,
  CreatePartition: flowOf,
  ModifyTopicAttributes: flowOf,
  CreateConsumer: flowOf,
  DeleteGroup: flowOf,
  DeleteGroupSubscribeTopic: flowOf,
  ModifyGroupOffsets: flowOf,
  BatchModifyGroupOffsets: flowOf,
  CreateAcl: flowOf,
  DeleteAcl: flowOf,
  CreateUser: flowOf,
  DeleteUser: flowOf,
  ModifyPassword: flowOf,
  CreateThrottleRule: flowOf,
  ModifyThrottleRule: flowOf,
  DeleteThrottleRule: flowOf,
  CreateConnectResource: (_, { Result: { ResourceId } }) => connection(ResourceId, { 1: "done", [-1]: "failed" }),
  ModifyConnectResource: ({ ResourceId }) => connection(ResourceId, { 1: "done", 6: "failed" }),
  DeleteConnectResource: ({ ResourceId }) => connection(ResourceId, { 4: "failed" }, GONE),
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
