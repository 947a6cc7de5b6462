// Log topics, as all actions of the log service find them. None of these makes one: they come from the world file.
import { Fault } from "../state/fault.ts";
import type { LogTopic, Scope } from "../state/store.ts";

export function logTopicOf({ region }: Scope, id: string): LogTopic {
  const found = region.logs.topics.find((topic) => topic.id === id);
  if (!found) throw new Fault("ResourceNotFound.TopicNotExist", `log topic ${id} does not exist`);
  return found;
}
/** What clients name as their topic. */
export const asTopic = ({ id }: LogTopic) => `out-${id}`;
/** Ids of the log service are UUIDs; the same ones in the same order in every run. */
export const newUuid = ({ newId }: Scope) =>
  Array.from({ length: 4 }, () => newId("u").slice(2))
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
