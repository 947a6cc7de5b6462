// What counts as the same call: spellings of one call, and for all actions what a proof of one call is good for.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "../../src/guard/digest.ts";
import { answer, propose, take } from "../../src/guard/operator.ts";
import { assess } from "../../src/guard/risk.ts";
import { issueTicket, takeTicket } from "../../src/guard/tickets.ts";
import { PROOF_LIFETIME, type Proof, verdict } from "../../src/guard/verdict.ts";
import { ledgerIn, previewOf, waitingFor } from "../support/guarding.ts";
import { temporaryFolder } from "../support/harness.ts";
import { argumentsOf, changing, deletion as events, InstanceId, start, ticketOf } from "./support.ts";

type Given = Record<string, unknown>;
const partitions = { ...events, PartitionNum: 4 };
const whiteList = { ...events, IpWhiteList: ["10.0.0.1", "10.0.0.2"] };
const offset = { InstanceId, Group: "readers", Topics: ["events"], Strategy: 2 };
const note = (Note: string) => ({ ...events, Note });
const message = { DataHubId: "datahub-one", Message: [{ Body: "x" }] };

/** What a call sends when a person agrees to it as it stands. */
async function sent(action: string, given: Given) {
  const { call, changes } = await start("ticket");
  const Ticket = ticketOf((await call(action, given)).text);
  expect(Ticket).toBeDefined();
  await call(action, { ...given, Ticket });
  expect(changes()).toHaveLength(1);
  return changes()[0];
}

describe("is the same call, and sends the same bytes", () => {
  test.each<[string, string, Given, Given]>([
    ["other order of keys", "CreatePartition", partitions, Object.fromEntries(Object.entries(partitions).reverse())],
    ['"4" for 4', "CreatePartition", partitions, { ...partitions, PartitionNum: "4" }],
    ['"4.0" for 4', "CreatePartition", partitions, { ...partitions, PartitionNum: "4.0" }],
    ['"4e0" for 4', "CreatePartition", partitions, { ...partitions, PartitionNum: "4e0" }],
    ['" 4 " for 4: spaces around a number', "CreatePartition", partitions, { ...partitions, PartitionNum: " 4 " }],
    ["the default region, named", "CreatePartition", partitions, { ...partitions, Region: "ap-guangzhou" }],
    ["null for what is left out", "ModifyTopicAttributes", note("a"), { ...note("a"), RetentionMs: null }],
    ["a list as text", "CreateTopicIpWhiteList", whiteList, { ...whiteList, IpWhiteList: '["10.0.0.1", "10.0.0.2"]' }],
    [
      "true for a switch that is 1",
      "ModifyTopicAttributes",
      { ...whiteList, EnableWhiteList: 1 },
      { ...whiteList, EnableWhiteList: true },
    ],
    [
      "a letter and its JSON escape",
      "ModifyTopicAttributes",
      note("caf\u00e9"),
      JSON.parse(`{"InstanceId":"${InstanceId}","TopicName":"events","Note":"caf\\u00e9"}`),
    ],
    [
      "2^53 + 1 as text, with and without blanks",
      "ModifyGroupOffsets",
      { ...offset, Offset: "9007199254740993" },
      { ...offset, Offset: " 9007199254740993 " },
    ],
  ])("%s", async (_, action, first, second) => {
    const { call, changes } = await start("ticket");
    const Ticket = ticketOf((await call(action, first)).text);
    expect((await call(action, { ...second, Ticket })).text).not.toMatch(/Nothing was (changed|sent)/);
    expect(changes()).toEqual([await sent(action, first)]);
  });
});

