// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { route } from "./actions.ts";

export const words: Partial<Record<keyof typeof route, string>> = {
  CreateRoute: "public network internet vpc expose open domain 公网 外网 域名 暴露",
  DescribeRoute: "bootstrap servers address how to connect vpc public endpoint 怎么连接 连接串 地址",
  DeleteRoute: "close public network access 关闭公网",
  DeleteRouteTriggerTime: "晚几天 下线 推迟 later delay route deletion time 定时 延迟删除",
  DescribeSecurityGroupRoutes: "which routes use security group",
  AssociateRoutesSecurityGroup: "bind attach security group 绑定",
  DisassociateRoutesSecurityGroup: "unbind detach security group 解绑",
  ModifyRouteSecurityGroups: "replace security groups",
};
