import fc from "fast-check";
import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { beyond, everywhere, type Range, rangeOf } from "../../../tools/ckafka/previews/ranges.ts";
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

/** What a form says below its title, a line each. */
const lines = (forms: ServerUnderTest["forms"], at = -1): string[] =>
  (forms.at(at)?.message.split("\n") ?? []).slice(1);
/** Beijing time as the API writes it. */
const beijing = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
/** A world whose clock stands at the present, to the second: times that are given are compared with it. */
const presentWorld = () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  return { now, world: { ...world, clock: { mode: "standing", at: new Date(now).toISOString() } } };
};

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
  expect(forms[0]?.message).toMatch(/^CreateRoute on "ckafka-one", region ap-guangzhou, account /);
  expect(lines(forms)).toEqual([
    "VipType: VPC (3)",
    'VpcId: "vpc-2"',
    'SubnetId: "subnet-2"',
    "AccessType: SCRAM-SHA-512 (5)",
    'Ip: "10.9.0.1"',
    'Note: "n"',
    'SecurityGroupIds: "sg-b"',
    "At the new address clients sign in with SCRAM-SHA-512 (5).",
    "Routes that the instance has today: 1.",
  ]);
  const { FlowId, RouteDTO } = created.data.Result.Data;
  const shown = {
    RouteId: RouteDTO.RouteId,
    VpcId: "vpc-2",
    Subnet: "subnet-2",
    AccessType: 5,
    Note: { untrusted: "n" },
  };
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
  expect(lines(forms)).toEqual([
    "Opens: the instance to the internet.",
    expect.stringMatching(/^Costs: 6500\.00 CNY → 6575\.00 CNY a month \(75\.00 CNY more\)/),
    "VipType: public (1)",
    "AccessType: SASL_SSL (3)",
    "PublicNetwork: 0 Mbps → 6 Mbps",
    'IpWhitelist[0].CidrBlock: "192.0.2.0/24"',
    'IpWhitelist[0].PolicyDescription: "office"',
    'The new address faces the internet: its IP allow list admits "192.0.2.0/24" (256 addresses); clients sign in with SASL_SSL (3).',
    "Public bandwidth beyond the free part is charged.",
    "Routes that the instance has today: 1.",
  ]);
  const RouteId = await idOf(call, PUBLIC);
  expect((await call("DescribeAccessPolicy", { InstanceId, RouteId })).data.Result.IpWhitelist).toEqual([
    { CidrBlock: "192.0.2.0/24", PolicyDescription: { untrusted: "office" } },
  ]);
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
  expect(await create({ Ip: "10.0.0.1" })).toMatch(
    /route 1001 of ckafka-one has the address 10\.0\.0\.1 already\. Nothing/,
  );
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
  const later = await call("DeleteRoute", { ...of, DeleteRouteTime: "+1h" });
  expect(later.text).toMatch(
    /is not public, and only public routes can be deleted at a later time\. Nothing was changed/,
  );
  const main = await call("DeleteRoute", { InstanceId, RouteId: MAIN });
  expect(main.text).toMatch(/route 1001 is the main route of ckafka-one, which stays .*Nothing was changed/);
  expect(forms).toHaveLength(0);
  expect((await call("DeleteRoute", of)).data.Result.ReturnCode).toBe("0");
  expect(lines(forms).slice(0, 4)).toEqual([
    "Loses: the address: clients that use it cannot connect.",
    "Cannot be undone: once it is submitted, no action takes the deletion back.",
    "The route is deleted at once.",
    `It is route "${of.RouteId}", VPC (3), SASL_PLAINTEXT (1), "${route?.VipList[0]?.Vip}:9092".`,
  ]);
  expect(lines(forms)[4]).toMatch(
    /^These stay: route "1001", VPC \(3\), .*; route "1002", public \(1\), .*, note "partners"\.$/,
  );
  expect(await statuses(call)).toEqual([2, 4]);
  expect((await call("DeleteRoute", of)).text).toMatch(
    /is to be deleted at 2026-03-02 17:00:00 Beijing time already; DeleteRouteTriggerTime moves that\. Nothing/,
  );
  expect(forms).toHaveLength(1);
  box.clock.step(10_000);
  expect(await statuses(call)).toEqual([2]);
  expect((await call("DeleteRoute", of)).text).toMatch(/has no route \d+; DescribeRoute/);
});

