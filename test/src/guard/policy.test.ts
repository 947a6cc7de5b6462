import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { type Change, decide, PolicyError, policyModel, readPolicy } from "../../../src/guard/policy/policy.ts";
import { namesIn } from "../../../src/model/leaves.ts";
import { type ActionName, actions } from "../../../tools/ckafka/actions.ts";
import { ckafka } from "../../../tools/ckafka/service.ts";
import { riskOf } from "../../support/guarding.ts";
import {
  agree,
  command,
  sandbox,
  serve,
  smallWorldWith,
  temporaryFile,
  temporaryFolder,
} from "../../support/harness.ts";
import { inRoot } from "../../support/paths.ts";

const kinds = Object.keys(ckafka.kinds);
/** What a call names, by kind. */
const byKind = (action: ActionName, input: object) => {
  const found: Record<string, string[]> = { instance: [], topic: [], group: [] };
  for (const { kind, name } of namesIn(actions[action].input, input)) found[kind]?.push(name);
  return found;
};
const named = (kind: string, ...names: string[]) => names.map((name) => ({ kind, name, covers: "name" as const }));
const policy = (content: object) => policyModel(kinds).parse(content);
const change = (changes: Partial<Change> & { level?: "write" | "destroy"; bills?: boolean } = {}): Change => {
  const { level = "write", bills = false, ...rest } = changes;
  return {
    action: "ModifyTopicAttributes",
    toolset: "topic",
    region: "ap-guangzhou",
    profile: "default",
    risk: riskOf(
      "orders",
      ...(level === "destroy" ? (["loses"] as const) : []),
      ...(bills ? (["bills"] as const) : []),
    ),
    names: [...named("instance", "ckafka-one"), ...named("topic", "orders")],
    lately: 0,
    ...rest,
  };
};

test("without a rule that fits, a person is asked", () => {
  expect(decide(policy({}), change())).toEqual({
    effect: "ask",
    by: "no rule of the policy fits, so a person is asked",
  });
});

test("the first rule that fits decides, and a deny that fits wins wherever it stands", () => {
  const rules = [
    { effect: "allow", topic: ["tmp-*"] },
    { effect: "ask", actions: ["Modify*"] },
    { effect: "allow", risk: ["write"] },
    { effect: "deny", risk: ["destroy"], why: "not by agents" },
  ];
  const of = (c: Change) => decide(policy({ rules }), c);
  expect(of(change())).toMatchObject({ effect: "ask", by: "rule 2 of the policy (ask)" });
  expect(of(change({ names: named("topic", "tmp-1") }))).toMatchObject({ effect: "allow" });
  expect(of(change({ action: "CreateTopic" }))).toMatchObject({ effect: "allow", by: "rule 3 of the policy (allow)" });
  expect(of(change({ level: "destroy", names: named("topic", "tmp-1") }))).toEqual({
    effect: "deny",
    by: "rule 4 of the policy (deny): not by agents",
  });
});

test("to be let through all names have to fit; to be denied one is enough; patterns are whole names", () => {
  const both = change({ names: [...named("instance", "ckafka-one"), ...named("topic", "tmp-1", "orders")] });
  expect(decide(policy({ rules: [{ effect: "allow", topic: ["tmp-*"] }] }), both).effect).toBe("ask");
  expect(decide(policy({ rules: [{ effect: "deny", topic: ["orders"] }] }), both).effect).toBe("deny");
  expect(decide(policy({ rules: [{ effect: "deny", topic: ["order"] }] }), both).effect).toBe("ask");
  expect(decide(policy({ rules: [{ effect: "deny", topic: ["o.*"] }] }), both).effect).toBe("ask");
  // A call that names no group does not fit a rule about groups.
  expect(decide(policy({ rules: [{ effect: "allow", group: ["*"] }] }), both).effect).toBe("ask");
});

test("rules look at region, profile, toolset and money", () => {
  const rules = [{ effect: "deny", regions: ["ap-*"], profiles: ["prod"], toolsets: ["topic"], risk: ["bills"] }];
  const hit = { profile: "prod", bills: true };
  expect(decide(policy({ rules }), change(hit)).effect).toBe("deny");
  for (const miss of [{ region: "eu-frankfurt" }, { profile: "dev" }, { toolset: "group" }, { bills: false }])
    expect(decide(policy({ rules }), change({ ...hit, ...miss })).effect).toBe("ask");
});

