import type { Fakes } from "../../src/model/action.ts";
import type { user as models } from "../../tools/ckafka/user/actions.ts";
import { Fault } from "../state/fault.ts";
import { type Instance, nextNumber, openInstance, runningInstance, type Scope, userOf } from "../state/store.ts";
import { forgetAcls } from "./acl.ts";
import { dateTime, done, matches, page } from "./answers.ts";

function tokenOf(instance: Instance, user: string, value: string) {
  userOf(instance, user);
  const found = instance.access.tokens.find((t) => t.user === user && t.value === value);
  if (!found) throw new Fault("InvalidParameterValue", `user ${user} has no such token`);
  return found;
}

/** As the product's guide says; the reference states nothing. A password is not repeated to anybody. */
function judgeName(name: string) {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name))
    throw new Fault(
      "InvalidParameter",
      `Name ${name} must begin with a letter or digit and hold only these, "_", "-" and "."`,
    );
}
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[()`~!@#$^&*\-_=|{}[\]:;',.?/]/];
function judgePassword(parameter: string, password: string) {
  if (KINDS.filter((kind) => kind.test(password)).length < 2)
    throw new Fault(
      "InvalidParameter",
      `${parameter} must hold two of these: small letters, capital letters, digits, special characters`,
    );
}

export const user: Fakes<typeof models, Scope> = {
  DescribeUser: (scope, { InstanceId, SearchWord, Offset, Limit }) => {
    const { access } = openInstance(scope, InstanceId);
    const found = access.users.filter((u) => matches(u.name, SearchWord)).sort((a, b) => b.id - a.id);
    const Users = page(found, Offset, Limit ?? 20).map((u) => ({
      UserId: u.id,
      Name: u.name,
      CreateTime: dateTime(u.created),
      UpdateTime: dateTime(u.updated),
    }));
    return { Result: { Users, TotalCount: found.length } };
  },
  DescribeAppInfo: ({ appId }, { Offset, Limit }) => ({
    Result: { TotalCount: 1, AppIdList: page([appId], Offset, Limit ?? 50) },
  }),
  CreateUser: (scope, { InstanceId, Name, Password }) => {
    const instance = runningInstance(scope, InstanceId);
    judgeName(Name);
    if (Password !== undefined) judgePassword("Password", Password);
    if (instance.access.users.some((u) => u.name === Name))
      throw new Fault("InvalidParameterValue.RepetitionValue", `user ${Name} exists already`);
    const id = nextNumber(instance);
    instance.access.users.push({
      id,
      name: Name,
      password: Password ?? null,
      created: scope.now,
      updated: scope.now,
    });
    return done(false);
  },
  ModifyPassword: (scope, { InstanceId, Name, Password, PasswordNew }) => {
    const found = userOf(runningInstance(scope, InstanceId), Name);
    if (found.password !== Password)
      throw new Fault("FailedOperation", `Password is not the present password of user ${Name}`);
    judgePassword("PasswordNew", PasswordNew);
    found.password = PasswordNew;
    found.updated = scope.now;
    return done(false);
  },
  DeleteUser: (scope, { InstanceId, Name }) => {
    const instance = runningInstance(scope, InstanceId);
    const found = userOf(instance, Name);
    const { access } = instance;
    access.users = access.users.filter((u) => u !== found);
    access.tokens = access.tokens.filter((t) => t.user !== Name);
    access.throttles = access.throttles.filter((t) => t.user !== Name);
    forgetAcls(instance, (acl) => acl.principal === `User:${Name}`);
    return done(false);
  },
  CreateToken: (scope, { InstanceId, User }) => {
    const instance = runningInstance(scope, InstanceId);
    userOf(instance, User);
    const value = Array.from({ length: 4 }, () => scope.newId("").slice(1)).join("");
    instance.access.tokens.push({ user: User, value, authorized: false });
    return { Result: value };
  },
  AuthorizeToken: (scope, { InstanceId, User, Tokens }) => {
    tokenOf(runningInstance(scope, InstanceId), User, Tokens).authorized = true;
    return { Result: 0 };
  },
  CancelAuthorizationToken: (scope, { InstanceId, User, Tokens }) => {
    const token = tokenOf(runningInstance(scope, InstanceId), User, Tokens);
    if (!token.authorized) throw new Fault("FailedOperation", "the token is not authorized");
    token.authorized = false;
    return { Result: 0 };
  },
};
