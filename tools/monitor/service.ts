// Cloud Monitor as a service, as far as it tells of CKafka: where it is, how it is called, what its errors mean.
import { hostsOf } from "../../src/cloud/endpoints.ts";
import { tc3 } from "../../src/cloud/wire/tc3.ts";
import type { Service } from "../../src/model/service.ts";
import { ckafka } from "../ckafka/service.ts";

const HOST = "monitor.tencentcloudapi.com";

export const monitor: Service = {
  name: "monitor",
  version: "2018-07-24",
  wire: tc3,
  host: HOST,
  url: hostsOf(HOST),
  within: "Instances",
  paging: "ask for fewer Instances, a shorter time or a longer Period",
  // Data lies in the region of its instance, so other regions of the service have none of it.
  regions: ckafka.regions,
  advice: {
    InvalidParameterValue: "Of a metric, DescribeBaseMetrics with this MetricName shows its dimensions and periods.",
    "FailedOperation.ErrNotOpen":
      "The month's free calls are used up: a person can switch on pay-as-you-go of Cloud Monitor in the console. Do not repeat the call.",
    "FailedOperation.ErrOwed": "The account owes money: a person has to top it up. Do not repeat the call.",
  },
  kinds: {},
  instructions: [
    "Metrics over time: GetMonitorData, one metric a call (a call counts against the month's free million, so ask for what you need); DescribeBaseMetrics explains metrics. Lag: UnconsumeTopic beside CtopicConsumerSpeed and CtopicProCount. Disk: InstanceDiskUsage. A missing point is not a zero.",
    "Alarms: DescribeAlarmHistories tells what went wrong when, DescribeAlarmPolicies who would be told. A group's rebalancing is no metric: DescribeGroupInfo shows its state now.",
  ],
};
