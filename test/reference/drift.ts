// npm run drift: what the installed official SDK declares that our models do not have, and the reverse. To keep up:
// npm i -D tencentcloud-sdk-nodejs-ckafka@latest && npm run drift
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { z } from "zod/v3";
import { bare } from "../../src/model/field.ts";
import { actions } from "../../tools/ckafka/actions.ts";

const folder = "tencentcloud-sdk-nodejs-ckafka/tencentcloud/services/ckafka/v20190819/";
const require = createRequire(import.meta.url);
const declared = (file: string) =>
  readFileSync(require.resolve(`${folder}${file}.js`).replace(/\.js$/, ".d.ts"), "utf8");

interface Field {
  required: boolean;
  /** The structure that it is or is a list of, if any. */
  structure: string | undefined;
}
type Structure = Map<string, Field>;

/** The interfaces of a declaration file; they are generated, so their form is regular. */
function structures(text: string): Map<string, Structure> {
  const found = new Map<string, Structure>();
  for (const [, name, body] of text.matchAll(/export interface (\w+) \{([\s\S]*?)\n\}/g)) {
    const fields = new Map<string, Field>();
    for (const [, field, optional, type] of (body as string).matchAll(/^ {4}(\w+)(\??): ([^;]+);/gm))
      fields.set(field as string, {
        required: optional === "",
        structure: /^(?:Array<)?([A-Z]\w+)/.exec(type as string)?.[1],
      });
    found.set(name as string, fields);
  }
  return found;
}

const all = structures(declared("ckafka_models"));
const theirs = [...declared("ckafka_client").matchAll(/^ {4}(\w+)\(req: /gm)].map(([, name]) => name as string);
const news: string[] = [];

function compare(at: string, model: z.ZodTypeAny, structure: Structure) {
  const inner = bare(model);
  const object = inner._def.typeName === "ZodArray" ? bare(inner._def.type) : inner;
  if (object._def.typeName !== "ZodObject") return;
  const shape = (object as z.AnyZodObject).shape as z.ZodRawShape;
  for (const [name, field] of structure) {
    const ours = shape[name];
    const where = `${at}.${name}`;
    if (!ours) news.push(`+ ${where}${field.required ? " (required)" : ""}`);
    else {
      if (field.required === ours.isOptional())
        news.push(`~ ${where} is ${field.required ? "required" : "optional"} there`);
      const deeper = all.get(field.structure ?? "");
      if (deeper) compare(where, ours, deeper);
    }
  }
  for (const name of Object.keys(shape)) if (!structure.has(name)) news.push(`- ${at}.${name} is not there any more`);
}

for (const name of theirs) {
  const action = (actions as Record<string, { input: z.ZodTypeAny; output: z.ZodTypeAny }>)[name];
  if (!action) news.push(`+ ${name}: a new action`);
  else compare(name, action.input, all.get(`${name}Request`) ?? new Map());
}
for (const name of Object.keys(actions)) if (!theirs.includes(name)) news.push(`- ${name} is not there any more`);

const { version } = require("tencentcloud-sdk-nodejs-ckafka/package.json") as { version: string };
console.log(`tencentcloud-sdk-nodejs-ckafka ${version}: ${theirs.length} actions, ${news.length} differences`);
for (const line of news) console.log(`  ${line}`);
