// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows, Seen } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { GONE, reported, watch } from "../watch.ts";
import type { connect } from "./actions.ts";

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

export const outcomes: Outcomes<typeof connect, Actions> = {
  CreateConnectResource: "DescribeConnectResources",
  ModifyConnectResource: "DescribeConnectResource",
  DeleteConnectResource: "DescribeConnectResources",
};

export const follows: Follows<typeof connect> = {
  CreateConnectResource: (_, { Result: { ResourceId } }) => connection(ResourceId, { 1: "done", [-1]: "failed" }),
  ModifyConnectResource: ({ ResourceId }) => connection(ResourceId, { 1: "done", 6: "failed" }),
  DeleteConnectResource: ({ ResourceId }) => connection(ResourceId, { 4: "failed" }, GONE),
};
