// Every action of CKafka in the sandbox, by name.

import type { Scope } from "../state/store.ts";
import { acl } from "./acl.ts";
import { connect } from "./connect.ts";
import { datahub } from "./datahub.ts";
import { group } from "./group.ts";
import { instance } from "./instance.ts";
import { message } from "./message.ts";
import { purchase } from "./purchase.ts";
import { route } from "./route.ts";
import { throttle } from "./throttle.ts";
import { topic } from "./topic.ts";
import { upkeep } from "./upkeep.ts";
import { user } from "./user.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;

export const fakes = {
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
} as unknown as Record<string, Fake>;
