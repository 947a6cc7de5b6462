// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { user } from "./actions.ts";

export const words: Partial<Record<keyof typeof user, string>> = {
  CreateUser: "sasl account",
  DescribeUser: "sasl accounts 有哪些用户",
  DeleteUser: "sasl account",
  ModifyPassword: "reset rotate change sasl password 重置密码 修改密码 换密码",
  CreateToken: "api token",
  AuthorizeToken: "grant token 授权令牌",
  CancelAuthorizationToken: "revoke token 取消令牌",
  DescribeAppInfo: "app id accounts customers 应用",
};
