// The words of what is said of consumer groups, once for inputs, results, previews and what is watched.
import { codes } from "../../../src/model/field.ts";

/** Dead is one that does not exist. */
export const GroupState = codes({
  Dead: "dead",
  Empty: "empty",
  PreparingRebalance: "preparing rebalance",
  CompletingRebalance: "completing rebalance",
  Stable: "stable",
});
export const Assignor = codes({ range: "range", roundrobin: "round robin", sticky: "sticky" });
export const Strategy = codes({ 0: "shift by", 1: "to a time or an end", 2: "to an offset" });
/** The committed offset of a partition on which a group has committed none. */
export const NO_COMMIT = -1;
