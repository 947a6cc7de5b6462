// The world that the specification's acceptance stands on: a topic, a group that falls behind, a clock that stands.
import { dumpWorld } from "../../../sandbox/world/dump.ts";
import { makeWorld } from "../../../sandbox/world/world.ts";
import { sandbox, serve, temporaryFile } from "../../support/harness.ts";

export const INSTANCE = "ckafka-mon00001";
export const TOPIC = "topic-00010000";
export const AT = "2026-03-02T10:30:00+08:00";
const MINUTES = 60_000;

interface More {
  at?: string;
  instance?: object;
  perSecond?: number;
  reads?: object;
  topic?: object;
}
export const worldWith = ({ at = AT, instance = {}, perSecond = 12, reads = {}, topic = {} }: More = {}) => ({
  clock: { mode: "standing", at },
  regions: {
    "ap-guangzhou": {
      zones: [{ id: 100003, name: "Guangzhou Zone 3" }],
      instances: [
        {
          id: INSTANCE,
          name: "mon",
          zones: [100003],
          vpc: "vpc-1",
          subnet: "subnet-1",
          vip: "10.0.0.1",
          bandwidth: 20,
          disk: 200,
          brokers: { count: 3 },
          max: { topics: 400, partitions: 800, groups: 300 },
          topics: [
            {
              name: "orders",
              partitions: 6,
              replicas: 3,
              retention: "6h",
              produce: { perSecond, since: "-1d", value: "x".repeat(10_000) },
              ...topic,
            },
          ],
          groups: [
            {
              name: "slow",
              members: [{ client: "c1", host: "10.0.0.7" }],
              reads: { orders: { perSecond: 10, behind: 1200, ...reads } },
            },
          ],
          ...instance,
        },
      ],
    },
  },
});
/** That world after some minutes, served. The clock of the program is the sandbox's. */
export async function served(more: More = {}, minutes = 10, args: string[] = ["--toolsets", "all,monitor"]) {
  const world = makeWorld(worldWith(more));
  world.clock.step(minutes * MINUTES);
  const dump = JSON.stringify(dumpWorld(world));
  return serve(undefined, { args: ["--world", temporaryFile("world.json", dump), ...args] });
}
/** The same as a sandbox of the test's own. Times count from the machine's clock: what asks it knows no other. */
export async function boxed(more: More = {}, minutes = 10) {
  const hour = 60 * MINUTES;
  const start = Math.floor(Date.now() / hour) * hour - hour;
  const box = await sandbox(worldWith({ at: new Date(start).toISOString(), ...more }));
  box.clock.step(minutes * MINUTES);
  return { box, start };
}

const dimensions = (values: Record<string, string>) => ({
  Dimensions: Object.entries(values).map(([Name, Value]) => ({ Name, Value })),
});
export const ofInstance = dimensions({ instanceId: INSTANCE });
export const ofTopic = dimensions({ instanceId: INSTANCE, topicId: TOPIC });
export const ofGroup = dimensions({
  consumerGroup: "slow",
  instanceId: INSTANCE,
  topicId: TOPIC,
  topicName: "orders",
});
export const ofPartition = (partition: number) => ({
  Dimensions: [...ofGroup.Dimensions, { Name: "partition", Value: String(partition) }],
});
export const asked = (MetricName: string, Instances: object[], more: object = {}) => ({
  Namespace: "QCE/CKAFKA",
  MetricName,
  Instances,
  Period: 60,
  StartTime: "2026-03-02T10:30:20+08:00",
  EndTime: "2026-03-02T10:39:59+08:00",
  ...more,
});
