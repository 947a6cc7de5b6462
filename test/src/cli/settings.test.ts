// Settings that mean nothing: on the command line they end the start, around it they are said by every call; nothing is sent.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsed } from "../../../src/cli/usage.ts";
import { parseWritten, readText, WrittenError } from "../../../src/text/written.ts";
import {
  afterTest,
  command,
  sandbox,
  serve,
  smallWorld,
  temporaryFile,
  temporaryFolder,
} from "../../support/harness.ts";
import { endpoint } from "../../support/http.ts";
import { inRoot } from "../../support/paths.ts";
import { hello, launch, line } from "../../support/process.ts";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: what templates leave behind is what this is about
const JUNK = [
  "",
  " ",
  "\t",
  "…",
  "...",
  "***",
  "xxx",
  "<your key>",
  "$NAME",
  "${NAME}",
  "${env:NAME}",
  "%NAME%",
  "{{name}}",
  "your-secret-key",
  '"quoted"',
  "a\u0007b",
];
const strings = Object.entries(parsed).flatMap(([name, { type }]) => (type === "string" ? [name] : []));
const KEYS = { TENCENTCLOUD_SECRET_ID: "AKIDenvironment", TENCENTCLOUD_SECRET_KEY: "environmentkey" };

describe("on the command line", () => {
  test.each(strings)("--%s that means nothing ends the start and is named", async (name) => {
    for (const junk of JUNK) {
      const { code, stdout, stderr } = await command([`--${name}=${junk}`]);
      expect({ code, stdout }, junk).toEqual({ code: 2, stdout: "" });
      expect(stderr, junk).toMatch(new RegExp(`^ckafka-mcp: --${name} [^\\n]+\\n$`));
      if (junk.trim().length > 3) expect(stderr).not.toContain(junk);
    }
  });

  test.each(["endpoint", "metadata-url", "sts-url"])("--%s that leads nowhere", async (name) => {
    const urls = [
      "x",
      "ftp://h",
      "http://",
      "https://",
      "http:///",
      "http://[::1",
      "http://127.0.0.1:99999",
      "http://127.0.0.1:-1",
      "http://h:0",
      "http://h:port",
      "http://h/path",
      "http://h//",
      "http://h?q",
      "http://h#f",
      "http://a b",
      "http://user:pw@h",
      "http://user:pw@[::1",
      "//h",
      "http:h:1:2",
    ];
    for (const url of urls) {
      const { code, stderr } = await command([`--${name}`, url]);
      expect(code, url).toBe(2);
      expect(stderr, url).toMatch(new RegExp(`^ckafka-mcp: --${name} takes a URL like [^\\n]+\\n$`));
      expect(stderr).not.toContain("pw");
    }
  });

  test.each([
    [["--secret-id", "AKIDx"], /--secret-id and --secret-key go together/],
    [["--secret-key", "x"], /--secret-id and --secret-key go together/],
    [["--token", "x"], /--token goes with --secret-id and --secret-key/],
    [["--profile", "a,,b"], /--profile has an empty entry/],
    [["--profile", ","], /--profile has an empty entry/],
    [["--toolsets", "topic,"], /--toolsets has an empty entry/],
    [["--secret-id", "AKID\u00e9", "--secret-key", "x"], /--secret-id holds characters that no key has/],
  ])("%j", async (args, why) => {
    expect(await command(args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(why) });
  });

  test("of the sandbox", async () => {
    for (const name of ["port", "host", "control-port", "world", "secret-id", "secret-key"])
      for (const junk of ["", "${X}", "…"]) {
        const { code, stderr } = await command(["sandbox", `--${name}=${junk}`]);
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`--${name} `) });
      }
  });
});

/** A server with this environment in front of what nothing may reach. */
async function around(env: Record<string, string>, args: string[] = []) {
  let reached = 0;
  const url = await endpoint((_, response) => {
    reached += 1;
    response.end("{}");
  });
  const { call, client } = await serve(undefined, {
    args: ["--endpoint", url, "--region", "ap-guangzhou", ...args],
    env: { XDG_STATE_HOME: temporaryFolder(), ...env },
  });
  return { call, client, reached: () => reached };
}

