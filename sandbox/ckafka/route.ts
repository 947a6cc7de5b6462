import type { Fakes } from "../../src/model/action.ts";
import type { route as models } from "../../tools/ckafka/route/actions.ts";
import { Fault } from "../state/fault.ts";
import {
  type Instance,
  newTask,
  nextNumber,
  openInstance,
  type Route,
  runningInstance,
  type Scope,
} from "../state/store.ts";
import { dateTime, done, matches, page, timeOf } from "./answers.ts";
import { checkNetwork } from "./network.ts";

const CREATING = 20_000;
const DELETING = 10_000;
const A_DAY = 86_400_000;
const MOST_ROUTES = 5;
export const PUBLIC = 1;
const VPC = 3;
const SASL_PLAINTEXT = 1;
const SUPPORTED: Record<number, number[]> = { 1: [1, 3], 3: [0, 1, 3, 4, 5], 7: [0, 1, 3] };
const ok = { Result: { ReturnCode: "0", ReturnMessage: "success" } };

/** Whether a route is there no more: one whose time has come takes a moment to go. */
export const isRouteGone = ({ deleteAt, failure }: Route, now: number) =>
  deleteAt !== null && failure === null && deleteAt + DELETING <= now;

export function routeOf(instance: Instance, id: number): Route {
  const found = instance.access.routes.find((r) => r.id === id);
  if (!found) throw new Fault("ResourceNotFound", `route ${id} does not exist on ${instance.id}`);
  return found;
}

const DELETE_FAILED = 6;
function status({ created, deleteAt, failure, main }: Route, now: number): number {
  if (deleteAt !== null && now >= deleteAt) return now < deleteAt + DELETING ? 4 : DELETE_FAILED;
  if (!main && now < created + CREATING) return 1;
  return deleteAt === null && failure !== null ? 3 : 2;
}

/** Where a route leads clients. The main route is the instance's own address. */
const placeOf = (instance: Instance, route: Route) =>
  route.main
    ? { vip: instance.vip, port: Number(instance.port), vpc: instance.vpc, subnet: instance.subnet }
    : { vip: route.vip, port: route.port, vpc: route.vpc, subnet: route.subnet };

export const domainOf = ({ id }: Instance) => `${id}.ckafka.tencentcloudmq.com`;

/** An address that is free as long as numbers are not used twice. */
export function newAddress(vipType: number, number: number): { vip: string; port: number } {
  const last = `${(number >> 8) & 255}.${number & 255}`;
  if (vipType === PUBLIC) return { vip: `203.0.113.${number & 255}`, port: 50_000 };
  return { vip: vipType === VPC ? `10.200.${last}` : `11.135.${last}`, port: 9092 };
}

export function allowList(
  vipType: number,
  given: { CidrBlock?: string | undefined; PolicyDescription?: string | undefined }[] = [],
): Route["allowList"] {
  if (vipType !== PUBLIC && given.length > 0)
    throw new Fault("UnsupportedOperation", "only a public route has an IP allow list");
  return given.map(({ CidrBlock, PolicyDescription = "" }) => {
    if (!CidrBlock) throw new Fault("InvalidParameter", "an entry of IpWhitelist has no CidrBlock");
    return { CidrBlock, PolicyDescription };
  });
}

/** @throws Fault unless the time lies within the next 24 hours; one in the past means at once */
function deletionTime(text: string, now: number): number {
  const time = timeOf(text);
  if (time > now + A_DAY) throw new Fault("InvalidParameter", `${text} is more than 24 hours away`);
  return Math.max(time, now);
}

function refuseRoute(instance: Instance, vipType: number, accessType: number, ip: string | undefined) {
  const { routes } = instance.access;
  if (!SUPPORTED[vipType]?.includes(accessType))
    throw new Fault("InvalidParameter", `a route of VipType ${vipType} does not support AccessType ${accessType}`);
  if (ip !== undefined && routes.some((r) => placeOf(instance, r).vip === ip))
    throw new Fault("InvalidParameterValue.RepetitionValue", `another route has the address ${ip}`);
  if (routes.length >= MOST_ROUTES)
    throw new Fault("LimitExceeded.RouteOverLimit", `an instance can have ${MOST_ROUTES} routes`);
  if (vipType === PUBLIC && routes.some((r) => r.vipType === PUBLIC))
    throw new Fault("LimitExceeded.RouteOverLimit", "the instance has a public route already");
  if (accessType === SASL_PLAINTEXT && routes.some((r) => r.accessType === SASL_PLAINTEXT))
    throw new Fault("LimitExceeded.RouteSASLOverLimit", "the instance has a SASL_PLAINTEXT route already");
}

