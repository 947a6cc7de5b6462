// Every action of the sandbox, by name.
import { connect } from "./connect.ts";
import { datahub } from "./datahub.ts";
import { group } from "./group.ts";
import { instance } from "./instance.ts";
import { message } from "./message.ts";
import type { Scope } from "./store.ts";
import { topic } from "./topic.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;

export const fakes = { ...instance, ...topic, ...group, ...message, ...connect, ...datahub } as unknown as Record<
  string,
  Fake
>;
