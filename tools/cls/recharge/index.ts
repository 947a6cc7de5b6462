import type { Noun } from "../../../src/model/catalogue.ts";
import type { Actions } from "../actions.ts";
import { recharge as actions } from "./actions.ts";
import { outcomes } from "./after.ts";
import { rechargePreviews as previews } from "./preview.ts";
import { words } from "./words.ts";

export const recharge: Noun<typeof actions, Actions> = { actions, previews, outcomes, words };
