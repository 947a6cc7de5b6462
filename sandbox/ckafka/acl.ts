import type { Fakes } from "../../src/model/action.ts";
import type { acl as models } from "../../tools/ckafka/acl/actions.ts";
import { Fault } from "../state/fault.ts";
import {
  type Acl,
  type AclRule,
  type Instance,
  nextNumber,
  openInstance,
  runningInstance,
  type Scope,
  type Topic,
  topicOf,
} from "../state/store.ts";
import { BEIJING, done, matches, page } from "./answers.ts";
import { allowList, routeOf } from "./route.ts";

export const RESOURCE = { topic: 2, group: 3, cluster: 4 };
const MOST_ACLS = 100;
const MOST_RULES = 5;
/** The one name that Kafka gives to the cluster as a resource. */
const CLUSTER = "kafka-cluster";
const OPERATION = { All: 2, Read: 3, Write: 4 };
const PERMISSION = { Deny: 2, Allow: 3 };

/** Thu Jun 06 13:07:13 CST 2024, as the API writes the times of rules. */
function longTime(ms: number): string {
  const [day, date, month, year, time] = new Date(ms + BEIJING).toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${date} ${time} CST ${year}`;
}

const covers = (rule: AclRule, topic: Topic) =>
  rule.prefix === null ? topic.acl.on && topic.acl.rules.includes(rule.name) : topic.name.startsWith(rule.prefix);

/** The rules that apply to a topic: by its name, or because it applies a preset. */
export const rulesOf = ({ access }: Instance, topic: Topic) => access.aclRules.filter((rule) => covers(rule, topic));

export function ruleShown(instance: Instance, rule: AclRule, simplified = false) {
  const topics = instance.topics.filter((topic) => covers(rule, topic));
  const entries = rule.entries.map(({ Operation, PermissionType, Host, Principal }) => ({
    host: Host,
    operation: Operation,
    permissionType: PermissionType,
    principal: Principal,
  }));
  return {
    RuleName: rule.name,
    InstanceId: instance.id,
    PatternType: rule.prefix === null ? "PRESET" : "PREFIXED",
    Pattern: rule.prefix ?? "",
    ResourceType: "Topic",
    AclList: simplified ? "" : JSON.stringify(entries),
    CreateTimeStamp: longTime(rule.created),
    IsApplied: Number(rule.forNewTopics),
    UpdateTimeStamp: longTime(rule.updated),
    Comment: rule.comment,
    TopicName: simplified ? "" : (topics[0]?.name ?? ""),
    TopicCount: topics.length,
    PatternTypeTitle: rule.prefix === null ? "Preset" : "Prefix",
  };
}

function ruleOf({ id, access }: Instance, name: string): AclRule {
  const found = access.aclRules.find((r) => r.name === name);
  if (!found) throw new Fault("InvalidParameterValue", `ACL rule ${name} does not exist on ${id}`);
  return found;
}

export function presetOf(instance: Instance, name: string): AclRule {
  const found = ruleOf(instance, name);
  if (found.prefix !== null)
    throw new Fault("InvalidParameterValue", `ACL rule ${name} goes by prefix; it is no preset`);
  return found;
}

export function forgetAcls({ access }: Instance, gone: (acl: Acl) => boolean) {
  access.acls = access.acls.filter((acl) => !gone(acl));
}

/** Only users of the instance, or all of them, can be named. */
function requireUser({ id, access }: Instance, principal: string) {
  if (principal === "User:*" || access.users.some((u) => `User:${u.name}` === principal)) return;
  throw new Fault("InvalidParameter", `${principal} is no user of ${id}; write User: and a user's name, or User:*`);
}

const same = (a: Acl, b: Acl) =>
  a.type === b.type &&
  a.resource === b.resource &&
  a.principal === b.principal &&
  a.host === b.host &&
  a.operation === b.operation &&
  a.permission === b.permission;

/** ACLs as a request describes them: one for each resource and host, however often they are named. */
function expand(type: number, resources: string[], given: Omit<Acl, "type" | "resource">): Acl[] {
  const named = type === RESOURCE.cluster ? [CLUSTER] : [...new Set(resources)];
  const hosts = new Set(given.host.split(";").map((host) => host.trim()));
  hosts.delete("");
  return named.flatMap((resource) => [...hosts].map((host) => ({ ...given, type, resource, host })));
}

function add(instance: Instance, acls: Acl[]) {
  // ACLs may be there before a group first connects, but not before their topic.
  for (const acl of acls) if (acl.type === RESOURCE.topic) topicOf(instance, acl.resource);
  for (const acl of acls) requireUser(instance, acl.principal);
  if (instance.access.acls.length + acls.length > MOST_ACLS)
    throw new Fault("LimitExceeded", `an instance can have ${MOST_ACLS} ACLs; it has ${instance.access.acls.length}`);
  instance.access.acls.push(...acls);
}

function names(json: string): string[] {
  try {
    const list: unknown = JSON.parse(json);
    if (Array.isArray(list) && list.length > 0) return list.map(String);
  } catch {}
  throw new Fault("InvalidParameter", `ResourceNameList ${json} is not a list of names in JSON`);
}

