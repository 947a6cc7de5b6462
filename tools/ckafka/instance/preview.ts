// What a person sees before an instance's settings are changed.
import type { InputOf, Previews } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Instant } from "../../../src/model/field.ts";
import { many, say } from "../../../src/model/line.ts";
import { type Finding, note, type Today, UNREAD } from "../../../src/model/preview.ts";
import { quantityOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { diskTypeOf, priceChange } from "../previews/price.ts";
import { type Attributes, running } from "../previews/running.ts";
import { someChange } from "../previews/same.ts";
import type { instance } from "./actions.ts";
import { OnOff } from "./codes.ts";
import { lossesOf } from "./losses.ts";

type Input = InputOf<(typeof instance)["ModifyInstanceAttributes"]>;
type Switch = (typeof OnOff.values)[number] | null;

/** What switching automatic creation on sets by itself, where it is given alone. */
const ALONE = { DefaultNumPartitions: quantityOf(3, "partitions"), DefaultReplicationFactor: 2 };

/** Beijing time as epoch seconds; null where none is planned. */
function plannedAt(text: unknown): Instant<"s"> | null {
  const ms = Date.parse(`${String(text).replace(" ", "T")}+08:00`);
  return Number.isNaN(ms) ? null : ((ms / 1000) as unknown as Instant<"s">);
}

/** Today's settings, as the input writes them. */
const settingsOf = (now: Attributes, RebalanceTime: Instant<"s"> | null): Today<Input> => ({
  MsgRetentionTime: now.MsgRetentionTime,
  InstanceName: now.InstanceName,
  Config: {
    AutoCreateTopicEnable: now.Config?.AutoCreateTopicsEnable ?? false,
    DefaultNumPartitions: now.Config?.DefaultNumPartitions ?? null,
    DefaultReplicationFactor: now.Config?.DefaultReplicationFactor ?? null,
  },
  DynamicRetentionConfig: dynamic(now.RetentionTimeConfig, {
    BottomRetention: now.RetentionTimeConfig?.BottomRetention ?? null,
  }),
  DynamicDiskConfig: dynamic(now.DynamicDiskConfig, { MaxDiskSpace: now.DynamicDiskConfig?.MaxDiskSpace ?? null }),
  RebalanceTime,
  PublicNetwork: now.PublicNetwork,
  MaxMessageByte: now.MaxMessageByte,
  UncleanLeaderElectionEnable: now.UncleanLeaderElectionEnable as Switch,
  DeleteProtectionEnable: now.DeleteProtectionEnable as Switch,
  RetentionBytes: now.RetentionBytes,
  // No read tells it.
  AdminSecurity: UNREAD,
  TransactionalIdExpirationMs: now.TransactionalIdExpirationMs,
});
type Dynamic = Attributes["RetentionTimeConfig"] | Attributes["DynamicDiskConfig"];
const dynamic = <M>(set: Dynamic, more: M) => ({
  Enable: (set?.Enable ?? null) as Switch,
  DiskQuotaPercentage: set?.DiskQuotaPercentage ?? null,
  StepForwardPercentage: set?.StepForwardPercentage ?? null,
  ...more,
});

/** @throws Refusal for what cannot come to anything */
function conditions(input: Input, now: Attributes, planned: Instant<"s"> | null, clock: number) {
  const { InstanceId } = input;
  for (const field of ["PublicNetwork", "AdminSecurity"] as const)
    if (input[field] !== undefined && now.InstanceType !== "profession")
      throw new Refusal(`${field} is for the professional edition, and ${InstanceId} is of another`);
  if (input.RebalanceTime === undefined) return;
  if (planned === null)
    throw new Refusal(`no upgrade and no enlargement of ${InstanceId} is planned, so there is no time to change`);
  if (Number(input.RebalanceTime as unknown) * 1000 < clock) throw new Refusal("RebalanceTime has passed");
}

export const instancePreviews: Previews<typeof instance, Actions> = {
  ModifyInstanceAttributes: async (input, read) => {
    const { InstanceId, Config, DynamicDiskConfig, PublicNetwork } = input;
    const now = await running(read, InstanceId);
    let planned: Instant<"s"> | null = null;
    if (input.RebalanceTime !== undefined) {
      const { Result } = await read("DescribeInstancesDetail", { InstanceId });
      planned = plannedAt(Result.InstanceList[0]?.RebalanceTime);
    }
    conditions(input, now, planned, read.now);
    const today = settingsOf(now, planned);
    const set = Config?.AutoCreateTopicEnable ? { ...input, Config: { ...ALONE, ...Config } } : input;
    someChange(set, today as object, ["InstanceId"], InstanceId);

    const finds: Finding[] = [];
    const { DefaultNumPartitions, DefaultReplicationFactor } = now.Config ?? {};
    // Switching it on sets these where they are left out, as documented.
    if (Config?.AutoCreateTopicEnable && Config.DefaultNumPartitions === undefined)
      finds.push(
        note(
          say`Topics created without a number get ${many(ALONE.DefaultNumPartitions, "partitions")} from then on${was(DefaultNumPartitions)}.`,
        ),
      );
    if (Config?.AutoCreateTopicEnable && Config.DefaultReplicationFactor === undefined)
      finds.push(
        note(
          say`Topics created without a number of replicas get ${{ digits: String(ALONE.DefaultReplicationFactor) }} from then on${was(DefaultReplicationFactor)}.`,
        ),
      );
    // Also where it is on already and is to grow sooner, faster or further.
    const grows =
      DynamicDiskConfig !== undefined && (DynamicDiskConfig.Enable ?? now.DynamicDiskConfig?.Enable) === OnOff.code.on;
    const bills = [];
    if (grows) bills.push(say`each step by which the disk grows by itself`);
    if (PublicNetwork !== undefined && String(PublicNetwork) !== String(now.PublicNetwork)) {
      const cost = await priceChange(
        read,
        { attributes: now, DiskType: await diskTypeOf(read, InstanceId) },
        { PublicNetwork },
      );
      finds.push(...cost.finds);
      bills.push(cost.bills ?? say`another price of the public bandwidth`);
    }
    return {
      today,
      finds,
      stakes: {
        loses: lossesOf(input, now) ?? null,
        bills: bills.length === 0 ? null : bills.reduce((sum, one) => say`${sum}; ${one}`),
      },
    };
  },
};
/** Where it is another number today. */
const was = (amount: unknown) => (amount ? say` (today ${{ digits: String(amount) }})` : []);
