// The log service as a toolset: offered by its name only, sent to its own place, known to whoever looks for it.
import { expect, test } from "vitest";
import { createClient } from "../../../src/cloud/client.ts";
import { fixed } from "../../../src/cloud/credentials/source.ts";
import type { Limiter } from "../../../src/cloud/limiter.ts";
import { ckafka } from "../../../tools/ckafka/service.ts";
import { actions, UNDECLARED } from "../../../tools/cls/actions.ts";
import { cls } from "../../../tools/cls/service.ts";
import { sandbox, serve } from "../../support/harness.ts";
import { endpoint } from "../../support/http.ts";
import { GROUP, InstanceId, LOGS, started, world } from "./support.ts";

const names = Object.keys(actions);
const offered = async (...args: string[]) => {
  const { client } = await serve(await sandbox(), { args });
  return { tools: (await client.listTools()).tools, instructions: client.getInstructions() ?? "" };
};

test("its twelve tools come with its name, and with no word that means many", async () => {
  const [plain, all, both] = [
    await offered(),
    await offered("--toolsets", "all"),
    await offered("--toolsets", "all,cls"),
  ];
  const of = ({ tools }: typeof plain) => tools.map(({ name }) => name).filter((name) => names.includes(name));
  expect(names).toHaveLength(12);
  expect(of(both).sort()).toEqual([...names].sort());
  for (const words of [plain, all, await offered("--toolsets", "reads"), await offered("--toolsets=-acl")])
    expect(of(words)).toEqual([]);
  // What there was before stands as it was.
  const rest = both.tools.filter(({ name }) => !names.includes(name));
  expect(JSON.stringify(rest)).toBe(JSON.stringify(all.tools));
  expect(JSON.stringify(plain.tools)).toBe(JSON.stringify(all.tools));
  expect(plain.instructions).not.toMatch(/log service/i);
  expect(both.instructions).toContain(cls.instructions[0]);
  for (const name of UNDECLARED) expect(both.tools.map((tool) => tool.name)).not.toContain(name);
});

test("looking for them finds them where they are offered, in English and Chinese", async () => {
  const args = ["--discovery", "--toolsets", "all,cls"];
  const { call } = await serve(await sandbox(), { args });
  const find = async (Words: string) =>
    (await call("FindActions", { Words })).data.Actions.map(({ Action }: { Action: string }) => Action) as string[];
  for (const [words, action] of [
    ["import a topic into the log service", "CreateKafkaRecharge"],
    ["日志导入 创建", "CreateKafkaRecharge"],
    ["pause a log import", "ModifyKafkaRecharge"],
    ["暂停导入", "ModifyKafkaRecharge"],
    ["list log imports", "DescribeKafkaRecharges"],
    ["关闭 日志主题 协议消费", "CloseKafkaConsumer"],
    ["who reads the log topic", "DescribeKafkaConsumerGroupList"],
  ] as const)
    expect((await find(words)).slice(0, 3), words).toContain(action);
  const { call: without } = await serve(await sandbox(), { args: ["--discovery"] });
  const { data } = await without("FindActions", { Words: "pause a log import" });
  expect(data.Actions.map(({ Action }: { Action: string }) => Action).filter((a: string) => names.includes(a))).toEqual(
    [],
  );
});

test("DescribeAction shows one in full, with its error codes, and says where one is not offered", async () => {
  const { call } = await started();
  const { data } = await call("DescribeAction", { Action: "CreateKafkaRecharge" });
  expect(data.Errors).toContain("InvalidParameter.DbDuplication");
  expect(data.CallsPerSecond).toBe(20);
  expect(data.OutcomeShownBy).toBe("DescribeKafkaRecharges");
  const { data: control } = await call("DescribeAction", { Action: "ModifyKafkaRecharge", Parameter: "StatusControl" });
  expect(control.Schema.description).toMatch(/1 paused, 2 running/);
  const { call: without } = await serve(await sandbox());
  const { text } = await without("DescribeAction", { Action: "ModifyKafkaRecharge" });
  expect(text).toMatch(/not offered.*--toolsets all,cls/);
});

test("a request is signed for the log service, in its version", async () => {
  const seen: { headers: Record<string, unknown>; body: string }[] = [];
  const url = await endpoint(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.end(JSON.stringify({ Response: { Infos: [], TotalCount: 0, RequestId: "r" } }));
  });
  const { call } = await serve(undefined, {
    args: ["--endpoint", url, "--toolsets", "cls", "--region", "ap-guangzhou"],
    env: { TENCENTCLOUD_SECRET_ID: "AKIDtest", TENCENTCLOUD_SECRET_KEY: "key" },
  });
  await call("DescribeKafkaRecharges", { TopicId: LOGS });
  const [{ headers, body } = { headers: {}, body: "" }] = seen;
  expect(headers.authorization).toMatch(/^TC3-HMAC-SHA256 Credential=AKIDtest\/\d{4}-\d\d-\d\d\/cls\/tc3_request, /);
  expect(headers).toMatchObject({ "x-tc-action": "DescribeKafkaRecharges", "x-tc-version": "2020-10-16" });
  expect(body).toBe(JSON.stringify({ TopicId: LOGS }));
});

