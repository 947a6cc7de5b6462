// SASL users of an instance, their passwords, and tokens that go past ACLs.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { integer, name, secret, time, total } from "../../../src/model/field.ts";
import { say } from "../../../src/model/line.ts";
import { acknowledged, InstanceId, limit, Offset, SearchWord, Succeeded, shape } from "../fields.ts";

const Name = name("user", "Name of the user that clients log in as; DescribeUser lists them.");
const Tokens = secret("The token that CreateToken made, or the handle that stands for it, like token-1a2b3c4d.", {
  handle: "token",
  brief: "One token, or its handle",
});
/** Nobody has to be able to sign in as somebody else for it. */
const PASSES = say`every topic of the instance, past all ACLs, to whoever carries the token`;

export const user = domain({
  DescribeUser: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List SASL users.",
    input: shape({
      InstanceId,
      SearchWord: SearchWord.optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
    }),
    output: z.object({
      Result: z.object({
        Users: z.array(
          z.object({
            UserId: integer("The user's number."),
            Name: name("user", "What clients log in as."),
            CreateTime: time("Beijing", "When it was made."),
            UpdateTime: time("Beijing", "When it was changed last."),
          }),
        ),
        TotalCount: total("Users"),
      }),
    }),
  },
  DescribeAppInfo: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List AppIds using CKafka; retired, may be refused.",
    input: shape({ Offset: Offset.optional(), Limit: limit(50, 50).optional() }),
    output: z.object({
      Result: z.object({ TotalCount: total("AppIdList"), AppIdList: z.array(integer("An account's number.")) }),
    }),
  },
  CreateUser: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Create a SASL user; ACLs decide its rights.",
    subject: "Name",
    input: shape({
      InstanceId,
      Name: name("user", "Name of the new user, which clients log in as."),
      Password: secret("Password that clients of the new user log in with; without one nobody can.", {
        brief: "Needed to log in",
      }).optional(),
    }),
    output: acknowledged,
  },
  ModifyPassword: {
    effect: "destroy",
    bills: false,
    perSecond: 100,
    about: "Change a user's password.",
    loses: say`access of clients that log in with the old password`,
    subject: "Name",
    input: shape({
      InstanceId,
      Name,
      Password: secret("What clients of the user log in with today.", { brief: "Present password" }),
      PasswordNew: secret("What clients of the user log in with from now on."),
    }),
    output: acknowledged,
  },
  DeleteUser: {
    effect: "destroy",
    bills: false,
    perSecond: 100,
    about: "Delete a SASL user.",
    loses: say`access of every client that logs in as this user`,
    opens: say`what no other ACL closes to everybody`,
    subject: "Name",
    input: shape({ InstanceId, Name }),
    output: acknowledged,
  },
  CreateToken: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about:
      "Create a token: in a client id it passes every ACL. Needs brokers upgraded by ticket. Returns a handle; the person gets the token.",
    opens: PASSES,
    subject: "User",
    input: shape({ InstanceId, User: Name }),
    output: z.object({ Result: secret("The token.", { handle: "token", brief: "a handle is shown instead" }) }),
  },
  AuthorizeToken: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Authorize a user's token.",
    opens: PASSES,
    subject: "User",
    input: shape({ InstanceId, User: Name, Tokens }),
    output: z.object({ Result: Succeeded }),
  },
  CancelAuthorizationToken: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Withdraw a token's authorization.",
    loses: say`access of clients that carry the token`,
    subject: "User",
    input: shape({ InstanceId, User: Name, Tokens }),
    output: z.object({ Result: Succeeded }),
  },
});
