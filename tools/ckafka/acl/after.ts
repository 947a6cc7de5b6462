// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf } from "../watch.ts";
import type { acl } from "./actions.ts";

export const outcomes: Outcomes<typeof acl, Actions> = {
  CreateAcl: "DescribeACL",
  BatchCreateAcl: "DescribeACL",
  DeleteAcl: "DescribeACL",
  CreateAclRule: "DescribeAclRule",
  ModifyAclRule: "DescribeAclRule",
  DeleteAclRule: "DescribeAclRule",
  ModifyAccessPolicy: "DescribeAccessPolicy",
};

export const follows: Follows<typeof acl> = {
  CreateAcl: flowOf,
  DeleteAcl: flowOf,
};
