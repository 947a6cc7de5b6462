// Who may do what: ACLs of single resources, rules for many topics, and the allow list of a public route.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import {
  codes,
  flag,
  foreign,
  integer,
  meant,
  name,
  names,
  text,
  total,
  type Words,
} from "../../../src/model/field.ts";
import { field, type Line, quoted, say, together } from "../../../src/model/line.ts";
import {
  acknowledged,
  aclRule,
  InstanceId,
  IpWhitelist,
  isRange,
  limit,
  list,
  Offset,
  RouteId,
  Succeeded,
  shape,
} from "../fields.ts";
import {
  AnyOperation,
  AnyPermission,
  AnyResource,
  Applied,
  Operations,
  ofResource,
  Patterns,
  Permissions,
  Resources,
  RuleOperations,
  RulePermissions,
} from "./codes.ts";

/** 2 topic, 3 group, … */
const listed = (words: Words) =>
  Object.entries(words)
    .map(([code, word]) => `${code} ${word}`)
    .join(", ");
const ResourceType = Resources.field(
  "Kind of what the ACL (an entry that allows or denies access) is on; the cluster is the whole instance.",
  { brief: listed(Resources.words) },
);
// Empty where it is the cluster, so no name of at least one character.
const resourceName = (about: string) =>
  meant<string, string>(
    z.string(),
    { is: "name", of: ofResource, form: "one", brief: "Empty for cluster" },
    `${about} Left empty for the cluster.`,
  );
const ResourceName = resourceName("Name of the topic or consumer group that the ACL is on.");
const kinds =
  "Reading is consuming, writing is producing, idempotent without duplicates; alter and describe are about the resource itself, configs about its settings.";
const Operation = Operations.field(`What the ACL allows or denies. ${kinds}`, { brief: listed(Operations.words) });
const PermissionType = Permissions.field(
  "Whether the ACL refuses the operation or permits it. So far CKafka supports allow only; deny is meant for later.",
  { brief: "3 allow; deny (2) not supported yet" },
);
const PRINCIPAL = /^User:/;
const principal = (about: string, brief?: string) =>
  meant<string, string>(
    z.string().regex(PRINCIPAL, "must start with User:, like User:alice or User:*"),
    { is: "plain", ...(brief ? { brief } : {}) },
    about,
  );
/** Text of a result, which can be empty. */
const said = (about: string) => meant<string, string>(z.string(), { is: "plain" }, about);
const RuleName = name("rule", "Name of the ACL rule (a set of ACLs for many topics); DescribeAclRule lists the rules.");
const PatternType = Patterns.field(
  "PREFIXED applies to every topic whose name begins with Pattern, PRESET to topics that name the rule.",
  { brief: "PRESET applies where topics name it" },
);
const IsApplied = Applied.field(
  "Whether topics that are created later come under this preset rule by themselves: 1 yes, 0 no; default 0.",
  { brief: "1 applies to new topics; default 0" },
);
const RuleList = list(
  shape({
    Operation: RuleOperations.field("What is allowed or denied: All operations, Read or Write."),
    PermissionType: RulePermissions.field("Whether it is refused (Deny) or permitted (Allow)."),
    Host: text("From where the client connects: an IP address, or *, which is anywhere."),
    Principal: principal("Who: User: and a user's name, like User:alice; User:* is everybody."),
  }),
  "Principal User:name or User:*; Host IP or *.\nThe ACLs: who may or may not do what, and from where.",
);

interface Grant {
  denies: boolean;
  /** The operation in words. */
  does: string;
  Host?: string | undefined;
  Principal?: string | undefined;
}
/**
 * Whom new ACLs shut out. A resource is open to everybody until its first ACL allows somebody; from then on it is closed
 * to whoever no ACL allows. Only an ACL that allows everybody everything shuts nobody out.
 */
function lockout(grants: Grant[]): Line | undefined {
  const open = ({ denies, does, Host = "*", Principal = "User:*" }: Grant) =>
    !denies && does === "all" && Host === "*" && Principal === "User:*";
  const losses: Line[] = [];
  if (grants.some((g) => g.denies)) losses.push(say`those denied are locked out`);
  if (grants.some((g) => !g.denies) && !grants.some(open))
    losses.push(say`where it is the first to allow anybody, whoever no ACL allows is locked out`);
  return together(losses);
}
/** Who may do what then, as far as it is not closed to them today by nothing. */
function opening(grants: Grant[]): Line | undefined {
  return together(
    grants
      .filter(({ denies }) => !denies)
      .map(({ does, Host = "*", Principal = "User:*" }) => {
        const whom = Principal === "User:*" ? say`everybody` : [quoted(Principal)];
        return say`${does === "all" ? say`everything` : [field(does)]} to ${whom}${Host === "*" ? [] : say` from ${quoted(Host)}`}`;
      }),
  );
}
const grants = (rules: z.output<typeof RuleList>): Grant[] =>
  rules.map((r) => ({ ...r, denies: r.PermissionType === "Deny", does: RuleOperations.words[r.Operation] }));
