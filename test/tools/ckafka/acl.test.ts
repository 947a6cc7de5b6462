import fc from "fast-check";
import { expect, test } from "vitest";
import { diff } from "../../../sandbox/world/diff.ts";
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { type Entry, effects } from "../../../tools/ckafka/acl/entries.ts";
import { agree, type ServerUnderTest, SHOP, sandbox, serve, smallWorldWith } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const [TOPIC, GROUP, CLUSTER] = [2, 3, 4];
const [ALL, READ, WRITE] = [2, 3, 4];
const [DENY, ALLOW] = [2, 3];
const world = smallWorldWith({ users: [{ name: "alice" }, { name: "bob" }] });
const aliceReads = { InstanceId, ResourceType: TOPIC, Operation: READ, PermissionType: ALLOW, Principal: "User:alice" };

/** What a form says below its title, a line each. */
const said = (forms: ServerUnderTest["forms"], at = -1): string[] => (forms.at(at)?.message.split("\n") ?? []).slice(1);
/** Without the arguments, which the machine shows. */
const found = (forms: ServerUnderTest["forms"], at = -1): string[] =>
  said(forms, at).filter(
    (line) => /^(Loses|Opens|Beware|May open):/.test(line) || !/^\w+(\[\d+\])?(\.\w+)?: /.test(line),
  );

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
  expect(forms[0]?.message).toMatch(/^CreateAcl on "ckafka-one", region ap-guangzhou, account "default"/);
  expect(said(forms)).toEqual([
    "Loses: access of everybody whom no ACL allows, on 2 topics.",
    "ResourceType: topic (2)",
    "Operation: read (3)",
    "PermissionType: allow (3)",
    `Host: "${Host}"`,
    'Principal: "User:alice"',
    String.raw`ResourceNameList: "[\"events\",\"quiet\"]"`,
    'On 2 topics ("events", "quiet"): open to everybody today; then only those may who are allowed.',
  ]);
  const added = [
    "events User:alice 10.0.0.1 3 3",
    "events User:alice 10.0.0.2 3 3",
    "quiet User:alice 10.0.0.1 3 3",
    "quiet User:alice 10.0.0.2 3 3",
  ];
  expect(await acls(call)).toEqual(added);
  const again = await call("CreateAcl", { ...aliceReads, ResourceName: "quiet", Host: "10.0.0.9;10.0.0.2" });
  expect(found(forms)).toEqual([
    'Opens: read to "User:alice" from "10.0.0.9", on topic "quiet".',
    'On topic "quiet": then "User:alice" may read from "10.0.0.9".',
    'Some of it is there already, on "quiet".',
    'Today on topic "quiet": allow "User:alice" read from "10.0.0.1", allow "User:alice" read from "10.0.0.2".',
  ]);
  expect(again.text).toMatch(/InvalidParameterValue\.RepetitionValue.*quiet exists already.*Nothing was changed/);
  expect(await acls(call)).toEqual(added);
});

test("ACLs of groups and the cluster need no topic; what is open to everybody and stays so is a plain change", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  await call("CreateAcl", { ...aliceReads, ResourceType: GROUP, ResourceName: "later" });
  expect(await acls(call, GROUP)).toEqual(["later User:alice * 3 3"]);
  await call("CreateAcl", { InstanceId, ResourceType: CLUSTER, Operation: ALL, PermissionType: ALLOW });
  expect(found(forms)).toEqual(["On the cluster: open to everybody, today and then."]);
  expect(forms[1]?.requestedSchema.properties.confirm).toMatchObject({ type: "boolean" });
  expect(await acls(call, CLUSTER)).toEqual(["kafka-cluster User:* * 2 3"]);
});

