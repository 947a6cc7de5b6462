// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { upkeep } from "./actions.ts";

export const words: Partial<Record<keyof typeof upkeep, string>> = {
  UpgradeBrokerVersion: "move from version to version kafka version upgrade broker patch 内核升级 小版本",
  ModifyRoutineMaintenanceTask:
    "grow storage disk by itself automatic maintenance auto expand disk elastic bandwidth 自动运维 自动扩容 弹性带宽",
  DescribeTaskStatus: "flow id asynchronous finished yet",
  CreatePrometheus: "scrape exporter",
  DescribePrometheus: "scrape targets exporter",
  CreateCdcCluster: "dedicated cluster cdc private 专属集群 专有",
  CheckCdcCluster: "dedicated cluster cdc creation progress 专属集群 专有",
};
