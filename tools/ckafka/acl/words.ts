// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { acl } from "./actions.ts";

export const words: Partial<Record<keyof typeof acl, string>> = {
  DescribeACL: "who can read topic users allowed who can read write permissions of topic 谁有权限 谁能读 谁可以",
  CreateAcl: "grant permission allow deny user read write 授予 授权 允许 拒绝",
  BatchCreateAcl: "grant several permissions",
  DeleteAcl: "revoke permission take away no longer able may not read write 取消授权 撤销权限",
  CreateAclRule:
    "every topic starting with prefix allow read preset rule prefix pattern default permission 预设规则 前缀",
  DescribeAclRule: "preset rules 预设规则",
  ModifyAclRule: "apply preset to new topics 预设规则 策略",
  DeleteAclRule: "preset rule 预设规则",
  DescribeAccessPolicy:
    "public endpoint blocked ip office public white ip now 公网白名单 who may connect route allow list ip policy 访问策略",
  ModifyAccessPolicy: "route allow list ip policy 访问策略",
};
