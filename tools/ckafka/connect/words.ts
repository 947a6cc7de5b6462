// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { connect } from "./actions.ts";

export const words: Partial<Record<keyof typeof connect, string>> = {
  CreateConnectResource: "mysql postgresql mongodb elasticsearch doris clickhouse database kafka source sink 数据库",
  DescribeConnectResource: "mysql one connection",
  DescribeConnectResources: "有哪些连接 数据源 连接源 all connections mysql databases",
  ModifyConnectResource: "database password changed cannot connect 密码换了 mysql password of connection",
  DeleteConnectResource: "mysql connection",
};
