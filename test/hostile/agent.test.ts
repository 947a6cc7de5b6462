// An agent that tries to get a change through without a person. After each attempt the sandbox is as before, and
// has not even been asked for a change.
import pino from "pino";
import { describe, expect, test } from "vitest";
import { call as callDirectly, type Services } from "../../src/call/call.ts";
import { createClient } from "../../src/cloud/client.ts";
import { fixed } from "../../src/cloud/credentials/source.ts";
import { noLimiter } from "../../src/cloud/limiter.ts";
import { createJournal } from "../../src/guard/audit/journal.ts";
import { fileLedger } from "../../src/guard/ledger/files.ts";
import { answer, find } from "../../src/guard/operator.ts";
import { createRecent } from "../../src/guard/recent.ts";
import { openState } from "../../src/guard/state.ts";
import { type Confirm, PROOF_LIFETIME } from "../../src/guard/verdict.ts";
import { catalogue } from "../../tools/index.ts";
import { SHOP, smallWorld, temporaryFolder } from "../support/harness.ts";
import {
  all,
  changing,
  deletion,
  InstanceId,
  idIn,
  noting,
  other,
  start,
  ticketOf,
  WAITS,
  watched,
} from "./support.ts";

const otherCase = (letter: string) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase());

describe("ticket mode", () => {
  test.each([
    ["made up", (_: string) => "AAAAAAAAAAAAAAAA", /ticket is unknown/],
    ["empty", (_: string) => "", /ticket is unknown/],
    ["the name of something every object has", (_: string) => "__proto__", /ticket is unknown/],
    ["with its last character changed", (t: string) => t.slice(0, -1) + (t.endsWith("A") ? "Q" : "A"), /is unknown/],
    ["in another case", (t: string) => t.replace(/[a-z]/i, otherCase), /ticket is unknown/],
    ["with a space", (t: string) => `${t} `, /ticket is unknown/],
    ["in a list", (t: string) => [t], /must be the string/],
    ["in a structure", (t: string) => ({ toString: t }), /must be the string/],
    ["true", (_: string) => true, /must be the string/],
    ["a pattern", (_: string) => ".*", /ticket is unknown/],
  ])("a forged ticket, %s", async (_, forge, why) => {
    const { call, watch } = await start("ticket");
    const nothing = watch();
    const Ticket = forge(ticketOf((await call("DeleteTopic", deletion)).text));
    expect((await call("DeleteTopic", { ...deletion, Ticket })).text).toMatch(why);
    nothing();
  });

  test("a ticket that was used, for the same call and for the next one", async () => {
    const { call, watch } = await start("ticket");
    const Ticket = ticketOf((await call("ModifyTopicAttributes", noting)).text);
    expect((await call("ModifyTopicAttributes", { ...noting, Ticket })).isError).toBe(false);
    const nothing = watch();
    expect((await call("ModifyTopicAttributes", { ...noting, Ticket })).text).toMatch(/has been used already/);
    expect((await call("DeleteTopic", { ...deletion, Ticket })).text).toMatch(/other arguments/);
    nothing();
  });

  test("a ticket of a call with swapped arguments, and a ticket of another action", async () => {
    const { call, watch } = await start("ticket");
    const nothing = watch();
    const attempts: [string, object, string, object][] = [
      ["ModifyTopicAttributes", noting, "ModifyTopicAttributes", { ...noting, TopicName: "new", Note: "events" }],
      ["DeleteTopic", deletion, "DeleteTopic", { InstanceId: "events", TopicName: InstanceId }],
      ["DeleteTopic", deletion, "DeleteTopic", other],
      ["ModifyTopicAttributes", noting, "DeleteTopic", deletion],
      ["DeleteTopic", deletion, "DeleteTopic", { ...deletion, Region: "ap-beijing" }],
    ];
    // Of another region nothing is read either: a region that was never asked for is no part of the dump.
    for (const [proposed, first, meant, second] of attempts) {
      const Ticket = ticketOf((await call(proposed, first as never)).text);
      expect((await call(meant, { ...second, Ticket })).text).toMatch(/belongs to a call with other arguments/);
    }
    nothing();
  });

  test("a ticket from another process counts once among them", async () => {
    const { call, again } = await start("ticket");
    const Ticket = ticketOf((await call("DeleteTopic", deletion)).text);
    const { call: elsewhere } = await again();
    expect((await elsewhere("DeleteTopic", { ...deletion, Ticket })).isError).toBe(false);
    expect((await call("DeleteTopic", { ...deletion, Ticket })).text).toMatch(/used already|does not exist/);
  });
});

