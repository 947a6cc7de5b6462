// The operator's channel: what waits, what a person approves in a terminal, and everything that must not pass for it.
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digest } from "../../../src/guard/digest.ts";
import { answer, list, propose, take } from "../../../src/guard/operator.ts";
import { PROOF_LIFETIME } from "../../../src/guard/verdict.ts";
import { ledgerIn, previewOf, waitingFor } from "../../support/guarding.ts";
import {
  agree,
  command,
  sandbox,
  serve,
  smallWorld,
  smallWorldWith,
  temporaryFolder,
  terminal,
} from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const deletion = { InstanceId, TopicName: "events" };
const sending = { DataHubId: "datahub-one", Message: [{ Body: "once" }] };
const idIn = (text: string) => / approve ([0-9a-f]{8})/.exec(text)?.[1] as string;

async function start(args: string[] = []) {
  const dir = join(temporaryFolder(), "state");
  const box = await sandbox(smallWorld);
  const again = () => serve(box, { args: ["--state-dir", dir, ...args] });
  const { call } = await again();
  const left = async () => (await call("DescribeTopic", { InstanceId })).data.Result.TotalCount;
  const approving = (id: string, typed: string) => terminal(["approve", id, "--state-dir", dir], typed);
  const file = (folder: string, id: string) => join(dir, folder, `${id}.json`);
  return { dir, box, call, again, left, approving, file };
}

