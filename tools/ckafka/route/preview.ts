// What a person sees before the ways to an instance change.
import type { OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Instant } from "../../../src/model/field.ts";
import { joined, type Line, moment, num, quoted, say, worded } from "../../../src/model/line.ts";
import { type Finding, type Found, grave, NEW, note, UNREAD } from "../../../src/model/preview.ts";
import type { Actions } from "../actions.ts";
import { diskTypeOf, priceChange } from "../previews/price.ts";
import { rangeOf, rangesLine } from "../previews/ranges.ts";
import { mayRun, running } from "../previews/running.ts";
import type { route } from "./actions.ts";
import { ANONYMOUS, AnyAccess, AnyNetwork, Networks, PUBLIC, RouteStatus } from "./codes.ts";

type Read = Reader<Actions>;
type Route = OutputOf<Actions["DescribeRoute"]>["Result"]["Routers"][number];
interface InstanceRoute {
  InstanceId: string;
  RouteId: number;
}
const A_DAY = 86_400_000;

/** public, SASL_SSL, "203.0.113.1:50000", note "partners" */
function routeLine(route: Route): Line {
  const addresses = [
    ...route.VipList.map(({ Vip, Vport }) => `${Vip}:${Vport}`),
    ...(route.Domain ? [`${route.Domain}:${route.DomainPort}`] : []),
  ];
  const note = route.Note ? say`, note ${quoted(route.Note)}` : [];
  const kind = say`${worded(AnyNetwork.words, route.VipType)}, ${worded(AnyAccess.words, route.AccessType)}`;
  return say`${numberLine(route.RouteId)}, ${kind}, ${joined(addresses.map((address) => [quoted(address)]))}${note}`;
}
/** A number by which something goes is not grouped like an amount. */
const numberLine = (id: number): Line => say`route ${quoted(String(id))}`;

const routes = async (read: Read, InstanceId: string) =>
  (await read("DescribeRoute", { InstanceId, MainRouteFlag: true })).Result.Routers;

const momentOf = (time: Instant<"Beijing"> | string) =>
  Date.parse(`${String(time as unknown).replace(" ", "T")}+08:00`);

/** A route's security groups today, in order. @throws Refusal where the route is certainly not there */
async function groupsOf(read: Read, InstanceRoute: InstanceRoute): Promise<string[] | undefined> {
  const { InstanceId, RouteId } = InstanceRoute;
  await mayRun(read, InstanceId);
  if (!(await routes(read, InstanceId)).some((route) => route.RouteId === RouteId))
    throw new Refusal(`${InstanceId} has no route ${RouteId}; DescribeRoute lists them`);
  const { Result } = await read("DescribeSecurityGroupRoutes", { InstanceRoute });
  const found = Result?.SecurityGroupRoutes?.find(
    (r) => r.InstanceRoute?.InstanceId === InstanceId && r.InstanceRoute.RouteId === RouteId,
  );
  return found ? (found.SecurityGroupIds ?? []) : undefined;
}

/**
 * Security groups from → to for each route, and whom that keeps out or lets in.
 * @throws Refusal where all stay, or a route is not there
 */
