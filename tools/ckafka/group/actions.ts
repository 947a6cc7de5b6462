// Consumer groups: who reads what, how far they are, and moving them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { say } from "../../../src/model/line.ts";
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
} from "../fields.ts";
import { groupInfo } from "../topic/actions.ts";

const partition = integer("The partition's number within its topic; the first one is 0.").min(0);
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
          Name: z.literal("GroupState").describe("What is compared; only the group's state can be."),
          Values: z
            .array(z.enum(["Empty", "Stable"]))
            .min(1)
            .describe("States to look for: Empty, no members; Stable, members that have their partitions."),
        }),
        "Kafka 2.8, 3.2.\nOnly groups in certain states; other versions of Kafka do not know this filter.",
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
    input: shape({
      InstanceId,
      GroupList: list(Group, "\nNames of the consumer groups to show; DescribeGroup lists them."),
    }),
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
      Topics: list(TopicName, "\nOnly these topics; left out, all that the group reads.").optional(),
      SearchWord: text("\nOnly topics with this text in their name.").optional(),
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
      GroupName: text("\nOnly the consumer group of this name.").optional(),
      TopicName: text("Only with GroupName.\nOnly this topic of the group; without a group it is ignored.").optional(),
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
      GroupName: text("\nName of the new consumer group."),
      TopicName: text("\nAn existing topic that the group reads. This or TopicNameList is needed.").optional(),
      TopicNameList: list(
        TopicName,
        "\nSeveral existing topics that the group reads, in place of TopicName.",
      ).optional(),
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
    loses: say`the group's present position: messages are skipped or read again`,
    subject: "Group",
    input: shape({
      InstanceId,
      Group,
      Strategy: oneOf(
        [0, 1, 2],
        "0 by Shift, 1 to ShiftTimestamp, 2 to Offset.\nHow the group is moved: 0 a number of messages on or back, 1 to a time, 2 to an offset. Each needs the parameter it names.",
      ),
      Topics: list(TopicName, "\nNames of the topics on which the group is moved."),
      Shift: integer(
        "Messages; negative is back.\nHow far to move, for Strategy 0. Beyond either end of a partition it stops at that end.",
      ).optional(),
      ShiftTimestamp: integer(
        "Epoch ms; -2 earliest, -1 latest.\nTime whose messages the group goes on with, for Strategy 1; -2 is the oldest message, -1 the end. Where there is no message of that time, it is the end.",
      )
        .min(-2)
        .optional(),
      Offset: integer("\nOffset to move to, for Strategy 2: the number of a message within its partition.")
        .min(0)
        .optional(),
      Partitions: list(partition, "Default all.\nNumbers of the partitions to move the group on, from 0.").optional(),
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
    loses: say`the group's present position: messages are skipped or read again`,
    subject: "GroupName",
    input: shape({
      InstanceId,
      GroupName: Group,
      Partitions: list(
        shape({
          Partition: partition,
          Offset: integer("Number of the message that the group reads next in this partition.").min(0),
        }),
        "\nThe partitions to move the group on, each with its new offset.",
      ),
      TopicName: list(TopicName, "Default all.\nNames of the topics on which the group is moved.").optional(),
    }),
    output: acknowledged,
  },
  DeleteGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete a memberless consumer group.",
    loses: say`the group's committed offsets`,
    subject: "Group",
    input: shape({ InstanceId, Group }),
    output: acknowledged,
  },
  DeleteGroupSubscribeTopic: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Take a topic from a memberless group.",
    loses: say`the group's committed offsets on the topic`,
    subject: "Group",
    input: shape({ InstanceId, Group, Topic: TopicName }),
    output: acknowledged,
  },
});
