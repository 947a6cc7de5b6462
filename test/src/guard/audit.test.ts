// The audit: what is written down of a change, and that no line of it can be edited, removed, inserted or moved unnoticed.
import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod/v3";
import { hashOf } from "../../../src/guard/audit/journal.ts";
import { digest } from "../../../src/guard/digest.ts";
import { type Signer, signerOf } from "../../../src/guard/state.ts";
import { foreign, integer, object, secret, text } from "../../../src/model/field.ts";
import { fieldsOf } from "../../../src/model/leaves.ts";
import { secretsIn, without, written } from "../../../src/text/redact.ts";
import { type ActionName, actions } from "../../../tools/ckafka/actions.ts";
import {
  agree,
  command,
  decline,
  sandbox,
  serve,
  smallWorld,
  smallWorldWith,
  temporaryFile,
  temporaryFolder,
  terminal,
} from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const deletion = { InstanceId, TopicName: "events" };
const list = (ip: string) => ({ ...deletion, IpWhiteList: [ip] });

const filesOf = (dir: string) =>
  readdirSync(join(dir, "audit"))
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => join(dir, "audit", name));
const entriesOf = (path: string) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const verify = (...args: string[]) => command(["audit", "verify", ...args]);

describe("what is written down", () => {
  const dir = () => join(temporaryFolder(), "state");

  test("of a change that is carried out: proposed, approved, executed", async () => {
    const state = dir();
    const { call } = await serve(await sandbox(smallWorld), { args: ["--state-dir", state], answer: agree });
    const { data } = await call("DeleteTopic", deletion);
    const [file = ""] = filesOf(state);
    const [start, ...steps] = entriesOf(file);
    expect(start).toMatchObject({ n: 1, prev: "0".repeat(64), event: "start", file: basename(file) });
    expect(start.pid).toEqual(expect.any(Number));
    const common = {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      session: start.session,
      client: "test",
      action: "DeleteTopic",
      profile: "default",
      region: "ap-guangzhou",
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      arguments: deletion,
      preview: expect.stringMatching(/^DeleteTopic on "events" in "ckafka-one".*\nLoses: .*\n201 messages/),
      channel: "elicit",
    };
    expect(steps).toMatchObject([
      { ...common, n: 2, event: "proposed" },
      { ...common, n: 3, event: "approved" },
      { ...common, n: 4, event: "executed", requestId: data.RequestId, outcome: "carried out" },
    ]);
    expect(await verify("--state-dir", state)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/1 files, 4 lines/),
    });
  });

  test("of one that is refused, and of one that fails", async () => {
    const state = dir();
    const answers = [decline, agree];
    const { call } = await serve(await sandbox(smallWorld), {
      args: ["--state-dir", state],
      answer: (form) => (answers.shift() ?? agree)(form),
    });
    await call("DeleteTopic", deletion);
    await call("CreateTopic", { InstanceId, TopicName: "wide", PartitionNum: 9, ReplicaNum: 1 });
    const [file = ""] = filesOf(state);
    expect(entriesOf(file).slice(1)).toMatchObject([
      { event: "proposed" },
      { event: "refused", outcome: "the person declined" },
      { event: "proposed", preview: expect.stringContaining('CreateTopic on "wide"') },
      { event: "approved" },
      {
        event: "failed",
        requestId: expect.any(String),
        outcome: expect.stringMatching(/^LimitExceeded.*\(nothing was changed\)$/),
      },
    ]);
  });

  test("of one that the operator approves: by whom, in the file of the process that carries it out", async () => {
    const state = dir();
    const box = await sandbox(smallWorld);
    const proposer = await serve(box, { args: ["--state-dir", state] });
    const id = /approve ([0-9a-f]{8})/.exec((await proposer.call("DeleteTopic", deletion)).text)?.[1] as string;
    await terminal(["approve", id, "--state-dir", state], "events");
    const runner = await serve(box, { args: ["--state-dir", state] });
    expect((await runner.call("DeleteTopic", deletion)).isError).toBe(false);
    const files = filesOf(state).map((file) => entriesOf(file).slice(1));
    expect(files).toHaveLength(3);
    const of = (event: string) => files.find((lines) => lines.some((line) => line.event === event));
    const proposed = of("proposed");
    expect(proposed).toMatchObject([{ event: "proposed", channel: "operator" }]);
    // The answer as well, when and by whom it was given, whether or not anything comes of it.
    const { preview, digest } = proposed?.[0] ?? {};
    expect(of("answered")).toMatchObject([
      { event: "answered", outcome: "approved", by: expect.stringMatching(/./), preview, digest },
    ]);
    expect(of("executed")).toMatchObject([
      { event: "approved", channel: "operator", by: expect.stringMatching(/./), preview },
      { event: "executed", channel: "operator" },
    ]);
    expect((await verify("--state-dir", state)).code).toBe(0);
  });

  test("nothing of a read", async () => {
    const state = dir();
    const { call } = await serve(await sandbox(smallWorld), { args: ["--state-dir", state] });
    await call("DescribeTopic", { InstanceId });
    expect(() => statSync(state)).toThrow();
  });
});

