// Parameters that both nouns have.
import { z } from "zod/v3";
import { type Field, meant } from "../../src/model/field.ts";

/** Ids of log topics are UUIDs; the id of a topic on an instance is the usual mistake. */
const logTopicId = z
  .string()
  .min(1)
  .refine(
    (id) => !id.startsWith("topic-"),
    "is the id of a CKafka topic; this takes the id of a CLS log topic, a UUID like 57f5808c-4a55-11eb-b378-0242ac130002",
  );
export const logTopic = (about: string): Field<string> =>
  meant(
    logTopicId,
    { is: "name", of: "logTopic", form: "one", brief: "A log topic's id." },
    `${about} Its id, a UUID like 57f5808c-4a55-11eb-b378-0242ac130002; not a topic of CKafka.`,
  );
