// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf } from "../watch.ts";
import type { throttle } from "./actions.ts";

export const outcomes: Outcomes<typeof throttle, Actions> = {
  CreateThrottleRule: "DescribeThrottleRules",
  ModifyThrottleRule: "DescribeThrottleRules",
  DeleteThrottleRule: "DescribeThrottleRules",
};

export const follows: Follows<typeof throttle> = {
  CreateThrottleRule: flowOf,
  ModifyThrottleRule: flowOf,
  DeleteThrottleRule: flowOf,
};
