// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { purchase } from "./actions.ts";

export const words: Partial<Record<keyof typeof purchase, string>> = {
  CreateInstancePre: "buy monthly yearly prepaid subscription 包年包月 预付费",
  CreatePostPaidInstance: "buy hourly pay as you go postpaid 按量 后付费",
  CreateInstancePost: "buy hourly pay as you go postpaid 按量 后付费",
  ModifyInstancePre: "prepaid increase disk more disk bandwidth partitions 磁盘 带宽 加磁盘",
  InstanceScalingDown: "downsize smaller save money hourly instance 缩小 hourly smaller reduce cost 按量缩容",
  RenewCkafkaInstance: "expiring keep longer months 到期",
  IsolatedInstancePre:
    "stop first keep for now 先停 暂时 别销毁 return prepaid isolate refund before destroying 隔离 退还 退费 退订",
  DeleteInstancePre: "destroy prepaid terminate get rid 销毁 释放",
  DeleteInstancePost: "destroy hourly terminate stop billing get rid 销毁 释放 退掉 不用了",
  InquireCkafkaPrice: "cost before buying renewing how much disk bandwidth",
  DescribeModifyType: "升配 数据迁移 can it be resized how migration 变配方式 迁移",
};
