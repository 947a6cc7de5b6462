// Documented examples and the models: how a request is read, and what of a response does not fit.
import type { z } from "zod/v3";
import { bare } from "../../src/model/field.ts";
import { type ActionName, actions } from "../../tools/ckafka/actions.ts";

/** Query parameters name list entries by number, and fields of those behind it: Status.0, Tags.0.TagKey. */
export function unflatten(query: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(query)) {
    const [name, index, field] = key.split(".") as [string, string?, string?];
    if (index === undefined) {
      out[name] = value;
      continue;
    }
    out[name] ??= [];
    const list = out[name] as unknown[];
    if (field === undefined) list.push(value);
    else list[Number(index)] = { ...(list[Number(index)] as object | undefined), [field]: value };
  }
  return out;
}

/** Where a response is not as the action's model of it says: the path, and what is wrong. */
export function misfits(name: ActionName, { RequestId: _, ...body }: Record<string, unknown>): string[] {
  const issues = lenient(actions[name].output).safeParse(body).error?.issues ?? [];
  return issues.map(
    (issue) =>
      `${issue.path.filter((step) => typeof step === "string").join(".")} ${issue.code === "unrecognized_keys" ? issue.keys : issue.message}`,
  );
}

/** The model with everything optional, and nothing accepted that it does not have. */
function lenient(model: z.ZodTypeAny): z.ZodTypeAny {
  const inner = bare(model);
  const { typeName } = inner._def;
  if (typeName === "ZodArray") return lenient(inner._def.type).array().nullish();
  if (typeName !== "ZodObject") return inner.nullish();
  const object = inner as z.AnyZodObject;
  const fields = Object.entries(object.shape as z.ZodRawShape).map(([key, field]) => [key, lenient(field)]);
  return object.extend(Object.fromEntries(fields)).strict().nullish();
}
