// Messages: looking at them one by one or as a list, and sending some over HTTP.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { foreign } from "../../../src/model/field.ts";
import { InstanceId, integer, list, num, Partition, shape, str, TopicName, text, words } from "../fields.ts";

const SinglePartitionRecordNumber = integer("\nHow many messages to list at most: 1 to 20, default 20.").min(1).max(20);
export const MessageOffset = integer("\nThe message's number within its partition.").min(0);
export const record = z.object({
  Topic: str,
  Partition: num,
  Offset: num,
  Key: foreign("The message's key.").nullable(),
  Value: foreign("The message's body.").nullable(),
  Timestamp: num,
  Headers: foreign("The message's headers.").nullable(),
});

export const message = domain({
  FetchMessageByOffset: {
    effect: "read",
    bills: false,
    perSecond: 1,
    about: "Read one message: key, value, headers.",
    input: shape({
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
    input: shape({
      InstanceId,
      Topic: TopicName,
      Partition,
      Offset: integer("\nNumber, within the partition, of the first message to list.").min(0),
      SinglePartitionRecordNumber: SinglePartitionRecordNumber.optional(),
    }),
    output: z.object({ Result: z.array(record) }),
  },
  FetchMessageListByTimestamp: {
    effect: "read",
    bills: false,
    perSecond: 1,
    about: "List messages from a time, without key and value.",
    input: shape({
      InstanceId,
      Topic: TopicName,
      Partition: Partition.optional(),
      StartTime: integer("Epoch ms.\nTime of the first message to list: 13 digits, in milliseconds since 1970.")
        .min(0)
        .refine((n) => n >= 1e12 && n < 1e13, "must be a time of 13 digits, in milliseconds")
        .optional(),
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
    input: shape({
      DataHubId: text(
        "\nId of the access point to send to, like datahub-1a2b3c4d; DescribeDatahubTask shows that of a task from HTTP.",
      ),
      Message: list(
        shape({
          Body: z.string().describe("The content of the message."),
          Key: words("The key of the message, for whoever reads it."),
        }),
        "\nThe messages to send, at most 500 in one call.",
      ).max(500),
    }),
    output: z.object({ MessageId: z.array(str) }),
  },
});
