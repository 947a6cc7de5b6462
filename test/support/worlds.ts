// Worlds that tests stand on, and what they are made of. Numbers are round, so that a test can say what it expects.

/** Names in the world that ships. */
export const SHOP = "ckafka-shop7k2m";
export const LOGS = "ckafka-logs4x9p";
export const STAGING = "ckafka-stag2b6q";
export const SINGAPORE = "ckafka-sgsh8d3t";

/** A small world with round numbers: its clock stands at 2026-03-02T09:00:00Z. */
export const smallWorld = {
  clock: { mode: "standing", at: "2026-03-02T09:00:00Z" },
  regions: {
    "ap-guangzhou": {
      zones: [{ id: 100003, name: "Guangzhou Zone 3" }],
      instances: [
        {
          id: "ckafka-one",
          name: "one",
          zones: [100003],
          vpc: "vpc-1",
          subnet: "subnet-1",
          vip: "10.0.0.1",
          max: { topics: 3, partitions: 10, groups: 3 },
          topics: [
            {
              name: "events",
              partitions: 2,
              retention: "1h",
              // One message a second in each partition; the last falls on the moment at which the clock stands.
              produce: { perSecond: 2, since: "-100s", key: "k{n}", value: "v{n}", clients: ["10.0.0.9"] },
            },
            { name: "quiet", partitions: 1, records: [{ partition: 0, at: "-10m", key: "a", value: "first" }] },
          ],
          groups: [
            { name: "readers", reads: { events: { behind: 40 } } },
            {
              name: "live",
              members: [{ client: "c1", host: "10.0.0.7" }],
              reads: { events: { perSecond: 1, behind: 10 } },
            },
          ],
          dataHubs: { "datahub-one": "quiet" },
        },
      ],
    },
  },
};

const region = smallWorld.regions["ap-guangzhou"];
/** The small world, with more in its region. */
export const smallRegionWith = <Fields extends object>(fields: Fields) => ({
  ...smallWorld,
  regions: { "ap-guangzhou": { ...region, ...fields } },
});
/** The small world, with more in its instance. */
export const smallWorldWith = (fields: object) =>
  smallRegionWith({ instances: region.instances.map((instance) => ({ ...instance, ...fields })) });

/** The instance of the small world. */
export const [one] = region.instances;
/** An instance beside it with nothing in it. */
export const another = (id: string, fields: object = {}) => ({
  id,
  name: id,
  zones: [100003],
  vpc: "vpc-1",
  subnet: "subnet-1",
  vip: "10.0.0.2",
  ...fields,
});
/** A connection to an instance. */
export const leadsTo = (id: string, Resource: string, settings: object = {}) => ({
  id,
  name: id,
  type: "KAFKA",
  settings: { KafkaConnectParam: { SelfBuilt: false, Resource, ...settings } },
});
/** An end of a data task: a topic, of the small world's instance unless told otherwise. */
export const kafka = (Topic: string, more: object = {}) => ({
  Type: "KAFKA",
  KafkaParam: { SelfBuilt: false, Resource: "ckafka-one", Topic, ...more },
});
/** Another one: a bucket. */
export const cos = { Type: "COS", CosParam: { BucketName: "b-1", Region: "ap-guangzhou" } };
