// What cannot come to anything: nobody is asked about it. One list for topics, whether they are changed alone or in a batch.
import type { Reader } from "../../../src/model/action.ts";
import { CloudError, isMissing, Refusal } from "../../../src/model/errors.ts";
import { numberOf } from "../../../src/model/quantity.ts";
import type { Actions } from "../actions.ts";
import { running as runs } from "../previews/running.ts";
import type { Change } from "./settings.ts";
import type { Settings } from "./state.ts";

type Read = Reader<Actions>;

/** @throws Refusal where an instance is known not to run. Whoever may not see the instance may still change its topics. */
export async function running(read: Read, InstanceId: string): Promise<void> {
  try {
    await runs(read, InstanceId);
  } catch (error) {
    if (!(error instanceof CloudError) || isMissing(error)) throw error;
  }
}

/** Replicas that must have a message, and how many there are. @throws Refusal where that can never be */
export function replicable(topic: string, change: Change, before?: Pick<Settings, "ReplicaNum" | "MinInsyncReplicas">) {
  const { MinInsyncReplicas = before?.MinInsyncReplicas ?? 1, ReplicaNum = before?.ReplicaNum } = change;
  if (change.MinInsyncReplicas === undefined && change.ReplicaNum === undefined) return;
  if (ReplicaNum !== undefined && MinInsyncReplicas > ReplicaNum)
    throw new Refusal(
      `MinInsyncReplicas ${MinInsyncReplicas} is more than the ${ReplicaNum} replicas that ${topic} would have: no message could be written`,
    );
}

/** @param least the fewest partitions that are a change of their own @throws Refusal where partitions would have to go */
export function growing(topic: string, { PartitionNum }: Change, before: Settings, least: "same" | "more") {
  if (PartitionNum === undefined) return;
  const [wanted, today] = [numberOf(PartitionNum), numberOf(before.PartitionNum)];
  if (wanted < today || (wanted === today && least === "more"))
    throw new Refusal(`${topic} has ${today} partitions already, and partitions can only be added`);
}

/** @throws Refusal where a preset rule that a topic shall apply is not there */
export async function presetRule(read: Read, InstanceId: string, RuleName: string | undefined) {
  if (RuleName === undefined) return undefined;
  const { Result } = await read("DescribeAclRule", { InstanceId, RuleName });
  const rule = (Result.AclRuleList ?? []).find((each) => each.RuleName === RuleName);
  if (!rule) throw new Refusal(`${InstanceId} has no ACL rule ${RuleName}; DescribeAclRule lists its rules`);
  if (rule.PatternType !== "PRESET")
    throw new Refusal(`ACL rule ${RuleName} goes by the names of topics, and is no preset that a topic could apply`);
  return rule;
}

/** @throws Refusal where a batch names a topic twice */
export function distinct(topics: readonly string[]) {
  const twice = topics.find((topic, at) => topics.indexOf(topic) !== at);
  if (twice !== undefined) throw new Refusal(`the batch names ${twice} twice; give each topic once`);
}
