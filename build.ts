// Bundles the server into dist/ and writes the list of tools, what else is known of them, and the schemas of the files
// that people write beside it.
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build, type Plugin } from "esbuild";
import { zodToJsonSchema } from "zod-to-json-schema";
import packageJson from "./package.json" with { type: "json" };
import older from "./sandbox/reference/2025-07.json" with { type: "json" };
import { defaultFile } from "./sandbox/world/default.ts";
import { worldSchema } from "./sandbox/world/schema.ts";
import { advertise } from "./src/discovery/advertise.ts";
import { writeReference } from "./src/discovery/reference.ts";
import { policyModel } from "./src/guard/policy/policy.ts";
import { kindsOf } from "./src/model/catalogue.ts";
import { catalogue } from "./tools/index.ts";

rmSync("dist", { recursive: true, force: true });
// Node reads large data faster from a string than as part of the program. What only tests look at is left out.
const UNUSED = ["examples", "output", "nullable", "status"];
const data: Plugin = {
  name: "data",
  setup({ onLoad }) {
    onLoad({ filter: /sandbox.reference.*\.json$/ }, ({ path }) => {
      const needed = (key: string, value: unknown) => (UNUSED.includes(key) ? undefined : value);
      const text = JSON.stringify(JSON.parse(readFileSync(path, "utf8")), needed);
      return { contents: `export default JSON.parse(${JSON.stringify(text)})`, loader: "js" };
    });
    onLoad({ filter: /sandbox.world.default\.ts$/ }, () => {
      const text = JSON.stringify(JSON.stringify(defaultFile()));
      return { contents: `const text = ${text}; export const defaultFile = () => JSON.parse(text)`, loader: "js" };
    });
  },
};
await build({
  plugins: [data],
  entryPoints: { index: "src/start.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.18",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  define: { VERSION: JSON.stringify(packageJson.version) },
  // Bundled CommonJS packages ask for node's modules by require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
writeFileSync("dist/tools.json", JSON.stringify(advertise(catalogue)));
const documented = older.actions as Record<string, { errorCodes?: string[] }>;
writeFileSync(
  "dist/reference.json",
  JSON.stringify(writeReference(catalogue, (action) => documented[action]?.errorCodes ?? [])),
);
const policy = zodToJsonSchema(policyModel(Object.keys(kindsOf(catalogue))), { $refStrategy: "none" });
writeFileSync("dist/policy.schema.json", `${JSON.stringify(policy, null, 2)}\n`);
writeFileSync("dist/world.schema.json", JSON.stringify(worldSchema()));
chmodSync("dist/index.js", 0o755);
