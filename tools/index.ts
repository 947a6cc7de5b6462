// Every noun that the server offers. A new noun is one line in `toolsets` and one in `previews`.
import type { Catalogue, Previews } from "../src/action.ts";
import { aclPreviews } from "./acl.preview.ts";
import { acl } from "./acl.ts";
import { connectPreviews } from "./connect.preview.ts";
import { connect } from "./connect.ts";
import { datahubPreviews } from "./datahub.preview.ts";
import { datahub } from "./datahub.ts";
import { follows } from "./follow.ts";
import { groupPreviews } from "./group.preview.ts";
import { group } from "./group.ts";
import { instancePreviews } from "./instance.preview.ts";
import { instance } from "./instance.ts";
import { messagePreviews } from "./message.preview.ts";
import { message } from "./message.ts";
import { outcomes } from "./outcomes.ts";
import { product } from "./product.ts";
import { purchasePreviews } from "./purchase.preview.ts";
import { purchase } from "./purchase.ts";
import { routePreviews } from "./route.preview.ts";
import { route } from "./route.ts";
import { sets } from "./sets.ts";
import { throttlePreviews } from "./throttle.preview.ts";
import { throttle } from "./throttle.ts";
import { topicPreviews } from "./topic.preview.ts";
import { topic } from "./topic.ts";
import { upkeepPreviews } from "./upkeep.preview.ts";
import { upkeep } from "./upkeep.ts";
import { userPreviews } from "./user.preview.ts";
import { user } from "./user.ts";
import { hints, synonyms } from "./words.ts";

/** In the order in which they are advertised. */
export const toolsets = {
  instance,
  topic,
  group,
  message,
  acl,
  user,
  route,
  throttle,
  purchase,
  upkeep,
  connect,
  datahub,
};
export const actions = {
  ...instance,
  ...topic,
  ...group,
  ...message,
  ...acl,
  ...user,
  ...route,
  ...throttle,
  ...purchase,
  ...upkeep,
  ...connect,
  ...datahub,
};
export type Actions = typeof actions;
export type ActionName = keyof Actions;

/** A changing action without a preview does not compile. */
const previews: Previews<Actions, Actions> = {
  ...instancePreviews,
  ...topicPreviews,
  ...groupPreviews,
  ...messagePreviews,
  ...aclPreviews,
  ...userPreviews,
  ...routePreviews,
  ...throttlePreviews,
  ...purchasePreviews,
  ...upkeepPreviews,
  ...connectPreviews,
  ...datahubPreviews,
};

export const catalogue: Catalogue = {
  product,
  toolsets,
  actions,
  previews,
  outcomes,
  follows,
  sets,
  words: hints,
  synonyms,
};
