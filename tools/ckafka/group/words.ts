// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { group } from "./actions.ts";

export const words: Partial<Record<keyof typeof group, string>> = {
  DescribeGroup: "groups exist names 有哪些消费组",
  DescribeGroupInfo: "members rebalance state empty stable assignment online active 成员 再平衡 在线",
  DescribeGroupOffsets: "lag behind slow backlog stuck how far why consumer 堆积 积压 延迟 消费进度 消费慢",
  DescribeConsumerGroup: "subscriptions of groups topics they read",
  CreateConsumer: "consumer group new",
  ModifyGroupOffsets:
    "reset rewind replay skip earliest latest timestamp yesterday reprocess 重置位点 回溯 重新消费 跳过",
  BatchModifyGroupOffsets: "reset per partition specific offset",
  DeleteGroup: "unused group",
  DeleteGroupSubscribeTopic: "unsubscribe stop subscribing group no longer topic 不再 关联 取消订阅 解除订阅",
};