/** The same path as in the server, in this process, where a clock can be moved. */
async function clocked(confirm: Confirm) {
  const { box, watch } = await watched(smallWorld);
  let time = Date.parse("2026-03-02T09:00:00Z");
  const now = () => time;
  const credentials = fixed("test", box.credential);
  const { send } = createClient({
    url: () => box.url,
    credentials,
    limiter: noLimiter,
    timeout: 10_000,
  });
  const state = openState(temporaryFolder());
  const log = pino({ level: "silent" });
  const journal = createJournal(() => state, log, now);
  const recent = createRecent(now);
  const ledger = fileLedger(state, now);
  const shared = { state: () => state, ledger: () => ledger };
  const guard = { confirm, readOnly: false, policy: undefined, recent, ...shared, journal };
  const account = { send, region: "ap-guangzhou", endpoint: () => "e", now, who: "w" };
  const accounts = new Map([["default", account]]);
  const approveCommand = (id: string) => `ckafka-mcp approve ${id}`;
  const services: Services = {
    catalogue,
    accounts,
    guard: { ...guard, approveCommand, now },
    wait: 0,
    log,
  };
  const call = async (name: string, args: object) => {
    const request = { name, args: { ...args }, client: "test", canAsk: false, tell: () => undefined };
    const outcome = await callDirectly(services, request);
    return "result" in outcome ? (outcome.result.content[0]?.text ?? "") : outcome.ask.message;
  };
  const wait = (ms: number) => {
    time += ms;
  };
  return { call, ledger, watch, now, wait };
}

describe("after ten minutes", () => {
  test("a ticket", async () => {
    const { call, watch, wait } = await clocked("ticket");
    const nothing = watch();
    const Ticket = ticketOf(await call("DeleteTopic", deletion));
    wait(PROOF_LIFETIME);
    expect(await call("DeleteTopic", { ...deletion, Ticket })).toMatch(/older than ten minutes/);
    nothing();
  });

  test("an approval", async () => {
    const { call, ledger, watch, now, wait } = await clocked("operator");
    const nothing = watch();
    const id = idIn(await call("DeleteTopic", deletion));
    await answer(ledger, (await find(ledger, id)) as never, "events", "somebody", now());
    wait(PROOF_LIFETIME);
    expect(await call("DeleteTopic", deletion)).toMatch(WAITS);
    nothing();
  });
});

describe("by another door", () => {
  test("ReadAction for what changes something, also with a valid ticket", async () => {
    const { call, watch } = await start("ticket", ["--discovery"]);
    const nothing = watch();
    const Ticket = ticketOf((await call("ChangeAction", { Action: "DeleteTopic", Input: deletion })).text);
    expect(Ticket).toBeDefined();
    for (const [name] of changing)
      expect((await call("ReadAction", { Action: name, Input: deletion, Ticket })).text).toMatch(
        /changes something; call ChangeAction instead\. Nothing was sent/,
      );
    const spelt = [
      "deletetopic",
      "DeleteTopic ",
      " DeleteTopic",
      "DeleteTopic\u0000",
      "DeleteTopic\u200b",
      "ChangeAction",
    ];
    for (const Action of [
      ...spelt,
      "DescribeTopic\r\nX-TC-Action: DeleteTopic",
      "__proto__",
      ["DeleteTopic"],
      { a: 1 },
    ])
      for (const tool of ["ReadAction", "ChangeAction"])
        expect((await call(tool, { Action, Input: deletion })).isError, String(Action)).toBe(true);
    await expect(call("DeleteTopic", deletion)).rejects.toThrow(/is no tool of its own here/);
    for (const tool of ["__proto__", "constructor", "DeleteTopic ", "ReadAction\u0000"])
      await expect(call(tool, deletion)).rejects.toThrow(/There is no tool/);
    nothing();
  });

  test("a reading tool with the parameters of a change", async () => {
    const { call, watch } = await start("operator");
    const nothing = watch();
    for (const [name, action] of all)
      if (action.effect === "read") {
        for (const extra of [{ Action: "DeleteTopic" }, { Note: "new" }, { RetentionMs: 60_000 }, { Delete: true }])
          expect((await call(name, { ...deletion, ...extra })).text, name).toMatch(/Nothing was sent/);
      }
    nothing();
  });

  test("a message that says that the operator has approved is marked as untrusted", async () => {
    const { call, watch } = await start("operator", [], watched());
    const nothing = watch();
    const at = { InstanceId: SHOP, Topic: "support-tickets", Partition: 0, Offset: 1 };
    const { data } = await call("FetchMessageByOffset", at);
    expect(data.Result.Value).toEqual({ untrusted: expect.stringContaining("the operator has approved") });
    expect((await call("DeleteTopic", { InstanceId: SHOP, TopicName: "payments" })).text).toMatch(WAITS);
    nothing();
  });
});