export const route: Fakes<typeof models, Scope> = {
  DescribeRoute: (scope, { InstanceId, RouteId, MainRouteFlag }) => {
    const instance = openInstance(scope, InstanceId);
    if (RouteId !== undefined) routeOf(instance, RouteId);
    const shown = instance.access.routes.filter(
      (r) => (RouteId === undefined || r.id === RouteId) && (!r.main || MainRouteFlag === true),
    );
    return {
      Result: {
        Routers: shown.map((r) => {
          const { vip, port, vpc, subnet } = placeOf(instance, r);
          return {
            AccessType: r.accessType,
            RouteId: r.id,
            VipType: r.vipType,
            VipList: [{ Vip: vip, Vport: String(port) }],
            Domain: r.vipType === PUBLIC ? domainOf(instance) : "",
            DomainPort: r.vipType === PUBLIC ? port : 0,
            DeleteTimestamp: r.deleteAt === null ? "" : dateTime(r.deleteAt),
            Subnet: subnet ?? "",
            BrokerVipList: Array.from({ length: instance.brokers.count }, (_, i) => ({
              Vip: vip,
              Vport: String(port + i + 1),
            })),
            VpcId: vpc ?? "",
            Note: r.note,
            Status: status(r, scope.now),
          };
        }),
      },
    };
  },
  DescribeSecurityGroupRoutes: (scope, { InstanceRoute, Filters, Offset, Limit, SearchWord }) => {
    const found = scope.region.instances.flatMap((instance) =>
      instance.access.routes
        .filter(
          (r) =>
            (InstanceRoute === undefined ||
              (instance.id === InstanceRoute.InstanceId && r.id === InstanceRoute.RouteId)) &&
            (Filters ?? []).every(
              ({ Values, Relation }) =>
                (Values ?? []).some((group) => r.securityGroups.includes(group)) === (Relation !== "NOT_IN"),
            ),
        )
        .map((r) => ({ instance, route: r, ...placeOf(instance, r) }))
        .filter(({ vip }) => [instance.id, instance.name, vip].some((text) => matches(text, SearchWord))),
    );
    const SecurityGroupRoutes = page(found, Offset, Limit ?? 20).map(({ instance, route, vip, vpc }) => ({
      InstanceRoute: { InstanceId: instance.id, RouteId: route.id },
      SecurityGroupIds: route.securityGroups,
      InstanceName: instance.name,
      VpcId: vpc ?? "",
      Vip: vip,
    }));
    return { Result: { TotalCount: found.length, SecurityGroupRoutes } };
  },
  CreateRoute: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    const { VipType, AccessType = 0 } = input;
    refuseRoute(instance, VipType, AccessType, input.Ip);
    if (VipType === VPC) checkNetwork(scope, input, instance.zones);
    const { PublicNetwork } = input;
    if (VipType === PUBLIC && !PublicNetwork) throw new Fault("InvalidParameter", "a public route needs PublicNetwork");
    const allowed = allowList(VipType, input.IpWhitelist);
    if (VipType === PUBLIC && PublicNetwork && scope.failure === null) instance.publicNetwork = PublicNetwork;
    const id = nextNumber(instance);
    const { vip, port } = newAddress(VipType, id);
    instance.access.routes.push({
      id,
      main: false,
      vipType: VipType,
      accessType: AccessType,
      vpc: input.VpcId ?? null,
      subnet: input.SubnetId ?? null,
      vip: input.Ip ?? vip,
      port,
      note: input.Note ?? "",
      created: scope.now,
      deleteAt: null,
      failure: scope.failure,
      securityGroups: input.SecurityGroupIds ?? [],
      allowList: allowed,
    });
    return {
      Result: {
        ReturnCode: "0",
        ReturnMessage: "ok",
        Data: { FlowId: newTask(scope, scope.now + CREATING), RouteDTO: { RouteId: id } },
      },
    };
  },
  DeleteRoute: (scope, { InstanceId, RouteId, DeleteRouteTime }) => {
    const found = routeOf(runningInstance(scope, InstanceId), RouteId);
    if (found.main) throw new Fault("UnsupportedOperation", "the main route stays as long as its instance");
    if (found.deleteAt !== null && status(found, scope.now) !== DELETE_FAILED)
      throw new Fault("FailedOperation", `route ${RouteId} is to be deleted at ${dateTime(found.deleteAt)} already`);
    if (DeleteRouteTime !== undefined && found.vipType !== PUBLIC)
      throw new Fault("UnsupportedOperation", "only a public route can be deleted at a later time");
    found.deleteAt = DeleteRouteTime === undefined ? scope.now : deletionTime(DeleteRouteTime, scope.now);
    found.failure = scope.failure;
    return done(true);
  },
  DeleteRouteTriggerTime: (scope, { InstanceId, DelayTime }) => {
    const instance = runningInstance(scope, InstanceId);
    const waiting = instance.access.routes.filter((r) => r.deleteAt !== null && scope.now < r.deleteAt);
    if (waiting.length === 0) throw new Fault("FailedOperation", `no route of ${InstanceId} waits for its deletion`);
    const time = deletionTime(DelayTime, scope.now);
    for (const r of waiting) Object.assign(r, { deleteAt: time, failure: scope.failure });
    return {};
  },
  AssociateRoutesSecurityGroup: (scope, { InstanceRoutes, SecurityGroupId }) => {
    for (const found of chosen(scope, InstanceRoutes))
      found.securityGroups = [...new Set([...found.securityGroups, SecurityGroupId])];
    return ok;
  },
  DisassociateRoutesSecurityGroup: (scope, { InstanceRoutes, SecurityGroupId }) => {
    for (const found of chosen(scope, InstanceRoutes))
      found.securityGroups = found.securityGroups.filter((group) => group !== SecurityGroupId);
    return ok;
  },
  ModifyRouteSecurityGroups: (scope, { InstanceRoute, SecurityGroupIds }) => {
    for (const found of chosen(scope, [InstanceRoute])) found.securityGroups = [...new Set(SecurityGroupIds)];
    return ok;
  },
};

/** All of the routes named, or a fault before any is changed. */
const chosen = (scope: Scope, routes: { InstanceId: string; RouteId: number }[]) =>
  routes.map(({ InstanceId, RouteId }) => routeOf(runningInstance(scope, InstanceId), RouteId));