describe("an audit that cannot be written", () => {
  const replace = (file: string) => {
    cpSync(file, `${file}x`);
    renameSync(`${file}x`, file);
  };
  test("refuses changes before anybody is asked; reads go on", async () => {
    const state = join(temporaryFile("file", ""), "state");
    const { call, forms } = await serve(await sandbox(smallWorld), { args: ["--state-dir", state], answer: agree });
    expect((await call("DeleteTopic", deletion)).text).toMatch(
      /^DeleteTopic was not carried out: the audit cannot be written \(.*ENOTDIR.*--state-dir.*\)\. Nothing was changed\.$/,
    );
    expect(forms).toHaveLength(0);
    expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(2);
  });

  test.each([
    ["removed", (file: string) => rmSync(file), /ENOENT/],
    ["replaced", replace, /changed by somebody else/],
    ["appended to", (file: string) => appendFileSync(file, "{}\n"), /changed by somebody else/],
    ["put aside with its folder", (file: string) => renameSync(join(file, ".."), join(file, "../../gone")), /ENOENT/],
  ] as const)("because it was %s meanwhile refuses as well", async (_, tamper, why) => {
    const state = join(temporaryFolder(), "state");
    const box = await sandbox(smallWorld);
    const { call } = await serve(box, { args: ["--state-dir", state], answer: agree });
    expect((await call("CreateTopicIpWhiteList", list("10.0.0.1"))).isError).toBe(false);
    tamper(filesOf(state)[0] as string);
    const { text } = await call("DeleteTopic", deletion);
    expect(text).toMatch(/^DeleteTopic was not carried out: the audit cannot be written/);
    expect(text).toMatch(why);
    expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(2);
  });
});

