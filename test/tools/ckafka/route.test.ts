import { expect, test } from "vitest";
import { agree, LOGS, type ServerUnderTest, SHOP, sandbox, serve, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const [PUBLIC, VPC] = [1, 3];
const MAIN = 1001;
const inVpc = { InstanceId, VipType: VPC, VpcId: "vpc-2", SubnetId: "subnet-2" };
const onInternet = { InstanceId, VipType: PUBLIC, AccessType: 3, PublicNetwork: 6 };
const world = smallWorldWith({
  routes: [
    { type: "public", access: "sasl-ssl", note: "partners", securityGroups: ["sg-a"] },
    { type: "vpc", access: "sasl-plaintext", vpc: "vpc-3", subnet: "subnet-3" },
  ],
});

interface Route {
  RouteId: number;
  VipType: number;
  AccessType: number;
  Status: number;
  VipList: { Vip: string; Vport: string }[];
  DeleteTimestamp?: string;
}
type Call = ServerUnderTest["call"];
const routes = async (call: Call, args: object = {}): Promise<Route[]> =>
  (await call("DescribeRoute", { InstanceId, ...args })).data.Result.Routers ?? [];
const statuses = async (call: Call) => (await routes(call)).map((r) => r.Status);
const idOf = async (call: Call, type: number) =>
  (await routes(call)).find((r) => r.VipType === type)?.RouteId as number;

test("the instance's own address is shown on demand, a single route by its number", async () => {
  const { call } = await serve(await sandbox());
  const of = { InstanceId: SHOP };
  const all = await routes(call, { ...of, MainRouteFlag: true });
  expect(all.map((r) => [r.VipType, r.AccessType])).toEqual([
    [3, 0],
    [1, 3],
    [3, 4],
  ]);
  expect(all[0]?.VipList).toEqual([{ Vip: "10.0.1.20", Vport: "9092" }]);
  const others = await routes(call, of);
  expect(others).toEqual(all.slice(1));
  expect(await routes(call, { ...of, RouteId: others[1]?.RouteId })).toEqual([others[1]]);
});

test("a route in a VPC is ready after a while, which its task tells, with the address asked for", async () => {
  const box = await sandbox(smallWorldWith({}));
  const { call, forms } = await serve(box, { answer: agree });
  const created = await call("CreateRoute", {
    ...inVpc,
    AccessType: 5,
    Ip: "10.9.0.1",
    Note: "n",
    SecurityGroupIds: ["sg-b"],
  });
  expect(forms[0]?.message.split("\n")).toEqual([
    "CreateRoute on ckafka-one in ap-guangzhou",
    "Adds a VPC route in vpc-2, subnet-2 with SCRAM-SHA-512 to ckafka-one, which has 1.",
    "Security groups: sg-b.",
  ]);
  const { FlowId, RouteDTO } = created.data.Result.Data;
  const shown = { RouteId: RouteDTO.RouteId, VpcId: "vpc-2", Subnet: "subnet-2", AccessType: 5, Note: "n" };
  const task = async () => (await call("DescribeTaskStatus", { FlowId })).data.Result.Status;
  expect(await routes(call)).toMatchObject([{ ...shown, Status: 1, VipList: [{ Vip: "10.9.0.1", Vport: "9092" }] }]);
  expect(await task()).toBe(2);
  box.clock.step(20_000);
  expect(await routes(call)).toMatchObject([{ ...shown, Status: 2 }]);
  expect(await task()).toBe(0);
  const groups = await call("DescribeSecurityGroupRoutes", { SearchWord: "10.9.0" });
  expect(groups.data.Result).toEqual({
    TotalCount: 1,
    SecurityGroupRoutes: [
      {
        InstanceRoute: { InstanceId, RouteId: RouteDTO.RouteId },
        SecurityGroupIds: ["sg-b"],
        InstanceName: "one",
        VpcId: "vpc-2",
        Vip: "10.9.0.1",
      },
    ],
  });
});

test("a public route has bandwidth and an allow list, and the person sees that it faces the internet", async () => {
  const { call, forms } = await serve(await sandbox(smallWorldWith({})), { answer: agree });
  const IpWhitelist = [{ CidrBlock: "192.0.2.0/24", PolicyDescription: "office" }];
  await call("CreateRoute", { ...onInternet, IpWhitelist });
  expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type ckafka-one to confirm" });
  expect(forms[0]?.message.split("\n").slice(2)).toEqual([
    "Adds a public route with SASL_SSL to ckafka-one, which has 1.",
    "Public bandwidth 6 Mbps: what exceeds the free part is charged.",
    "Price: 6500.00 CNY → 6575.00 CNY a month (+75.00 CNY).",
    "Reachable from the internet; IP allow list: 192.0.2.0/24.",
  ]);
  const RouteId = await idOf(call, PUBLIC);
  expect((await call("DescribeAccessPolicy", { InstanceId, RouteId })).data.Result.IpWhitelist).toEqual(IpWhitelist);
  expect((await call("DescribeInstanceAttributes", { InstanceId })).data.Result.PublicNetwork).toBe(6);
});

test("what a kind of route needs or does not take is said before anything is sent", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const create = async (args: object) => (await call("CreateRoute", { InstanceId, ...args })).text;
  expect(await create({ VipType: 1 })).toMatch(/VipType 1 needs AccessType 1 or 3/);
  expect(await create({ VipType: 7, AccessType: 4 })).toMatch(/VipType 7 needs AccessType 0 or 1 or 3/);
  expect(await create({ VipType: 1, AccessType: 3 })).toMatch(/VipType 1 needs PublicNetwork/);
  expect(await create({ ...onInternet, PublicNetwork: 4 })).toMatch(/PublicNetwork must be a multiple of 3, got 4/);
  expect(await create({ VipType: 3, VpcId: "vpc-2" })).toMatch(/VipType 3 needs VpcId and SubnetId/);
  expect(await create({ ...inVpc, IpWhitelist: [] })).toMatch(/IpWhitelist is for public routes only/);
  expect(await create({ ...inVpc, AuthFlag: 1 })).toMatch(/AuthFlag is not a parameter/);
  expect(forms).toHaveLength(0);
});

