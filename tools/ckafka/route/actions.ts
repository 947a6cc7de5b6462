// Routes: the addresses at which clients reach an instance, and the security groups in front of them.

import { isIP } from "node:net";
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import {
  codes,
  flag,
  foreign,
  integer,
  meant,
  name,
  quantity,
  success,
  text,
  time,
  total,
  type Words,
} from "../../../src/model/field.ts";
import { say } from "../../../src/model/line.ts";
import { acknowledged, InstanceId, IpWhitelist, limit, list, Offset, RouteId, shape, vip } from "../fields.ts";
import { Accesses, ANONYMOUS, AnyAccess, AnyNetwork, Networks, RouteStatus } from "./codes.ts";

/** Which AccessTypes each VipType supports. */
const SUPPORTED: Record<keyof typeof Networks.words, readonly number[]> = {
  1: [1, 3],
  3: [0, 1, 3, 4, 5],
  7: [0, 1, 3],
};
const listed = (words: Words) =>
  Object.entries(words)
    .map(([code, word]) => `${code} ${word}`)
    .join(", ");
const CallerAppid = integer("AppId (number of the cloud account) of the caller; nobody needs to give it.", {
  brief: "Leave out",
});
const InstanceRoute = shape({
  InstanceId: name("instance", "The instance that the route leads to."),
  RouteId,
});
const SecurityGroupId = text("Id of the security group, a set of firewall rules, like sg-1a2b3c4d.");
const groups = (about: string, brief?: string) =>
  meant<string[], string[]>(z.array(z.string().min(1)), { is: "plain", ...(brief ? { brief } : {}) }, about);