describe("verify", () => {
  /** Seven lines of a real process: its start, and two changes of three lines each. */
  async function written() {
    const dir = join(temporaryFolder(), "state");
    const { call, client } = await serve(await sandbox(smallWorld), { args: ["--state-dir", dir], answer: agree });
    await call("CreateTopicIpWhiteList", list("10.0.0.1"));
    await call("CreateTopicIpWhiteList", list("10.0.0.2"));
    await client.close();
    const [path = ""] = filesOf(dir);
    const lines = readFileSync(path, "utf8").trim().split("\n");
    expect(lines).toHaveLength(7);
    const put = (changed: string[], end = "\n") => writeFileSync(path, changed.join("\n") + end);
    const check = () => verify("--state-dir", dir);
    return { dir, path, lines, put, check };
  }
  /** As somebody who knows how the chain is made would write it. */
  const chained = (lines: string[]) => {
    let prev = "0".repeat(64);
    return lines.map((line, index) => {
      const made = JSON.stringify({ ...JSON.parse(line), n: index + 1, prev });
      prev = hashOf(made);
      return made;
    });
  };
  const edit = (line: string | undefined) => (line as string).replace("10.0.0.", "10.0.9.").replace("pid", "pId");

  test("finds every edited line and says which", async () => {
    const { lines, put, check } = await written();
    expect((await check()).code).toBe(0);
    for (const [index, line] of lines.entries()) {
      expect(edit(line)).not.toBe(line);
      put(lines.with(index, edit(line)));
      const { code, stdout } = await check();
      expect(code).toBe(1);
      expect(stdout).toContain(`: line ${index + 1} was edited`);
      expect(stdout.split("\n")).toHaveLength(3);
    }
  });

  test("finds every removed line and says which, also at the end", async () => {
    const { lines, put, check } = await written();
    for (const index of lines.keys()) {
      put(lines.toSpliced(index, 1));
      const { code, stdout } = await check();
      expect(code).toBe(1);
      expect(stdout).toMatch(new RegExp(`: line ${index + 1} is missing`));
    }
    put(lines.slice(0, 4));
    expect((await check()).stdout).toMatch(/lines 5 to 7 are missing at the end/);
    put([], "");
    expect((await check()).stdout).toMatch(/lines 1 to 7 are missing at the end/);
  });

  test("finds inserted lines: repeated ones, made-up ones, and such behind the end", async () => {
    const { lines, put, check } = await written();
    for (const index of lines.keys()) {
      put(lines.toSpliced(index + 1, 0, lines[index] as string));
      expect(await check()).toMatchObject({
        code: 1,
        stdout: expect.stringContaining(
          `line ${index + 2} was inserted or moved: it says that it is line ${index + 1}`,
        ),
      });
      put(lines.toSpliced(index, 0, '{"event":"made up"}'));
      expect((await check()).stdout).toContain(`line ${index + 1} was edited: it is no line of an audit`);
    }
    const last = lines.at(-1) as string;
    put([...lines, JSON.stringify({ ...JSON.parse(last), n: 8, prev: hashOf(last) })]);
    expect((await check()).stdout).toMatch(/line 8 was added behind the end/);
    put(lines, '\n{"n":8');
    expect((await check()).stdout).toMatch(/line 8 is cut off/);
    put(lines, "");
    expect((await check()).stdout).toMatch(/line 7 is cut off/);
  });

  test("finds every two lines that changed places", async () => {
    const { lines, put, check } = await written();
    for (const [a, one] of lines.entries())
      for (const [b, other] of lines.entries())
        if (a < b) {
          put(lines.with(a, other).with(b, one));
          const { code, stdout } = await check();
          expect(code).toBe(1);
          expect(stdout).toContain(`line ${b + 1} was inserted or moved: it says that it is line ${a + 1}`);
        }
  }, 60_000);

  test("finds a chain that was made anew, by its head, and a head that was made anew, by its signature", async () => {
    const { path, lines, put, check } = await written();
    const forged = chained(lines.with(3, edit(lines[3])));
    put(forged);
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringMatching(/line 7 was edited/) });
    const head = JSON.parse(readFileSync(`${path}.head`, "utf8"));
    writeFileSync(`${path}.head`, JSON.stringify({ ...head, hash: hashOf(forged.at(-1) as string) }));
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringMatching(/its head file .* was edited/) });
    const shorter = chained(lines.slice(0, 4));
    put(shorter);
    writeFileSync(`${path}.head`, JSON.stringify({ ...head, count: 4, hash: hashOf(shorter.at(-1) as string) }));
    expect((await check()).stdout).toMatch(/its head file .* was edited/);
  });

  test("finds a head or a file that was removed, renamed, or put in another's place", async () => {
    const { dir, path, check } = await written();
    const [head, text] = [readFileSync(`${path}.head`), readFileSync(path)];
    rmSync(`${path}.head`);
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringMatching(/its head file .* was removed/) });
    writeFileSync(`${path}.head`, head);
    rmSync(path);
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringMatching(/the whole file was removed/) });
    writeFileSync(path, text);
    expect((await check()).code).toBe(0);
    const other = join(dir, "audit", "20260101T000000Z-1-00000000.jsonl");
    cpSync(path, other);
    cpSync(`${path}.head`, `${other}.head`);
    expect(await check()).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/the file renamed[\s\S]*head file .* was edited/),
    });
  });

  test("says no where lines were forged and the key is gone, and where file and head were rolled back together", async () => {
    const { dir, path, lines, put, check } = await written();
    const [older, head] = [lines.slice(0, 4), readFileSync(`${path}.head`, "utf8")];
    // Forged from the first line on, chained anew, without a key to compare with.
    put(chained(lines.map(edit)));
    const key = readFileSync(join(dir, "key"), "utf8");
    rmSync(join(dir, "key"));
    expect((await check()).code).toBe(1);
    writeFileSync(join(dir, "key"), key, { mode: 0o600 });
    // An earlier state of both, as a backup has it: signed, chained, and shorter.
    const { client, call } = await serve(await sandbox(smallWorld), { args: ["--state-dir", dir], answer: agree });
    await call("CreateTopicIpWhiteList", list("10.0.0.1"));
    const second = filesOf(dir).find((file) => file !== path) as string;
    const [before, beforeHead] = [readFileSync(second, "utf8"), readFileSync(`${second}.head`, "utf8")];
    await call("CreateTopicIpWhiteList", list("10.0.0.2"));
    await client.close();
    put(lines);
    writeFileSync(`${path}.head`, head);
    expect((await check()).code).toBe(0);
    writeFileSync(second, before);
    writeFileSync(`${second}.head`, beforeHead);
    expect(await check()).toMatchObject({ code: 1, stdout: expect.stringMatching(/was rolled back: it had 7 lines/) });
    expect(older).toHaveLength(4);
  });

  test("a kill at any moment is no alarm: before the first line, while one is written, before its head is", async () => {
    const { dir, path, lines, put, check } = await written();
    writeFileSync(join(dir, "audit", "20260101T000000Z-1-aaaaaaaa.jsonl"), "");
    expect((await check()).code).toBe(0);
    const { signer } = { signer: signerOf(dir) as Signer };
    const stands = { file: basename(path), count: 6, hash: hashOf(lines[5] as string) };
    const begun = { ...stands, next: hashOf(lines[6] as string) };
    const signed = (file: string, kind: string, fields: object) =>
      writeFileSync(file, JSON.stringify({ ...fields, mac: signer.sign(kind, fields) }));
    signed(`${path}.head`, "head", begun);
    signed(join(dir, "register", `${basename(path)}.json`), "register", stands);
    expect((await check()).code).toBe(0);
    for (const length of [0, 1, 40, (lines[6] as string).length]) {
      put([...lines.slice(0, 6), (lines[6] as string).slice(0, length)], "");
      expect((await check()).code, String(length)).toBe(0);
    }
  });

  test("takes a folder, says when it has no key, and when there is nothing", async () => {
    const { dir, path } = await written();
    expect(await verify(join(dir, "audit"))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("as they were written"),
    });
    const copy = join(temporaryFolder(), "copy");
    cpSync(join(dir, "audit"), copy, { recursive: true });
    expect(await verify(copy)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/unknown \(the key .* is not beside it/),
    });
    writeFileSync(join(copy, basename(path)), "");
    expect((await verify(copy)).code).toBe(1);
    expect(await verify(join(copy, "nowhere"))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no audit to read.*ENOENT/),
    });
  });
});

