// The official SDK as a referee of the sandbox: it signs and sends every action over HTTP and reads the answers.

import { expect, test } from "vitest";
import type { z } from "zod/v3";
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { makeWorld } from "../../sandbox/world/world.ts";
import { type ActionName, actions } from "../../tools/ckafka/actions.ts";
import { sandbox } from "../support/harness.ts";
import { play, scenario, sender, world } from "../support/scenario.ts";

const InstanceId = "ckafka-one";
async function sdk(secretKey?: string) {
  const box = await sandbox(world);
  const send = sender(box, secretKey);
  return { box, send };
}
test("the SDK gets an answer of the documented shape from every action", async () => {
  const { send } = await sdk();
  for (const [action, { RequestId, ...response }] of Object.entries(await play(send))) {
    expect(RequestId, action).toMatch(/^[0-9a-f-]{36}$/);
    const output = strict(actions[action as ActionName].output);
    const parsed = output.safeParse(response);
    expect(parsed.error?.issues ?? [], action).toEqual([]);
  }
  expect(new Set(scenario.map(([action]) => action))).toEqual(new Set(Object.keys(actions)));
});

/** The model with every field required and no other accepted, all the way down. */
function strict(model: z.ZodTypeAny): z.ZodTypeAny {
  const def = model._def;
  if (def.typeName === "ZodObject") {
    const object = model as z.AnyZodObject;
    return object
      .extend(Object.fromEntries(Object.entries(object.shape as z.ZodRawShape).map(([k, v]) => [k, strict(v)])))
      .strict();
  }
  if (def.typeName === "ZodArray") return strict(def.type).array();
  if (def.typeName === "ZodNullable") return strict(def.innerType).nullable();
  return model;
}

test("with a standing clock the same requests get the same answers, request ids included", async () => {
  const run = async () => play((await sdk()).send);
  expect(await run()).toEqual(await run());
});

test("a dump after every action loads to the same world", async () => {
  const { box, send } = await sdk();
  await play(send);
  const dump = JSON.stringify(dumpWorld(box.world));
  expect(JSON.stringify(dumpWorld(makeWorld(JSON.parse(dump))))).toBe(dump);
});

test("the SDK reads the sandbox's errors as the cloud's", async () => {
  const { send } = await sdk();
  const failure = (action: string, input: object) =>
    send(action, input).then(String, (error: { code: string }) => error.code);
  expect(await failure("DescribeTopic", { InstanceId: "ckafka-none" })).toBe("InvalidParameterValue.InstanceNotExist");
  expect(await failure("DescribeTopic", {})).toBe("MissingParameter");
  expect(await failure("DescribeTopic", { InstanceId, Wrong: 1 })).toBe("UnknownParameter");
  expect(await failure("DescribeTopic", { InstanceId, Limit: "5" })).toBe("InvalidParameter");
  expect(
    await failure("CreateTopic", {
      InstanceId,
      TopicName: "x",
      PartitionNum: 1,
      ReplicaNum: 1,
      Tags: [{ TagKey: "a" }],
    }),
  ).toBe("MissingParameter");
  expect(await failure("DescribeNothing", {})).toBe("InvalidAction");
  const { send: forged } = await sdk("wrong");
  expect(await forged("DescribeRegion", {}).then(String, (error: { code: string }) => error.code)).toBe(
    "AuthFailure.SignatureFailure",
  );
});
