// What the words of a result cost: on the world that ships, no list of five rows or more grows by more than a tenth for its
// legend, its moments in ISO 8601 and its notes. `GROWTH=1` prints every figure.
import { expect, test } from "vitest";
import { renderResult } from "../../../src/call/render.ts";
import { createClient } from "../../../src/cloud/client.ts";
import { fixed } from "../../../src/cloud/credentials/source.ts";
import { noLimiter } from "../../../src/cloud/limiter.ts";
import type { Entry } from "../../../src/model/catalogue.ts";
import type { ActionName } from "../../../tools/ckafka/actions.ts";
import { catalogue } from "../../../tools/index.ts";
import { LOGS, SHOP, sandbox } from "../../support/harness.ts";

const on = { InstanceId: SHOP };
const READS: [ActionName, object][] = [
  ["DescribeInstances", {}],
  ["DescribeInstancesDetail", {}],
  ["DescribeRegion", {}],
  ["DescribeTopic", on],
  ["DescribeTopicDetail", on],
  ["DescribeTopicDetail", { InstanceId: LOGS }],
  ["DescribeTopicFlowRanking", { ...on, RankingType: "PRO" }],
  ["DescribeTopicSyncReplica", { ...on, TopicName: "orders" }],
  ["DescribeTopicSubscribeGroup", { ...on, TopicName: "orders" }],
  ["DescribeGroup", on],
  ["DescribeConsumerGroup", on],
  ["DescribeGroupOffsets", { ...on, Group: "order-fulfilment" }],
  ["DescribeACL", { ...on, ResourceType: 2 }],
  ["DescribeUser", on],
  ["DescribeDatahubTasks", {}],
  ["DescribeConnectResources", {}],
  ["DescribeDatahubTopics", {}],
  ["DescribeThrottleRules", on],
  ["FetchMessageListByOffset", { ...on, Topic: "orders", Partition: 0, Offset: 100, SinglePartitionRecordNumber: 20 }],
];

/** As results were before they had words: without nulls, empty texts and empty structures. */
function bare(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (typeof value !== "object") return value;
  const entries = Object.entries(value as object).flatMap(([key, item]) => {
    const kept = bare(item);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  if (entries.length === 0) return undefined;
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
/** Entries of the longest list. */
const rowsIn = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Math.max(0, ...Object.values(value).map(rowsIn));
  return Array.isArray(value) ? Math.max(value.length, inner) : inner;
};

test("a legend costs a list of five rows or more at most a tenth", async () => {
  const box = await sandbox();
  const { send, close } = createClient({
    url: () => box.url,
    credentials: fixed("test", box.credential),
    limiter: noLimiter,
    timeout: 10_000,
  });
  const grown: [string, number, number, number][] = [];
  for (const [name, input] of READS) {
    const entry = catalogue.entries.get(name) as Entry;
    const call = { service: entry.service, action: name, region: box.region, changes: false, perSecond: 100 };
    const { response } = await send({ ...call, input: input as Record<string, unknown> }).catch((error) => {
      throw new Error(`${name} ${JSON.stringify(input)}: ${error.message}`);
    });
    const before = JSON.stringify(bare(response)).length;
    const after = renderResult(entry, input, response, [], 1_000_000).content[0]?.text.length ?? 0;
    grown.push([name, rowsIn(response), before, after]);
  }
  await close();
  if (process.env.GROWTH)
    for (const [name, rows, before, after] of grown)
      console.log(
        `${name}: ${rows} rows, ${before} → ${after} characters, ${(100 * (after / before - 1)).toFixed(1)} %`,
      );
  const large = grown.filter(([, rows]) => rows >= 5);
  expect(large.length).toBeGreaterThan(8);
  expect(large.filter(([, , before, after]) => after > before * 1.1)).toEqual([]);
});
