import type { Fakes } from "../src/action.ts";
import type { message as models } from "../tools/message.ts";
import { Fault } from "./fault.ts";
import { append, type Message, messageAt, offsetAt, type Partition } from "./log.ts";
import { bounds, instanceOf, instancesOf, partitionOf, type Scope, type Topic, topicOf } from "./store.ts";

const MOST_RECORDS = 20;

function record(topic: Topic, partition: Partition, message: Message) {
  return {
    Topic: topic.name,
    Partition: partition.number,
    Offset: message.offset,
    Key: message.key,
    Value: message.value,
    Timestamp: message.at,
    Headers: message.headers,
  };
}

/** Lists come without what the messages hold, as documented. */
function listFrom(topic: Topic, partition: Partition, from: number, most: number | undefined, now: number) {
  const { begin, end } = bounds(topic, partition, now);
  const first = Math.max(begin, from);
  const count = Math.max(0, Math.min(end - first, most ?? MOST_RECORDS, MOST_RECORDS));
  return Array.from({ length: count }, (_, i) => messageAt(partition, first + i, now))
    .filter((m) => m !== undefined)
    .map((m) => ({ ...record(topic, partition, m), Key: null, Value: null }));
}

/** Messages with a key always go to the same partition; those without go round. */
function partitionFor(topic: Topic, key: string | undefined, turn: number): Partition {
  const count = topic.partitions.length;
  const hash = key === undefined ? turn : [...key].reduce((h, c) => (h * 31 + (c.codePointAt(0) ?? 0)) >>> 0, 7);
  return topic.partitions[hash % count] as Partition;
}

export const message: Fakes<typeof models, Scope> = {
  FetchMessageByOffset: (scope, { InstanceId, Topic, Partition, Offset }) => {
    const topic = topicOf(instanceOf(scope, InstanceId), Topic);
    const partition = partitionOf(topic, Partition);
    const { begin, end } = bounds(topic, partition, scope.now);
    const found = Offset >= begin ? messageAt(partition, Offset, scope.now) : undefined;
    if (!found)
      throw new Fault(
        "FailedOperation",
        `no message at offset ${Offset}: partition ${Partition} holds ${begin} to ${end - 1}`,
      );
    return { Result: record(topic, partition, found) };
  },
  FetchMessageListByOffset: (scope, { InstanceId, Topic, Partition, Offset, SinglePartitionRecordNumber }) => {
    const topic = topicOf(instanceOf(scope, InstanceId), Topic);
    return { Result: listFrom(topic, partitionOf(topic, Partition), Offset, SinglePartitionRecordNumber, scope.now) };
  },
  FetchMessageListByTimestamp: (scope, { InstanceId, Topic, Partition, StartTime, SinglePartitionRecordNumber }) => {
    const topic = topicOf(instanceOf(scope, InstanceId), Topic);
    const partitions = Partition === undefined ? topic.partitions : [partitionOf(topic, Partition)];
    return {
      Result: partitions.flatMap((p) =>
        listFrom(topic, p, offsetAt(p, StartTime ?? 0, scope.now), SinglePartitionRecordNumber, scope.now),
      ),
    };
  },
  SendMessage: (scope, { DataHubId, Message }) => {
    const instance = instancesOf(scope).find((i) => i.dataHubs[DataHubId] !== undefined);
    if (!instance) throw new Fault("ResourceNotFound", `access point ${DataHubId} does not exist`);
    const topic = topicOf(instance, instance.dataHubs[DataHubId] as string);
    if (Message.length > 500) throw new Fault("InvalidParameterValue", "a request may carry at most 500 messages");
    const tooLarge = Message.findIndex((m) => Buffer.byteLength(m.Body) > topic.maxMessageBytes);
    if (tooLarge >= 0)
      throw new Fault(
        "InvalidParameterValue",
        `Message.${tooLarge} is larger than the topic's ${topic.maxMessageBytes} bytes`,
      );
    const MessageId = Message.map(({ Body, Key }, i) => {
      const partition = partitionFor(topic, Key, i);
      const offset = append(partition, { key: Key ?? null, value: Body, headers: null }, scope.now);
      return Buffer.from(`${DataHubId}:${topic.name}:${partition.number}:${offset}`).toString("hex");
    });
    return { MessageId };
  },
};
