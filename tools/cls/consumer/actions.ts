// A log topic offered over the Kafka protocol: clients read it as a topic of its own, with groups of their own. No instance of
// CKafka takes part.
import { z } from "zod/v3";
import { abridge } from "../../../src/model/abridge.ts";
import { domain } from "../../../src/model/action.ts";
import { codes, flag, foreign, meant, object, text, time, total } from "../../../src/model/field.ts";
import { say } from "../../../src/model/line.ts";
import { limit, Offset, returned } from "../../ckafka/fields.ts";
import { logTopic } from "../fields.ts";

export const Compression = codes({ 0: "none", 2: "Snappy", 3: "LZ4" });
export const ServicesLog = codes({ 1: "off", 2: "on" });
export const Scope = codes({ 0: "from now on", 1: "history too" });
const Format = codes({ 0: "raw", 1: "JSON" });
const Tags = codes({ 1: "nested", 2: "flat" });
const JsonType = codes({ 1: "as in the log", 2: "inner objects as escaped text" });
export const GroupState = codes({
  Empty: "no members, offsets kept",
  Dead: "neither members nor offsets",
  Stable: "members have their partitions",
  PreparingRebalance: "members come or go",
  CompletingRebalance: "members are told their partitions",
});

const META = ["__SOURCE__", "__FILENAME__", "__TIMESTAMP__", "__HOSTNAME__", "__PKGID__"] as const;
const FromTopicId = logTopic("The log topic that Kafka clients read.");
const TopicId = logTopic("The log topic whose readers are shown.");
// Not a name of the kind that groups of instances are.
const Group = text("A consumer group that reads the log topic; it is none of a CKafka instance.");
const asTopic = text("What Kafka clients name as their topic, like out-57f5808c-4a55-11eb-b378-0242ac130002.");
const LogsetId = text("The log set that the log topic is in.").nullish();
const State = GroupState.open("What the group does.");

const content = abridge(
  object({
    Format: Format.field("What a client gets of a log: 0 its text as it is, 1 JSON."),
    EnableTag: flag("Whether the log's tags come along; without meaning for Format 0."),
    MetaFields: meant<(typeof META)[number][], (typeof META)[number][]>(
      z.array(z.enum(META)),
      { is: "plain" },
      "Which facts about a log come along; without meaning for Format 0, where an empty list will do.",
    ),
    TagTransaction: Tags.field("How tags are written: 1 nested (default), 2 flat, like __TAG__.field.").optional(),
    JsonType: JsonType.field("How inner JSON is written: 1 as in the log (default), 2 as escaped text.").optional(),
  }),
  "Format",
);
/** @param usual what counts when it is left out, for each */
const settings = (usual: [none: string, on: string, now: string]) => ({
  Compression: Compression.field(`How what clients read is compressed: 0 not, 2 Snappy, 3 LZ4${usual[0]}.`, {
    brief: "0 none, 2 Snappy, 3 LZ4.",
  }).optional(),
  ConsumerContent: content.describe("More: DescribeAction.\nThe form in which clients get each log.").optional(),
  HasServicesLog: ServicesLog.field(`Whether deliveries are logged by the service: 1 off, 2 on${usual[1]}.`, {
    brief: "1 off, 2 on.",
  }).optional(),
  ScopeType: Scope.field(`Which logs clients get: 0 those from now on, 1 those of the past as well${usual[2]}.`, {
    brief: "0 from now on, 1 history too.",
  }).optional(),
});

/** What running consumers can be broken by. */
export const REFORMAT = say`the form of logs that running consumers expect`;
const MOST_FILTERS = 10;
const mostTen = <T extends z.ZodTypeAny>(item: T) => z.array(item).min(1).max(MOST_FILTERS);

export const consumer = domain({
  DescribeKafkaConsumer: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show whether Kafka clients can read a log topic.",
    input: object({ FromTopicId }),
    output: z.object({
      Status: flag("Whether the log topic is offered over the Kafka protocol."),
      TopicID: asTopic.nullish(),
      Compression: Compression.open("How what clients read is compressed.").nullish(),
      ConsumerContent: returned(content).nullish(),
      HasServicesLog: ServicesLog.open("Whether deliveries are logged by the service.").nullish(),
      ScopeType: Scope.open("Which logs clients get.").nullish(),
    }),
  },
  DescribeKafkaConsumerGroupList: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List consumer groups of a log topic.",
    input: object({
      TopicId,
      Filters: meant<{ Key: "group"; Values: string[] }[], { Key: "group"; Values: string[] }[]>(
        mostTen(
          object({
            Key: z.literal("group").describe("What is compared; only the group's name can be."),
            Values: mostTen(z.string().min(1)).describe("Names of groups to look for, at most ten."),
          }),
        ),
        { is: "plain" },
        "Only groups of certain names; at most ten filters.",
      ).optional(),
      Offset: Offset.optional(),
      Limit: limit(20, 100).optional(),
    }),
    output: z.object({
      TopicName: foreign("The log topic's name.").nullish(),
      LogsetId,
      Total: total("Groups"),
      Groups: z.array(
        z.object({
          Group,
          State,
          ProtocolName: text("How partitions are shared out: range, roundrobin or sticky.").nullish(),
        }),
      ),
    }),
  },
  DescribeKafkaConsumerGroupDetail: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a log topic's consumer group by partition.",
    input: object({ TopicId, Group }),
    output: z.object({
      LogsetId,
      Group,
      State,
      PartitionInfos: z.array(
        z.object({
          PartitionId: z.number(),
          CommitTimestamp: time("s", "Time of the latest log that was committed."),
          Consumer: text("Which client reads the partition.").nullish(),
        }),
      ),
    }),
  },
  OpenKafkaConsumer: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Let Kafka clients read a log topic.",
    subject: "FromTopicId",
    input: object({
      FromTopicId,
      ...settings(["; default 0", "; default 2", "; default 0"]),
    }),
    output: z.object({ TopicID: asTopic }),
  },
  ModifyKafkaConsumer: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Change how Kafka clients read a log topic.",
    subject: "FromTopicId",
    loses: ({ Compression, ConsumerContent }) =>
      Compression !== undefined || ConsumerContent !== undefined ? REFORMAT : undefined,
    input: object({ FromTopicId, ...settings(["", "", ""]) }),
    output: z.object({}),
  },
  CloseKafkaConsumer: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Stop Kafka clients reading a log topic.",
    loses: say`every Kafka client's access to the log topic`,
    subject: "FromTopicId",
    input: object({ FromTopicId }),
    output: z.object({}),
  },
});
