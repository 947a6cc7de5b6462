// The two ends of a new data task, as reading finds them: what is there, what is made, what cannot come to anything.
import { isMissing, Refusal } from "../../../src/model/errors.ts";
import { namesIn } from "../../../src/model/leaves.ts";
import { quoted, say } from "../../../src/model/line.ts";
import { type Finding, note } from "../../../src/model/preview.ts";
import { amountOf } from "../../../src/model/quantity.ts";
import { ofKafka, running } from "../connect/conditions.ts";
import {
  attempt,
  type Connection,
  described,
  instanceBehind,
  orNothing,
  type Read,
  usableInstance,
} from "../connect/reading.ts";
import { datahub } from "./actions.ts";
import type { Resource } from "./models.ts";

/** The connections that something names, read once each. @throws Refusal where one cannot be used; CloudError where one is gone */
export async function connectionsIn(read: Read, names: readonly string[]) {
  const known = new Map<string, Connection>();
  const finds: Finding[] = [];
  for (const ResourceId of new Set(names)) {
    const found = await attempt(say`Connection ${quoted(ResourceId)}`, async () => {
      try {
        const { Result } = await read("DescribeConnectResource", { ResourceId });
        known.set(ResourceId, Result);
        running(Result);
        return [note(described(Result))];
      } catch (error) {
        if (isMissing(error)) throw new Refusal(`connection ${ResourceId} does not exist in this region`);
        throw error;
      }
    });
    finds.push(...found);
  }
  return { known, finds };
}
export const connectionNames = (input: object): string[] =>
  namesIn(datahub.CreateDatahubTask.input, input).flatMap(({ kind, name }) => (kind === "connection" ? [name] : []));

interface Topic {
  /** Where it is and what it is called: two ends with the same one are the same topic. */
  key: string;
  name: string;
  /** Undefined where it is to be made, or could not be read. */
  partitions: number | undefined;
}
export interface End {
  topics: Topic[];
  finds: Finding[];
}

/** @throws Refusal where an end is not there */
export async function lookAt(
  read: Read,
  end: Resource | undefined,
  known: ReadonlyMap<string, Connection>,
  isTarget: boolean,
): Promise<End> {
  const { KafkaParam: kafka, TopicParam: elastic } = end ?? {};
  if (elastic) return elasticEnd(read, elastic.Resource, isTarget && elastic.UseAutoCreateTopic === true);
  if (!kafka) return { topics: [], finds: [] };
  const connection = known.get(kafka.Resource);
  if (connection) ofKafka(connection);
  if (kafka.SelfBuilt && !connection) return { topics: [], finds: [] };
  const id = connection
    ? instanceBehind(connection)
    : kafka.Resource.startsWith("resource-")
      ? undefined
      : kafka.Resource;
  // What is self-built or in another region cannot be looked at from here.
  if (id === undefined) return { topics: [], finds: [] };
  const finds: Finding[] = [
    ...(await attempt(say`Instance ${quoted(id)}`, async () => [
      note(say`Instance ${quoted(id)} has the name ${quoted(await usableInstance(read, id))}.`),
    ])),
  ];
  const made: string[] = [];
  const topics: Topic[] = [];
  const mapped = kafka.UseTableMapping ? (kafka.TableMappings ?? []).map(({ Topic }) => Topic) : [];
  const named = [...(kafka.Topic?.split(",").map((name) => name.trim()) ?? []), ...(kafka.TopicList ?? []), ...mapped];
  for (const name of new Set(named.filter(Boolean))) {
    const key = `${id}/${name}`;
    try {
      const { Result } = await read("DescribeTopicAttributes", { InstanceId: id, TopicName: name });
      topics.push({ key, name, partitions: Number(Result.PartitionNum as unknown) });
    } catch (error) {
      if (!isMissing(error)) {
        finds.push(...(await attempt(say`Topic ${quoted(name)}`, () => Promise.reject(error))));
        topics.push({ key, name, partitions: undefined });
        continue;
      }
      if (!isTarget || !kafka.UseAutoCreateTopic)
        throw new Refusal(
          `topic ${JSON.stringify(name)} does not exist on instance ${id}; DescribeTopic lists its topics`,
        );
      made.push(name);
      const partitions = kafka.PartitionNum === undefined ? undefined : Number(amountOf(kafka.PartitionNum));
      topics.push({ key, name, partitions });
      finds.push(note(say`Creates topic ${quoted(name)} on instance ${quoted(id)}.`));
    }
  }
  if (made.length > 0) await roomFor(read, id, made);
  return { topics, finds };
}

async function roomFor(read: Read, InstanceId: string, made: readonly string[]) {
  const found = await orNothing(() => read("DescribeInstanceAttributes", { InstanceId }));
  const room = Number(found?.Result.RemainingTopics ?? Number.POSITIVE_INFINITY);
  if (made.length > room)
    throw new Refusal(
      `instance ${InstanceId} has room for ${room} more topics, not for ${made.length}: ${made.join(", ")}`,
    );
}

async function elasticEnd(read: Read, Name: string, makes: boolean): Promise<End> {
  const topic = { key: `elastic/${Name}`, name: Name, partitions: undefined };
  try {
    const { Result } = await read("DescribeDatahubTopic", { Name });
    return { topics: [{ ...topic, partitions: Number(amountOf(Result.PartitionNum)) }], finds: [] };
  } catch (error) {
    if (!isMissing(error))
      return {
        topics: [topic],
        finds: [...(await attempt(say`Elastic topic ${quoted(Name)}`, () => Promise.reject(error)))],
      };
    if (makes) return { topics: [topic], finds: [note(say`Creates elastic topic ${quoted(Name)}.`)] };
    throw new Refusal(`elastic topic ${JSON.stringify(Name)} does not exist; DescribeDatahubTopics lists them`);
  }
}

/** @throws Refusal where a task could not move a message, or not as it is asked to */
export function judgeEnds(source: End, target: End, keepsPartition: boolean) {
  const same = source.topics.find(({ key }) => target.topics.some((topic) => topic.key === key));
  if (same) throw new Refusal(`source and target are the same topic, ${JSON.stringify(same.name)}`);
  const [from, to] = [source.topics[0], target.topics[0]];
  if (
    keepsPartition &&
    from?.partitions !== undefined &&
    to?.partitions !== undefined &&
    to.partitions < from.partitions
  )
    throw new Refusal(
      `topic ${JSON.stringify(to.name)} has fewer partitions (${to.partitions}) than ${JSON.stringify(from.name)} (${from.partitions}), and KeepPartition needs as many`,
    );
}
