import type { Fakes } from "../../src/model/action.ts";
import type { message as models } from "../../tools/ckafka/message/actions.ts";
import { append, type Message, messagesIn, offsetAt, type Partition } from "../kafka/log.ts";
import { bounds, goneFrom } from "../kafka/retention.ts";
import { Fault } from "../state/fault.ts";
import { openInstance, partitionOf, type Scope, type Topic, topicOf } from "../state/store.ts";
import { accessPoint } from "./data/tasks.ts";

const MOST_RECORDS = 20;

export function record(topic: Topic, partition: Partition, message: Message) {
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

export function messageFrom(topic: Topic, number: number, offset: number, now: number) {
  const partition = partitionOf(topic, number);
  const { begin, end } = bounds(topic, partition, now);
  const [found] = offset >= begin ? messagesIn(partition, offset, offset + 1, 1, now, goneFrom(topic, partition)) : [];
  if (found) return record(topic, partition, found);
  const why =
    begin <= offset && offset < end ? "it was compacted away" : `partition ${number} holds ${begin} to ${end - 1}`;
  throw new Fault("FailedOperation", `no message at offset ${offset}: ${why}`);
}
export function messagesFrom(topic: Topic, partition: Partition, from: number, most: number, now: number) {
  const { begin, end } = bounds(topic, partition, now);
  const found = messagesIn(partition, Math.max(begin, from), end, most, now, goneFrom(topic, partition));
  return found.map((m) => record(topic, partition, m));
}
/** Lists come without what the messages hold, as documented. */
function listFrom(topic: Topic, partition: Partition, from: number, most = MOST_RECORDS, now: number) {
  return messagesFrom(topic, partition, from, most, now).map((found) => ({
    ...found,
    Key: null,
    Value: null,
  }));
}

/** Messages with a key always go to the same partition; those without go round. */
function partitionFor(topic: Topic, key: string | undefined, turn: number): Partition {
  const count = topic.partitions.length;
  const hash = key === undefined ? turn : [...key].reduce((h, c) => (h * 31 + (c.codePointAt(0) ?? 0)) >>> 0, 7);
  return topic.partitions[hash % count] as Partition;
}

export const message: Fakes<typeof models, Scope> = {
  FetchMessageByOffset: (scope, { InstanceId, Topic, Partition, Offset }) => ({
    Result: messageFrom(topicOf(openInstance(scope, InstanceId), Topic), Partition, Offset, scope.now),
  }),
  FetchMessageListByOffset: (scope, { InstanceId, Topic, Partition, Offset, SinglePartitionRecordNumber }) => {
    const topic = topicOf(openInstance(scope, InstanceId), Topic);
    return { Result: listFrom(topic, partitionOf(topic, Partition), Offset, SinglePartitionRecordNumber, scope.now) };
  },
  FetchMessageListByTimestamp: (scope, { InstanceId, Topic, Partition, StartTime, SinglePartitionRecordNumber }) => {
    const topic = topicOf(openInstance(scope, InstanceId), Topic);
    const partitions = Partition === undefined ? topic.partitions : [partitionOf(topic, Partition)];
    return {
      Result: partitions.flatMap((p) =>
        listFrom(topic, p, offsetAt(p, StartTime ?? 0, scope.now), SinglePartitionRecordNumber, scope.now),
      ),
    };
  },
  SendMessage: (scope, { DataHubId, Message }) => {
    const topic = accessPoint(scope, DataHubId);
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
