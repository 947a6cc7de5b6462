// SASL users of an instance, their passwords, and tokens that go past ACLs.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { secret } from "../../../src/model/field.ts";
import { say } from "../../../src/model/line.ts";
import { acknowledged, InstanceId, limit, num, Offset, SearchWord, shape, str, text } from "../fields.ts";

const Name = text("\nName of the user that clients log in as; DescribeUser lists them.");
const Tokens = secret("The token itself, as CreateToken made it.");

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
        Users: z.array(z.object({ UserId: num, Name: str, CreateTime: str, UpdateTime: str })),
        TotalCount: num,
      }),
    }),
  },
  DescribeAppInfo: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List AppIds using CKafka; retired, may be refused.",
    input: shape({ Offset: Offset.optional(), Limit: limit(50, 50).optional() }),
    output: z.object({ Result: z.object({ TotalCount: num, AppIdList: z.array(num) }) }),
  },
  CreateUser: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Create a SASL user; ACLs decide its rights.",
    subject: "Name",
    input: shape({
      InstanceId,
      Name: text("\nName of the new user, which clients log in as."),
      Password: secret("Password that clients of the new user log in with.").optional(),
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
    subject: "Name",
    input: shape({ InstanceId, Name }),
    output: acknowledged,
  },
  CreateToken: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create a token (hidden): in a client id it passes every ACL.",
    subject: "User",
    input: shape({ InstanceId, User: Name }),
    output: z.object({ Result: secret("The token.") }),
  },
  AuthorizeToken: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Authorize a user's token.",
    subject: "User",
    input: shape({ InstanceId, User: Name, Tokens }),
    output: z.object({ Result: num }),
  },
  CancelAuthorizationToken: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Withdraw a token's authorization.",
    loses: say`access of clients that carry the token`,
    subject: "User",
    input: shape({ InstanceId, User: Name, Tokens }),
    output: z.object({ Result: num }),
  },
});
