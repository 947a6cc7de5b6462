// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { metric } from "./actions.ts";

export const words: Partial<Record<keyof typeof metric, string>> = {
  GetMonitorData:
    "metrics chart graph history trend curve over time lag growing disk full when usage traffic peak throughput bandwidth throttled connections how many per minute 监控数据 指标 曲线 趋势 历史 磁盘使用率 堆积趋势 流量峰值 生产速度 消费速度 连接数 限流次数",
  DescribeBaseMetrics:
    "which metric names units dimensions periods meaning of metrics 有哪些指标 指标含义 指标单位 维度 统计粒度",
};