test("unknown users, topics and too many ACLs are refused and change nothing", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const create = async (args: object) => (await call("CreateAcl", { ...aliceReads, ...args })).text;
  expect(await create({ ResourceName: "events", Principal: "User:carol" })).toMatch(
    /ckafka-one has no user carol; DescribeUser lists them\. Nothing was changed/,
  );
  expect(await create({ ResourceName: "none" })).toMatch(/ResourceNotFound.*topic none.*Nothing was changed/);
  // A list in one text names its topics as well.
  expect(await create({ ResourceNameList: ["events", "none"] })).toMatch(/ResourceNotFound.*topic none.*Nothing was/);
  expect(forms).toHaveLength(0);
  const hosts = Array.from({ length: 101 }, (_, i) => `10.0.1.${i}`).join(";");
  expect(await create({ ResourceName: "events", Host: hosts })).toMatch(/LimitExceeded: .*100 ACLs; it has 0/);
  const asked = forms.length;
  expect(await create({})).toMatch(/ResourceType 2 needs ResourceName or ResourceNameList. Nothing was sent/);
  expect(await create({ ResourceName: "events", ResourceNameList: '["quiet"]' })).toMatch(/not both/);
  expect(await create({ ResourceNameList: "events" })).toMatch(/ResourceNameList must be a list of names as JSON text/);
  expect(await create({ ResourceName: "events", Principal: "alice" })).toMatch(/Principal must start with User:/);
  expect(await create({ ResourceName: "events", Operation: 1 })).toMatch(/Operation must be one of 2, 3, .*, got 1/);
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
  expect(said(forms)).toEqual([
    'Loses: access of everybody whom no ACL allows, on topic "events"; access of those denied: "User:bob", write from "10.0.0.1", on 2 topics.',
    "ResourceType: topic (2)",
    'ResourceNames: "events", "quiet"',
    "RuleList[0].Operation: read (Read)",
    "RuleList[0].PermissionType: allow (Allow)",
    'RuleList[0].Host: "*"',
    'RuleList[0].Principal: "User:alice"',
    "RuleList[1].Operation: write (Write)",
    "RuleList[1].PermissionType: deny (Deny)",
    'RuleList[1].Host: "10.0.0.1"',
    'RuleList[1].Principal: "User:bob"',
    'On topic "events": open to everybody today; then only those may who are allowed.',
    'On 2 topics ("events", "quiet"): then "User:bob" is denied: write from "10.0.0.1".',
    'Some of it is there already, on "quiet".',
    'Today on topic "quiet": allow "User:alice" read.',
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
    /there is no such ACL on topic events: allow User:alice write; DescribeACL lists them\. Nothing was changed/,
  );
  expect(forms).toEqual([]);
  expect((await call("DeleteAcl", { ...write, Host: "10.0.0.1" })).isError).toBe(false);
  expect(found(forms)).toEqual([
    'Loses: access of "User:alice": write from "10.0.0.1", on topic "events".',
    'On topic "events": then "User:alice" may no longer write from "10.0.0.1".',
    'What stays: allow "User:alice" read.',
  ]);
  await call("DeleteAcl", { ...alice, Operation: READ, PermissionType: ALLOW });
  // The last one: nobody loses anything, and everybody gains.
  expect(found(forms)).toEqual([
    'Opens: everything to everybody, on topic "events".',
    'On topic "events": no ACL is left then, and everybody may do everything.',
  ]);
  expect(await acls(call)).toEqual([]);
  await call("DeleteAcl", { InstanceId, ResourceType: CLUSTER, ResourceName: "", Operation: 7, PermissionType: ALLOW });
  expect(found(forms)).toEqual([
    "Opens: everything to everybody, on the cluster.",
    "On the cluster: no ACL is left then, and everybody may do everything.",
  ]);
  expect(await acls(call, CLUSTER)).toEqual([]);
});

const RuleList = [{ Operation: "Write", PermissionType: "Allow", Host: "*", Principal: "User:bob" }];

