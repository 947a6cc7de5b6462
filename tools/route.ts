// Routes: the addresses at which clients reach an instance, and the security groups in front of them.
import { z } from "zod/v3";
import { domain } from "../src/action.ts";
import {
  acknowledged,
  InstanceId,
  IpWhitelist,
  integer,
  ip,
  limit,
  list,
  num,
  Offset,
  oneOf,
  RouteId,
  shape,
  str,
  text,
  vip,
} from "./fields.ts";

/** Which AccessTypes each VipType supports. */
const SUPPORTED = { 1: [1, 3], 3: [0, 1, 3, 4, 5], 7: [0, 1, 3] };
const CallerAppid = integer("AppId.");
const InstanceRoute = shape({ InstanceId: text("Instance."), RouteId: z.number().int() });
const SecurityGroupId = text("Security group.");
const handled = z.object({ ReturnCode: str.nullable(), ReturnMessage: str.nullable() });

export const route = domain({
  DescribeRoute: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List routes. Status 1 creating, 2 ready, 3 create failed, 4 deleting, 6 delete failed.",
    input: shape({
      InstanceId,
      RouteId: RouteId.describe("Filter.").optional(),
      MainRouteFlag: z.boolean().describe("Also the main address.").optional(),
    }),
    output: z.object({
      Result: z.object({
        Routers: z.array(
          z.object({
            AccessType: num,
            RouteId: num,
            VipType: num,
            VipList: z.array(vip),
            Domain: str.nullable(),
            DomainPort: num.nullable(),
            DeleteTimestamp: str,
            Subnet: str.nullable(),
            BrokerVipList: z.array(vip),
            VpcId: str.nullable(),
            Note: str.nullable(),
            Status: num.nullable(),
          }),
        ),
      }),
    }),
  },
  DescribeSecurityGroupRoutes: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List routes with their security groups.",
    input: shape({
      InstanceRoute: InstanceRoute.describe("Filter.").optional(),
      Filters: list(
        shape({
          Name: z.literal("security-group-id").optional(),
          Values: z.array(z.string()).max(1).optional(),
          Relation: z.enum(["IN", "NOT_IN"]).optional(),
        }),
        "One security group; default IN.",
      ).optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      SearchWord: text("In instance id, name or IP.").optional(),
    }),
    output: z.object({
      Result: z
        .object({
          TotalCount: num.nullable(),
          SecurityGroupRoutes: z
            .array(
              z.object({
                InstanceRoute: z.object({ InstanceId: str.nullable(), RouteId: num.nullable() }).nullable(),
                SecurityGroupIds: z.array(str).nullable(),
                InstanceName: str.nullable(),
                VpcId: str.nullable(),
                Vip: str.nullable(),
              }),
            )
            .nullable(),
        })
        .nullable(),
    }),
  },
  CreateRoute: {
    effect: "write",
    // Public bandwidth beyond the free part is charged.
    bills: ({ VipType }) => VipType === 1,
    perSecond: 100,
    about: "Add a VPC or public address to an instance.",
    subject: "InstanceId",
    input: shape({
      InstanceId,
      VipType: oneOf([1, 3, 7], "1 public, 3 VPC, 7 support."),
      VpcId: text("If VPC.").optional(),
      SubnetId: text("If VPC.").optional(),
      AccessType: oneOf(
        [0, 1, 3, 4, 5],
        "0 plaintext (default, not public), 1 SASL_PLAINTEXT, 3 SASL_SSL; VPC only: 4 SCRAM-SHA-256, 5 SCRAM-SHA-512.",
      ).optional(),
      CallerAppid: CallerAppid.optional(),
      PublicNetwork: integer("If public, Mbps, multiple of 3.")
        .min(0)
        .refine((n) => n % 3 === 0, "must be a multiple of 3")
        .optional(),
      Ip: ip("IP.").optional(),
      Note: z.string().describe("Remark.").optional(),
      SecurityGroupIds: list(SecurityGroupId, "In order.").optional(),
      IpWhitelist: IpWhitelist.describe("If public.").optional(),
    }),
    rule: ({ VipType, AccessType = 0, VpcId, SubnetId, PublicNetwork, IpWhitelist }) => {
      if (!SUPPORTED[VipType].includes(AccessType))
        return `VipType ${VipType} needs AccessType ${SUPPORTED[VipType].join(" or ")}`;
      if (VipType === 3 && !(VpcId && SubnetId)) return "VipType 3 needs VpcId and SubnetId";
      if (VipType === 1 && PublicNetwork === undefined) return "VipType 1 needs PublicNetwork, its bandwidth in Mbps";
      if (VipType !== 1 && IpWhitelist) return "IpWhitelist is for public routes only (VipType 1)";
      return undefined;
    },
    output: acknowledged,
  },
  DeleteRoute: {
    effect: "destroy",
    bills: false,
    perSecond: 100,
    about: "Delete a route, now or later. Cannot be undone once submitted.",
    loses: "the address: clients that use it cannot connect",
    subject: ({ RouteId }) => String(RouteId),
    input: shape({
      InstanceId,
      RouteId,
      CallerAppid: CallerAppid.optional(),
      DeleteRouteTime: text("YYYY-MM-DD hh:mm:ss within 24 h; public only.").optional(),
    }),
    output: acknowledged,
  },
  DeleteRouteTriggerTime: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Reschedule an instance's pending route deletions.",
    loses: "those routes at the new time",
    subject: "InstanceId",
    input: shape({ InstanceId, DelayTime: text("YYYY-MM-DD hh:mm:ss.") }),
    output: z.object({}),
  },
  AssociateRoutesSecurityGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Put a security group on routes.",
    loses: "access of clients that the security group does not admit",
    subject: "SecurityGroupId",
    input: shape({ InstanceRoutes: list(InstanceRoute, "Routes."), SecurityGroupId }),
    output: z.object({ Result: handled }),
  },
  DisassociateRoutesSecurityGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Take a security group off routes.",
    loses: "its protection, and access of clients that only it admits",
    subject: "SecurityGroupId",
    input: shape({ InstanceRoutes: list(InstanceRoute, "Routes."), SecurityGroupId }),
    output: z.object({ Result: handled.nullable() }),
  },
  ModifyRouteSecurityGroups: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Replace a route's security groups.",
    loses: "the present security groups: who can connect changes",
    subject: "InstanceRoute.InstanceId",
    input: shape({
      InstanceRoute: InstanceRoute.describe("Route."),
      SecurityGroupIds: z.array(SecurityGroupId).describe("All, in order; default none.").optional(),
    }),
    output: z.object({ Result: handled }),
  },
});