test("a public route is deleted at a time, which can be moved until it comes", async () => {
  const { now, world } = presentWorld();
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const of = { InstanceId, RouteId: await idOf(call, PUBLIC) };
  const inHours = (hours: number) => beijing(now + hours * 3_600_000);
  const none = await call("DeleteRouteTriggerTime", { InstanceId, DelayTime: inHours(1) });
  expect(none.text).toMatch(/no route of ckafka-one is marked for deletion\. Nothing was changed/);
  const far = await call("DeleteRoute", { ...of, DeleteRouteTime: inHours(25) });
  expect(far.text).toMatch(/Beijing time is more than 24 hours away\. Nothing was changed/);
  for (const DeleteRouteTime of ["tomorrow", "2026-02-30 10:00:00", 1_795_096_211])
    expect((await call("DeleteRoute", { ...of, DeleteRouteTime })).text).toMatch(
      /^DeleteRoute: DeleteRouteTime must be a real moment in Beijing time like .*Nothing was sent/,
    );
  expect(forms).toHaveLength(0);
  // ISO with a zone says the same moment.
  await call("DeleteRoute", { ...of, DeleteRouteTime: new Date(now + 2 * 3_600_000).toISOString() });
  expect(lines(forms)).toContain(`DeleteRouteTime: "${inHours(2)}" Beijing time`);
  expect(lines(forms)).toContain(
    `The route is deleted at ${new Date(now + 2 * 3_600_000).toISOString().replace(".000Z", "Z")}.`,
  );
  expect(await routes(call, of)).toMatchObject([{ Status: 2, DeleteTimestamp: inHours(2) }]);
  await call("DeleteRouteTriggerTime", { InstanceId, DelayTime: inHours(3) });
  expect(lines(forms)[0]).toBe(`DelayTime: "${inHours(2)}" Beijing time → "${inHours(3)}" Beijing time`);
  const moved = await call("DeleteRouteTriggerTime", { InstanceId, DelayTime: inHours(1) });
  expect(lines(forms).slice(0, 2)).toEqual([
    "Loses: these routes earlier than planned.",
    "Cannot be undone: no action takes the deletions back.",
  ]);
  expect(moved.isError).toBe(false);
  box.clock.step(3_600_000 - 1);
  expect(await statuses(call)).toEqual([2, 2]);
  box.clock.step(1);
  expect(await statuses(call)).toEqual([4, 2]);
  box.clock.step(10_000);
  expect(await statuses(call)).toEqual([2]);
});

