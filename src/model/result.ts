// What a call answers, in no SDK's types: any binding of the protocol can pass it on.

export interface ToolResult {
  content: { type: "text"; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
  /** What the SDKs' own result types allow besides. */
  [key: string]: unknown;
}
