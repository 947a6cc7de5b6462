// Every action of Cloud Monitor in the sandbox, by name. All of them read what the other service has.
import type { Scope } from "../state/store.ts";
import { alarm } from "./alarm.ts";
import { metric } from "./metric.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;

export const fakes = { ...metric, ...alarm } as unknown as Record<string, Fake>;
