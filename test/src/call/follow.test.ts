// What becomes of a change after it was accepted: watched to its end, for as long as was allowed, and told as it was seen.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProgressCallback } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { CallToolResult, Progress } from "@modelcontextprotocol/sdk/types.js";
import { request as relay } from "undici";
import { expect, test } from "vitest";
import type { z } from "zod/v3";
import { stagedModel } from "../../../sandbox/server/staged.ts";
import { bare } from "../../../src/model/field.ts";
import { quantityOf } from "../../../src/model/quantity.ts";
import { actions } from "../../../tools/ckafka/actions.ts";
import { follows } from "../../../tools/ckafka/purchase/after.ts";
import { follows as upkeepFollows } from "../../../tools/ckafka/upkeep/after.ts";
import { catalogue } from "../../../tools/index.ts";
import { agree, type ServerUnderTest, sandbox, serve, smallWorld, temporaryFolder } from "../../support/harness.ts";
import { endpoint } from "../../support/http.ts";

const InstanceId = "ckafka-one";
const route = { InstanceId, VipType: 3, AccessType: 0, VpcId: "vpc-2", SubnetId: "subnet-2" };
const note = (data: Record<string, unknown>) => data["(note)"] as string;

const lines = (dir: string) =>
  readdirSync(join(dir, "audit"))
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) =>
      readFileSync(join(dir, "audit", name), "utf8")
        .trim()
        .split("\n"),
    )
    .map((line) => JSON.parse(line) as { event: string; outcome?: string });

/** Calls as a client does that shows progress. */
async function watched(
  { client }: ServerUnderTest,
  name: string,
  args: Record<string, unknown>,
  onprogress: ProgressCallback,
  signal?: AbortSignal,
) {
  const options = { onprogress, timeout: 60_000, ...(signal ? { signal } : {}) };
  const raw = (await client.callTool({ name, arguments: args }, undefined, options)) as CallToolResult;
  return { data: raw.structuredContent as Record<string, unknown>, isError: raw.isError === true };
}

test("a change is followed to its end, with progress on the way", async () => {
  const box = await sandbox(smallWorld);
  const server = await serve(box, { args: ["--wait", "60"], answer: agree });
  const seen: Progress[] = [];
  const { data, isError } = await watched(server, "CreateRoute", route, (progress) => {
    seen.push(progress);
    if (seen.length === 2) box.clock.step(20_000);
  });
  const { FlowId } = (data.Result as { Data: { FlowId: number } }).Data;
  expect(isError).toBe(false);
  expect(note(data)).toMatch(
    new RegExp(`^Seen after [\\d.]+ s: successful \\(0\\) \\(DescribeTaskStatus {"FlowId":${FlowId}}\\)\\.$`),
  );
  expect(seen.length).toBeGreaterThanOrEqual(2);
  expect(seen.every(({ message }) => message === "in progress (2)")).toBe(true);
  const steps = seen.map(({ progress }) => progress);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
});

