// Every noun that the server offers. A new noun is one line in `toolsets` and one in `previews`.
import type { Catalogue, Previews } from "../src/action.ts";
import { connectPreviews } from "./connect.preview.ts";
import { connect } from "./connect.ts";
import { datahubPreviews } from "./datahub.preview.ts";
import { datahub } from "./datahub.ts";
import { groupPreviews } from "./group.preview.ts";
import { group } from "./group.ts";
import { instance } from "./instance.ts";
import { messagePreviews } from "./message.preview.ts";
import { message } from "./message.ts";
import { product } from "./product.ts";
import { topicPreviews } from "./topic.preview.ts";
import { topic } from "./topic.ts";

/** In the order in which they are advertised. */
export const toolsets = { instance, topic, group, message, connect, datahub };
export const actions = { ...instance, ...topic, ...group, ...message, ...connect, ...datahub };
export type Actions = typeof actions;
export type ActionName = keyof Actions;

/** A changing action without a preview does not compile. */
const previews: Previews<Actions, Actions> = {
  ...topicPreviews,
  ...groupPreviews,
  ...messagePreviews,
  ...connectPreviews,
  ...datahubPreviews,
};

export const catalogue: Catalogue = { product, toolsets, actions, previews };
