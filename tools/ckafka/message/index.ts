import type { Noun } from "../../../src/model/catalogue.ts";
import type { Actions } from "../actions.ts";
import { message as actions } from "./actions.ts";
import { outcomes } from "./after.ts";
import { messagePreviews as previews } from "./preview.ts";
import { words } from "./words.ts";

export const message: Noun<typeof actions, Actions> = { actions, previews, outcomes, words };
