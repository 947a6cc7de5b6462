// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf } from "../watch.ts";
import type { user } from "./actions.ts";

export const outcomes: Outcomes<typeof user, Actions> = {
  CreateUser: "DescribeUser",
  ModifyPassword: "DescribeUser",
  DeleteUser: "DescribeUser",
  CreateToken: "DescribeUser",
  AuthorizeToken: "DescribeUser",
  CancelAuthorizationToken: "DescribeUser",
};

export const follows: Follows<typeof user> = {
  CreateUser: flowOf,
  DeleteUser: flowOf,
  ModifyPassword: flowOf,
};
