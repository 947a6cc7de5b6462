export interface Prompt {
  name: string;
  description: string;
  arguments: { name: string; description: string; required: boolean }[];
  /** @param given only declared arguments, the required ones among them */
  text: (given: Record<string, string>) => string;
}