async function guarded(read: Read, chosen: readonly InstanceRoute[], change: (before: string[]) => string[]) {
  const finds: Finding[] = [];
  let [closes, narrows, opens, widens, unknown] = [false, false, false, false, false];
  const show = (groups: string[]) => (groups.length > 0 ? joined(groups.map((group) => [quoted(group)])) : say`none`);
  for (const where of chosen) {
    const before = await groupsOf(read, where);
    const name = say`${quoted(where.InstanceId)}, ${numberLine(where.RouteId)}`;
    if (before === undefined) {
      unknown = true;
      finds.push(note(say`${name}: its security groups today are not shown.`));
      continue;
    }
    const after = change(before);
    if (JSON.stringify(after) === JSON.stringify(before)) continue;
    finds.push(note(say`${name}, security groups: ${show(before)} → ${show(after)}.`));
    if (after.length === 0) {
      opens = true;
      finds.push(grave("opens", say`${name} is then open to every client that can reach it.`));
    } else if (before.length === 0) {
      closes = true;
      finds.push(
        grave("loses", say`${name} is open to every client that can reach it today; then only to those admitted.`),
      );
    } else {
      // Groups go by their order: who is admitted by one can be kept out by another.
      narrows = true;
      widens = true;
    }
  }
  if (finds.length === 0) {
    const all = chosen.map(({ InstanceId, RouteId }) => `${InstanceId} route ${RouteId}`).join(", ");
    throw new Refusal(`nothing would change on ${all}: what is given is in force already`);
  }
  const keptOut = closes
    ? say`access of clients that the security groups do not admit`
    : say`access of clients that only the present security groups admit`;
  const letIn = opens
    ? say`routes to every client that can reach them`
    : say`routes to clients that only the new security groups admit`;
  return {
    finds,
    // Where the groups of today are not known, the arguments decide.
    ...(unknown
      ? {}
      : { stakes: { loses: closes || narrows ? keptOut : null, opens: opens || widens ? letIn : null } }),
  };
}

