// Upkeep of instances: automatic maintenance, broker upgrades, monitoring, dedicated clusters, and the tasks behind them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { say } from "../../../src/model/line.ts";
import {
  acknowledged,
  InstanceId,
  integer,
  num,
  oneOf,
  SubnetId,
  shape,
  str,
  TopicName,
  text,
  VpcId,
  words,
  ZoneId,
} from "../fields.ts";

export const upkeep = domain({
  DescribeTaskStatus: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a change's progress. Status 0 done, 1 failed, 2 running.",
    input: shape({
      FlowId: integer("0 is no task.\nNumber of a background task, as the change that began it answered."),
    }),
    output: z.object({ Result: z.object({ Status: num, Output: str }) }),
  },
  UpgradeBrokerVersion: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Upgrade brokers to a newer build of their Kafka version.",
    subject: "InstanceId",
    loses: ({ Type }) => (Type === 5 ? say`brokers are restarted in place, which disconnects clients` : undefined),
    input: shape({
      InstanceId,
      Type: oneOf(
        [1, 5],
        "1 by migration (recommended), 5 in place.\nHow the brokers (servers of the cluster) get the new build.",
      ),
      SourceVersion: text("CurBrokerVersion of DescribeCkafkaVersion.\nThe build that runs now, like v2.8.1_r1.1.7."),
      TargetVersion: text(
        "BrokerVersion in LatestBrokerVersion.\nThe build to upgrade to, from the same answer, like v2.8.1_r1.1.8.",
      ),
      DelayTimeStamp: words("YYYY-MM-DD hh:mm:ss; default now.\nWhen the upgrade is to begin."),
    }),
    output: acknowledged,
  },
  ModifyRoutineMaintenanceTask: {
    effect: "write",
    // A disk or a bandwidth that grows by itself is paid for. What is switched off is not.
    bills: ({ MaintenanceType, MaintenanceSubtype, Status }) =>
      Status !== 1 &&
      !["MESSAGE_RETENTION_PERIOD", "INSTANCE_PARTITION_RE_BALANCE"].includes(MaintenanceSubtype) &&
      ["QUOTA", "ELASTIC_BANDWIDTH"].includes(MaintenanceType),
    perSecond: 20,
    about: "Automate disk growth, shorter retention, rebalancing, elastic bandwidth.",
    subject: "InstanceId",
    loses: ({ MaintenanceType, MaintenanceSubtype, Status }) => {
      if (MaintenanceSubtype === "MESSAGE_RETENTION_PERIOD" && Status !== 1)
        return say`as the disk fills, retention is cut and older messages are deleted`;
      if (MaintenanceType === "ELASTIC_BANDWIDTH" && Status === 1)
        return say`clients above the instance's own bandwidth are throttled`;
      return undefined;
    },
    input: shape({
      InstanceId,
      MaintenanceType: z
        .enum(["QUOTA", "ANALYSIS", "RE_BALANCE", "ELASTIC_BANDWIDTH"])
        .describe(
          "\nKind of maintenance: QUOTA adapts limits such as disk or retention, ANALYSIS analyses, RE_BALANCE evens out partitions, ELASTIC_BANDWIDTH lets bandwidth grow.",
        ),
      // The reference names two of them and uses a third: no list to hold anybody to.
      MaintenanceSubtype: text(
        "Like INSTANCE_STORAGE_CAPACITY, MESSAGE_RETENTION_PERIOD, INSTANCE_PARTITION_RE_BALANCE.\nWhat is done: the disk grows, messages are kept for less long as the disk fills, or partitions are evened out.",
      ),
      TopicName: TopicName.describe("\nThe topic that the maintenance is for, if it is for one.").optional(),
      ConfigureThreshold: integer("\nValue at which the maintenance sets in.").optional(),
      ConfigureStepSize: integer("\nBy how much each adjustment changes the value.").optional(),
      ConfigureLimit: integer("\nValue beyond which nothing is adjusted any more.").optional(),
      PlannedTime: integer("Seconds after midnight.\nTime of day at which the maintenance is planned, 0 to 86400.")
        .min(0)
        .max(86_400)
        .optional(),
      ExtraConfig: words("JSON object.\nWhat else the maintenance needs, as JSON text."),
      Status: z
        .union([z.literal(0), z.literal(1)])
        .describe("0 on, 1 off.\nWhether the maintenance is done.")
        .optional(),
      Week: text(
        "Like 1,2,3.\nDays of the week on which the maintenance is done, 1 to 7, joined by commas.",
      ).optional(),
    }),
    output: acknowledged,
  },
  DescribePrometheus: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List where Prometheus can scrape brokers.",
    input: shape({ InstanceId }),
    output: z.object({
      Result: z.array(
        z.object({
          Type: str,
          SourceIp: str,
          SourcePort: num,
          BrokerIp: str.nullable(),
          VpcId: str.nullable(),
          SubnetId: str.nullable(),
        }),
      ),
    }),
  },
  CreatePrometheus: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Expose metrics to Prometheus in a subnet.",
    subject: "InstanceId",
    input: shape({ InstanceId, VpcId, SubnetId }),
    output: z.object({
      Result: z.object({
        ReturnCode: str,
        ReturnMessage: str,
        Data: acknowledged.shape.Result.shape.Data.unwrap(),
      }),
    }),
  },
  CreateCdcCluster: {
    effect: "write",
    bills: true,
    perSecond: 20,
    about: "Create a Kafka cluster on a dedicated cluster (CDC).",
    subject: "CdcId",
    input: shape({
      CdcId: text("\nId of the dedicated cluster (CDC, machines kept for one customer), like cluster-1a2b3c4d."),
      CdcVpcId: text("\nId of the VPC (private network) for dedicated clusters; a region has exactly one."),
      CdcSubnetId: text("\nId of the dedicated cluster's subnet; each has exactly one."),
      ZoneId,
      Bandwidth: integer(
        "MB/s.\nBandwidth of the cluster: 20 to 360 premium, 20 to 100000 profession; 40, 100 or 150 standard edition.",
      )
        .min(20)
        .max(100_000),
      DiskSize: integer("\nDisk space of the whole cluster.").min(1),
      DiskType: text("Like CLOUD_SSD.\nKind of disk that holds the messages."),
      SystemDiskType: text("Like CLOUD_PREMIUM.\nKind of disk that holds the machines' own system."),
    }),
    output: z.object({ Result: z.object({ TaskId: num }) }),
  },
  CheckCdcCluster: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Check a CDC cluster's creation; Success: done.",
    input: shape({ TaskId: integer("From CreateCdcCluster.\nNumber of the task that creates the cluster.") }),
    output: z.object({ Result: str }),
  },
});
