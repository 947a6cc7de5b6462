// What a person sees before users, passwords or tokens change. Never a secret.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";
import { attempt, every, unseen } from "../previews/lines.ts";
import type { user } from "./actions.ts";

type Read = Reader<Actions>;

async function userOf(read: Read, InstanceId: string, name: string) {
  const { Result } = await read("DescribeUser", { InstanceId, SearchWord: name, Limit: 100 });
  return { user: Result.Users.find((u) => u.Name === name), all: Result.TotalCount <= Result.Users.length };
}
/** @throws Refusal where there is certainly none */
async function known(read: Read, InstanceId: string, name: string): Promise<string> {
  const { user, all } = await userOf(read, InstanceId, name);
  if (!user && all) throw new Refusal(`${InstanceId} has no user ${name}; DescribeUser lists them`);
  return user
    ? `User ${name} of ${InstanceId}, created ${user.CreateTime}, last changed ${user.UpdateTime}.`
    : `${InstanceId} has many users like ${name}, and did not show this one.`;
}

/** What the ACLs that name a user are on. */
async function named(read: Read, InstanceId: string, name: string): Promise<string[]> {
  const places: string[] = [];
  let rest = 0;
  for (const ResourceType of [2, 3, 4] as const) {
    const { items, beyond } = await every(async (Offset) => {
      const { Result } = await read("DescribeACL", { InstanceId, ResourceType, SearchWord: name, Limit: 50, Offset });
      return { items: Result.AclList, total: Result.TotalCount };
    });
    const own = items.filter((acl) => acl.Principal === `User:${name}`);
    places.push(...own.map((acl) => acl.ResourceName || "the cluster"));
    rest += beyond;
  }
  const { Result } = await read("DescribeAclRule", { InstanceId });
  const rules = Result.AclRuleList.filter((rule) => rule.AclList.includes(`"User:${name}"`)).map((r) => r.RuleName);
  return [
    places.length > 0
      ? `ACLs name it on ${[...new Set(places)].join(", ")}.`
      : "No ACL of a topic, a group or the cluster names it.",
    ...unseen(rest, "ACL"),
    ...(rules.length > 0 ? [`ACL rules name it, and go on doing so: ${rules.join(", ")}.`] : []),
  ];
}

/** The throttle rules of a user. */
async function throttled(read: Read, InstanceId: string, name: string): Promise<string[]> {
  const { Result } = await read("DescribeThrottleRules", { InstanceId, ThrottleDimension: 1, Limit: 200 });
  const rules = (Result?.ThrottleRuleList ?? []).filter((rule) => rule.UserName === name);
  return rules.length > 0 ? [`Throttle rules name it: ${rules.map((rule) => rule.ThrottleRuleId).join(", ")}.`] : [];
}

export const userPreviews: Previews<typeof user, Actions> = {
  CreateUser: async ({ InstanceId, Name, Password }, read) => {
    const { user } = await userOf(read, InstanceId, Name);
    if (user) throw new Refusal(`${InstanceId} has a user ${Name} already, created ${user.CreateTime}`);
    return [
      `Adds user ${Name} to ${InstanceId}${Password === undefined ? ", without a password" : ""}.`,
      "It may use every resource that no ACL closes.",
    ];
  },
  ModifyPassword: async ({ InstanceId, Name }, read) => [
    await known(read, InstanceId, Name),
    "Clients that log in with the old password fail until they have the new one.",
  ],
  DeleteUser: async ({ InstanceId, Name }, read) => [
    await known(read, InstanceId, Name),
    ...(await named(read, InstanceId, Name)),
    ...(await attempt("Which throttle rules name it", () => throttled(read, InstanceId, Name))),
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
