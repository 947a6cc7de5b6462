import { expect, test } from "vitest";
import { agree, type ServerUnderTest, SHOP, sandbox, serve, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const [TOPIC, GROUP, CLUSTER] = [2, 3, 4];
const [ALL, READ, WRITE] = [2, 3, 4];
const [DENY, ALLOW] = [2, 3];
const world = smallWorldWith({ users: [{ name: "alice" }, { name: "bob" }] });
const aliceReads = { InstanceId, ResourceType: TOPIC, Operation: READ, PermissionType: ALLOW, Principal: "User:alice" };

interface Acl {
  ResourceName: string;
  Principal: string;
  Host: string;
  Operation: number;
  PermissionType: number;
}
/** The ACLs of a kind of resource, a line each. */
async function acls(call: ServerUnderTest["call"], ResourceType = TOPIC, args: object = {}): Promise<string[]> {
  const { data } = await call("DescribeACL", { InstanceId, ResourceType, ...args });
  return (data.Result.AclList ?? []).map((a: Acl) =>
    [a.ResourceName, a.Principal, a.Host, a.Operation, a.PermissionType].join(" "),
  );
}

test("ACLs are listed by kind and name, searched and paged", async () => {
  const { call } = await serve(await sandbox());
  const of = { InstanceId: SHOP };
  expect(await acls(call, GROUP, of)).toEqual(["finance-export User:finance * 3 3"]);
  expect(await acls(call, TOPIC, { ...of, ResourceName: "orders" })).toEqual([
    "orders User:checkout 10.0.8.0/24 4 3",
    "orders User:fulfilment * 3 3",
    "orders User:partner-acme * 3 3",
  ]);
  expect(await acls(call, TOPIC, { ...of, SearchWord: "acme" })).toEqual([
    "orders User:partner-acme * 3 3",
    "refunds User:partner-acme * 3 2",
  ]);
  const page = await call("DescribeACL", { ...of, ResourceType: TOPIC, Offset: 6, Limit: 5 });
  expect(page.data.Result).toMatchObject({
    TotalCount: 7,
    AclList: [{ ResourceName: "refunds", PermissionType: DENY }],
  });
  expect((await call("DescribeACL", { ...of, ResourceType: TOPIC, Limit: 51 })).text).toMatch(
    /Limit must be at most 50/,
  );
});

test("one ACL is added for each topic and host, after a person saw whom it shuts out", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const Host = "10.0.0.1;10.0.0.2;10.0.0.1";
  await call("CreateAcl", { ...aliceReads, ResourceNameList: '["events","quiet"]', Host });
  expect(forms[0]?.message.split("\n")).toEqual([
    "CreateAcl on ckafka-one in ap-guangzhou",
    "Beware: where it is the first to allow anybody, whoever no ACL allows is locked out.",
    "Today topic events has no ACL: everybody may use it. Then only those may who are allowed.",
    "Today topic quiet has no ACL: everybody may use it. Then only those may who are allowed.",
    `Adds: allow User:alice read from ${Host}.`,
  ]);
  const added = [
    "events User:alice 10.0.0.1 3 3",
    "events User:alice 10.0.0.2 3 3",
    "quiet User:alice 10.0.0.1 3 3",
    "quiet User:alice 10.0.0.2 3 3",
  ];
  expect(await acls(call)).toEqual(added);
  const again = await call("CreateAcl", { ...aliceReads, ResourceName: "quiet", Host: "10.0.0.9;10.0.0.2" });
  expect(forms[1]?.message).toContain(
    "Today on topic quiet: allow User:alice read from 10.0.0.1; allow User:alice read from 10.0.0.2.",
  );
  expect(again.text).toMatch(/InvalidParameterValue\.RepetitionValue.*quiet exists already.*Nothing was changed/);
  expect(await acls(call)).toEqual(added);
});

