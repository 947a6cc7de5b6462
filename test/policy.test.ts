import { expect, test } from "vitest";
import { type Change, decide, namesIn, PolicyError, policyModel, readPolicy } from "../src/guard/policy.ts";
import { product } from "../tools/product.ts";
import { temporaryFile } from "./harness.ts";

const kinds = Object.keys(product.kinds);
const policy = (content: object) => policyModel(kinds).parse(content);
const change = (changes: Partial<Change> & { level?: "write" | "destroy"; bills?: boolean } = {}): Change => {
  const { level = "write", bills = false, ...rest } = changes;
  return {
    action: "ModifyTopicAttributes",
    toolset: "topic",
    region: "ap-guangzhou",
    profile: "default",
    risk: { level, bills, subject: "orders", loses: level === "destroy" ? "all" : undefined },
    names: { instance: ["ckafka-one"], topic: ["orders"], group: [] },
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
  expect(of(change({ names: { instance: [], topic: ["tmp-1"], group: [] } }))).toMatchObject({ effect: "allow" });
  expect(of(change({ action: "CreateTopic" }))).toMatchObject({ effect: "allow", by: "rule 3 of the policy (allow)" });
  expect(of(change({ level: "destroy", names: { instance: [], topic: ["tmp-1"], group: [] } }))).toEqual({
    effect: "deny",
    by: "rule 4 of the policy (deny): not by agents",
  });
});

test("to be let through all names have to fit; to be denied one is enough; patterns are whole names", () => {
  const both = change({ names: { instance: ["ckafka-one"], topic: ["tmp-1", "orders"], group: [] } });
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
  const input = {
    InstanceId: "i",
    Topic: [{ TopicName: "a" }, { TopicName: "b", Note: "x" }],
    Topics: ["c"],
    Group: "g",
  };
  expect(namesIn(input, product.kinds)).toMatchObject({ instance: ["i"], topic: ["a", "b", "c"], group: ["g"] });
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
