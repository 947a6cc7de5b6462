// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { consumer } from "./actions.ts";

export const words: Partial<Record<keyof typeof consumer, string>> = {
  DescribeKafkaConsumer: "cls kafka protocol consumption status log topic 协议消费 是否打开 日志消费",
  DescribeKafkaConsumerGroupList: "cls who reads log topic groups 日志主题 消费组列表",
  DescribeKafkaConsumerGroupDetail: "cls log topic group partitions consumers progress 消费组详情 日志主题",
  OpenKafkaConsumer: "cls enable turn on kafka protocol consumption expose logs 打开 开启 协议消费 日志消费",
  ModifyKafkaConsumer: "cls kafka protocol consumption compression format 修改 协议消费 压缩 日志消费",
  CloseKafkaConsumer: "cls disable turn off kafka protocol consumption 关闭 协议消费 日志消费",
};