test("ACLs of groups and the cluster need no topic; opening a resource to everybody is a plain change", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  await call("CreateAcl", { ...aliceReads, ResourceType: GROUP, ResourceName: "later" });
  expect(await acls(call, GROUP)).toEqual(["later User:alice * 3 3"]);
  await call("CreateAcl", { InstanceId, ResourceType: CLUSTER, Operation: ALL, PermissionType: ALLOW });
  expect(forms[1]?.message).not.toContain("Loses");
  expect(forms[1]?.message).toMatch(/Today the cluster has no ACL.*\nAdds: allow everybody everything\./);
  expect(await acls(call, CLUSTER)).toEqual(["kafka-cluster User:* * 2 3"]);
});

test("unknown users, topics and too many ACLs are refused and change nothing", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const create = async (args: object) => (await call("CreateAcl", { ...aliceReads, ...args })).text;
  expect(await create({ ResourceName: "events", Principal: "User:carol" })).toMatch(
    /InvalidParameter: User:carol is no/,
  );
  expect(await create({ ResourceName: "none" })).toMatch(/ResourceNotFound.*topic none.*Nothing was changed/);
  const hosts = Array.from({ length: 101 }, (_, i) => `10.0.1.${i}`).join(";");
  expect(await create({ ResourceName: "events", Host: hosts })).toMatch(/LimitExceeded: .*100 ACLs; it has 0/);
  const asked = forms.length;
  expect(await create({})).toMatch(/ResourceType 2 needs ResourceName or ResourceNameList. Nothing was sent/);
  expect(await create({ ResourceName: "events", ResourceNameList: '["quiet"]' })).toMatch(/not both/);
  expect(await create({ ResourceNameList: "events" })).toMatch(/ResourceNameList must be a list of names as JSON text/);
  expect(await create({ ResourceName: "events", Principal: "alice" })).toMatch(/Principal must start with User:/);
  expect(await create({ ResourceName: "events", Operation: 1 })).toMatch(/Operation must be at least 2/);
  expect(forms).toHaveLength(asked);
  expect(await acls(call)).toEqual([]);
});

test("a batch adds each ACL to each topic and leaves those that exist", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  await call("CreateAcl", { ...aliceReads, ResourceName: "quiet" });
  const batch = await call("BatchCreateAcl", {
    InstanceId,
    ResourceType: TOPIC,
    ResourceNames: ["events", "quiet"],
    RuleList: [
      { Operation: "Read", PermissionType: "Allow", Host: "*", Principal: "User:alice" },
      { Operation: "Write", PermissionType: "Deny", Host: "10.0.0.1", Principal: "User:bob" },
    ],
  });
  expect(batch.data.Result).toBe(0);
  expect(forms[1]?.message.split("\n").slice(1)).toEqual([
    "Beware: those denied are locked out; where it is the first to allow anybody, whoever no ACL allows is locked out.",
    "Today topic events has no ACL: everybody may use it.",
    "Today on topic quiet: allow User:alice read.",
    "Adds to each: allow User:alice read; deny User:bob write from 10.0.0.1.",
  ]);
  expect((await acls(call)).sort()).toEqual([
    "events User:alice * 3 3",
    "events User:bob 10.0.0.1 4 2",
    "quiet User:alice * 3 3",
    "quiet User:bob 10.0.0.1 4 2",
  ]);
});

test("before an ACL is deleted a person sees what stays, or that everybody may then use the resource", async () => {
  const { call, forms } = await serve(
    await sandbox(
      smallWorldWith({
        users: [{ name: "alice" }],
        acls: [
          { topic: "events", user: "alice", operation: "read" },
          { topic: "events", user: "alice", host: "10.0.0.1", operation: "write" },
          { operation: "alter" },
        ],
      }),
    ),
    { answer: agree },
  );
  const alice = { InstanceId, ResourceType: TOPIC, ResourceName: "events", Principal: "User:alice" };
  const write = { ...alice, Operation: WRITE, PermissionType: ALLOW };
  expect((await call("DeleteAcl", write)).text).toMatch(
    /there is no such ACL on topic events: allow User:alice write; .*Nothing was changed/,
  );
  expect(forms).toEqual([]);
  expect((await call("DeleteAcl", { ...write, Host: "10.0.0.1" })).isError).toBe(false);
  expect(forms[0]?.message).toContain(
    "Removes from topic events: allow User:alice write from 10.0.0.1.\nStays on topic events: allow User:alice read.",
  );
  await call("DeleteAcl", { ...alice, Operation: READ, PermissionType: ALLOW });
  expect(forms[1]?.message).toMatch(/read\.\nThen everybody may use topic events\.$/);
  expect(await acls(call)).toEqual([]);
  await call("DeleteAcl", { InstanceId, ResourceType: CLUSTER, ResourceName: "", Operation: 7, PermissionType: ALLOW });
  expect(forms[2]?.message).toContain("Removes from the cluster: allow everybody alter.");
  expect(await acls(call, CLUSTER)).toEqual([]);
});

