// The command that a person is told to type works as it stands, wherever they type it.
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { afterTest, SERVER, temporaryFolder } from "../support/harness.ts";
import { hello, type Launch, launch, line } from "../support/process.ts";

const deletion = { InstanceId: "ckafka-shop7k2m", TopicName: "carts" };

/** Types a command as it was told, in a shell that knows nothing of the server's environment. */
function typed(command: string, answer?: string): Promise<{ code: number | null; screen: string }> {
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: "/", env: { PATH: process.env.PATH ?? "" } });
  afterTest(async () => child.kill("SIGKILL"));
  let screen = "";
  let asked = false;
  child.stdout.on("data", (chunk) => {
    screen += chunk;
    if (asked || answer === undefined || !screen.includes("no to refuse: ")) return;
    asked = true;
    child.stdin.write(`${answer}\r`);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, screen: screen.replaceAll("\r", "") })));
}

const ways: [string, (folder: string) => Launch & { args?: string[] }][] = [
  ["with its file", () => ({})],
  ["with XDG_STATE_HOME", (folder) => ({ env: { XDG_STATE_HOME: join(folder, "it's state") } })],
  ["with a HOME of its own", (folder) => ({ env: { XDG_STATE_HOME: "", HOME: join(folder, "home") } })],
  [
    "with --state-dir, from another folder",
    (folder) => ({ args: ["--state-dir", "a state"], shell: `cd ${folder} && exec SERVER` }),
  ],
  [
    "through a link, as package managers make them",
    (folder) => {
      mkdirSync(join(folder, "some bin"));
      symlinkSync(SERVER, join(folder, "some bin", "ckafka-mcp"));
      return { shell: `cd ${folder} && exec './some bin/ckafka-mcp' --sandbox` };
    },
  ],
];

test.each(ways)("started %s", async (_, how) => {
  const { args = [], ...options } = how(temporaryFolder());
  const { raw, answer } = launch(["--sandbox", ...args], options);
  raw(line(0, "initialize", hello), line(1, "tools/call", { name: "DeleteTopic", arguments: deletion }));
  const told = (await answer(1)).result.content[0].text as string;
  const command = /run `([^`]+)` in a terminal/.exec(told)?.[1] as string;
  const list = await typed(command.replace(/ approve [0-9a-f]{8}/, " approve"));
  expect(list).toMatchObject({ code: 0, screen: expect.stringMatching(/DeleteTopic on "carts"/) });
  const again = /approve it, with: (.+)\n/.exec(list.screen)?.[1] as string;
  expect(again.replace("ID", "X")).toBe(command.replace(/[0-9a-f]{8}/, "X"));
  expect(await typed(command, " carts")).toMatchObject({ code: 0, screen: expect.stringMatching(/Approved, once/) });
  raw(line(2, "tools/call", { name: "DeleteTopic", arguments: deletion }));
  expect((await answer(2)).result.isError ?? false).toBe(false);
});
