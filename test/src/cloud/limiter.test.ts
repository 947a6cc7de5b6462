import { afterEach, expect, test, vi } from "vitest";
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
/** A call that takes so many a second. */
const lane = (key: string, most = 1) => ({ key, most, within: 1000 });
const describe = {
  service: ckafka,
  action: "DescribeInstances",
  region: "ap-guangzhou",
  input: {},
  changes: true,
  perSecond: 20,
};

test("30 calls at once of an action that takes 20 a second are all answered; without the limiter some are refused", async () => {
  const box = await limited();
  const { send, close } = clientOf(box);
  const sent = await Promise.all(Array.from({ length: 30 }, () => send(describe)));
  // Ten had to wait for a second at least.
  expect(sent.filter(({ waited }) => waited >= 1_000).length).toBeGreaterThanOrEqual(10);
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

/** A limiter whose clock goes on only when it is told to. */
function standing() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  return createLimiter();
}
afterEach(() => void vi.useRealTimers());

test("a second lets as many go as it takes, counted from their answers", async () => {
  const limiter = standing();
  const gone: number[] = [];
  const go = () =>
    limiter.take(lane("k", 20)).then(({ waited, done }) => {
      gone.push(Math.floor(waited / 1000));
      done();
    });
  const all = Promise.all(Array.from({ length: 60 }, go));
  await vi.advanceTimersByTimeAsync(3_000);
  await all;
  expect(gone).toEqual([0, 1, 2].flatMap((second) => Array(20).fill(second)));
});

test("calls go in the order in which they came; actions, regions and credentials do not wait for each other", async () => {
  const limiter = standing();
  const order: string[] = [];
  const go = (key: string, name: string) =>
    void limiter.take(lane(key)).then(({ done }) => {
      order.push(name);
      done();
    });
  go("a", "a1");
  go("a", "a2");
  go("b", "b1");
  go("a", "a3");
  await vi.advanceTimersByTimeAsync(0);
  expect(order).toEqual(["a1", "b1"]);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(order).toEqual(["a1", "b1", "a2"]);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(order).toEqual(["a1", "b1", "a2", "a3"]);
});

test("a call that waits can be cancelled, and does not hold up those behind it", async () => {
  const limiter = standing();
  (await limiter.take(lane("k"))).done();
  const controller = new AbortController();
  const second = limiter.take(lane("k"), controller.signal);
  const third = limiter.take(lane("k"));
  controller.abort(new Error("changed my mind"));
  await expect(second).rejects.toThrow("changed my mind");
  await vi.advanceTimersByTimeAsync(1_100);
  expect((await third).waited).toBeGreaterThanOrEqual(1_000);
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
