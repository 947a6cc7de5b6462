// Upkeep of instances: automatic maintenance, broker upgrades, monitoring, dedicated clusters, and the tasks behind them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { codes, foreign, integer, meant, name, object, quantity, text, time } from "../../../src/model/field.ts";
import { quoted, say } from "../../../src/model/line.ts";
import { acknowledged, InstanceId, num, ReturnCode, returnMessage, SubnetId, str, VpcId, ZoneId } from "../fields.ts";
import { billsOf, lossesOf } from "./maintenance.ts";

const isObject = (json: string) => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};
const days = (week: string) => week.split(",");
/** Of background tasks. */
export const TaskStatus = codes({ 0: "succeeded", 1: "failed", 2: "in progress" });
/** Only the first is documented. */
export const CdcState = codes({ Success: "succeeded" });
export const DISCONNECTS = say`connections of clients, as each broker is restarted in place`;
export const UpgradeType = codes({ 1: "minor upgrade by migration", 5: "minor upgrade in place" });
export const Maintenance = codes({
  QUOTA: "quota",
  ANALYSIS: "analysis",
  RE_BALANCE: "rebalance",
  ELASTIC_BANDWIDTH: "elastic bandwidth",
});
const MaintenanceSubtype = codes({
  INSTANCE_STORAGE_CAPACITY: "disk growth",
  MESSAGE_RETENTION_PERIOD: "dynamic retention",
  INSTANCE_PARTITION_RE_BALANCE: "partition rebalancing",
});
/** The other way round than everywhere else. */
export const MaintenanceStatus = codes({ 0: "on", 1: "off" });

