// What a person sees before it changes who may do what.
import type { OutputOf, Previews, Reader } from "../../../src/model/action.ts";
import { Refusal } from "../../../src/model/errors.ts";
import type { Actions } from "../actions.ts";
import { every, some, unseen } from "../previews/lines.ts";
import type { acl } from "./actions.ts";

type Read = Reader<Actions>;
type Acl = OutputOf<Actions["DescribeACL"]>["Result"]["AclList"][number];

const OPERATIONS: Record<number, string> = {
  2: "everything",
  3: "read",
  4: "write",
  5: "create",
  6: "delete",
  7: "alter",
  8: "describe",
  9: "cluster action",
  10: "describe configs",
  11: "alter configs",
  12: "idempotent write",
};
const RESOURCES: Record<number, string> = { 2: "topic", 3: "group", 4: "cluster" };
const MOST = 50;

const worded = (permission: string, principal: string, operation: string, host: string) =>
  `${permission} ${principal === "User:*" ? "everybody" : principal} ${operation}${host === "*" ? "" : ` from ${host}`}`;
const aclWords = (acl: Pick<Acl, "PermissionType" | "Principal" | "Operation" | "Host">) =>
  worded(
    acl.PermissionType === 2 ? "deny" : "allow",
    acl.Principal,
    OPERATIONS[acl.Operation] ?? `operation ${acl.Operation}`,
    acl.Host,
  );
const ruleWords = (rule: { PermissionType: string; Principal: string; Operation: string; Host: string }) =>
  worded(rule.PermissionType.toLowerCase(), rule.Principal, rule.Operation.toLowerCase(), rule.Host);
const resourceWords = (type: number, name: string) => (type === 4 ? "the cluster" : `${RESOURCES[type]} ${name}`);

/** The ACLs of one resource, and whether these are all. */
async function aclsOf(read: Read, InstanceId: string, ResourceType: 2 | 3 | 4, ResourceName: string) {
  const { Result } = await read("DescribeACL", {
    InstanceId,
    ResourceType,
    ...(ResourceName === "" ? {} : { ResourceName }),
    Limit: MOST,
  });
  return { acls: Result.AclList, total: Result.TotalCount };
}

/** What rules allow and deny on a resource; they cover topics only. */
async function byRules(read: Read, InstanceId: string, type: 2 | 3 | 4, name: string): Promise<string[]> {
  if (type !== 2) return [];
  const { Result } = await read("DescribeTopicAttributes", { InstanceId, TopicName: name });
  return Result.AclRuleList.map((rule) => `${entries(rule.AclList)} (rule ${rule.RuleName})`);
}

type Entry = Pick<Acl, "PermissionType" | "Principal" | "Operation" | "Host">;
const same = (a: Entry, b: Entry) =>
  a.PermissionType === b.PermissionType &&
  a.Principal === b.Principal &&
  a.Operation === b.Operation &&
  a.Host === b.Host;

/** What is in force, and what a new allowing ACL comes to: only the first closes a resource to the others. */
async function today(read: Read, InstanceId: string, type: 2 | 3 | 4, name: string, allows: boolean) {
  const { acls, total } = await aclsOf(read, InstanceId, type, name);
  const all = [...acls.map(aclWords), ...(await byRules(read, InstanceId, type, name))];
  const where = resourceWords(type, name);
  if (all.length === 0)
    return {
      acls,
      line: `Today ${where} has no ACL: everybody may use it.${allows ? " Then only those may who are allowed." : ""}`,
    };
  const closed = allows && all.some((words) => words.startsWith("allow ")) ? " Nobody loses access by one more." : "";
  const more = total > acls.length ? `; and ${total - acls.length} more` : "";
  return { acls, line: `Today on ${where}: ${all.join("; ")}${more}.${closed}` };
}

