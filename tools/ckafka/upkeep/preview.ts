// What a person sees before an instance is upgraded, automated or opened to monitoring.
import type { Previews } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import { consumers, shown } from "../previews/lines.ts";
import type { upkeep } from "./actions.ts";

export const upkeepPreviews: Previews<typeof upkeep, Actions> = {
  UpgradeBrokerVersion: async ({ InstanceId, Type, SourceVersion, TargetVersion, DelayTimeStamp }, read) => {
    const { Result: version } = await read("DescribeCkafkaVersion", { InstanceId });
    const lines = [
      `Brokers of ${InstanceId} (Kafka ${version.KafkaVersion}): ${version.CurBrokerVersion} → ${TargetVersion}. No action of this API goes back.`,
      Type === 1 ? "By migration to new brokers." : "In place: each broker is restarted.",
      `Begins: ${DelayTimeStamp || "now"}.`,
    ];
    if (SourceVersion !== version.CurBrokerVersion)
      lines.push(`SourceVersion is ${SourceVersion}, which is not what runs: the cloud may refuse this.`);
    lines.push(await consumers(read, InstanceId));
    return lines;
  },
  ModifyRoutineMaintenanceTask: async (input, read) => {
    const { InstanceId, MaintenanceType, MaintenanceSubtype, Status, ...settings } = input;
    const { Result } = await read("DescribeInstanceAttributes", { InstanceId });
    const before: Record<string, unknown> = {
      INSTANCE_STORAGE_CAPACITY: Result.DynamicDiskConfig,
      MESSAGE_RETENTION_PERIOD: Result.RetentionTimeConfig,
    };
    const lines = [
      `Instance ${Result.InstanceName}: ${MaintenanceType} ${MaintenanceSubtype} is switched ${Status === 1 ? "off" : "on"}.`,
      ...Object.entries(settings).map(([name, value]) => `${name}: ${shown(value)}`),
    ];
    if (before[MaintenanceSubtype]) lines.push(`Today: ${JSON.stringify(before[MaintenanceSubtype])}.`);
    if (Status !== 1 && MaintenanceSubtype === "INSTANCE_STORAGE_CAPACITY")
      lines.push("Each step by which the disk grows costs more.");
    if (Status !== 1 && MaintenanceType === "ELASTIC_BANDWIDTH")
      lines.push("Bandwidth used beyond the instance's own is charged for.");
    return lines;
  },
  CreatePrometheus: async ({ InstanceId, VpcId, SubnetId }, read) => {
    const { Result } = await read("DescribePrometheus", { InstanceId });
    const open = [...new Set(Result.map((p) => p.SubnetId ?? p.SourceIp))];
    return [
      `Gains access to the metrics of all brokers of ${InstanceId}: ${SubnetId} in ${VpcId}.`,
      open.length > 0 ? `Has access today: ${open.join(", ")}.` : "Nobody has access today.",
    ];
  },
  CreateCdcCluster: async (input) => [
    `Adds a Kafka cluster to ${input.CdcId}, zone ${input.ZoneId}: ${input.Bandwidth} MB/s, ${input.DiskSize} GB ${input.DiskType}, system disks ${input.SystemDiskType}.`,
    `In ${input.CdcVpcId}, ${input.CdcSubnetId}. No action of this API removes it, and no enquiry tells its price.`,
  ],
};
