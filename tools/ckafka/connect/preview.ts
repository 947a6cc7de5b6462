// What a person sees before a connection is changed.
import type { Previews } from "../../../src/model/action.ts";
import { leaves } from "../../../src/model/leaves.ts";
import { field, joined, type Line, num, say, together } from "../../../src/model/line.ts";
import { type Finding, grave, note } from "../../../src/model/preview.ts";
import type { Actions } from "../actions.ts";
import { connect, changeable as parameters, settingsIn } from "./actions.ts";
import { changeable, freeName, leadsSomewhere, unused } from "./conditions.ts";
import {
  attempt,
  described,
  listed,
  orNothing,
  type Read,
  refuseUnchanged,
  tasksUsing,
  type Users,
} from "./reading.ts";

const behind = (read: Read, input: { KafkaConnectParam?: object | undefined }) =>
  attempt(say`The instance that it leads to`, async (): Promise<Finding[]> => {
    await leadsSomewhere(read, input);
    return [];
  });
const used = (users: Users | undefined): Finding =>
  users === undefined
    ? note(say`Which tasks use it could not be read.`)
    : note(users.all === 0 ? say`No task uses it.` : say`Used by ${listed(users)}.`);

/** Settings that no read shows: what is stored is gone once they are replaced. */
const secretsIn = (input: object): Line[] =>
  leaves(connect.ModifyConnectResource.input, input)
    .filter(({ meaning }) => meaning?.is === "secret")
    .map(({ path }) => [field(String(path.at(-1)))]);

/** What new settings take away, where it was read who uses the connection. */
function lost(input: object, users: Users): Line | null {
  const secrets = secretsIn(input);
  const many = users.all === 1 ? say`1 task` : say`${num(users.all)} tasks`;
  const lines = [
    ...(secrets.length > 0 ? [say`the stored ${joined(secrets)}, which no read shows`] : []),
    ...(users.all > 0 && settingsIn(input)?.IsUpdate !== false
      ? [
          say`${many} using it, changed and restarted with it and failing where the new settings are wrong: ${listed(users)}`,
        ]
      : []),
  ];
  return together(lines) ?? null;
}

export const connectPreviews: Previews<typeof connect, Actions> = {
  CreateConnectResource: async (input, read) => {
    await orNothing(() => freeName(read, input.ResourceName));
    return { finds: await behind(read, input) };
  },
  ModifyConnectResource: async (input, read) => {
    const { ResourceId } = input;
    const { Result } = await read("DescribeConnectResource", { ResourceId });
    changeable(input, Result);
    if (input.ResourceName !== undefined && input.ResourceName !== Result.ResourceName)
      await orNothing(() => freeName(read, input.ResourceName as string, ResourceId));
    const parameter = parameters[Result.Type as keyof typeof parameters];
    const today = {
      ResourceName: Result.ResourceName,
      Description: Result.Description,
      Type: Result.Type,
      [parameter]: Result[parameter] ?? {},
    };
    refuseUnchanged(connect.ModifyConnectResource.input, input, today, ["ResourceId", "Type", "IsUpdate"], ResourceId);
    const users = await orNothing(() => tasksUsing(read, ResourceId));
    return {
      today: today as never,
      finds: [note(described(Result)), ...(await behind(read, input)), used(users)],
      ...(settingsIn(input) && users ? { stakes: { loses: lost(input, users) } } : {}),
    };
  },
  DeleteConnectResource: async ({ ResourceId }, read) => {
    const { Result } = await read("DescribeConnectResource", { ResourceId });
    changeable({}, Result);
    const users = await orNothing(() => tasksUsing(read, ResourceId));
    if (users) unused(ResourceId, users);
    return { finds: [grave("loses", described(Result)), used(users)] };
  },
};
