// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf } from "../watch.ts";
import type { instance } from "./actions.ts";

export const outcomes: Outcomes<typeof instance, Actions> = {
  ModifyInstanceAttributes: "DescribeInstanceAttributes",
};

export const follows: Follows<typeof instance> = {
  ModifyInstanceAttributes: flowOf,
};
