// What a client waits for when it starts the server.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../test/support/paths.ts";
import { bareNode, frame, hello, LIST, megabytes, resident, SERVER, start } from "./process.ts";
import { heading, line, median, ms, ratio } from "./report.ts";

const ROUNDS = 15;
const WARM_UP = 2;

/** Milliseconds from spawn to the answer to tools/list. */
async function once(args: string[], node?: string, env?: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const { child, ask } = start(args, node, env);
  await ask(1, hello + frame(1, "tools/list"));
  const took = performance.now() - began;
  child.kill();
  return took;
}
/** The smallest server of the same SDK, bundled as ours is. */
async function minimalServer(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "bench-")), "minimal.mjs");
  await build({
    entryPoints: [inRoot("bench/minimal.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.18",
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

export async function measureStartup() {
  const minimal = await minimalServer();
  await measurePlain(minimal);
  await measureCached(minimal);
}

const OURS = [SERVER, "--sandbox"];

async function measurePlain(minimal: string) {
  // Also where the running Node has a cache: this is what a first start costs, and every start on Node 20.
  const plain = { NODE_DISABLE_COMPILE_CACHE: "1" };
  const [node, least, ours]: [number[], number[], number[]] = [[], [], []];
  // In turn, so that a drift of the machine's speed falls on all three.
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = [await bareNode(), await once([minimal, LIST]), await once(OURS, process.execPath, plain)];
    if (round >= 0) for (const [i, list] of [node, least, ours].entries()) list.push(times[i] as number);
  }
  heading(`Start: spawn → tools/list (median of ${ROUNDS})`);
  line("node -e 0", ms(median(node)));
  line("minimal server of the same SDK, same list", ms(median(least)));
  line("ckafka-mcp", ms(median(ours)));
  line("ckafka-mcp / node -e 0", ratio(ours, node));
  line("ckafka-mcp / minimal server", ratio(ours, least), "aim: at most 1.0 on Node 20");
  const { child, ask } = start([...OURS, "--log-level", "error"], process.execPath, plain);
  await ask(1, hello + frame(1, "tools/list"));
  line("resident memory after tools/list", megabytes(resident(child.pid as number)), "aim: at most 50 MB on Node 20");
  child.kill();
}

/** The same with Node's cache of compiled code, in a folder of its own, which the first start fills. */
async function measureCached(minimal: string) {
  const node = process.env.BENCH_NODE ?? process.execPath;
  const asked = "process.stdout.write(require('node:module').enableCompileCache ? process.version : '')";
  const version = execFileSync(node, ["-e", asked], { encoding: "utf8" });
  heading(`Start with Node's compile cache${version && `, ${version}`}: spawn → tools/list (median of ${ROUNDS})`);
  if (!version) {
    line("ckafka-mcp / minimal server", "not measured", "BENCH_NODE=/path/to/node with one (22.1), like npm's node@24");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  // Where Node looks for its default folder; NODE_COMPILE_CACHE would give the minimal server a cache as well.
  const env = { TMPDIR: folder, TEMP: folder };
  const { child, ask } = start(OURS, node, env);
  await ask(1, hello + frame(1, "tools/list"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin.end();
  await ended;
  const [least, ours]: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = [await once([minimal, LIST], node, env), await once(OURS, node, env)];
    if (round >= 0) for (const [i, list] of [least, ours].entries()) list.push(times[i] as number);
  }
  rmSync(folder, { recursive: true });
  line("minimal server of the same SDK, same list", ms(median(least)));
  line("ckafka-mcp, from the second start on", ms(median(ours)));
  line("ckafka-mcp / minimal server", ratio(ours, least), "aim: at most 0.9");
}
