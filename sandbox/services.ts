// The services that the sandbox stands in for.
import type { Service } from "../src/model/service.ts";
import { ckafka } from "../tools/ckafka/service.ts";
import { cls } from "../tools/cls/service.ts";
import { monitor } from "../tools/monitor/service.ts";
import { fakes } from "./ckafka/index.ts";
import { fakes as ofLogs } from "./cls/index.ts";
import { fakes as monitored } from "./monitor/index.ts";
import type { Scope } from "./state/store.ts";

type Fake = (scope: Scope, input: Record<string, unknown>) => Record<string, unknown>;
export interface Served {
  service: Service;
  /** Its actions, by name. */
  fakes: Record<string, Fake>;
}
export const served: Served[] = [
  { service: ckafka, fakes },
  { service: monitor, fakes: monitored },
  { service: cls, fakes: ofLogs },
];