const grant = (input: {
  PermissionType: 2 | 3;
  Operation: keyof typeof Operations.words;
  Host?: string | undefined;
  Principal?: string | undefined;
}): Grant[] => [{ ...input, denies: input.PermissionType === 2, does: Operations.words[input.Operation] }];

/** The names in a list as JSON text; undefined where it is none. */
export function namesIn(json: string): string[] | undefined {
  try {
    const names: unknown = JSON.parse(json);
    return Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "") ? names : undefined;
  } catch {
    return undefined;
  }
}
/** What a person types: the one resource's name; of several, and of the cluster, the instance's id. */
const named = (InstanceId: string, names: (string | undefined)[]) => (names.length === 1 && names[0]) || InstanceId;

export const acl = domain({
  DescribeACL: {
    effect: "read",
    bills: false,
    perSecond: 100,
    about: "List ACLs. Resources without any are open to all.",
    input: shape({
      InstanceId,
      ResourceType,
      ResourceName: ResourceName.optional(),
      Offset: Offset.optional(),
      Limit: limit(50, 50).optional(),
      SearchWord: text("A keyword that the ACLs must match.", { deprecated: "use ResourceName" }).optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: total("AclList"),
        AclList: z.array(
          z.object({
            ResourceType: AnyResource.open("Kind of what the ACL is on."),
            ResourceName: meant<string, string>(
              z.string(),
              { is: "name", of: ofResource, form: "one" },
              "Name of the topic or group.",
            ),
            Principal: said("Whom the ACL is about; User:* is everybody."),
            Host: said("From where; * is anywhere."),
            Operation: AnyOperation.open("What it allows or denies."),
            PermissionType: AnyPermission.open("Whether it allows or denies."),
          }),
        ),
      }),
    }),
  },
  DescribeAclRule: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List ACL rules, each for many topics.",
    input: shape({
      InstanceId,
      RuleName: name("rule", "Only the ACL rule of this name.").optional(),
      PatternType: Patterns.field(
        "Only rules of this kind: PREFIXED, for topics whose names begin alike, or PRESET, for topics that name the rule.",
      ).optional(),
      IsSimplified: flag("Whether to show the rules in brief; default false.").optional(),
    }),
    output: z.object({ Result: z.object({ TotalCount: total("AclRuleList"), AclRuleList: z.array(aclRule) }) }),
  },
  DescribeAccessPolicy: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a public route's IP allow list.",
    input: shape({ InstanceId, RouteId }),
    output: z.object({
      Result: z.object({
        TotalCount: total("IpWhitelist").nullable(),
        IpWhitelist: z
          .array(
            z.object({
              CidrBlock: said("Who may connect: an IP address or a range of them.").nullable(),
              PolicyDescription: foreign("The remark on this entry.").nullable(),
            }),
          )
          .nullable(),
      }),
    }),
  },
  CreateAcl: {
    effect: "write",
    bills: false,
    perSecond: 100,
    about: "Allow or deny an operation. A resource's first allow shuts out others.",
    subject: ({ InstanceId, ResourceName, ResourceNameList }) =>
      named(InstanceId, ResourceNameList ? (namesIn(ResourceNameList) ?? []) : [ResourceName]),
    loses: (input) => lockout(grant(input)),
    opens: (input) => opening(grant(input)),
    input: shape({
      InstanceId,
      ResourceType,
      Operation,
      PermissionType,
      ResourceName: ResourceName.optional(),
      Host: meant<string, string>(
        z
          .string()
          .min(1)
          .refine((s) => s === "*" || s.split(";").every(isRange), "must be IPs or CIDRs, separated by semicolons"),
        { is: "plain", brief: "IPs or CIDRs, split by ;, default *" },
        "From where the client connects: addresses or ranges of them, separated by semicolons; * is anywhere.",
      ).optional(),
      Principal: principal(
        "Who the ACL is about: User: and a user's name; User:* is everybody.",
        "User:name, default User:*",
      ).optional(),
      ResourceNameList: meant<string, string>(
        z
          .string()
          .min(1)
          .refine((json) => namesIn(json)?.length, 'must be a list of names as JSON text, like ["orders","payments"]'),
        { is: "name", of: ofResource, form: "json", brief: 'JSON text: ["a","b"]' },
        "Several topics or groups at once, in place of ResourceName.",
      ).optional(),
    }),
    rule: ({ ResourceType, ResourceName, ResourceNameList }) => {
      if (ResourceName && ResourceNameList) return "give ResourceName or ResourceNameList, not both";
      if (ResourceType !== 4 && !ResourceName && !ResourceNameList)
        return `ResourceType ${ResourceType} needs ResourceName or ResourceNameList`;
      return undefined;
    },
    output: acknowledged,
  },
  BatchCreateAcl: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Add ACLs to topics. A topic's first allow shuts out others.",
    subject: ({ InstanceId, ResourceNames }) => named(InstanceId, ResourceNames),
    loses: ({ RuleList }) => lockout(grants(RuleList)),
    opens: ({ RuleList }) => opening(grants(RuleList)),
    input: shape({
      InstanceId,
      ResourceType: codes({ 2: "topic" }).field("Kind of what the ACLs are on: topic is the only one here.", {
        brief: "Always 2",
      }),
      ResourceNames: names(ofResource, "Names of the topics that get the ACLs."),
      RuleList,
    }),
    output: z.object({ Result: Succeeded }),
  },
  DeleteAcl: {
    effect: "destroy",
    bills: false,
    perSecond: 100,
    about: "Delete an ACL. Without any left, a resource is open to all.",
    loses: say`the access or the protection it gives`,
    opens: ({ PermissionType, Principal = "User:*" }) =>
      PermissionType === Permissions.code.deny
        ? say`what it denies ${quoted(Principal)}`
        : say`the resource to everybody, where it is the last that allows anybody`,
    subject: ({ InstanceId, ResourceName }) => named(InstanceId, [ResourceName]),
    input: shape({
      InstanceId,
      ResourceType,
      ResourceName,
      Operation: Operations.field(`What the ACL to delete allows or denies. ${kinds}`, { brief: "As in CreateAcl" }),
      PermissionType: Permissions.field("Whether the ACL to delete refuses the operation or permits it.", {
        brief: listed(Permissions.words),
      }),
      Host: text("From where, in the ACL to delete; * is anywhere.", { brief: "Default *" }).optional(),
      Principal: principal(
        "Who, in the ACL to delete, like User:alice; User:* is everybody.",
        "Default User:*",
      ).optional(),
    }),
    rule: ({ ResourceType, ResourceName }) =>
      ResourceType !== 4 && ResourceName === "" ? `ResourceType ${ResourceType} needs ResourceName` : undefined,
    output: acknowledged,
  },
  CreateAclRule: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Create ACLs by topic prefix, or a preset to name as AclRuleName.",
    subject: "RuleName",
    // A preset touches no topic that exists.
    loses: ({ PatternType, RuleList }) => (PatternType === "PREFIXED" ? lockout(grants(RuleList)) : undefined),
    opens: ({ PatternType, RuleList }) => (PatternType === "PREFIXED" ? opening(grants(RuleList)) : undefined),
    input: shape({
      InstanceId,
      ResourceType: codes({ Topic: "topic" }).field("Kind of resource that the rule is for; Topic is the only one."),
      PatternType,
      RuleName: name("rule", "Name of the new rule, by which topics and DescribeAclRule refer to it."),
      RuleList,
      Pattern: name(
        { beside: "PatternType", kinds: { PREFIXED: "topic" } },
        "Beginning of the names of the topics that the rule applies to.",
        { form: "prefix", brief: "Prefix, for PREFIXED" },
      ).optional(),
      IsApplied: IsApplied.optional(),
      Comment: meant<string, string>(z.string(), { is: "plain" }, "Remark on the rule, for people.").optional(),
    }),
    rule: ({ PatternType, Pattern, IsApplied }) => {
      if (PatternType !== "PREFIXED") return undefined;
      if (Pattern === undefined) return "PatternType PREFIXED needs Pattern, the prefix of the topic names";
      return IsApplied ? "IsApplied 1 is for PatternType PRESET only; leave it out" : undefined;
    },
    output: z.object({ Result: integer("The rule's number.") }),
  },
  ModifyAclRule: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Set whether new topics apply a preset rule.",
    subject: "RuleName",
    input: shape({ InstanceId, RuleName, IsApplied: IsApplied.optional() }),
    output: z.object({ Result: integer("The rule's number.") }),
  },
  DeleteAclRule: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete an ACL rule.",
    loses: say`the access or the protection it gives topics`,
    opens: say`topics without another ACL to everybody`,
    subject: "RuleName",
    input: shape({ InstanceId, RuleName }),
    output: z.object({ Result: integer("The rule's number.") }),
  },
  ModifyAccessPolicy: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Replace a public route's IP allow list.",
    loses: say`the present list: who can connect from the internet changes`,
    opens: ({ IpWhitelist = [] }) =>
      IpWhitelist.length > 0 ? say`the route to the addresses given` : say`perhaps the route to everybody`,
    subject: ({ RouteId }) => String(RouteId),
    input: shape({
      InstanceId,
      RouteId,
      IpWhitelist: IpWhitelist.describe(
        "Whole new list; default none.\nThe addresses that may connect through the public route; left out, every entry is removed.",
      ).optional(),
    }),
    output: z.object({
      Result: meant<string, string>(z.string(), { is: "success", good: ["succeed"] }, "Success is Succeed."),
    }),
  },
});
