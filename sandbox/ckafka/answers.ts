// How the API writes what it answers: pages, times, tags, acknowledgements.
import { Fault } from "../state/fault.ts";

export function page<T>(items: T[], offset: number | undefined, limit: number): T[] {
  return items.slice(offset ?? 0, (offset ?? 0) + limit);
}

export const matches = (text: string, search: string | undefined) => search === undefined || text.includes(search);

export const BEIJING = 8 * 3_600_000;
/** A time as the API writes it, like 2026-01-31 08:00:00, in Beijing time. */
export const dateTime = (ms: number) => new Date(ms + BEIJING).toISOString().slice(0, 19).replace("T", " ");

/** A time as the API reads it. */
export function timeOf(text: string): number {
  const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(" ", "T")}+08:00`)
    : Number.NaN;
  if (Number.isNaN(time)) throw new Fault("InvalidParameter", `${text} is not a time like 2026-01-31 08:00:00`);
  return time;
}

export const tagList = (tags: Record<string, string>) =>
  Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
export function tagsOf(list: { TagKey: string; TagValue: string }[] = []): Record<string, string> {
  refuseRepetition(list.map((tag) => tag.TagKey));
  return Object.fromEntries(list.map((tag) => [tag.TagKey, tag.TagValue]));
}
/** Of what is named twice nobody knows which is meant. */
export function refuseRepetition(names: (string | number)[]) {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Fault("InvalidParameterValue.RepetitionValue", `${twice} is named twice`);
}

/** How the API acknowledges a change. */
export const done = (flow: boolean) => ({
  Result: { ReturnCode: "0", ReturnMessage: "ok[apply success]", Data: flow ? { FlowId: 0, RouteDTO: null } : null },
});
/** The same for a change that takes time. */
export const started = (FlowId: number) => ({
  Result: { ReturnCode: "0", ReturnMessage: "ok[apply success]", Data: { FlowId, RouteDTO: null } },
});