test("a time that has passed deletes at once, and the person is told so first", async () => {
  const { now, world } = presentWorld();
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const of = { InstanceId, RouteId: await idOf(call, PUBLIC) };
  await call("DeleteRoute", { ...of, DeleteRouteTime: beijing(now + 6 * 3_600_000) });
  await call("DeleteRouteTriggerTime", { InstanceId, DelayTime: beijing(now - 60_000) });
  expect(lines(forms)[0]).toBe("Loses: these routes at once: the time given has passed.");
  expect(lines(forms)[3]).toBe("The time given has passed: these routes are deleted at once.");
  expect(await statuses(call)).toEqual([4, 2]);
  const again = await sandbox(world);
  const second = await serve(again, { answer: agree });
  await second.call("DeleteRoute", { ...of, DeleteRouteTime: beijing(now - 60_000) });
  expect(lines(second.forms)).toContain("The time given has passed: the route is deleted at once.");
  expect(await statuses(second.call)).toEqual([4, 2]);
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
  expect(forms).toHaveLength(0);
  expect(failed.text).toMatch(/ckafka-one has no route 9; DescribeRoute lists them\. Nothing was changed/);
  expect(await groups()).toEqual([[], ["sg-a"], []]);
  await call("AssociateRoutesSecurityGroup", { InstanceRoutes: [open, inner], SecurityGroupId: "sg-b" });
  expect(lines(forms)).toEqual([
    "Loses: access of clients that the security groups do not admit.",
    "Opens: routes to clients that only the new security groups admit.",
    'InstanceRoutes[0].InstanceId: "ckafka-one"',
    `InstanceRoutes[0].RouteId: "${open.RouteId}"`,
    'InstanceRoutes[1].InstanceId: "ckafka-one"',
    `InstanceRoutes[1].RouteId: "${inner.RouteId}"`,
    `"ckafka-one", route "${inner.RouteId}" is open to every client that can reach it today; then only to those admitted.`,
    `"ckafka-one", route "${open.RouteId}", security groups: "sg-a" → "sg-a", "sg-b".`,
    `"ckafka-one", route "${inner.RouteId}", security groups: none → "sg-b".`,
  ]);
  expect(await groups()).toEqual([[], ["sg-a", "sg-b"], ["sg-b"]]);
  await call("DisassociateRoutesSecurityGroup", { InstanceRoutes: [inner], SecurityGroupId: "sg-b" });
  expect(lines(forms)[0]).toBe("Opens: routes to every client that can reach them.");
  expect(lines(forms)).toContain(
    `"ckafka-one", route "${inner.RouteId}" is then open to every client that can reach it.`,
  );
  expect(await groups()).toEqual([[], ["sg-a", "sg-b"], []]);
  const replaced = { InstanceRoute: open, SecurityGroupIds: ["sg-c", "sg-a"] };
  expect((await call("ModifyRouteSecurityGroups", replaced)).data.Result.ReturnCode).toBe("0");
  expect(lines(forms)).toContain('SecurityGroupIds: "sg-a", "sg-b" → "sg-c", "sg-a"');
  expect(await groups()).toEqual([[], ["sg-c", "sg-a"], []]);
  await call("ModifyRouteSecurityGroups", { InstanceRoute: open });
  expect(lines(forms).join("\n")).toContain('security groups: "sg-c", "sg-a" → none.');
  expect(lines(forms)[0]).toBe("Opens: routes to every client that can reach them.");
  const same = await call("ModifyRouteSecurityGroups", { InstanceRoute: open });
  expect(same.text).toMatch(/nothing would change on ckafka-one route \d+.*Nothing was changed/);
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

test("a route at which nobody signs in opens, one with a sign-in in a VPC is a plain change", async () => {
  const { call, forms } = await serve(await sandbox(smallWorldWith({})), { answer: agree });
  await call("CreateRoute", inVpc);
  expect(lines(forms)[0]).toBe(
    "Opens: the instance to whoever can reach the new address: nobody has to sign in there.",
  );
  expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type ckafka-one to confirm" });
  await call("CreateRoute", { ...inVpc, AccessType: 4 });
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ type: "boolean" });
  await call("CreateRoute", onInternet);
  expect(lines(forms).join("\n")).toMatch(
    /Opens: the instance to the internet\.\nCosts: .*it has no IP allow list, and whether that admits nobody or everybody is not documented/s,
  );
});

