// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows, Seen, Watch } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { inHundreds } from "../previews/price.ts";
import { flow, flowOf, GONE, state, watch } from "../watch.ts";
import type { purchase } from "./actions.ts";

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
const purchased = (_: unknown, { Result: { Data } }: Dealings) => {
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

export const outcomes: Outcomes<typeof purchase, Actions> = {
  CreateInstancePre: "DescribeInstances",
  CreatePostPaidInstance: "DescribeInstances",
  CreateInstancePost: "DescribeInstances",
  ModifyInstancePre: "DescribeInstanceAttributes",
  InstanceScalingDown: "DescribeInstanceAttributes",
  RenewCkafkaInstance: "DescribeInstanceAttributes",
  IsolatedInstancePre: "DescribeInstanceAttributes",
  DeleteInstancePre: "DescribeInstances",
  DeleteInstancePost: "DescribeInstances",
};

export const follows: Follows<typeof purchase> = {
  CreateInstancePre: purchased,
  CreatePostPaidInstance: purchased,
  CreateInstancePost: flowOf,
  ModifyInstancePre: resized,
  InstanceScalingDown: resized,
  IsolatedInstancePre: (input) => ended(input, 5),
  DeleteInstancePre: (input) => ended(input, 3),
  DeleteInstancePost: (_, { Result }) => flow(Result.FlowId),
};