/** Text of a result, which can be empty. */
const said = (about: string) => meant<string, string>(z.string(), { is: "plain" }, about);
const handled = z.object({
  ReturnCode: success("0", "ok", "success").nullable(),
  ReturnMessage: foreign("What the API says of it.").nullable(),
});
export const route = domain({
  DescribeRoute: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List routes: addresses, networks, how clients sign in.",
    input: shape({
      InstanceId,
      RouteId: RouteId.optional(),
      MainRouteFlag: flag("true also lists the main route, the address that the instance was created with.", {
        brief: "true adds the main route",
      }).optional(),
    }),
    output: z.object({
      Result: z.object({
        Routers: z.array(
          z.object({
            AccessType: AnyAccess.open("How clients sign in, and whether traffic is encrypted."),
            RouteId,
            VipType: AnyNetwork.open("The network that the address is in."),
            VipList: z.array(vip),
            Domain: said("Name of the address; public routes have one.").nullable(),
            DomainPort: integer("Port at that name.").nullable(),
            DeleteTimestamp: time("Beijing", "When it is to be deleted; empty where that is not planned."),
            Subnet: said("Id of the subnet that the address is in.").nullable(),
            BrokerVipList: z.array(vip),
            VpcId: said("Id of the VPC that the address is in.").nullable(),
            Note: foreign("The remark on the route.").nullable(),
            Status: RouteStatus.open("How far it is.").nullable(),
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
          Name: codes({ "security-group-id": "security-group-id" })
            .field("What is compared; only the id of a security group can be.")
            .optional(),
          Values: meant<string[], string[]>(
            z.array(z.string()).max(1),
            { is: "plain" },
            "The security group's id; one only.",
          ).optional(),
          Relation: codes({ IN: "has the group", NOT_IN: "lacks the group" })
            .field("IN (default) finds routes that have the group, NOT_IN those that lack it.")
            .optional(),
        }),
        "\nOnly routes that have a certain security group, or lack it.",
      ).optional(),
      Offset: Offset.optional(),
      Limit: limit(20).optional(),
      SearchWord: text("Only routes with this text in their instance's id or name or in their IP.").optional(),
    }),
    output: z.object({
      Result: z
        .object({
          TotalCount: total("SecurityGroupRoutes").nullable(),
          SecurityGroupRoutes: z
            .array(
              z.object({
                InstanceRoute: z
                  .object({
                    InstanceId: name("instance", "The instance that the route leads to.").nullable(),
                    RouteId: RouteId.nullable(),
                  })
                  .nullable(),
                SecurityGroupIds: groups("Ids of the security groups before it, in their order.").nullable(),
                InstanceName: said("What people call the instance.").nullable(),
                VpcId: said("Id of the VPC that the address is in.").nullable(),
                Vip: said("The route's address.").nullable(),
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
    opens: ({ VipType, AccessType = 0 }) =>
      VipType === Networks.code.public
        ? say`the instance to the internet`
        : ANONYMOUS.includes(AccessType)
          ? say`the instance to whoever can reach the new address: nobody has to sign in there`
          : undefined,
    subject: "InstanceId",
    input: shape({
      InstanceId,
      VipType: Networks.field(
        "Network of the new address: the internet, a private network of yours (VPC), or the cloud's internal support network.",
        { brief: listed(Networks.words) },
      ),
      VpcId: text("The private network (VPC) that the new address is in, like vpc-1a2b3c4d.", {
        brief: "If VPC",
      }).optional(),
      SubnetId: text("The subnet of the VPC that the new address is in, like subnet-1a2b3c4d.", {
        brief: "If VPC",
      }).optional(),
      AccessType: Accesses.field(
        "How clients sign in (SASL and SCRAM: as a user with password) and whether traffic is encrypted (SSL); default plaintext, where nobody signs in.",
        {
          brief:
            "0 plaintext (default, not public), 1 SASL_PLAINTEXT, 3 SASL_SSL; VPC: 4 SCRAM-SHA-256, 5 SCRAM-SHA-512",
        },
      ).optional(),
      CallerAppid: CallerAppid.optional(),
      PublicNetwork: quantity("Mbps", "Bandwidth between the instance and the internet; there is no default.", {
        min: 0,
        step: 3,
        brief: "If public, Mbps, multiple of 3",
      }).optional(),
      Ip: meant<string, string>(
        z
          .string()
          .min(1)
          .refine((given) => isIP(given) !== 0, "must be an IP address"),
        { is: "plain", brief: "Address for the route" },
        "The IP address that the new route gets.",
      ).optional(),
      Note: meant<string, string>(z.string(), { is: "plain" }, "Remark on the route, for people.").optional(),
      SecurityGroupIds: meant<string[], string[]>(
        z.array(z.string().min(1)).min(1),
        { is: "plain" },
        "Ids of the security groups (sets of firewall rules) before the address, in their order.",
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
    final: say`once it is submitted, no action takes the deletion back`,
    subject: ({ RouteId }) => String(RouteId),
    input: shape({
      InstanceId,
      RouteId,
      CallerAppid: CallerAppid.optional(),
      DeleteRouteTime: time(
        "Beijing",
        "When to delete the route, if not now: within 24 hours, and for public routes only. One that has passed means at once.",
        { brief: "Beijing time within 24 h; public only" },
      ).optional(),
    }),
    output: acknowledged,
  },
  DeleteRouteTriggerTime: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Reschedule an instance's pending route deletions.",
    loses: say`the routes that wait for their deletion, at the new time`,
    final: say`no action takes the deletions back`,
    subject: "InstanceId",
    input: shape({
      InstanceId,
      DelayTime: time(
        "Beijing",
        "The new time of the deletions that are already submitted. One that has passed means at once.",
        { brief: "Beijing time, YYYY-MM-DD hh:mm:ss" },
      ),
    }),
    output: z.object({}),
  },
  AssociateRoutesSecurityGroup: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Put a security group on routes.",
    loses: say`access of clients that the security group does not admit`,
    opens: say`the routes to clients that only this group admits`,
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
    loses: say`access of clients that only it admits`,
    opens: say`the routes to clients that it keeps out`,
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
    opens: ({ SecurityGroupIds = [] }) =>
      SecurityGroupIds.length === 0
        ? say`the route to every client that can reach it`
        : say`the route to clients that the new groups admit`,
    subject: "InstanceRoute.InstanceId",
    input: shape({
      InstanceRoute: InstanceRoute.describe("\nThe route to change, named by its instance and number."),
      SecurityGroupIds: groups(
        "Ids of the security groups that the route has afterwards; with none, all are taken off.",
        "All, in order; default none",
      ).optional(),
    }),
    output: z.object({ Result: handled }),
  },
});