describe("in the environment", () => {
  const names = [
    "TENCENTCLOUD_SECRET_ID",
    "TENCENTCLOUD_SECRET_KEY",
    "TENCENTCLOUD_SESSION_TOKEN",
    "TENCENTCLOUD_TOKEN",
    "TENCENTCLOUD_SECURITY_TOKEN",
    "TENCENTCLOUD_ROLE_ARN",
    "TENCENTCLOUD_ROLE_SESSION_NAME",
  ];
  test.each(names)("%s that means nothing is said by every call, and nothing is sent", async (name) => {
    for (const junk of JUNK.filter((text) => !text.includes("\0"))) {
      const { call, client, reached } = await around({ ...KEYS, [name]: junk });
      expect((await client.listTools()).tools.length).toBeGreaterThan(30);
      for (const action of ["DescribeRegion", "DescribeInstances"]) {
        const { isError, text } = await call(action);
        expect(isError).toBe(true);
        expect(text, junk).toMatch(new RegExp(`^${name} .*Nothing was sent\\.`));
        if (junk.trim().length > 3) expect(text).not.toContain(junk);
      }
      expect(reached()).toBe(0);
    }
  });

  test("TENCENTCLOUD_REGION likewise", async () => {
    for (const junk of [...JUNK, "ap-nowhere"]) {
      const { call } = await serve(undefined, { env: { ...KEYS, TENCENTCLOUD_REGION: junk } });
      expect((await call("DescribeInstances")).text, junk).toMatch(/^TENCENTCLOUD_REGION .*Nothing was sent\./);
    }
  });

  test("every part of what goes together, alone", async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, ".tccli"));
    writeFileSync(join(home, ".tccli/default.credential"), '{"secretId":"AKIDother","secretKey":"otherkey"}');
    const groups = [
      KEYS,
      { TKE_REGION: "ap-seoul", TKE_PROVIDER_ID: "p", TKE_WEB_IDENTITY_TOKEN_FILE: "/f", TKE_ROLE_ARN: "qcs::1" },
      { ...KEYS, TENCENTCLOUD_TOKEN: "t" },
    ] as Record<string, string>[];
    for (const group of groups)
      for (const name of Object.keys(group)) {
        const { [name]: _, ...rest } = group;
        if (name === "TENCENTCLOUD_TOKEN") continue;
        const { call, reached } = await around({ HOME: home, ...rest });
        const { text } = await call("DescribeRegion");
        expect(text, name).toMatch(/ but not .*Nothing was sent\./);
        expect(text).toContain(name);
        expect(reached()).toBe(0);
      }
  });

  test("proxies that are none", async () => {
    for (const name of ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"])
      for (const proxy of [
        "proxy.corp:8080",
        "user:pw@proxy.corp:8080",
        "${HTTPS_PROXY}",
        "http://user:pw@[::1",
        "http://user:pw@h:99999",
        "socks5://user:pw@h",
        "http://:0",
      ]) {
        const { call } = await around({ ...KEYS, [name]: proxy });
        const { text } = await call("DescribeRegion");
        expect(text, proxy).toMatch(new RegExp(`^${name} must be a URL .*Nothing was sent\\.`));
        expect(text).not.toMatch(/pw|corp/);
      }
  });

  test("does not matter where the command line says otherwise, or to the sandbox", async () => {
    const junk = { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_REGION: "", TENCENTCLOUD_ROLE_ARN: "…", http_proxy: "x" };
    const { call } = await serve(undefined, { args: ["--sandbox"], env: junk });
    expect((await call("DescribeRegion")).isError).toBe(false);
    const box = await sandbox(smallWorld);
    const { secretId, secretKey } = box.credential;
    const { call: given } = await serve(box, {
      args: ["--secret-id", secretId, "--secret-key", secretKey, "--region", box.region],
      env: { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_REGION: "" },
    });
    expect((await given("DescribeRegion")).isError).toBe(false);
  });
});

