// What a change is a matter of: from its arguments, then from what reading found.
import type { AnyAction } from "../model/action.ts";
import { type Line, say } from "../model/line.ts";
import { QUALITIES, type Quality, type ReadStakes, type Stake } from "../model/preview.ts";

/** A quality that a change has, and in what way. */
export interface At {
  line: Line;
  /** Whether it certainly is so; arguments alone tell only what may be. */
  certain: boolean;
}
export type Stakes = { readonly [Q in Quality]?: At };
export interface ChangeRisk {
  /** In the words of policies: destroy is whatever loses, opens or cannot be undone. */
  level: "write" | "destroy";
  bills: boolean;
  /** The name of what is changed. */
  subject: string;
  stakes: Stakes;
}
export type Risk = { level: "read" } | ChangeRisk;

const COSTS = say`money, or brings a refund`;
/** The risk of an action with these arguments, as far as they tell. Pure. */
export function assess(action: AnyAction, input: Record<string, unknown>): Risk {
  if (action.effect === "read") return { level: "read" };
  const bills = typeof action.bills === "function" ? action.bills(input) : action.bills;
  const declared: { [Q in Quality]?: Stake<Record<string, unknown>> | undefined } = {
    loses: action.loses,
    opens: action.opens,
    final: action.final,
    bills: bills ? COSTS : undefined,
  };
  const stakes = pick((quality) => {
    const stake = declared[quality];
    const line = typeof stake === "function" ? stake(input) : stake;
    return line && { line, certain: typeof stake !== "function" || quality === "bills" };
  });
  const subject = typeof action.subject === "function" ? action.subject(input) : String(valueAt(input, action.subject));
  return risky(subject, stakes);
}

/** Reading rules out what the arguments only feared, and finds what they did not show. */
export const weigh = ({ subject, stakes }: ChangeRisk, read: ReadStakes = {}): ChangeRisk =>
  risky(
    subject,
    pick((quality) => {
      const found = read[quality];
      return found === null ? undefined : found ? { line: found, certain: true } : stakes[quality];
    }),
  );

const risky = (subject: string, stakes: Stakes): ChangeRisk => ({
  level: stakes.loses || stakes.opens || stakes.final ? "destroy" : "write",
  bills: stakes.bills !== undefined,
  subject,
  stakes,
});
const pick = (of: (quality: Quality) => At | undefined): Stakes =>
  Object.fromEntries(QUALITIES.flatMap((quality) => [of(quality)].flatMap((at) => (at ? [[quality, at]] : []))));

/** @param path a parameter, or "Parameter.Field" */
function valueAt(input: Record<string, unknown>, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], input);
}
