// What others send or ask for is bounded: in sockets, in characters, in time that grows with the input alone.
import { createServer, request } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startControl } from "../../../sandbox/server/control.ts";
import { urlOf } from "../../../sandbox/server/http.ts";
import { adviceFor } from "../../../src/cloud/advice.ts";
import { createClient } from "../../../src/cloud/client.ts";
import { instanceRole } from "../../../src/cloud/credentials/roles.ts";
import { fixed } from "../../../src/cloud/credentials/source.ts";
import { createGate } from "../../../src/cloud/gate.ts";
import { noLimiter } from "../../../src/cloud/limiter.ts";
import { begin, few } from "../../../src/text/bounded.ts";
import { globFits } from "../../../src/text/glob.ts";
import { nearest } from "../../../src/text/nearest.ts";
import { ckafka } from "../../../tools/ckafka/service.ts";
import { afterTest, sandbox, serve, smallWorld } from "../../support/harness.ts";
import { endpoint } from "../../support/http.ts";

const call = {
  service: ckafka,
  action: "DescribeRegion",
  region: "ap-guangzhou",
  input: {},
  changes: false,
  perSecond: 20,
};
const credentials = fixed("test", { secretId: "AKIDx", secretKey: "y" });
const answer = (Response: object) => JSON.stringify({ Response });

describe("sockets", () => {
  test("10,000 reads at once are all answered, over at most 128 of them", { timeout: 120_000 }, async () => {
    let [open, most] = [0, 0];
    const server = createServer((incoming, response) => {
      incoming.resume();
      setTimeout(() => response.end(answer({ RequestId: "r" })), 1);
    });
    server.on("connection", (socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on("close", () => {
        open -= 1;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = urlOf(server);
    afterTest(async () => void server.close().closeAllConnections());
    const { send, close } = createClient({ url: () => url, credentials, limiter: noLimiter, timeout: 60_000 });
    afterTest(close);
    const answers = await Promise.all(Array.from({ length: 10_000 }, () => send(call)));
    expect(answers).toHaveLength(10_000);
    expect(most).toBeLessThanOrEqual(128);
  });

  test("whoever waits for one can leave, in any order, and keeps nobody else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), async (leaves) => {
        const gate = createGate(2);
        let [inside, most, entered] = [0, 0, 0];
        const each = leaves.map(async (early) => {
          const controller = new AbortController();
          const place = gate.enter(controller.signal);
          if (early) controller.abort();
          const leave = await Promise.resolve(place).catch(() => undefined);
          if (!leave) return;
          [inside, entered] = [inside + 1, entered + 1];
          most = Math.max(most, inside);
          await new Promise(setImmediate);
          inside -= 1;
          leave();
        });
        await Promise.all(each);
        expect(most).toBeLessThanOrEqual(2);
        expect(entered).toBeGreaterThanOrEqual(leaves.filter((early) => !early).length);
        // Two places are free again.
        expect([gate.enter(), gate.enter()].every((place) => typeof place === "function")).toBe(true);
      }),
    );
  });
});

describe("clocks", () => {
  test.each(["garbage", "", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "NaN", "1e9"])(
    "a Date that is %j is not believed, and later calls are as before",
    async (date) => {
      let expired = true;
      const seconds: number[] = [];
      const url = await endpoint((incoming, response) => {
        seconds.push(Number(incoming.headers["x-tc-timestamp"]));
        response.setHeader("date", date);
        const problem = { Code: "AuthFailure.SignatureExpire", Message: "m" };
        response.end(answer(expired ? { Error: problem, RequestId: "r" } : { RequestId: "r" }));
      });
      const { send, close } = createClient({ url: () => url, credentials, limiter: noLimiter, timeout: 5_000 });
      afterTest(close);
      await expect(send(call)).rejects.toMatchObject({ code: "AuthFailure.SignatureExpire" });
      expired = false;
      await send(call);
      for (const second of seconds) expect(Math.abs(second - Date.now() / 1000)).toBeLessThan(120);
    },
  );
});

