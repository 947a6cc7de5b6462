// Every noun that the server offers. A new noun is one line in `toolsets` and one in `previews`.
import type { Catalogue, Previews } from "../../src/model/action.ts";
import { acl } from "./acl/actions.ts";
import { aclPreviews } from "./acl/preview.ts";
import { connect } from "./connect/actions.ts";
import { connectPreviews } from "./connect/preview.ts";
import { datahub } from "./datahub/actions.ts";
import { datahubPreviews } from "./datahub/preview.ts";
import { follows } from "./follow.ts";
import { group } from "./group/actions.ts";
import { groupPreviews } from "./group/preview.ts";
import { instance } from "./instance/actions.ts";
import { instancePreviews } from "./instance/preview.ts";
import { message } from "./message/actions.ts";
import { messagePreviews } from "./message/preview.ts";
import { outcomes } from "./outcomes.ts";
import { purchase } from "./purchase/actions.ts";
import { purchasePreviews } from "./purchase/preview.ts";
import { route } from "./route/actions.ts";
import { routePreviews } from "./route/preview.ts";
import { product } from "./service.ts";
import { sets } from "./sets.ts";
import { throttle } from "./throttle/actions.ts";
import { throttlePreviews } from "./throttle/preview.ts";
import { topic } from "./topic/actions.ts";
import { topicPreviews } from "./topic/preview.ts";
import { upkeep } from "./upkeep/actions.ts";
import { upkeepPreviews } from "./upkeep/preview.ts";
import { user } from "./user/actions.ts";
import { userPreviews } from "./user/preview.ts";
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
