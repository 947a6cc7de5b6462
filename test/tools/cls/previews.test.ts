// The words that a person is asked with. A snapshot is reviewed like code: what changes in it, people will read.
import { expect, test } from "vitest";
import { inRoot } from "../../support/paths.ts";
import { fromInstance, IMPORT, LOGS, READ, started } from "./support.ts";

test.each<[string, Record<string, unknown>]>([
  ["CreateKafkaRecharge", { ...fromInstance, ConsumerGroupName: "live" }],
  ["ModifyKafkaRecharge", { TopicId: LOGS, Id: IMPORT, StatusControl: 1, UserKafkaTopics: "quiet" }],
  ["DeleteKafkaRecharge", { TopicId: LOGS, Id: IMPORT }],
  ["OpenKafkaConsumer", { FromTopicId: LOGS, Compression: 3 }],
  ["ModifyKafkaConsumer", { FromTopicId: READ, Compression: 0 }],
  ["CloseKafkaConsumer", { FromTopicId: READ }],
])("%s asks once, in the words of its snapshot", async (name, input) => {
  const { call, forms } = await started({ answer: () => ({ action: "decline" }) });
  const { text } = await call(name, input);
  expect(forms, text).toHaveLength(1);
  const [
    { message, requestedSchema } = {
      message: "",
      requestedSchema: { properties: {} as Record<string, { title?: string }> },
    },
  ] = forms;
  // Where it goes differs from run to run.
  const dialog = `${message.replace(/ \(key .*\) at "http:[^"]+"/, "")}\n\n[ ${requestedSchema.properties.confirm?.title} ]\n`;
  await expect(dialog).toMatchFileSnapshot(inRoot(`test/tools/cls/previews/${name}.txt`));
});
