import type { Fakes } from "../../src/model/action.ts";
import type { group as models } from "../../tools/ckafka/group/actions.ts";
import { activeMembers, committed, NOTHING, stateOf } from "../kafka/consumers.ts";
import { endOffset, messagesIn, offsetAt, type Partition } from "../kafka/log.ts";
import { bounds, goneFrom } from "../kafka/retention.ts";
import { Fault } from "../state/fault.ts";
import { grouped, named } from "../state/lookup.ts";
import {
  type Group,
  groupOf,
  type Instance,
  openInstance,
  type Position,
  partitionOf,
  runningInstance,
  type Scope,
  type Topic,
  topicOf,
} from "../state/store.ts";
import { forgetAcls, RESOURCE } from "./acl.ts";
import { done, matches, page, refuseRepetition } from "./answers.ts";

const CONSUMER = "consumer";
/** A group as DescribeGroupInfo shows it. One that does not exist is Dead, as in Kafka. */
export function groupDescription(instance: Instance, name: string, now: number) {
  const group = named(instance.groups, name);
  if (!group) return { ErrorCode: "0", State: "Dead", ProtocolType: "", Protocol: "", Members: [], Group: name };
  const State = stateOf(group, now);
  const { protocolType: ProtocolType } = group;
  // Who holds what is known only once all have joined, and only of consumers, as documented.
  const members = State === "Stable" && ProtocolType === CONSUMER ? activeMembers(group, now) : [];
  const topics = [...grouped(group.positions, (p) => p.topic)].filter(([name]) => named(instance.topics, name));
  const assigned = (index: number) =>
    topics.flatMap(([Topic, positions]) => {
      const own = positions.filter((p) => p.partition % members.length === index);
      return own.length > 0 ? [{ Topic, Partitions: own.map((p) => p.partition) }] : [];
    });
  return {
    ErrorCode: "0",
    State,
    ProtocolType,
    Protocol: State === "Stable" ? group.protocol : "",
    Members: members.map((member, index) => ({
      // It keeps its id while others come and go.
      MemberId: `${member.client}-/${member.host}-${group.name}-${group.members.indexOf(member)}`,
      ClientId: member.client,
      ClientHost: `/${member.host}`,
      Assignment: { Version: 0, Topics: assigned(index) },
    })),
    Group: name,
  };
}

/** How far a group is on a topic. */
export function offsetsOn(
  group: Group,
  topic: Topic,
  now: number,
  positions = group.positions.filter((p) => p.topic === topic.name),
) {
  return positions.map((position) => {
    const partition = partitionOf(topic, position.partition);
    const Offset = committed(group, position, partition, now);
    const LogEndOffset = endOffset(partition, now);
    return {
      Partition: position.partition,
      Offset,
      Metadata: "",
      ErrorCode: 0,
      LogEndOffset,
      // Where nothing is committed, all that is there is unread.
      Lag: LogEndOffset - (Offset === NOTHING ? bounds(topic, partition, now).begin : Offset),
    };
  });
}
/** Kafka's number for a topic or a partition that there is not. */
const UNKNOWN_TOPIC = 3;
/** How far a group was on a topic that is not there any more. */
const offsetsOnGone = (positions: Position[]) =>
  positions.map(({ partition, offset }) => ({
    Partition: partition,
    Offset: offset,
    Metadata: "",
    ErrorCode: UNKNOWN_TOPIC,
    LogEndOffset: -1,
    Lag: 0,
  }));

/** The first message from a time on that is still there; the end where there is none. */
function messageOffsetAt(topic: Topic, partition: Partition, time: number, now: number): number {
  const { begin, end } = bounds(topic, partition, now);
  const from = Math.max(begin, offsetAt(partition, time, now));
  return messagesIn(partition, from, end, 1, now, goneFrom(topic, partition))[0]?.offset ?? end;
}

/** Refuses while anybody consumes, or is about to: the members would commit over the change. */
function requireEmpty(group: Group, now: number) {
  const active = activeMembers(group, now).length;
  if (active > 0)
    throw new Fault(
      "FailedOperation",
      `group ${group.name} is ${stateOf(group, now)} with ${active} active members; stop its consumers first`,
    );
}

