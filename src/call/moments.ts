// Moments as people and agents give them, in the form that the API takes: ISO 8601 and times relative to now where it wants an
// epoch, ISO 8601 with a zone where it wants Beijing time. Models miscount epochs; nobody has to count them.
import type { z } from "zod/v3";
import type { Clock } from "../model/field.ts";
import { leaves } from "../model/leaves.ts";

const SPANS: Record<string, number> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const RELATIVE = /^([+-])(\d{1,6})\s?(s|min|m|h|d|w)$/;
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/;
const BEIJING = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const EIGHT_HOURS = 8 * 3_600_000;

/** A text as a moment, milliseconds since the epoch; undefined for what is none. @param zone of a time without one */
export function momentIn(text: string, now: number, zone: "Z" | "+08:00" = "Z"): number | undefined {
  if (text === "now") return now;
  const [, sign, amount, unit] = RELATIVE.exec(text) ?? [];
  if (amount && unit) return now + (sign === "-" ? -1 : 1) * Number(amount) * (SPANS[unit] as number);
  const match = ISO.exec(text);
  if (!match) return undefined;
  const withTime = text.length > 10 ? text.replace(" ", "T") : `${text}T00:00`;
  const ms = Date.parse(match[1] ? withTime : `${withTime}${zone}`);
  // Date.parse takes 30 February for 2 March.
  return Number.isNaN(ms) || !isReal(text) ? undefined : ms;
}
function isReal(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Whether something in these arguments is a moment relative to now. */
export const isRelative = (model: z.ZodTypeAny, given: unknown): boolean =>
  leaves(model, given).some(
    ({ meaning, value }) =>
      meaning?.is === "time" && typeof value === "string" && (value.trim() === "now" || RELATIVE.test(value.trim())),
  );

/** A moment in the form of a clock. */
export function written(ms: number, clock: Clock): number | string {
  if (clock === "s") return Math.floor(ms / 1000);
  if (clock === "ms") return ms;
  if (clock === "ISO") return new Date(ms).toISOString().replace(".000Z", "Z");
  return new Date(ms + EIGHT_HOURS).toISOString().slice(0, 19).replace("T", " ");
}

/** What was given, in the form that the API takes; itself where it is no moment that could be converted. */
export function converted(given: unknown, clock: Clock, now: number): unknown {
  if (typeof given !== "string") return given;
  const text = given.trim();
  if (clock === "s" || clock === "ms") {
    const ms = momentIn(text, now);
    return ms === undefined ? given : written(ms, clock);
  }
  // A time without a zone is in the API's own form, or in none.
  if (clock === "Beijing" && (/(Z|[+-]\d\d:?\d\d)$/.test(text) || RELATIVE.test(text) || text === "now")) {
    const ms = momentIn(text, now);
    return ms === undefined ? given : written(ms, clock);
  }
  if (clock === "ISO" && (RELATIVE.test(text) || text === "now")) return written(momentIn(text, now) as number, clock);
  return given;
}

/** What is wrong with a moment, in words that follow the parameter's name; undefined where nothing is. */
export function wrongIn(
  value: unknown,
  clock: Clock,
  special: Readonly<Record<string, string>> = {},
): string | undefined {
  if (special[String(value)] !== undefined) return undefined;
  if (clock === "s" && typeof value === "number") {
    if (value < 0)
      return "must not be negative; give seconds since 1970, or ISO 8601 like 2026-01-31T08:00:00+08:00, or -1h";
    return value < 1e11
      ? undefined
      : `must be in seconds, of at most 11 digits: in milliseconds it would be ${Math.floor(value / 1000)}`;
  }
  if (clock === "ms" && typeof value === "number") {
    if (value < 1e11)
      return `must be in milliseconds, of 13 digits${value > 1e8 ? `: in seconds it would be ${value * 1000}` : "; or give ISO 8601 like 2026-01-31T08:00:00+08:00, or -1h"}`;
    return value < 1e14
      ? undefined
      : `must be in milliseconds, of 13 digits, not in microseconds or less: ${Math.floor(value / 1000)}?`;
  }
  if (clock === "Beijing") {
    const right = typeof value === "string" && BEIJING.test(value) && momentIn(value, 0, "+08:00") !== undefined;
    return right
      ? undefined
      : "must be a real moment in Beijing time like 2026-01-31 08:00:00, or ISO 8601 with a zone, or relative like +2h";
  }
  if (clock === "ISO")
    return typeof value === "string" && momentIn(value, 0) !== undefined
      ? undefined
      : "must be a real date or moment in ISO 8601, like 2026-01-31T00:00:00+08:00, or relative like -1h";
  return undefined;
}