test("protected names and limits beat an allow", () => {
  const rules = [{ effect: "allow" }];
  expect(decide(policy({ rules, protected: { topic: ["orders"] } }), change())).toEqual({
    effect: "deny",
    by: "the policy protects topic orders",
  });
  expect(decide(policy({ rules, limits: { billing: "never" } }), change({ bills: true })).by).toMatch(
    /nothing that costs/,
  );
  expect(decide(policy({ rules, limits: { changesPerMinute: 5 } }), change({ lately: 5 })).by).toMatch(
    /5 changes a minute/,
  );
  expect(decide(policy({ rules, limits: { changesPerMinute: 5 } }), change({ lately: 4 })).effect).toBe("allow");
});

test("names are found however deep they stand, in texts and in lists", () => {
  const batch = { InstanceId: "i", Topic: [{ TopicName: "a" }, { TopicName: "b", Note: "x" }] };
  expect(byKind("BatchModifyTopicAttributes", batch)).toMatchObject({ instance: ["i"], topic: ["a", "b"] });
  const reset = { InstanceId: "i", Group: "g", Strategy: 0, Shift: 1, Topics: ["c"] };
  expect(byKind("ModifyGroupOffsets", reset)).toMatchObject({ instance: ["i"], topic: ["c"], group: ["g"] });
});

test.each([
  ["{", /is not JSON/],
  ['{"rules":[{"effect":"maybe"}]}', /rules\.0\.effect/],
  ['{"rules":[{"effect":"deny","topics":["a"]}]}', /unknown field topics \(did you mean topic\?\)/],
  ['{"limit":{}}', /unknown field limit \(did you mean limits\?\)/],
])("an unreadable policy is an error that names the place: %s", (content, why) => {
  const file = temporaryFile("policy.json", content);
  expect(() => readPolicy(file, kinds)).toThrow(PolicyError);
  expect(() => readPolicy(file, kinds)).toThrow(why);
});

describe("a server with a policy", () => {
  const served = async (content: object, args: string[] = []) => {
    const cloud = await sandbox(smallWorldWith({ max: { topics: 9, partitions: 20, groups: 9 } }));
    const file = temporaryFile("policy.json", JSON.stringify(content));
    return serve(cloud, { args: ["--policy", file, ...args], answer: agree });
  };
  const create = (TopicName: string) => ({ InstanceId: "ckafka-one", TopicName, PartitionNum: 1, ReplicaNum: 1 });
  const deletion = (TopicName: string) => ({ InstanceId: "ckafka-one", TopicName });
  const topics = async ({ call }: Awaited<ReturnType<typeof serve>>) =>
    (await call("DescribeTopic", { InstanceId: "ckafka-one" })).data.Result.TopicList.map(
      ({ TopicName }: { TopicName: string }) => TopicName,
    );

  test("lets through what a rule allows, without asking, and the audit names the rule", async () => {
    const state = temporaryFolder();
    const server = await served({ rules: [{ effect: "allow", topic: ["tmp-*"] }] }, ["--state-dir", state]);
    expect((await server.call("CreateTopic", create("tmp-one"))).isError).toBe(false);
    expect(server.forms).toEqual([]);
    const audit = readdirSync(join(state, "audit")).filter((name) => name.endsWith(".jsonl"));
    const lines = audit.flatMap((name) =>
      readFileSync(join(state, "audit", name), "utf8")
        .trim()
        .split("\n"),
    );
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: "approved", channel: "policy", by: "rule 1 of the policy (allow)" }),
    );
    // What no rule is about is asked as without a policy.
    expect((await server.call("CreateTopic", create("other"))).isError).toBe(false);
    expect(server.forms).toHaveLength(1);
    expect(await topics(server)).toEqual(expect.arrayContaining(["tmp-one", "other"]));
  });

  test("refuses what it denies or protects, without asking, and says which rule", async () => {
    const server = await served({
      rules: [
        { effect: "allow" },
        { effect: "deny", actions: ["Delete*"], topic: ["quiet"], why: "it is the archive" },
      ],
      protected: { topic: ["events"] },
    });
    for (const [name, why] of [
      ["quiet", /rule 2 of the policy \(deny\): it is the archive/],
      ["events", /the policy protects topic events/],
    ] as const) {
      const refused = await server.call("DeleteTopic", deletion(name));
      expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(why) });
    }
    expect(server.forms).toEqual([]);
    expect(await topics(server)).toEqual(expect.arrayContaining(["quiet", "events"]));
    expect((await server.call("DescribeTopicAttributes", deletion("events"))).isError).toBe(false);
  });

  test("does not widen --read-only, and keeps its limit of changes a minute", async () => {
    const open = { rules: [{ effect: "allow" }] };
    const reading = await served(open, ["--read-only", "--toolsets", "topic"]);
    await expect(reading.call("CreateTopic", create("tmp-one"))).rejects.toThrow(/--read-only/);
    expect(await topics(reading)).not.toContain("tmp-one");
    const limited = await served({ ...open, limits: { changesPerMinute: 1 } });
    expect((await limited.call("CreateTopic", create("one"))).isError).toBe(false);
    expect((await limited.call("CreateTopic", create("two"))).text).toMatch(/allows 1 changes? a minute/);
    expect(await topics(limited)).not.toContain("two");
  });
});

