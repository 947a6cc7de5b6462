// The services that the sandbox stands in for.
import type { Service } from "../src/model/service.ts";
import { ckafka } from "../tools/ckafka/service.ts";
import { cls } from "../tools/cls/service.ts";
import { fakes } from "./ckafka/index.ts";
import { fakes as ofLogs } from "./cls/index.ts";
import type { Scope } from "./state/store.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;
export interface Served {
  service: Service;
  /** Its actions, by name. */
  fakes: Record<string, Fake>;
}
export const served: Served[] = [
  { service: ckafka, fakes },
  { service: cls, fakes: ofLogs },
];
