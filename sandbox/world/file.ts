// World files: what can stand in one. Times are ISO 8601 or relative to the clock, like "-90m".
import { z } from "zod/v3";
import { accessFields, accessFile } from "./access.ts";
import { count, text, time } from "./fields.ts";
import { logFields, logFiles } from "./logs.ts";
import { groupFile, recordFile, tags, topicFile } from "./topics.ts";

/** An automatism of an instance; what the API shows while nobody has set it up. */
const dynamicFile = (limit: number) =>
  z
    .strictObject({
      on: z.boolean().default(false),
      percent: count.max(100).default(75),
      step: count.default(10),
      limit: count.default(limit),
    })
    .default({});
export const instanceFile = z.strictObject({
  id: text,
  name: text,
  status: z.number().int().default(1),
  version: text.default("2.8.1"),
  type: text.default("profession"),
  zones: z.array(z.number().int()).min(1),
  vpc: text,
  subnet: text,
  vip: text,
  port: text.default("9092"),
  bandwidth: count.default(320),
  disk: count.default(500),
  diskType: text.default("CLOUD_SSD"),
  created: time.default("-200d"),
  expires: time.default("+165d"),
  chargeType: z.enum(["PREPAID", "POSTPAID_BY_HOUR"]).default("PREPAID"),
  publicNetwork: count.default(0),
  healthy: z.number().int().min(1).max(3).default(1),
  healthMessage: z.string().default(""),
  brokers: z.strictObject({ count: z.number().int().min(1), behind: z.array(count).default([]) }).default({ count: 3 }),
  max: z
    .strictObject({ topics: count.default(400), partitions: count.default(800), groups: count.default(300) })
    .default({}),
  retentionMinutes: count.default(1440),
  autoCreate: z.boolean().default(false),
  deleteProtection: z.boolean().default(false),
  tags,
  topics: z.array(topicFile).default([]),
  groups: z.array(groupFile).default([]),
  dataHubs: z.record(text).default({}),
  ...accessFile,
  // purchase, upkeep
  /** Build of the brokers; the newest when left out. */
  broker: text.optional(),
  renewFlag: z.number().int().min(0).max(2).default(2),
  cluster: count.nullable().default(null),
  certificate: text.nullable().default(null),
  elasticBandwidth: z.boolean().default(false),
  defaults: z
    .strictObject({
      partitions: z.number().int().min(1).default(3),
      replicas: z.number().int().min(1).max(3).default(2),
      retentionBytes: z.number().int().min(-1).default(-1),
      maxMessageBytes: count.default(12_582_912),
      unclean: z.number().int().min(0).max(1).default(0),
      transactionMs: count.default(604_800_000),
    })
    .default({}),
  dynamicRetention: dynamicFile(360),
  dynamicDisk: dynamicFile(500_000),
  adminSecurity: z.boolean().default(false),
  prometheus: z.array(z.strictObject({ vpc: text, subnet: text })).default([]),
  // monitor
  /** How many connections clients hold, each from a time on. */
  connections: z.array(z.strictObject({ at: time, count })).default([]),
  alarms: z
    .array(
      z.strictObject({
        name: text,
        type: z.enum(["CKAFKA_INSTANCE", "CKAFKA_TOPIC", "CKAFKA_CONSUMERGROUP", "CKAFKA-CONSUMERGROUP-TOPIC"]),
        on: z.boolean().default(true),
        rules: z
          .array(
            z.strictObject({
              metric: text,
              operator: z.enum(["gt", "ge", "lt", "le", "eq", "ne"]).default("gt"),
              threshold: z.number(),
              period: z.number().int().min(60).default(60),
              points: z.number().int().min(1).default(5),
            }),
          )
          .min(1),
      }),
    )
    .default([]),
});
const cdcClusterFile = z.strictObject({
  id: count,
  cdc: text,
  vpc: text,
  subnet: text,
  zone: count,
  bandwidth: count,
  disk: count,
});
const connectionFile = z.strictObject({
  id: text,
  name: text,
  type: text,
  description: z.string().default(""),
  created: time.default("-30d"),
  /** Its settings, under the name that the parameter of its type has. */
  settings: z.record(z.record(z.unknown())),
  tags,
});
const taskFile = z.strictObject({
  id: text,
  name: text,
  type: z.enum(["SOURCE", "SINK"]),
  description: z.string().default(""),
  created: time.default("-10d"),
  /** Since when it is paused. */
  paused: time.optional(),
  /** As CreateDatahubTask takes them. */
  source: z.object({ Type: text }).catchall(z.record(z.unknown())),
  target: z.object({ Type: text }).catchall(z.record(z.unknown())),
  tags,
});
export const regionFile = z.strictObject({
  zones: z.array(z.strictObject({ id: count, name: text, soldOut: z.boolean().default(false) })).default([]),
  instances: z.array(instanceFile).default([]),
  cdcClusters: z.array(cdcClusterFile).default([]),
  connections: z.array(connectionFile).default([]),
  elasticTopics: z.array(topicFile.extend({ groups: z.array(groupFile).default([]) })).default([]),
  tasks: z.array(taskFile).default([]),
  ...logFiles,
});
export const worldFile = z.strictObject({
  /** For editors. */
  $schema: z.string().optional(),
  clock: z.strictObject({ mode: z.enum(["running", "standing"]).default("running"), at: time.optional() }).default({}),
  appId: count.default(1_300_000_000),
  seed: z.string().default("sandbox"),
  region: text.default("ap-guangzhou"),
  regions: z.record(regionFile),
});

const models = [worldFile, regionFile, instanceFile, cdcClusterFile, topicFile, groupFile, recordFile];
/** Names of all fields, to suggest one where another is not known. */
export const fieldNames = [
  ...[...models, connectionFile, taskFile].flatMap((model) => Object.keys(model.shape)),
  ...accessFields,
  ...logFields,
];