describe("side requests", () => {
  const options = { sts: "http://127.0.0.1:9", region: "ap-guangzhou", timeout: 1_000 };

  test("the metadata service is read to 64 KB and to one deadline, and never quoted", async () => {
    const endless = await endpoint((_, response) => {
      const timer = setInterval(() => response.write("x".repeat(60_000)), 5);
      response.on("close", () => clearInterval(timer));
    });
    const silent = await endpoint((incoming, response) => {
      if (incoming.url?.endsWith("/")) setTimeout(() => response.end("role"), 600);
    });
    const broken = await endpoint(
      (incoming, response) => void response.end(incoming.url?.endsWith("/") ? "role" : '{"TmpSecretKey":"canary'),
    );
    const strange = await endpoint((_, response) => void response.end("<html>canary</html>\n\n"));
    const began = performance.now();
    await expect(instanceRole({ ...options, metadata: endless }).get()).rejects.toThrow(/larger than 64 KB/);
    await expect(instanceRole({ ...options, metadata: silent }).get()).rejects.toThrow(/no answer within/);
    await expect(instanceRole({ ...options, metadata: broken }).get()).rejects.toThrow(/answered no JSON object$/);
    await expect(instanceRole({ ...options, metadata: strange }).get()).rejects.toThrow(/names no role$/);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test("the metadata service is not asked through a proxy", async () => {
    let asked = 0;
    const metadata = await endpoint((_, response) => {
      asked += 1;
      response.statusCode = 404;
      response.end();
    });
    const proxy = await endpoint((_, response) => void response.destroy());
    const { call } = await serve(undefined, {
      args: ["--metadata-url", metadata, "--region", "ap-guangzhou"],
      env: { http_proxy: proxy, https_proxy: proxy },
    });
    await call("DescribeRegion");
    expect(asked).toBe(1);
  });

  test("the control endpoint takes 10 MB, and nothing that a page sends", async () => {
    const control = await startControl(await sandbox(smallWorld));
    afterTest(control.close);
    const status = await new Promise((resolve) => {
      const put = request(`${control.url}/world`, { method: "PUT" }, (response) => resolve(response.statusCode));
      put.on("error", () => resolve("closed"));
      for (let i = 0; i < 11; i += 1) put.write(Buffer.alloc(1_048_576, " "));
      put.end();
    });
    expect([413, "closed"]).toContain(status);
    for (const site of ["cross-site", "same-site", "same-origin"]) {
      const headers = { "sec-fetch-site": site };
      const got = await new Promise((resolve) =>
        request(`${control.url}/world`, { headers }, (response) => resolve(response.statusCode)).end(),
      );
      expect(got).toBe(403);
    }
  });
});

describe("time grows with the input alone", () => {
  /** Far more than any of it takes, far less than what grows with a square. */
  const inTime = (work: () => unknown) => {
    const began = performance.now();
    work();
    expect(performance.now() - began).toBeLessThan(2_000);
  };

  test("of error codes, names and patterns", () => {
    inTime(() => adviceFor(`${"a.".repeat(300_000)}b`));
    inTime(() => adviceFor(`InternalError${".".repeat(300_000)}`));
    inTime(() => nearest("n".repeat(1_000_000), ["DescribeRegion", "DescribeTopic"]));
    inTime(() => globFits(`${"*a".repeat(20)}*b`, "a".repeat(100_000)));
    inTime(() => globFits(`${"a*".repeat(20_000)}b`, "a".repeat(40_000)));
  });

  test("advice is for a code, and for what stands before its dots", () => {
    expect(adviceFor("InvalidParameterValue.Topic.Name")).toBe(adviceFor("InvalidParameterValue"));
    expect(adviceFor("AuthFailure.SignatureExpire")).toMatch(/clock/);
    for (const none of ["", "constructor", "__proto__", "toString.x", "InvalidParameterValues"])
      expect(adviceFor(none)).toBeUndefined();
  });

  test("a pattern fits what its regular expression fits", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "b", "*", ".", "\n"), maxLength: 8 });
    fc.assert(
      fc.property(part, fc.string({ unit: fc.constantFrom("a", "b", ".", "\n"), maxLength: 10 }), (pattern, text) => {
        const expression = pattern.replace(/[.]/g, "\\.").replaceAll("*", ".*");
        expect(globFits(pattern, text)).toBe(new RegExp(`^${expression}$`, "s").test(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what is told is bounded", () => {
  test("by whole characters, and says how much more there is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const cut = begin(text, most);
        expect(cut.length).toBeLessThanOrEqual(Math.max(most, text.length <= most ? text.length : most));
        expect(/\p{Cs}/u.test(cut)).toBe(false);
      }),
    );
    expect(few(["a", "b", "c"], 2)).toBe("a; b; and 1 more of this kind");
  });

  test("of arguments, names, and what the API says", async () => {
    const { call, client } = await serve(undefined, { args: ["--sandbox"] });
    const many = Object.fromEntries(Array.from({ length: 482 }, (_, at) => [`Unknown${at}`, 1]));
    const long = "x".repeat(1_000_000);
    for (const [name, args] of [
      ["DescribeInstances", many],
      ["DescribeInstances", { [long]: 1 }],
      ["DescribeInstances", { Limit: long }],
      ["DescribeInstances", { Region: long }],
      ["DescribeAction", { Action: long }],
      ["DescribeAction", { Action: "CreateTopic", Parameter: long }],
      ["DescribeTopic", { InstanceId: long }],
    ] as const) {
      const { isError, text } = await call(name, args);
      expect(isError).toBe(true);
      expect(text.length, name).toBeLessThan(9_000);
    }
    await expect(client.callTool({ name: long })).rejects.toThrow(/^.{1,9000}$/s);
    await expect(client.getPrompt({ name: long })).rejects.toThrow(/^.{1,9000}$/s);
    const url = await endpoint(
      (_, response) =>
        void response.end(answer({ Error: { Code: "a.".repeat(150_000), Message: long }, RequestId: long })),
    );
    const env = { TENCENTCLOUD_SECRET_ID: "AKIDx", TENCENTCLOUD_SECRET_KEY: "y", TENCENTCLOUD_REGION: "ap-guangzhou" };
    const { call: told } = await serve(undefined, { args: ["--endpoint", url], env });
    expect((await told("DescribeRegion")).text.length).toBeLessThan(9_000);
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "Topic.constructor"])(
    "%s is a name like any other that is not there",
    async (name) => {
      const { call } = await serve(undefined, { args: ["--sandbox"] });
      expect((await call("DescribeAction", { Action: "CreateTopic", Parameter: name })).text).toMatch(/has no /);
      expect((await call("DescribeAction", { Action: name })).text).toMatch(/there is no action/);
      if (name.includes(".")) return;
      const args = JSON.parse(`{${JSON.stringify(name)}:1}`);
      expect((await call("DescribeInstances", args)).text).toContain(`${name} is not a parameter`);
    },
  );
});
