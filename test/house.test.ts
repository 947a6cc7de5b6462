// The shape of the house: which room may look into which, how full a room is, and that the machine knows no noun.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { describe, expect, test } from "vitest";
import type { z } from "zod/v3";
import { bare } from "../src/model/field.ts";
import { actions } from "../tools/ckafka/actions.ts";
import { toolsets } from "../tools/ckafka/index.ts";
import { actions as ofLogs } from "../tools/cls/actions.ts";
import { inRoot } from "./support/paths.ts";

/** What each room may look into, besides itself. Imports of types count like others. */
const MACHINE = [
  "src/model",
  "src/text",
  "src/cloud",
  "src/guard",
  "src/call",
  "src/discovery",
  "src/protocol",
  "src/cli",
];
const FOUNDATIONS = MACHINE.slice(0, 3);
const MAY: Record<string, readonly string[]> = {
  ...Object.fromEntries(MACHINE.map((room, rank) => [room, MACHINE.slice(0, rank)])),
  "src/bin.ts": ["src/index.ts"],
  "src/index.ts": [...MACHINE, "src/parts.ts"],
  "src/parts.ts": ["src/cli"],
  tools: FOUNDATIONS,
  prompts: ["src/model"],
  sandbox: [...FOUNDATIONS, "tools"],
};
/** The only ways up: start-up loads what the machine is handed. */
const UP = ["tools/index.ts", "sandbox/index.ts", "prompts/index.ts"];
/**
 * Floors of the sandbox: each looks into its own and those before. What exists has partitions and a partition is something
 * that exists; worlds are made of what the nouns know, and a purchase makes an instance as a world file does.
 */
const SANDBOX = [
  ["sandbox/state", "sandbox/kafka"],
  ["sandbox/reference"],
  ["sandbox/ckafka", "sandbox/cls", "sandbox/monitor", "sandbox/world"],
  ["sandbox/services.ts", "sandbox/server"],
  ["sandbox/index.ts"],
];

const ROOTS = ["src", "tools", "sandbox", "prompts", "test", "bench", "demo", "evals"];
const files = ROOTS.flatMap((root) =>
  readdirSync(inRoot(root), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => posix.join(root, file.replaceAll("\\", "/"))),
);
const source = (file: string) => readFileSync(inRoot(file), "utf8");

/** What a file imports of this checkout, in whatever way it is written. */
function importsOf(file: string, text = source(file)): string[] {
  const found = [...text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map((match) => match[1] as string);
  return found.map((path) => posix.join(dirname(file), path)).filter((path) => path.endsWith(".ts"));
}
const graph = new Map(files.map((file) => [file, importsOf(file).filter((path) => existsSync(inRoot(path)))]));

/** A way from a file back to itself, or undefined. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}
const roomOf = (file: string, rooms: readonly string[]) =>
  rooms.find((room) => file === room || file.startsWith(`${room}/`));

describe("imports", () => {
  test("the way they are found sees every form, types included", () => {
    const text = `import { a } from "./a.ts";\nimport type { B } from './b.ts';\nexport * from "../c.ts";\nconst d = import("./d.ts");\ntype E = import("./e.ts").E;`;
    expect(importsOf("x/y.ts", text)).toEqual(["x/a.ts", "x/b.ts", "c.ts", "x/d.ts", "x/e.ts"]);
    expect(
      circleIn(
        new Map([
          ["a", ["b"]],
          ["b", ["c"]],
          ["c", ["b"]],
        ]),
      ),
    ).toEqual(["b", "c", "b"]);
    expect(
      circleIn(
        new Map([
          ["a", ["b", "c"]],
          ["b", ["c"]],
          ["c", []],
        ]),
      ),
    ).toBeUndefined();
  });

  test("none goes in a circle", () => expect(circleIn(graph)).toBeUndefined());

  test("they go one way", () => {
    const wrong = [...graph].flatMap(([file, imports]) => {
      const room = roomOf(file, Object.keys(MAY));
      if (!room) return [];
      return imports
        .filter((path) => !(file === "src/parts.ts" && UP.includes(path)))
        .filter((path) => !roomOf(path, [room, ...(MAY[room] ?? [])]))
        .map((path) => `${file} → ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  test("within the sandbox as well", () => {
    const floorOf = (file: string) => SANDBOX.findIndex((rooms) => roomOf(file, rooms));
    const inside = files.filter((file) => file.startsWith("sandbox/"));
    expect(inside.filter((file) => floorOf(file) < 0)).toEqual([]);
    const wrong = inside.flatMap((file) =>
      (graph.get(file) ?? []).filter((path) => floorOf(path) > floorOf(file)).map((path) => `${file} → ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("rooms", () => {
  const folders = new Map<string, string[]>();
  for (const file of files) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), posix.basename(file)]);

  test("none has more than about twenty files", () => {
    for (const [folder, content] of folders) expect(content.length, folder).toBeLessThanOrEqual(20);
  });

  test("no prefix of file names wants to be a room", () => {
    for (const [folder, content] of folders) {
      const stems = content.map((file) => file.replace(/\.(test|types)?\.?ts$/, ""));
      const prefixes = stems.flatMap((stem) => /^(.+?)[.-]/.exec(stem)?.[1] ?? []);
      const twice = prefixes.filter((prefix, at) => prefixes.indexOf(prefix) !== at || stems.includes(prefix));
      expect(twice, folder).toEqual([]);
    }
  });

  test("tools, sandbox and test have the same nouns", () => {
    for (const noun of ["recharge", "consumer"]) {
      expect(files).toContain(`tools/cls/${noun}/actions.ts`);
      expect(files).toContain(`sandbox/cls/${noun}.ts`);
      expect(files).toContain(`test/tools/cls/${noun}.test.ts`);
    }
    for (const noun of Object.keys(toolsets)) {
      expect(files).toContain(`tools/ckafka/${noun}/actions.ts`);
      expect(files).toContain(`sandbox/ckafka/${noun}.ts`);
      expect(files).toContain(`test/tools/ckafka/${noun}.test.ts`);
    }
  });
});

describe("src is the machine", () => {
  /** Names of two words and more: those of one are English. */
  const parameters = new Set<string>();
  const collect = (model: z.ZodTypeAny) => {
    const inner = bare(model);
    if (inner._def.typeName === "ZodArray") collect(inner._def.type);
    if (inner._def.typeName !== "ZodObject") return;
    for (const [name, field] of Object.entries((inner as z.AnyZodObject).shape as z.ZodRawShape)) {
      if (/^([A-Z][a-z0-9]+){2,}$/.test(name)) parameters.add(name);
      collect(field);
    }
  };
  for (const { input, output } of Object.values({ ...actions, ...ofLogs }))
    for (const model of [input, output]) collect(model);
  /** Every answer of the API carries the first; the second is JSON-RPC's. */
  for (const common of ["RequestId", "ErrorCode"]) parameters.delete(common);
  const nouns = /\b(topics?|consumers?|partitions?|brokers?|offsets?|datahub|kafka)\b/i;

  test("which names no action, no parameter and no noun, in code or in text", () => {
    const wrong = files
      .filter((file) => file.startsWith("src/"))
      .flatMap((file) => {
        const code = source(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
        const words = code.match(/[A-Za-z]+[a-z0-9]*/g) ?? [];
        const named = words.filter((word) => Object.hasOwn(actions, word) || parameters.has(word));
        const noun = nouns.exec(code.replaceAll("ckafka-mcp", ""))?.[0];
        return [...named, ...(noun ? [noun] : [])].map((word) => `${file}: ${word}`);
      });
    expect(wrong).toEqual([]);
  });
});
