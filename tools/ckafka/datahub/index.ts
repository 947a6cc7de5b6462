import type { Noun } from "../../../src/model/catalogue.ts";
import type { Actions } from "../actions.ts";
import { datahub as actions } from "./actions.ts";
import { follows, outcomes } from "./after.ts";
import { datahubPreviews as previews } from "./preview.ts";
import { words } from "./words.ts";

export const datahub: Noun<typeof actions, Actions> = { actions, previews, outcomes, follows, words };