test("what a preview says of routes is what becomes of the state", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  let before = dumpWorld(box.world);
  const changed = () => {
    const was = before;
    before = dumpWorld(box.world);
    return diff(was, before)
      .filter((line) => !/^made: |serial: |\.tasks\[/.test(line))
      .map((line) => line.replace(/^.*(access\.|instances\[\w+\]\.)/, ""));
  };
  const open = { InstanceId, RouteId: await idOf(call, PUBLIC) };
  const created = (await call("CreateRoute", inVpc)).data.Result.Data.RouteDTO.RouteId;
  expect(lines(forms)).toContain("Routes that the instance has today: 3.");
  expect(changed()).toEqual([expect.stringMatching(new RegExp(`^routes\\[${created}\\]: nothing → `))]);
  await call("ModifyRouteSecurityGroups", { InstanceRoute: open, SecurityGroupIds: ["sg-z"] });
  expect(lines(forms)).toContain('SecurityGroupIds: "sg-a" → "sg-z"');
  expect(changed()).toEqual([`routes[${open.RouteId}].securityGroups[0]: "sg-a" → "sg-z"`]);
  await call("AssociateRoutesSecurityGroup", { InstanceRoutes: [open], SecurityGroupId: "sg-b" });
  expect(changed()).toEqual([`routes[${open.RouteId}].securityGroups[1]: nothing → "sg-b"`]);
  await call("DisassociateRoutesSecurityGroup", { InstanceRoutes: [open], SecurityGroupId: "sg-b" });
  expect(changed()).toEqual([`routes[${open.RouteId}].securityGroups[1]: "sg-b" → nothing`]);
  await call("DeleteRoute", open);
  expect(changed()).toEqual([`routes[${open.RouteId}].deleteAt: null → ${box.now()}`]);
  await call("DeleteRoute", { InstanceId, RouteId: MAIN });
  expect(changed()).toEqual([]);
});

test("who gains and loses between two lists of addresses is told as addresses are counted", () => {
  // All within 10.0.0.0/28, so that every address can be looked at.
  const block = fc
    .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
    .map(([last, length]) => `10.0.0.${last}/${length}`);
  const list = fc.array(block, { maxLength: 5 });
  const ranges = (texts: string[]) => texts.map((text) => rangeOf(text) as Range);
  const addresses = Array.from({ length: 16 }, (_, i) => (rangeOf(`10.0.0.${i}`) as Range).first);
  const admits = (list: readonly Range[], address: bigint) =>
    list.some(({ first, last }) => first <= address && address <= last);
  fc.assert(
    fc.property(list, list, (before, after) => {
      const [were, are] = [ranges(before), ranges(after)];
      const gain = addresses.some((address) => !admits(were, address) && admits(are, address));
      expect(beyond(are, were).length > 0).toBe(gain);
    }),
    { numRuns: 500 },
  );
  expect(everywhere(ranges(["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"]))).toBe(true);
  expect(everywhere(ranges(["0.0.0.0/1", "::/1"]))).toBe(false);
  expect(everywhere(ranges(["::/1", "8000::/1"]))).toBe(true);
  expect(rangeOf("fd00::1")?.first).toBe(0xfd00n * 2n ** 112n + 1n);
  expect(rangeOf("::ffff:10.0.0.1")?.first).toBe(0xffff0a000001n);
  expect(beyond(ranges(["10.0.0.7"]), ranges(["10.0.0.9/24"]))).toEqual([]);
});

test("nobody is asked about access to an instance that does not run", async () => {
  const { call, forms } = await serve(await sandbox(smallWorldWith({ status: 5, users: [{ name: "a" }] })), {
    answer: agree,
  });
  const acl = { InstanceId, ResourceType: 2, ResourceName: "events", Operation: 3, PermissionType: 3 };
  const changes: [string, Record<string, unknown>][] = [
    ["CreateRoute", inVpc],
    ["DeleteRoute", { InstanceId, RouteId: MAIN }],
    ["AssociateRoutesSecurityGroup", { InstanceRoutes: [{ InstanceId, RouteId: MAIN }], SecurityGroupId: "sg-a" }],
    ["CreateAcl", acl],
    ["DeleteAcl", acl],
    ["CreateUser", { InstanceId, Name: "b" }],
    ["CreateToken", { InstanceId, User: "a" }],
  ];
  for (const [name, args] of changes)
    expect((await call(name, args)).text, name).toMatch(/does not run, it is isolated \(5\).*Nothing was changed/);
  expect(forms).toEqual([]);
});
