// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { alarm } from "./actions.ts";

export const words: Partial<Record<keyof typeof alarm, string>> = {
  DescribeAlarmHistories:
    "what went wrong last night alerts fired recovered incident when broke 告警历史 告警记录 报警记录 昨晚出了什么问题 触发 恢复",
  DescribeAlarmPolicies:
    "alert rules thresholds notified who is told if disk fills enabled 告警策略 报警规则 告警规则 阈值 通知",
};
