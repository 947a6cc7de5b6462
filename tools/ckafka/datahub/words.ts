// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { datahub } from "./actions.ts";

export const words: Partial<Record<keyof typeof datahub, string>> = {
  CreateDatahubTask:
    "binlog mysql to kafka kafka to cos elasticsearch import export copy move data 导入 导出 数据流出 接入",
  DescribeDatahubTask: "one task detail error running failing 报错 失败",
  DescribeDatahubTasks: "all tasks running failing",
  ModifyDatahubTask: "rename task",
  DeleteDatahubTask: "end task",
  PauseDatahubTask: "stop for a while 临时 ",
  ResumeDatahubTask: "start again later ",
  RestartDatahubTask: "failed task",
  CreateMetaSyncDatahubTask: "metadata replicate topics groups between instances migrate 元数据 迁移",
  CreateMetaAndDataSyncDatahubTask:
    "metadata and data replicate mirror instances disaster recovery 元数据 数据 容灾 镜像",
  CreateMetaDataAndOffsetSyncDatahubTask:
    "metadata data and offsets replicate mirror failover migration 元数据 位点 容灾 迁移",
  CreateDatahubTopic: "new to receive data elastic topic serverless 弹性",
  DescribeDatahubTopic: "elastic topic serverless settings 弹性",
  DescribeDatahubTopics: "elastic topics serverless 弹性",
  ModifyDatahubTopic: "elastic topic retention 弹性",
  DeleteDatahubTopic: "elastic topic 弹性",
  DescribeDatahubGroupOffsets: "elastic topic lag 弹性 堆积",
  FetchDatahubMessageByOffset: "elastic topic message 弹性",
  FetchLatestDatahubMessageList: "elastic topic newest messages latest 弹性 最新消息",
};
