// Which read tells how a change ended, and what is watched after its answer.
import type { Outcomes } from "../../../src/model/action.ts";
import type { Follows } from "../../../src/model/follow.ts";
import type { Actions } from "../actions.ts";
import { flowOf, GONE, state, watch } from "../watch.ts";
import type { route } from "./actions.ts";
import { RouteStatus } from "./codes.ts";

export const outcomes: Outcomes<typeof route, Actions> = {
  CreateRoute: "DescribeRoute",
  DeleteRoute: "DescribeRoute",
  DeleteRouteTriggerTime: "DescribeRoute",
  AssociateRoutesSecurityGroup: "DescribeSecurityGroupRoutes",
  DisassociateRoutesSecurityGroup: "DescribeSecurityGroupRoutes",
  ModifyRouteSecurityGroups: "DescribeSecurityGroupRoutes",
};

export const follows: Follows<typeof route> = {
  CreateRoute: flowOf,
  DeleteRoute: ({ InstanceId, RouteId, DeleteRouteTime }) =>
    DeleteRouteTime
      ? undefined
      : watch(
          "DescribeRoute",
          { InstanceId, RouteId },
          ({ Result: { Routers } }) => {
            const found = Routers.find((route) => route.RouteId === RouteId);
            return found ? state(found.Status ?? 0, RouteStatus.words, { 6: "failed" }) : GONE;
          },
          GONE,
        ),
};
