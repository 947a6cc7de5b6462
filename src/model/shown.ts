// A value in the words of its meaning, for whoever shows one: what is done in a preview, and what an action's own code finds.
import { isHandle, type Meaning } from "./field.ts";
import { ALL } from "./leaves.ts";
import { joined, type Line, num, quoted, say, worded } from "./line.ts";
import { UNREAD } from "./preview.ts";

export function shown(value: unknown, meaning: Meaning | undefined): Line {
  if (value === ALL) return say`all`;
  if (value === UNREAD) return say`not read`;
  if (isHandle(value, meaning)) return say`what ${quoted(value)} stands for`;
  if (meaning?.is === "secret") return say`a secret`;
  if (value === undefined || value === null) return say`not set`;
  const special = meaning?.special?.[String(value)];
  if (special !== undefined) return [worded({ [String(value)]: special }, String(value))];
  if (value === "" || (Array.isArray(value) && value.length === 0)) return say`empty`;
  if (Array.isArray(value)) return joined(value.map((item) => shown(item, meaning)));
  if (meaning?.is === "code") return [worded(meaning.words, value as string)];
  if (meaning?.is === "time" && typeof value === "number")
    return say`${{ at: value * (meaning.clock === "s" ? 1000 : 1) }} (${{ digits: String(value) }})`;
  if (meaning?.is === "time" && meaning.clock === "Beijing") return say`${quoted(String(value))} Beijing time`;
  // A number by which something goes is no amount.
  if (meaning?.is === "name" && typeof value !== "object") return [whole(String(value))];
  if (typeof value === "number" || typeof value === "bigint")
    return [meaning?.is === "quantity" ? { digits: String(value), unit: meaning.unit } : num(value)];
  if (typeof value === "boolean") return value ? say`true` : say`false`;
  const text = whole(typeof value === "string" ? value : JSON.stringify(value));
  return [meaning?.is === "foreign" ? { ...text, foreign: true } : text];
}
/** Quoted in full: what a change writes is never cut. */
const whole = (text: string) => ({ quoted: text, whole: true }) as const;
