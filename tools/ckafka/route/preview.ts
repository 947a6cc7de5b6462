// What a person sees before the ways to an instance change.
import type { OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";
import { someOf } from "../previews/lines.ts";
import { comparison } from "../previews/price.ts";
import type { route } from "./actions.ts";

type Read = Reader<Actions>;
type Route = OutputOf<Actions["DescribeRoute"]>["Result"]["Routers"][number];
interface InstanceRoute {
  InstanceId: string;
  RouteId: number;
}

const VIP_TYPES: Record<number, string> = { 1: "public", 3: "VPC", 7: "support" };
const ACCESS_TYPES: Record<number, string> = {
  0: "plaintext",
  1: "SASL_PLAINTEXT",
  2: "SSL",
  3: "SASL_SSL",
  4: "SCRAM-SHA-256",
  5: "SCRAM-SHA-512",
};

function words(route: Route): string {
  const kind = VIP_TYPES[route.VipType] ?? `type ${route.VipType}`;
  const addresses = [
    ...route.VipList.map(({ Vip, Vport }) => `${Vip}:${Vport}`),
    ...(route.Domain ? [`${route.Domain}:${route.DomainPort}`] : []),
  ].join(", ");
  const note = route.Note ? `, note "${route.Note}"` : "";
  return `Route ${route.RouteId}: ${kind}, ${ACCESS_TYPES[route.AccessType] ?? route.AccessType}, ${addresses}${note}`;
}

const routes = async (read: Read, InstanceId: string) =>
  (await read("DescribeRoute", { InstanceId, MainRouteFlag: true })).Result.Routers;

/** A route's security groups today, in order. */
async function groupsOf(read: Read, InstanceRoute: InstanceRoute): Promise<string[] | undefined> {
  const { Result } = await read("DescribeSecurityGroupRoutes", { InstanceRoute });
  const found = Result?.SecurityGroupRoutes?.find(
    (r) =>
      r.InstanceRoute?.InstanceId === InstanceRoute.InstanceId && r.InstanceRoute.RouteId === InstanceRoute.RouteId,
  );
  return found ? (found.SecurityGroupIds ?? []) : undefined;
}

/** Security groups from → to for each route, and which routes would have none left. @throws Refusal where all stay */
async function guarded(read: Read, chosen: InstanceRoute[], change: (before: string[]) => string[]) {
  const lines: string[] = [];
  const show = (groups: string[]) => groups.join(", ") || "none";
  for (const where of chosen) {
    const before = await groupsOf(read, where);
    const name = `${where.InstanceId} route ${where.RouteId}`;
    if (before === undefined) {
      lines.push(`${name}: its security groups today are not shown.`);
      continue;
    }
    const after = change(before);
    if (show(after) === show(before)) continue;
    lines.push(`${name}, security groups: ${show(before)} → ${show(after)}.`);
    if (after.length === 0) lines.push(`${name} is then open to every client that can reach it.`);
  }
  return someOf(lines, chosen.map(({ InstanceId, RouteId }) => `${InstanceId} route ${RouteId}`).join(", "));
}

export const routePreviews: Previews<typeof route, Actions> = {
  CreateRoute: async (input, read) => {
    const { InstanceId, VipType, AccessType = 0, VpcId, SubnetId, PublicNetwork, IpWhitelist } = input;
    const present = await routes(read, InstanceId);
    const where = VipType === 3 ? ` in ${VpcId}, ${SubnetId}` : "";
    const lines = [
      `Adds a ${VIP_TYPES[VipType]} route${where} with ${ACCESS_TYPES[AccessType]} to ${InstanceId}, which has ${present.length}.`,
    ];
    if (VipType === 1 && PublicNetwork !== undefined) {
      lines.push(`Public bandwidth ${PublicNetwork} Mbps: what exceeds the free part is charged.`);
      lines.push(...(await comparison(read, InstanceId, { PublicNetwork })));
      const allowed = (IpWhitelist ?? []).map((entry) => entry.CidrBlock).join(", ");
      lines.push(`Reachable from the internet; IP allow list: ${allowed || "none"}.`);
    }
    if (input.SecurityGroupIds) lines.push(`Security groups: ${input.SecurityGroupIds.join(", ")}.`);
    return lines;
  },
  DeleteRoute: async ({ InstanceId, RouteId, DeleteRouteTime }, read) => {
    const present = await routes(read, InstanceId);
    const found = present.find((r) => r.RouteId === RouteId);
    const staying = present.filter((r) => r !== found && !r.DeleteTimestamp);
    if (!found) throw new Refusal(`${InstanceId} has no route ${RouteId}; DescribeRoute lists them`);
    return [
      `${words(found)}.`,
      ...(found.DeleteTimestamp ? [`Marked already for deletion at ${found.DeleteTimestamp}.`] : []),
      `Deleted ${DeleteRouteTime ? `at ${DeleteRouteTime} (Beijing time)` : "at once"}; this cannot be undone.`,
      `Other routes that stay: ${staying.length}.`,
    ];
  },
  DeleteRouteTriggerTime: async ({ InstanceId, DelayTime }, read) => {
    const marked = (await routes(read, InstanceId)).filter((r) => r.DeleteTimestamp);
    if (marked.length === 0) throw new Refusal(`no route of ${InstanceId} is marked for deletion`);
    return marked.map(
      (r) =>
        `${words(r)}; deletion: ${r.DeleteTimestamp} → ${DelayTime} (Beijing time; one that has passed means at once).`,
    );
  },
  AssociateRoutesSecurityGroup: ({ InstanceRoutes, SecurityGroupId }, read) =>
    guarded(read, InstanceRoutes, (before) => [...new Set([...before, SecurityGroupId])]),
  DisassociateRoutesSecurityGroup: ({ InstanceRoutes, SecurityGroupId }, read) =>
    guarded(read, InstanceRoutes, (before) => before.filter((group) => group !== SecurityGroupId)),
  ModifyRouteSecurityGroups: ({ InstanceRoute, SecurityGroupIds = [] }, read) =>
    guarded(read, [InstanceRoute], () => SecurityGroupIds),
};
