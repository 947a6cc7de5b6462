// Upkeep of instances: automatic maintenance, broker upgrades, monitoring, dedicated clusters, and the tasks behind them.
import { z } from "zod/v3";
import { domain } from "../src/action.ts";
import { acknowledged, InstanceId, integer, num, oneOf, shape, str, text } from "./fields.ts";

export const upkeep = domain({
  DescribeTaskStatus: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a change's progress. Status 0 done, 1 failed, 2 running.",
    input: shape({ FlowId: integer("0 is no task.") }),
    output: z.object({ Result: z.object({ Status: num, Output: str }) }),
  },
  UpgradeBrokerVersion: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Upgrade brokers to a newer build of their Kafka version.",
    subject: "InstanceId",
    escalates: ({ Type }) => (Type === 5 ? "brokers are restarted in place, which disconnects clients" : undefined),
    input: shape({
      InstanceId,
      Type: oneOf([1, 5], "1 by migration (recommended), 5 in place."),
      SourceVersion: text("CurBrokerVersion of DescribeCkafkaVersion."),
      TargetVersion: text("BrokerVersion in LatestBrokerVersion."),
      DelayTimeStamp: z.string().describe("YYYY-MM-DD hh:mm:ss; default now.").optional(),
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
    escalates: ({ MaintenanceType, MaintenanceSubtype, Status }) => {
      if (MaintenanceSubtype === "MESSAGE_RETENTION_PERIOD" && Status !== 1)
        return "as the disk fills, retention is cut and older messages are deleted";
      if (MaintenanceType === "ELASTIC_BANDWIDTH" && Status === 1)
        return "clients above the instance's own bandwidth are throttled";
      return undefined;
    },
    input: shape({
      InstanceId,
      MaintenanceType: z.enum(["QUOTA", "ANALYSIS", "RE_BALANCE", "ELASTIC_BANDWIDTH"]).describe("Kind."),
      // The reference names two of them and uses a third: no list to hold anybody to.
      MaintenanceSubtype: text(
        "Like INSTANCE_STORAGE_CAPACITY, MESSAGE_RETENTION_PERIOD, INSTANCE_PARTITION_RE_BALANCE.",
      ),
      TopicName: text("Topic.").optional(),
      ConfigureThreshold: integer("Trigger.").optional(),
      ConfigureStepSize: integer("Step.").optional(),
      ConfigureLimit: integer("Bound.").optional(),
      PlannedTime: integer("Seconds after midnight.").min(0).max(86_400).optional(),
      ExtraConfig: z.string().describe("JSON object.").optional(),
      Status: z
        .union([z.literal(0), z.literal(1)])
        .describe("0 on, 1 off.")
        .optional(),
      Week: text("Like 1,2,3.").optional(),
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
    input: shape({ InstanceId, VpcId: text("VPC."), SubnetId: text("Subnet.") }),
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
      CdcId: text("CDC."),
      CdcVpcId: text("VPC for CDC."),
      CdcSubnetId: text("CDC's subnet."),
      ZoneId: integer("Zone."),
      Bandwidth: integer("MB/s, 20 to 100000.").min(20).max(100_000),
      DiskSize: integer("Total GB.").min(1),
      DiskType: text("Like CLOUD_SSD."),
      SystemDiskType: text("Like CLOUD_PREMIUM."),
    }),
    output: z.object({ Result: z.object({ TaskId: num }) }),
  },
  CheckCdcCluster: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Check a CDC cluster's creation; Success: done.",
    input: shape({ TaskId: integer("From CreateCdcCluster.") }),
    output: z.object({ Result: str }),
  },
});
