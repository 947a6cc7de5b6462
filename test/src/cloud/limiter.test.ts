import { expect, test } from "vitest";
import { startSandbox } from "../../../sandbox/server/http.ts";
import { makeWorld } from "../../../sandbox/world/world.ts";
import { createClient } from "../../../src/cloud/client.ts";
import { fixed } from "../../../src/cloud/credentials/source.ts";
import { createLimiter, noLimiter } from "../../../src/cloud/limiter.ts";
import { ckafka } from "../../../tools/ckafka/service.ts";
import { afterTest, serve, smallWorld } from "../../support/harness.ts";

async function limited() {
  const box = await startSandbox({ world: makeWorld(smallWorld), rateLimit: true });
  afterTest(box.close);
  return box;
}
const clientOf = (box: Awaited<ReturnType<typeof limited>>, limiter = createLimiter()) =>
  createClient({
    url: () => box.url,
    credentials: fixed("t", box.credential),
    limiter,
    timeout: 1_000,
  });
/** One call a second. */
const lane = (key: string) => ({ key, most: 1, within: 1000 });
const describe = {
  service: ckafka,
  action: "DescribeInstances",
  region: "ap-guangzhou",
  input: {},
  changes: true,
  perSecond: 20,
};

test("60 calls at once of an action that takes 20 a second are all answered; without the limiter some are refused", async () => {
  const box = await limited();
  const { send, close } = clientOf(box);
  const sent = await Promise.all(Array.from({ length: 60 }, () => send(describe)));
  // Three bursts of twenty: forty had to wait for a second at least, twenty of these for two.
  expect(sent.filter(({ waited }) => waited >= 1_000).length).toBeGreaterThanOrEqual(40);
  expect(sent.filter(({ waited }) => waited >= 2_000).length).toBeGreaterThanOrEqual(20);
  await close();
  const { send: rash } = clientOf(await limited(), noLimiter);
  const results = await Promise.all(
    Array.from({ length: 300 }, () =>
      rash(describe).then(
        () => "ok",
        (e: { code: string }) => e.code,
      ),
    ),
  );
  expect(results).toContain("ok");
  expect(results).toContain("RequestLimitExceeded");
});

test("calls go in the order in which they came; actions, regions and credentials do not wait for each other", async () => {
  let now = 0;
  const limiter = createLimiter(() => now);
  const order: string[] = [];
  const go = (key: string, name: string) =>
    limiter.take(lane(key)).then(({ done }) => {
      order.push(name);
      done();
    });
  const all = [go("a", "a1"), go("a", "a2"), go("b", "b1"), go("a", "a3")];
  await Promise.all([all[0], all[2]]);
  expect(order).toEqual(["a1", "b1"]);
  now = 10_000;
  await all[1];
  now = 20_000;
  await all[3];
  expect(order).toEqual(["a1", "b1", "a2", "a3"]);
});

test("a call that waits can be cancelled, and does not hold up those behind it", async () => {
  const limiter = createLimiter();
  (await limiter.take(lane("k"))).done();
  const controller = new AbortController();
  const second = limiter.take(lane("k"), controller.signal);
  const third = limiter.take(lane("k"));
  controller.abort(new Error("changed my mind"));
  await expect(second).rejects.toThrow("changed my mind");
  expect((await third).waited).toBeGreaterThan(900);
  await expect(limiter.take(lane("k"), controller.signal)).rejects.toThrow("changed my mind");
});

test("over stdio a call says how long it waited, and a cancelled one leaves the queue unsent", async () => {
  const box = await limited();
  const { call, client } = await serve(box, { args: ["--rate-limit", "on"] });
  const fetch = { InstanceId: "ckafka-one", Topic: "events", Partition: 0, Offset: 1 };
  await call("FetchMessageByOffset", fetch);
  const controller = new AbortController();
  const cancelled = client.callTool({ name: "FetchMessageByOffset", arguments: fetch }, undefined, {
    signal: controller.signal,
  });
  const waited = call("FetchMessageByOffset", fetch);
  setTimeout(() => controller.abort(), 100);
  await expect(cancelled).rejects.toThrow();
  expect((await waited).data["(note)"]).toMatch(/^Waited \d\.\d s: the API takes 1 of these calls a second\.$/);
});
