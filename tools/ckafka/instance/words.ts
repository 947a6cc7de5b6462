// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { instance } from "./actions.ts";

export const words: Partial<Record<keyof typeof instance, string>> = {
  DescribeInstances: "几套 status normal clusters exist have 有哪些实例 集群列表",
  DescribeInstancesDetail:
    "cluster expire when does it expire expiry health disk size bandwidth expires tags version 健康 磁盘 带宽 到期 标签",
  DescribeInstanceAttributes:
    "when does it expire expiry quota left limits remaining settings config how many topics can 剩余 配额 上限 属性 参数",
  DescribeTypeInstances: "by edition type 类型",
  DescribeCvmInfo: "machines servers behind hosts cvm 机器 服务器",
  DescribeCkafkaVersion: "kafka version upgradeable latest 可升级版本",
  DescribeRegion: "where offered locations",
  DescribeCkafkaZone: "azs where to buy sold out available zones 售罄",
  ModifyInstanceAttributes:
    "rename retention default auto create topic delete protection public bandwidth 重命名 删除保护 自动创建 公网带宽",
};
