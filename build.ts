// Bundles the server into dist/ and writes the list of tools, what else is known of them, and the schemas of the files
// that people write beside it.
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { zodToJsonSchema } from "zod-to-json-schema";
import packageJson from "./package.json" with { type: "json" };
import older from "./sandbox/reference/2025-07.json" with { type: "json" };
import cls from "./sandbox/reference/cls.json" with { type: "json" };
import monitor from "./sandbox/reference/monitor.json" with { type: "json" };
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
/**
 * What the SDK imports and this server never reaches, out of the way of a start:
 * - Ajv, its default validator of JSON Schema. Its only use in the SDK's server is in Server.elicitInput, on the content of
 *   an answer. Dialogs are asked with Server.request and ElicitResultSchema (src/protocol/initialize.ts), where only zod
 *   looks at the answer, and the guard judges what was entered.
 * - zod 3 and zod-to-json-schema, for models that McpServer is given. Server is given the SDK's own, which are zod 4. Our
 *   models are zod 3, so the bundle has it anyway, but nothing needs it before the first call.
 * Whoever reaches one of them after all gets an error. test/process/bundle.test.ts holds what a start loads, and every
 * test of a dialog goes through the built server.
 */
const unreached: Plugin = {
  name: "unreached",
  setup({ onResolve, onLoad }) {
    const unreached = (name: string) => `throw new Error("${name} is left out of the bundle, see build.ts")`;
    onLoad({ filter: /sdk.dist.esm.validation.ajv-provider\.js$/ }, () => ({
      contents: `export class AjvJsonSchemaValidator { getValidator() { ${unreached("Ajv")} } }`,
    }));
    onResolve({ filter: /^(zod\/v3|zod-to-json-schema)$/ }, ({ importer, path }) =>
      /sdk.dist.esm.server.zod-(json-schema-)?compat\.js$/.test(importer)
        ? { path, namespace: "unreached" }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: "unreached" }, () => ({
      contents: `export const object = () => { ${unreached("zod 3")} }; export const zodToJsonSchema = object;`,
    }));
  },
};
/**
 * To import a module of Node's reads every property of it, and those of `process` make its three streams and load what they
 * need. The SDK's transport is handed its streams; the global is the same object.
 */
const globalProcess: Plugin = {
  name: "global-process",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:process$/ }, ({ path }) => ({ path, namespace: "global" }));
    onLoad({ filter: /.*/, namespace: "global" }, () => ({ contents: "export default globalThis.process" }));
  },
};
/**
 * Files cost at a start, and the bundler makes one of every set of modules that the same entries reach. What a start needs
 * besides the protocol is therefore reached by everything that is loaded later: then it is one set.
 */
const EARLY = [
  "src/model/errors.ts",
  "src/discovery/registry.ts",
  "src/cli/options.ts",
  "src/cli/usage.ts",
  "src/protocol/asking.ts",
];
const together: Plugin = {
  name: "together",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === "dynamic-import" ? { path: resolve(resolveDir, path), namespace: "later" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "later" }, ({ path }) => {
      const early = EARLY.map((file) => `import ${JSON.stringify(resolve(file))};`);
      return { contents: `${early.join("")} export * from ${JSON.stringify(path)}`, resolveDir: dirname(path) };
    });
  },
};
await build({
  plugins: [data, unreached, globalProcess, together],
  entryPoints: { index: "src/bin.ts" },
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
  // Bundled CommonJS packages ask for node's modules by require. Made when they do: it costs, and every file has this line.
  banner: {
    js: 'const require = (name) => process.getBuiltinModule("node:module").createRequire(import.meta.url)(name);',
  },
});
writeFileSync("dist/tools.json", JSON.stringify(advertise(catalogue)));
const documented = { ...older.actions, ...cls.actions, ...monitor.actions } as Record<
  string,
  { errorCodes?: string[] }
>;
writeFileSync(
  "dist/reference.json",
  JSON.stringify(writeReference(catalogue, (action) => documented[action]?.errorCodes ?? [])),
);
const policy = zodToJsonSchema(policyModel(Object.keys(kindsOf(catalogue))), { $refStrategy: "none" });
writeFileSync("dist/policy.schema.json", `${JSON.stringify(policy, null, 2)}\n`);
writeFileSync("dist/world.schema.json", JSON.stringify(worldSchema()));
chmodSync("dist/index.js", 0o755);
