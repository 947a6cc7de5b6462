// Moments of Cloud Monitor: ISO 8601; one without a zone is Beijing time.
const EIGHT_HOURS = 8 * 3_600_000;

/** Milliseconds since the epoch. */
export function msOf(text: string): number {
  const [, date = "", time, zone] = /^(\d{4}-\d\d-\d\d)(?:[T ]([\d:.]+))?(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim()) ?? [];
  return Date.parse(`${date}T${time ?? "00:00:00"}${zone ?? "+08:00"}`);
}
/** As the API's examples write it. */
export const inBeijing = (ms: number) => new Date(ms + EIGHT_HOURS).toISOString().replace(/\.\d+Z$/, "+08:00");
/** The beginning of the period that a moment lies in. Days begin at midnight in Beijing. */
export function floorTo(period: number, ms: number): number {
  const span = period * 1000;
  return Math.floor((ms + EIGHT_HOURS) / span) * span - EIGHT_HOURS;
}
