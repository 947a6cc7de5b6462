// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf } from "../watch.ts";
import type { topic } from "./actions.ts";

export const outcomes: Outcomes<typeof topic, Actions> = {
  CreateTopic: "DescribeTopicAttributes",
  ModifyTopicAttributes: "DescribeTopicAttributes",
  BatchModifyTopicAttributes: "DescribeTopicDetail",
  CreatePartition: "DescribeTopicAttributes",
  CreateTopicIpWhiteList: "DescribeTopicAttributes",
  DeleteTopicIpWhiteList: "DescribeTopicAttributes",
  DeleteTopic: "DescribeTopic",
};

export const follows: Follows<typeof topic> = {
  CreateTopicIpWhiteList: flowOf,
  DeleteTopicIpWhiteList: flowOf,
  DeleteTopic: flowOf,
  CreatePartition: flowOf,
  ModifyTopicAttributes: flowOf,
};
