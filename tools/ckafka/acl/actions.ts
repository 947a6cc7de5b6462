// Who may do what: ACLs of single resources, rules for many topics, and the allow list of a public route.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { type Line, say, together } from "../../../src/model/line.ts";
import {
  acknowledged,
  aclRule,
  flag,
  InstanceId,
  IpWhitelist,
  integer,
  isRange,
  limit,
  list,
  num,
  Offset,
  oneOf,
  RouteId,
  shape,
  str,
  TopicName,
  text,
  words,
  yes,
} from "../fields.ts";

const ResourceType = oneOf(
  [2, 3, 4],
  "2 topic, 3 group, 4 cluster.\nKind of what the ACL (an entry that allows or denies access) is on; 4 is the whole instance.",
);
const ResourceName = z.string().describe("Empty for cluster.\nName of the topic or consumer group that the ACL is on.");
const operations =
  "2 all, 3 read, 4 write, 5 create, 6 delete, 7 alter, 8 describe, 9 cluster action, 10 describe configs, 11 alter configs, 12 idempotent write.";
const kinds =
  "Reading is consuming, writing is producing, idempotent without duplicates; alter and describe are about the resource itself, configs about its settings.";
const Operation = integer(`${operations}\nWhat the ACL allows or denies. ${kinds}`).min(2).max(12);
const PermissionType = oneOf(
  [2, 3],
  "2 deny, 3 allow.\nWhether the ACL refuses the operation or permits it; so far CKafka supports allow.",
);
const PRINCIPAL = /^User:/;
const principal = (about: string) => text(about).regex(PRINCIPAL, "must start with User:, like User:alice or User:*");
const RuleName = text("\nName of the ACL rule (a set of ACLs for many topics); DescribeAclRule lists the rules.");
const PatternType = z
  .enum(["PREFIXED", "PRESET"])
  .describe("PRESET applies where topics name it.\nPREFIXED applies to every topic whose name begins with Pattern.");
const IsApplied = flag(
  "1 applies to new topics; default 0.\nWhether topics that are created later come under this preset rule by themselves: 1 yes, 0 no.",
);
const RuleList = list(
  shape({
    Operation: z.enum(["All", "Read", "Write"]).describe("What is allowed or denied: All operations, Read or Write."),
    PermissionType: z.enum(["Deny", "Allow"]).describe("Whether it is refused (Deny) or permitted (Allow)."),
    Host: text("From where the client connects: an IP address, a CIDR or *, anywhere."),
    Principal: principal("Who: User: and a user's name, like User:alice; User:* is everybody."),
  }),
  "Principal User:name or User:*; Host IP, CIDR or *.\nThe ACLs: who may or may not do what, and from where.",
);

interface Grant {
  denies: boolean;
  /** Allows every operation. */
  all: boolean;
  Host?: string | undefined;
  Principal?: string | undefined;
}
/**
 * Whom new ACLs shut out. A resource is open to everybody until its first ACL allows somebody; from then on it is closed
 * to whoever no ACL allows. Only an ACL that allows everybody everything shuts nobody out.
 */
function lockout(grants: Grant[]): Line | undefined {
  const open = ({ denies, all, Host = "*", Principal = "User:*" }: Grant) =>
    !denies && all && Host === "*" && Principal === "User:*";
  const losses: Line[] = [];
  if (grants.some((g) => g.denies)) losses.push(say`those denied are locked out`);
  if (grants.some((g) => !g.denies) && !grants.some(open))
    losses.push(say`where it is the first to allow anybody, whoever no ACL allows is locked out`);
  return together(losses);
}
const grants = (rules: z.output<typeof RuleList>): Grant[] =>
  rules.map((r) => ({ ...r, denies: r.PermissionType === "Deny", all: r.Operation === "All" }));

