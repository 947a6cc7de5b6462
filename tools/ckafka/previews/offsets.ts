// Offsets are not messages: what lies between two of them counts only as far as the log still holds it.
import { CloudError } from "../../../src/model/errors.ts";
import { count, type Line, moving, say } from "../../../src/model/line.ts";
import type { Quantity, Unit } from "../../../src/model/quantity.ts";

/** A partition's log, as far as it matters to whoever stands in it. */
export interface Log {
  /** The first offset that is there. */
  begin: bigint;
  /** The offset that the next message gets. */
  end: bigint;
  /** Whether messages may be missing in between, so that there are at most as many as offsets. */
  gaps: boolean;
}
/** With all its digits, whether a reader made a number or a bigint of it. */
export const exact = (amount: number | bigint | Quantity<Unit>) => BigInt(amount as number | bigint);
export const larger = (a: bigint, b: bigint) => (a > b ? a : b);
export const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
export const within = ({ begin, end }: Log, offset: bigint) => larger(begin, smaller(offset, end));

/** How many messages a log holds from one offset on and before another; at most as many where it has gaps. */
export function countBetween({ begin, end }: Log, from: bigint, to: bigint): bigint {
  return larger(0n, smaller(to, end) - larger(from, begin));
}
/** Messages that come and go while a person decides. */
export function messages(amount: bigint, gaps: boolean): Line {
  const line = [count(amount, "message")];
  return [moving(gaps && amount > 0n ? say`at most ${line}` : line, amount === 0n)];
}

/** What a read brings, or why the cloud did not show it. A mistake of our own is thrown on. */
export async function tried<T>(read: () => Promise<T>): Promise<{ got: T } | { error: CloudError }> {
  try {
    return { got: await read() };
  } catch (error) {
    if (error instanceof CloudError) return { error };
    throw error;
  }
}
