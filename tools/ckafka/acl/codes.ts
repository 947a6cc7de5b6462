// What the numbers and texts of ACLs mean. Reads know more of them than a new ACL can have.
import { codes } from "../../../src/model/field.ts";

const resources = { 2: "topic", 3: "group", 4: "cluster" } as const;
export const Resources = codes(resources);
export const AnyResource = codes({ 0: "unknown", 1: "any", ...resources, 5: "transactional id" });

const operations = {
  2: "all",
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
} as const;
export const Operations = codes(operations);
export const AnyOperation = codes({ 0: "unknown", 1: "any", ...operations });

const permissions = { 2: "deny", 3: "allow" } as const;
export const Permissions = codes(permissions);
export const AnyPermission = codes({ 0: "unknown", 1: "any", ...permissions });

/** The same, as rules write them. */
export const RuleOperations = codes({ All: "all", Read: "read", Write: "write" });
export const RulePermissions = codes({ Deny: "deny", Allow: "allow" });
export const Patterns = codes({ PREFIXED: "prefixed", PRESET: "preset" });
export const Applied = codes({ 0: "not applied to new topics", 1: "applied to new topics" });
/** What an ACL's resource names, by its type; the cluster has no name of its own. */
export const ofResource = { beside: "ResourceType", kinds: { 2: "topic", 3: "group" } };
