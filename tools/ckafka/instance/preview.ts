// What a person sees before an instance's settings are changed.
import type { Previews } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import { differences, someOf } from "../previews/lines.ts";
import { comparison } from "../previews/price.ts";
import type { instance } from "./actions.ts";

/** The settings under an object as if they stood beside the others, like Config.DefaultNumPartitions. */
const flat = (name: string, settings: object | null | undefined) =>
  Object.fromEntries(
    Object.entries(settings ?? {}).map(([key, value]) => [
      `${name}.${key}`,
      typeof value === "boolean" ? Number(value) : value,
    ]),
  );

export const instancePreviews: Previews<typeof instance, Actions> = {
  ModifyInstanceAttributes: async (input, read) => {
    const { InstanceId } = input;
    const { Result } = await read("DescribeInstanceAttributes", { InstanceId });
    const { Config, DynamicRetentionConfig, DynamicDiskConfig, RebalanceTime, AdminSecurity, ...plain } = input;
    const { AutoCreateTopicsEnable, ...defaults } = Result.Config;
    const before = {
      ...Result,
      ...flat("Config", { AutoCreateTopicEnable: AutoCreateTopicsEnable, ...defaults }),
      ...flat("DynamicRetentionConfig", Result.RetentionTimeConfig),
      ...flat("DynamicDiskConfig", Result.DynamicDiskConfig),
    };
    const change = {
      ...plain,
      // Switching automatic creation on sets these where they are left out.
      ...flat("Config", {
        ...(Config?.AutoCreateTopicEnable ? { DefaultNumPartitions: 3, DefaultReplicationFactor: 2 } : {}),
        ...Config,
      }),
      ...flat("DynamicRetentionConfig", DynamicRetentionConfig),
      ...flat("DynamicDiskConfig", DynamicDiskConfig),
    };
    const lines = differences(before, change);
    if (AdminSecurity !== undefined) lines.push(`AdminSecurity → ${Number(AdminSecurity)}; no read tells today's.`);
    if (RebalanceTime !== undefined) {
      const { Result: detail } = await read("DescribeInstancesDetail", { InstanceId });
      const planned = detail.InstanceList[0]?.RebalanceTime ?? "(unknown)";
      // As the API writes times, which is Beijing's.
      const moved = new Date(RebalanceTime * 1000 + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
      lines.push(`Planned upgrade: ${planned} → ${moved} (Beijing time)`);
    }
    someOf(lines, InstanceId);
    const { PublicNetwork } = input;
    if (PublicNetwork !== undefined && PublicNetwork !== Result.PublicNetwork)
      lines.push(...(await comparison(read, InstanceId, { PublicNetwork })));
    // Also where it is on already and is to grow sooner, faster or further.
    const grows =
      DynamicDiskConfig !== undefined && (DynamicDiskConfig.Enable ?? Result.DynamicDiskConfig.Enable) === 1;
    if (grows) lines.push("A disk that grows by itself costs more with each step.");
    return [`Instance ${Result.InstanceName}.`, ...lines];
  },
};