test("routes beyond the quota and addresses in use are refused and change nothing", async () => {
  const { call } = await serve(await sandbox(world), { answer: agree });
  const create = async (args: object) => (await call("CreateRoute", { ...inVpc, ...args })).text;
  const before = await routes(call);
  expect(await create({ VpcId: undefined, SubnetId: undefined, ...onInternet })).toMatch(
    /LimitExceeded\.RouteOverLimit: .*public route already.*DescribeRoute shows.*Nothing was changed/,
  );
  expect(await create({ AccessType: 1 })).toMatch(/LimitExceeded\.RouteSASLOverLimit.*Nothing was changed/);
  // The address of the instance itself.
  expect(await create({ Ip: "10.0.0.1" })).toMatch(/InvalidParameterValue\.RepetitionValue: .*10\.0\.0\.1/);
  expect(await routes(call)).toEqual(before);
  await create({});
  await create({});
  expect(await create({})).toMatch(/LimitExceeded\.RouteOverLimit: an instance can have 5 routes/);
  expect(await routes(call)).toHaveLength(4);
});

test("a route is deleted at once, takes a moment to go, and the person sees its address", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const of = { InstanceId, RouteId: await idOf(call, VPC) };
  const [route] = await routes(call, of);
  const later = await call("DeleteRoute", { ...of, DeleteRouteTime: "2026-03-02 18:00:00" });
  expect(later.text).toMatch(/UnsupportedOperation: only a public route.*Nothing was changed/);
  expect((await call("DeleteRoute", of)).data.Result.ReturnCode).toBe("0");
  expect(forms[1]?.message.split("\n").slice(1)).toEqual([
    "Loses: the address: clients that use it cannot connect.",
    `Route ${of.RouteId}: VPC, SASL_PLAINTEXT, ${route?.VipList[0]?.Vip}:9092.`,
    "Deleted at once; this cannot be undone.",
    "Other routes that stay: 2.",
  ]);
  expect(await statuses(call)).toEqual([2, 4]);
  expect((await call("DeleteRoute", of)).text).toMatch(/FailedOperation: .*to be deleted at 2026-03-02 17:00:00/);
  box.clock.step(10_000);
  expect(await statuses(call)).toEqual([2]);
  expect((await call("DeleteRoute", of)).text).toMatch(/has no route \d+; DescribeRoute/);
  const main = await call("DeleteRoute", { InstanceId, RouteId: MAIN });
  expect(main.text).toMatch(/UnsupportedOperation: the main route stays.*Nothing was changed/);
});

test("a public route is deleted at a time, which can be moved until it comes", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const of = { InstanceId, RouteId: await idOf(call, PUBLIC) };
  const none = await call("DeleteRouteTriggerTime", { InstanceId, DelayTime: "2026-03-02 18:00:00" });
  expect(none.text).toMatch(/no route of ckafka-one is marked for deletion\. Nothing was changed/);
  const far = await call("DeleteRoute", { ...of, DeleteRouteTime: "2026-03-03 17:00:01" });
  expect(far.text).toMatch(/InvalidParameter: .*more than 24 hours away.*Nothing was changed/);
  const vague = await call("DeleteRoute", { ...of, DeleteRouteTime: "tomorrow" });
  expect(vague.text).toMatch(/InvalidParameter: tomorrow is not a time like.*Nothing was changed/);
  await call("DeleteRoute", { ...of, DeleteRouteTime: "2026-03-02 19:00:00" });
  expect(await routes(call, of)).toMatchObject([{ Status: 2, DeleteTimestamp: "2026-03-02 19:00:00" }]);
  const { data } = await call("DescribeInstanceAttributes", { InstanceId });
  expect(data.Result.DeleteRouteTimestamp).toBe(String(Date.parse("2026-03-02T19:00:00+08:00") / 1000));
  const moved = await call("DeleteRouteTriggerTime", { InstanceId, DelayTime: "2026-03-02 18:00:00" });
  expect(forms.at(-1)?.message).toMatch(
    /Loses: those routes at the new time\.\nRoute \d+: public, SASL_SSL, .*, note "partners"; deletion: 2026-03-02 19:00:00 → 2026-03-02 18:00:00 \(Beijing time; .*\)\.$/,
  );
  expect(moved.isError).toBe(false);
  // The clock stands at 17:00 in Beijing.
  box.clock.step(3_600_000 - 1);
  expect(await statuses(call)).toEqual([2, 2]);
  box.clock.step(1);
  expect(await statuses(call)).toEqual([4, 2]);
  box.clock.step(10_000);
  expect(await statuses(call)).toEqual([2]);
});

