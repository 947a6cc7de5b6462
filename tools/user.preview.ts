// What a person sees before users, passwords or tokens change. Never a secret.
import type { Previews, Reader } from "../src/action.ts";
import type { Actions } from "./index.ts";
import type { user } from "./user.ts";

type Read = Reader<Actions>;

async function known(read: Read, InstanceId: string, name: string): Promise<string> {
  const { Result } = await read("DescribeUser", { InstanceId, SearchWord: name, Limit: 100 });
  const found = Result.Users.find((u) => u.Name === name);
  return found
    ? `User ${name} of ${InstanceId}, created ${found.CreateTime}, last changed ${found.UpdateTime}.`
    : `${InstanceId} shows no user ${name}.`;
}

/** What the ACLs that name a user are on. */
async function named(read: Read, InstanceId: string, name: string): Promise<string> {
  const places: string[] = [];
  for (const ResourceType of [2, 3, 4] as const) {
    const { Result } = await read("DescribeACL", { InstanceId, ResourceType, SearchWord: name, Limit: 50 });
    const own = Result.AclList.filter((acl) => acl.Principal === `User:${name}`);
    places.push(...own.map((acl) => acl.ResourceName || "the cluster"));
  }
  return places.length > 0
    ? `ACLs name it on ${[...new Set(places)].join(", ")}.`
    : "No ACL of a topic, a group or the cluster names it.";
}

export const userPreviews: Previews<typeof user, Actions> = {
  CreateUser: async ({ InstanceId, Name, Password }) => [
    `Adds user ${Name} to ${InstanceId}${Password === undefined ? ", without a password" : ""}.`,
    "It may use every resource that no ACL closes.",
  ],
  ModifyPassword: async ({ InstanceId, Name }, read) => [
    await known(read, InstanceId, Name),
    "Clients that log in with the old password fail until they have the new one.",
  ],
  DeleteUser: async ({ InstanceId, Name }, read) => [
    await known(read, InstanceId, Name),
    await named(read, InstanceId, Name),
    "What has no other ACL is open to everybody once these are gone.",
  ],
  CreateToken: async ({ InstanceId, User }, read) => [
    await known(read, InstanceId, User),
    `A client that carries the new token passes every ACL of ${InstanceId}. The token is not shown here.`,
  ],
  AuthorizeToken: async ({ InstanceId, User }, read) => [
    await known(read, InstanceId, User),
    `Gain access: clients that carry the token, past every ACL of ${InstanceId}.`,
  ],
  CancelAuthorizationToken: async ({ InstanceId, User }, read) => [
    await known(read, InstanceId, User),
    "Lose access: clients that carry the token.",
  ],
};