describe("no secret", () => {
  // Letters and digits, as many as Base64 could have: it also stands for a file.
  const CANARY = "c4naryThatNobodyMaySeeIt";
  const user = { InstanceId, Name: "alice" };
  const EsConnectParam = { Port: 1, UserName: "u", Password: CANARY, Resource: "es-1", SelfBuilt: true };
  const IcebergConnectParam = {
    ...{ ServiceVip: "10.0.0.1", Resource: "emr-1", UniqVpcId: "vpc-1", EniIdList: ["eni-1"], CatalogType: "HIVE" },
    ...{ AuthType: "KERBEROS", KeyTabContent: CANARY, KRB5ConfContent: "cmVhbG1z", KerberosUserPrincipal: "u" },
    KerberosPrincipal: "hive",
  };
  /** For each changing action that has secrets, calls that carry them. Those that the sandbox refuses count as well. */
  const calls: Record<string, object[]> = {
    CreateUser: [
      { ...user, Name: "carol", Password: CANARY },
      { ...user, Password: CANARY },
    ],
    ModifyPassword: [
      { ...user, Password: CANARY, PasswordNew: `new-${CANARY}` },
      { ...user, Password: `wrong-${CANARY}`, PasswordNew: CANARY },
    ],
    CreateToken: [{ InstanceId, User: "alice" }],
    AuthorizeToken: [{ InstanceId, User: "alice", Tokens: CANARY }],
    CancelAuthorizationToken: [{ InstanceId, User: "alice", Tokens: CANARY }],
    CreateConnectResource: [
      { ResourceName: "es", Type: "ES", EsConnectParam },
      { ResourceName: "hive", Type: "ICEBERG", IcebergConnectParam },
    ],
    CreateDatahubTask: [
      {
        TaskName: "index",
        TaskType: "SINK",
        SourceResource: { Type: "TOPIC", TopicParam: { Resource: "1300000000-t" } },
        TargetResource: { Type: "ES", EsParam: { Resource: "es-1", UserName: "u", Password: CANARY, Index: "i" } },
      },
      {
        TaskName: "copy",
        TaskType: "SOURCE",
        SourceResource: { Type: "DTS", DtsParam: { Resource: "dts-1", GroupUser: "u", GroupPassword: CANARY } },
        TargetResource: { Type: "TOPIC", TopicParam: { Resource: "1300000000-t" } },
      },
    ],
  };
  const secretive = Object.entries(actions).filter(
    ([, { effect, input, output }]) =>
      effect !== "read" &&
      [input, output].some((model) => fieldsOf(model).some(({ meaning }) => meaning?.is === "secret")),
  );

  test("stands in a state or audit file, a log or an answer, whatever carries it", async () => {
    expect(secretive.map(([name]) => name).sort()).toEqual([...Object.keys(calls), "ModifyConnectResource"].sort());
    const state = join(temporaryFolder(), "state");
    const box = await sandbox(smallWorldWith({ users: [{ name: "alice", password: CANARY }] }));
    const start = (channel: string) =>
      serve(box, { args: ["--state-dir", state, "--confirm", channel, "--log-level", "debug"] });
    const [waiting, ticket] = [await start("operator"), await start("ticket")];
    const said: string[] = [];
    const run = async (name: string, inputs: object[]) => {
      for (const input of inputs) {
        const asked = await waiting.call(name as ActionName, input as never);
        // What is there already is refused before anybody is asked.
        if (/^CreateUser was not carried out: .* already/.test(asked.text)) {
          said.push(asked.text);
          continue;
        }
        expect(asked.text, name).toMatch(/was not carried out yet/);
        const first = await ticket.call(name as ActionName, input as never);
        const Ticket = /Ticket "([^"]+)"/.exec(first.text)?.[1];
        expect(Ticket, name).toBeDefined();
        said.push(asked.text, first.text, (await ticket.call(name as ActionName, { ...input, Ticket } as never)).text);
      }
    };
    for (const [name, inputs] of Object.entries(calls)) await run(name, inputs);
    const ResourceId = box.world.regions["ap-guangzhou"]?.datahub.connections[0]?.id;
    await run("ModifyConnectResource", [{ ResourceId, Type: "ES", EsConnectParam }]);
    const [token] = box.world.regions["ap-guangzhou"]?.instances[0]?.access.tokens ?? [];
    const Tokens = token?.value as string;
    await run("AuthorizeToken", [{ InstanceId, User: "alice", Tokens }]);
    expect(token?.authorized).toBe(true);
    const files = readdirSync(state, { recursive: true, withFileTypes: true })
      // What CreateToken made is kept for the person, in files of its own.
      .filter((entry) => entry.isFile() && entry.parentPath !== join(state, "secrets"))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(readdirSync(join(state, "secrets"))).toEqual([expect.stringMatching(/^token-[0-9a-f]{8}\.json$/)]);
    const all = [...files, ...said, waiting.stderr(), ticket.stderr()].join("\n");
    expect(all).toContain("(secret)");
    // Nor can it be guessed from a digest, which has a key.
    const guess = digest("AuthorizeToken", ["default", box.url, box.credential.secretId], "ap-guangzhou", {
      ...{ InstanceId, User: "alice", Tokens },
    });
    expect(all).not.toContain(guess);
    for (const secret of [CANARY, Tokens]) expect(all.includes(secret), secret).toBe(false);
    const events = filesOf(state)
      .flatMap(entriesOf)
      .map(({ action, event }) => `${action} ${event}`);
    for (const name of Object.keys(calls))
      expect(
        events.some((e) => e.startsWith(`${name} `)),
        name,
      ).toBe(true);
  });

  const model = object({
    Password: secret("Old.").optional(),
    PasswordNew: secret("New.").optional(),
    List: z.array(object({ Password: secret("One."), Count: integer("A number.") })).optional(),
    Name: text("A name.").optional(),
    Body: foreign("A message.").optional(),
  });
  test("is left where one holds another, or where JSON spells it", () => {
    const input = { Password: "abcd", PasswordNew: 'abcd-"more"' };
    const said = `${JSON.stringify({ is: input.PasswordNew })} ${input.PasswordNew} ${input.Password}`;
    expect(without(said, secretsIn(model, input))).toBe('{"is":"(secret)"} (secret) (secret)');
  });

  test("is left at any depth, or in what is quoted; what is long or somebody else's stands there by its sum", () => {
    const input = {
      List: [{ Password: "p4ss", Count: 9_007_199_254_740_993n }],
      Name: "n".repeat(5_000),
      Body: "card 4111",
    };
    const kept = JSON.stringify(written(model, input));
    expect(kept).not.toMatch(/p4ss|4111|nnnnn/);
    expect(written(model, input)).toMatchObject({
      List: [{ Password: "(secret)", Count: "9007199254740993" }],
      Name: expect.stringMatching(/^\(5000 characters, sha256 [0-9a-f]{64}\)$/),
      Body: expect.stringMatching(/^\(9 characters, sha256/),
    });
    expect(without("n: p4ss", secretsIn(model, input))).toBe("n: (secret)");
  });
});
