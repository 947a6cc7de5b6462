// Where credentials come from: real files and real HTTP servers that behave as documented, with the official SDK as referee.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type ChainOptions, findCredentials } from "../../../src/cloud/credentials/chain.ts";
import { instanceRole } from "../../../src/cloud/credentials/roles.ts";
import { renewing } from "../../../src/cloud/credentials/source.ts";
import { sandbox, serve, smallWorld, temporaryFolder } from "../../support/harness.ts";
import { endpoint } from "../../support/http.ts";

function home(files: Record<string, string> = {}): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
const inADay = () => Math.floor(Date.now() / 1000) + 86_400;

interface Seen {
  action: string;
  authorization: string;
  input: Record<string, string>;
}
/** STS and the metadata service in one: answers as both document. */
async function issuer(answer: { expires?: () => number; error?: string } = {}) {
  const seen: Seen[] = [];
  const paths: string[] = [];
  const url = await endpoint(async (request, response) => {
    const expires = (answer.expires ?? inADay)();
    if (request.method === "GET") {
      paths.push(request.url ?? "");
      const last = request.url?.split("/").at(-1);
      const credential = {
        TmpSecretId: "AKIDrole",
        TmpSecretKey: "rolekey",
        Token: "roletoken",
        ExpiredTime: expires,
        Code: answer.error ?? "Success",
      };
      return response.end(last === "" ? "worker-role" : JSON.stringify(credential));
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({
      action: String(request.headers["x-tc-action"]),
      authorization: String(request.headers.authorization),
      input: JSON.parse(body),
    });
    const Credentials = { TmpSecretId: `AKIDtmp${seen.length}`, TmpSecretKey: "tmpkey", Token: `token${seen.length}` };
    response.end(
      JSON.stringify({
        Response: answer.error
          ? { Error: { Code: answer.error, Message: "no" }, RequestId: "r" }
          : { Credentials, ExpiredTime: expires, RequestId: "r" },
      }),
    );
  });
  return { url, seen, paths };
}
function chain(options: Partial<ChainOptions> & { url?: string; now?: () => number; metadata?: boolean } = {}) {
  const { url = "http://127.0.0.1:9", now, metadata = false, ...rest } = options;
  const roles = { sts: url, metadata: url, region: "ap-guangzhou", timeout: 2_000, ...(now ? { now } : {}) };
  return findCredentials({
    flags: {},
    env: {},
    home: home(),
    profile: undefined,
    role: undefined,
    instance: metadata ? instanceRole(roles) : undefined,
    roles,
    ...rest,
  });
}

const TCCLI = {
  ".tccli/default.credential": '{"secretId":"AKIDfile","secretKey":"filekey"}',
  ".tccli/default.configure": '{"_sys_param":{"region":"ap-tokyo","output":"json"}}',
  ".tccli/prod.credential": '{"secretId":"AKIDprod","secretKey":"prodkey","token":"prodtoken"}',
};
const SDK = {
  ".tencentcloud/credentials":
    "[default]\nsecret_id = AKIDini\nsecret_key = inikey\n\n[other]\nsecret_id=AKIDother\nsecret_key=otherkey\ntoken = othertoken\n",
};
const environment = { TENCENTCLOUD_SECRET_ID: "AKIDenv", TENCENTCLOUD_SECRET_KEY: "envkey" };
const tke = (file: string) => ({
  TKE_REGION: "ap-seoul",
  TKE_PROVIDER_ID: "provider",
  TKE_WEB_IDENTITY_TOKEN_FILE: file,
  TKE_ROLE_ARN: "qcs::cam::uin/1:roleName/pod",
});

test("the first source that is there counts: flags, environment, profile, TKE, instance role", async () => {
  const { url, paths } = await issuer();
  const token = join(home({ token: "jwt" }), "token");
  const all = {
    flags: { secretId: "AKIDflag", secretKey: "k" },
    env: { ...environment, ...tke(token) },
    home: home(TCCLI),
    metadata: true,
    url,
  };
  const id = async (options: Parameters<typeof chain>[0]) => (await chain(options).credentials.get()).secretId;
  expect(await id(all)).toBe("AKIDflag");
  expect(await id({ ...all, flags: {} })).toBe("AKIDenv");
  expect(await id({ ...all, flags: {}, env: tke(token) })).toBe("AKIDfile");
  expect(await id({ ...all, flags: {}, env: tke(token), home: home() })).toBe("AKIDtmp1");
  expect(await id({ ...all, flags: {}, env: {}, home: home() })).toBe("AKIDrole");
  expect(paths).toEqual([
    "/latest/meta-data/cam/security-credentials/",
    "/latest/meta-data/cam/security-credentials/worker-role",
  ]);
  await expect(id({ ...all, flags: {}, env: {}, home: home(), metadata: false })).rejects.toMatchObject({
    code: "NoCredentials",
  });
});

test("profiles are read from tccli's files with their region, then from the SDKs' ini file", async () => {
  const both = home({ ...TCCLI, ...SDK });
  expect(chain({ home: both })).toMatchObject({ region: "ap-tokyo" });
  expect(await chain({ home: both, profile: "prod" }).credentials.get()).toEqual({
    secretId: "AKIDprod",
    secretKey: "prodkey",
    token: "prodtoken",
  });
  expect(await chain({ home: both, profile: "other" }).credentials.get()).toEqual({
    secretId: "AKIDother",
    secretKey: "otherkey",
    token: "othertoken",
  });
  expect(await chain({ home: home(SDK) }).credentials.get()).toEqual({ secretId: "AKIDini", secretKey: "inikey" });
});

test("a profile that cannot be used ends the start with the file's name", async () => {
  expect(() => chain({ profile: "nobody" })).toThrow(
    /there is no profile nobody: neither .*\/\.tccli\/nobody\.credential nor \[nobody\] in .*\/\.tencentcloud\/credentials/,
  );
  expect(() => chain({ home: home({ ".tccli/default.credential": "{" }) })).toThrow(/default\.credential is not JSON/);
  expect(() => chain({ home: home({ ".tccli/default.credential": "{}" }) })).toThrow(
    /has no secretId and secretKey; run tccli configure --profile default/,
  );
  expect(() => chain({ home: home({ ".tencentcloud/credentials": "[default]\nsecret_id=x\n" }) })).toThrow(
    /no secret_id and secret_key in \[default\]/,
  );
});

test("a role is assumed with the profile's keys, by a signed request", async () => {
  const { url, seen } = await issuer();
  const profile = {
    ".tccli/default.credential":
      '{"secretId":"AKIDfile","secretKey":"k","role-arn":"qcs::cam::uin/1:roleName/ops","role-session-name":"me"}',
  };
  const credential = await chain({ home: home(profile), url }).credentials.get();
  expect(credential).toEqual({ secretId: "AKIDtmp1", secretKey: "tmpkey", token: "token1" });
  expect(seen[0]).toMatchObject({
    action: "AssumeRole",
    input: { RoleArn: "qcs::cam::uin/1:roleName/ops", RoleSessionName: "me" },
  });
  expect(seen[0]?.authorization).toMatch(/^TC3-HMAC-SHA256 Credential=AKIDfile\/.*\/sts\/tc3_request/);
  await chain({ env: environment, role: { arn: "qcs::x", session: undefined }, url }).credentials.get();
  expect(seen[1]).toMatchObject({
    input: { RoleArn: "qcs::x", RoleSessionName: "ckafka-mcp" },
    authorization: expect.stringContaining("AKIDenv"),
  });
});

test("TKE's identity token is exchanged without a signature, and read anew for each renewal", async () => {
  let now = Date.now();
  const { url, seen } = await issuer({ expires: () => Math.floor(now / 1000) + 3_600 });
  const folder = home({ token: "first\n" });
  const { credentials, region } = chain({ env: tke(join(folder, "token")), url, now: () => now });
  expect(region).toBe("ap-seoul");
  await credentials.get();
  writeFileSync(join(folder, "token"), "second\n");
  now += 3_500_000;
  expect(await credentials.get()).toMatchObject({ secretId: "AKIDtmp2", token: "token2" });
  expect(seen.map((s) => [s.action, s.authorization, s.input.WebIdentityToken, s.input.ProviderId])).toEqual([
    ["AssumeRoleWithWebIdentity", "SKIP", "first", "provider"],
    ["AssumeRoleWithWebIdentity", "SKIP", "second", "provider"],
  ]);
});

test("a temporary credential is renewed before it ends, once for all who wait, and a failure is not kept", async () => {
  let now = 1_000_000;
  let fetches = 0;
  let fail = false;
  const source = renewing(
    "test",
    async () => {
      fetches += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (fail) throw new Error("issuer down");
      return { credential: { secretId: `id${fetches}`, secretKey: "k", token: "t" }, expires: now + 3_600_000 };
    },
    () => now,
  );
  const many = await Promise.all(Array.from({ length: 50 }, () => source.get()));
  expect([fetches, new Set(many.map((c) => c.secretId)).size]).toEqual([1, 1]);
  now += 3_000_000;
  await source.get();
  expect(fetches).toBe(1);
  now += 400_000; // within five minutes of its end
  fail = true;
  expect(await source.get()).toMatchObject({ secretId: "id1" }); // it has not ended yet
  now += 300_000;
  await expect(Promise.all([source.get(), source.get()])).rejects.toMatchObject({
    code: "NoCredentials",
    message: "test: issuer down",
  });
  fail = false;
  expect(await source.get()).toMatchObject({ secretId: `id${fetches}` });
});

test("the metadata service's refusal is told, and its silence means that this is no such instance", async () => {
  const { url } = await issuer({ error: "InvalidRole" });
  await expect(chain({ metadata: true, url }).credentials.get()).rejects.toThrow(
    /TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY not set/,
  );
  await expect(chain({ metadata: true }).credentials.get()).rejects.toThrow(/not set/);
});

test("the official SDK's own chain picks the same from the same files and variables", async () => {
  const script = `const { DefaultCredentialProvider } = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/credential");
    const providers = new DefaultCredentialProvider();
    providers.getCredential().then((c) => console.log(JSON.stringify(c)));`;
  const cases = [
    { env: environment, home: home(SDK) },
    { env: { ...environment, TENCENTCLOUD_SESSION_TOKEN: "envtoken" }, home: home(SDK) },
    { env: {}, home: home(SDK) },
  ];
  for (const { env, home } of cases) {
    const theirs = JSON.parse(
      execFileSync(process.execPath, ["-e", script], {
        env: { PATH: process.env.PATH, HOME: home, ...env },
        encoding: "utf8",
      }),
    );
    expect(await chain({ env, home }).credentials.get()).toEqual(theirs);
  }
});

test("several profiles give every tool a Profile parameter; one does not", async () => {
  const box = await sandbox(smallWorld);
  const { secretId, secretKey } = box.credential;
  const HOME = home({
    ".tccli/a.credential": JSON.stringify({ secretId, secretKey }),
    ".tccli/a.configure": '{"_sys_param":{"region":"ap-guangzhou"}}',
    ".tccli/b.credential": '{"secretId":"AKIDb","secretKey":"b"}',
  });
  const start = (profile: string, env: Record<string, string> = {}) =>
    serve(undefined, { args: ["--endpoint", box.url, "--profile", profile], env: { HOME, ...env } });
  const { call, client } = await start("a,b", { TENCENTCLOUD_SECRET_ID: "AKIDenv", TENCENTCLOUD_SECRET_KEY: "x" });
  for (const { name, inputSchema } of (await client.listTools()).tools) {
    if (name === "DescribeAction") continue; // it needs no account
    expect(inputSchema.properties?.Profile).toMatchObject({ enum: ["a", "b"] });
    expect(inputSchema.required).toContain("Profile");
  }
  expect((await call("DescribeInstances", { Profile: "a" })).data.Result.TotalCount).toBe(1);
  expect((await call("DescribeInstances", { Profile: "b", Region: "ap-guangzhou" })).text).toMatch(/SecretIdNotFound/);
  expect((await call("DescribeInstances")).text).toMatch(/Profile must be one of a, b, got nothing/);
  const { call: single, client: one } = await start("a");
  expect((await single("DescribeInstances")).data.Result.TotalCount).toBe(1);
  expect((await one.listTools()).tools[0]?.inputSchema.properties).not.toHaveProperty("Profile");
  expect((await single("DescribeInstances", { Profile: "a" })).text).toMatch(/Profile is not a parameter/);
});
