// Codes of imports and their words.
import { codes } from "../../../src/model/field.ts";

export const KafkaType = codes({ 0: "CKafka", 1: "self-run Kafka" });
export const Offset = codes({ [-2]: "earliest", [-1]: "latest" });
/** What an import is. What it is told to be has the opposite numbers. */
export const Status = codes({ 1: "running", 2: "paused", 3: "in error" });
export const StatusControl = codes({ 1: "paused", 2: "running" });
export const PreviewType = codes({ 1: "source data", 2: "what the rule makes of it" });
export const Checked = codes({
  0: "reachable",
  [-1]: "brokers cannot be reached",
  [-2]: "SASL login refused",
  [-3]: "CLS's own role is not authorised for CKafka",
  [-4]: "topics do not exist",
  [-5]: "topics hold no data",
  [-6]: "the user may not use CKafka",
  [-7]: "consumer group exists already",
  [-8]: "instance does not exist or is destroyed",
  [-9]: "list of brokers is empty",
  [-10]: "a broker's address is malformed",
  [-11]: "a broker's port is not a number",
});
export const Encoding = codes({ 0: "UTF-8", 1: "GBK" });
export const TimeSource = codes({ 0: "system time", 1: "Kafka message time" });