describe("is a new question, and would send other bytes", () => {
  test.each<[string, string, Given, Given]>([
    ["NFD for NFC", "ModifyTopicAttributes", note("caf\u00e9"), note("cafe\u0301")],
    ["NFKC for a ligature", "ModifyTopicAttributes", note("\ufb01le"), note("file")],
    ["a trailing space", "ModifyTopicAttributes", note("new"), note("new ")],
    ["a leading space", "ModifyTopicAttributes", note("new"), note(" new")],
    ["a zero-width space", "ModifyTopicAttributes", note("new"), note("new\u200b")],
    ["a byte order mark", "ModifyTopicAttributes", note("new"), note("\ufeffnew")],
    ["a NUL", "ModifyTopicAttributes", note("new"), note("new\u0000")],
    ["a look-alike from another alphabet", "ModifyTopicAttributes", note("new"), note("n\u0435w")],
    ["another case", "ModifyTopicAttributes", note("new"), note("New")],
    ["a lone surrogate, and the text of its escape", "ModifyTopicAttributes", note("\ud800"), note("\\ud800")],
    ["what looks like a number, in a text", "ModifyTopicAttributes", note("1"), note("1.0")],
    ["a trailing space in a body", "SendMessage", message, { ...message, Message: [{ Body: "x " }] }],
    ["a zero-width joiner in a body", "SendMessage", message, { ...message, Message: [{ Body: "x\u200d" }] }],
    [
      "other order of a list",
      "CreateTopicIpWhiteList",
      whiteList,
      { ...whiteList, IpWhiteList: ["10.0.0.2", "10.0.0.1"] },
    ],
    [
      "a list with an entry twice",
      "CreateTopicIpWhiteList",
      whiteList,
      { ...whiteList, IpWhiteList: ["10.0.0.1", "10.0.0.2", "10.0.0.2"] },
    ],
    ["a default, given", "ModifyTopicAttributes", note("a"), { ...note("a"), EnableWhiteList: 0 }],
    [
      "2^53 + 1 as text, for 2^53",
      "ModifyGroupOffsets",
      { ...offset, Offset: "9007199254740992" },
      { ...offset, Offset: "9007199254740993" },
    ],
  ])("%s", async (_, action, first, second) => {
    const { call, watch } = await start("ticket");
    const nothing = watch();
    const Ticket = ticketOf((await call(action, first)).text);
    expect((await call(action, { ...second, Ticket })).text).toMatch(/belongs to a call with other arguments/);
    nothing();
    expect(await sent(action, first)).not.toEqual(await sent(action, second));
  });
});

describe("is no call at all", () => {
  test("another notation, or no number, where a whole number is asked for", async () => {
    const { call, watch } = await start("ticket");
    const nothing = watch();
    const texts = ["04", "0x4", "4;", "four", "٤", "4\u200b", "4.5", "1e999", "[4]", "1e16", "9007199254740993.0"];
    for (const Offset of texts)
      expect((await call("ModifyGroupOffsets", { ...offset, Offset })).text, Offset).toMatch(
        /Offset must be .*Nothing was sent/,
      );
    nothing();
  });
});

/** What has to be typed: names that are blank or read as an answer in their quotes. */
const ANSWERS = ["", "y", "yes", "n", "no"];
const inQuotes = (name: string) => (ANSWERS.includes(name.trim().toLowerCase()) ? JSON.stringify(name) : name);