test("the wait is bounded, and a sentence says how to look again", async () => {
  const { call } = await serve(await sandbox(smallWorld), { args: ["--wait", "0.8"], answer: agree });
  const { data, isError } = await call("CreateRoute", route);
  const { FlowId } = data.Result.Data;
  expect(isError).toBe(false);
  expect(note(data)).toMatch(/^Still in progress \(2\) after [\d.]+ s; look again with DescribeTaskStatus {"FlowId":/);
  expect((await call("DescribeTaskStatus", { FlowId })).data.Result.Status).toBe(2);
});

test("without a wait nothing is looked at, and the result says where to", async () => {
  const { call } = await serve(await sandbox(smallWorld), { args: ["--wait", "0"], answer: agree });
  const { data } = await call("CreateRoute", route);
  expect(note(data)).toMatch(/^It may still be under way: DescribeTaskStatus {"FlowId":\d+} tells\.$/);
  const topic = await call("CreateTopic", { InstanceId, TopicName: "t", PartitionNum: 1, ReplicaNum: 1 });
  expect(topic.data).not.toHaveProperty("(note)");
});

test("what cannot be read is said, and the change is not called a failure", async () => {
  const box = await sandbox(smallWorld);
  const { call } = await serve(box, { args: ["--wait", "30"], answer: agree });
  box.staged.add(stagedModel.parse({ action: "DescribeTaskStatus", code: "UnauthorizedOperation", message: "no" }));
  const { data, isError } = await call("CreateRoute", route);
  expect(isError).toBe(false);
  expect(note(data)).toMatch(/^What became of it could not be read \(.*no\): try DescribeTaskStatus {/);
});

test("a change that was accepted and fails later is an error, with what the API says of it", async () => {
  const box = await sandbox(smallWorld);
  const dir = join(temporaryFolder(), "state");
  const server = await serve(box, { args: ["--wait", "60", "--state-dir", dir], answer: agree });
  box.staged.add(stagedModel.parse({ action: "CreateRoute", outcome: "fail", message: "no address left" }));
  const { data, isError } = await watched(server, "CreateRoute", route, () => box.clock.step(20_000));
  expect(isError).toBe(true);
  expect(note(data)).toMatch(/^It was accepted, but failed, seen after [\d.]+ s: failed \(1\): no address left \(/);
  expect((data.Result as { Data: object }).Data).toHaveProperty("FlowId");
  expect(lines(dir).at(-1)).toMatchObject({ event: "followed", outcome: expect.stringContaining("no address left") });
});

test("a secret that the API quotes in what it says later reaches no progress, result or audit", async () => {
  const box = await sandbox(smallWorld);
  const dir = join(temporaryFolder(), "state");
  const server = await serve(box, { args: ["--wait", "60", "--state-dir", dir], answer: agree });
  const Password = "quoted-by-the-api";
  const place = { Resource: "es-1", SelfBuilt: false, ServiceVip: "10.0.0.3", UniqVpcId: "vpc-1" };
  const change = { ResourceName: "es", Type: "ES", EsConnectParam: { ...place, Port: 9200, UserName: "u", Password } };
  box.staged.add(
    stagedModel.parse({ action: "CreateConnectResource", outcome: "fail", message: `no login with ${Password}` }),
  );
  const said: string[] = [];
  const { data } = await watched(server, "CreateConnectResource", change, ({ message }) => {
    said.push(String(message));
    box.clock.step(20_000);
  });
  expect(note(data)).toContain("no login with (secret)");
  box.staged.add(
    stagedModel.parse({ action: "CreateConnectResource", code: "FailedOperation", message: `not ${Password}` }),
  );
  const refused = await server.call("CreateConnectResource", { ...change, ResourceName: "other" });
  expect(refused.text).toContain("not (secret)");
  box.staged.add(
    stagedModel.parse({ action: "DescribeConnectResource", code: "FailedOperation", message: `for ${Password}` }),
  );
  const unread = await server.call("CreateConnectResource", { ...change, ResourceName: "third" });
  expect(note(unread.data)).toContain("for (secret)");
  expect(JSON.stringify([said, data, refused.raw, unread.raw, lines(dir)])).not.toContain(Password);
});

test("an answer that is not as documented is no failure of a change that was carried out", async () => {
  const box = await sandbox(smallWorld);
  // The change's own answer lacks what tells where to look; all reads are as ever.
  const url = await endpoint(async (request, answer) => {
    if (request.headers["x-tc-action"] === "DeleteTopic") return answer.end('{"Response":{"RequestId":"r-1"}}');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = { ...(request.headers as Record<string, string>) };
    delete headers["content-length"];
    delete headers.connection;
    const { body } = await relay(box.url, { method: "POST", headers, body: Buffer.concat(chunks) });
    answer.end(await body.text());
  });
  const dir = join(temporaryFolder(), "state");
  const { call } = await serve(box, { args: ["--endpoint", url, "--wait", "5", "--state-dir", dir], answer: agree });
  const made = await call("DeleteTopic", { InstanceId: "ckafka-one", TopicName: "quiet" });
  expect(made.isError).toBe(false);
  expect(
    lines(dir)
      .map(({ event }) => event)
      .slice(0, 4),
  ).toEqual(["start", "proposed", "approved", "executed"]);
});

test("a resize is at its end only with the sizes that were asked for", () => {
  const asked = { InstanceId, BandWidth: quantityOf(60, "MB/s"), DiskSize: quantityOf(250, "GB") };
  const watch = follows.ModifyInstancePre?.(asked, {} as never);
  const seen = (Bandwidth: number, DiskSize: number, Status = 1) =>
    watch?.see({ Result: { Status, Bandwidth, DiskSize, CreatedPartitions: 1, RemainingPartitions: 9 } } as never).end;
  // Asked for in MB/s, read in Mbps: 60 Mbps is no 60 MB/s, and neither is what it shrinks from.
  expect([seen(320, 300), seen(480, 200), seen(480, 300, 7), seen(60, 300), seen(800, 300)]).toEqual(
    Array(5).fill(undefined),
  );
  expect(seen(480, 300)).toBe("done");
});

test("a cluster that says it failed is a failure", () => {
  const watch = upkeepFollows.CreateCdcCluster?.({} as never, { Result: { TaskId: 1 } } as never);
  const end = (Result: string) => watch?.see({ Result } as never).end;
  expect(["Success", "Running", "Failed"].map(end)).toEqual(["done", undefined, "failed"]);
});

test("what is gone is the end of a deletion", async () => {
  const box = await sandbox();
  const server = await serve(box, { args: ["--wait", "60"], answer: agree });
  const { data } = await watched(server, "DeleteInstancePost", { InstanceId: "ckafka-stag2b6q" }, ({ message }) => {
    expect(message).toBe("in progress (2)");
    box.clock.step(60_000);
  });
  expect(note(data)).toMatch(/^Seen after [\d.]+ s: successful/);
  expect((await server.call("DescribeInstanceAttributes", { InstanceId: "ckafka-stag2b6q" })).isError).toBe(true);
});

test("cancelling ends the looking, not the change, and the audit has both", async () => {
  const dir = join(temporaryFolder(), "state");
  const server = await serve(await sandbox(smallWorld), {
    args: ["--wait", "600", "--state-dir", dir],
    answer: agree,
  });
  const cancel = new AbortController();
  await expect(watched(server, "CreateRoute", route, () => cancel.abort("enough"), cancel.signal)).rejects.toThrow();
  const { data } = await server.call("DescribeRoute", { InstanceId, MainRouteFlag: true });
  expect(data.Result.Routers).toHaveLength(2);
  await expect.poll(() => lines(dir).at(-1)?.event).toBe("followed");
  expect(lines(dir).map(({ event }) => event)).toEqual(["start", "proposed", "approved", "executed", "followed"]);
  expect(lines(dir).at(-1)?.outcome).toMatch(/^Still in progress|could not be read/);
});

test("every change whose response can name a task is followed", () => {
  const shapeOf = (model: z.ZodTypeAny): Record<string, z.ZodTypeAny> => bare(model)._def.shape?.() ?? {};
  const named = Object.entries(actions).filter(([, { effect, output }]) => {
    const Result = shapeOf(shapeOf(output).Result ?? output);
    return effect !== "read" && (Result.FlowId || (Result.Data && shapeOf(Result.Data).FlowId));
  });
  expect(named.length).toBeGreaterThan(20);
  expect(named.map(([name]) => name).filter((name) => !catalogue.entries.get(name)?.follow)).toEqual([]);
});