describe("in files", () => {
  const KEY = "canarySecretKey0123456789";
  const files: [string, string][] = [
    [".tccli/default.credential", JSON.stringify({ secretId: "AKIDcanary", secretKey: KEY }, null, 2)],
    [".tencentcloud/credentials", `[default]\nsecret_id = AKIDcanary\nsecret_key = ${KEY}\n`],
  ];
  const put = (home: string, name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), content);
  };

  test.each(files)("%s is mended: the next call works", async (name, content) => {
    const box = await sandbox(smallWorld);
    const home = temporaryFolder();
    const whole = content.replace("AKIDcanary", box.credential.secretId).replace(KEY, box.credential.secretKey);
    const { call } = await serve(undefined, {
      args: ["--endpoint", box.url, "--region", box.region],
      env: { HOME: home },
    });
    expect((await call("DescribeRegion")).text).toMatch(/NoCredentials/);
    put(home, name, content.slice(0, content.indexOf(KEY) + 4));
    const { text } = await call("DescribeRegion");
    expect(text).not.toContain(KEY.slice(0, 5));
    put(home, name, whole);
    expect((await call("DescribeRegion")).isError).toBe(false);
    put(home, name, content);
    expect((await call("DescribeRegion")).text).toMatch(/AuthFailure/);
    put(home, name, `\ufeff${whole}`);
    expect((await call("DescribeRegion")).isError).toBe(false);
    put(home, name, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(whole, "utf16le")]));
    expect((await call("DescribeRegion")).isError).toBe(false);
    rmSync(join(home, name));
    expect((await call("DescribeRegion")).text).toMatch(/NoCredentials/);
  });

  test("whatever is wrong with tccli's, the call says so, and quotes nothing", async () => {
    const [name, content] = files[0] as [string, string];
    const contents = [
      "",
      "null",
      "[]",
      "1",
      '"x"',
      "{}",
      '{"secretId":1,"secretKey":{}}',
      '{"secretId":"…"}',
      `{"secretId":"AKIDcanary","secretKey":"${KEY}`,
      `{"secretKey":"${KEY}",}`,
      `secretKey=${KEY}`,
      `{"secretId":"AKIDcanary","secretKey":"${KEY}\u0001"}`,
    ];
    for (const one of contents) {
      const home = temporaryFolder();
      put(home, name, one);
      const { call } = await serve(undefined, { args: ["--region", "ap-guangzhou"], env: { HOME: home } });
      const { text, isError } = await call("DescribeRegion");
      expect(isError).toBe(true);
      expect(text, one).toMatch(
        /default\.credential (is not JSON \((line \d+|it is empty)\)|holds no object|has no secretId)[^\n]*Nothing was sent\./,
      );
      expect(text).not.toMatch(/canary/);
    }
    expect(content).toContain(KEY);
  });

  test("JSON that breaks anywhere is told by its line, never quoted", () => {
    const whole = JSON.stringify({ secretId: "AKIDcanary", secretKey: KEY, more: [1, { a: null }] }, null, 2);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string({ minLength: 1, maxLength: 3 }), (at, put) => {
        const text = whole.slice(0, at) + put + whole.slice(at);
        try {
          parseWritten(text);
        } catch (error) {
          expect(error).toBeInstanceOf(WrittenError);
          const { message } = error as Error;
          expect(message).toMatch(/^is not JSON \((line \d+|it is empty)\)$/);
        }
      }),
    );
    expect(() => parseWritten('{\n"a":1,\n"b":x}')).toThrow("is not JSON (line 3)");
  });

  test("a byte order mark is skipped in a policy and a world", async () => {
    const policy = temporaryFile("policy.json", `\ufeff${JSON.stringify({ rules: [{ effect: "deny" }] })}`);
    const explained = await command([
      "policy",
      "explain",
      "DeleteUser",
      '{"InstanceId":"i","Name":"n"}',
      "--policy",
      policy,
    ]);
    expect(explained.stdout).toMatch(/is refused/);
    const world = temporaryFile("world.json", `\ufeff${JSON.stringify(smallWorld)}`);
    expect((await command(["call", "DescribeInstances", "--world", world])).stdout).toContain("ckafka-one");
    expect(readText(world).startsWith("{")).toBe(true);
  });
});

describe("a process without a home", () => {
  test.each([[{ HOME: "" }], [{ HOME: "relative" }]])(
    "%j: nothing of the working directory counts, and nothing is left there",
    async (env) => {
      const here = mkdtempSync(join(tmpdir(), "ckafka-here-"));
      for (const base of [here, join(here, "relative")]) {
        mkdirSync(join(base, ".tccli"), { recursive: true });
        writeFileSync(join(base, ".tccli/default.credential"), '{"secretId":"AKIDhere","secretKey":"herekey"}');
      }
      const before = readdirSync(here, { recursive: true });
      const shell = `cd ${here} && unset XDG_STATE_HOME && exec SERVER`;
      const { input, answer, ended } = launch(["--metadata-url", "off", "--region", "ap-guangzhou"], { env, shell });
      input.write(`${line(0, "initialize", hello)}\n`);
      input.end(`${line(1, "tools/call", { name: "DescribeRegion", arguments: {} })}\n`);
      expect((await answer(1)).result.content[0].text).toMatch(/NoCredentials/);
      await ended;
      const changing = launch(["--sandbox"], { env, shell });
      const change = { InstanceId: "ckafka-shop7k2m", TopicName: "carts" };
      changing.input.end(`${line(1, "tools/call", { name: "DeleteTopic", arguments: change })}\n`);
      expect((await changing.answer(1)).result.content[0].text).toMatch(
        /there is no home directory .*name one with --state-dir\)\. Nothing was changed\./,
      );
      await changing.ended;
      expect(readdirSync(here, { recursive: true })).toEqual(before);
      rmSync(here, { recursive: true });
    },
  );

  test("and without an entry for its user id starts all the same", async () => {
    if (process.getuid?.() !== 0) return;
    // Somewhere that this user may read, wherever the clone lies.
    const copy = mkdtempSync(join(tmpdir(), "ckafka-copy-"));
    afterTest(async () => rmSync(copy, { recursive: true }));
    chmodSync(copy, 0o755);
    for (const part of ["package.json", "dist"]) cpSync(inRoot(part), join(copy, part), { recursive: true });
    const server = `${process.execPath} ${join(copy, "dist/index.js")} --help`;
    const shell = `unset HOME XDG_STATE_HOME && exec setpriv --reuid 54321 --regid 54321 --clear-groups ${server}`;
    const { lines, ended } = launch([], { shell });
    expect(await ended).toMatchObject({ code: 0 });
    expect(lines()[0]).toMatch(/^Usage/);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
