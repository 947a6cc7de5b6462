// What a person sees before a topic is changed.
import type { Previews, Reader } from "../src/action.ts";
import type { Actions } from "./index.ts";
import { count, differences, shown } from "./lines.ts";
import type { topic } from "./topic.ts";

type Read = Reader<Actions>;

/** A topic's settings by the names that the modifying actions use. */
async function today(read: Read, InstanceId: string, TopicName: string): Promise<Record<string, unknown>> {
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName });
  const { Retention, ...config } = Result.Config;
  return {
    ...config,
    ...Result.QuotaConfig,
    RetentionMs: Retention,
    PartitionNum: Result.PartitionNum,
    ReplicaNum: Result.ReplicaNum,
    Note: Result.Note,
    EnableWhiteList: Result.EnableWhiteList,
    IpWhiteList: Result.IpWhiteList,
    EnableAclRule: Result.EnableAclRule,
  };
}

/** How many messages a topic holds, and who reads it with which lag. */
async function contents(read: Read, InstanceId: string, TopicName: string): Promise<string[]> {
  const { Result: replicas } = await read("DescribeTopicSyncReplica", { InstanceId, TopicName, Limit: 1000 });
  const messages = replicas.TopicInSyncReplicaList.reduce((sum, p) => sum + p.MessageCount, 0);
  const { Result: subscribers } = await read("DescribeTopicSubscribeGroup", { InstanceId, TopicName, Limit: 50 });
  const lines = [`${count(messages, "message")} in ${count(replicas.TotalCount, "partition")}.`];
  for (const { Group, State } of subscribers.GroupsInfo) {
    const { Result } = await read("DescribeGroupOffsets", { InstanceId, Group, Topics: [TopicName] });
    const lag = Result.TopicList.flatMap((t) => t.Partitions).reduce((sum, p) => sum + p.Lag, 0);
    lines.push(`Read by group ${Group} (${State}, lag ${count(lag, "message")}).`);
  }
  if (subscribers.GroupsInfo.length === 0) lines.push("No consumer group reads it.");
  return lines;
}

async function allowList(read: Read, InstanceId: string, TopicName: string): Promise<string> {
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName });
  const state = Result.EnableWhiteList === 1 ? "in force" : "not in force";
  return `Allow list today (${state}): ${Result.IpWhiteList.join(", ") || "empty"}.`;
}

export const topicPreviews: Previews<typeof topic, Actions> = {
  CreateTopic: async ({ InstanceId, TopicName, ...settings }) => [
    `Adds topic ${TopicName} to ${InstanceId}:`,
    ...Object.entries(settings).map(([name, value]) => `${name}: ${shown(value)}`),
  ],
  ModifyTopicAttributes: async (input, read) =>
    differences(await today(read, input.InstanceId, input.TopicName), { ...input }),
  BatchModifyTopicAttributes: async ({ InstanceId, Topic }, read) => {
    const lines: string[] = [];
    for (const change of Topic) {
      const found = differences(await today(read, InstanceId, change.TopicName), { ...change });
      lines.push(...found.map((line) => `${change.TopicName} ${line}`));
    }
    return lines;
  },
  CreatePartition: async ({ InstanceId, TopicName, PartitionNum }, read) => {
    const before = await today(read, InstanceId, TopicName);
    return [
      `Partitions: ${before.PartitionNum} → ${PartitionNum}. This cannot be undone; keys map to other partitions.`,
    ];
  },
  CreateTopicIpWhiteList: async ({ InstanceId, TopicName, IpWhiteList }, read) => [
    await allowList(read, InstanceId, TopicName),
    `Gain access: ${IpWhiteList.join(", ")}.`,
  ],
  DeleteTopicIpWhiteList: async ({ InstanceId, TopicName, IpWhiteList }, read) => [
    await allowList(read, InstanceId, TopicName),
    `Lose access: ${IpWhiteList.join(", ")}.`,
  ],
  DeleteTopic: async ({ InstanceId, TopicName }, read) => contents(read, InstanceId, TopicName),
};
