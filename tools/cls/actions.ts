// Every action of the log service that has to do with Kafka: models and facts only. Previews also read what stands on an
// instance, so its actions are among those that can be read.
import type { Actions as Instances } from "../ckafka/actions.ts";
import { consumer } from "./consumer/actions.ts";
import { recharge } from "./recharge/actions.ts";

export const actions = { ...recharge, ...consumer };
/**
 * Declared officially without any parameter, so that they cannot name what they are about. They are offered when a later
 * definition brings their parameters.
 */
export const UNDECLARED = [
  "DescribeKafkaConsumerPreview",
  "DescribeKafkaConsumerTopics",
  "ModifyKafkaConsumerGroupOffset",
] as const;
export type ActionName = keyof typeof actions;
export type Actions = Instances & typeof actions;
