// Consumer groups: who reads what, how far they are, and moving them.
import { z } from "zod/v3";
import { domain } from "../src/action.ts";
import {
  acknowledged,
  Group,
  groupOffsets,
  InstanceId,
  integer,
  limit,
  list,
  num,
  Offset,
  oneOf,
  SearchWord,
  shape,
  str,
  TopicName,
  text,
} from "./fields.ts";
import { groupInfo } from "./topic.ts";

const partition = integer("From 0.").min(0);

export const group = domain({
  DescribeGroup: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List consumer groups by name.",
    input: shape({
      InstanceId,
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      Filters: list(
        shape({
          Name: z.literal("GroupState"),
          Values: z.array(z.enum(["Empty", "Stable"])).min(1),
        }),
        "Kafka 2.8, 3.2.",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: num,
        GroupList: z.array(z.object({ Group: str, Protocol: str })),
        GroupCountQuota: num,
      }),
    }),
  },
  DescribeGroupInfo: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show groups' state, members, assigned partitions.",
    input: shape({ InstanceId, GroupList: list(Group, "Groups.") }),
    output: z.object({ Result: z.array(groupInfo) }),
  },
  DescribeGroupOffsets: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show a group's committed offset, end offset, lag.",
    input: shape({
      InstanceId,
      Group,
      Topics: list(TopicName, "Default all.").optional(),
      SearchWord: text("Topic name part.").optional(),
      Offset: Offset.optional(),
      Limit: limit(50, 50).optional(),
    }),
    output: groupOffsets,
  },
  DescribeConsumerGroup: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List groups with topics and committed offsets.",
    input: shape({
      InstanceId,
      GroupName: text("Filter.").optional(),
      TopicName: text("Only with GroupName.").optional(),
      Limit: limit(50, 50).optional(),
      Offset: Offset.optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: num,
        TopicList: z.array(z.object({ TopicId: str, TopicName: str })),
        GroupList: z.array(
          z.object({
            ConsumerGroupName: str,
            SubscribedInfo: z.array(
              z.object({
                TopicName: str,
                Partition: z.array(num),
                PartitionOffset: z.array(z.object({ Partition: str, Offset: num })),
                TopicId: str,
              }),
            ),
          }),
        ),
        TotalPartition: num,
        PartitionListForMonitor: z.array(z.object({ PartitionId: num })),
        TotalTopic: num,
        TopicListForMonitor: z.array(z.object({ TopicId: str, TopicName: str })),
        GroupListForMonitor: z.array(z.object({ GroupName: str })),
      }),
    }),
  },
  CreateConsumer: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create a consumer group on existing topics.",
    subject: "GroupName",
    input: shape({
      InstanceId,
      GroupName: text("New name."),
      TopicName: text("Topic.").optional(),
      TopicNameList: list(TopicName, "Topics.").optional(),
    }),
    rule: (input) =>
      input.TopicName === undefined && input.TopicNameList === undefined
        ? "name at least one existing topic in TopicName or TopicNameList"
        : undefined,
    output: acknowledged,
  },
  ModifyGroupOffsets: {
    effect: "destroy",
    bills: false,
    perSecond: 100,
    about: "Move a memberless group's committed offsets.",
    loses: "the group's present position: messages are skipped or read again",
    subject: "Group",
    input: shape({
      InstanceId,
      Group,
      Strategy: oneOf([0, 1, 2], "0 by Shift, 1 to ShiftTimestamp, 2 to Offset."),
      Topics: list(TopicName, "Topics."),
      Shift: integer("Messages; negative is back.").optional(),
      ShiftTimestamp: integer("Epoch ms; -2 earliest, -1 latest.").min(-2).optional(),
      Offset: integer("New offset.").min(0).optional(),
      Partitions: list(partition, "Default all.").optional(),
    }),
    rule: ({ Strategy, Shift, ShiftTimestamp, Offset }) => {
      // Seconds would be a moment in 1970, and the group would read everything again.
      if (Strategy === 1 && ShiftTimestamp !== undefined && ShiftTimestamp >= 0 && ShiftTimestamp < 1e12)
        return "ShiftTimestamp must be in milliseconds, at least 13 digits; -2 is the earliest message, -1 the end";
      const needed = (["Shift", "ShiftTimestamp", "Offset"] as const)[Strategy];
      const given = { Shift, ShiftTimestamp, Offset };
      return given[needed] === undefined ? `Strategy ${Strategy} needs ${needed}` : undefined;
    },
    output: acknowledged,
  },
  BatchModifyGroupOffsets: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Set a memberless group's committed offsets.",
    loses: "the group's present position: messages are skipped or read again",
    subject: "GroupName",
    input: shape({
      InstanceId,
      GroupName: Group,
      Partitions: list(shape({ Partition: z.number().int().min(0), Offset: z.number().int().min(0) }), "New offsets."),
      TopicName: list(TopicName, "Default all.").optional(),
    }),
    output: acknowledged,
  },
  DeleteGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete a memberless consumer group.",
    loses: "the group's committed offsets",
    subject: "Group",
    input: shape({ InstanceId, Group }),
    output: acknowledged,
  },
  DeleteGroupSubscribeTopic: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Take a topic from a memberless group.",
    loses: "the group's committed offsets on the topic",
    subject: "Group",
    input: shape({ InstanceId, Group, Topic: TopicName }),
    output: acknowledged,
  },
});
