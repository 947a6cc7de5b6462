import type { Noun } from "../../../src/model/catalogue.ts";
import type { Actions } from "../actions.ts";
import { topic as actions } from "./actions.ts";
import { follows, outcomes } from "./after.ts";
import { topicPreviews as previews } from "./preview.ts";
import { words } from "./words.ts";

export const topic: Noun<typeof actions, Actions> = { actions, previews, outcomes, follows, words };
