// World files: log topics of the log service, who reads them as Kafka clients, and what they import from Kafka.
import { z } from "zod/v3";
import { addMember } from "../cls/members.ts";
import { named } from "../state/lookup.ts";
import type { Import, Instance, LogService } from "../state/store.ts";
import { count, moment, text, time, WorldError } from "./fields.ts";
import { groupFile, makeGroup } from "./topics.ts";

const logTopicFile = z.strictObject({
  id: text,
  name: text,
  logset: text.default("logset-1"),
  /** Whether and how it is offered over the Kafka protocol. */
  kafka: z
    .strictObject({
      open: z.boolean().default(true),
      compression: z.number().int().default(0),
      content: z.record(z.unknown()).nullable().default(null),
      servicesLog: z.number().int().default(2),
      scope: z.number().int().default(0),
    })
    .default({ open: false }),
  /** That read it as Kafka clients. */
  groups: z
    .array(
      z.strictObject({
        name: text,
        state: z.enum(["Empty", "Dead", "Stable", "PreparingRebalance", "CompletingRebalance"]).default("Stable"),
        protocol: z.enum(["range", "roundrobin", "sticky"]).default("range"),
        partitions: z
          .array(z.strictObject({ id: count, committed: time, consumer: z.string().default("") }))
          .default([]),
      }),
    )
    .default([]),
});
const importFile = z.strictObject({
  id: text,
  /** Id of the log topic that it fills. */
  logTopic: text,
  name: text,
  /** A CKafka instance of the region; or else a server. */
  instance: text.optional(),
  server: z
    .strictObject({
      address: text,
      encrypted: z.boolean().default(false),
      protocol: z.record(z.unknown()).nullable().default(null),
    })
    .optional(),
  topics: z.array(text).min(1),
  /** Its consumer group on the instance; the others in it are members of a group of that name. */
  group: text.optional(),
  from: z.enum(["earliest", "latest"]).default("earliest"),
  /** How far it is, on each topic as a whole. */
  perSecond: z.number().min(0).default(1000),
  behind: count.default(0),
  paused: z.boolean().default(false),
  /** As CreateKafkaRecharge takes it. */
  rule: z
    .record(z.unknown())
    .default({ RechargeType: "minimalist_log", EncodingFormat: 0, DefaultTimeSwitch: true, DefaultTimeSrc: 1 }),
  version: text.nullable().default(null),
  created: time.default("-10d"),
});
export const logFiles = {
  logTopics: z.array(logTopicFile).default([]),
  imports: z.array(importFile).default([]),
};
/** Names of all fields, to suggest one where another is not known. */
export const logFields = [logTopicFile, importFile].flatMap((model) => Object.keys(model.shape));
type File = z.output<z.ZodObject<typeof logFiles>>;

/** @throws WorldError when an import names what does not exist */
export function makeLogs({ logTopics, imports }: File, instances: Instance[], now: number, at: string): LogService {
  const topics = logTopics.map(({ groups, ...topic }) => ({
    ...topic,
    groups: groups.map(({ partitions, ...group }) => ({
      ...group,
      partitions: partitions.map((p) => ({ ...p, committed: moment(p.committed, now) })),
    })),
  }));
  const made = imports.map((file): Import => {
    const { logTopic, instance, server, from, perSecond, behind, created, group = `cls-${file.id}`, ...plain } = file;
    const since = moment(created, now);
    const given: Import = {
      ...plain,
      topic: logTopic,
      instance: instance ?? null,
      server: server ?? null,
      group,
      offset: from === "earliest" ? -2 : -1,
      created: since,
      updated: since,
    };
    const source = instances.find(({ id }) => id === instance);
    if (instance !== undefined && !source)
      throw new WorldError(`${at}, import ${file.name}: names ${instance}, which does not exist`);
    if (source) {
      const reads = Object.fromEntries(file.topics.map((name) => [name, { perSecond, behind }]));
      const own = makeGroup(groupFile.parse({ name: group, reads }), source.topics, now, at);
      const there = named(source.groups, group);
      const known = new Set(there?.positions.map(({ topic }) => topic));
      there?.positions.push(...own.positions.filter(({ topic }) => !known.has(topic)));
      if (!there) source.groups.push(own);
      if (!file.paused) addMember(there ?? own, given, null);
    }
    return given;
  });
  return { topics, imports: made };
}
