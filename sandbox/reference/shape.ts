// Answers show every field of a structure: null where nothing was given.
import newer from "./2026-08.json" with { type: "json" };
import cls from "./cls.json" with { type: "json" };

type Given = Record<string, unknown>;
type Structures = Record<string, { fields: { name: string; type: string }[] }>;
// Where two services have structures of the same name, those of the first are meant.
const structures: Structures = { ...(cls.structures as Structures), ...(newer.structures as Structures) };

/** What was given of a structure, with all of its fields, all the way down. Fields newer than the definition stay. */
export function complete(type: string, given: Given): Given {
  const fields = structures[type]?.fields ?? [];
  return {
    ...given,
    ...Object.fromEntries(fields.map((field) => [field.name, filled(field.type, given[field.name])])),
  };
}
function filled(type: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => filled(type.replace(/^Array of /, ""), entry));
  return typeof value === "object" && value !== null && structures[type]
    ? complete(type, value as Given)
    : (value ?? null);
}
