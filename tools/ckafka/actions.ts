// Every action of CKafka by noun, in the order in which they are advertised: models and facts only, so that previews of
// one noun can be typed by the reads of all.
import { acl } from "./acl/actions.ts";
import { connect } from "./connect/actions.ts";
import { datahub } from "./datahub/actions.ts";
import { group } from "./group/actions.ts";
import { instance } from "./instance/actions.ts";
import { message } from "./message/actions.ts";
import { purchase } from "./purchase/actions.ts";
import { route } from "./route/actions.ts";
import { throttle } from "./throttle/actions.ts";
import { topic } from "./topic/actions.ts";
import { upkeep } from "./upkeep/actions.ts";
import { user } from "./user/actions.ts";

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
