// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf } from "../watch.ts";
import type { group } from "./actions.ts";

export const outcomes: Outcomes<typeof group, Actions> = {
  CreateConsumer: "DescribeConsumerGroup",
  ModifyGroupOffsets: "DescribeGroupOffsets",
  BatchModifyGroupOffsets: "DescribeGroupOffsets",
  DeleteGroup: "DescribeGroup",
  DeleteGroupSubscribeTopic: "DescribeConsumerGroup",
};

export const follows: Follows<typeof group> = {
  CreateConsumer: flowOf,
  DeleteGroup: flowOf,
  DeleteGroupSubscribeTopic: flowOf,
  ModifyGroupOffsets: flowOf,
  BatchModifyGroupOffsets: flowOf,
};
