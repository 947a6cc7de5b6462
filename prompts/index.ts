import type { Prompt } from "../src/model/prompt.ts";
import { diagnoseConsumerLag } from "./diagnose-consumer-lag.ts";
import { planTopicChange } from "./plan-topic-change.ts";

export const prompts: Prompt[] = [diagnoseConsumerLag, planTopicChange];
