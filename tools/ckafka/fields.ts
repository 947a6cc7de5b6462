// Parameters and response fields that several nouns share.
import { isIP } from "node:net";
import { z } from "zod/v3";
import * as fields from "../../src/model/field.ts";
import { type Field, foreign, meaningOf, meant, name, success, total } from "../../src/model/field.ts";
import { Applied, Patterns } from "./acl/codes.ts";

/** An IP address, or a range of them as CIDR. */
export function isRange(given: string): boolean {
  const [address = "", bits, ...rest] = given.split("/");
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && Number(bits ?? 0) <= longest && /^\d+$/.test(bits ?? "0");
}
export const list = <T extends z.ZodTypeAny>(item: T, about: string) => z.array(item).min(1).describe(about);
export const shape = <T extends z.ZodRawShape>(fields: T) => z.object(fields).strict();

export const InstanceId = name(
  "instance",
  "The CKafka instance (a managed Kafka cluster), like ckafka-1a2b3c4d; DescribeInstances lists them.",
);
export const SearchWord = fields.text("Only entries with this text in their name.");
export const TopicName = name("topic", "The topic's name; DescribeTopic lists an instance's topics.");
export const Group = name("group", "The consumer group's name; DescribeGroup lists an instance's groups.");
export const RouteId = meant<number, number>(
  z.number().int(),
  { is: "name", of: "route", form: "one" },
  "The route's number (a route is an address clients connect to); DescribeRoute lists them.",
);
/** Partitions are numbered within their topic. */
export const Partition = fields.integer("The partition's number within its topic; the first one is 0.", { min: 0 });
export const VpcId = fields.text(
  "Id of the virtual private cloud (VPC), a private network in the cloud, like vpc-1a2b3c4d.",
);
export const SubnetId = fields.text(
  "Id of a subnet, a part of the VPC in one availability zone, like subnet-1a2b3c4d.",
);
export const ZoneId = fields.integer(
  "Number of the availability zone (a site within the region), like 100003; DescribeCkafkaZone lists them.",
);
/** For filters. */
export const OneInstance = name("instance", "Only the instance with this id, like ckafka-1a2b3c4d.");
export const IpWhitelist = z.array(
  shape({
    CidrBlock: meant<string, string>(
      z.string().refine(isRange, "must be an IP address or a CIDR like 10.0.0.0/8"),
      { is: "plain" },
      "Who may connect: an IP address, or a range of them as CIDR like 10.0.0.0/8.",
    ).optional(),
    PolicyDescription: meant<string, string>(
      z.string(),
      { is: "plain" },
      "A remark on this entry, for people.",
    ).optional(),
  }),
);
/** Where the page of a list begins. */
export const Offset: Field<number> = meant(
  z.number().int().min(0),
  { is: "skip" },
  "How many entries of the list to skip, for the next page; default 0.",
);
/** @param usual the page size when left out @param max the largest accepted, where there is one */
export const limit = (usual: number, max?: number, more = ""): Field<number> => {
  const size = z.number().int().min(1);
  return meant(
    max === undefined ? size : size.max(max),
    { is: "size", usual },
    `How many entries to return; default ${usual}${max === undefined ? "" : `, at most ${max}`}.${more}`,
  );
};
export const Tags = list(
  shape({
    TagKey: fields.text("The tag's key: what the tag is about."),
    TagValue: meant<string, string>(z.string(), { is: "plain" }, "The tag's value under its key."),
  }),
  "\nTags to put on it, each a key and a value, for finding it and for cost reports.",
);

/** Which of the fields are not filled in. */
export const lacking = (given: object, fields: string[]) =>
  fields.filter((field) => [undefined, ""].includes((given as Record<string, string | undefined>)[field]));
/** Requires a field that the reference requires only beside certain others. For `superRefine`. */
export function need(given: object, issues: z.RefinementCtx, when: string, ...fields: string[]) {
  for (const field of lacking(given, fields))
    issues.addIssue({ code: "custom", path: [field], message: `is needed ${when}` });
}

// Response fields. `nullable` where the reference says that a value can be missing.
export const num = z.number();
export const str = z.string();
export const tags = z.array(z.object({ TagKey: str, TagValue: str }));

