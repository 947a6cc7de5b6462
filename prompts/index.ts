import { diagnoseConsumerLag } from "./diagnose-consumer-lag.ts";
import { planTopicChange } from "./plan-topic-change.ts";
import type { Prompt } from "./prompt.ts";

export const prompts: Prompt[] = [diagnoseConsumerLag, planTopicChange];
