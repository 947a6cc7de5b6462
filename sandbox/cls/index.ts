// Every action of the log service in the sandbox, by name.
import type { Scope } from "../state/store.ts";
import { consumer } from "./consumer.ts";
import { recharge } from "./recharge.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;

export const fakes = { ...recharge, ...consumer } as unknown as Record<string, Fake>;
