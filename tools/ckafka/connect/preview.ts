// What a person sees before a connection is changed.
import type { Previews, Reader } from "../../../src/model/action.ts";
import type { Actions } from "../actions.ts";
import { someOf } from "../previews/lines.ts";
import type { connect } from "./actions.ts";

/** The settings of a connection's type, without what is secret. */
function settings(given: object): Record<string, unknown> {
  const parameter = Object.entries(given).find(([name, value]) => name.endsWith("ConnectParam") && value);
  const {
    Password: _,
    KeyTabContent: __,
    KRB5ConfContent: ___,
    ...shown
  } = { ...(parameter?.[1] as object) } as Record<string, unknown>;
  return shown;
}
/** Secrets are named, and not shown. */
const secrets = (given: object) =>
  ["Password", "KeyTabContent", "KRB5ConfContent"].filter((name) =>
    Object.values(given).some((value) => typeof value === "object" && value !== null && name in value),
  );
const listed = (fields: Record<string, unknown>) =>
  Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ");

/** Which tasks use a connection. */
async function users(read: Reader<Actions>, Resource: string): Promise<string> {
  const { Result } = await read("DescribeDatahubTasks", { Resource, Limit: 100 });
  if (Result.TotalCount === 0) return "No task uses it.";
  const tasks = Result.TaskList.map((task) => `${task.TaskName} (${task.TaskId})`).join(", ");
  return `Used by ${Result.TotalCount === 1 ? "task" : `${Result.TotalCount} tasks`} ${tasks}.`;
}

export const connectPreviews: Previews<typeof connect, Actions> = {
  CreateConnectResource: async (input) => {
    const fields = listed(settings(input));
    return [`Adds connection ${input.ResourceName} of type ${input.Type}${fields ? `: ${fields}` : ""}.`];
  },
  ModifyConnectResource: async (input, read) => {
    const { Result } = await read("DescribeConnectResource", { ResourceId: input.ResourceId });
    const before = { ...settings(Result), ResourceName: Result.ResourceName, Description: Result.Description };
    const { ResourceName, Description } = input;
    const after = Object.entries({ ...settings(input), ResourceName, Description });
    const changes = after
      .map(([name, to]) => [
        name,
        JSON.stringify((before as Record<string, unknown>)[name] ?? null),
        JSON.stringify(to),
      ])
      .filter(([, from, to]) => to !== undefined && from !== to)
      .map(([name, from, to]) => `${name}: ${from} → ${to}`);
    const replaced = secrets(input).map((name) => `${name} is replaced.`);
    const lines = [...changes, ...replaced];
    return [
      `Connection ${Result.ResourceName} (${Result.Type}).`,
      ...someOf(lines, input.ResourceId),
      await users(read, input.ResourceId),
    ];
  },
  DeleteConnectResource: async ({ ResourceId }, read) => {
    const { Result } = await read("DescribeConnectResource", { ResourceId });
    return [
      `Connection ${Result.ResourceName} (${Result.Type}): ${listed(settings(Result))}.`,
      await users(read, ResourceId),
    ];
  },
};
