// What a person sees before a topic is changed.
import type { OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { numberOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { attempt, count, differences, every, partitions, shown, some, someOf, unseen } from "../previews/lines.ts";
import type { topic } from "./actions.ts";

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
  return bytes === undefined ? "" : `, ${bytes.toLocaleString("en-US", { notation: "compact" })}B on disk`;
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
    const lag = Result.TopicList.flatMap((t) => t.Partitions).reduce((sum, p) => sum + numberOf(p.Lag), 0);
    lines.push(`Read by group ${Group} (${State}, lag ${count(lag, "message")}).`);
  }
  if (readers.items.length === 0) lines.push("No consumer group reads it.");
  return [...lines, ...unseen(readers.beyond, "group")];
}

/** The allow list, and what of the addresses given it does not have, or has. */
async function allowList(read: Read, InstanceId: string, TopicName: string, given: string[]) {
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName });
  const state = Result.EnableWhiteList === 1 ? "in force" : "not in force";
  return {
    line: `Allow list today (${state}): ${Result.IpWhiteList.join(", ") || "empty"}.`,
    listed: given.filter((ip) => Result.IpWhiteList.includes(ip)),
    unlisted: given.filter((ip) => !Result.IpWhiteList.includes(ip)),
  };
}

/** Whether a change of settings can take messages away that are there. */
function shortens(before: Record<string, unknown>, change: Record<string, unknown>): boolean {
  const less = (name: string) => {
    const [from, to] = [before[name], change[name]].map((value) => (value === -1 ? undefined : value));
    return typeof to === "number" && (typeof from !== "number" || to < from);
  };
  const policy = change.CleanUpPolicy !== undefined && change.CleanUpPolicy !== before.CleanUpPolicy;
  return less("RetentionMs") || less("RetentionBytes") || policy;
}

/** The data tasks that read or write a topic. */
async function tasksOn(read: Read, InstanceId: string, TopicName: string): Promise<string[]> {
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeDatahubTasks", { Limit: 100, Offset });
    return { items: Result.TaskList, total: Result.TotalCount };
  });
  const names = items.filter(({ SourceResource, TargetResource }) =>
    [SourceResource, TargetResource].some(
      ({ KafkaParam }) =>
        KafkaParam?.Resource === InstanceId && (KafkaParam.Topic ?? "").split(",").includes(TopicName),
    ),
  );
  const used = names.length > 0 ? [`Used by data task ${some(names.map((task) => task.TaskName))}.`] : [];
  return [...used, ...unseen(beyond, "data task")];
}

export const topicPreviews: Previews<typeof topic, Actions> = {
  CreateTopic: async ({ InstanceId, TopicName, ...settings }, read) => {
    const { Result } = await read("DescribeTopic", { InstanceId, SearchWord: TopicName, Limit: 50 });
    if (Result.TopicList.some((topic) => topic.TopicName === TopicName))
      throw new Refusal(`${InstanceId} has a topic ${TopicName} already; DescribeTopicAttributes shows it`);
    return [
      `Adds topic ${TopicName} to ${InstanceId}:`,
      ...Object.entries(settings).map(([name, value]) => `${name}: ${shown(value)}`),
      ...(settings.RetentionMs === undefined ? ["Messages are deleted after 2 h, as no RetentionMs is given."] : []),
    ];
  },
  ModifyTopicAttributes: async (input, read) => {
    const { InstanceId, TopicName } = input;
    const before = await today(read, InstanceId, TopicName);
    const lines = someOf(differences(before, { ...input }), TopicName);
    return shortens(before, input) ? [...lines, ...(await contents(read, InstanceId, TopicName))] : lines;
  },
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
  CreateTopicIpWhiteList: async ({ InstanceId, TopicName, IpWhiteList }, read) => {
    const { line, unlisted } = await allowList(read, InstanceId, TopicName, IpWhiteList);
    if (unlisted.length === 0) throw new Refusal(`the allow list of ${TopicName} has these addresses already`);
    return [line, `Gain access: ${unlisted.join(", ")}.`];
  },
  DeleteTopicIpWhiteList: async ({ InstanceId, TopicName, IpWhiteList }, read) => {
    const { line, listed } = await allowList(read, InstanceId, TopicName, IpWhiteList);
    if (listed.length === 0) throw new Refusal(`the allow list of ${TopicName} has none of these addresses`);
    return [line, `Lose access: ${listed.join(", ")}.`];
  },
  DeleteTopic: async ({ InstanceId, TopicName }, read) => [
    ...(await contents(read, InstanceId, TopicName)),
    ...(await attempt("Which data tasks use it", () => tasksOn(read, InstanceId, TopicName))),
  ],
};
