// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { topic } from "./actions.ts";

export const words: Partial<Record<keyof typeof topic, string>> = {
  CreateTopic: "new topic",
  DeleteTopic: "drop topic and its messages",
  DescribeTopic: "topics names exist 有哪些主题",
  DescribeTopicDetail: "topics with settings partitions sorted",
  DescribeTopicAttributes:
    "replicas how long kept 副本数 保留多久 留多久 config settings retention of a topic topic configuration 配置 属性",
  ModifyTopicAttributes:
    "shorten retention longer keep data only hours days disk full retention cleanup compaction max message size min insync quota note 保留时间 消息大小 压缩",
  BatchModifyTopicAttributes: "many topics at once",
  CreatePartition: "more increase number raise parallelism 扩分区 增加分区",
  CreateTopicIpWhiteList: "only some machines may access topic 只允许 机器 访问 allow ip address client",
  DeleteTopicIpWhiteList: "block ip address remove ip",
  DescribeTopicSubscribeGroup: "who reads consumes topic subscribers consumers of 谁在消费 谁订阅",
  DescribeTopicProduceConnection: "who writes produces sends producers clients ip connections 谁在写 谁在生产",
  DescribeTopicSyncReplica: "isr under replicated out of sync message count offsets leader 未同步 消息数 消息条数",
  DescribeTopicFlowRanking: "noisy eating bandwidth busiest hottest traffic disk usage top 占用磁盘 热点",
};
