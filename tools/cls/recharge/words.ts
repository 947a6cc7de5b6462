// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { recharge } from "./actions.ts";

export const words: Partial<Record<keyof typeof recharge, string>> = {
  CheckRechargeKafkaServer: "cls reachable connectivity test source why import fails 连通性 检查 导入失败 日志服务",
  PreviewKafkaRecharge: "cls sample logs before import parse try rule 预览 导入 试 日志",
  DescribeKafkaRecharges: "cls log service imports subscriptions status 日志导入 导入任务 日志服务 订阅",
  CreateKafkaRecharge: "cls log service import ingest subscribe collect logs 日志导入 导入日志 采集 接入日志服务 订阅",
  ModifyKafkaRecharge: "cls pause stop start resume import 暂停导入 启动导入 修改导入 日志服务",
  DeleteKafkaRecharge: "cls remove stop import 删除导入 停止导入 日志服务",
};
