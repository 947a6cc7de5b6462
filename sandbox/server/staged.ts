// Faults on request: what the next calls of an action meet.
import { setTimeout } from "node:timers/promises";
import { z } from "zod/v3";
import type { ActionName } from "../../tools/ckafka/actions.ts";
import { Fault } from "../state/fault.ts";
import type { Failure } from "../state/store.ts";

export const stagedModel = z.strictObject({
  /** Name of the action, or * for every one. */
  action: z.string().min(1),
  count: z.number().int().min(1).default(1),
  /** Milliseconds before anything else happens. */
  delay: z.number().int().min(0).max(600_000).default(0),
  /** The error code that is answered. */
  code: z.string().min(1).optional(),
  message: z.string().min(1).default("The sandbox was asked to fail."),
  /** Closes the connection without an answer. */
  drop: z.boolean().default(false),
  /** The call is carried out, and what it sets going fails when its time comes. */
  outcome: z.literal("fail").optional(),
  /** Carries the call out before it fails, so that whoever called cannot know. */
  after: z.boolean().default(false),
});
export type Staged = z.output<typeof stagedModel>;

/** The actions that set something going which is done, or has failed, at a later time. */
export const LASTING: readonly string[] = [
  "CreateInstancePre",
  "CreatePostPaidInstance",
  "CreateInstancePost",
  "ModifyInstancePre",
  "InstanceScalingDown",
  "DeleteInstancePre",
  "DeleteInstancePost",
  "UpgradeBrokerVersion",
  "CreatePrometheus",
  "CreateCdcCluster",
  "CreateRoute",
  "DeleteRoute",
  "DeleteRouteTriggerTime",
  "CreateConnectResource",
  "ModifyConnectResource",
  "CreateDatahubTask",
  "CreateMetaSyncDatahubTask",
  "CreateMetaAndDataSyncDatahubTask",
  "CreateMetaDataAndOffsetSyncDatahubTask",
  "PauseDatahubTask",
  "ResumeDatahubTask",
  "RestartDatahubTask",
] satisfies ActionName[];

export interface Stage {
  add: (fault: Staged) => void;
  clear: () => void;
  /** What is still to come. */
  list: () => Staged[];
  /** What a call of this action meets; it is used up by that. */
  take: (action: string) => Staged | undefined;
}

export function createStage(): Stage {
  let faults: Staged[] = [];
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear() {
      faults = [];
    },
    list: () => faults.map((fault) => ({ ...fault })),
    take(action) {
      const fault = faults.find((f) => f.action === action || f.action === "*");
      if (!fault) return undefined;
      fault.count -= 1;
      faults = faults.filter((f) => f.count > 0);
      return fault;
    },
  };
}

/** Carries a call out as staged. @returns its answer; undefined where the connection is to be closed @throws Fault */
export async function meet<T>(staged: Staged, execute: (failure: Failure) => T): Promise<T | undefined> {
  const { delay, code, message, drop, after, outcome } = staged;
  const failure = outcome === "fail" ? message : null;
  if (delay > 0) await setTimeout(delay, undefined, { ref: false });
  if (code === undefined && !drop) return execute(failure);
  if (after) attempt(() => execute(failure));
  if (drop) return undefined;
  throw new Fault(code as string, message);
}

/** Whether it would have been refused is part of what nobody gets to know. */
function attempt(execute: () => unknown) {
  try {
    execute();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}