describe("policy explain", () => {
  const file = () =>
    temporaryFile("policy.json", '{"rules":[{"effect":"deny","risk":["destroy"],"why":"people only"}]}');
  const run = (...args: string[]) => command(["policy", ...args]);
  const deletion = '{"InstanceId":"ckafka-one","TopicName":"events"}';

  test.each([
    ["DeleteTopic", deletion, "DeleteTopic (destroy: loses) is refused: rule 1 of the policy (deny): people only.\n"],
    ["DescribeTopic", '{"InstanceId":"ckafka-one"}', "DescribeTopic only reads, and no rule denies it: it runs.\n"],
    [
      "ModifyTopicAttributes",
      '{"InstanceId":"ckafka-one","TopicName":"events","Note":"x"}',
      "ModifyTopicAttributes (write) is asked about: no rule of the policy fits, so a person is asked.\n",
    ],
  ])("%s", async (action, args, answer) => {
    const region = ["--region", "ap-guangzhou"];
    expect(await run("explain", action, args, "--policy", file(), ...region)).toMatchObject({
      code: 0,
      stdout: answer,
    });
  });

  test("says where it was not told the region, and that nothing loosens --read-only", async () => {
    const rules = temporaryFile("policy.json", '{"rules":[{"effect":"allow","regions":["ap-guangzhou"]}]}');
    const creation = '{"InstanceId":"ckafka-one","TopicName":"t","PartitionNum":1,"ReplicaNum":1}';
    const explain = async (...args: string[]) =>
      (await run("explain", "CreateTopic", creation, "--policy", rules, ...args)).stdout;
    expect(await explain()).toMatch(
      /is asked about: no rule .*\nNo region was given \(--region\), so no rule by region fits\./,
    );
    expect(await explain("--region", "ap-guangzhou")).toMatch(/runs without asking: rule 1/);
    expect(await explain("--region", "ap-guangzhou", "--read-only")).toMatch(
      /is refused: --read-only, which no policy/,
    );
  });

  test.each([
    [["explain", "DeleteTopik", "--policy", "p"], /did you mean DeleteTopic/],
    [["explain", "DeleteTopic", deletion], /needs a file/],
    [["explain", "DeleteTopic", deletion, "--policy", "/nonexistent"], /\/nonexistent cannot be read/],
    [["show"], /policy takes/],
  ])("%j is a mistake", async (args, why) => {
    expect(await run(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(why) });
  });
});

test("names are found one by one, in lists of every form, and as what their resource is", () => {
  const source = { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: "ckafka-i", Topic: "a, b" } };
  expect(byKind("CreateDatahubTask", { TaskName: "t", TaskType: "SOURCE", SourceResource: source })).toMatchObject({
    instance: ["ckafka-i"],
    topic: ["a", "b"],
  });
  const acl = (input: object) => byKind("CreateAcl", { InstanceId: "i", Operation: 3, PermissionType: 3, ...input });
  expect(acl({ ResourceType: 2, ResourceNameList: '["a","p\\u0061y"]' })).toMatchObject({
    topic: ["a", "pay"],
    group: [],
  });
  expect(acl({ ResourceType: 3, ResourceName: "g" })).toMatchObject({ topic: [], group: ["g"] });
  expect(acl({ ResourceType: 4, ResourceName: "" })).toMatchObject({ topic: [], group: [] });
});