test("its calls are counted apart from those of other services", async () => {
  const keys: string[] = [];
  const limiter: Limiter = {
    take: async ({ key, most }) => {
      keys.push(`${key} ${most}`);
      return { waited: 0, done: () => {} };
    },
  };
  const url = await endpoint((_, response) => response.end(JSON.stringify({ Response: { RequestId: "r" } })));
  const credentials = fixed("test", { secretId: "id", secretKey: "key" });
  const { send } = createClient({ url: () => url, credentials, limiter, timeout: 5000 });
  const call = { action: "Same", region: "r", input: {}, perSecond: 20, changes: false };
  await send({ ...call, service: cls });
  await send({ ...call, service: ckafka });
  expect(keys).toEqual(["cls Same r id 20", "ckafka Same r id 20"]);
});

test("its hosts are its own, and regions that no document lists go to the cloud", async () => {
  expect(cls.url("ap-guangzhou", "near")).toBe("https://cls.tencentcloudapi.com");
  expect(cls.url("ap-guangzhou", "international")).toBe("https://cls.intl.tencentcloudapi.com");
  expect(cls.url("ap-guangzhou", "regional")).toBe("https://cls.ap-guangzhou.tencentcloudapi.com");
  const { call } = await started();
  const elsewhere = await call("DescribeKafkaRecharges", { TopicId: LOGS, Region: "ap-mumbai" });
  expect(elsewhere.text).toMatch(/UnsupportedRegion.*Choose another Region/);
  expect((await call("DescribeKafkaRecharges", { TopicId: LOGS, Region: "Guangzhou" })).text).toMatch(
    /knows no Region "Guangzhou"/,
  );
  // Actions of other services keep to the regions that they have.
  expect((await call("DescribeInstances", { Region: "ap-mumbai" })).text).toMatch(/knows no Region "ap-mumbai"/);
});

test("error codes say what to do, and a time-out leaves the outcome open", async () => {
  const { box, call } = await started({
    answer: ({ requestedSchema }) => ({
      action: "accept",
      content: { confirm: /^Type (.+) to confirm$/.exec(String(requestedSchema.properties.confirm?.title))?.[1] ?? "" },
    }),
  });
  const gone = await call("DescribeKafkaRecharges", { TopicId: "0b53fe5b-7ee3-4031-8043-5a73bad4f572" });
  expect(gone.text).toMatch(/ResourceNotFound.TopicNotExist.*another Region/);
  const stage = (code: string) =>
    box.staged.add({
      action: "DeleteKafkaRecharge",
      code,
      count: 1,
      delay: 0,
      message: "m",
      drop: false,
      after: false,
    });
  const { IMPORT } = await import("./support.ts");
  stage("FailedOperation.Timeout");
  expect((await call("DeleteKafkaRecharge", { TopicId: LOGS, Id: IMPORT })).text).toMatch(
    /It is unknown whether the change was carried out: DescribeKafkaRecharges tells/,
  );
  for (const code of Object.keys(cls.advice).filter((code) => code !== "FailedOperation.Timeout")) {
    stage(code);
    const { text } = await call("DeleteKafkaRecharge", { TopicId: LOGS, Id: IMPORT });
    expect(text).toContain(cls.advice[code] as string);
    expect(text).toContain("Nothing was changed.");
  }
});

test("a policy protects an instance whatever service a change goes to", async () => {
  const { temporaryFile } = await import("../../support/harness.ts");
  const policy = temporaryFile(
    "policy.json",
    JSON.stringify({ protected: { instance: [InstanceId], logTopic: [LOGS] } }),
  );
  const { call } = await started({
    args: ["--toolsets", "all,cls", "--policy", policy],
    answer: () => ({ action: "decline" }),
  });
  const { fromInstance, READ } = await import("./support.ts");
  expect((await call("CreateKafkaRecharge", { ...fromInstance, TopicId: READ })).text).toMatch(
    /the policy protects instance ckafka-one/,
  );
  expect((await call("OpenKafkaConsumer", { FromTopicId: LOGS })).text).toMatch(/the policy protects logTopic/);
});

test("previews of the instance name the import's group like any other, also where the log service is not offered", async () => {
  const box = await sandbox(world());
  const { call, forms } = await serve(box, { answer: () => ({ action: "decline" }) });
  box.clock.step(120_000);
  await call("DeleteTopic", { InstanceId, TopicName: "events" });
  expect(forms.at(-1)?.message).toContain(GROUP);
  await call("DeleteGroup", { InstanceId, Group: "rests" });
  expect(forms.at(-1)?.message).toContain("rests");
  await call("ModifyGroupOffsets", { InstanceId, Group: "rests", Strategy: 1, ShiftTimestamp: -2, Topics: ["quiet"] });
  expect(forms.at(-1)?.message).toContain("rests");
  await call("IsolatedInstancePre", { InstanceId });
  expect(forms.at(-1)?.message).toContain(GROUP);
  // Whoever reads has to be stopped first, here with the log service.
  expect((await call("DeleteGroup", { InstanceId, Group: GROUP })).text).toMatch(/1 active member/);
});
