// Named sets of tools for --toolsets, besides the nouns.
import type { ActionName } from "./actions.ts";

/** What everyday work takes; with DescribeAction at most 25 tools. */
const essentials: ActionName[] = [
  "DescribeInstances",
  "DescribeInstancesDetail",
  "DescribeInstanceAttributes",
  "DescribeTopic",
  "DescribeTopicDetail",
  "DescribeTopicAttributes",
  "DescribeTopicSubscribeGroup",
  "DescribeTopicSyncReplica",
  "DescribeTopicFlowRanking",
  "CreateTopic",
  "ModifyTopicAttributes",
  "CreatePartition",
  "DeleteTopic",
  "DescribeGroup",
  "DescribeGroupInfo",
  "DescribeGroupOffsets",
  "CreateConsumer",
  "ModifyGroupOffsets",
  "DeleteGroup",
  "FetchMessageByOffset",
  "FetchMessageListByTimestamp",
  "DescribeACL",
  "CreateAcl",
  "DescribeRoute",
];

export const sets: Record<string, ActionName[]> = { essentials };
