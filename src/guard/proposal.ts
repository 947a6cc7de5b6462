// A change that somebody asks for, with all that the guard needs to judge, show and record it.
import type { z } from "zod/v3";
import type { AnyPreview } from "../model/action.ts";
import type { Line } from "../model/line.ts";
import type { Service } from "../model/service.ts";
import type { Brought } from "./question.ts";
import type { ChangeRisk } from "./risk.ts";

export interface Proposal {
  action: string;
  service: Service;
  profile: string;
  endpoint: string;
  who: string;
  region: string;
  /** Account and region, as people are told them. */
  where: Line;
  input: Record<string, unknown>;
  /** Parameters that the title of the preview shows already, by their paths. */
  titled: readonly string[];
  /** The model that the input fits. */
  model: z.ZodTypeAny;
  /** As far as the arguments tell. */
  risk: ChangeRisk;
  /** What the agent brought along: a ticket, or the answer to a question. */
  brought: Brought | undefined;
  /** The client's name, as it gave it. */
  client: string;
  /** Whether the client can show a dialog. */
  canAsk: boolean;
  preview: AnyPreview;
  read: (action: string, input: Record<string, unknown>) => Promise<unknown>;
  /** The time where the change goes, milliseconds since the epoch. */
  now: () => number;
}
