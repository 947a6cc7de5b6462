// What a person sees before users, passwords or tokens change. Never a secret.
import type { Previews, Reader } from "../../../src/model/action.ts";
import { CloudError, Refusal } from "../../../src/model/errors.ts";
import { type Line, quoted, say, several, together } from "../../../src/model/line.ts";
import { type Finding, grave, note } from "../../../src/model/preview.ts";
import { Resources } from "../acl/codes.ts";
import { aclsOf, entriesLine, entriesOf, MOST_NAMED, standing, unseenLine, weighed } from "../acl/entries.ts";
import type { Actions } from "../actions.ts";
import { mayRun } from "../previews/running.ts";
import type { user } from "./actions.ts";

type Read = Reader<Actions>;

async function userOf(read: Read, InstanceId: string, name: string) {
  await mayRun(read, InstanceId);
  const { Result } = await read("DescribeUser", { InstanceId, SearchWord: name, Limit: 100 });
  return { user: Result.Users.find((u) => u.Name === name), all: Result.TotalCount <= Result.Users.length };
}
/** @throws Refusal where there is certainly none */
async function known(read: Read, InstanceId: string, name: string): Promise<Finding> {
  const { user, all } = await userOf(read, InstanceId, name);
  if (!user && all) throw new Refusal(`${InstanceId} has no user ${name}; DescribeUser lists them`);
  return user
    ? note(
        say`The user was created ${quoted(String(user.CreateTime))} and last changed ${quoted(String(user.UpdateTime))}, Beijing time.`,
      )
    : note(say`Many users have this name in theirs, and this one was not among those that were shown.`);
}

/** The rules that name a user. They stay when it goes, and are there before it comes. */
async function rulesNaming(read: Read, InstanceId: string, principal: string) {
  const { Result } = await read("DescribeAclRule", { InstanceId });
  return Result.AclRuleList.map((rule) => ({
    name: rule.RuleName,
    entries: entriesOf(rule).filter((entry) => entry.principal === principal),
  })).filter(({ entries }) => entries.length > 0);
}

/** What becomes of the places whose ACLs name a user once these are gone. */
async function withoutIts(read: Read, InstanceId: string, principal: string) {
  const news: Parameters<typeof weighed>[0][number][] = [];
  let rest = 0;
  for (const type of Resources.values) {
    const { items, beyond } = await aclsOf(read, InstanceId, type);
    const names = items.filter((acl) => acl.Principal === principal).map((acl) => acl.ResourceName);
    rest += beyond;
    if (names.length === 0) continue;
    const { places, unseen } = await standing(read, InstanceId, type, names);
    rest += unseen;
    for (const place of places) {
      const after = place.entries.filter((entry) => entry.rule !== undefined || entry.principal !== principal);
      news.push({ place, after });
    }
  }
  return { ...weighed(news), rest };
}

/** The throttle rules of a user, or why they are not known. */
async function throttled(read: Read, InstanceId: string, name: string): Promise<Finding[]> {
  try {
    const { Result } = await read("DescribeThrottleRules", { InstanceId, ThrottleDimension: 1, Limit: 200 });
    const rules = (Result?.ThrottleRuleList ?? []).filter((rule) => rule.UserName === name);
    const numbers = rules.map((rule) => [quoted(String(rule.ThrottleRuleId))]);
    return rules.length > 0
      ? [note(say`Throttle rules name it, and go with it: ${several(numbers, MOST_NAMED)}.`)]
      : [];
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [note(say`Which throttle rules name it could not be read (${quoted(error.code)}).`)];
  }
}

const UPGRADED = note(
  say`Tokens work only where Tencent has upgraded the brokers on request, by a ticket; no read tells whether that is so.`,
);

export const userPreviews: Previews<typeof user, Actions> = {
  CreateUser: async ({ InstanceId, Name, Password }, read) => {
    const { user } = await userOf(read, InstanceId, Name);
    if (user) throw new Refusal(`${InstanceId} has a user ${Name} already, created ${user.CreateTime}`);
    const rules = await rulesNaming(read, InstanceId, `User:${Name}`);
    const allowed = rules.flatMap(({ entries }) => entries.filter((entry) => !entry.denies));
    return {
      finds: [
        ...(rules.length > 0
          ? [
              grave(
                "opens",
                say`ACL rules name it before it is there: ${entriesLine(rules.flatMap(({ entries }) => entries))}.`,
              ),
            ]
          : []),
        ...(Password === undefined ? [note(say`It has no password: nobody can log in as it.`)] : []),
        note(say`It can use every resource that no ACL closes.`),
      ],
      stakes: { opens: allowed.length > 0 ? say`to the new user what ACL rules allow one of its name` : null },
    };
  },
  ModifyPassword: async ({ InstanceId, Name }, read) => ({
    finds: [
      note(say`Clients that log in with the old password fail until they have the new one.`),
      await known(read, InstanceId, Name),
    ],
  }),
  DeleteUser: async ({ InstanceId, Name }, read) => {
    const it = await known(read, InstanceId, Name);
    const { finds, stakes, rest } = await withoutIts(read, InstanceId, `User:${Name}`);
    const rules = await rulesNaming(read, InstanceId, `User:${Name}`);
    const names = rules.map((rule) => [quoted(rule.name)]);
    return {
      finds: [
        ...finds,
        ...(finds.length === 0 ? [note(say`No ACL of a topic, a group or the cluster names it.`)] : []),
        ...(names.length > 0 ? [note(say`ACL rules name it, and go on doing so: ${several(names, MOST_NAMED)}.`)] : []),
        ...(await throttled(read, InstanceId, Name)),
        ...unseenLine(rest),
        it,
      ],
      stakes: {
        loses: together([
          say`access of every client that logs in as this user`,
          ...(stakes.loses ? [stakes.loses] : []),
        ]) as Line,
        // Of ACLs that were not looked at nobody knows.
        ...(rest > 0 && stakes.opens === null ? {} : { opens: stakes.opens }),
      },
    };
  },
  CreateToken: async ({ InstanceId, User }, read) => ({
    finds: [
      grave("opens", say`A client that carries the new token in its client id passes every ACL of the instance.`),
      note(
        say`The token goes into a file that only the owner of this server can read; the result and the audit say where. The agent gets a handle that stands for it.`,
      ),
      UPGRADED,
      await known(read, InstanceId, User),
    ],
  }),
  AuthorizeToken: async ({ InstanceId, User }, read) => ({
    finds: [
      grave("opens", say`Clients that carry the token then pass every ACL of the instance.`),
      UPGRADED,
      await known(read, InstanceId, User),
    ],
  }),
  CancelAuthorizationToken: async ({ InstanceId, User }, read) => ({
    finds: [
      grave("loses", say`Clients that carry the token then have what ACLs allow them, and nothing more.`),
      await known(read, InstanceId, User),
    ],
  }),
};
