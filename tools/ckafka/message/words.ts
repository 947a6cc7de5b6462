// Words by which people look for these actions, besides those in names and descriptions: English and Chinese.
import type { message } from "./actions.ts";

export const words: Partial<Record<keyof typeof message, string>> = {
  FetchMessageByOffset: "read one message content value look inside 查看消息内容 消息详情",
  FetchMessageListByOffset: "browse messages from offset",
  FetchMessageListByTimestamp: "produced around clock am pm messages at time since when 按时间查消息",
  SendMessage: "produce publish test message http",
};