export const vip = z.object({ Vip: str, Vport: str });
export const aclRule = z.object({
  RuleName: name("rule", "The rule's name."),
  InstanceId: str,
  PatternType: Patterns.open("Whether it is for topics whose names begin alike, or for those that name it."),
  // Presets have no pattern, and name no topic where none is under them.
  Pattern: meant<string, string>(
    z.string(),
    { is: "name", of: "topic", form: "prefix" },
    "Beginning of the names of the topics it is for.",
  ),
  ResourceType: fields.codes({ Topic: "topic" }).open("Kind of resource that it is for."),
  AclList: str,
  CreateTimeStamp: fields.time("Beijing", "When it was made; CST in it is Beijing time."),
  IsApplied: Applied.open("Whether new topics come under it by themselves."),
  UpdateTimeStamp: fields.time("Beijing", "When it was changed last; CST in it is Beijing time."),
  Comment: foreign("The remark on the rule."),
  TopicName: meant<string, string>(
    z.string(),
    { is: "name", of: "topic", form: "one" },
    "One of the topics that it is for.",
  ),
  TopicCount: fields.quantity("topics", "How many topics it is for."),
  PatternTypeTitle: str,
});

/** How the API acknowledges a change. Printed answers have "0", "ok" and "OK" for success; the rest is a failure. */
export const ReturnCode = success("0", "ok", "success");
/** The same as a bare number. */
export const Succeeded = meant<number, number>(z.number(), { is: "success", good: ["0"] }, "Success is 0.");
/** The API's own words. */
export const returnMessage = z.string();
export const acknowledged = z.object({
  Result: z.object({
    ReturnCode,
    ReturnMessage: returnMessage,
    Data: z.object({ FlowId: num, RouteDTO: z.object({ RouteId: num }).nullable() }).nullable(),
  }),
});

/** Where a group stands on each topic, whether of an instance or elastic. */
export const groupOffsets = z.object({
  Result: z.object({
    TotalCount: total("TopicList"),
    TopicList: z.array(
      z.object({
        Topic: name("topic", "The topic."),
        Partitions: z.array(
          z.object({
            Partition: num,
            Offset: fields.quantity("offsets", "The committed offset: the next message that the group reads.", {
              special: { [-1]: "nothing committed" },
            }),
            Metadata: foreign("What the consumer noted with its commit."),
            ErrorCode: success<number>("0"),
            LogEndOffset: fields.quantity("offsets", "The offset that the next message will get."),
            Lag: fields.quantity(
              "offsets",
              "Offsets from the committed one to the end; messages that are gone count as well.",
            ),
          }),
        ),
      }),
    ),
  }),
});

/** A model as it comes back: without refinements, and in structures any field can be missing. */
type Returned<T> = T extends z.ZodOptional<infer U> | z.ZodEffects<infer U>
  ? Returned<U>
  : T extends z.ZodArray<infer E>
    ? z.ZodArray<Returned<E>>
    : T extends z.ZodObject<infer S, z.UnknownKeysParam>
      ? z.ZodObject<{ [K in keyof S]: z.ZodOptional<z.ZodNullable<Returned<S[K]>>> }>
      : T extends z.ZodTypeAny
        ? T
        : never;
/** What comes back of a structure that is also sent. */
export function returned<T extends z.ZodTypeAny>(model: T): Returned<T> {
  const back = (part: z.ZodTypeAny): z.ZodTypeAny => {
    if (part instanceof z.ZodOptional) return back(part.unwrap());
    if (part instanceof z.ZodEffects) return back(part.innerType());
    // A field with a meaning comes back as it is.
    if (!(part instanceof z.ZodObject) && meaningOf(part)) return part;
    if (part instanceof z.ZodArray) return z.array(back(part.element));
    if (!(part instanceof z.ZodObject)) return part;
    const fields = Object.entries(part.shape as z.ZodRawShape).map(([name, field]) => [name, back(field).nullish()]);
    return z.object(Object.fromEntries(fields));
  };
  return back(model) as Returned<T>;
}