/** The names in a list as JSON text; undefined where it is none. */
function namesIn(json: string): string[] | undefined {
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
      SearchWord: text("\nA keyword that the ACLs must match.").optional(),
    }),
    output: z.object({
      Result: z.object({
        TotalCount: num,
        AclList: z.array(
          z.object({
            ResourceType: num,
            ResourceName: str,
            Principal: str,
            Host: str,
            Operation: num,
            PermissionType: num,
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
      RuleName: text("\nOnly the ACL rule of this name.").optional(),
      PatternType: PatternType.describe(
        "\nOnly rules of this kind: PREFIXED, for topics whose names begin alike, or PRESET, for topics that name the rule.",
      ).optional(),
      IsSimplified: yes("\nWhether to show the rules in brief; default false."),
    }),
    output: z.object({ Result: z.object({ TotalCount: num, AclRuleList: z.array(aclRule) }) }),
  },
  DescribeAccessPolicy: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Show a public route's IP allow list.",
    input: shape({ InstanceId, RouteId }),
    output: z.object({
      Result: z.object({
        TotalCount: num.nullable(),
        IpWhitelist: z.array(z.object({ CidrBlock: str.nullable(), PolicyDescription: str.nullable() })).nullable(),
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
    loses: ({ PermissionType, Operation, Host, Principal }) =>
      lockout([{ denies: PermissionType === 2, all: Operation === 2, Host, Principal }]),
    input: shape({
      InstanceId,
      ResourceType,
      Operation,
      PermissionType,
      ResourceName: ResourceName.optional(),
      Host: text("IPs or CIDRs, split by ;, default *.\nFrom where the client connects; * is anywhere.")
        .refine((s) => s === "*" || s.split(";").every(isRange), "must be IPs or CIDRs, separated by semicolons")
        .optional(),
      Principal: principal("User:name, default User:*.\nWho the ACL is about; User:* is everybody.").optional(),
      ResourceNameList: text('JSON text: ["a","b"].\nSeveral topics or groups at once, in place of ResourceName.')
        .refine((json) => namesIn(json)?.length, 'must be a list of names as JSON text, like ["orders","payments"]')
        .optional(),
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
    input: shape({
      InstanceId,
      ResourceType: oneOf([2], "Always 2.\nKind of what the ACLs are on: 2 is topic, the only one here."),
      ResourceNames: list(TopicName, "\nNames of the topics that get the ACLs."),
      RuleList,
    }),
    output: z.object({ Result: num }),
  },
  DeleteAcl: {
    effect: "destroy",
    bills: false,
    perSecond: 100,
    about: "Delete an ACL. Without any left, a resource is open to all.",
    loses: say`the access or the protection it gives`,
    subject: ({ InstanceId, ResourceName }) => named(InstanceId, [ResourceName]),
    input: shape({
      InstanceId,
      ResourceType,
      ResourceName,
      Operation: Operation.describe(
        `As in CreateAcl.\nWhat the ACL to delete allows or denies: ${operations} ${kinds}`,
      ),
      PermissionType,
      Host: text("Default *.\nFrom where, in the ACL to delete; * is anywhere.").optional(),
      Principal: principal(
        "Default User:*.\nWho, in the ACL to delete, like User:alice; User:* is everybody.",
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
    input: shape({
      InstanceId,
      ResourceType: z.literal("Topic").describe("\nKind of resource that the rule is for; Topic is the only one."),
      PatternType,
      RuleName: RuleName.describe("\nName of the new rule, by which topics and DescribeAclRule refer to it."),
      RuleList,
      Pattern: text("Prefix, for PREFIXED.\nBeginning of the names of the topics that the rule applies to.").optional(),
      IsApplied: IsApplied.optional(),
      Comment: words("\nRemark on the rule, for people."),
    }),
    rule: ({ PatternType, Pattern, IsApplied }) => {
      if (PatternType !== "PREFIXED") return undefined;
      if (Pattern === undefined) return "PatternType PREFIXED needs Pattern, the prefix of the topic names";
      return IsApplied ? "IsApplied 1 is for PatternType PRESET only; leave it out" : undefined;
    },
    output: z.object({ Result: num }),
  },
  ModifyAclRule: {
    effect: "write",
    bills: false,
    perSecond: 20,
    about: "Set whether new topics apply a preset rule.",
    subject: "RuleName",
    input: shape({ InstanceId, RuleName, IsApplied: IsApplied.optional() }),
    output: z.object({ Result: num }),
  },
  DeleteAclRule: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Delete an ACL rule.",
    loses: say`the access or the protection it gives topics`,
    subject: "RuleName",
    input: shape({ InstanceId, RuleName }),
    output: z.object({ Result: num }),
  },
  ModifyAccessPolicy: {
    effect: "destroy",
    bills: false,
    perSecond: 20,
    about: "Replace a public route's IP allow list.",
    loses: say`the present list: who can connect from the internet changes`,
    subject: ({ RouteId }) => String(RouteId),
    input: shape({
      InstanceId,
      RouteId,
      IpWhitelist: IpWhitelist.describe(
        "Whole new list; default none.\nThe addresses that may connect through the public route; left out, every entry is removed.",
      ).optional(),
    }),
    output: z.object({ Result: str }),
  },
});
