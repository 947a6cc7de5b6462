// A person at a real terminal. What else there is to approving speaks to the command itself, in test/src/guard/operator.test.ts.
import { join } from "node:path";
import { expect, test } from "vitest";
import { pseudoTerminal, sandbox, serve, smallWorld, temporaryFolder } from "../support/harness.ts";

const deletion = { InstanceId: "ckafka-one", TopicName: "events" };

async function start(action: string, args: Record<string, unknown>) {
  const dir = join(temporaryFolder(), "state");
  const { call } = await serve(await sandbox(smallWorld), { real: true, args: ["--state-dir", dir] });
  const { text } = await call(action, args);
  const id = / approve ([0-9a-f]{8})/.exec(text)?.[1] as string;
  return {
    repeat: () => call(action, args),
    approving: (typed: string) => pseudoTerminal(["approve", id, "--state-dir", dir], typed),
  };
}

test("a typed name approves, and the repeated call runs", async () => {
  const { repeat, approving } = await start("DeleteTopic", deletion);
  const { code, screen } = await approving("events");
  expect(code).toBe(0);
  expect(screen).toMatch(
    / {2}\| Loses: every message[\s\S]*Type events to approve, no to refuse: [\s\S]*Approved, once/,
  );
  expect((await repeat()).isError).toBe(false);
});

test("the end of the input approves nothing", async () => {
  const { repeat, approving } = await start("DeleteTopic", deletion);
  const { code, screen } = await approving("\u0004");
  expect(code).toBe(1);
  expect(screen).toMatch(/: not approved; it goes on waiting\./);
  expect((await repeat()).text).toMatch(/was not carried out yet/);
});

test("other people's words cannot redraw it", async () => {
  const Note = "\u001b[2J\u202eharmless\nLoses: nothing.";
  const { approving } = await start("ModifyTopicAttributes", { ...deletion, Note });
  const { screen } = await approving("no");
  expect(screen).toContain("\\u{202e}harmless");
  for (const raw of ["\u001b[2J", "\u202e", "\nLoses: nothing"]) expect(screen).not.toContain(raw);
});