/** @throws Refusal where there is none */
async function ruleOf(read: Read, InstanceId: string, RuleName: string) {
  const { Result } = await read("DescribeAclRule", { InstanceId, RuleName });
  const found = Result.AclRuleList.find((rule) => rule.RuleName === RuleName);
  if (!found) throw new Refusal(`there is no ACL rule ${RuleName} on ${InstanceId}; DescribeAclRule lists them`);
  return found;
}

/** A rule's ACLs in words; as they came where they cannot be read. */
function entries(json: string): string {
  try {
    const list = JSON.parse(json) as Record<"host" | "operation" | "permissionType" | "principal", string>[];
    return list
      .map((e) => worded(e.permissionType.toLowerCase(), e.principal, e.operation.toLowerCase(), e.host))
      .join("; ");
  } catch {
    return json;
  }
}

/** Reading each topic takes time; of many, the first must do. */
const LOOKED_AT = 20;
/** Those of some topics that nothing closes today. */
async function openOf(read: Read, InstanceId: string, names: string[]): Promise<string[]> {
  const open: string[] = [];
  for (const name of names) {
    const { total } = await aclsOf(read, InstanceId, 2, name);
    if (total === 0 && (await byRules(read, InstanceId, 2, name)).length === 0) open.push(name);
  }
  return open;
}

/** The type of a route that the internet reaches. */
const PUBLIC = 1;

