// The dialog that nobody answers: how long it waits, and what then. The server's own code in this process, where a clock can run ahead.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { type CallToolResult, ElicitRequestSchema, type Progress } from "@modelcontextprotocol/sdk/types.js";
import pino from "pino";
import { afterEach, expect, test, vi } from "vitest";
import type { Parts } from "../../../src/cli/context.ts";
import { readOptions } from "../../../src/cli/options.ts";
import { openHandlers } from "../../../src/cli/serve.ts";
import { advertise } from "../../../src/discovery/advertise.ts";
import { createServer } from "../../../src/protocol/initialize.ts";
import { catalogue } from "../../../tools/index.ts";
import { afterTest, sandbox, smallWorld, temporaryFolder } from "../../support/harness.ts";

afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;
const InstanceId = "ckafka-one";

const never = () => Promise.reject(new Error("not needed"));
const notNeeded: Parts = { catalogue: never, prompts: never, sandbox: never, sandboxControl: never };

/** A client that declares dialogs and leaves every one open; resolves `shown` when it has one. */
async function start() {
  const box = await sandbox(smallWorld);
  const { secretId, secretKey } = box.credential;
  const flags = ["--endpoint", box.url, "--region", box.region, "--secret-id", secretId, "--secret-key", secretKey];
  const list = advertise(catalogue);
  const options = readOptions([...flags, "--state-dir", temporaryFolder()], {}, list.regions);
  if (typeof options === "string") throw new Error(options);
  const handlers = await openHandlers(
    {
      env: {},
      home: "/nonexistent",
      self: "ckafka-mcp",
      advertised: () => list,
      reference: () => {
        throw new Error("not needed");
      },
      parts: { ...notNeeded, catalogue: async () => catalogue },
      openLog: async () => pino({ level: "silent" }),
    },
    options,
  );
  const { server } = createServer(handlers, "0");
  const client = new Client({ name: "test", version: "1" }, { capabilities: { elicitation: {} } });
  const shown = new Promise<void>((resolve) =>
    client.setRequestHandler(ElicitRequestSchema, () => {
      resolve();
      return new Promise(() => {});
    }),
  );
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  afterTest(() => client.close());
  return { box, client, shown };
}

test("a dialog waits for ten minutes, then nothing has changed", async () => {
  const { box, client, shown } = await start();
  // Time goes on as well: the preview is read from the sandbox over real HTTP.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"], shouldAdvanceTime: true });
  let result: CallToolResult | undefined;
  const args = { name: "DeleteTopic", arguments: { InstanceId, TopicName: "events" } };
  const heard: (string | undefined)[] = [];
  const onprogress = ({ message }: Progress) => void heard.push(message);
  const called = client.callTool(args, undefined, { timeout: 60 * MINUTE, onprogress }).then((answer) => {
    result = answer as CallToolResult;
  });
  await shown;
  await vi.advanceTimersByTimeAsync(10 * MINUTE - 5_000);
  expect(result).toBeUndefined();
  // Meanwhile the client hears that the call is alive.
  expect(heard.length).toBeGreaterThan(30);
  expect(new Set(heard)).toEqual(new Set(["waiting for the person's answer"]));
  await vi.advanceTimersByTimeAsync(10_000);
  await called;
  expect(result?.isError).toBe(true);
  expect(JSON.stringify(result?.content)).toMatch(
    /DeleteTopic was not carried out: the confirmation dialog brought no answer \(.*timed out.*\)\. Nothing was changed\./,
  );
  const [instance] = box.world.regions["ap-guangzhou"]?.instances ?? [];
  expect(instance?.topics.map(({ name }) => name)).toContain("events");
});