const RuleList = [{ Operation: "Write", PermissionType: "Allow", Host: "*", Principal: "User:bob" }];

test("a prefix rule covers topics at once, those that come later as well, and every read shows it", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const rule = { InstanceId, ResourceType: "Topic", PatternType: "PREFIXED", RuleName: "for-bob", RuleList };
  expect((await call("CreateAclRule", rule)).text).toMatch(/PREFIXED needs Pattern.*Nothing was sent/);
  const created = await call("CreateAclRule", { ...rule, Pattern: "ev", Comment: "audit" });
  expect(forms[0]?.message.split("\n")).toEqual([
    "CreateAclRule on for-bob in ap-guangzhou, ckafka-one",
    "Beware: where it is the first to allow anybody, whoever no ACL allows is locked out.",
    "Rule for-bob: allow User:bob write.",
    "Covers at once: events.",
    "Open to everybody today, then only to those allowed: events.",
  ]);
  await call("CreateTopic", { InstanceId, TopicName: "evening", PartitionNum: 1, ReplicaNum: 1 });
  const shown = await call("DescribeAclRule", { InstanceId, PatternType: "PREFIXED" });
  expect(shown.data.Result.AclRuleList).toMatchObject([
    {
      RuleName: "for-bob",
      Pattern: "ev",
      AclList: '[{"host":"*","operation":"Write","permissionType":"Allow","principal":"User:bob"}]',
      CreateTimeStamp: "Mon Mar 02 17:00:00 CST 2026",
      Comment: "audit",
      TopicName: "events",
      TopicCount: 2,
    },
  ]);
  const topic = await call("DescribeTopicAttributes", { InstanceId, TopicName: "evening" });
  expect(topic.data.Result.AclRuleList).toMatchObject([{ RuleName: "for-bob" }]);
  await call("CreateAcl", { ...aliceReads, ResourceName: "events" });
  expect(forms.at(-1)?.message).toContain("Today on topic events: allow User:bob write (rule for-bob).");
  const modified = await call("ModifyAclRule", { InstanceId, RuleName: "for-bob", IsApplied: 1 });
  expect(modified.text).toMatch(/goes by prefix; only presets can be changed\. Nothing was changed/);
  const deleted = await call("DeleteAclRule", { InstanceId, RuleName: "for-bob" });
  expect(forms.at(-1)?.message).toContain(
    "Topics it covers today: 2 (events is one). Those without another ACL are then",
  );
  expect(created.data.Result).toBeGreaterThan(0);
  expect(deleted.data).toEqual({ Result: created.data.Result, RequestId: expect.any(String) });
  expect((await call("DescribeAclRule", { InstanceId })).data.Result).toEqual({ TotalCount: 0 });
});

test("a preset covers topics that name it and, once told so, new ones; deleting it opens them", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const RuleName = "audited";
  await call("CreateAclRule", { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName, RuleList });
  expect(forms[0]?.message).not.toContain("Loses");
  expect(forms[0]?.message).toContain("Applies to no topic until one names it.");
  await call("ModifyTopicAttributes", { InstanceId, TopicName: "quiet", EnableAclRule: 1, AclRuleName: RuleName });
  box.clock.step(60_000);
  await call("ModifyAclRule", { InstanceId, RuleName, IsApplied: 1 });
  expect(forms.at(-1)?.message).toContain("New topics apply it: no → yes.");
  await call("CreateTopic", { InstanceId, TopicName: "fresh", PartitionNum: 1, ReplicaNum: 1 });
  const shown = await call("DescribeAclRule", { InstanceId, RuleName });
  expect(shown.data.Result.AclRuleList).toMatchObject([
    { PatternType: "PRESET", IsApplied: 1, TopicCount: 2, UpdateTimeStamp: "Mon Mar 02 17:01:00 CST 2026" },
  ]);
  const short = await call("DescribeAclRule", { InstanceId, RuleName, IsSimplified: true });
  expect(short.data.Result.AclRuleList[0]).not.toHaveProperty("AclList");
  await call("DeleteAclRule", { InstanceId, RuleName });
  const topic = await call("DescribeTopicAttributes", { InstanceId, TopicName: "fresh" });
  expect(topic.data.Result.EnableAclRule).toBe(0);
  expect(topic.data.Result.AclRuleList).toBeUndefined();
});

