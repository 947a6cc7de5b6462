// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf, watch } from "../watch.ts";
import type { upkeep } from "./actions.ts";

export const outcomes: Outcomes<typeof upkeep, Actions> = {
  UpgradeBrokerVersion: "DescribeCkafkaVersion",
  ModifyRoutineMaintenanceTask: "DescribeInstanceAttributes",
  CreatePrometheus: "DescribePrometheus",
  CreateCdcCluster: "CheckCdcCluster",
};

export const follows: Follows<typeof upkeep> = {
  // What is planned for later is not under way.
  UpgradeBrokerVersion: (input, response) => (input.DelayTimeStamp ? undefined : flowOf(input, response)),
  ModifyRoutineMaintenanceTask: flowOf,
  CreatePrometheus: flowOf,
  CreateCdcCluster: (_, { Result: { TaskId } }) =>
    watch("CheckCdcCluster", { TaskId }, ({ Result }) => ({
      state: Result,
      // Only the first is documented.
      end: Result === "Success" ? "done" : /^fail/i.test(Result) ? "failed" : undefined,
    })),
};
