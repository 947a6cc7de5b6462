// The only way up: what the machine is handed to serve. Each part is loaded when it is first needed.
import type { Parts } from "./cli/context.ts";

export const parts: Parts = {
  catalogue: async () => (await import("../tools/index.ts")).catalogue,
  prompts: async () => (await import("../prompts/index.ts")).prompts,
  sandbox: async (...given) => (await import("../sandbox/index.ts")).start(...given),
  sandboxControl: async (...given) => (await import("../sandbox/index.ts")).control(...given),
};
