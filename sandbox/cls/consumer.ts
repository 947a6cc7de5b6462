import type { z } from "zod/v3";
import type { Fakes } from "../../src/model/action.ts";
import type { consumer as models } from "../../tools/cls/consumer/actions.ts";
import { page } from "../ckafka/answers.ts";
import { complete } from "../reference/shape.ts";
import { Fault } from "../state/fault.ts";
import type { LogTopic, Scope } from "../state/store.ts";
import { asTopic, logTopicOf } from "./topics.ts";

type Settings = Omit<z.input<(typeof models)["ModifyKafkaConsumer"]["input"]>, "FromTopicId">;
type Content = z.input<(typeof models)["DescribeKafkaConsumer"]["output"]>["ConsumerContent"];

function openTopic(scope: Scope, id: string): LogTopic {
  const topic = logTopicOf(scope, id);
  if (!topic.kafka.open) throw new Fault("FailedOperation", `log topic ${id} is not offered over the Kafka protocol`);
  return topic;
}
function set({ kafka }: LogTopic, { Compression, ConsumerContent, HasServicesLog, ScopeType }: Settings) {
  kafka.compression = Compression ?? kafka.compression;
  kafka.content = ConsumerContent ?? kafka.content;
  kafka.servicesLog = HasServicesLog ?? kafka.servicesLog;
  kafka.scope = ScopeType ?? kafka.scope;
}
/** Nobody is a member where nobody can read. */
const stateOf = ({ kafka }: LogTopic, { state }: LogTopic["groups"][number]) =>
  kafka.open || state === "Dead" ? state : "Empty";

export const consumer: Fakes<typeof models, Scope> = {
  DescribeKafkaConsumer: (scope, { FromTopicId }) => {
    const topic = logTopicOf(scope, FromTopicId);
    const { open, compression, content, servicesLog, scope: range } = topic.kafka;
    return {
      Status: open,
      TopicID: asTopic(topic),
      Compression: compression,
      ConsumerContent: (content ? complete("KafkaConsumerContent", content) : null) as Content,
      HasServicesLog: servicesLog,
      ScopeType: range,
    };
  },
  DescribeKafkaConsumerGroupList: (scope, { TopicId, Filters, Offset, Limit }) => {
    const topic = logTopicOf(scope, TopicId);
    const other = Filters?.find(({ Key }) => Key !== "group");
    if (other) throw new Fault("InvalidParameterValue", `there is no filter ${other.Key}`);
    const groups = topic.groups.filter(({ name }) => Filters?.every(({ Values }) => Values.includes(name)) ?? true);
    const Groups = page(groups, Offset, Limit ?? 20).map((group) => ({
      Group: group.name,
      State: stateOf(topic, group),
      ProtocolName: group.protocol,
    }));
    return { TopicName: topic.name, LogsetId: topic.logset, Total: groups.length, Groups };
  },
  DescribeKafkaConsumerGroupDetail: (scope, { TopicId, Group }) => {
    const topic = logTopicOf(scope, TopicId);
    const group = topic.groups.find(({ name }) => name === Group);
    // As in Kafka, one that does not exist is dead.
    if (!group) return { LogsetId: topic.logset, Group, State: "Dead", PartitionInfos: [] };
    const PartitionInfos = group.partitions.map(({ id, committed, consumer }) => ({
      PartitionId: id,
      CommitTimestamp: Math.floor(committed / 1000),
      Consumer: topic.kafka.open ? consumer : "",
    }));
    return { LogsetId: topic.logset, Group, State: stateOf(topic, group), PartitionInfos };
  },
  OpenKafkaConsumer: (scope, { FromTopicId, ...settings }) => {
    const topic = logTopicOf(scope, FromTopicId);
    if (topic.kafka.open) throw new Fault("FailedOperation", `log topic ${FromTopicId} is offered already`);
    topic.kafka = { open: true, compression: 0, content: null, servicesLog: 2, scope: 0 };
    set(topic, settings);
    return { TopicID: asTopic(topic) };
  },
  ModifyKafkaConsumer: (scope, { FromTopicId, ...settings }) => {
    set(openTopic(scope, FromTopicId), settings);
    return {};
  },
  CloseKafkaConsumer: (scope, { FromTopicId }) => {
    openTopic(scope, FromTopicId).kafka.open = false;
    return {};
  },
};
