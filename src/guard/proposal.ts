// A change that somebody asks for, with all that the guard needs to judge, show and record it.
import type { AnyPreview } from "../model/action.ts";
import type { Service } from "../model/service.ts";
import type { Ask } from "./dialog.ts";
import type { Risk } from "./risk.ts";

export interface Proposal {
  action: string;
  service: Service;
  profile: string;
  endpoint: string;
  who: string;
  region: string;
  input: Record<string, unknown>;
  /** Names of the parameters that hold secrets. */
  secret: readonly string[];
  risk: Risk;
  /** What the agent brought along, in ticket mode. */
  ticket: string | undefined;
  /** The client's name, as it gave it. */
  client: string;
  /** Undefined where the client cannot show a dialog. */
  ask: Ask | undefined;
  preview: AnyPreview;
  read: (action: string, input: Record<string, unknown>) => Promise<unknown>;
}
