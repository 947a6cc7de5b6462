// What a client waits for when it starts the server.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../test/support/paths.ts";
import { bareNode, frame, hello, LIST, megabytes, resident, SERVER, start } from "./process.ts";
import { heading, line, median, ms, ratio } from "./report.ts";

const ROUNDS = 15;
const WARM_UP = 2;

/** Milliseconds from spawn to the answer to tools/list. */
async function once(args: string[]): Promise<number> {
  const began = performance.now();
  const { child, ask } = start(args);
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
  const [node, least, ours]: [number[], number[], number[]] = [[], [], []];
  // In turn, so that a drift of the machine's speed falls on all three.
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = [await bareNode(), await once([minimal, LIST]), await once([SERVER, "--sandbox"])];
    if (round >= 0) for (const [i, list] of [node, least, ours].entries()) list.push(times[i] as number);
  }
  heading(`Start: spawn → tools/list (median of ${ROUNDS})`);
  line("node -e 0", ms(median(node)));
  line("minimal server of the same SDK, same list", ms(median(least)));
  line("ckafka-mcp", ms(median(ours)));
  line("ckafka-mcp / node -e 0", ratio(ours, node));
  line("ckafka-mcp / minimal server", ratio(ours, least), "aim: at most 1.2");
  const { child, ask } = start([SERVER, "--sandbox", "--log-level", "error"]);
  await ask(1, hello + frame(1, "tools/list"));
  line("resident memory after tools/list", megabytes(resident(child.pid as number)), "aim: at most 75 MB");
  child.kill();
}
