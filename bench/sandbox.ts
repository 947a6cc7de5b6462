// The sandbox alone: how soon it is ready, and what a large world costs.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "../src/cloud/client.ts";
import { fixed } from "../src/cloud/credentials/source.ts";
import { noLimiter } from "../src/cloud/limiter.ts";
import { ckafka } from "../tools/ckafka/service.ts";
import { bareNode, megabytes, resident, SERVER } from "./process.ts";
import { heading, line, median, ms, ratio } from "./report.ts";

const ROUNDS = 15;
const WARM_UP = 2;
const InstanceId = "ckafka-large";

/** A world of so many topics with so many single messages each. */
const worldOf = (topics: number, records: number) => ({
  regions: {
    "ap-guangzhou": {
      zones: [{ id: 100003, name: "Guangzhou Zone 3" }],
      instances: [
        {
          id: InstanceId,
          name: "large",
          zones: [100003],
          vpc: "vpc-1",
          subnet: "subnet-1",
          vip: "10.0.0.1",
          topics: Array.from({ length: topics }, (_, t) => ({
            // Neither names nor times come in the order in which a page shows them.
            name: `topic-${(t * 7919) % topics}`,
            partitions: 2,
            created: `-${((t * 31) % 9_000) + 100}m`,
            records: Array.from({ length: records }, (_, r) => ({
              partition: r % 2,
              at: `-${records - r}s`,
              key: `key-${r % 10}`,
              value: `{"number":${r},"topic":${t}}`,
            })),
          })),
        },
      ],
    },
  },
});

interface Started {
  child: ChildProcess;
  /** Milliseconds from spawn to the first answer. */
  ready: number;
  /** Milliseconds of a call. */
  call: (action: string, input: Record<string, unknown>) => Promise<number>;
  stop: () => Promise<void>;
}
async function start(...args: string[]): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, [SERVER, "sandbox", "--rate-limit", "off", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH },
  });
  const told = await new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
  const { url, secretId, secretKey } = JSON.parse(told);
  const { send, close } = createClient({
    url: () => url,
    credentials: fixed("bench", { secretId, secretKey }),
    limiter: noLimiter,
    timeout: 60_000,
  });
  const call = async (action: string, input: Record<string, unknown>) => {
    const began = performance.now();
    await send({ service: ckafka, action, region: "ap-guangzhou", input, changes: false, perSecond: 20 });
    return performance.now() - began;
  };
  await call("DescribeRegion", {});
  const ready = performance.now() - began;
  const stop = async () => {
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await Promise.all([exit, close()]);
  };
  return { child, ready, call, stop };
}

export async function measureSandbox() {
  const [node, ready]: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const bare = await bareNode();
    const sandbox = await start();
    await sandbox.stop();
    if (round < 0) continue;
    node.push(bare);
    ready.push(sandbox.ready);
  }
  heading(`Sandbox alone: spawn → first answer (median of ${ROUNDS})`);
  line("node -e 0", ms(median(node)));
  line("ckafka-mcp sandbox, the world that ships", ms(median(ready)), "aim: at most 100 ms");
  line("ckafka-mcp sandbox / node -e 0", ratio(ready, node));

  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(folder, "world.json");
  const pages: [topics: number, first: number, last: number][] = [];
  for (const topics of [100, 1_000, 10_000]) {
    writeFileSync(file, JSON.stringify(worldOf(topics, 100)));
    const large = await start("--world", file);
    const page = async (Offset: number) => {
      const times: number[] = [];
      for (let i = -20; i < 100; i += 1) {
        const took = await large.call("DescribeTopicDetail", { InstanceId, Offset, Limit: 50 });
        if (i >= 0) times.push(took);
      }
      return median(times);
    };
    pages.push([topics, await page(0), await page(topics - 50)]);
    if (topics === 10_000) {
      heading("A world of 10,000 topics and 1,000,000 single messages");
      line("spawn → first answer", ms(large.ready), "aim: a few seconds");
      line("resident memory", megabytes(resident(large.child.pid as number)));
    }
    await large.stop();
  }
  rmSync(folder, { recursive: true });
  heading("DescribeTopicDetail, a page of 50 through HTTP (median of 100)");
  for (const [topics, first, last] of pages)
    line(
      `${topics.toLocaleString("en-US")} topics, first page / last page`,
      `${ms(first)} / ${ms(last)}`,
      "aim: under 5 ms",
    );
  const [least, , most] = pages;
  if (least && most) line("first page, 10,000 topics / 100 topics", (most[1] / least[1]).toFixed(2));
}
