// Routes: the addresses at which clients reach an instance, and the security groups in front of them.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { say } from "../../../src/model/line.ts";
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
  SubnetId,
  shape,
  str,
  text,
  VpcId,
  vip,
  words,
  yes,
} from "../fields.ts";

/** Which AccessTypes each VipType supports. */
const SUPPORTED = { 1: [1, 3], 3: [0, 1, 3, 4, 5], 7: [0, 1, 3] };
const CallerAppid = integer("\nAppId (number of the cloud account) of the caller.");
const InstanceRoute = shape({
  InstanceId: InstanceId.describe("The instance that the route leads to."),
  RouteId: RouteId.describe("The route's number; DescribeRoute lists them."),
});
const SecurityGroupId = text("\nId of the security group, a set of firewall rules, like sg-1a2b3c4d.");
const handled = z.object({ ReturnCode: str.nullable(), ReturnMessage: str.nullable() });

export const route = domain({
  DescribeRoute: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List routes. Status 1 creating, 2 ready, 3 create failed, 4 deleting, 6 delete failed.",
    input: shape({
      InstanceId,
      RouteId: RouteId.describe("\nOnly the route of this number.").optional(),
      MainRouteFlag: yes("\ntrue also lists the main route, the address that the instance was created with."),
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
      InstanceRoute: InstanceRoute.describe("\nOnly this route, named by its instance and number.").optional(),
      Filters: list(
        shape({
          Name: z
            .literal("security-group-id")
            .describe("What is compared; only the id of a security group can be.")
            .optional(),
          Values: z.array(z.string()).max(1).describe("The security group's id; one only.").optional(),
          Relation: z
            .enum(["IN", "NOT_IN"])
            .describe("IN (default) finds routes that have the group, NOT_IN those that lack it.")
            .optional(),
        }),
        "\nOnly routes that have a certain security group, or lack it.",
      ).optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      SearchWord: text("\nOnly routes with this text in their instance's id or name or in their IP.").optional(),
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
      VipType: oneOf(
        [1, 3, 7],
        "1 public, 3 VPC, 7 support.\nNetwork of the new address: 1 the internet, 3 a private network of yours (VPC), 7 the cloud's internal support network.",
      ),
      VpcId: VpcId.describe(
        "If VPC.\nThe private network (VPC) that the new address is in, like vpc-1a2b3c4d.",
      ).optional(),
      SubnetId: SubnetId.describe(
        "If VPC.\nThe subnet of the VPC that the new address is in, like subnet-1a2b3c4d.",
      ).optional(),
      AccessType: oneOf(
        [0, 1, 3, 4, 5],
        "0 plaintext (default, not public), 1 SASL_PLAINTEXT, 3 SASL_SSL; VPC only: 4 SCRAM-SHA-256, 5 SCRAM-SHA-512.\nHow clients sign in (SASL and SCRAM: as a user with password) and whether traffic is encrypted (SSL).",
      ).optional(),
      CallerAppid: CallerAppid.optional(),
      PublicNetwork: integer(
        "If public, Mbps, multiple of 3.\nBandwidth between the instance and the internet; there is no default.",
      )
        .min(0)
        .refine((n) => n % 3 === 0, "must be a multiple of 3")
        .optional(),
      Ip: ip("\nThe IP address that the route gets.").optional(),
      Note: words("\nRemark on the route, for people."),
      SecurityGroupIds: list(
        SecurityGroupId,
        "\nIds of the security groups (sets of firewall rules) before the address, in their order.",
      ).optional(),
      IpWhitelist: IpWhitelist.describe("If public.\nThe addresses that may connect through the new route.").optional(),
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
    loses: say`the address: clients that use it cannot connect`,
    subject: ({ RouteId }) => String(RouteId),
    input: shape({
      InstanceId,
      RouteId,
      CallerAppid: CallerAppid.optional(),
      DeleteRouteTime: text(
        "YYYY-MM-DD hh:mm:ss within 24 h; public only.\nWhen to delete the route, if not now.",
      ).optional(),
    }),
    output: acknowledged,
  },
  DeleteRouteTriggerTime: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Reschedule an instance's pending route deletions.",
    loses: say`those routes at the new time`,
    subject: "InstanceId",
    input: shape({
      InstanceId,
      DelayTime: text("YYYY-MM-DD hh:mm:ss.\nThe new time of the deletions that are already submitted."),
    }),
    output: z.object({}),
  },
  AssociateRoutesSecurityGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Put a security group on routes.",
    loses: say`access of clients that the security group does not admit`,
    subject: "SecurityGroupId",
    input: shape({
      InstanceRoutes: list(InstanceRoute, "\nThe routes to put it on, each named by its instance and number."),
      SecurityGroupId,
    }),
    output: z.object({ Result: handled }),
  },
  DisassociateRoutesSecurityGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Take a security group off routes.",
    loses: say`its protection, and access of clients that only it admits`,
    subject: "SecurityGroupId",
    input: shape({
      InstanceRoutes: list(InstanceRoute, "\nThe routes to take it off, each named by its instance and number."),
      SecurityGroupId,
    }),
    output: z.object({ Result: handled.nullable() }),
  },
  ModifyRouteSecurityGroups: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Replace a route's security groups.",
    loses: say`the present security groups: who can connect changes`,
    subject: "InstanceRoute.InstanceId",
    input: shape({
      InstanceRoute: InstanceRoute.describe("\nThe route to change, named by its instance and number."),
      SecurityGroupIds: z
        .array(SecurityGroupId)
        .describe(
          "All, in order; default none.\nIds of the security groups that the route has afterwards; with none, all are taken off.",
        )
        .optional(),
    }),
    output: z.object({ Result: handled }),
  },
});
