// npm run drift: what the installed official SDK declares that our models do not have, and the reverse. To keep up:
// npm i -D tencentcloud-sdk-nodejs-ckafka@latest && npm run drift
// A service whose package is not installed is left out, and said to be: the SDK of all services has every one of them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { z } from "zod/v3";
import { bare } from "../../src/model/field.ts";
import { actions } from "../../tools/ckafka/actions.ts";
import { actions as ofLogs, UNDECLARED } from "../../tools/cls/actions.ts";

interface Declared {
  service: string;
  /** The service's version, as a folder. */
  version: string;
  actions: object;
  /** Not ours, because they were declared without parameters. */
  undeclared?: readonly string[];
}
const require = createRequire(import.meta.url);
/** Where a service's declarations are, and in which version of which package. */
function find({ service, version }: Declared) {
  for (const name of [`tencentcloud-sdk-nodejs-${service}`, "tencentcloud-sdk-nodejs"])
    try {
      const folder = `${name}/tencentcloud/services/${service}/${version}/${service}`;
      const read = (file: string) =>
        readFileSync(require.resolve(`${folder}_${file}.js`).replace(/\.js$/, ".d.ts"), "utf8");
      return { read, from: `${name} ${(require(`${name}/package.json`) as { version: string }).version}` };
    } catch {}
  return undefined;
}

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

function compare(
  all: Map<string, Structure>,
  at: string,
  model: z.ZodTypeAny,
  structure: Structure,
  tell: (news: string) => void,
) {
  const inner = bare(model);
  const object = inner._def.typeName === "ZodArray" ? bare(inner._def.type) : inner;
  if (object._def.typeName !== "ZodObject") return;
  const shape = (object as z.AnyZodObject).shape as z.ZodRawShape;
  for (const [name, field] of structure) {
    const ours = shape[name];
    const where = `${at}.${name}`;
    if (!ours) tell(`+ ${where}${field.required ? " (required)" : ""}`);
    else {
      if (field.required === ours.isOptional()) tell(`~ ${where} is ${field.required ? "required" : "optional"} there`);
      const deeper = all.get(field.structure ?? "");
      if (deeper) compare(all, where, ours, deeper, tell);
    }
  }
  for (const name of Object.keys(shape)) if (!structure.has(name)) tell(`- ${at}.${name} is not there any more`);
}

function report(declared: Declared) {
  const { service, actions, undeclared = [] } = declared;
  const found = find(declared);
  if (!found) {
    console.log(`${service}: no official SDK of it is installed`);
    return;
  }
  const all = structures(found.read("models"));
  const theirs = [...found.read("client").matchAll(/^ {4}(\w+)\(req\??: /gm)]
    .map(([, name]) => name as string)
    // Of the log service only what has to do with Kafka is ours.
    .filter((name) => service !== "cls" || name.includes("Kafka"));
  const news: string[] = [];
  for (const name of theirs) {
    const action = (actions as Record<string, { input: z.ZodTypeAny }>)[name];
    const request = all.get(`${name}Request`) ?? new Map();
    if (action) compare(all, name, action.input, request, (line) => news.push(line));
    else if (!undeclared.includes(name)) news.push(`+ ${name}: a new action`);
    else news.push(`${request.size > 0 ? "+" : "="} ${name}: not offered, has ${request.size} parameters there`);
  }
  for (const name of Object.keys(actions)) if (!theirs.includes(name)) news.push(`- ${name} is not there any more`);
  console.log(`${found.from}: ${theirs.length} actions of ${service}, ${news.length} differences`);
  for (const line of news) console.log(`  ${line}`);
}

report({ service: "ckafka", version: "v20190819", actions });
report({ service: "cls", version: "v20201016", actions: ofLogs, undeclared: UNDECLARED });