export const upkeep = domain({
  DescribeTaskStatus: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a change's progress. Status 0 done, 1 failed, 2 running.",
    input: object({
      FlowId: integer("Number of a background task, as the change that began it answered.", {
        brief: "0 is no task",
      }),
    }),
    output: z.object({
      Result: z.object({ Status: TaskStatus.open("How far it is."), Output: foreign("What the task says of itself.") }),
    }),
  },
  UpgradeBrokerVersion: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Upgrade brokers to a newer build of their Kafka version.",
    subject: "InstanceId",
    loses: ({ Type }) => (Type === UpgradeType.code["minor upgrade in place"] ? DISCONNECTS : undefined),
    final: say`no action goes back to the build that runs today`,
    input: object({
      InstanceId,
      Type: UpgradeType.field("How the brokers (servers of the cluster) get the new build.", {
        brief: "1 by migration (recommended), 5 in place",
      }),
      SourceVersion: text("The build that runs now, like v2.8.1_r1.1.7.", {
        brief: "CurBrokerVersion of DescribeCkafkaVersion",
      }),
      TargetVersion: text("The build to upgrade to, from the same answer, like v2.8.1_r1.1.8.", {
        brief: "BrokerVersion in LatestBrokerVersion",
      }),
      DelayTimeStamp: time("Beijing", "When the upgrade is to begin, in Beijing time; default now.", {
        brief: "Beijing time; default now",
        special: { "": "now" },
      }).optional(),
    }),
    output: acknowledged,
  },
  ModifyRoutineMaintenanceTask: {
    effect: "write",
    bills: billsOf,
    perSecond: 20,
    about: "Automate disk growth, shorter retention, rebalancing, elastic bandwidth.",
    subject: "InstanceId",
    loses: lossesOf,
    input: object({
      InstanceId,
      MaintenanceType: Maintenance.field(
        "Kind of maintenance: QUOTA adapts limits such as disk or retention, ANALYSIS analyses, RE_BALANCE evens out partitions, ELASTIC_BANDWIDTH lets bandwidth grow.",
        { brief: "QUOTA for disk and retention" },
      ),
      // The reference names two of them and uses a third: no list to hold anybody to.
      MaintenanceSubtype: meant<string, string>(
        z.string().min(1),
        {
          is: "code",
          words: MaintenanceSubtype.words,
          brief: "Like INSTANCE_STORAGE_CAPACITY, MESSAGE_RETENTION_PERIOD, INSTANCE_PARTITION_RE_BALANCE",
        },
        "What is done: INSTANCE_STORAGE_CAPACITY, the disk grows; MESSAGE_RETENTION_PERIOD, messages are kept for less long as the disk fills; INSTANCE_PARTITION_RE_BALANCE, partitions are evened out.",
      ),
      TopicName: name("topic", "The topic that the maintenance is for, if it is for one.").optional(),
      ConfigureThreshold: quantity("%", "How full the disk must be for the maintenance to set in, in percent.", {
        brief: "Percent of disk used",
      }).optional(),
      ConfigureStepSize: quantity("%", "By how many percent each adjustment changes the value.", {
        brief: "Percent per adjustment",
      }).optional(),
      ConfigureLimit: integer(
        "Where adjusting ends: of a disk that grows its largest size in GB, of retention that is cut the shortest in minutes.",
        { brief: "Disk: most GB; retention: least minutes" },
      ).optional(),
      PlannedTime: quantity(
        "s",
        "Time of day at which the maintenance is planned, in seconds after midnight, 0 to 86400.",
        {
          min: 0,
          max: 86_400,
          brief: "Seconds after midnight",
        },
      ).optional(),
      ExtraConfig: meant<string, string>(
        z.string().refine(isObject, 'must be the text of a JSON object, like {"key":"value"}'),
        { is: "plain", brief: "JSON object" },
        "What else the maintenance needs, as the text of a JSON object.",
      ).optional(),
      Status: MaintenanceStatus.field("Whether the maintenance is done: 0 on, 1 off.", {
        brief: "0 on, 1 off",
      }).optional(),
      Week: meant<string, string>(
        z
          .string()
          .refine(
            (week) => days(week).every((day) => /^[1-7]$/.test(day)) && new Set(days(week)).size === days(week).length,
            "must be days of the week, 1 to 7, each once, joined by commas, like 1,2,3",
          ),
        { is: "plain", brief: "Like 1,2,3" },
        "Days of the week on which the maintenance is done, 1 to 7, joined by commas.",
      ).optional(),
    }),
    output: acknowledged,
  },
  DescribePrometheus: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List where Prometheus can scrape brokers.",
    input: object({ InstanceId }),
    output: z.object({
      Result: z.array(
        z.object({
          Type: codes({ JmxExport: "JMX export", NodeExport: "node export" }).open("What it exports."),
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
    opens: ({ VpcId, SubnetId }) =>
      say`the metrics of all brokers to the subnet ${quoted(SubnetId)} in ${quoted(VpcId)}`,
    final: say`no action of this API takes the access away`,
    input: object({ InstanceId, VpcId, SubnetId }),
    output: z.object({
      Result: z.object({
        ReturnCode,
        ReturnMessage: returnMessage,
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
    final: say`no action of this API removes the cluster`,
    input: object({
      CdcId: text("Id of the dedicated cluster (CDC, machines kept for one customer), like cluster-1a2b3c4d."),
      CdcVpcId: text("Id of the VPC (private network) for dedicated clusters; a region has exactly one."),
      CdcSubnetId: text("Id of the dedicated cluster's subnet; each has exactly one."),
      ZoneId,
      Bandwidth: quantity(
        "MB/s",
        "Bandwidth of the cluster in MB/s: 20 to 360 premium, 20 to 100000 profession; 40, 100 or 150 standard edition.",
        { min: 20, max: 100_000 },
      ),
      DiskSize: quantity("GB", "Disk space of the whole cluster, presumably in GB like everywhere.", {
        min: 1,
        brief: "GB, whole cluster",
      }),
      DiskType: text("Kind of disk that holds the messages.", { brief: "Like CLOUD_SSD" }),
      SystemDiskType: text("Kind of disk that holds the machines' own system.", { brief: "Like CLOUD_PREMIUM" }),
    }),
    output: z.object({ Result: z.object({ TaskId: num }) }),
  },
  CheckCdcCluster: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Check a CDC cluster's creation; Success: done.",
    input: object({
      TaskId: integer("Number of the task that creates the cluster, as CreateCdcCluster answered it.", {
        brief: "As CreateCdcCluster answers",
      }),
    }),
    output: z.object({ Result: CdcState.open("How far the creation is.") }),
  },
});
