import type { Noun } from "../../../src/model/catalogue.ts";
import type { Actions } from "../actions.ts";
import { alarm as actions } from "./actions.ts";
import { words } from "./words.ts";

export const alarm: Noun<typeof actions, Actions> = { actions, previews: {}, outcomes: {}, words };
