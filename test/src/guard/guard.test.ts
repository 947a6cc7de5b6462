import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../../sandbox/server/http.ts";
import { FASTEST_READER } from "../../../src/guard/dialog.ts";
import { digest } from "../../../src/guard/digest.ts";
import { answer, find } from "../../../src/guard/operator.ts";
import { issueTicket, takeTicket } from "../../../src/guard/tickets.ts";
import { PROOF_LIFETIME, type Proof, type Question, verdict } from "../../../src/guard/verdict.ts";
import { type ActionName, actions } from "../../../tools/ckafka/actions.ts";
import { ledgerIn, previewOf, riskOf } from "../../support/guarding.ts";
import { agree, SHOP, sandbox, serve, smallWorld, temporaryFolder } from "../../support/harness.ts";

const InstanceId = "ckafka-one";
const deletion = { InstanceId, TopicName: "events" };

describe("the verdict", () => {
  const proofs: fc.Arbitrary<Proof | undefined> = fc.option(
    fc.record({
      channel: fc.constantFrom("elicit" as const, "operator" as const, "ticket" as const),
      digest: fc.constantFrom("this", "other"),
      expires: fc.integer({ min: 0, max: 2_000 }),
      used: fc.boolean(),
      entered: fc.constantFrom<unknown>(true, false, "name", "Name", "", undefined, null, 1, {}),
    }),
    { nil: undefined },
  );
  const questions: fc.Arbitrary<Question> = fc.record({
    risk: fc.constantFrom(
      { level: "read" as const },
      riskOf("name"),
      riskOf("name", "bills"),
      riskOf("name", "loses"),
      riskOf("name", "opens"),
      riskOf("name", "final", "bills"),
    ),
    digest: fc.constant("this"),
    readOnly: fc.boolean(),
    confirm: fc.constantFrom("elicit" as const, "operator" as const, "ticket" as const, "auto" as const),
    canElicit: fc.boolean(),
    now: fc.integer({ min: 0, max: 2_000 }),
    policy: fc.option(fc.record({ effect: fc.constantFrom("allow", "ask", "deny"), by: fc.constant("a rule") }), {
      nil: undefined,
    }),
    proof: proofs,
  });

  test("runs a change only with a valid, unexpired, unused proof of the same digest, by the channel in force, or by the policy", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { risk, policy, proof, readOnly, now, confirm, canElicit } = question;
        const judgement = verdict(question);
        if (risk.level === "read") return judgement.do === "run";
        if (judgement.do !== "run") return true;
        if (readOnly || policy?.effect === "deny") return false;
        if (policy?.effect === "allow") return judgement.policy === policy;
        const typed = risk.level === "destroy" || risk.bills ? "name" : true;
        return (
          proof !== undefined &&
          proof.digest === "this" &&
          !proof.used &&
          now < proof.expires &&
          // Where a client answers its dialogs by itself, the operator is asked in its place.
          (confirm !== "auto"
            ? proof.channel === confirm
            : proof.channel === "operator" || (canElicit && proof.channel === "elicit")) &&
          (proof.channel !== "elicit" || canElicit) &&
          (proof.channel === "ticket" || proof.entered === typed)
        );
      }),
      { numRuns: 5_000 },
    );
  });

  test("never asks again once a proof is there, so that no answer leads to a loop", () => {
    fc.assert(fc.property(questions, (question) => question.proof === undefined || verdict(question).do !== "ask"));
  });
});

describe("the digest", () => {
  test("is the same for the same call, however its keys are ordered", () => {
    expect(digest("A", ["p"], "r", { a: 1, b: { c: 2, d: [3] } })).toBe(
      digest("A", ["p"], "r", { b: { d: [3], c: 2 }, a: 1 }),
    );
  });
  test("differs with the action, the region and any argument", () => {
    const base = digest("A", ["p"], "r", { a: ["x", "y"] });
    for (const other of [
      digest("A", ["q"], "r", { a: ["x", "y"] }),
      digest("B", ["p"], "r", { a: ["x", "y"] }),
      digest("A", ["p"], "s", { a: ["x", "y"] }),
      digest("A", ["p"], "r", { a: ["y", "x"] }),
      digest("A", ["p"], "r", { a: ["x"] }),
      digest("A", ["p"], "r", {}),
    ])
      expect(other).not.toBe(base);
  });
});

