// Consumer groups: who reads what, how far they are, and moving them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { meant, name, names, object, quantity, text, time, total } from "../../../src/model/field.ts";
import { say } from "../../../src/model/line.ts";
import {
  acknowledged,
  Group,
  groupOffsets,
  InstanceId,
  limit,
  list,
  num,
  Offset,
  Partition,
  SearchWord,
  str,
} from "../fields.ts";
import { GroupState, NO_COMMIT, Strategy } from "./codes.ts";
import { groupInfo } from "./models.ts";

const MOVES = say`the group's present position: messages are skipped or read again`;
const GroupName = name("group", "The consumer group.");
const topicOfGroup = { TopicId: str, TopicName: name("topic", "A topic that the group reads.") };

export const group = domain({
  DescribeGroup: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List consumer groups by name.",
    input: object({
      InstanceId,
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      Filters: list(
        object({
          Name: meant<"GroupState", "GroupState">(
            z.literal("GroupState"),
            { is: "plain" },
            "What is compared; only the group's state can be.",
          ),
          Values: meant<("Empty" | "Stable")[], ("Empty" | "Stable")[]>(
            z.array(z.enum(["Empty", "Stable"])).min(1),
            { is: "code", words: GroupState.words },
            "States to look for: Empty, no members; Stable, members that have their partitions.",
          ),
        }),
        "Kafka 2.8, 3.2.\nOnly groups in certain states; other versions of Kafka do not know this filter.",
      ).optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: total("GroupList"),
        GroupList: z.array(z.object({ Group: GroupName, Protocol: str })),
        GroupCountQuota: num,
      }),
    }),
  },
  DescribeGroupInfo: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show groups' state, members, assigned partitions.",
    input: object({
      InstanceId,
      GroupList: names("group", "The consumer groups to show; DescribeGroup lists them.", { brief: "Names." }),
    }),
    output: z.object({ Result: z.array(groupInfo) }),
  },
  DescribeGroupOffsets: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "Show a group's committed offset, end offset, lag.",
    input: object({
      InstanceId,
      Group,
      Topics: names("topic", "Only these topics; left out, all that the group reads.", { brief: "Names." }).optional(),
      SearchWord: text("Only topics with this text in their name.").optional(),
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
    input: object({
      InstanceId,
      GroupName: name("group", "Only the consumer group of this name.").optional(),
      TopicName: name("topic", "Only this topic of the group; without a group it is ignored.", {
        brief: "Only with GroupName.",
      }).optional(),
      Limit: limit(50, 50).optional(),
      Offset: Offset.optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: total("GroupList"),
        TopicList: z.array(z.object(topicOfGroup)),
        GroupList: z.array(
          z.object({
            ConsumerGroupName: GroupName,
            SubscribedInfo: z.array(
              z.object({
                ...topicOfGroup,
                Partition: z.array(num),
                PartitionOffset: z.array(
                  z.object({
                    Partition: str,
                    Offset: quantity("offsets", "The committed offset: the next message that the group reads.", {
                      special: { [NO_COMMIT]: "nothing committed" },
                    }),
                  }),
                ),
              }),
            ),
          }),
        ),
        TotalPartition: quantity("partitions", "How many partitions the groups shown read."),
        PartitionListForMonitor: z.array(z.object({ PartitionId: num })),
        TotalTopic: quantity("topics", "How many topics the groups shown read."),
        TopicListForMonitor: z.array(z.object(topicOfGroup)),
        GroupListForMonitor: z.array(z.object({ GroupName })),
      }),
    }),
  },
  CreateConsumer: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create a consumer group on existing topics.",
    subject: "GroupName",
    input: object({
      InstanceId,
      GroupName: name("group", "What the new consumer group is called."),
      TopicName: name("topic", "An existing topic that the group reads. This or TopicNameList is needed.", {
        brief: "This or TopicNameList is needed.",
      }).optional(),
      TopicNameList: names("topic", "Several existing topics that the group reads, in place of TopicName.").optional(),
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
    loses: MOVES,
    subject: "Group",
    input: object({
      InstanceId,
      Group,
      Strategy: Strategy.field(
        "How the group is moved: 0 a number of offsets on or back, 1 to a time, 2 to an offset. Each needs the parameter it names.",
        { brief: "0 by Shift, 1 to ShiftTimestamp, 2 to Offset." },
      ),
      Topics: names("topic", "The topics on which the group is moved."),
      Shift: quantity(
        "offsets",
        "How far to move, for Strategy 0. Beyond either end of a partition it stops at that end.",
        { brief: "Offsets; negative is back." },
      ).optional(),
      ShiftTimestamp: time(
        "ms",
        "Time whose messages the group goes on with, for Strategy 1; -2 is the oldest message, -1 the end. Where there is no message of that time, it is the end.",
        { brief: "Epoch ms; -2 earliest, -1 latest.", special: { [-2]: "earliest", [-1]: "latest" } },
      ).optional(),
      Offset: quantity("offsets", "Where to move to, for Strategy 2: the number of a message within its partition.", {
        min: 0,
        brief: "Next message the group reads.",
      }).optional(),
      Partitions: meant<number[], number[]>(
        z.array(Partition).min(1),
        { is: "plain", absent: "all", brief: "Default all." },
        "Numbers of the partitions to move the group on, from 0; left out, all of each topic.",
      ).optional(),
    }),
    rule: ({ Strategy, Shift, ShiftTimestamp, Offset }) => {
      const at = Number(ShiftTimestamp ?? -1);
      // What reads messages by their time takes no other moments; seconds would be 1970, and everything would be read again.
      if (Strategy === 1 && at >= 0 && !(at >= 1e12 && at < 1e13))
        return "ShiftTimestamp must be in milliseconds, of 13 digits; -2 is the earliest message, -1 the end";
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
    loses: MOVES,
    subject: "GroupName",
    input: object({
      InstanceId,
      GroupName: Group,
      Partitions: list(
        object({
          Partition,
          Offset: quantity("offsets", "Number of the message that the group reads next in this partition.", {
            min: 0,
            brief: "Next message the group reads.",
          }),
        }),
        "\nThe partitions to move the group on, each with its new offset.",
      ),
      TopicName: names("topic", "The topics on which the group is moved; left out, all that it reads.", {
        absent: "all",
        brief: "Default all.",
      }).optional(),
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
    input: object({ InstanceId, Group }),
    output: acknowledged,
  },
  DeleteGroupSubscribeTopic: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Take a topic from a memberless group.",
    loses: say`the group's committed offsets on the topic`,
    subject: "Group",
    input: object({ InstanceId, Group, Topic: name("topic", "The topic that the group forgets its place on.") }),
    output: acknowledged,
  },
});
