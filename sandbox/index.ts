// Every action of the sandbox, by name.
import { acl } from "./ckafka/acl.ts";
import { connect } from "./ckafka/connect.ts";
import { datahub } from "./ckafka/datahub.ts";
import { group } from "./ckafka/group.ts";
import { instance } from "./ckafka/instance.ts";
import { message } from "./ckafka/message.ts";
import { purchase } from "./ckafka/purchase.ts";
import { route } from "./ckafka/route.ts";
import { throttle } from "./ckafka/throttle.ts";
import { topic } from "./ckafka/topic.ts";
import { upkeep } from "./ckafka/upkeep.ts";
import { user } from "./ckafka/user.ts";
import type { Scope } from "./state/store.ts";

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
