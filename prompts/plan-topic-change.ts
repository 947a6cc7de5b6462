import type { Prompt } from "../src/model/prompt.ts";

export const planTopicChange: Prompt = {
  name: "plan-topic-change",
  description: "Plan a change to a topic: what it hits, what it loses, in which order to do it, how to go back.",
  arguments: [
    { name: "InstanceId", description: "The instance.", required: true },
    { name: "TopicName", description: "The topic.", required: true },
    { name: "Change", description: "What is to be different, in words.", required: true },
    { name: "Region", description: "The region; default the server's.", required: false },
  ],
  text: ({ InstanceId, TopicName, Change, Region }) =>
    `Plan this change to topic ${TopicName} on instance ${InstanceId}: ${Change}.${Region ? ` Pass Region ${Region} to every tool.` : ""} Only read until the plan is agreed.

1. Settings and partitions today: DescribeTopicAttributes. Room on the instance: DescribeInstanceAttributes.
2. Who is affected: DescribeTopicSubscribeGroup with DescribeGroupOffsets for each group, and DescribeTopicProduceConnection.
3. What is at stake: message counts and replicas out of sync from DescribeTopicSyncReplica.

Then write the plan: each tool call with its exact arguments in order; for each what changes from → to, what is lost for good (shorter retention, compaction, more partitions for keyed messages, a stricter allow list, unclean leader election), and how to go back or that there is no way back; what to check afterwards and with which tool. Ask for agreement before the first change; each will be confirmed by a person as well.`,
};