test("a rule's name serves once, each kind of rule five times, and a rule must be there to be deleted", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const create = (name: string, PatternType = "PRESET") =>
    call("CreateAclRule", { InstanceId, ResourceType: "Topic", PatternType, Pattern: "x", RuleName: name, RuleList });
  for (const name of ["a", "b", "c", "d", "e"]) expect((await create(name)).isError).toBe(false);
  expect((await create("a", "PREFIXED")).text).toMatch(/has an ACL rule a already.*Nothing was changed/);
  expect((await create("f")).text).toMatch(/LimitExceeded.*5 PRESET rules.*Nothing was changed/);
  expect((await create("f", "PREFIXED")).isError).toBe(false);
  expect(forms.at(-1)?.message).toContain("No topic begins with x today; later ones may.");
  expect((await call("DeleteAclRule", { InstanceId, RuleName: "g" })).text).toMatch(/there is no ACL rule g/);
  expect((await call("DescribeAclRule", { InstanceId })).data.Result.TotalCount).toBe(6);
});

test("the allow list of a public route is replaced as a whole; left out, nothing is left of it", async () => {
  const routes = [
    { type: "public", access: "sasl-ssl", allowList: { "198.51.100.7": "office", "0.0.0.0/0": "" } },
    { type: "vpc", access: "plaintext" },
  ];
  const { call, forms } = await serve(await sandbox(smallWorldWith({ routes })), { answer: agree });
  const [open, inner] = (await call("DescribeRoute", { InstanceId })).data.Result.Routers;
  const of = { InstanceId, RouteId: open.RouteId };
  const IpWhitelist = [{ CidrBlock: "198.51.100.7", PolicyDescription: "office" }, { CidrBlock: "192.0.2.0/24" }];
  await call("ModifyAccessPolicy", { ...of, IpWhitelist });
  expect(forms[0]?.message.split("\n").slice(1)).toEqual([
    "Loses: the present list: who can connect from the internet changes.",
    `Public route ${open.RouteId}, allowed today: 198.51.100.7, 0.0.0.0/0.`,
    "Removed: 0.0.0.0/0.",
    "Added: 192.0.2.0/24.",
  ]);
  expect((await call("DescribeAccessPolicy", of)).data.Result).toEqual({ TotalCount: 2, IpWhitelist });
  await call("ModifyAccessPolicy", of);
  expect(forms[1]?.message).toContain("whether that admits nobody or everybody is not documented");
  expect((await call("DescribeAccessPolicy", of)).data.Result).toEqual({ TotalCount: 0 });
  const other = await call("ModifyAccessPolicy", { InstanceId, RouteId: inner.RouteId, IpWhitelist });
  expect(other.text).toMatch(/route \d+ is not public, .*Nothing was changed/);
  expect((await call("DescribeAccessPolicy", { InstanceId, RouteId: 1 })).text).toMatch(/ResourceNotFound.*route 1/);
});

test("ACLs go with their topic and their group", async () => {
  const everybody = { user: "*", operation: "read" };
  const places = [{ topic: "events" }, { topic: "quiet" }, { group: "readers" }];
  const world = smallWorldWith({ acls: places.map((place) => ({ ...place, ...everybody })) });
  const { call } = await serve(await sandbox(world), { answer: agree });
  await call("DeleteGroup", { InstanceId, Group: "readers" });
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(await acls(call)).toEqual(["quiet User:* * 3 3"]);
  expect(await acls(call, GROUP)).toEqual([]);
});
