// A small world with log topics, and the official SDK in front of it. The SDK's package for the log service brings
// declarations and names of actions on top of the client that is used here; that client signs and reads.
import { CommonClient } from "tencentcloud-sdk-nodejs-common";
import type { Sandbox } from "../../../sandbox/server/http.ts";
import { sandbox, serve } from "../../support/harness.ts";
import { one, smallRegionWith } from "../../support/worlds.ts";

export const InstanceId = "ckafka-one";
export const LOGS = "57f5808c-4a55-11eb-b378-0242ac130002";
export const READ = "b53fe5be-7ee3-4031-8043-5a73bad4f572";
export const IMPORT = "06bdb6f6-ae6e-41f6-9e7b-fcab91cb0111";
export const PAUSED = "86076b49-0000-4000-8000-a5d7e7972825";
export const GROUP = "log-import";

export const rule = { RechargeType: "minimalist_log", EncodingFormat: 0, DefaultTimeSwitch: true };
/** An import from the small world's instance. */
export const fromInstance = {
  TopicId: LOGS,
  Name: "new",
  KafkaType: 0,
  KafkaInstance: InstanceId,
  UserKafkaTopics: "events",
  Offset: -2,
  LogRechargeRule: rule,
};

/** @param instance more of the instance */
export const world = (instance: object = {}, more: object = {}) =>
  smallRegionWith({
    instances: [{ ...one, max: { topics: 3, partitions: 10, groups: 9 }, ...instance }],
    logTopics: [
      { id: LOGS, name: "app" },
      {
        id: READ,
        name: "audit",
        kafka: { compression: 2 },
        groups: [
          { name: "siem", partitions: [{ id: 0, committed: "-20s", consumer: "siem-1" }] },
          { name: "report", state: "Empty" },
        ],
      },
    ],
    imports: [
      {
        id: IMPORT,
        logTopic: LOGS,
        name: "events",
        instance: InstanceId,
        topics: ["events"],
        group: GROUP,
        behind: 30,
        perSecond: 1,
      },
      {
        id: PAUSED,
        logTopic: LOGS,
        name: "rests",
        instance: InstanceId,
        topics: ["quiet"],
        group: "rests",
        paused: true,
      },
    ],
    ...more,
  });

export function sdk({ url, credential, region }: Sandbox) {
  const httpProfile = { protocol: "http://", endpoint: url.replace("http://", "") };
  const client = new CommonClient(url.replace("http://", ""), "2020-10-16", {
    credential,
    region,
    profile: { httpProfile },
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  return (action: string, input: object): Promise<any> => client.request(action, input);
}
/** A server that offers the log service, on that world. */
export async function started(options: Parameters<typeof serve>[1] = {}, made: object = world()) {
  const box = await sandbox(made);
  const { args = ["--toolsets", "all,cls"], ...more } = options;
  return { box, ask: sdk(box), ...(await serve(box, { args, ...more })) };
}
