import { expect, test } from "vitest";
import { actions } from "../../../tools/ckafka/actions.ts";
import { sandbox, serve, smallWorld } from "../../support/harness.ts";

const textOf = async (
  client: Awaited<ReturnType<typeof serve>>["client"],
  name: string,
  args: Record<string, string>,
) => {
  const { messages } = await client.getPrompt({ name, arguments: args });
  return (messages[0] as { content: { text: string } }).content.text;
};

test("prompts are listed with their arguments", async () => {
  const { client } = await serve(await sandbox(smallWorld));
  const { prompts } = await client.listPrompts();
  expect(prompts.map((p) => [p.name, p.arguments?.filter((a) => a.required).map((a) => a.name)])).toEqual([
    ["diagnose-consumer-lag", []],
    ["plan-topic-change", ["InstanceId", "TopicName", "Change"]],
  ]);
});

test("prompts carry their arguments and name only tools that exist", async () => {
  const { client } = await serve(await sandbox(smallWorld));
  const lag = await textOf(client, "diagnose-consumer-lag", {
    InstanceId: "ckafka-one",
    Group: "readers",
    Region: "ap-tokyo",
  });
  expect(lag).toContain("why consumer group readers on instance ckafka-one lags. Pass Region ap-tokyo to every tool.");
  expect(await textOf(client, "diagnose-consumer-lag", {})).toContain(
    "the consumer group with the largest lag on the instances of this region",
  );
  const plan = await textOf(client, "plan-topic-change", {
    InstanceId: "ckafka-one",
    TopicName: "events",
    Change: "keep 7 days",
  });
  expect(plan).toContain("topic events on instance ckafka-one: keep 7 days.");
  for (const [name] of `${lag}${plan}`.matchAll(/\b(?:Describe|Fetch|Create|Modify|Delete)[A-Z][A-Za-z]+/g))
    expect(Object.keys(actions)).toContain(name);
});

test("an unknown prompt and a missing argument are told", async () => {
  const { client } = await serve(await sandbox(smallWorld));
  await expect(client.getPrompt({ name: "diagnose" })).rejects.toThrow(
    /There is no prompt diagnose; there are diagnose-consumer-lag, plan-topic-change\./,
  );
  await expect(client.getPrompt({ name: "plan-topic-change", arguments: { InstanceId: "i" } })).rejects.toThrow(
    /needs TopicName, Change/,
  );
});
