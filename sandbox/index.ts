// Every action of the sandbox, by name.

import { group } from "./group.ts";
import { instance } from "./instance.ts";
import { message } from "./message.ts";
import { purchase } from "./purchase.ts";
import type { Scope } from "./store.ts";
import { topic } from "./topic.ts";
import { upkeep } from "./upkeep.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;

export const fakes = {
  ...instance,
  ...topic,
  ...group,
  ...message,
  ...purchase,
  ...upkeep,
} as unknown as Record<string, Fake>;