describe("the dialog", () => {
  const topics = async (call: Awaited<ReturnType<typeof serve>>["call"]) =>
    (await call("DescribeTopic", { InstanceId })).data.Result.TotalCount;

  test("asks for the topic's name before a deletion, in a field that is required", async () => {
    const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
    await call("DeleteTopic", deletion);
    expect(forms).toHaveLength(1);
    expect(forms[0]?.requestedSchema).toMatchObject({
      properties: { confirm: { type: "string", title: "Type events to confirm" } },
      required: ["confirm"],
    });
    expect(await topics(call)).toBe(1);
  });

  test("asks for a plain yes before a change that loses nothing", async () => {
    const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
    await call("CreateTopicIpWhiteList", { ...deletion, IpWhiteList: ["10.0.0.1"] });
    expect(forms[0]?.requestedSchema).toMatchObject({
      properties: { confirm: { type: "boolean" } },
      required: ["confirm"],
    });
  });

  test("asks for the name when the arguments make a change destroy", async () => {
    const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
    await call("ModifyTopicAttributes", { ...deletion, RetentionMs: 60_000 });
    expect(forms[0]?.requestedSchema.properties.confirm).toMatchObject({
      type: "string",
      title: "Type events to confirm",
    });
  });

  test.each([
    [
      "another name",
      { action: "accept", content: { confirm: "event" } },
      /the person typed "event" where "events" was asked for/,
    ],
    ["another case", { action: "accept", content: { confirm: "Events" } }, /the person typed "Events"/],
    ["a yes instead of the name", { action: "accept", content: { confirm: true } }, /typed true where "events"/],
    ["an empty form", { action: "accept", content: {} }, /where "events" was asked for/],
    ["no form", { action: "accept" }, /where "events" was asked for/],
    ["a decline", { action: "decline" }, /the person declined/],
    ["a cancel", { action: "cancel" }, /the person closed the dialog/],
  ] as const)("%s changes nothing", async (_, answer, why) => {
    const box = await sandbox(smallWorld);
    // As long as somebody takes to read: what answers faster is a program.
    const person = () => new Promise<never>((resolve) => setTimeout(() => resolve(answer as never), FASTEST_READER));
    const { call } = await serve(box, { answer: person });
    const result = await call("DeleteTopic", deletion);
    expect(result.isError).toBe(true);
    expect(result.text).toMatch(why);
    expect(result.text).toMatch(/Nothing was changed\.$/);
    expect(await topics(call)).toBe(2);
  });

  test.each(["decline", "cancel"] as const)(
    "a client that answers %s by itself is not a person: the operator is asked",
    async (action) => {
      const dir = join(temporaryFolder(), "state");
      const box = await sandbox(smallWorld);
      const { call } = await serve(box, { answer: () => ({ action }), args: ["--state-dir", dir] });
      const { text } = await call("DeleteTopic", deletion);
      expect(text).toMatch(/answered "\w+" by itself, \d+ ms after the question: nobody can have read it\./);
      expect(text).toMatch(/run `.*approve [0-9a-f]{8} .*` in a terminal/);
      const [id = ""] = /(?<=approve )[0-9a-f]{8}/.exec(text) ?? [];
      const events = readdirSync(join(dir, "audit"))
        .filter((file) => file.endsWith(".jsonl"))
        .flatMap((file) =>
          readFileSync(join(dir, "audit", file), "utf8")
            .trim()
            .split("\n"),
        )
        .map((line) => JSON.parse(line));
      expect(events.map(({ event }) => event)).toEqual(["start", "proposed", "unanswered"]);
      expect(events[2].outcome).toMatch(/by itself/);
      const { ledger } = ledgerIn(dir);
      const waiting = await find(ledger, id);
      await answer(ledger, waiting as never, "events", "somebody", Date.now());
      expect((await call("DeleteTopic", deletion)).isError).toBe(false);
      expect(await topics(call)).toBe(1);
    },
  );

  test("an unticked box changes nothing", async () => {
    const { call } = await serve(await sandbox(smallWorld), {
      answer: () => ({ action: "accept", content: { confirm: false } }),
    });
    expect((await call("CreateTopicIpWhiteList", { ...deletion, IpWhiteList: ["10.0.0.1"] })).text).toMatch(
      /did not agree.*Nothing was changed/,
    );
  });

  test("a client that says it has dialogs and then fails changes nothing", async () => {
    const { call } = await serve(await sandbox(smallWorld), {
      answer: () => {
        throw new Error("no window");
      },
    });
    expect((await call("DeleteTopic", deletion)).text).toMatch(
      /brought no answer \(.*no window.*\)\. Nothing was changed/,
    );
    expect(await topics(call)).toBe(2);
  });

  test("a call that is cancelled while its dialog is open changes nothing, whatever is answered then", async () => {
    const dir = join(temporaryFolder(), "state");
    const cancel = new AbortController();
    const { client, call } = await serve(await sandbox(smallWorld), {
      args: ["--state-dir", dir],
      answer: (form) => {
        cancel.abort("enough");
        return agree(form);
      },
    });
    const asked = client.callTool({ name: "DeleteTopic", arguments: deletion }, undefined, { signal: cancel.signal });
    await expect(asked).rejects.toThrow();
    const [audit = ""] = readdirSync(join(dir, "audit")).filter((name) => name.endsWith(".jsonl"));
    const last = () =>
      JSON.parse(
        readFileSync(join(dir, "audit", audit), "utf8")
          .trim()
          .split("\n")
          .at(-1) as string,
      );
    await expect.poll(() => last().event).toBe("refused");
    expect(await topics(call)).toBe(2);
  });

  test("a preview that cannot be read is said", async () => {
    const cloud = await sandbox(smallWorld);
    const { call, forms } = await serve(cloud, { answer: agree });
    const fault = { count: 2, delay: 0, message: "no right to read", drop: false, after: false };
    cloud.staged.add({ ...fault, action: "DescribeTopicSyncReplica", code: "UnauthorizedOperation" });
    expect((await call("DeleteTopic", deletion)).isError).toBe(false);
    expect(forms[0]?.message).toMatch(/What it holds could not be read \("UnauthorizedOperation"\)/);
  });

  test("nobody is asked about what is not there", async () => {
    const { call, forms } = await serve(await sandbox(smallWorld), { answer: agree });
    const refused = await call("DeleteTopic", { InstanceId, TopicName: "nowhere" });
    expect(refused.text).toMatch(/topic nowhere does not exist on ckafka-one.*Nothing was changed/);
    expect(forms).toEqual([]);
  });

  test("--confirm elicit refuses every change where the client has no dialog, with the way out", async () => {
    const { call } = await serve(await sandbox(smallWorld), { args: ["--confirm", "elicit"] });
    expect((await call("DeleteTopic", deletion)).text).toMatch(
      /cannot show a confirmation dialog; connect with one that supports MCP elicitation, or.*--confirm operator.*Nothing was changed/,
    );
    expect(await topics(call)).toBe(2);
  });

  test("by default a change waits for the operator where the client has no dialog", async () => {
    const { call } = await serve(await sandbox(smallWorld));
    const { isError, text } = await call("DeleteTopic", deletion);
    expect(isError).toBe(true);
    expect(text).toMatch(
      /^DeleteTopic was not carried out yet: ask the person .* `(?:ckafka-mcp|node .+) approve [0-9a-f]{8} --state-dir \S+` in a/,
    );
    expect(await topics(call)).toBe(2);
  });
});