test.each([
  [
    { instance: ["prod"] },
    /rules\.0\.instance: prod can never fit: every instance goes by an id that begins with ckafka-/,
  ],
  [{ actions: ["DeleteTopik"] }, /rules\.0\.actions: nothing is called DeleteTopik \(did you mean DeleteTopic\?\)/],
  [{ toolsets: ["groups"] }, /rules\.0\.toolsets: nothing is called groups \(did you mean group\?\)/],
  [{ regions: ["shanghai"] }, /rules\.0\.regions: nothing is called shanghai/],
])("a rule about %j stops the start", async (rule, why) => {
  const policy = temporaryFile("policy.json", JSON.stringify({ rules: [{ effect: "deny", ...rule }] }));
  const { code, stderr } = await command(["--sandbox", "--policy", policy]);
  expect(code).toBe(2);
  expect(stderr).toMatch(why);
});

test("a server with a policy that does not hold does not start", async () => {
  const args = ["--sandbox", "--policy", temporaryFile("policy.json", '{"rule":[]}')];
  expect(await command(args)).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/unknown field rule \(did you mean rules\?\)/),
  });
});

test("the schema that ships takes what the server takes", () => {
  const schema = JSON.parse(readFileSync(inRoot("dist/policy.schema.json"), "utf8"));
  const check = new Ajv({ strict: true }).compile(schema);
  expect(check({ rules: [{ effect: "deny", topic: ["a"] }], limits: { billing: "never" } })).toBe(true);
  expect(check({ rules: [{ effect: "deny", topics: ["a"] }] })).toBe(false);
});

describe("names behind tasks and connections", () => {
  const { "ap-guangzhou": region } = smallWorldWith({}).regions;
  const [instance] = region.instances;
  const to = (id: string, Resource: string) => ({
    ...{ id, name: id, type: "KAFKA" },
    settings: { KafkaConnectParam: { SelfBuilt: false, Resource } },
  });
  const world = {
    ...smallWorldWith({}),
    regions: {
      "ap-guangzhou": {
        ...region,
        instances: [instance, { ...instance, id: "ckafka-two", topics: [], groups: [], dataHubs: {} }],
        connections: [to("resource-one", "ckafka-one"), to("resource-two", "ckafka-two")],
        tasks: [
          {
            ...{ id: "task-out", name: "out", type: "SINK" },
            source: { Type: "KAFKA", KafkaParam: { SelfBuilt: false, Resource: "ckafka-one", Topic: "events" } },
            target: { Type: "COS", CosParam: { BucketName: "b", Region: "ap-guangzhou" } },
          },
        ],
      },
    },
  };
  const served = async (content: object) => {
    const file = temporaryFile("policy.json", JSON.stringify({ rules: [{ effect: "allow" }], ...content }));
    return serve(await sandbox(world), { args: ["--policy", file], answer: agree });
  };
  const sync = { TaskName: "plan", SourceResourceId: "resource-one", TargetResourceId: "resource-two" };

  test.each([
    [
      "a topic that a task reads",
      { topic: ["events"] },
      "PauseDatahubTask",
      { TaskId: "task-out" },
      /protects topic events/,
    ],
    [
      "an instance behind a task",
      { instance: ["ckafka-one"] },
      "DeleteDatahubTask",
      { TaskId: "task-out" },
      /protects instance ckafka-one/,
    ],
    [
      "an instance behind a connection",
      { instance: ["ckafka-two"] },
      "CreateMetaSyncDatahubTask",
      sync,
      /protects instance ckafka-two/,
    ],
    [
      "topics that a sync takes all of",
      { topic: ["payments"] },
      "CreateMetaSyncDatahubTask",
      sync,
      /protects topic \(all of them\)/,
    ],
    [
      "an instance to which a connection leads",
      { instance: ["ckafka-one"] },
      "ModifyConnectResource",
      { ResourceId: "resource-one", ResourceName: "x" },
      /protects instance ckafka-one/,
    ],
  ] as const)("%s is protected", async (_, guarded, action, args, why) => {
    const { call, forms } = await served({ protected: guarded });
    const refused = await call(action, args as Record<string, unknown>);
    expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(why) });
    expect(forms).toEqual([]);
  });

  test("what stands behind something else is let through", async () => {
    const { call } = await served({ protected: { topic: ["quiet"], instance: ["ckafka-two"] } });
    expect((await call("PauseDatahubTask", { TaskId: "task-out" })).isError).toBe(false);
    expect((await call("ModifyConnectResource", { ResourceId: "resource-one", ResourceName: "x" })).isError).toBe(
      false,
    );
  });
});
