// server.json for the MCP registry. Its official JSON Schema (2025-12-11) is not published as a package, so the rules that
// it sets for what this file uses are stated here, and whatever it does not use is refused.
import { expect, test } from "vitest";
import { z } from "zod/v3";
import packageJson from "../../../package.json" with { type: "json" };
import serverJson from "../../../server.json" with { type: "json" };

const version = z
  .string()
  .min(1)
  .max(255)
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/);
const input = {
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  format: z.enum(["string", "number", "boolean", "filepath"]).optional(),
  default: z.string().optional(),
  value: z.string().optional(),
  placeholder: z.string().optional(),
  choices: z.array(z.string()).optional(),
};
const server = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version,
  packages: z.array(
    z.strictObject({
      registryType: z.enum(["npm", "pypi", "oci", "nuget", "mcpb"]),
      identifier: z.string(),
      version,
      runtimeHint: z.string().optional(),
      transport: z.strictObject({ type: z.literal("stdio") }),
      packageArguments: z
        .array(
          z.strictObject({ type: z.literal("named"), name: z.string(), isRepeated: z.boolean().optional(), ...input }),
        )
        .optional(),
      environmentVariables: z.array(z.strictObject({ name: z.string(), ...input })).optional(),
    }),
  ),
});

test("server.json follows the registry's schema", () => {
  expect(server.safeParse(serverJson).error?.issues ?? []).toEqual([]);
});

test("server.json and package.json name the same package in the same version", () => {
  expect(serverJson.version).toBe(packageJson.version);
  expect(serverJson.name).toBe(packageJson.mcpName);
  expect(serverJson.packages).toMatchObject([{ identifier: packageJson.name, version: packageJson.version }]);
});
