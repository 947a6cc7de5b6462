import type { Fakes } from "../../src/model/action.ts";
import type { upkeep as models } from "../../tools/ckafka/upkeep/actions.ts";
import { brokerIps } from "../kafka/partitions.ts";
import { Fault } from "../state/fault.ts";
import { begin, newNumber, newTask, openInstance, runningInstance, type Scope, topicOf } from "../state/store.ts";
import { done, started, timeOf } from "./answers.ts";
import { dynamicLimit } from "./instance.ts";
import { checkNetwork } from "./network.ts";
import { builds } from "./versions.ts";

const UPGRADING = { migration: 10 * 60_000, inPlace: 3 * 60_000 };
const OPENING_METRICS = 60_000;
const CREATING_CLUSTER = 10 * 60_000;
const FIRST_EXPORT_PORT = 60_001;

function startOf(text: string | undefined, now: number): number {
  if (!text) return now;
  const at = timeOf(text);
  if (at < now) throw new Fault("InvalidParameter", `DelayTimeStamp ${text} has passed`);
  return at;
}

export const upkeep: Fakes<typeof models, Scope> = {
  DescribeTaskStatus: ({ region, now }, { FlowId }) => {
    // 0 only fills the field: of purchases the reference says so, and they are far from done when they answer.
    const task = region.tasks.find((t) => t.flow === FlowId);
    if (!task) throw new Fault("InvalidParameter", `task ${FlowId} does not exist`);
    if (now < task.until) return { Result: { Status: 2, Output: "running" } };
    return { Result: task.failure === null ? { Status: 0, Output: "success" } : { Status: 1, Output: task.failure } };
  },
  UpgradeBrokerVersion: (scope, input) => {
    const i = runningInstance(scope, input.InstanceId);
    const current = i.broker;
    if (input.SourceVersion !== current)
      throw new Fault("InvalidParameterValue", `the brokers of ${i.id} run ${current}, not ${input.SourceVersion}`);
    const newest = builds[i.version];
    if (input.TargetVersion !== newest || newest === current)
      throw new Fault(
        "InvalidParameterValue",
        `TargetVersion must be newer and of Kafka ${i.version}: ${newest === current ? "there is none" : newest}`,
      );
    const at = startOf(input.DelayTimeStamp, scope.now);
    const until = at + (input.Type === 5 ? UPGRADING.inPlace : UPGRADING.migration);
    const phase = begin(i, { status: 7, at, until, broker: newest }, scope);
    phase.flow = newTask(scope, until);
    return started(phase.flow);
  },
  ModifyRoutineMaintenanceTask: (scope, input) => {
    const i = runningInstance(scope, input.InstanceId);
    if (input.TopicName !== undefined) topicOf(i, input.TopicName);
    const Enable = Number(input.Status !== 1);
    const given = {
      Enable,
      DiskQuotaPercentage: input.ConfigureThreshold,
      StepForwardPercentage: input.ConfigureStepSize,
    };
    if (input.MaintenanceSubtype === "INSTANCE_STORAGE_CAPACITY")
      i.dynamicDisk = dynamicLimit(i.dynamicDisk, given, input.ConfigureLimit);
    if (input.MaintenanceSubtype === "MESSAGE_RETENTION_PERIOD")
      i.dynamicRetention = dynamicLimit(i.dynamicRetention, given, input.ConfigureLimit);
    if (input.MaintenanceType === "ELASTIC_BANDWIDTH") i.elasticBandwidth = Enable === 1;
    return done(true);
  },
  DescribePrometheus: (scope, { InstanceId }) => {
    const i = openInstance(scope, InstanceId);
    const open = i.prometheus.filter((p) => p.since <= scope.now);
    const Result = open.flatMap(({ vpc, subnet }, index) =>
      brokerIps(i)
        .flatMap((BrokerIp) => ["JmxExport", "NodeExport"].map((Type) => ({ Type, BrokerIp })))
        .map(({ Type, BrokerIp }, n) => ({
          Type,
          // Each subnet reaches the brokers through an address of its own.
          SourceIp: i.vip.replace(/\d+$/, String(250 - index)),
          SourcePort: FIRST_EXPORT_PORT + n,
          BrokerIp,
          VpcId: vpc,
          SubnetId: subnet,
        })),
    );
    return { Result };
  },
  CreatePrometheus: (scope, { InstanceId, VpcId, SubnetId }) => {
    const i = runningInstance(scope, InstanceId);
    checkNetwork(scope, { VpcId, SubnetId }, i.zones);
    if (i.prometheus.some((p) => p.vpc === VpcId && p.subnet === SubnetId))
      throw new Fault("InvalidParameterValue.RepetitionValue", `${SubnetId} has access already`);
    const since = scope.now + OPENING_METRICS;
    if (scope.failure === null) i.prometheus.push({ vpc: VpcId, subnet: SubnetId, since });
    return started(newTask(scope, since));
  },
  CreateCdcCluster: (scope, input) => {
    const { region, now } = scope;
    if (!region.zones.some((z) => z.id === input.ZoneId))
      throw new Fault("InvalidParameterValue", `zone ${input.ZoneId} is not in this region`);
    for (const { cdc, vpc, subnet } of region.cdcClusters) {
      if (vpc !== input.CdcVpcId) throw new Fault("InvalidParameterValue", `the region's VPC for CDC is ${vpc}`);
      if (cdc === input.CdcId && subnet !== input.CdcSubnetId)
        throw new Fault("InvalidParameterValue", `the subnet of ${cdc} is ${subnet}`);
    }
    const id = newNumber(scope) % 100_000;
    region.cdcClusters.push({
      id,
      cdc: input.CdcId,
      vpc: input.CdcVpcId,
      subnet: input.CdcSubnetId,
      zone: input.ZoneId,
      bandwidth: input.Bandwidth,
      disk: input.DiskSize,
      ready: now + CREATING_CLUSTER,
      failure: scope.failure,
    });
    return { Result: { TaskId: id } };
  },
  CheckCdcCluster: ({ region, now }, { TaskId }) => {
    const cluster = region.cdcClusters.find((c) => c.id === TaskId);
    if (!cluster) throw new Fault("InvalidParameterValue", `task ${TaskId} does not exist`);
    if (now < cluster.ready) return { Result: "Running" };
    return { Result: cluster.failure === null ? "Success" : "Failed" };
  },
};
