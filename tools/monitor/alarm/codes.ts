// Codes of alarms and our words for them.
import { codes } from "../../../src/model/field.ts";

export const AlarmStatus = codes({
  ALARM: "not recovered",
  OK: "recovered",
  NO_CONF: "its policy is no longer valid",
  NO_DATA: "too little data",
});
/** What a policy is about, by Cloud Monitor's name for it; the last has hyphens. */
export const PolicyTypes = codes({
  CKAFKA_INSTANCE: "instances",
  CKAFKA_TOPIC: "topics",
  CKAFKA_CONSUMERGROUP: "consumer groups on partitions",
  "CKAFKA-CONSUMERGROUP-TOPIC": "consumer groups on topics",
});
export const Switch = codes({ 0: "off", 1: "on" });
export const Operator = codes({ gt: ">", ge: ">=", lt: "<", le: "<=", eq: "=", ne: "not equal" });
export const Union = codes({ 0: "any rule", 1: "all rules", 2: "an expression" });
export const Origin = codes({ DEFAULT: "made with a new instance", NOT_DEFAULT: "made by somebody" });
