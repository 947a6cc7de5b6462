// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows, Seen, Watch } from "../../../src/model/follow.ts";
import { numberOf, type Quantity } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { InstanceStatus } from "../instance/codes.ts";
import { inHundreds, sizesOf } from "../previews/price.ts";
import { flow, flowOf, GONE, state, watch } from "../watch.ts";
import type { purchase } from "./actions.ts";

/** Until all of them run: a purchase can bring several. */
function bought(ids: string[]): Watch | undefined {
  const [first] = ids;
  if (!first) return undefined;
  const input = ids.length === 1 ? { InstanceId: first } : { Limit: 100 };
  return watch("DescribeInstances", input, ({ Result: { InstanceList } }) => {
    const seen = ids.map((id) => {
      const found = InstanceList.find(({ InstanceId }) => InstanceId === id);
      const one = found
        ? state(found.Status, InstanceStatus.words, { 1: "done", [-1]: "failed" })
        : { state: "not in the list" };
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

interface Resize {
  InstanceId: string;
  BandWidth?: Quantity<"MB/s"> | undefined;
  DiskSize?: Quantity<"GB"> | undefined;
  Partition?: Quantity<"partitions"> | undefined;
}
/** The bandwidth is rounded up, by steps that grow with it: what is further away is still the old one. */
function near(shown: Quantity<"MB/s">, asked: Quantity<"MB/s">): boolean {
  const beyond = numberOf(shown) - numberOf(asked);
  return beyond >= 0 && beyond < (numberOf(asked) < 1600 ? 20 : 200);
}
/** Sizes go up to the next hundred. The instance can look as before until the resize has begun: the new sizes tell. */
const resized = ({ InstanceId, BandWidth, DiskSize, Partition }: Resize) =>
  watch("DescribeInstanceAttributes", { InstanceId }, ({ Result }) => {
    const sizes = sizesOf(Result);
    const shows =
      (BandWidth === undefined || near(sizes.BandWidth, BandWidth)) &&
      (DiskSize === undefined || sizes.DiskSize === inHundreds(DiskSize, "GB")) &&
      (Partition === undefined || sizes.Partition === inHundreds(Partition, "partitions"));
    const said = `bandwidth ${sizes.BandWidth} MB/s, disk ${sizes.DiskSize} GB, quota of ${sizes.Partition} partitions`;
    return state(Result.Status, InstanceStatus.words, shows ? { 1: "done" } : {}, said);
  });
const ended = ({ InstanceId }: { InstanceId: string }, end: 3 | 5) =>
  watch(
    "DescribeInstanceAttributes",
    { InstanceId },
    ({ Result }) => state(Result.Status, InstanceStatus.words, { [end]: "done", 4: "failed" }),
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
