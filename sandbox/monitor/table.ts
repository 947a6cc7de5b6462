// The metrics that the sandbox knows: read from Cloud Monitor's pages, in words of its own. Those of brokers are left out: no list
// of them is complete.

export interface Row {
  unit: string;
  /** In Chinese, as UnitCname. */
  unitCname: string;
  statistic: "sum" | "last" | "max";
  en: string;
  zh: string;
  dimensions: string[];
}
export const PERIODS = [60, 300, 3600, 86_400];
/** Days. */
export const KEPT: Record<number, number> = { 60: 15, 300: 31, 3600: 93, 86400: 186 };

const UNITS: Record<string, string> = {
  Count: "个",
  MB: "MB",
  "MB/s": "MB/s",
  "%": "%",
  "Count/s": "个/秒",
  "Count/min": "个/分钟",
};
const LISTS: [dimensions: string[], metrics: string][] = [
  [
    ["instanceId"],
    `InstanceProCount|Count|sum|Messages produced|生产消息数
InstanceConCount|Count|sum|Messages consumed|消费消息数
InstanceProReqCount|Count|sum|Produce requests|生产请求数
InstanceConReqCount|Count|sum|Consume requests|消费请求数
InstanceProFlow|MB|sum|Produced data without replicas|生产流量
InstanceConFlow|MB|sum|Consumed data|消费流量
InstanceMaxProFlow|MB/s|max|Peak of production without replicas|生产峰值
InstanceMaxConFlow|MB/s|max|Peak of consumption|消费峰值
InstanceReplicaProduceFlow|MB/s|max|Peak of production with replicas|含副本生产峰值
InstanceMsgCount|Count|last|Messages on disk without replicas|落盘消息数
InstanceMsgHeap|MB|last|Disk taken with replicas|磁盘占用量
InstanceDiskUsage|%|last|Share of the disk that is taken|磁盘使用率
InstanceConnectCount|Count|last|Connections of clients|连接数
InstanceConnectPercentage|%|last|Share of the quota of connections|连接数使用率
InstanceProduceBandwidthPercentage|%|max|Share of the bandwidth that production takes|生产带宽使用率
InstanceConsumeBandwidthPercentage|%|max|Share of the bandwidth that consumption takes|消费带宽使用率
InstanceProduceThrottle|Count|sum|Times that production was throttled|生产限流次数
InstanceConsumeThrottle|Count|sum|Times that consumption was throttled|消费限流次数
InstanceTopicNum|Count|last|Topics|主题数
InstanceTopicPercentage|%|last|Share of the quota of topics|主题使用率
InstancePartitionNum|Count|last|Partitions|分区数
InstancePartitionPercentage|%|last|Share of the quota of partitions|分区使用率
InstanceConsumeGroupNum|Count|last|Consumer groups|消费组数
InstanceConsumeGroupPercentage|%|last|Share of the quota of consumer groups|消费组使用率`,
  ],
  [
    ["instanceId", "topicId"],
    `CtopicProCount|Count|sum|Messages produced|生产消息数
CtopicConCount|Count|sum|Messages consumed|消费消息数
CtopicProFlow|MB|sum|Produced data without replicas|生产流量
CtopicConFlow|MB|sum|Consumed data|消费流量
CtopicProReqCount|Count|sum|Produce requests|生产请求数
CtopicConReqCount|Count|sum|Consume requests|消费请求数
CtopicMsgCount|Count|last|Messages on disk without replicas|落盘消息数
CtopicMsgHeap|MB|last|Disk taken without replicas|落盘消息量
TMaxProduceFlow|MB/s|max|Peak of production without replicas|生产峰值
TMaxConsumeFlow|MB/s|max|Peak of consumption|消费峰值
TTopicProduceThrottle|Count/s|sum|Times that production was throttled|生产限流次数
TTopicConsumeThrottle|Count/s|sum|Times that consumption was throttled|消费限流次数`,
  ],
  [
    ["consumerGroup", "instanceId", "topicId", "topicName", "partition"],
    `CpartitionOffset|Count|last|Offset of the group|当前消费位点
CpartitionMaxOffset|Count|last|Newest offset of the partition|分区最大位点
CpartitionUnconsume|Count|last|Messages that are not read yet|未消费消息数
CpartitionConsumerSpeed|Count/min|sum|Messages read in a minute|消费速度
CtopicMsgOffset|Count|last|Offset of the group|当前消费位点
CgroupMaxOffset|Count|last|Newest offset of the partition|分区最大位点
CtopicUnconsumeMsgCount|Count|last|Messages that are not read yet|未消费消息数
CtopicUnconsumeMsgOffset|MB|last|Data that is not read yet|未消费消息量`,
  ],
  [
    ["consumerGroup", "instanceId", "topicId", "topicName"],
    `UnconsumeTopic|Count|last|Messages of the topic that are not read yet|主题未消费消息数
UnconsumeSizeTopic|MB|last|Data of the topic that is not read yet|主题未消费消息量
CtopicConsumerSpeed|Count/min|sum|Messages of the topic read in a minute|主题消费速度
MaxOffsetTopic|Count|last|Largest newest offset of a partition|主题最大位点
OffsetTopic|Count|last|Largest offset of the group in a partition|主题消费位点`,
  ],
];

export const table: ReadonlyMap<string, Row> = new Map(
  LISTS.flatMap(([dimensions, metrics]) =>
    metrics.split("\n").map((line): [string, Row] => {
      const [name = "", unit = "", statistic, en = "", zh = ""] = line.split("|");
      const unitCname = UNITS[unit] as string;
      return [name, { unit, unitCname, statistic: statistic as Row["statistic"], en, zh, dimensions }];
    }),
  ),
);
