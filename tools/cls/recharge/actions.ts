// Imports: the log service reads topics of a Kafka into a log topic.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { foreign, name, object, text, time, total } from "../../../src/model/field.ts";
import { joined, type Line, say } from "../../../src/model/line.ts";
import { returned } from "../../ckafka/fields.ts";
import { logTopic } from "../fields.ts";
import { Checked, KafkaType, Offset, PreviewType, Status, StatusControl } from "./codes.ts";
import { ruleProblem, sourceProblem } from "./conditions.ts";
import { ConsumerGroupName, Id, LogRechargeRule, Name, source, TopicId, UserKafkaTopics } from "./models.ts";

/** What a change of an import can take away, by its arguments. */
export const PAUSE = say`what expires on the Kafka while it is paused, which is never imported`;
export const MOVE = say`its place in the topics that it reads today`;
export const REPARSE = say`lines that the new rule cannot parse, unless it keeps them`;
const OFFSET =
  "Where reading starts on topics that the group has not read yet: -2 the earliest message, -1 the latest.";
const offset = Offset.field(OFFSET, { brief: "-2 earliest, -1 latest." });
const MOST_TOPICS = 100;

const info = z.object({
  Id,
  TopicId: logTopic("The log topic that is filled."),
  Name: foreign("The import's name, which somebody gave it."),
  KafkaType: KafkaType.open("What is read from."),
  KafkaInstance: name("instance", "The CKafka instance that is read.").nullish(),
  ServerAddr: text("Address of the brokers of a self-run Kafka.").nullish(),
  IsEncryptionAddr: source.IsEncryptionAddr.nullish(),
  Protocol: returned(source.Protocol).nullish(),
  UserKafkaTopics,
  ConsumerGroupName: ConsumerGroupName.nullish(),
  Status: Status.open("What the import is; StatusControl has the opposite numbers."),
  Offset: Offset.open(OFFSET),
  CreateTime: time("Beijing", "When it was made; the zone is not documented.").nullish(),
  UpdateTime: time("Beijing", "When it was changed; the zone is not documented.").nullish(),
  LogRechargeRule: returned(LogRechargeRule).nullish(),
  UserKafkaMeta: returned(source.UserKafkaMeta).nullish(),
});

export const recharge = domain({
  CheckRechargeKafkaServer: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Check whether the log service can read a Kafka.",
    input: object(source),
    rule: (input) => sourceProblem(input, false),
    output: z.object({ Status: Checked.open("Whether it can, or why not; below 0 is an answer and no error.") }),
  },
  PreviewKafkaRecharge: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show what an import into a log topic would read.",
    input: object({
      PreviewType: PreviewType.field("What is shown: 1 the messages as they are, 2 what the rule makes of them.", {
        brief: "1 messages, 2 parsed.",
      }),
      ...source,
      UserKafkaTopics,
      Offset: offset,
      ConsumerGroupName: ConsumerGroupName.optional(),
      LogRechargeRule: LogRechargeRule.optional(),
    }),
    rule: (input) => {
      if (input.PreviewType === 2 && !input.LogRechargeRule) return "LogRechargeRule is needed with PreviewType 2";
      if (input.UserKafkaTopics.split(",").length > MOST_TOPICS)
        return `UserKafkaTopics may name at most ${MOST_TOPICS} topics`;
      return sourceProblem(input, false) ?? ruleProblem(input.LogRechargeRule);
    },
    output: z.object({
      LogSample: foreign("A message as it stands on the Kafka, in JSON; with PreviewType 2.").nullish(),
      LogData: foreign("What would be imported, in JSON.").nullish(),
    }),
  },
  DescribeKafkaRecharges: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List a log topic's imports from Kafka.",
    input: object({
      TopicId,
      Id: text("Only the import of this id.").optional(),
      Status: Status.field("Only imports in this state: 1 running, 2 paused, 3 in error.", {
        brief: "1 running, 2 paused, 3 in error.",
      }).optional(),
    }),
    output: z.object({ Infos: z.array(info), TotalCount: total("Infos") }),
  },
  CreateKafkaRecharge: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Import topics of a Kafka into a log topic.",
    subject: "Name",
    input: object({
      TopicId,
      Name,
      ...source,
      UserKafkaTopics,
      Offset: offset,
      LogRechargeRule,
      ConsumerGroupName: ConsumerGroupName.optional(),
    }),
    rule: (input) => sourceProblem(input, true) ?? ruleProblem(input.LogRechargeRule),
    output: z.object({ Id }),
  },
  ModifyKafkaRecharge: {
    effect: "write",
    bills: ({ StatusControl: control }) => control === StatusControl.code.running,
    perSecond: 20,
    about: "Change, pause or start an import from Kafka.",
    subject: "Id",
    loses: ({ StatusControl: control, UserKafkaTopics, ConsumerGroupName, KafkaInstance, LogRechargeRule }) => {
      const moved = UserKafkaTopics ?? ConsumerGroupName ?? KafkaInstance;
      const lines: Line[] = [
        ...(control === StatusControl.code.paused ? [PAUSE] : []),
        ...(moved !== undefined ? [MOVE] : []),
        ...(LogRechargeRule ? [REPARSE] : []),
      ];
      return lines.length > 0 ? joined(lines, say`; `) : undefined;
    },
    input: object({
      Id,
      TopicId,
      Name: Name.optional(),
      ...source,
      KafkaType: source.KafkaType.optional(),
      UserKafkaTopics: UserKafkaTopics.optional(),
      ConsumerGroupName: ConsumerGroupName.optional(),
      LogRechargeRule: LogRechargeRule.optional(),
      StatusControl: StatusControl.field(
        "What becomes of the import: 1 pauses it, 2 starts it. Status in results has the opposite numbers.",
        { brief: "1 pause, 2 start." },
      ).optional(),
    }),
    rule: (input) => sourceProblem(input, true) ?? ruleProblem(input.LogRechargeRule),
    output: z.object({}),
  },
  DeleteKafkaRecharge: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete an import from Kafka.",
    loses: say`the import's settings; imported logs stay, no new ones come`,
    subject: "Id",
    input: object({ Id, TopicId }),
    output: z.object({}),
  },
});
