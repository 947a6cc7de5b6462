// What changed settings of an instance take away, whom they let in, and what cannot be taken back: as the arguments alone have
// it, and exactly where today's settings are known.
import { type Line, say, together } from "../../../src/model/line.ts";
import type { Quantity, Unit } from "../../../src/model/quantity.ts";

interface Dynamic {
  Enable?: number | null | undefined;
  DiskQuotaPercentage?: Quantity<"%"> | null | undefined;
  StepForwardPercentage?: Quantity<"%"> | null | undefined;
}
export interface DynamicRetention extends Dynamic {
  BottomRetention?: Quantity<"min"> | null | undefined;
}
interface Changed {
  MsgRetentionTime?: Quantity<"min"> | undefined;
  RetentionBytes?: Quantity<"B"> | undefined;
  DynamicRetentionConfig?: DynamicRetention | undefined;
  UncleanLeaderElectionEnable?: number | undefined;
  DeleteProtectionEnable?: number | undefined;
  AdminSecurity?: boolean | undefined;
  MaxMessageByte?: Quantity<"B"> | undefined;
  PublicNetwork?: Quantity<"Mbps"> | undefined;
  TransactionalIdExpirationMs?: Quantity<"ms"> | undefined;
}
/** As DescribeInstanceAttributes tells it. */
interface Read {
  MsgRetentionTime: Quantity<"min">;
  RetentionBytes: Quantity<"B"> | null;
  RetentionTimeConfig: DynamicRetention | null;
  UncleanLeaderElectionEnable: number | null;
  DeleteProtectionEnable: number | null;
  MaxMessageByte: Quantity<"B">;
  PublicNetwork: Quantity<"Mbps">;
  TransactionalIdExpirationMs: Quantity<"ms"> | null;
}

export const CUT = say`as the disk fills, retention is cut and older messages are deleted`;
const plain = (quantity: Quantity<"B">) => Number(quantity as unknown);

/** What is known to be no smaller than before takes nothing away; what is not known may. */
const shrinks = <T extends Quantity<Unit>>(before: T | null | undefined, after: T | undefined): boolean =>
  after !== undefined && (before === undefined || before === null || after < before);

/** Whether retention would be cut sooner, faster or further than today. @param before undefined where it was not read */
export function cutsMore(before: DynamicRetention | null | undefined, given: DynamicRetention): boolean {
  const on = (given.Enable ?? before?.Enable ?? 1) !== 0;
  if (!on) return false;
  if (before?.Enable !== 1) return true;
  const less = <T extends Quantity<Unit>>(was: T | null | undefined, is: T | null | undefined) =>
    shrinks(was, is ?? undefined);
  return (
    less(before.DiskQuotaPercentage, given.DiskQuotaPercentage) ||
    less(before.BottomRetention, given.BottomRetention) ||
    // A larger step cuts more at once.
    less(given.StepForwardPercentage, before.StepForwardPercentage ?? undefined)
  );
}

/** @param today left out where it is not known: then everything is feared that the arguments can do */
export function lossesOf(change: Changed, today?: Read): Line | undefined {
  const losses: Line[] = [];
  if (shrinks(today?.MsgRetentionTime, change.MsgRetentionTime))
    losses.push(say`messages older than the new retention are deleted where a topic has none of its own`);
  const before = today?.RetentionBytes;
  const bytes = change.RetentionBytes;
  // -1 is no limit.
  if (bytes !== undefined && plain(bytes) !== -1 && (!before || plain(before) === -1 || bytes < before))
    losses.push(say`messages beyond the new log size are deleted`);
  if (change.DynamicRetentionConfig && cutsMore(today?.RetentionTimeConfig, change.DynamicRetentionConfig))
    losses.push(CUT);
  if (change.UncleanLeaderElectionEnable === 1 && today?.UncleanLeaderElectionEnable !== 1)
    losses.push(say`an unclean leader election can lose acknowledged messages`);
  if (change.DeleteProtectionEnable === 0 && today?.DeleteProtectionEnable !== 0)
    losses.push(say`the instance can be deleted`);
  if (change.AdminSecurity === true) losses.push(say`risky admin calls of clients are refused`);
  if (shrinks(today?.MaxMessageByte, change.MaxMessageByte)) losses.push(say`larger messages are refused`);
  if (shrinks(today?.PublicNetwork, change.PublicNetwork))
    losses.push(
      today
        ? say`public clients above the smaller bandwidth are throttled`
        : say`if it is less than before, public clients above the bandwidth are throttled`,
    );
  if (shrinks(today?.TransactionalIdExpirationMs, change.TransactionalIdExpirationMs))
    losses.push(say`transactions idle for longer expire`);
  return together(losses);
}
/** No read tells whether it is blocked today. */
export const opensOf = ({ AdminSecurity }: Changed): Line | undefined =>
  AdminSecurity === false ? say`risky admin calls to every client` : undefined;
/** "Cannot be turned on after closing" leaves open which way is final. */
export const finalOf = ({ AdminSecurity }: Changed): Line | undefined =>
  AdminSecurity === undefined ? undefined : say`blocking or allowing risky admin calls, as the reference has it`;
