// World files: who may connect to an instance, from where, to do what, and how fast.
import { z } from "zod/v3";
import { RESOURCE } from "../ckafka/acl.ts";
import { newAddress } from "../ckafka/route.ts";
import { type Instance, nextNumber } from "../state/store.ts";
import { count, moment, text, time, WorldError } from "./fields.ts";

// In the order of their numbers, from 2 on.
const OPERATIONS = [
  "all",
  "read",
  "write",
  "create",
  "delete",
  "alter",
  "describe",
  "cluster-action",
  "describe-configs",
  "alter-configs",
  "idempotent-write",
] as const;
const VIP_TYPES = { public: 1, vpc: 3, support: 7 };
const ACCESS_TYPES = { plaintext: 0, "sasl-plaintext": 1, "sasl-ssl": 3, "scram-sha-256": 4, "scram-sha-512": 5 };
const one = <T extends string>(of: Record<T, number>) => z.enum(Object.keys(of) as [T, ...T[]]);

const who = { user: text.default("*"), host: text.default("*"), deny: z.boolean().default(false) };
const models = {
  users: z.strictObject({ name: text, password: text.nullable().default(null), created: time.default("-90d") }),
  /** Of a topic, of a group, or else of the cluster. */
  acls: z.strictObject({ topic: text.optional(), group: text.optional(), ...who, operation: z.enum(OPERATIONS) }),
  /** Without a prefix it is a preset. */
  aclRules: z.strictObject({
    name: text,
    prefix: text.nullable().default(null),
    comment: z.string().default(""),
    forNewTopics: z.boolean().default(false),
    created: time.default("-60d"),
    entries: z.array(z.strictObject({ ...who, operation: z.enum(["All", "Read", "Write"]) })).min(1),
  }),
  routes: z.strictObject({
    type: one(VIP_TYPES),
    access: one(ACCESS_TYPES),
    vpc: text.nullable().default(null),
    subnet: text.nullable().default(null),
    note: z.string().default(""),
    created: time.default("-50d"),
    deleteAt: time.optional(),
    securityGroups: z.array(text).default([]),
    /** Address or CIDR → what it is. */
    allowList: z.record(z.string()).default({}),
  }),
  throttles: z.strictObject({
    user: text.nullable().default(null),
    client: text.nullable().default(null),
    group: text.nullable().default(null),
    produce: count.nullable().default(null),
    consume: count.nullable().default(null),
    updated: time.default("-30d"),
  }),
};
/** Names of all fields, to suggest one where another is not known. */
export const accessFields = Object.values(models).flatMap((model) => Object.keys(model.shape));

/** The fields of an instance in a world file. */
export const accessFile = {
  users: z.array(models.users).default([]),
  acls: z.array(models.acls).default([]),
  aclRules: z.array(models.aclRules).default([]),
  routes: z.array(models.routes).default([]),
  throttles: z.array(models.throttles).default([]),
  /** In front of the main route. */
  securityGroups: z.array(text).default([]),
};
type File = z.output<z.ZodObject<typeof accessFile>>;

/** @throws WorldError when something names what does not exist */
export function fillAccess(instance: Instance, file: File, now: number, at: string): void {
  const { access } = instance;
  const numbered = () => ({ id: nextNumber(instance) });
  const require = (what: string, name: string | null | undefined, known: { name: string }[]) => {
    if (name && name !== "*" && !known.some((k) => k.name === name))
      throw new WorldError(`${at}: something names ${what} ${name}, which does not exist`);
  };
  const principal = (user: string) => {
    require("user", user, file.users);
    return `User:${user}`;
  };
  for (const { created, ...user } of file.users) {
    const time = moment(created, now);
    access.users.push({ ...numbered(), ...user, created: time, updated: time });
  }
  for (const { topic, group, user, host, deny, operation } of file.acls) {
    require("topic", topic, instance.topics);
    access.acls.push({
      type: topic ? RESOURCE.topic : group ? RESOURCE.group : RESOURCE.cluster,
      resource: topic ?? group ?? "kafka-cluster",
      principal: principal(user),
      host,
      operation: OPERATIONS.indexOf(operation) + 2,
      permission: deny ? 2 : 3,
    });
  }
  for (const { created, entries, ...rule } of file.aclRules) {
    const time = moment(created, now);
    access.aclRules.push({
      ...numbered(),
      ...rule,
      created: time,
      updated: time,
      entries: entries.map(({ user, host, deny, operation }) => ({
        Operation: operation,
        PermissionType: deny ? "Deny" : "Allow",
        Host: host,
        Principal: principal(user),
      })),
    });
  }
  const presets = file.aclRules.filter((rule) => rule.prefix === null);
  for (const { acl } of instance.topics) for (const name of acl.rules) require("preset ACL rule", name, presets);
  for (const { type, access: accessType, created, deleteAt, allowList, ...route } of file.routes) {
    const { id } = numbered();
    access.routes.push({
      id,
      main: false,
      vipType: VIP_TYPES[type],
      accessType: ACCESS_TYPES[accessType],
      ...newAddress(VIP_TYPES[type], id),
      ...route,
      created: moment(created, now),
      failure: null,
      deleteAt: deleteAt === undefined ? null : moment(deleteAt, now),
      allowList: Object.entries(allowList).map(([CidrBlock, PolicyDescription]) => ({ CidrBlock, PolicyDescription })),
    });
  }
  for (const { updated, ...throttle } of file.throttles) {
    require("user", throttle.user, file.users);
    require("group", throttle.group, instance.groups);
    access.throttles.push({ ...numbered(), ...throttle, updated: moment(updated, now) });
  }
}
