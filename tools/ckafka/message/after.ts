// Which read tells how a change ended.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import type { message } from "./actions.ts";

export const outcomes: Outcomes<typeof message, Actions> = {
  SendMessage: "FetchMessageListByTimestamp",
};