describe("whatever the arguments", () => {
  const runs = { numRuns: 40 };
  const NOW = Date.parse("2026-03-02T09:00:00Z");
  const account = ["p", "e", "w"];
  const hash = (name: string, input: Given) => digest(name, account, "r", input);

  test.each(changing)("%s runs exactly with a valid, unexpired, unused proof of the same digest", (name, action) => {
    const situations = fc.record({
      input: argumentsOf(action.input) as fc.Arbitrary<Given>,
      others: argumentsOf(action.input) as fc.Arbitrary<Given>,
      confirm: fc.constantFrom("elicit" as const, "operator" as const, "ticket" as const, "auto" as const),
      canElicit: fc.boolean(),
      readOnly: fc.boolean(),
      of: fc.constantFrom("this", "this", "others", "another action", "another account", "another region", "nothing"),
      channel: fc.constantFrom<Proof["channel"]>("elicit", "operator", "ticket", "policy"),
      expires: fc.integer({ min: NOW - 2, max: NOW + 2 }),
      used: fc.boolean(),
      entered: fc.constantFrom<unknown>("the name", "the name", true, true, false, "", "yes", null, undefined, {}, 1),
    });
    fc.assert(
      fc.property(situations, (s) => {
        const risk = assess(action, s.input);
        if (risk.level === "read") throw new Error("a change that says it reads");
        const own = hash(name, s.input);
        const foreign = {
          this: own,
          others: hash(name, s.others),
          "another action": hash(`${name}2`, s.input),
          "another account": digest(name, ["p", "e", "v"], "r", s.input),
          "another region": digest(name, account, "s", s.input),
          nothing: "",
        };
        const entered = s.entered === "the name" ? inQuotes(risk.subject) : s.entered;
        const proof = {
          channel: s.channel,
          digest: foreign[s.of as "this"],
          expires: s.expires,
          used: s.used,
          entered,
        };
        const question = { risk, digest: own, now: NOW, confirm: s.confirm, canElicit: s.canElicit };
        const judgement = verdict({ ...question, readOnly: s.readOnly, proof });
        const channel = s.confirm !== "auto" ? s.confirm : s.canElicit ? "elicit" : "operator";
        const asked = risk.level === "destroy" || risk.bills ? inQuotes(risk.subject) : true;
        const instead = s.confirm === "auto" && s.channel === "operator";
        const valid = proof.digest === own && !s.used && NOW < s.expires && (s.channel === channel || instead);
        const agreed = s.channel === "ticket" || entered === asked;
        const possible = !s.readOnly && (channel !== "elicit" || s.canElicit);
        expect(judgement.do).toBe(valid && agreed && possible ? "run" : "refuse");
        expect(verdict({ ...question, readOnly: s.readOnly }).do).not.toBe("run");
      }),
      runs,
    );
  });

  test("each change runs at most once with one ticket, however many take it", async () => {
    const { ledger } = ledgerIn(undefined, () => NOW);
    for (const [name, action] of changing)
      for (const input of fc.sample(argumentsOf(action.input) as fc.Arbitrary<Given>, 2)) {
        const own = hash(name, input);
        const ticket = await issueTicket(ledger, own, previewOf("p"), NOW);
        // All take it before the first is judged, as calls do that come in together.
        const proofs = await Promise.all([1, 2, 3].map(() => takeTicket(ledger, ticket)));
        const rest = { risk: assess(action, input), digest: own, readOnly: false, confirm: "ticket" as const };
        const judged = proofs.map((proof) => verdict({ ...rest, canElicit: false, now: NOW, proof }).do);
        expect(
          judged.filter((what) => what === "run"),
          name,
        ).toHaveLength(1);
        expect(proofs[0]?.expires).toBe(NOW + PROOF_LIFETIME);
      }
  });

  test("an approval is taken at most once, by one process of several", async () => {
    const directory = temporaryFolder();
    // Two openings of one directory, as two processes have.
    const [{ state, ledger }, { ledger: another }] = [ledgerIn(directory, () => NOW), ledgerIn(directory, () => NOW)];
    for (const [name, action] of changing)
      for (const input of fc.sample(argumentsOf(action.input) as fc.Arbitrary<Given>, 1)) {
        const risk = assess(action, input);
        if (risk.level === "read") throw new Error("a change that says it reads");
        const own = state.sign("digest", { digest: hash(name, input) });
        const expects = risk.level === "destroy" || risk.bills ? inQuotes(risk.subject) : (true as const);
        const waiting = await propose(ledger, waitingFor(own, { action: name, expects }), NOW);
        await answer(ledger, waiting, expects, "somebody", NOW);
        const proofs = [await take(ledger, own), await take(another, own), await take(ledger, own)];
        const question = {
          risk,
          digest: own,
          readOnly: false,
          confirm: "operator" as const,
          canElicit: false,
          now: NOW,
        };
        const verdicts = proofs.map((proof) => verdict({ ...question, proof }).do);
        expect(verdicts, name).toEqual(["run", "ask", "ask"]);
      }
  });
});
