// The toolset of the log service. Whoever works with CKafka does not expect to pay tokens for it, so it is offered by its
// name only; its nouns are one toolset, because nobody wants half of twelve tools.
import { toolsetOf } from "../../src/model/catalogue.ts";
import type { Actions } from "./actions.ts";
import { consumer } from "./consumer/index.ts";
import { recharge } from "./recharge/index.ts";
import { cls } from "./service.ts";

const both = {
  actions: { ...recharge.actions, ...consumer.actions },
  previews: { ...recharge.previews, ...consumer.previews },
  outcomes: { ...recharge.outcomes, ...consumer.outcomes },
  words: { ...recharge.words, ...consumer.words },
};

export const toolsets = { cls: toolsetOf<Actions>()(cls, both, { optIn: true }) };
