// What a person sees before an instance is upgraded, automated or opened to monitoring.
import type { InputOf, OutputOf, Previews } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import { joined, type Line, quoted, say } from "../../../src/model/line.ts";
import { type Finding, NEW, note, type Today, UNREAD } from "../../../src/model/preview.ts";
import { numberOf, type Quantity } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { ElasticBandwidth, OnOff } from "../instance/codes.ts";
import { cutsMore } from "../instance/losses.ts";
import { consumersOf } from "../previews/consumers.ts";
import { type Attributes, running } from "../previews/running.ts";
import { someChange } from "../previews/same.ts";
import { DISCONNECTS, MaintenanceStatus, UpgradeType, type upkeep } from "./actions.ts";
import { isOn, type Kind, kindOf, lossesOf } from "./maintenance.ts";

type Maintenance = InputOf<(typeof upkeep)["ModifyRoutineMaintenanceTask"]>;
type Upgrade = InputOf<(typeof upkeep)["UpgradeBrokerVersion"]>;
type Versions = OutputOf<Actions["DescribeCkafkaVersion"]>["Result"];

/** @throws Refusal for an upgrade from or to what is not there, or in the past */
function upgradable(
  { InstanceId, SourceVersion, TargetVersion, DelayTimeStamp }: Upgrade,
  now: Versions,
  clock: number,
) {
  const { KafkaVersion, CurBrokerVersion } = now;
  if (TargetVersion === CurBrokerVersion)
    throw new Refusal(`the brokers of ${InstanceId} run ${TargetVersion} already`);
  if (SourceVersion !== CurBrokerVersion)
    throw new Refusal(`the brokers of ${InstanceId} run ${CurBrokerVersion}, not the SourceVersion ${SourceVersion}`);
  const offered = (now.LatestBrokerVersion ?? []).filter((build) => build.KafkaVersion === KafkaVersion);
  if (!offered.some(({ BrokerVersion }) => BrokerVersion === TargetVersion)) {
    const builds = offered.map(({ BrokerVersion }) => BrokerVersion).filter((build) => build !== CurBrokerVersion);
    throw new Refusal(
      `TargetVersion ${TargetVersion} is not offered for Kafka ${KafkaVersion}; ${builds.length > 0 ? `DescribeCkafkaVersion has ${builds.join(", ")}` : "there is no newer build"}`,
    );
  }
  const text = DelayTimeStamp as unknown as string | undefined;
  if (text && Date.parse(`${text.replace(" ", "T")}+08:00`) < clock)
    throw new Refusal(`DelayTimeStamp ${text} (Beijing time) has passed`);
}

/** What a maintenance task is set to today, as far as a read tells. */
function tasksToday(kind: Kind, now: Attributes): Today<Maintenance> {
  const unread = {
    ...({ MaintenanceType: NEW, MaintenanceSubtype: NEW, TopicName: NEW } as const),
    ...({ PlannedTime: UNREAD, ExtraConfig: UNREAD, Week: UNREAD } as const),
    ...({ ConfigureThreshold: UNREAD, ConfigureStepSize: UNREAD, ConfigureLimit: UNREAD, Status: UNREAD } as const),
  };
  const { off, on } = MaintenanceStatus.code;
  if (kind === "bandwidth") {
    const { code } = ElasticBandwidth;
    const status = now.ElasticBandwidthOpenStatus;
    const known: Record<number, 0 | 1> = { [code.on]: on, [code.off]: off, [code["switched off"]]: off };
    return { ...unread, Status: (status === null ? undefined : known[status]) ?? UNREAD };
  }
  const set = kind === "disk" ? now.DynamicDiskConfig : kind === "retention" ? now.RetentionTimeConfig : undefined;
  if (!set) return unread;
  const limit: Quantity<"GB"> | Quantity<"min"> | null | undefined =
    "MaxDiskSpace" in set ? set.MaxDiskSpace : "BottomRetention" in set ? set.BottomRetention : undefined;
  return {
    ...unread,
    ConfigureThreshold: set.DiskQuotaPercentage ?? null,
    ConfigureStepSize: set.StepForwardPercentage ?? null,
    ConfigureLimit: limit === null || limit === undefined ? null : numberOf(limit),
    Status: set.Enable === null || set.Enable === undefined ? null : set.Enable === OnOff.code.on ? on : off,
  };
}
const DOES: Record<Kind, Line> = {
  disk: say`The disk grows by itself as it fills, up to ConfigureLimit in GB.`,
  retention: say`Messages are kept for less long as the disk fills, never less than ConfigureLimit in minutes.`,
  rebalance: say`Partitions are moved between brokers to even them out.`,
  bandwidth: say`Clients may exceed the instance's own bandwidth.`,
  undocumented: say`What this type and subtype do together is not documented: this fears the worst of all.`,
};

