// Every action of the sandbox, by name.
import { acl } from "./acl.ts";
import { group } from "./group.ts";
import { instance } from "./instance.ts";
import { message } from "./message.ts";
import { purchase } from "./purchase.ts";
import { route } from "./route.ts";
import type { Scope } from "./store.ts";
import { throttle } from "./throttle.ts";
import { topic } from "./topic.ts";
import { upkeep } from "./upkeep.ts";
import { user } from "./user.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;

export const fakes = {
  ...instance,
  ...topic,
  ...group,
  ...acl,
  ...user,
  ...route,
  ...message,
  ...throttle,
  ...message,
  ...purchase,
  ...upkeep,
} as unknown as Record<string, Fake>;
