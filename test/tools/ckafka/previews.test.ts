// The words that a person is asked with: the dialog of each changing action, of the scenario's request on its world.
// A snapshot is reviewed like code: what changes in it, people will read.
import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { AnyAction } from "../../../src/model/action.ts";
import { actions } from "../../../tools/ckafka/actions.ts";
import { sandbox, serve } from "../../support/harness.ts";
import { inRoot } from "../../support/paths.ts";
import { play, sender, world } from "../../support/scenario.ts";

const folder = inRoot("test/tools/ckafka/previews/");
const changing = (Object.entries(actions) as unknown as [string, AnyAction][])
  .filter(([, action]) => action.effect !== "read")
  .map(([name]) => name);

/** Without what every run has anew: the sandbox's port and key. */
const lasting = (message: string) =>
  message.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT").replace(/\(key "…\w+"\)/g, '(key "…")');

const asked = new Map<string, string[]>();
beforeAll(async () => {
  const box = await sandbox(world);
  const send = sender(box);
  const { call, forms } = await serve(box, { answer: () => ({ action: "decline" }) });
  // Whoever is asked declines, and the change is made past the server: answers hold what it would hide, like a token.
  await play(async (action, input) => {
    if (changing.includes(action)) {
      await call(action, input as Record<string, unknown>);
      asked.set(
        action,
        forms.splice(0).map(({ message, requestedSchema }) => {
          return `${lasting(message)}\n\n[ ${requestedSchema.properties.confirm?.title} ]\n`;
        }),
      );
    }
    return send(action, input);
  });
}, 60_000);

test.each(changing)("%s asks once, in the words of its snapshot", async (name) => {
  const dialogs = asked.get(name) ?? [];
  expect(dialogs).toHaveLength(1);
  await expect(dialogs[0]).toMatchFileSnapshot(`${folder}${name}.txt`);
});

test("no snapshot is left of an action that is gone", () => {
  const known = changing.map((name) => `${name}.txt`);
  expect(readdirSync(folder).filter((file) => !known.includes(file))).toEqual([]);
});
