// Quantities: numbers that say what they count. The type is opaque, because a brand on number would let two units be
// compared and subtracted; at run time a quantity is the number itself.

/** Units that everybody has. */
export const MEASURES = ["MB/s", "Mbps", "ms", "s", "min", "h", "d", "months", "B", "MB", "GB", "%"] as const;
/** Units that count things: a service adds its own, in the plural, and rates of them. */
// biome-ignore lint/suspicious/noEmptyInterface: services fill it
export interface Counts {}
export type Unit = (typeof MEASURES)[number] | keyof Counts;
/** Whether a unit counts things, whose names say what they are. */
export const isCount = (unit: Unit) => !(MEASURES as readonly string[]).includes(unit) && !String(unit).includes("/");

declare const unit: unique symbol;
/** A number (a bigint beyond 2^53) with a unit. No arithmetic, and comparison with its own unit only. */
export interface Quantity<U extends Unit> {
  readonly [unit]: U;
}
export const quantityOf = <U extends Unit>(amount: number | bigint, _unit: U) => amount as unknown as Quantity<U>;
export const amountOf = (quantity: Quantity<Unit>) => quantity as unknown as number | bigint;
/** As a double: for quantities that the reference bounds far below 2^53. */
export const numberOf = (quantity: Quantity<Unit>) => Number(amountOf(quantity));

/** a - b. NoInfer: without it both units would be inferred as their union, and everything would fit. */
export const minus = <U extends Unit>(a: Quantity<U>, b: Quantity<NoInfer<U>>): Quantity<U> =>
  plain(BigInt(amountOf(a)) - BigInt(amountOf(b)));
export const plus = <U extends Unit>(a: Quantity<U>, b: Quantity<NoInfer<U>>): Quantity<U> =>
  plain(BigInt(amountOf(a)) + BigInt(amountOf(b)));
function plain<U extends Unit>(exact: bigint): Quantity<U> {
  const number = Number(exact);
  return (Number.isSafeInteger(number) ? number : exact) as unknown as Quantity<U>;
}

/** Reads of an instance tell its bandwidth in Mbps, purchases take MB/s: eight of the former are one of the latter. */
export const inMBps = (rate: Quantity<"Mbps">) => quantityOf(numberOf(rate) / 8, "MB/s");
export const inMbps = (rate: Quantity<"MB/s">) => quantityOf(numberOf(rate) * 8, "Mbps");
