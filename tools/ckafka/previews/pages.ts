// Lists that come in pages, read to their end.
import type { Reader } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";

/** What a preview looks at of one list; each page takes its time. */
const MOST = 1_000;
/** The entries of a list that comes in pages, whatever size the API makes them, and how many there are beyond those. */
export async function every<T>(page: (Offset: number) => Promise<{ items: T[]; total: number }>) {
  const items: T[] = [];
  for (;;) {
    const next = await page(items.length);
    // The cloud may answer null for a list without entries.
    items.push(...(next.items ?? []));
    const beyond = Math.max(0, next.total - items.length);
    if (beyond === 0 || !next.items?.length || items.length >= MOST) return { items, beyond };
  }
}
/** A topic's partitions, with the ends of their logs. */
export const partitions = (read: Reader<Actions>, InstanceId: string, TopicName: string) =>
  every(async (Offset) => {
    const { Result } = await read("DescribeTopicSyncReplica", { InstanceId, TopicName, Limit: 1000, Offset });
    return { items: Result.TopicInSyncReplicaList, total: Result.TotalCount };
  });
