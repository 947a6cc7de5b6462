// What previews show of a data task: where it is, what it leaves behind, what waits for it.
import type { OutputOf } from "../../../src/model/action.ts";
import { leaves, namesIn } from "../../../src/model/leaves.ts";
import { count, joined, type Line, moving, num, quoted, say, together, worded } from "../../../src/model/line.ts";
import { type Finding, note } from "../../../src/model/preview.ts";
import { amountOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { wrongWith } from "../connect/fields.ts";
import { attempt, type Connection, described, instanceBehind, orNothing, type Read } from "../connect/reading.ts";
import { partitions } from "../previews/pages.ts";
import { datahub } from "./actions.ts";
import { EndType, IsolateStatus, TaskStatus } from "./codes.ts";

export type Task = OutputOf<Actions["DescribeDatahubTask"]>["Result"];
const PLACES = new Set([
  ...["Resource", "Topic", "TopicList", "TopicRegularExpression", "Database", "Collection", "Table", "TableName"],
  ...["Index", "BucketName", "FunctionName", "Topics", "CtsdbMetric", "Bid", "Tid"],
]);
const output = datahub.DescribeDatahubTask.output.shape.Result;

/** Where one end of a task is, in a few words: what it names, whatever its type. */
function place(task: Task, end: "SourceResource" | "TargetResource"): Line {
  const names = leaves(output, { [end]: task[end] })
    .filter(({ path, value }) => PLACES.has(String(path.at(-1))) && value !== null && value !== "")
    .flatMap(({ value }) => [value].flat().map((name) => [quoted(String(name))] as Line));
  const Type = task[end]?.Type ?? "";
  const type = Type === "" ? say`(unknown)` : [worded(EndType.words, Type)];
  return names.length > 0 ? say`${type} ${joined(names, say` `)}` : type;
}

export async function taskOf(read: Read, TaskId: string): Promise<Task & { finds: Finding[] }> {
  const { Result } = await read("DescribeDatahubTask", { TaskId });
  const wrong = wrongWith(Result.ErrorMessage);
  const isolated = Result.IsolateStatus === IsolateStatus.code.isolated;
  const state = worded(TaskStatus.words, Result.Status);
  return {
    ...Result,
    finds: [
      note(
        say`Task ${quoted(Result.TaskName)}: ${place(Result, "SourceResource")} → ${place(Result, "TargetResource")}, ${state}.`,
      ),
      ...(isolated ? [note(say`It is isolated.`)] : []),
      ...(wrong ? [note(say`It reports: ${quoted(wrong)}.`)] : []),
    ],
  };
}

/** The connections of a task, as they are now: it works with what they lead to when it runs. */
export async function connectionsOf(read: Read, task: Task) {
  const ids = new Set(
    namesIn(output, { SourceResource: task.SourceResource, TargetResource: task.TargetResource }).flatMap(
      ({ kind, name }) => (kind === "connection" ? [name] : []),
    ),
  );
  const known = new Map<string, Connection>();
  const finds: Finding[] = [];
  for (const ResourceId of ids)
    finds.push(
      ...(await attempt(say`Connection ${quoted(ResourceId)}`, async () => {
        const { Result } = await read("DescribeConnectResource", { ResourceId });
        known.set(ResourceId, Result);
        return [note(described(Result))];
      })),
    );
  return { known, finds };
}

interface Waiting {
  finds: Finding[];
  /** What is gone if it waits too long: null where nothing is, undefined where that could not be read. */
  expires: Line | null | undefined;
}
/** Topics of a task that are looked at; each takes several reads. */
const MOST = 10;
/** What a task has not moved yet, in each topic that it reads, and for how long that is kept. */
export async function waiting(read: Read, task: Task, known: ReadonlyMap<string, Connection>): Promise<Waiting> {
  const { KafkaParam: kafka, TopicParam: elastic } = task.SourceResource;
  const connection = known.get(kafka?.Resource ?? "");
  const id = connection
    ? instanceBehind(connection)
    : kafka?.Resource?.startsWith("ckafka-")
      ? kafka.Resource
      : undefined;
  const Name = elastic?.Resource ?? undefined;
  if (Name === undefined && id === undefined) return { finds: [], expires: undefined };
  const finds: Finding[] = [];
  const limits: (Line | null | undefined)[] = [];
  for (const { TopicName, GroupId } of (task.Connections ?? []).slice(0, MOST)) {
    const own = say`${quoted(TopicName)} not moved yet (group ${quoted(GroupId)})`;
    finds.push(
      ...(await attempt(say`What of ${quoted(TopicName)} waits for it`, async () => {
        if (Name !== undefined) {
          const { Result } = await read("DescribeDatahubGroupOffsets", { Name, Group: GroupId });
          const lag = sum((Result.TopicList ?? []).flatMap(({ Partitions }) => Partitions).map((p) => exact(p.Lag)));
          return [note(say`At most ${moving(count(lag, "message"), lag === 0n)} of ${own}.`)];
        }
        const { compacted, left } = await behind(read, id as string, GroupId, TopicName);
        return [note(say`${compacted ? say`At most ` : []}${moving(count(left, "message"), left === 0n)} of ${own}.`)];
      })),
    );
    limits.push(
      await orNothing(() => (Name === undefined ? kept(read, id as string, TopicName) : keptElastic(read, Name))),
    );
  }
  const more = (task.Connections ?? []).length - MOST;
  if (more > 0) finds.push(note(say`${num(more)} more topics that it reads were not looked at.`));
  const certain = limits.filter((line) => line !== null && line !== undefined) as Line[];
  // Nothing to lose is known only where all was looked at.
  const none = limits.length > 0 && more <= 0 && limits.every((line) => line === null);
  return { finds, expires: together(certain) ?? (none ? null : undefined) };
}

/** Messages between where a group stands and the end. What is deleted already waits for nobody. */
async function behind(read: Read, InstanceId: string, Group: string, TopicName: string) {
  const { Result } = await read("DescribeGroupOffsets", { InstanceId, Group, Topics: [TopicName] });
  const offsets = new Map(
    (Result.TopicList ?? []).flatMap(({ Partitions }) => Partitions).map((p) => [String(p.Partition), exact(p.Offset)]),
  );
  const { items } = await partitions(read, InstanceId, TopicName);
  const left = items.map(({ Partition, BeginOffset, EndOffset }) => {
    const [begin, end] = [exact(BeginOffset), exact(EndOffset)];
    // Nothing committed: -1.
    const from = offsets.get(numberIn(Partition)) ?? -1n;
    const next = from < begin ? begin : from;
    return end > next ? end - next : 0n;
  });
  const { CleanUpPolicy } = (await read("DescribeTopicAttributes", { InstanceId, TopicName })).Result.Config;
  return { compacted: /compact/.test(String(CleanUpPolicy)), left: sum(left) };
}
async function kept(read: Read, InstanceId: string, TopicName: string): Promise<Line | null> {
  const { Config } = (await read("DescribeTopicAttributes", { InstanceId, TopicName })).Result;
  const retention = Number((Config.Retention ?? -1) as unknown);
  if (retention <= 0 || String(Config.CleanUpPolicy) === "compact") return null;
  return expiring(TopicName, retention);
}
async function keptElastic(read: Read, Name: string): Promise<Line | null> {
  const { RetentionMs } = (await read("DescribeDatahubTopic", { Name })).Result;
  return expiring(Name, Number(amountOf(RetentionMs)));
}
const expiring = (topic: string, ms: number): Line =>
  say`messages of ${quoted(topic)} that wait longer than ${{ digits: String(ms), unit: "ms" } as const} while the task is paused, as they are never moved`;

/** Partitions are called partition-0 here and 0 there. */
const numberIn = (Partition: string) => /\d+$/.exec(Partition)?.[0] ?? Partition;
const exact = (value: unknown) => BigInt(value as number | bigint);
const sum = (numbers: readonly bigint[]) => numbers.reduce((a, b) => a + b, 0n);
