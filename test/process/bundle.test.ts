// What is loaded to list the tools: the bundle is followed from the file that is run.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inRoot } from "../support/paths.ts";

const files = readdirSync(inRoot("dist")).filter((file) => file.endsWith(".js"));
const text = (file: string) => readFileSync(inRoot(`dist/${file}`), "utf8");
const importsOf = (file: string, form: RegExp) => [...text(file).matchAll(form)].map((match) => match[1] as string);

/** A file and all that it cannot be loaded without. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of importsOf(file, /\b(?:from|import)"\.\/([^"]+)"/g)) closure(next, seen);
  return seen;
}
/** The bundler keeps the paths of packages in CommonJS; of others, what they call their parts. */
const PACKAGES = {
  ajv: /node_modules\/ajv/,
  undici: /node_modules\/undici/,
  pino: /node_modules\/pino/,
  zod3: /ZodEffects/,
};
const packagesIn = (files: Iterable<string>) => {
  const all = [...files].map(text).join("\n");
  return Object.entries(PACKAGES).flatMap(([name, sign]) => (sign.test(all) ? [name] : []));
};

test("Ajv is nowhere in it; the other packages are found where they are", () => {
  expect(packagesIn(files)).toEqual(["undici", "pino", "zod3"]);
});

test("listing the tools loads few files and none of these packages", () => {
  const [main = ""] = importsOf("index.js", /\bimport\("\.\/([^"]+)"\)/g);
  const [serve = ""] = importsOf(main, /\bimport\("\.\/(serve-[^"]+)"\)/g);
  const loaded = new Set(["index.js", main, serve].flatMap((file) => [...closure(file)]));
  expect(packagesIn(loaded)).toEqual([]);
  expect(loaded.size).toBeLessThanOrEqual(7);
  expect([...closure("index.js")]).toEqual(["index.js"]);
});
