// Several processes on one state directory: what is agreed to counts once, whoever comes for it.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { digest } from "../../src/guard/digest.ts";
import { answer, propose } from "../../src/guard/operator.ts";
import { ledgerIn, waitingFor } from "../support/guarding.ts";
import {
  agree,
  command,
  pseudoTerminal,
  sandbox,
  serve,
  smallWorld,
  smallWorldWith,
  temporaryFolder,
} from "../support/harness.ts";
import { inRoot } from "../support/paths.ts";

const InstanceId = "ckafka-one";
const deletion = { InstanceId, TopicName: "events" };
const sending = { DataHubId: "datahub-one", Message: [{ Body: "once" }] };
const idIn = (text: string) => / approve ([0-9a-f]{8})/.exec(text)?.[1] as string;

/** As an import spells it. */
const source = (path: string) => JSON.stringify(pathToFileURL(inRoot(path)).href);

async function start() {
  const dir = join(temporaryFolder(), "state");
  const box = await sandbox(smallWorld);
  const again = () => serve(box, { real: true, args: ["--state-dir", dir] });
  const { call } = await again();
  const left = async () => (await call("DescribeTopic", { InstanceId })).data.Result.TotalCount;
  const approving = (id: string, typed: string) => pseudoTerminal(["approve", id, "--state-dir", dir], typed);
  return { call, again, left, approving };
}

test("a change proposed by one process, approved in a terminal, runs in another", async () => {
  const { call, again, left, approving } = await start();
  expect((await approving(idIn((await call("DeleteTopic", deletion)).text), "events")).code).toBe(0);
  const { call: later } = await again();
  expect((await later("DeleteTopic", { TopicName: "events", InstanceId })).isError).toBe(false);
  expect(await left()).toBe(1);
});

test("of many that repeat an approved call at once, one carries it out", async () => {
  const { call, again, approving } = await start();
  const others = [await again(), await again()];
  expect((await approving(idIn((await call("SendMessage", sending)).text), "yes")).code).toBe(0);
  const calls = [call, ...others.map((other) => other.call)];
  const results = await Promise.all([...calls, ...calls].map((each) => each("SendMessage", sending)));
  expect(results.filter((r) => !r.isError)).toHaveLength(1);
  const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "quiet" });
  expect(data.Result.TopicInSyncReplicaList[0].EndOffset).toBe(2);
});

test("of processes that race for the same approvals, each approval goes to one", async () => {
  const { state, ledger } = ledgerIn();
  const now = Date.now();
  const digests = Array.from({ length: 150 }, (_, i) => digest("A", ["p"], "r", { i }));
  for (const hash of digests) await answer(ledger, await propose(ledger, waitingFor(hash), now), true, "somebody", now);
  // Each takes all of them in the same order, from the same moment on.
  const racer = `
    import { fileLedger } from ${source("src/guard/ledger/files.ts")};
    import { openState } from ${source("src/guard/state.ts")};
    import { take } from ${source("src/guard/operator.ts")};
    const [directory, start, ...digests] = process.argv.slice(1);
    const ledger = fileLedger(openState(directory), Date.now);
    while (Date.now() < Number(start));
    const taken = [];
    for (const digest of digests) taken.push(await take(ledger, digest));
    console.log(taken.filter((proof) => proof && !proof.used).length);`;
  const args = ["--import", "tsx", "--input-type=module", "-e", racer];
  const start = String(Date.now() + 3_000);
  const counts = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, [...args, state.directory, start, ...digests], { stdio: "pipe" });
      let stdout = "";
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
      });
      await new Promise((resolve) => child.on("close", resolve));
      return Number(stdout);
    }),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(digests.length);
});

test("processes that start at once share one key", async () => {
  const dir = temporaryFolder();
  const box = await sandbox(smallWorld);
  const servers = await Promise.all([1, 2, 3].map(() => serve(box, { real: true, args: ["--state-dir", dir] })));
  const texts = (await Promise.all(servers.map(({ call }) => call("DeleteTopic", deletion)))).map((r) => r.text);
  expect(new Set(texts).size).toBe(1);
  expect((await pseudoTerminal(["approve", idIn(texts[0] ?? ""), "--state-dir", dir], "events")).code).toBe(0);
});

/** How many lines each file of an audit has. */
const linesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => readFileSync(join(folder, name), "utf8").trim().split("\n").length);

test("several processes write at once, each its own file, and all are whole", async () => {
  const state = join(temporaryFolder(), "state");
  const box = await sandbox(smallWorldWith({ max: { topics: 20, partitions: 50, groups: 3 } }));
  const servers = await Promise.all(
    [1, 2, 3].map(() => serve(box, { real: true, args: ["--state-dir", state], answer: agree })),
  );
  // Changes of one thing would void each other's confirmations.
  const topic = (TopicName: string) => ({ InstanceId: "ckafka-one", TopicName, PartitionNum: 1, ReplicaNum: 1 });
  await Promise.all(
    servers.flatMap(({ call }, i) => [1, 2, 3].map((k) => call("CreateTopic", topic(`topic-${i}-${k}`)))),
  );
  expect(linesOf(join(state, "audit"))).toEqual([10, 10, 10]);
  expect(await command(["audit", "verify", "--state-dir", state])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/3 files, 30 lines/),
  });
});