describe("a target that changes between question and answer", () => {
  /** While the person reads the dialog, somebody else does something. */
  const meanwhile = async (happens: (cloud: Sandbox) => Promise<unknown>) => {
    const cloud = await sandbox(smallWorld);
    let once = true;
    const answer = async (form: Parameters<typeof agree>[0]) => {
      if (once) await happens(cloud);
      once = false;
      return agree(form);
    };
    return serve(cloud, { answer });
  };
  const another = async (cloud: Sandbox, name: ActionName, args: object) => {
    const { call } = await serve(cloud, { answer: agree });
    expect((await call(name, { ...deletion, ...args })).isError).toBe(false);
  };

  test("voids the confirmation, says what is new, and is shown by the next call", async () => {
    const { call, forms } = await meanwhile((cloud) => another(cloud, "CreatePartition", { PartitionNum: 4 }));
    const refused = await call("DeleteTopic", deletion);
    expect(refused.text).toMatch(
      /the preview has changed since it was confirmed: 201 messages in 4 partitions.*Nothing was changed/,
    );
    expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(2);
    expect((await call("DeleteTopic", deletion)).isError).toBe(false);
    expect(forms.map((form) => /in \d partitions/.exec(form.message)?.[0])).toEqual([
      "in 2 partitions",
      "in 4 partitions",
    ]);
  });

  test("voids it as well where today's value is another one", async () => {
    const { call } = await meanwhile((cloud) => another(cloud, "ModifyTopicAttributes", { Note: "theirs" }));
    expect((await call("ModifyTopicAttributes", { ...deletion, Note: "ours" })).text).toMatch(/"theirs" → "ours"/);
    expect((await call("DescribeTopicAttributes", deletion)).data.Result.Note).toEqual({ untrusted: "theirs" });
  });

  test("does not, where producers and consumers only went on", async () => {
    const { call } = await meanwhile(async (cloud) => cloud.clock.step(60_000));
    expect((await call("DeleteTopic", deletion)).isError).toBe(false);
    const groups = await meanwhile(async (cloud) => cloud.clock.step(60_000));
    const reset = { InstanceId, Group: "readers", Strategy: 1, ShiftTimestamp: -1, Topics: ["events"] };
    expect((await groups.call("ModifyGroupOffsets", reset)).isError).toBe(false);
  });

  test("voids it as well where only the price is another one", async () => {
    const cloud = await sandbox();
    let once = true;
    const { call, forms } = await serve(cloud, {
      answer: async (form) => {
        if (once) {
          once = false;
          const { call: other } = await serve(cloud, { answer: agree });
          const wider = { InstanceId: SHOP, PublicNetwork: 33 };
          expect((await other("ModifyInstanceAttributes", wider)).isError).toBe(false);
        }
        return agree(form);
      },
    });
    const resize = { InstanceId: SHOP, DiskSize: 9_900 };
    const { text } = await call("ModifyInstancePre", resize);
    expect(text).toMatch(
      /the preview has changed since it was confirmed: Costs: [\d.]+ CNY → [^:]*\. The confirmation is void/,
    );
    await call("ModifyInstancePre", resize);
    expect(forms).toHaveLength(2);
    expect(forms[1]?.message).toContain(/Costs: .*/.exec(text)?.[0].split(". The")[0]);
  });

  test("voids a ticket", async () => {
    const cloud = await sandbox(smallWorld);
    const { call } = await serve(cloud, { args: ["--confirm", "ticket"] });
    const Ticket = /Ticket "([^"]+)"/.exec((await call("DeleteTopic", deletion)).text)?.[1];
    await another(cloud, "CreatePartition", { PartitionNum: 4 });
    expect((await call("DeleteTopic", { ...deletion, Ticket })).text).toMatch(
      /the preview has changed since it was confirmed/,
    );
    expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(2);
  });
});