export const upkeepPreviews: Previews<typeof upkeep, Actions> = {
  UpgradeBrokerVersion: async (input, read) => {
    const { InstanceId, Type } = input;
    await running(read, InstanceId);
    const { Result: now } = await read("DescribeCkafkaVersion", { InstanceId });
    upgradable(input, now, read.now);
    const inPlace = Type === UpgradeType.code["minor upgrade in place"];
    const begins = input.DelayTimeStamp ? [] : [note(say`It begins at once.`)];
    return {
      // What the type only feared, is certain for one that runs.
      ...(inPlace ? { stakes: { loses: DISCONNECTS } } : {}),
      today: { Type: NEW, SourceVersion: NEW, TargetVersion: now.CurBrokerVersion, DelayTimeStamp: NEW },
      finds: [
        note(
          inPlace
            ? say`Kafka ${quoted(now.KafkaVersion)}: each broker is restarted.`
            : say`Kafka ${quoted(now.KafkaVersion)}: partitions move to brokers with the new build.`,
        ),
        ...begins,
        note(await consumersOf(read, InstanceId)),
      ],
    };
  },
  ModifyRoutineMaintenanceTask: async (input, read) => {
    const { InstanceId } = input;
    const now = await running(read, InstanceId);
    const kind = kindOf(input);
    const today = tasksToday(kind, now);
    // What says nothing of it switches it on.
    const { on } = MaintenanceStatus.code;
    const known = kind !== "undocumented" && kind !== "rebalance";
    if (known) someChange({ Status: on, ...input }, today as object, ["InstanceId"], InstanceId);
    const finds: Finding[] = [
      note(say`Instance ${quoted(now.InstanceName)}.`),
      note(isOn(input) ? DOES[kind] : say`It is switched off: what it has changed so far stays.`),
    ];
    if (input.Status === undefined) finds.push(note(say`Status is not given: it is switched on.`));
    const cuts =
      kind === "retention" &&
      cutsMore(now.RetentionTimeConfig, {
        Enable: isOn(input) ? OnOff.code.on : OnOff.code.off,
        DiskQuotaPercentage: input.ConfigureThreshold,
        StepForwardPercentage: input.ConfigureStepSize,
        BottomRetention: input.ConfigureLimit as unknown as Quantity<"min"> | undefined,
      });
    const bills: Partial<Record<Kind, Line>> = {
      disk: say`more with each step by which the disk grows`,
      bandwidth: say`what is used beyond the instance's own bandwidth`,
    };
    const cost = isOn(input) ? bills[kind] : undefined;
    return {
      today,
      finds,
      stakes: {
        ...(kind === "retention" && !cuts ? { loses: null } : { loses: lossesOf(input) ?? null }),
        ...(cost ? { bills: cost } : {}),
      },
    };
  },
  CreatePrometheus: async ({ InstanceId, VpcId, SubnetId }, read) => {
    const now = await running(read, InstanceId);
    const { Result } = await read("DescribePrometheus", { InstanceId });
    const targets = Result ?? [];
    if (targets.some((target) => target.VpcId === VpcId && target.SubnetId === SubnetId))
      throw new Refusal(`${SubnetId} in ${VpcId} has access to the metrics of ${InstanceId} already`);
    const open = [...new Set(targets.map((target) => target.SubnetId ?? target.SourceIp))];
    return {
      finds: [
        note(say`Instance ${quoted(now.InstanceName)}.`),
        note(open.length > 0 ? say`Has access today: ${joined(open.map(quoted))}.` : say`Nobody has access today.`),
      ],
      stakes: {
        opens: say`the metrics of all brokers to the subnet ${quoted(SubnetId)} in ${quoted(VpcId)}`,
      },
    };
  },
  CreateCdcCluster: async () => ({
    finds: [note(say`No enquiry tells its price.`)],
  }),
};
