// The codes of topics with their words, once for inputs, results and previews.
import { codes } from "../../../src/model/field.ts";

export const Switch = codes({ 0: "off", 1: "on" });
const cleaning = { delete: "deleted by age", compact: "compacted by key" } as const;
export const CleanUp = codes({ ...cleaning, "compact, delete": "compacted and deleted" });
/** A change does not offer both at once, as creation does. */
export const NewCleanUp = codes(cleaning);
export const TimestampType = codes({ CreateTime: "set by the producer", LogAppendTime: "set by the broker" });
export const TopicStatus = codes({ 0: "normal", 1: "deleted", 2: "being deleted" });
/** The one switch of the API that reads the other way round. */
export const Forwarding = codes({ 0: "on", 1: "off" });
export const LeaderStatus = codes({ 0: "normal" });
export const Collected = codes({ 0: "still being collected", 1: "complete" });
export const Ranking = codes({ PRO: "traffic produced", CON: "traffic consumed" });
export const OrderKey = codes({ PartitionNum: "partitions", CreateTime: "creation time" });
export const Order = codes({ 0: "ascending", 1: "descending" });