/** Moves positions, all or none. */
function move(instance: Instance, name: string, now: number, targets: [Position, number][]) {
  const group = groupOf(instance, name);
  requireEmpty(group, now);
  if (targets.length === 0)
    throw new Fault("InvalidParameterValue", `group ${name} has no position on the topics and partitions given`);
  for (const [position, offset] of targets) {
    const topic = topicOf(instance, position.topic);
    const { begin, end } = bounds(topic, partitionOf(topic, position.partition), now);
    position.offset = Math.min(Math.max(offset, begin), end);
    position.at = now;
  }
}

export const group: Fakes<typeof models, Scope> = {
  DescribeGroup: (scope, { InstanceId, SearchWord, Offset, Limit, Filters }) => {
    const instance = openInstance(scope, InstanceId);
    const states = Filters?.flatMap((f) => f.Values as string[]);
    const groups = instance.groups.filter(
      (g) => matches(g.name, SearchWord) && (states?.includes(stateOf(g, scope.now)) ?? true),
    );
    const GroupList = page(groups, Offset, Limit ?? 20).map((g) => ({ Group: g.name, Protocol: g.protocolType }));
    return { Result: { TotalCount: groups.length, GroupList, GroupCountQuota: instance.max.groups } };
  },
  DescribeGroupInfo: (scope, { InstanceId, GroupList }) => {
    const instance = openInstance(scope, InstanceId);
    return { Result: GroupList.map((name) => groupDescription(instance, name, scope.now)) };
  },
  DescribeGroupOffsets: (scope, { InstanceId, Group, Topics, SearchWord, Offset, Limit }) => {
    const instance = openInstance(scope, InstanceId);
    const g = groupOf(instance, Group);
    const names = [...grouped(g.positions, (p) => p.topic)].filter(
      ([name]) => matches(name, SearchWord) && (Topics?.includes(name) ?? true),
    );
    const TopicList = page(names, Offset, Limit ?? 50).map(([Topic, positions]) => {
      const topic = named(instance.topics, Topic);
      return { Topic, Partitions: topic ? offsetsOn(g, topic, scope.now, positions) : offsetsOnGone(positions) };
    });
    return { Result: { TotalCount: names.length, TopicList } };
  },
  DescribeConsumerGroup: (scope, { InstanceId, GroupName, TopicName, Limit, Offset }) => {
    const instance = openInstance(scope, InstanceId);
    const groups = instance.groups.filter((g) => GroupName === undefined || g.name === GroupName);
    // A topic without a group is ignored, as documented.
    const wanted = (topic: string) => GroupName === undefined || TopicName === undefined || topic === TopicName;
    const shown = page(groups, Offset, Limit ?? 50);
    const positions = shown.flatMap((g) => g.positions).filter((p) => wanted(p.topic));
    const topics = [...new Set(positions.map((p) => p.topic))].map((TopicName) => ({
      TopicId: named(instance.topics, TopicName)?.id ?? "",
      TopicName,
    }));
    const partitions = [...new Set(positions.map((p) => p.partition))].sort((a, b) => a - b);
    const subscriptions = (g: Group) => {
      const byTopic = grouped(g.positions, (p) => p.topic);
      return topics.flatMap(({ TopicId, TopicName }) => {
        const own = byTopic.get(TopicName);
        if (!own) return [];
        const topic = named(instance.topics, TopicName);
        const PartitionOffset = own.map((p) => ({
          Partition: String(p.partition),
          Offset: topic ? committed(g, p, partitionOf(topic, p.partition), scope.now) : p.offset,
        }));
        return [{ TopicName, TopicId, Partition: own.map((p) => p.partition), PartitionOffset }];
      });
    };
    return {
      Result: {
        TotalCount: groups.length,
        TopicList: topics,
        GroupList: shown.map((g) => ({ ConsumerGroupName: g.name, SubscribedInfo: subscriptions(g) })),
        TotalPartition: partitions.length,
        PartitionListForMonitor: partitions.map((PartitionId) => ({ PartitionId })),
        TotalTopic: topics.length,
        TopicListForMonitor: topics,
        GroupListForMonitor: shown.map((g) => ({ GroupName: g.name })),
      },
    };
  },
  CreateConsumer: (scope, { InstanceId, GroupName, TopicName, TopicNameList }) => {
    const instance = runningInstance(scope, InstanceId);
    if (named(instance.groups, GroupName))
      throw new Fault("InvalidParameterValue", `group ${GroupName} exists already`);
    if (instance.groups.length >= instance.max.groups)
      throw new Fault("LimitExceeded", `the instance's quota of ${instance.max.groups} groups is used up`);
    const names = [...new Set([...(TopicName ? [TopicName] : []), ...(TopicNameList ?? [])])];
    if (names.length === 0)
      throw new Fault("InvalidParameterValue", "TopicName or TopicNameList must name an existing topic");
    const topics = names.map((name) => topicOf(instance, name));
    // A new group starts behind the last message, as Kafka's default for consumers is.
    const positions = topics.flatMap((topic) =>
      topic.partitions.map((p) => ({
        topic: topic.name,
        partition: p.number,
        offset: endOffset(p, scope.now),
        at: scope.now,
        perSecond: 0,
        stuckAt: null,
      })),
    );
    const fresh = { name: GroupName, protocolType: CONSUMER, protocol: "range" };
    instance.groups.push({ ...fresh, members: [], positions, rebalances: [] });
    return done(true);
  },
  ModifyGroupOffsets: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    const g = groupOf(instance, input.Group);
    for (const name of input.Topics) topicOf(instance, name);
    const chosen = g.positions.filter(
      (p) => input.Topics.includes(p.topic) && (input.Partitions?.includes(p.partition) ?? true),
    );
    const target = (position: Position): number => {
      const topic = topicOf(instance, position.topic);
      const partition = partitionOf(topic, position.partition);
      const given = [input.Shift, input.ShiftTimestamp, input.Offset][input.Strategy] as number;
      if (input.Strategy === 0) {
        const before = committed(g, position, partition, scope.now);
        if (before === NOTHING)
          throw new Fault(
            "InvalidParameterValue",
            `group ${g.name} has committed nothing in ${topic.name}/${partition.number} that could be shifted`,
          );
        return before + given;
      }
      if (input.Strategy === 2) return given;
      const { begin, end } = bounds(topic, partition, scope.now);
      if (given === -2) return begin;
      return given === -1 ? end : messageOffsetAt(topic, partition, given, scope.now);
    };
    move(
      instance,
      input.Group,
      scope.now,
      chosen.map((p) => [p, target(p)]),
    );
    return done(true);
  },
  BatchModifyGroupOffsets: (scope, { InstanceId, GroupName, Partitions, TopicName }) => {
    const instance = runningInstance(scope, InstanceId);
    const g = groupOf(instance, GroupName);
    for (const name of TopicName ?? []) topicOf(instance, name);
    refuseRepetition(Partitions.map((p) => p.Partition));
    // Where its topic is gone there is no log to move it in.
    const movable = g.positions.filter((p) => named(instance.topics, p.topic));
    const targets = Partitions.flatMap(({ Partition, Offset }) =>
      movable
        .filter((p) => p.partition === Partition && (TopicName?.includes(p.topic) ?? true))
        .map((p): [Position, number] => [p, Offset]),
    );
    move(instance, GroupName, scope.now, targets);
    return done(true);
  },
  DeleteGroup: (scope, { InstanceId, Group }) => {
    const instance = runningInstance(scope, InstanceId);
    const g = groupOf(instance, Group);
    requireEmpty(g, scope.now);
    instance.groups = instance.groups.filter((other) => other !== g);
    forgetAcls(instance, (acl) => acl.type === RESOURCE.group && acl.resource === Group);
    instance.access.throttles = instance.access.throttles.filter((t) => t.group !== Group);
    return done(false);
  },
  DeleteGroupSubscribeTopic: (scope, { InstanceId, Group, Topic }) => {
    const instance = runningInstance(scope, InstanceId);
    const g = groupOf(instance, Group);
    requireEmpty(g, scope.now);
    const kept = g.positions.filter((p) => p.topic !== Topic);
    if (kept.length === g.positions.length)
      throw new Fault("InvalidParameterValue", `group ${Group} has no offsets on topic ${Topic}`);
    g.positions = kept;
    return done(true);
  },
};
