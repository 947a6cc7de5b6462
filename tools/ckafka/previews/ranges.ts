// Ranges of addresses, compared: who gains and who loses where one list of them gives way to another.
import { isIP } from "node:net";
import { type Line, num, quoted, say } from "../../../src/model/line.ts";

export interface Range {
  /** As it was written. */
  text: string;
  bits: 32 | 128;
  first: bigint;
  last: bigint;
}
const sizeOf = ({ first, last }: Range) => last - first + 1n;

/** An address, or a range of them as CIDR; undefined for anything else. */
export function rangeOf(text: string): Range | undefined {
  const [address = "", length] = text.split("/");
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : undefined;
  if (!bits) return undefined;
  const host = BigInt(bits - Number(length ?? bits));
  const first = ((bits === 32 ? four(address) : six(address)) >> host) << host;
  return { text, bits, first, last: first + (1n << host) - 1n };
}
const four = (address: string) => address.split(".").reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
function six(address: string): bigint {
  // The last 32 bits can be written like an IPv4 address.
  const plain = address.replace(/%.*$/, "").replace(/[\d.]+$/, (tail) => {
    if (!tail.includes(".")) return tail;
    const value = four(tail);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = "", tail] = plain.split("::");
  const [before, after] = [head, tail ?? ""].map((half) => half.split(":").filter((group) => group !== "")) as [
    string[],
    string[],
  ];
  const groups = [...before, ...Array(8 - before.length - after.length).fill("0"), ...after];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** Those that are not wholly within the others taken together, the widest first. */
export const beyond = (ranges: readonly Range[], others: readonly Range[]): Range[] =>
  ranges
    .filter((range) => !within(range, others))
    .toSorted((a, b) => {
      const [ours, theirs] = [share(a), share(b)];
      return ours === theirs ? 0 : ours > theirs ? -1 : 1;
    });
/** How much of its kind of addresses a range is; of all, one is as much as another. */
const share = (range: Range) => sizeOf(range) << BigInt(128 - range.bits);
function within({ bits, first, last }: Range, others: readonly Range[]): boolean {
  let next = first;
  for (const other of ordered(others, bits)) {
    if (other.first > next) break;
    if (other.last >= next) next = other.last + 1n;
  }
  return next > last;
}
const ordered = (ranges: readonly Range[], bits: number) =>
  ranges.filter((range) => range.bits === bits).toSorted((a, b) => (a.first < b.first ? -1 : 1));

/** Whether ranges taken together are all addresses of a kind, in however many pieces. */
export const everywhere = (ranges: readonly Range[]): boolean =>
  ["0.0.0.0/0", "::/0"].some((all) => within(rangeOf(all) as Range, ranges));

/** Ranges with how many addresses they are, the first of them; the rest is counted. */
export function rangesLine(ranges: readonly Range[], most = 20): Line {
  const lines = ranges.slice(0, most).map((range) => {
    if (everywhere([range])) return say`${quoted(range.text)} (everybody)`;
    return sizeOf(range) === 1n ? [quoted(range.text)] : say`${quoted(range.text)} (${num(sizeOf(range))} addresses)`;
  });
  const rest = ranges.length - most;
  const shown = lines.flatMap((line, at) => (at === 0 ? line : [...say`, `, ...line]));
  return rest > 0 ? [...shown, ...say` and ${num(rest)} more, none wider`] : shown;
}