describe("tickets", () => {
  const start = async () => serve(await sandbox(smallWorld), { args: ["--confirm", "ticket"] });
  const ticketOf = (text: string) => /Ticket "([^"]+)"/.exec(text)?.[1];

  test("the first call changes nothing and gives a preview and a ticket; the second carries it", async () => {
    const { call } = await start();
    const first = await call("DeleteTopic", deletion);
    expect(first.isError).toBe(true);
    expect(first.text).toMatch(/Loses: every message.*\n201 messages in 2 partitions/);
    expect(first.text).toContain("Nothing was changed yet.");
    const Ticket = ticketOf(first.text);
    expect((await call("DeleteTopic", { ...deletion, Ticket })).data.Result.ReturnCode).toBe("0");
    expect((await call("DeleteTopic", { ...deletion, Ticket })).text).toMatch(
      /has been used already.*Nothing was changed/,
    );
  });

  test("serves only the call it was given for", async () => {
    const { call } = await start();
    const Ticket = ticketOf((await call("DeleteTopic", deletion)).text);
    expect((await call("DeleteTopic", { ...deletion, TopicName: "quiet", Ticket })).text).toMatch(
      /belongs to a call with other arguments.*Nothing was changed/,
    );
    // Presenting it used it up.
    expect((await call("DeleteTopic", { ...deletion, Ticket })).text).toMatch(/used already/);
    expect((await call("DescribeTopic", { InstanceId })).data.Result.TotalCount).toBe(2);
  });

  test("serves the same call spelt another way", async () => {
    const { call } = await start();
    const args = { InstanceId, TopicName: "events", PartitionNum: 4 };
    const Ticket = ticketOf((await call("CreatePartition", args)).text);
    expect(
      (
        await call("CreatePartition", {
          Ticket,
          PartitionNum: "4",
          TopicName: "events",
          InstanceId,
          Region: "ap-guangzhou",
        })
      ).isError,
    ).toBe(false);
  });

  test("runs once when presented twice at the same time", async () => {
    const { call } = await start();
    const send = { DataHubId: "datahub-one", Message: [{ Body: "once" }] };
    const Ticket = ticketOf((await call("SendMessage", send)).text);
    const results = await Promise.all(Array.from({ length: 5 }, () => call("SendMessage", { ...send, Ticket })));
    expect(results.filter((r) => !r.isError)).toHaveLength(1);
    const { data } = await call("DescribeTopicSyncReplica", { InstanceId, TopicName: "quiet" });
    expect(data.Result.TopicInSyncReplicaList[0].EndOffset).toBe(2);
  });

  test("a made-up one is refused, and so is any where tickets are not in use", async () => {
    const { call } = await start();
    expect((await call("DeleteTopic", { ...deletion, Ticket: "AAAAAAAAAAAAAAAA" })).text).toMatch(
      /ticket is unknown.*Nothing was changed/,
    );
    const { call: other } = await serve(await sandbox(smallWorld), { answer: agree });
    expect((await other("DeleteTopic", { ...deletion, Ticket: "x" })).text).toMatch(/Ticket is not a parameter/);
  });

  test("is listed as a parameter of changes only, and only where tickets are in use", async () => {
    const { client } = await start();
    for (const tool of (await client.listTools()).tools)
      expect("Ticket" in (tool.inputSchema.properties ?? {}), tool.name).toBe(!tool.annotations?.readOnlyHint);
    const { client: other } = await serve(await sandbox(smallWorld));
    for (const tool of (await other.listTools()).tools)
      expect(tool.inputSchema.properties).not.toHaveProperty("Ticket");
  });
});

test("a ticket expires after ten minutes", async () => {
  let now = 0;
  const { ledger } = ledgerIn(undefined, () => now);
  const judge = async (later: number) => {
    now = 0;
    const ticket = await issueTicket(ledger, "d", previewOf("p"), now);
    now = later;
    const proof = await takeTicket(ledger, ticket);
    const question = { risk: riskOf("s"), digest: "d", readOnly: false, canElicit: false, now, proof };
    return verdict({ ...question, confirm: "ticket" }).do;
  };
  expect(await judge(PROOF_LIFETIME - 1)).toBe("run");
  expect(await judge(PROOF_LIFETIME)).toBe("refuse");
});

test("--read-only lists no change and carries none out", async () => {
  const { call, client } = await serve(await sandbox(smallWorld), { args: ["--read-only"], answer: agree });
  const { tools } = await client.listTools();
  expect(tools.every((tool) => tool.annotations?.readOnlyHint)).toBe(true);
  const reads = Object.keys(actions).filter((name) => actions[name as ActionName].effect === "read");
  expect(tools.map((tool) => tool.name)).toEqual([...reads, "DescribeAction"]);
  await expect(call("DeleteTopic", deletion)).rejects.toThrow(/not offered: this server was started with --read-only/);
});
