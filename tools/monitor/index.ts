// The toolset of Cloud Monitor: one word brings both nouns.
import { type Noun, toolsetOf } from "../../src/model/catalogue.ts";
import { type Actions, actions } from "./actions.ts";
import { alarm } from "./alarm/index.ts";
import { metric } from "./metric/index.ts";
import { monitor as service } from "./service.ts";

const noun: Noun<Actions, Actions> = {
  actions,
  previews: { ...metric.previews, ...alarm.previews },
  outcomes: { ...metric.outcomes, ...alarm.outcomes },
  words: { ...metric.words, ...alarm.words },
};
export const monitor = toolsetOf<Actions>()(service, noun, { optIn: true });
