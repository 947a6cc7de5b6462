import type { Noun } from "../../../src/model/catalogue.ts";
import type { Actions } from "../actions.ts";
import { consumer as actions } from "./actions.ts";
import { outcomes } from "./after.ts";
import { consumerPreviews as previews } from "./preview.ts";
import { words } from "./words.ts";

export const consumer: Noun<typeof actions, Actions> = { actions, previews, outcomes, words };