export const aclPreviews: Previews<typeof acl, Actions> = {
  CreateAcl: async (input, read) => {
    const { InstanceId, ResourceType, ResourceName = "", ResourceNameList } = input;
    const names = ResourceNameList ? (JSON.parse(ResourceNameList) as string[]) : [ResourceName];
    const { Principal = "User:*", Host = "*" } = input;
    const lines = [];
    let there = 0;
    for (const name of names) {
      const { acls, line } = await today(read, InstanceId, ResourceType, name, input.PermissionType === 3);
      if (Host.split(";").every((host) => acls.some((acl) => same(acl, { ...input, Principal, Host: host.trim() }))))
        there += 1;
      lines.push(line);
    }
    if (there === names.length)
      throw new Refusal(`this ACL is there already: ${aclWords({ ...input, Principal, Host })}; DescribeACL shows it`);
    return [...lines, `Adds: ${aclWords({ ...input, Principal, Host })}.`];
  },
  BatchCreateAcl: async ({ InstanceId, ResourceType, ResourceNames, RuleList }, read) => {
    const lines = [];
    const allows = RuleList.every((rule) => rule.PermissionType === "Allow");
    for (const name of ResourceNames) lines.push((await today(read, InstanceId, ResourceType, name, allows)).line);
    return [...lines, `Adds to each: ${RuleList.map(ruleWords).join("; ")}.`];
  },
  DeleteAcl: async (input, read) => {
    const { InstanceId, ResourceType, ResourceName, Principal = "User:*", Host = "*" } = input;
    const { acls, total } = await aclsOf(read, InstanceId, ResourceType, ResourceName);
    const gone = { ...input, Principal, Host };
    const hosts = Host.split(";").map((host) => host.trim());
    const where = resourceWords(ResourceType, ResourceName);
    const rest = acls.filter((a) => !hosts.some((host) => same(a, { ...gone, Host: host })));
    if (rest.length === acls.length && total === acls.length)
      throw new Refusal(`there is no such ACL on ${where}: ${aclWords(gone)}; DescribeACL lists them`);
    const kept = [...rest.map(aclWords), ...(await byRules(read, InstanceId, ResourceType, ResourceName))];
    if (total > acls.length) kept.push(`and ${total - acls.length} more`);
    const stays = kept.length > 0 ? `Stays on ${where}: ${kept.join("; ")}.` : `Then everybody may use ${where}.`;
    return [`Removes from ${where}: ${aclWords(gone)}.`, stays];
  },
  CreateAclRule: async ({ InstanceId, PatternType, Pattern = "", RuleName, RuleList, IsApplied }, read) => {
    const { Result: there } = await read("DescribeAclRule", { InstanceId, RuleName });
    if (there.AclRuleList.some((rule) => rule.RuleName === RuleName))
      throw new Refusal(`${InstanceId} has an ACL rule ${RuleName} already; DescribeAclRule shows it`);
    const adds = `Rule ${RuleName}: ${RuleList.map(ruleWords).join("; ")}.`;
    if (PatternType === "PRESET")
      return [adds, IsApplied === 1 ? "Every new topic applies it." : "Applies to no topic until one names it."];
    const { items, beyond } = await every(async (Offset) => {
      const asked = { InstanceId, SearchWord: Pattern, Limit: 1000, Offset };
      const { Result } = await read("DescribeTopicDetail", asked);
      return { items: Result.TopicList, total: Result.TotalCount };
    });
    const names = items.map((t) => t.TopicName).filter((name) => name.startsWith(Pattern));
    if (names.length === 0) return [adds, `No topic begins with ${Pattern} today; later ones may.`];
    const allows = RuleList.some((rule) => rule.PermissionType === "Allow");
    const open = allows ? await openOf(read, InstanceId, names.slice(0, LOOKED_AT)) : [];
    const closed = open.length > 0 ? [`Open to everybody today, then only to those allowed: ${open.join(", ")}.`] : [];
    const rest = allows && names.length > LOOKED_AT ? [`Only the first ${LOOKED_AT} were looked at for that.`] : [];
    return [adds, `Covers at once: ${some(names)}.`, ...closed, ...rest, ...unseen(beyond, "topic")];
  },
  ModifyAclRule: async ({ InstanceId, RuleName, IsApplied = 0 }, read) => {
    const rule = await ruleOf(read, InstanceId, RuleName);
    if (rule.PatternType === "PREFIXED")
      throw new Refusal(`rule ${RuleName} goes by prefix; only presets can be changed`);
    if ((rule.IsApplied === 1) === (IsApplied === 1))
      throw new Refusal(
        `nothing would change: new topics ${IsApplied === 1 ? "" : "do not "}apply rule ${RuleName} already`,
      );
    return [
      `Rule ${RuleName}: ${entries(rule.AclList)}.`,
      `New topics apply it: ${rule.IsApplied === 1 ? "yes" : "no"} → ${IsApplied === 1 ? "yes" : "no"}.`,
    ];
  },
  DeleteAclRule: async ({ InstanceId, RuleName }, read) => {
    const rule = await ruleOf(read, InstanceId, RuleName);
    const kind = rule.PatternType === "PREFIXED" ? `for topics that begin with ${rule.Pattern}` : "preset";
    const example = rule.TopicName ? ` (${rule.TopicName} is one)` : "";
    return [
      `Rule ${RuleName} (${kind}): ${entries(rule.AclList)}.`,
      `Topics it covers today: ${rule.TopicCount}${example}. Those without another ACL are then open to everybody.`,
    ];
  },
  ModifyAccessPolicy: async ({ InstanceId, RouteId, IpWhitelist = [] }, read) => {
    const { Result: shown } = await read("DescribeRoute", { InstanceId, RouteId, MainRouteFlag: true });
    if (shown.Routers.some((route) => route.RouteId === RouteId && route.VipType !== PUBLIC))
      throw new Refusal(`route ${RouteId} is not public, and only public routes have an IP allow list`);
    const { Result } = await read("DescribeAccessPolicy", { InstanceId, RouteId });
    const before = (Result.IpWhitelist ?? []).map((entry) => entry.CidrBlock ?? "");
    const after = IpWhitelist.map((entry) => entry.CidrBlock ?? "");
    const show = (blocks: string[]) => blocks.join(", ") || "none";
    return [
      `Public route ${RouteId}, allowed today: ${show(before)}.`,
      `Removed: ${show(before.filter((block) => !after.includes(block)))}.`,
      `Added: ${show(after.filter((block) => !before.includes(block)))}.`,
      ...(after.length === 0
        ? ["The list is then empty; whether that admits nobody or everybody is not documented."]
        : []),
    ];
  },
};
