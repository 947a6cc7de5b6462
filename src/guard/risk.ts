import type { AnyAction } from "../model/action.ts";

export type Risk =
  | { level: "read" }
  | {
      level: "write" | "destroy";
      bills: boolean;
      /** The name of what is changed. */
      subject: string;
      /** Why it is more than a plain write; undefined for one that is not. */
      loses: string | undefined;
      /** Whether it certainly is; what the arguments alone tell depends on what is there. */
      certain: boolean;
    };

/** The risk of an action with these arguments. Pure. */
export function assess(action: AnyAction, input: Record<string, unknown>): Risk {
  if (action.effect === "read") return { level: "read" };
  const loses = action.effect === "destroy" ? action.loses : action.escalates?.(input);
  return {
    level: loses === undefined ? "write" : "destroy",
    bills: typeof action.bills === "function" ? action.bills(input) : action.bills,
    subject: typeof action.subject === "function" ? action.subject(input) : String(valueAt(input, action.subject)),
    loses,
    certain: action.effect === "destroy",
  };
}

/** @param path a parameter, or "Parameter.Field" */
function valueAt(input: Record<string, unknown>, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], input);
}
