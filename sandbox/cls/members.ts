// An import from an instance is a member of a consumer group there: it comes, goes, and reads at a pace of its own, so that
// whoever looks at the instance sees a group like any other.
import { activeMembers, committed } from "../kafka/consumers.ts";
import { endOffset } from "../kafka/log.ts";
import { bounds } from "../kafka/retention.ts";
import { named } from "../state/lookup.ts";
import { type Group, type Import, type Instance, instancesOf, type Region, type Topic } from "../state/store.ts";

/** Messages a second that an import reads of each topic. */
const PACE = 1000;
/** Where the log service's readers connect from. */
const HOST = "169.254.0.71";
const clientOf = ({ id }: Import) => `cls-${id}`;

type At = { region: Region; now: number };
export const sourceOf = (at: At, { instance }: Import): Instance | undefined =>
  instance === null ? undefined : instancesOf(at).find((i) => i.id === instance);

/** What of an import's source is gone; empty where nothing is, and for a Kafka that the sandbox knows nothing of. */
export function missing(at: At, given: Import): string {
  if (given.instance === null) return "";
  const instance = sourceOf(at, given);
  if (!instance) return `instance ${given.instance}`;
  const gone = given.topics.filter((name) => !named(instance.topics, name));
  return gone.length > 0 ? `topic ${gone.join(", ")}` : "";
}

/** Begins to read: where the group stands, or else from where it was told. */
export function join(at: At, given: Import) {
  const instance = sourceOf(at, given);
  if (!instance) return;
  const { now } = at;
  const group = named(instance.groups, given.group) ?? newGroup(instance, given.group);
  addMember(group, given, now);
  for (const name of given.topics) {
    const topic = named(instance.topics, name);
    if (topic) read(group, topic, given.offset, now);
  }
}
/** @param joined null where it has been there from the beginning */
export function addMember({ members }: Group, given: Import, joined: number | null) {
  members.push({ client: clientOf(given), host: HOST, joined, left: null });
}
function newGroup(instance: Instance, name: string): Group {
  const group: Group = {
    name,
    protocolType: "consumer",
    protocol: "range",
    members: [],
    positions: [],
    rebalances: [],
  };
  instance.groups.push(group);
  return group;
}
function read(group: Group, topic: Topic, from: number, now: number) {
  const perSecond = PACE / topic.partitions.length;
  for (const partition of topic.partitions) {
    const { begin } = bounds(topic, partition, now);
    const own = group.positions.find((p) => p.topic === topic.name && p.partition === partition.number);
    if (own) {
      // What has expired meanwhile is lost to it.
      const offset = Math.max(committed(group, own, partition, now), begin);
      Object.assign(own, { offset, at: now, perSecond: Math.max(own.perSecond, perSecond) });
    } else
      group.positions.push({
        topic: topic.name,
        partition: partition.number,
        offset: from === -2 ? begin : endOffset(partition, now),
        at: now,
        perSecond,
        stuckAt: null,
      });
  }
}

/** Stops to read. The group keeps its place as any group does: until it is forgotten. */
export function leave(at: At, given: Import) {
  const group = named(sourceOf(at, given)?.groups ?? [], given.group);
  const member = group?.members.find((m) => m.client === clientOf(given) && m.left === null);
  if (member) member.left = at.now;
}

/** Forgets the place on topics that it reads no more, where nobody else in the group could still read them. */
export function forget(at: At, given: Import, topics: string[]) {
  const group = named(sourceOf(at, given)?.groups ?? [], given.group);
  if (!group || activeMembers(group, at.now).length > 0) return;
  group.positions = group.positions.filter((p) => !topics.includes(p.topic));
}
