// What the types cost the compiler: they are made of the models, so the measure grows with the fields.
import { spawnSync } from "node:child_process";
import type { z } from "zod/v3";
import { bare } from "../src/model/field.ts";
import { inRoot } from "../test/support/paths.ts";
import { catalogue } from "../tools/index.ts";
import { heading, line } from "./report.ts";

/** Fields of a model and of all within it. */
function fieldsOf(model: z.ZodTypeAny): number {
  const inner = bare(model);
  if (inner._def.typeName === "ZodArray") return fieldsOf(inner._def.type);
  if (inner._def.typeName !== "ZodObject") return 0;
  const fields = Object.values((inner as z.AnyZodObject).shape as z.ZodRawShape);
  return fields.reduce((sum, field) => sum + 1 + fieldsOf(field), 0);
}

export function measureCompiler() {
  const actions = [...catalogue.entries.values()].map(({ action }) => action);
  const fields = actions.reduce((sum, { input, output }) => sum + fieldsOf(input) + fieldsOf(output), 0);
  const tsc = [inRoot("node_modules/typescript/bin/tsc"), "-p", inRoot("."), "--extendedDiagnostics"];
  const { stdout } = spawnSync(process.execPath, tsc, { encoding: "utf8" });
  const instantiations = Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
  heading("The compiler over the project");
  line("type instantiations", instantiations.toLocaleString("en-US"));
  line(`fields of ${actions.length} actions, input and output`, fields.toLocaleString("en-US"));
  line("type instantiations / field", (instantiations / fields).toFixed(0));
}