test("a prefix rule covers topics at once, those that come later as well, and every read shows it", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const rule = { InstanceId, ResourceType: "Topic", PatternType: "PREFIXED", RuleName: "for-bob", RuleList };
  expect((await call("CreateAclRule", rule)).text).toMatch(/PREFIXED needs Pattern.*Nothing was sent/);
  const created = await call("CreateAclRule", { ...rule, Pattern: "ev", Comment: "audit" });
  expect(found(forms)).toEqual([
    'Loses: access of everybody whom no ACL allows, on topic "events".',
    'On topic "events": open to everybody today; then only those may who are allowed.',
    'It covers at once 1 topic: "events"; and later ones that begin so.',
  ]);
  expect(said(forms)).toContain('Pattern: "ev"');
  await call("CreateTopic", { InstanceId, TopicName: "evening", PartitionNum: 1, ReplicaNum: 1 });
  const shown = await call("DescribeAclRule", { InstanceId, PatternType: "PREFIXED" });
  expect(shown.data.Result.AclRuleList).toMatchObject([
    {
      RuleName: "for-bob",
      Pattern: "ev",
      AclList: '[{"host":"*","operation":"Write","permissionType":"Allow","principal":"User:bob"}]',
      CreateTimeStamp: "Mon Mar 02 17:00:00 CST 2026",
      Comment: { untrusted: "audit" },
      TopicName: "events",
      TopicCount: 2,
    },
  ]);
  const topic = await call("DescribeTopicAttributes", { InstanceId, TopicName: "evening" });
  expect(topic.data.Result.AclRuleList).toMatchObject([{ RuleName: "for-bob" }]);
  await call("CreateAcl", { ...aliceReads, ResourceName: "events" });
  expect(found(forms)).toEqual([
    'Opens: read to "User:alice", on topic "events".',
    'On topic "events": then "User:alice" may read.',
    'Today on topic "events": allow "User:bob" write (rule "for-bob").',
  ]);
  const modified = await call("ModifyAclRule", { InstanceId, RuleName: "for-bob", IsApplied: 1 });
  expect(modified.text).toMatch(/goes by prefix; only presets can be changed\. Nothing was changed/);
  const deleted = await call("DeleteAclRule", { InstanceId, RuleName: "for-bob" });
  expect(found(forms)).toEqual([
    'Loses: access of "User:bob": write, on topic "events".',
    'Opens: everything to everybody, on topic "evening".',
    'On topic "events": then "User:bob" may no longer write.',
    'On topic "evening": no ACL is left then, and everybody may do everything.',
    'It covers today 2 topics: "events", "evening".',
    'The rule: allow "User:bob" write.',
  ]);
  expect(created.data.Result).toBeGreaterThan(0);
  expect(deleted.data).toEqual({ Result: created.data.Result, RequestId: expect.any(String) });
  expect((await call("DescribeAclRule", { InstanceId })).data.Result).toEqual({ TotalCount: 0, AclRuleList: [] });
});

test("a preset covers topics that name it and, once told so, new ones; deleting it opens them", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  const RuleName = "audited";
  await call("CreateAclRule", { InstanceId, ResourceType: "Topic", PatternType: "PRESET", RuleName, RuleList });
  expect(found(forms)).toEqual(["No topic applies it until one names it."]);
  await call("ModifyTopicAttributes", { InstanceId, TopicName: "quiet", EnableAclRule: 1, AclRuleName: RuleName });
  box.clock.step(60_000);
  await call("ModifyAclRule", { InstanceId, RuleName, IsApplied: 1 });
  expect(said(forms)).toEqual([
    "IsApplied: not applied to new topics (0) → applied to new topics (1)",
    "Topics that are created from now on come under it; those that are there do not.",
    'The rule: allow "User:bob" write.',
  ]);
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
  expect(topic.data.Result.AclRuleList).toEqual([]);
});

