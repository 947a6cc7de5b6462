// Which read tells how a change ended. Each is over when it is answered.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import type { consumer } from "./actions.ts";

export const outcomes: Outcomes<typeof consumer, Actions> = {
  OpenKafkaConsumer: "DescribeKafkaConsumer",
  ModifyKafkaConsumer: "DescribeKafkaConsumer",
  CloseKafkaConsumer: "DescribeKafkaConsumer",
};
