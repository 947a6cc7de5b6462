// Words by which people look for actions of the log service: English and Chinese.
/** Word that names use → words that mean it. */
export const synonyms: Record<string, string[]> = {
  recharge: ["import", "ingest", "导入", "日志导入"],
  cls: ["log service", "log topic", "日志服务", "日志主题"],
};
