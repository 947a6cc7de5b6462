// What a person sees before a topic is changed.
import type { OutputOf, Previews, Reader } from "../src/action.ts";
import { Refusal } from "../src/errors.ts";
import type { Actions } from "./index.ts";
import { attempt, count, differences, every, partitions, shown, some, someOf, unseen } from "./lines.ts";
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

/** What it takes on the disks, where the ranking has it. */
async function size(read: Read, InstanceId: string, TopicName: string): Promise<string> {
  const { Result } = await read("DescribeTopicFlowRanking", { InstanceId, RankingType: "PRO" });
  const bytes = Result.TopicMessageHeap.find((t) => t.TopicName === TopicName)?.MessageHeap;
  return bytes === undefined ? "" : `, ${bytes.toLocaleString("en-US", { notation: "compact" })} bytes`;
}

/** Who writes now, and when last. A message can be read once a second only: the end of the longest partition must do. */
type Replica = OutputOf<Actions["DescribeTopicSyncReplica"]>["Result"]["TopicInSyncReplicaList"][number];
async function written(read: Read, InstanceId: string, Topic: string, all: Replica[]) {
  const { Result: producers } = await read("DescribeTopicProduceConnection", { InstanceId, TopicName: Topic });
  const hosts = [...new Set(producers.flatMap(({ IpAddr }) => IpAddr?.replace(/^\/|:\d+$/g, "") ?? []))];
  const now = hosts.length > 0 ? `Written to now by ${some(hosts)}.` : "Nobody is connected to write to it.";
  const [longest] = all.filter((p) => p.MessageCount > 0).sort((a, b) => b.EndOffset - a.EndOffset);
  if (!longest) return [now];
  const Partition = Number(longest.Partition.replace(/\D+/g, ""));
  const { Result } = await read("FetchMessageByOffset", {
    InstanceId,
    Topic,
    Partition,
    Offset: longest.EndOffset - 1,
  });
  const where = all.length > 1 ? ` (partition ${Partition}, its longest)` : "";
  return [now, `Last written ${new Date(Result.Timestamp).toISOString()}${where}.`];
}

/** How many messages a topic holds, and who reads it with which lag. */
async function contents(read: Read, InstanceId: string, TopicName: string): Promise<string[]> {
  const replicas = await partitions(read, InstanceId, TopicName);
  const messages = replicas.items.reduce((sum, p) => sum + p.MessageCount, 0);
  const readers = await every(async (Offset) => {
    const { Result } = await read("DescribeTopicSubscribeGroup", { InstanceId, TopicName, Limit: 50, Offset });
    return { items: Result.GroupsInfo, total: Result.TotalCount };
  });
  const lines = [
    `${count(messages, "message")} in ${count(replicas.items.length, "partition")}${await size(read, InstanceId, TopicName)}.`,
    ...unseen(replicas.beyond, "partition"),
    ...(await attempt("When it was last written", () => written(read, InstanceId, TopicName, replicas.items))),
  ];
  for (const { Group, State } of readers.items) {
    const { Result } = await read("DescribeGroupOffsets", { InstanceId, Group, Topics: [TopicName] });
    const lag = Result.TopicList.flatMap((t) => t.Partitions).reduce((sum, p) => sum + p.Lag, 0);
    lines.push(`Read by group ${Group} (${State}, lag ${count(lag, "message")}).`);
  }
  if (readers.items.length === 0) lines.push("No consumer group reads it.");
  return [...lines, ...unseen(readers.beyond, "group")];
}

async function allowList(read: Read, InstanceId: string, TopicName: string): Promise<string> {
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName });
  const state = Result.EnableWhiteList === 1 ? "in force" : "not in force";
  return `Allow list today (${state}): ${Result.IpWhiteList.join(", ") || "empty"}.`;
}

export const topicPreviews: Previews<typeof topic, Actions> = {
  CreateTopic: async ({ InstanceId, TopicName, ...settings }, read) => {
    const { Result } = await read("DescribeTopic", { InstanceId, SearchWord: TopicName, Limit: 50 });
    if (Result.TopicList.some((topic) => topic.TopicName === TopicName))
      throw new Refusal(`${InstanceId} has a topic ${TopicName} already; DescribeTopicAttributes shows it`);
    return [
      `Adds topic ${TopicName} to ${InstanceId}:`,
      ...Object.entries(settings).map(([name, value]) => `${name}: ${shown(value)}`),
    ];
  },
  ModifyTopicAttributes: async (input, read) =>
    someOf(differences(await today(read, input.InstanceId, input.TopicName), { ...input }), input.TopicName),
  BatchModifyTopicAttributes: async ({ InstanceId, Topic }, read) => {
    const lines: string[] = [];
    for (const change of Topic) {
      const { TopicName } = change;
      const found = await attempt(TopicName, async () =>
        differences(await today(read, InstanceId, TopicName), { ...change }).map((line) => `${TopicName} ${line}`),
      );
      lines.push(...found);
    }
    return someOf(lines, Topic.map(({ TopicName }) => TopicName).join(", "));
  },
  CreatePartition: async ({ InstanceId, TopicName, PartitionNum }, read) => {
    const { PartitionNum: before } = await today(read, InstanceId, TopicName);
    if (PartitionNum <= Number(before))
      throw new Refusal(`${TopicName} has ${before} partitions already, and partitions can only be added`);
    return [`Partitions: ${before} → ${PartitionNum}. This cannot be undone; keys map to other partitions.`];
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