test("security groups are put in front of routes and taken away, on all the routes named or on none", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const open = { InstanceId, RouteId: await idOf(call, PUBLIC) };
  const inner = { InstanceId, RouteId: await idOf(call, VPC) };
  const groups = async () => {
    const { data } = await call("DescribeSecurityGroupRoutes");
    return data.Result.SecurityGroupRoutes.map((r: { SecurityGroupIds?: string[] }) => r.SecurityGroupIds ?? []);
  };
  expect(await groups()).toEqual([[], ["sg-a"], []]);
  const stray = { InstanceId, RouteId: 9 };
  const failed = await call("AssociateRoutesSecurityGroup", { InstanceRoutes: [open, stray], SecurityGroupId: "sg-b" });
  expect(forms[0]?.message).toContain("ckafka-one route 9: its security groups today are not shown.");
  expect(failed.text).toMatch(/ResourceNotFound: route 9.*Nothing was changed/);
  expect(await groups()).toEqual([[], ["sg-a"], []]);
  await call("AssociateRoutesSecurityGroup", { InstanceRoutes: [open, inner], SecurityGroupId: "sg-b" });
  expect(forms[1]?.message.split("\n")).toEqual([
    "AssociateRoutesSecurityGroup on sg-b in ap-guangzhou",
    "Loses: access of clients that the security group does not admit.",
    `ckafka-one route ${open.RouteId}, security groups: sg-a → sg-a, sg-b.`,
    `ckafka-one route ${inner.RouteId}, security groups: none → sg-b.`,
  ]);
  expect(await groups()).toEqual([[], ["sg-a", "sg-b"], ["sg-b"]]);
  await call("DisassociateRoutesSecurityGroup", { InstanceRoutes: [inner], SecurityGroupId: "sg-b" });
  expect(forms[2]?.message).toContain(
    `ckafka-one route ${inner.RouteId} is then open to every client that can reach it.`,
  );
  expect(await groups()).toEqual([[], ["sg-a", "sg-b"], []]);
  const replaced = { InstanceRoute: open, SecurityGroupIds: ["sg-c", "sg-a"] };
  expect((await call("ModifyRouteSecurityGroups", replaced)).data.Result.ReturnCode).toBe("0");
  expect(forms[3]?.message).toContain("security groups: sg-a, sg-b → sg-c, sg-a.");
  expect(await groups()).toEqual([[], ["sg-c", "sg-a"], []]);
  await call("ModifyRouteSecurityGroups", { InstanceRoute: open });
  expect(forms[4]?.message).toContain("security groups: sg-c, sg-a → none.");
  expect(await groups()).toEqual([[], [], []]);
});

test("a region's routes are filtered by security group, searched and paged", async () => {
  const { call } = await serve(await sandbox());
  const vips = async (args: Record<string, unknown>) => {
    const { data } = await call("DescribeSecurityGroupRoutes", args);
    return (data.Result.SecurityGroupRoutes ?? []).map(
      (r: { InstanceRoute: { InstanceId: string; RouteId: number } }) =>
        [r.InstanceRoute.InstanceId, r.InstanceRoute.RouteId].join(" "),
    );
  };
  const all = await vips({});
  const filter = (group: string, Relation?: string) =>
    vips({ Filters: [{ Name: "security-group-id", Values: [group], ...(Relation ? { Relation } : {}) }] });
  const guarded = await filter("sg-shop-apps");
  expect(guarded).toHaveLength(2);
  expect(guarded.every((r: string) => r.startsWith(SHOP))).toBe(true);
  expect(await filter("sg-shop-apps", "NOT_IN")).toEqual(all.filter((r: string) => !guarded.includes(r)));
  expect(await vips({ SearchWord: "logs" })).toEqual(all.filter((r: string) => r.startsWith(LOGS)));
  expect(await vips({ Offset: 1, Limit: 2 })).toEqual(all.slice(1, 3));
  const two = await call("DescribeSecurityGroupRoutes", {
    Filters: [{ Name: "security-group-id", Values: ["a", "b"] }],
  });
  expect(two.text).toMatch(/Filters\[0\]\.Values must have at most 1 entry/);
});
