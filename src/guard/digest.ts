import { createHash } from "node:crypto";

/** What a proof is bound to: exactly this action with exactly these arguments on this account and region, however spelt. */
export function digest(action: string, account: string[], region: string, input: Record<string, unknown>): string {
  return createHash("sha256")
    .update(canonical([action, account, region, input]))
    .digest("hex");
}

/** JSON with the keys of every object in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === "bigint"
      ? `${item}n`
      : item !== null && typeof item === "object" && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
  );
}
