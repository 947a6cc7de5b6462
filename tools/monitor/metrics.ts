// Metrics of CKafka in Cloud Monitor: what each answers, in which unit, over which dimensions. Cloud Monitor spells them; the
// words are ours.

/** Seconds that a value stands for; all metrics have these. */
export const PERIODS = [60, 300, 3600, 86_400] as const;
/** Days for which values of a period are kept. */
export const KEPT: Readonly<Record<number, number>> = { 60: 15, 300: 31, 3600: 93, 86400: 186 };
/** More of either is refused on the international site. */
export const MOST_INSTANCES = 10;
export const MOST_POINTS = 1_440;

export const DIMENSIONS = ["instanceId", "topicId", "topicName", "consumerGroup", "partition", "broker_ip"] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** How a value comes out of its period: the sum of what happened, what stood at its end, the greatest within. */
export type Statistic = "sum" | "last" | "max" | "open";
export interface Metric {
  about: string;
  unit: string;
  statistic: Statistic;
  dimensions: readonly Dimension[];
}

type Row = readonly [unit: string, statistic: Statistic, about: string];
const of = <N extends string>(dimensions: readonly Dimension[], rows: Record<N, Row>) =>
  Object.fromEntries(
    Object.entries<Row>(rows).map(([name, [unit, statistic, about]]) => [name, { about, unit, statistic, dimensions }]),
  ) as Record<N, Metric>;

const instance = of(["instanceId"], {
  InstanceProCount: ["count", "sum", "messages produced"],
  InstanceConCount: ["count", "sum", "messages consumed"],
  InstanceProReqCount: ["count", "sum", "produce requests"],
  InstanceConReqCount: ["count", "sum", "consume requests"],
  InstanceProFlow: ["MB", "sum", "data produced, without replicas; divide by Period for the mean rate"],
  InstanceConFlow: ["MB", "sum", "data consumed; divide by Period for the mean rate"],
  InstanceMaxProFlow: ["MB/s", "max", "peak production, without replicas"],
  InstanceMaxConFlow: ["MB/s", "max", "peak consumption"],
  InstanceReplicaProduceFlow: ["MB/s", "max", "peak production with replicas"],
  InstanceMsgCount: ["count", "last", "messages on disk, without replicas"],
  InstanceMsgHeap: ["MB", "last", "disk taken, with replicas"],
  InstanceDiskUsage: ["%", "last", "disk taken as a share of the bought disk; at 100 writes are blocked"],
  InstanceConnectCount: ["count", "last", "client connections"],
  InstanceConnectPercentage: ["%", "last", "connections as a share of the quota; at 100 new ones are refused"],
  InstanceProduceBandwidthPercentage: ["%", "max", "production as a share of the bandwidth"],
  InstanceConsumeBandwidthPercentage: ["%", "max", "consumption as a share of the bandwidth"],
  InstanceProduceThrottle: ["count", "sum", "how often producers were throttled"],
  InstanceConsumeThrottle: ["count", "sum", "how often consumers were throttled"],
  InstanceTopicNum: ["count", "last", "topics"],
  InstanceTopicPercentage: ["%", "last", "topics as a share of the quota"],
  InstancePartitionNum: ["count", "last", "partitions"],
  InstancePartitionPercentage: ["%", "last", "partitions as a share of the quota"],
  InstanceConsumeGroupNum: ["count", "last", "consumer groups"],
  InstanceConsumeGroupPercentage: ["%", "last", "consumer groups as a share of the quota"],
});
const topic = of(["instanceId", "topicId"], {
  CtopicProCount: ["count", "sum", "messages produced to the topic"],
  CtopicConCount: ["count", "sum", "messages consumed from the topic"],
  CtopicProFlow: ["MB", "sum", "data produced to the topic, without replicas"],
  CtopicConFlow: ["MB", "sum", "data consumed from the topic"],
  CtopicProReqCount: ["count", "sum", "produce requests to the topic"],
  CtopicConReqCount: ["count", "sum", "consume requests to the topic"],
  CtopicMsgCount: ["count", "last", "messages of the topic on disk, without replicas"],
  CtopicMsgHeap: ["MB", "last", "disk that the topic takes, WITHOUT replicas (the instance's figure is with them)"],
  TMaxProduceFlow: ["MB/s", "max", "peak production to the topic, without replicas"],
  TMaxConsumeFlow: ["MB/s", "max", "peak consumption from the topic"],
  TTopicProduceThrottle: ["count/s", "open", "how often producers of the topic were throttled"],
  TTopicConsumeThrottle: ["count/s", "open", "how often consumers of the topic were throttled"],
});
const groupOnPartition = of(["consumerGroup", "instanceId", "topicId", "topicName", "partition"], {
  CpartitionOffset: ["count", "last", "the group's offset in the partition"],
  CpartitionMaxOffset: ["count", "last", "the partition's newest offset"],
  CpartitionUnconsume: ["count", "last", "the group's unread messages in the partition (China site)"],
  CpartitionConsumerSpeed: ["count/min", "sum", "the group's consumption from the partition, messages a minute"],
  CtopicMsgOffset: ["count", "last", "the group's offset in the partition (older name)"],
  CgroupMaxOffset: ["count", "last", "the partition's newest offset (older name)"],
  CtopicUnconsumeMsgCount: ["count", "last", "the group's unread messages in the partition (international site)"],
  CtopicUnconsumeMsgOffset: ["MB", "last", "the group's unread messages in the partition by size, despite the name"],
});
const groupOnTopic = of(["consumerGroup", "instanceId", "topicId", "topicName"], {
  UnconsumeTopic: ["count", "last", "lag: the group's unread messages over all partitions of the topic"],
  UnconsumeSizeTopic: ["MB", "last", "the group's unread messages of the topic by size"],
  CtopicConsumerSpeed: ["count/min", "sum", "the group's consumption from the topic, messages a minute"],
  MaxOffsetTopic: ["count", "last", "the LARGEST newest offset of a partition; minus OffsetTopic is no lag"],
  OffsetTopic: ["count", "last", "the LARGEST committed offset of a partition"],
});

export const METRICS = { ...instance, ...topic, ...groupOnPartition, ...groupOnTopic };
export type MetricName = keyof typeof METRICS;

const broker: Metric = {
  about: "a broker's reading, of the professional edition; DescribeBaseMetrics explains it",
  unit: "as DescribeBaseMetrics tells",
  statistic: "open",
  dimensions: ["broker_ip"],
};
/** Those of brokers are known in part only, so any name of their form passes. */
export function metricOf(name: string): Metric | undefined {
  if (Object.hasOwn(METRICS, name)) return METRICS[name as MetricName];
  return /^B[A-Z][a-z]\w+$/.test(name) ? broker : undefined;
}
