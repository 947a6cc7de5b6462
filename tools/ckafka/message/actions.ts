// Messages: looking at them one by one or as a list, and sending some over HTTP.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import {
  type Field,
  foreign,
  type Instant,
  meant,
  name,
  object,
  quantity,
  text,
  time,
} from "../../../src/model/field.ts";
import { InstanceId, list, num, Partition, str, TopicName } from "../fields.ts";

const SinglePartitionRecordNumber = quantity(
  "messages",
  "How many messages to list at most, of each partition: 1 to 20, default 20.",
  { min: 1, max: 20 },
);
/** What an epoch of another magnitude was meant to be. */
function meantBy(epoch: number): string {
  if (epoch > 1e8 && epoch < 1e11) return `: in seconds it would be ${epoch * 1000}`;
  return epoch >= 1e15 && epoch < 1e16 ? `: in microseconds it would be ${Math.floor(epoch / 1000)}` : "";
}
/** The page asks for 13 digits, which are the years 2001 to 2286. */
const StartTime: Field<Instant<"ms">, number> = meant(
  z
    .number()
    .int()
    .refine(
      (epoch) => epoch >= 1e12 && epoch < 1e13,
      (epoch) => ({ message: `must be in milliseconds, of 13 digits${meantBy(epoch)}` }),
    ),
  { is: "time", clock: "ms", brief: "Epoch ms" },
  "The time of the first message to list: 13 digits, in milliseconds since 1970.",
);
const brief = "Message's offset in the partition";
export const MessageOffset = quantity("offsets", "The message's number within its partition.", { min: 0, brief });
export const record = z.object({
  Topic: name("topic", "The topic."),
  Partition: num,
  Offset: quantity("offsets", "The message's number within its partition."),
  Key: foreign("The message's key.").nullable(),
  Value: foreign("The message's body.").nullable(),
  Timestamp: time("ms", "The time that the message carries."),
  Headers: foreign("The message's headers.").nullable(),
});

export const message = domain({
  FetchMessageByOffset: {
    effect: "read",
    bills: false,
    perSecond: 1,
    about: "Read one message: key, value, headers.",
    input: object({
      InstanceId,
      Topic: TopicName,
      Partition,
      Offset: MessageOffset,
    }),
    output: z.object({ Result: record }),
  },
  FetchMessageListByOffset: {
    effect: "read",
    bills: false,
    perSecond: 1,
    about: "List messages from an offset, without key and value.",
    input: object({
      InstanceId,
      Topic: TopicName,
      Partition,
      Offset: quantity("offsets", "The number, within the partition, of the first message to list.", { min: 0, brief }),
      SinglePartitionRecordNumber: SinglePartitionRecordNumber.optional(),
    }),
    output: z.object({ Result: z.array(record) }),
  },
  FetchMessageListByTimestamp: {
    effect: "read",
    bills: false,
    perSecond: 1,
    about: "List messages from a time, without key and value.",
    input: object({
      InstanceId,
      Topic: TopicName,
      Partition: Partition.optional(),
      StartTime: StartTime.optional(),
      SinglePartitionRecordNumber: SinglePartitionRecordNumber.optional(),
    }),
    output: z.object({ Result: z.array(record) }),
  },
  SendMessage: {
    effect: "write",
    bills: false,
    perSecond: 5000,
    about: "Send messages through a DataHub HTTP access point.",
    subject: "DataHubId",
    // Offered by fewer regions than the rest, as the action's own page lists them.
    regions: [
      "ap-beijing",
      "ap-chengdu",
      "ap-chongqing",
      "ap-guangzhou",
      "ap-nanjing",
      "ap-seoul",
      "ap-shanghai",
      "ap-singapore",
      "ap-tokyo",
      "na-siliconvalley",
    ],
    input: object({
      DataHubId: text(
        "The id of the access point to send to, like datahub-1a2b3c4d; DescribeDatahubTask shows that of a task from HTTP.",
        { brief: "DatahubId of an HTTP task" },
      ),
      Message: list(
        object({
          Body: foreign("What the message says to whoever reads it."),
          Key: foreign("The key of the message: those with the same one stay in order.").optional(),
        }),
        "\nThe messages to send, at most 500 in one call.",
      ).max(500),
    }),
    output: z.object({ MessageId: z.array(str) }),
  },
});