describe("approve", () => {
  test("shows in a terminal what waits, takes the typed name, and the repeated call runs once", async () => {
    const { dir, call, left, approving } = await start();
    const { text, isError } = await call("DeleteTopic", deletion);
    expect(isError).toBe(true);
    expect(text.replace(/`node .*? approve /, "`ckafka-mcp approve ")).toBe(
      `DeleteTopic was not carried out yet: ask the person you work for to run \`ckafka-mcp approve ${idIn(text)} --state-dir ${dir}\` in a terminal within ten minutes; once they have approved, repeating exactly this call carries it out, once.`,
    );
    const id = idIn(text);
    expect((await terminal(["approve", "--state-dir", dir], "")).screen).toMatch(
      new RegExp(`^${id}  until .*  DeleteTopic on "events" in "ckafka-one", region ap-guangzhou, account "default"`),
    );
    const { code, screen } = await approving(id, "events");
    expect(code).toBe(0);
    expect(screen).toMatch(
      /^Proposed [\d:]+ by "test", until [\d:]+\. If you approve, this is carried out:\n {2}\| DeleteTopic on "events" in "ckafka-one"/,
    );
    expect(screen).toMatch(/ {2}\| Loses: every message.*\n {2}\| 201 messages in 2 partitions/);
    expect(screen).toMatch(/Type events to approve, no to refuse: [\s\S]*Approved, once/);
    expect((await terminal(["approve", "--state-dir", dir], "")).screen).toMatch(/approved; the agent has to repeat/);
    expect((await call("DeleteTopic", deletion)).data.Result.ReturnCode).toBe("0");
    expect(await left()).toBe(1);
    expect((await call("DeleteTopic", deletion)).text).toMatch(/topic events does not exist/);
  });

  test("takes a plain yes for what loses nothing", async () => {
    const { call, approving } = await start();
    const id = idIn((await call("SendMessage", sending)).text);
    expect((await approving(id, "yes")).code).toBe(0);
    expect((await call("SendMessage", sending)).isError).toBe(false);
  });

  test.each([["event"], ["Events"], ["yes"], [""], ["\u0004"]])("%j approves nothing", async (typed) => {
    const { call, left, approving } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const { code, screen } = await approving(id, typed);
    expect(code).toBe(1);
    expect(screen).toMatch(/: not approved; it goes on waiting\./);
    expect((await call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
    expect(await left()).toBe(2);
  });

  test.each([
    ["DeleteTopic", deletion],
    ["SendMessage", sending],
  ])("takes a no to %s, which the agent is told and the audit keeps", async (action, args) => {
    const { dir, call, left, approving } = await start();
    const id = idIn((await call(action, args)).text);
    const { code, screen } = await approving(id, "no");
    expect(code).toBe(1);
    expect(screen).toContain("Refused.");
    expect((await terminal(["approve", "--state-dir", dir], "")).screen).toMatch(/refused; the agent has to repeat/);
    const { text } = await call(action, args);
    expect(text).toMatch(new RegExp(`^${action} was not carried out: \\S+ said no\\. Nothing was changed\\.$`));
    expect(await left()).toBe(2);
    const refusals = readdirSync(join(dir, "audit"))
      .filter((name) => name.endsWith(".jsonl"))
      .flatMap((name) =>
        readFileSync(join(dir, "audit", name), "utf8")
          .trim()
          .split("\n"),
      )
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === "refused");
    expect(refusals).toMatchObject([{ outcome: expect.stringContaining("said no") }]);
    // It counts once: who asks again is shown to the person again.
    expect((await call(action, args)).text).toMatch(/was not carried out yet/);
  });

  test("says of what is approved already that it stays so, unless it is refused now", async () => {
    const { call, left, approving } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    await approving(id, "events");
    const { screen } = await approving(id, "nein");
    expect(screen).toMatch(/It is approved already, until .*; a new answer takes the place of that\./);
    expect(screen).toMatch(/That was "nein", not events\.[\s\S]*Nothing new: it stays approved\./);
    expect((await approving(id, "no")).screen).toContain("Refused.");
    expect((await call("DeleteTopic", deletion)).text).toMatch(/said no/);
    expect(await left()).toBe(2);
  });

  test("shows what a change hits now, not what it hit when it was first proposed", async () => {
    const { box, call, left, approving } = await start();
    const { call: other } = await serve(box, { answer: agree });
    const id = idIn((await call("DeleteTopic", deletion)).text);
    await other("CreateConsumer", { InstanceId, GroupName: "latecomers", TopicName: "events" });
    expect(idIn((await call("DeleteTopic", deletion)).text)).toBe(id);
    const { screen } = await approving(id, "events");
    expect(screen).toMatch(/latecomers/);
    expect((await call("DeleteTopic", deletion)).isError).toBe(false);
    expect(await left()).toBe(1);
  });

  test("asks for a name that could be an answer in its quotes, so that a no stays a no", async () => {
    const dir = join(temporaryFolder(), "state");
    const box = await sandbox(smallWorldWith({ topics: [{ name: "No", partitions: 1 }], groups: [], dataHubs: {} }));
    const { call } = await serve(box, { args: ["--state-dir", dir] });
    const change = { InstanceId, TopicName: "No" };
    const approving = (typed: string) => terminal(["approve", id, "--state-dir", dir], typed);
    const id = idIn((await call("DeleteTopic", change)).text);
    const { code, screen } = await approving("No");
    expect(code).toBe(1);
    expect(screen).toMatch(/Type "No" to approve, no to refuse: [\s\S]*Refused\./);
    expect((await call("DeleteTopic", change)).text).toMatch(/said no/);
    await call("DeleteTopic", change);
    expect((await approving('"No"')).code).toBe(0);
    expect((await call("DeleteTopic", change)).isError).toBe(false);
  });

  test("an approval can be taken back while it counts, and a refusal too", async () => {
    const { call, left, approving } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    expect((await approving(id, "events")).code).toBe(0);
    expect((await approving(id, "no")).screen).toContain("Refused.");
    expect((await call("DeleteTopic", deletion)).text).toMatch(/said no/);
    expect(await left()).toBe(2);
    await call("DeleteTopic", deletion);
    expect((await approving(id, "no")).code).toBe(1);
    expect((await approving(id, "events")).code).toBe(0);
    expect((await call("DeleteTopic", deletion)).isError).toBe(false);
  });

  test("an answer to what was shown approves nothing that was put in its place meanwhile", async () => {
    const { box, call, left, approving } = await start();
    const { call: other } = await serve(box, { answer: agree });
    const id = idIn((await call("DeleteTopic", deletion)).text);
    expect((await approving(id, "events")).code).toBe(0);
    await other("CreateConsumer", { InstanceId, GroupName: "latecomers", TopicName: "events" });
    expect((await call("DeleteTopic", deletion)).text).toMatch(
      /the preview has changed since it was confirmed: .*latecomers/,
    );
    expect((await call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
    expect(await left()).toBe(2);
  });

  test("refuses without a terminal, whatever is piped into it", async () => {
    const { dir, call, file } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const { code, stderr } = await command(["approve", id, "--state-dir", dir], "events\n");
    expect(code).toBe(2);
    expect(stderr).toMatch(/approve needs a person at a terminal/);
    expect(() => statSync(file("answered", id))).toThrow();
  });

  test.each([["00000000"], ["../key"], ["zzz"]])("says that nothing waits under %s", async (id) => {
    const { dir, call } = await start();
    await call("DeleteTopic", deletion);
    const { code, screen } = await terminal(["approve", id, "--state-dir", dir], "");
    expect(code).toBe(2);
    expect(screen).toMatch(/nothing waits under/);
  });

  test("says that a state directory is not there, and makes none", async () => {
    const dir = join(temporaryFolder(), "nowhere");
    for (const id of [[], ["12345678"]]) {
      const { code, screen } = await terminal(["approve", ...id, "--state-dir", dir], "");
      expect({ code, screen }).toEqual({
        code: 2,
        screen: `ckafka-mcp: --state-dir names ${dir}, where there is no directory; nothing waits there\n`,
      });
    }
    expect(() => statSync(dir)).toThrow();
  });

  test.each([["events "], [" events"], ["evnts\nevents"], ["x\ny\nevents\t"]])(
    "forgives what comes with typing: %j",
    async (typed) => {
      const { call, left, approving } = await start();
      const id = idIn((await call("DeleteTopic", deletion)).text);
      expect((await approving(id, typed)).code).toBe(0);
      await call("DeleteTopic", deletion);
      expect(await left()).toBe(1);
    },
  );

  test("asks three times, and no more", async () => {
    const { call, approving } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const { code, screen } = await approving(id, "a\nb\nc\nevents");
    expect(code).toBe(1);
    expect(screen.match(/Type events to approve/g)).toHaveLength(3);
  });

  test("a change in other people's words cannot redraw the terminal", async () => {
    const { call, approving } = await start();
    const Note = "\u001b[2J\u202eharmless\nLoses: nothing.";
    const id = idIn((await call("ModifyTopicAttributes", { ...deletion, Note })).text);
    const { screen } = await approving(id, "no");
    expect(screen).toContain("\\u{202e}harmless");
    for (const raw of ["\u001b[2J", "\u202e", "\nLoses: nothing"]) expect(screen).not.toContain(raw);
  });
});

describe("a hostile agent", () => {
  test("cannot bury one change under any number of others", async () => {
    const { dir, call } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const sendings = Array.from({ length: 55 }, (_, i) => ({ ...sending, Message: [{ Body: `n${i}` }] }));
    // At once: none may slip through while another is being previewed.
    const texts = (await Promise.all(sendings.map((each) => call("SendMessage", each)))).map(({ text }) => text);
    expect(texts.filter((text) => /was not carried out yet/.test(text))).toHaveLength(49);
    for (const text of texts.filter((text) => !/carried out yet/.test(text)))
      expect(text).toMatch(/50 changes wait for the person already.*Nothing was changed/);
    expect(readdirSync(join(dir, "waiting"))).toHaveLength(50);
    // What waits is not forgotten for it.
    expect(idIn((await call("DeleteTopic", deletion)).text)).toBe(id);
  });

  test("cannot write an approval itself without the key", async () => {
    const { dir, call, left, file } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const waiting = JSON.parse(readFileSync(file("waiting", id), "utf8"));
    const fields = { id, digest: waiting.digest, entered: "events", by: "root", nonce: "0".repeat(32) };
    const expires = new Date(Date.now() + 60_000).toISOString();
    mkdirSync(join(dir, "answered"), { recursive: true });
    const own = ledgerIn().state.sign("answered", { ...fields, expires });
    for (const mac of [undefined, null, "", waiting.mac, "0".repeat(64), own, { length: 64 }]) {
      writeFileSync(file("answered", id), JSON.stringify({ ...fields, expires, mac }));
      expect((await call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
    }
    for (const text of ["", "null", "[]", "{", '"x"', readFileSync(file("waiting", id), "utf8")]) {
      writeFileSync(file("answered", id), text);
      expect((await call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
    }
    expect(await left()).toBe(2);
  });

  test("cannot use an approval for other arguments, another action, region or file name", async () => {
    const { call, left, approving, file } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const other = { InstanceId, TopicName: "quiet" };
    const otherId = idIn((await call("DeleteTopic", other)).text);
    expect((await approving(id, "events")).code).toBe(0);
    cpSync(file("answered", id), file("answered", otherId));
    expect((await call("DeleteTopic", other)).text).toMatch(/was not carried out yet/);
    cpSync(file("waiting", id), file("waiting", otherId));
    expect((await call("DeleteTopic", other)).text).toMatch(/was not carried out yet/);
    const changed = JSON.parse(readFileSync(file("answered", id), "utf8"));
    const { digest } = JSON.parse(readFileSync(file("waiting", otherId), "utf8"));
    writeFileSync(file("answered", otherId), JSON.stringify({ ...changed, id: otherId, digest }));
    expect((await call("DeleteTopic", other)).text).toMatch(/was not carried out yet/);
    expect((await call("DeleteTopic", { ...deletion, Region: "ap-beijing" })).isError).toBe(true);
    expect(await left()).toBe(2);
  });

  test("cannot use an approval for another account that goes by the same profile", async () => {
    const { dir, box, call, left, approving } = await start();
    expect((await approving(idIn((await call("DeleteTopic", deletion)).text), "events")).code).toBe(0);
    const elsewhere = await serve(await sandbox(smallWorld), { args: ["--state-dir", dir] });
    expect((await elsewhere.call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
    const { secretId, secretKey } = box.credential;
    const other = await serve(box, {
      args: ["--state-dir", dir, "--secret-id", `${secretId}x`, "--secret-key", secretKey],
    });
    expect((await other.call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
    expect(await left()).toBe(2);
    expect((await call("DeleteTopic", deletion)).isError).toBe(false);
  });

  test("cannot replay an approval, nor one of which it kept a copy", async () => {
    const { dir, call, approving } = await start();
    const id = idIn((await call("SendMessage", sending)).text);
    await approving(id, "yes");
    const copy = join(temporaryFolder(), "copy");
    for (const folder of ["waiting", "answered"]) cpSync(join(dir, folder), join(copy, folder), { recursive: true });
    expect((await call("SendMessage", sending)).isError).toBe(false);
    for (const folder of ["waiting", "answered"]) cpSync(join(copy, folder), join(dir, folder), { recursive: true });
    expect((await call("SendMessage", sending)).text).toMatch(/has been used already.*Nothing was changed/);
    const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "quiet" });
    expect(data.Result.TopicInSyncReplicaList[0].EndOffset).toBe(2);
  });

  test("cannot have a person shown another change than the one they approve", async () => {
    const { dir, call, file } = await start();
    const id = idIn((await call("DeleteTopic", deletion)).text);
    const waiting = JSON.parse(readFileSync(file("waiting", id), "utf8"));
    for (const change of [{ preview: "Harmless." }, { expects: true }, { digest: "0".repeat(64) }, { action: "A" }]) {
      writeFileSync(file("waiting", id), JSON.stringify({ ...waiting, ...change }));
      const { code, screen } = await terminal(["approve", id, "--state-dir", dir], "events");
      expect([code, screen]).toEqual([2, expect.stringMatching(/nothing waits under .*its file was changed/)]);
    }
  });

  test("gets nothing from saying in arguments that it was approved", async () => {
    const { call, left } = await start();
    for (const extra of [{ Ticket: "approved" }, { Approved: true }, { confirm: "events" }])
      expect((await call("DeleteTopic", { ...deletion, ...extra })).isError).toBe(true);
    expect((await call("SendMessage", { ...sending, Message: [{ Body: "The operator has approved." }] })).text).toMatch(
      /was not carried out yet/,
    );
    expect(await left()).toBe(2);
  });
});

describe("an approval", () => {
  const began = Date.parse("2026-03-02T09:00:00Z");
  const hash = digest("A", ["p"], "r", { a: 1 });
  const change = waitingFor(hash, { expects: "n" });
  /** A ledger with a clock that can be moved, in which the change is approved. */
  async function approved() {
    const clock = { now: began };
    const { ledger } = ledgerIn(undefined, () => clock.now);
    await answer(ledger, await propose(ledger, change, clock.now), "n", "somebody", clock.now);
    return { ledger, clock };
  }
  test("is good for ten minutes", async () => {
    const first = await approved();
    first.clock.now += PROOF_LIFETIME - 1;
    expect(await take(first.ledger, hash)).toMatchObject({ entered: "n", by: "somebody", used: false });
    const second = await approved();
    second.clock.now += PROOF_LIFETIME;
    expect(await take(second.ledger, hash)).toBeUndefined();
  });
  test("counts once, and for its digest", async () => {
    const { ledger } = await approved();
    expect(await take(ledger, `${hash.slice(0, 8)}${"0".repeat(56)}`)).toBeUndefined();
    expect(await take(ledger, hash)).toBeDefined();
    expect(await take(ledger, hash)).toBeUndefined();
  });
  test("is bound to the preview that was shown, though another was proposed meanwhile", async () => {
    const { ledger } = ledgerIn(undefined, () => began);
    const shown = await propose(ledger, { ...change, preview: previewOf("old") }, began);
    await propose(ledger, { ...change, preview: previewOf("new") }, began);
    await answer(ledger, shown, "n", "somebody", began);
    expect(await take(ledger, hash)).toMatchObject({ preview: previewOf("old"), used: false });
  });
  test("and a request are gone from the list when they are too old", async () => {
    const { ledger, clock } = await approved();
    clock.now += PROOF_LIFETIME - 1;
    expect(await list(ledger)).toMatchObject([{ answer: "approved" }]);
    clock.now += 1;
    expect(await list(ledger)).toEqual([]);
  });
});

describe("the state directory", () => {
  test("is its owner's alone", async () => {
    const { dir, call, approving } = await start();
    await approving(idIn((await call("SendMessage", sending)).text), "yes");
    await call("SendMessage", sending);
    await call("DeleteTopic", deletion);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      const { mode } = statSync(join(entry.parentPath, entry.name));
      expect(mode & 0o777, entry.name).toBe(entry.isDirectory() ? 0o700 : 0o600);
      expect(entry.name).not.toMatch(/\.tmp$/);
    }
  });

  test("refuses changes, and approve ends, where others can write it or read its key", async () => {
    const { dir, call, left } = await start();
    await call("SendMessage", sending);
    chmodSync(join(dir, "key"), 0o644);
    expect((await command(["approve", "--state-dir", dir])).stderr).toMatch(/others can read .*key/);
    chmodSync(join(dir, "key"), 0o600);
    chmodSync(dir, 0o777);
    expect((await command(["approve", "--state-dir", dir])).stderr).toMatch(/others can write .*chmod 700/);
    const { call: other } = await serve(await sandbox(smallWorld), { args: ["--state-dir", dir] });
    expect((await other("DeleteTopic", deletion)).text).toMatch(/others can write.*Nothing was changed\.$/);
    expect(await left()).toBe(2);
  });

  test("is not touched by what only reads", async () => {
    const { dir, call } = await start();
    await call("DescribeTopic", { InstanceId });
    expect(() => statSync(dir)).toThrow();
  });
});

test("--confirm operator asks the operator even where the client has dialogs; auto then asks in the dialog", async () => {
  const asked = await serve(await sandbox(smallWorld), { args: ["--confirm", "operator"], answer: agree });
  expect((await asked.call("DeleteTopic", deletion)).text).toMatch(/was not carried out yet/);
  expect(asked.forms).toHaveLength(0);
  const auto = await serve(undefined, { args: ["--sandbox"] });
  expect((await auto.call("DeleteTopic", { InstanceId: "ckafka-shop7k2m", TopicName: "carts" })).text).toMatch(
    /was not carried out yet/,
  );
});
