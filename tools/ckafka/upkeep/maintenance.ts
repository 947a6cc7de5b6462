// What automatic maintenance does: the documented pairs of type and subtype, and of others the worst.
import { type Line, say, together } from "../../../src/model/line.ts";
import { CUT } from "../instance/losses.ts";

const PAIRS: Readonly<Record<string, readonly string[]>> = {
  QUOTA: ["INSTANCE_STORAGE_CAPACITY", "MESSAGE_RETENTION_PERIOD"],
  RE_BALANCE: ["INSTANCE_PARTITION_RE_BALANCE"],
};
export type Kind = "disk" | "retention" | "rebalance" | "bandwidth" | "undocumented";
interface Task {
  MaintenanceType: string;
  MaintenanceSubtype: string;
  Status?: 0 | 1 | undefined;
}
export function kindOf({ MaintenanceType, MaintenanceSubtype }: Task): Kind {
  // No subtype of it is documented.
  if (MaintenanceType === "ELASTIC_BANDWIDTH" && !Object.values(PAIRS).flat().includes(MaintenanceSubtype))
    return "bandwidth";
  if (!PAIRS[MaintenanceType]?.includes(MaintenanceSubtype)) return "undocumented";
  if (MaintenanceType === "RE_BALANCE") return "rebalance";
  return MaintenanceSubtype === "MESSAGE_RETENTION_PERIOD" ? "retention" : "disk";
}
/** 0 is on, and so is what says nothing of it: its settings are changed. */
export const isOn = ({ Status }: Task) => Status !== 1;

/** A disk or a bandwidth that grows by itself is paid for. What is switched off is not. */
export function billsOf(task: Task): boolean {
  const kind = kindOf(task);
  return kind === "undocumented" || (isOn(task) && (kind === "disk" || kind === "bandwidth"));
}
export const NARROW = say`clients above the instance's own bandwidth are throttled`;
export function lossesOf(task: Task): Line | undefined {
  const kind = kindOf(task);
  const feared = kind === "undocumented";
  const losses: Line[] = [];
  if (isOn(task) && (feared || kind === "retention")) losses.push(CUT);
  if (!isOn(task) && (feared || kind === "bandwidth")) losses.push(NARROW);
  return together(losses);
}
