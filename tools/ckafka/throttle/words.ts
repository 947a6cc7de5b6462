// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { throttle } from "./actions.ts";

export const words: Partial<Record<keyof typeof throttle, string>> = {
  CreateThrottleRule: "cap noisy client limit speed of client user 限制速度",
  ModifyThrottleRule: "raise lower limit value 限流值 limit speed",
  DeleteThrottleRule: "lift limit unlimited 取消限流",
  DescribeThrottleRules: "limits in force 限流策略",
};