export const routePreviews: Previews<typeof route, Actions> = {
  CreateRoute: async (input, read) => {
    const { InstanceId, VipType, AccessType = 0, PublicNetwork, IpWhitelist, Ip } = input;
    await mayRun(read, InstanceId);
    const present = await routes(read, InstanceId);
    const taken = present.find((r) => r.VipList.some(({ Vip }) => Vip === Ip));
    if (Ip !== undefined && taken)
      throw new Refusal(`route ${taken.RouteId} of ${InstanceId} has the address ${Ip} already`);
    const finds: Finding[] = [];
    let bills: Line | undefined;
    const today: Record<string, unknown> = Object.fromEntries(Object.keys(input).map((key) => [key, NEW]));
    const signing = say`clients sign in with ${worded(AnyAccess.words, AccessType)}`;
    const anonymous = ANONYMOUS.includes(AccessType);
    if (VipType === Networks.code.public) {
      const allowed = (IpWhitelist ?? []).flatMap(({ CidrBlock }) => rangeOf(CidrBlock ?? "") ?? []);
      const whom =
        allowed.length > 0
          ? say`its IP allow list admits ${rangesLine(allowed)}`
          : say`it has no IP allow list, and whether that admits nobody or everybody is not documented`;
      finds.push(grave("opens", say`The new address faces the internet: ${whom}; ${signing}.`));
    } else if (anonymous)
      finds.push(
        grave(
          "opens",
          say`Nobody has to sign in at the new address: whoever can reach it is a client, and to ACLs it is nobody in particular.`,
        ),
      );
    else finds.push(note(say`At the new address ${signing}.`));
    if (!input.SecurityGroupIds && VipType !== Networks.code.public)
      finds.push(note(say`No security group stands before it: every client that can reach it can connect.`));
    if (VipType === Networks.code.public && PublicNetwork !== undefined) {
      const attributes = await running(read, InstanceId);
      today.PublicNetwork = attributes.PublicNetwork;
      const sized = { attributes, DiskType: await diskTypeOf(read, InstanceId) };
      const cost = await priceChange(read, sized, { PublicNetwork });
      bills = cost.bills;
      finds.push(note(say`Public bandwidth beyond the free part is charged.`), ...cost.finds);
    }
    finds.push(note(say`Routes that the instance has today: ${num(present.length)}.`));
    const opens =
      VipType === Networks.code.public
        ? say`the instance to the internet`
        : anonymous
          ? say`the instance to whoever can reach the new address: nobody has to sign in there`
          : null;
    const found: Found<typeof input> = { today: today as NonNullable<Found<typeof input>["today"]>, finds };
    return { ...found, stakes: { opens, ...(bills ? { bills } : {}) } };
  },
  DeleteRoute: async ({ InstanceId, RouteId, DeleteRouteTime }, read) => {
    await mayRun(read, InstanceId);
    const present = await routes(read, InstanceId);
    const found = present.find((r) => r.RouteId === RouteId);
    if (!found) throw new Refusal(`${InstanceId} has no route ${RouteId}; DescribeRoute lists them`);
    // Only with its flag does the list have the main route.
    const others = (await read("DescribeRoute", { InstanceId })).Result.Routers;
    if (!others.some((r) => r.RouteId === RouteId))
      throw new Refusal(`route ${RouteId} is the main route of ${InstanceId}, which stays as long as its instance`);
    const planned = String(found.DeleteTimestamp ?? "");
    if (planned !== "" && found.Status !== RouteStatus.code["failed in deletion"])
      throw new Refusal(
        `route ${RouteId} is to be deleted at ${planned} Beijing time already; DeleteRouteTriggerTime moves that`,
      );
    if (DeleteRouteTime !== undefined && !PUBLIC.includes(found.VipType))
      throw new Refusal(`route ${RouteId} is not public, and only public routes can be deleted at a later time`);
    const when = DeleteRouteTime === undefined ? undefined : momentOf(DeleteRouteTime);
    if (when !== undefined && when > read.now + A_DAY)
      throw new Refusal(`${String(DeleteRouteTime as unknown)} Beijing time is more than 24 hours away`);
    const staying = present.filter((r) => r !== found && !r.DeleteTimestamp);
    return {
      finds: [
        when === undefined
          ? grave("loses", say`The route is deleted at once.`)
          : when <= read.now
            ? grave("loses", say`The time given has passed: the route is deleted at once.`)
            : grave("loses", say`The route is deleted at ${moment(when)}.`),
        note(say`It is ${routeLine(found)}.`),
        staying.length > 0
          ? note(say`These stay: ${joined(staying.map(routeLine), say`; `)}.`)
          : grave("loses", say`No other route stays.`),
      ],
    };
  },
  DeleteRouteTriggerTime: async ({ InstanceId, DelayTime }, read) => {
    await mayRun(read, InstanceId);
    const marked = (await routes(read, InstanceId)).filter(
      (r) => r.DeleteTimestamp && r.Status !== RouteStatus.code["being deleted"],
    );
    if (marked.length === 0) throw new Refusal(`no route of ${InstanceId} is marked for deletion`);
    const when = momentOf(DelayTime);
    const passed = when <= read.now;
    const planned = marked.map((r) => momentOf(r.DeleteTimestamp));
    const earlier = passed || planned.some((time) => !(time <= when));
    const times = new Set(marked.map((r) => String(r.DeleteTimestamp as unknown)));
    const [first] = marked;
    return {
      ...(times.size === 1 && first ? { today: { DelayTime: first.DeleteTimestamp } } : {}),
      finds: [
        passed
          ? grave("loses", say`The time given has passed: these routes are deleted at once.`)
          : note(say`They are deleted at ${moment(when)}.`),
        ...marked.map((r, at) => note(say`It is ${routeLine(r)}, planned for ${moment(planned[at] ?? Number.NaN)}.`)),
      ],
      stakes: {
        loses: passed
          ? say`these routes at once: the time given has passed`
          : earlier
            ? say`these routes earlier than planned`
            : null,
        // That they go was decided before; later is no more final than today.
        ...(earlier ? {} : { final: null }),
      },
    };
  },
  AssociateRoutesSecurityGroup: ({ InstanceRoutes, SecurityGroupId }, read) =>
    guarded(read, InstanceRoutes, (before) => [...new Set([...before, SecurityGroupId])]),
  DisassociateRoutesSecurityGroup: ({ InstanceRoutes, SecurityGroupId }, read) =>
    guarded(read, InstanceRoutes, (before) => before.filter((group) => group !== SecurityGroupId)),
  ModifyRouteSecurityGroups: async ({ InstanceRoute, SecurityGroupIds = [] }, read) => {
    const before = await groupsOf(read, InstanceRoute);
    const found = await guarded(read, [InstanceRoute], () => SecurityGroupIds);
    return {
      today: { InstanceRoute: { InstanceId: NEW, RouteId: NEW }, SecurityGroupIds: before ?? UNREAD },
      ...found,
    };
  },
};