export const acl: Fakes<typeof models, Scope> = {
  DescribeACL: (scope, { InstanceId, ResourceType, ResourceName, Offset, Limit, SearchWord }) => {
    const { access } = openInstance(scope, InstanceId);
    const found = access.acls.filter(
      (a) =>
        a.type === ResourceType &&
        (!ResourceName || a.type === RESOURCE.cluster || a.resource === ResourceName) &&
        [a.resource, a.principal, a.host].some((text) => matches(text, SearchWord)),
    );
    const AclList = page(found, Offset, Limit ?? 50).map((a) => ({
      ResourceType: a.type,
      ResourceName: a.resource,
      Principal: a.principal,
      Host: a.host,
      Operation: a.operation,
      PermissionType: a.permission,
    }));
    return { Result: { TotalCount: found.length, AclList } };
  },
  DescribeAclRule: (scope, { InstanceId, RuleName, PatternType, IsSimplified }) => {
    const instance = openInstance(scope, InstanceId);
    const rules = instance.access.aclRules.filter(
      (r) =>
        (RuleName === undefined || r.name === RuleName) &&
        (PatternType === undefined || (r.prefix === null ? "PRESET" : "PREFIXED") === PatternType),
    );
    const AclRuleList = rules.map((rule) => ruleShown(instance, rule, IsSimplified));
    return { Result: { TotalCount: rules.length, AclRuleList } };
  },
  DescribeAccessPolicy: (scope, { InstanceId, RouteId }) => {
    const { allowList } = routeOf(openInstance(scope, InstanceId), RouteId);
    return { Result: { TotalCount: allowList.length, IpWhitelist: allowList } };
  },
  CreateAcl: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    if (input.ResourceName && input.ResourceNameList)
      throw new Fault("InvalidParameter", "only one of ResourceName and ResourceNameList can be given");
    const resources = input.ResourceNameList ? names(input.ResourceNameList) : [input.ResourceName ?? ""];
    if (input.ResourceType !== RESOURCE.cluster && resources.includes(""))
      throw new Fault("InvalidParameter", "ResourceName is missing");
    const acls = expand(input.ResourceType, resources, {
      principal: input.Principal ?? "User:*",
      host: input.Host ?? "*",
      operation: input.Operation,
      permission: input.PermissionType,
    });
    const known = acls.find((acl) => instance.access.acls.some((other) => same(acl, other)));
    if (known) throw new Fault("InvalidParameterValue.RepetitionValue", `the ACL on ${known.resource} exists already`);
    add(instance, acls);
    return done(true);
  },
  // What exists already is left as it is.
  BatchCreateAcl: (scope, { InstanceId, ResourceNames, RuleList }) => {
    const instance = runningInstance(scope, InstanceId);
    const acls = RuleList.flatMap(({ Operation, PermissionType, Host, Principal }) => {
      const [operation, permission] = [OPERATION[Operation], PERMISSION[PermissionType]];
      return expand(RESOURCE.topic, ResourceNames, { principal: Principal, host: Host, operation, permission });
    });
    add(
      instance,
      acls.filter((acl) => !instance.access.acls.some((other) => same(acl, other))),
    );
    return { Result: 0 };
  },
  DeleteAcl: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    const gone = expand(input.ResourceType, [input.ResourceName], {
      principal: input.Principal ?? "User:*",
      host: input.Host ?? "*",
      operation: input.Operation,
      permission: input.PermissionType,
    });
    const before = instance.access.acls.length;
    forgetAcls(instance, (acl) => gone.some((other) => same(acl, other)));
    if (instance.access.acls.length === before)
      throw new Fault("FailedOperation", `no ACL on ${input.ResourceName || CLUSTER} has these values`);
    return done(true);
  },
  CreateAclRule: (scope, input) => {
    const instance = runningInstance(scope, input.InstanceId);
    const { aclRules } = instance.access;
    const prefix = input.PatternType === "PREFIXED" ? (input.Pattern as string) : null;
    if (aclRules.some((r) => r.name === input.RuleName))
      throw new Fault("InvalidParameterValue.RepetitionValue", `ACL rule ${input.RuleName} exists already`);
    if (aclRules.filter((r) => (r.prefix === null) === (prefix === null)).length >= MOST_RULES)
      throw new Fault("LimitExceeded", `an instance can have ${MOST_RULES} ${input.PatternType} rules`);
    for (const entry of input.RuleList) requireUser(instance, entry.Principal);
    const id = nextNumber(instance);
    aclRules.push({
      id,
      name: input.RuleName,
      prefix,
      entries: input.RuleList,
      forNewTopics: prefix === null && input.IsApplied === 1,
      comment: input.Comment ?? "",
      created: scope.now,
      updated: scope.now,
    });
    return { Result: id };
  },
  ModifyAclRule: (scope, { InstanceId, RuleName, IsApplied }) => {
    const rule = presetOf(runningInstance(scope, InstanceId), RuleName);
    rule.forNewTopics = IsApplied === 1;
    rule.updated = scope.now;
    return { Result: rule.id };
  },
  DeleteAclRule: (scope, { InstanceId, RuleName }) => {
    const instance = runningInstance(scope, InstanceId);
    const rule = ruleOf(instance, RuleName);
    instance.access.aclRules = instance.access.aclRules.filter((other) => other !== rule);
    for (const { acl } of instance.topics) {
      if (!acl.rules.includes(RuleName)) continue;
      acl.rules = acl.rules.filter((name) => name !== RuleName);
      acl.on = acl.rules.length > 0;
    }
    return { Result: rule.id };
  },
  ModifyAccessPolicy: (scope, { InstanceId, RouteId, IpWhitelist }) => {
    const route = routeOf(runningInstance(scope, InstanceId), RouteId);
    route.allowList = allowList(route.vipType, IpWhitelist);
    return { Result: "Succeed" };
  },
};