test("a rule's name serves once, each kind of rule five times, and a rule must be there to be deleted", async () => {
  const { call, forms } = await serve(await sandbox(world), { answer: agree });
  const create = (name: string, PatternType = "PRESET") =>
    call("CreateAclRule", { InstanceId, ResourceType: "Topic", PatternType, Pattern: "x", RuleName: name, RuleList });
  for (const name of ["a", "b", "c", "d", "e"]) expect((await create(name)).isError).toBe(false);
  expect((await create("a", "PREFIXED")).text).toMatch(/has an ACL rule a already.*Nothing was changed/);
  expect((await create("f")).text).toMatch(/LimitExceeded.*5 PRESET rules.*Nothing was changed/);
  expect((await create("f", "PREFIXED")).isError).toBe(false);
  expect(found(forms)).toEqual(['No topic begins with "x" today; later ones may.']);
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
  expect(said(forms)).toEqual([
    'Loses: access of "0.0.0.0/0" (everybody).',
    'IpWhitelist[0].CidrBlock: "198.51.100.7" → "198.51.100.7"',
    'IpWhitelist[0].PolicyDescription: "office" → "office"',
    'IpWhitelist[1].CidrBlock: "192.0.2.0/24"',
    'Admitted no longer: "0.0.0.0/0" (everybody).',
  ]);
  expect((await call("DescribeAccessPolicy", of)).data.Result).toEqual({
    TotalCount: 2,
    IpWhitelist: [
      { CidrBlock: "198.51.100.7", PolicyDescription: { untrusted: "office" } },
      { CidrBlock: "192.0.2.0/24" },
    ],
  });
  expect((await call("ModifyAccessPolicy", { ...of, IpWhitelist })).text).toMatch(
    /nothing would change: the allow list of route \d+ is as given already/,
  );
  await call("ModifyAccessPolicy", of);
  expect(found(forms)).toEqual([
    'Loses: access of "192.0.2.0/24" (256 addresses), "198.51.100.7".',
    "Opens: perhaps the route to the whole internet: whether an empty list admits nobody or everybody is not documented.",
    'Admitted no longer: "192.0.2.0/24" (256 addresses), "198.51.100.7".',
    "The list is then empty; whether an empty list admits nobody or everybody is not documented.",
  ]);
  expect((await call("DescribeAccessPolicy", of)).data.Result).toEqual({ TotalCount: 0, IpWhitelist: [] });
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

test("what opens is named as grave as what loses: in the dialog, the answer it takes, the audit's risk", async () => {
  const acls = [{ topic: "events", user: "bob", operation: "read" }];
  const users = [{ name: "alice" }, { name: "bob" }];
  const { call, forms } = await serve(await sandbox(smallWorldWith({ users, acls })), { answer: agree });
  const all = { InstanceId, ResourceType: TOPIC, ResourceName: "events", Operation: ALL, PermissionType: ALLOW };
  await call("CreateAcl", all);
  expect(found(forms)).toEqual([
    'Opens: everything to everybody, on topic "events".',
    'On topic "events": closed to all but those allowed today; then everybody may do everything.',
    'Today on topic "events": allow "User:bob" read.',
  ]);
  expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({ title: "Type events to confirm" });
  // What is allowed already in other words opens nothing.
  await call("CreateAcl", { ...all, Operation: READ, Principal: "User:alice" });
  expect(found(forms)[0]).toBe('On topic "events": open to everybody, today and then.');
});

test("many topics are summed up, the widest first, and every name given is there", async () => {
  const names = Array.from({ length: 99 }, (_, i) => `open-${i}`);
  const topics = [...names, "shut"].map((name) => ({ name, partitions: 1 }));
  const box = await sandbox(
    smallWorldWith({
      topics,
      groups: [],
      dataHubs: {},
      max: { topics: 200, partitions: 400, groups: 3 },
      users: [{ name: "bob" }],
      acls: [{ topic: "shut", user: "bob", operation: "read" }],
    }),
  );
  const { call, forms } = await serve(box, { answer: agree });
  const RuleList = [{ Operation: "All", PermissionType: "Allow", Host: "*", Principal: "User:*" }];
  const all = { InstanceId, ResourceType: TOPIC, ResourceNames: [...names, "shut"], RuleList };
  await call("BatchCreateAcl", { ...all, ResourceNames: [...names, "shut"].slice(1) });
  const lines = found(forms);
  expect(lines.slice(0, 2)).toEqual([
    'Opens: everything to everybody, on topic "shut".',
    'On topic "shut": closed to all but those allowed today; then everybody may do everything.',
  ]);
  expect(lines[2]).toMatch(/^On 98 topics \("open-1", .* and 48 more\): open to everybody, today and then\.$/);
  expect(lines).toHaveLength(4);
  expect(forms[0]?.message).toContain('"open-98", "shut"\n');
});

test("a list of 80 addresses shows the last that lets everybody in, first of all", async () => {
  const routes = [{ type: "public", access: "sasl-ssl", allowList: { "198.51.100.7": "office" } }];
  const { call, forms } = await serve(await sandbox(smallWorldWith({ routes })), { answer: agree });
  const [open] = (await call("DescribeRoute", { InstanceId })).data.Result.Routers;
  const of = { InstanceId, RouteId: open.RouteId };
  const blocks = Array.from({ length: 79 }, (_, i) => ({ CidrBlock: `10.1.${i}.0/24` }));
  await call("ModifyAccessPolicy", { ...of, IpWhitelist: [...blocks, { CidrBlock: "0.0.0.0/0" }] });
  const lines = said(forms);
  expect(lines[0]).toBe("Opens: the route to the whole internet.");
  expect(lines).toContain('IpWhitelist[79].CidrBlock: "0.0.0.0/0"');
  expect(lines.at(-2)).toMatch(
    /^Admitted from then on: "0\.0\.0\.0\/0" \(everybody\), "10\.1\.0\.0\/24" .* none wider\.$/,
  );
  // In halves it is as much.
  const halves = [{ CidrBlock: "0.0.0.0/1" }, { CidrBlock: "128.0.0.0/1" }];
  await call("ModifyAccessPolicy", { ...of, IpWhitelist: blocks });
  await call("ModifyAccessPolicy", { ...of, IpWhitelist: halves });
  expect(said(forms)[0]).toBe("Opens: the route to the whole internet.");
});

test("what a preview says of ACLs is what becomes of the state, and refused changes leave none", async () => {
  const box = await sandbox(world);
  const { call, forms } = await serve(box, { answer: agree });
  let before = dumpWorld(box.world);
  const changed = () => {
    const was = before;
    before = dumpWorld(box.world);
    return diff(was, before)
      .filter((line) => !line.startsWith("made: "))
      .map((line) => line.replace(/^.*access\./, ""));
  };
  const acl = (entry: object) =>
    JSON.stringify({
      type: 2,
      resource: "events",
      principal: "User:alice",
      host: "*",
      operation: 3,
      permission: 3,
      ...entry,
    });
  await call("CreateAcl", { ...aliceReads, ResourceName: "events" });
  expect(changed()).toEqual([`acls[0]: nothing → ${acl({})}`]);
  expect(said(forms)[0]).toMatch(/^Loses: access of everybody whom no ACL allows/);
  const RuleList = [{ Operation: "Write", PermissionType: "Allow", Host: "*", Principal: "User:bob" }];
  await call("BatchCreateAcl", { InstanceId, ResourceType: TOPIC, ResourceNames: ["events"], RuleList });
  expect(said(forms)[0]).toBe('Opens: write to "User:bob", on topic "events".');
  expect(changed()).toEqual([`acls[1]: nothing → ${acl({ principal: "User:bob", operation: 4 })}`]);
  await call("DeleteAcl", { ...aliceReads, ResourceName: "events" });
  expect(said(forms)[0]).toBe('Loses: access of "User:alice": read, on topic "events".');
  expect(changed().at(-1)).toContain(`${acl({ principal: "User:bob", operation: 4 })} → nothing`);
  const rule = { InstanceId, ResourceType: "Topic", PatternType: "PREFIXED", RuleName: "r", Pattern: "qu", RuleList };
  await call("CreateAclRule", rule);
  expect(said(forms)[0]).toBe('Loses: access of everybody whom no ACL allows, on topic "quiet".');
  expect(changed().some((line) => line.startsWith("aclRules[") && line.includes("nothing → "))).toBe(true);
  await call("DeleteAclRule", { InstanceId, RuleName: "r" });
  expect(said(forms)[0]).toBe('Opens: everything to everybody, on topic "quiet".');
  expect(changed()).toHaveLength(1);
  await call("CreateAcl", { ...aliceReads, ResourceName: "none" });
  await call("DeleteAcl", { ...aliceReads, ResourceName: "events" });
  expect(changed()).toEqual([]);
});

test("whoever gains or loses is told of, and nobody else: compared with what each may do before and after", () => {
  const entry = fc.record({
    denies: fc.constant(false),
    principal: fc.constantFrom("User:*", "User:alice", "User:bob"),
    operation: fc.constantFrom("all", "read", "write"),
    host: fc.constantFrom("*", "10.0.0.1"),
  });
  const list = fc.array(entry, { maxLength: 4 });
  const clients = ["User:alice", "User:bob", "User:carol"].flatMap((principal) =>
    ["read", "write", "alter"].flatMap((operation) =>
      ["10.0.0.1", "10.0.0.2"].map((host) => ({ principal, operation, host })),
    ),
  );
  const may = (entries: readonly Entry[], client: (typeof clients)[number]) =>
    entries.length === 0 ||
    entries.some(
      (e) =>
        (e.principal === "User:*" || e.principal === client.principal) &&
        (e.operation === "all" || e.operation === client.operation) &&
        (e.host === "*" || e.host === client.host),
    );
  fc.assert(
    fc.property(list, list, (before, after) => {
      const told = new Set(effects(before, after).map(({ quality }) => quality));
      const gain = clients.some((client) => !may(before, client) && may(after, client));
      const lose = clients.some((client) => may(before, client) && !may(after, client));
      // What several entries allow together is not added up: that errs to the side of telling.
      if (gain) expect(told).toContain("opens");
      if (lose) expect(told).toContain("loses");
      if (before.length <= 1 && after.length <= 1) expect([told.has("opens"), told.has("loses")]).toEqual([gain, lose]);
    }),
    { numRuns: 500 },
  );
});
