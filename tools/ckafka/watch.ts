// How changes that go on after they were accepted are watched: pieces that several nouns share. States are the reference's.
import { type Seen, type Watch, watching } from "../../src/model/follow.ts";
import type { Actions } from "./actions.ts";

export const watch = watching<Actions>();

/** @param ends what a number ends with; the others are on the way */
export function state(
  value: number,
  words: Record<number, string>,
  ends: Record<number, Seen["end"]>,
  more = "",
): Seen {
  const word = words[value] === undefined ? `in state ${value}` : `${words[value]} (${value})`;
  return { state: more ? `${word}: ${more}` : word, end: ends[value] };
}

const FLOW = { 0: "successful", 1: "failed", 2: "in progress" };
/** 0 is no task: the change was complete when it was answered, or has no task of its own. */
export function flow(FlowId: number | null | undefined): Watch | undefined {
  if (!FlowId) return undefined;
  return watch("DescribeTaskStatus", { FlowId }, ({ Result: { Status, Output } }) =>
    state(Status, FLOW, { 0: "done", 1: "failed" }, Status === 1 ? Output : ""),
  );
}
export const flowOf = (_: unknown, { Result }: { Result: { Data: { FlowId: number } | null } | null }) =>
  flow(Result?.Data?.FlowId);
export const GONE: Seen = { state: "not there any more", end: "done" };
