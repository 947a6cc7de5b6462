// Where an import reads from, and what it makes of each message.
import { z } from "zod/v3";
import { abridge } from "../../../src/model/abridge.ts";
import { codes, type Field, flag, meant, name, object, secret, text } from "../../../src/model/field.ts";
import { logTopic } from "../fields.ts";
import { Encoding, KafkaType, TimeSource } from "./codes.ts";

const words = z.string().min(1);
const list = <T extends string>(item: z.ZodType<T>, about: string): Field<T[]> =>
  meant(z.array(item).min(1), { is: "plain" }, about);
const oneOf = <T extends string>(values: readonly [T, ...T[]], about: string): Field<T> =>
  meant(z.enum(values as [T, ...T[]]), { is: "plain" }, about);

export const TopicId = logTopic("The log topic that is filled.");
export const Id = text("The import's id, a UUID; DescribeKafkaRecharges lists a log topic's imports.");
export const Name = text("The import's name, for people.");

const hours = (base: string, offsets: string) =>
  offsets.split(" ").map((offset) => `${base}${offset.includes(":") ? offset : `${offset}:00`}`);
/** Not every offset is there with both bases. */
const TIME_ZONES = [
  ...hours("GMT", "-12 -11 -10 -09:30 -09 -08 -07 -06 -05 -04 -03:30 -03 -02 -01 +00 +01 +02 +03:30 +04 +04:30 +05"),
  ...hours("GMT", "+05:30 +05:45 +06 +06:30 +07 +08 +09 +09:30 +10 +10:30 +11 +11:30 +12 +12:45 +13 +14"),
  ...hours("UTC", "-12 -11 -10 -09 -08 -07 -06 -05 -04:30 -04 -03:30 -03 -02 -01 +00 +01 +02 +03 +03:30 +04 +04:30"),
  ...hours("UTC", "+05 +05:45 +06 +06:30 +07 +08 +09 +09:30 +10 +11 +12 +13"),
] as [string, ...string[]];

const RechargeType = codes({
  json_log: "each message is JSON",
  minimalist_log: "a line as it is",
  fullregex_log: "a regular expression takes each line apart",
  delimiter_log: "a delimiter takes each line apart",
});
const ConflictPolicy = codes({ keep_outer: "the outer field stays", keep_inner: "the inner field replaces it" });
const Protocol = codes({
  plaintext: "no login, not encrypted",
  sasl_ssl: "login, encrypted",
  ssl: "no login, encrypted",
  sasl_plaintext: "login, not encrypted",
});

const jsonExpand = object({
  Switch: flag("Whether inner JSON fields are taken apart."),
  Fields: meant<string[], string[]>(
    z
      .array(words.max(128))
      .min(1)
      .max(3)
      .refine((fields) => new Set(fields).size === fields.length, "must not name a field twice"),
    { is: "plain" },
    "Up to three fields whose JSON is taken apart, each of at most 128 characters and named once.",
  ),
  DropOriginal: flag("Whether the original field goes once it is taken apart; default true.").optional(),
  ConflictPolicy: ConflictPolicy.field(
    "Which of two fields of the same name stays: keep_outer (default) or keep_inner.",
  ).optional(),
});

export const LogRechargeRule = abridge(
  object({
    RechargeType: RechargeType.field(
      "How a message becomes a log: json_log, minimalist_log (a line as it is), fullregex_log or delimiter_log.",
    ),
    EncodingFormat: Encoding.field("How the messages' text is encoded: 0 UTF-8, 1 GBK."),
    DefaultTimeSwitch: flag(
      "Where a log's time comes from: true, the system or the Kafka message (DefaultTimeSrc); false, a field of the log.",
    ),
    LogRegex: text("The regular expression that takes a whole line apart; only with fullregex_log.").optional(),
    UnMatchLogSwitch: flag("Whether lines that cannot be parsed are kept; otherwise they are dropped.").optional(),
    UnMatchLogKey: text("The field under which lines that cannot be parsed are kept.").optional(),
    UnMatchLogTimeSrc: TimeSource.field(
      "Which time unparsed lines get: 0 system time, 1 Kafka message time.",
    ).optional(),
    DefaultTimeSrc: TimeSource.field("Which time logs get by default: 0 system time, 1 Kafka message time.").optional(),
    TimeKey: text("The log's field that holds its time; with json_log or fullregex_log.").optional(),
    TimeRegex: text(
      "A regular expression that finds the time in a line, of which the first match counts; with minimalist_log.",
    ).optional(),
    TimeFormat: text("How the time is written, in the letters of strptime, like %Y-%m-%d %H:%M:%S.").optional(),
    TimeZone: oneOf(TIME_ZONES, "The zone of the time in the log, like UTC+08:00 or GMT-09:30.").optional(),
    Metadata: list(
      z.enum(["kafka_topic", "kafka_partition", "kafka_offset", "kafka_timestamp"]),
      "What is noted of where each message came from.",
    ).optional(),
    Keys: list(
      words,
      "Names of the fields that a line is taken apart into; with fullregex_log or delimiter_log.",
    ).optional(),
    ParseArray: flag("Whether each entry of an outermost JSON list becomes a log of its own.").optional(),
    Delimiter: text("What stands between two fields of a line; with delimiter_log.").optional(),
    JsonExpand: jsonExpand.describe("\nTakes inner JSON fields apart; only with json_log.").optional(),
  }),
  "RechargeType",
).describe(
  "More: DescribeAction.\nWhat becomes of each message: how it is parsed, which time it gets, what happens to what cannot be parsed.",
);

const protocol = abridge(
  object({
    Protocol: Protocol.field(
      "How brokers are talked to: plaintext, ssl, sasl_plaintext or, recommended, sasl_ssl.",
    ).optional(),
    Mechanism: oneOf(
      ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"],
      "How the login is checked; needed with sasl_plaintext and sasl_ssl.",
    ).optional(),
    UserName: text("Who logs in to the brokers; needed with sasl_plaintext and sasl_ssl.").optional(),
    Password: secret("What the user logs in with; needed with sasl_plaintext and sasl_ssl.").optional(),
  }),
  "Protocol",
);
const VERSIONS = "0.10.2.0 1.0.0 2.0.0 2.2.0 2.4.0 2.6.0 2.7.0 2.8.0 3.0.0 3.2.0".split(" ");
// The list of tools leaves the versions out, as long as they stand here.
const version = meant<string, string>(
  words.refine((given) => VERSIONS.includes(given), `must be one of ${VERSIONS.join(", ")}`),
  { is: "plain" },
  `Which version of Kafka the brokers run: ${VERSIONS.join(", ")}.`,
);

/** Where messages come from. Which of them are needed, the conditions say. */
export const source = {
  KafkaType: KafkaType.field("What is read from: 0 an instance of CKafka, 1 a Kafka that you run yourself.", {
    brief: "0 CKafka, 1 self-run.",
  }),
  KafkaInstance: name("instance", "The CKafka instance that is read, like ckafka-1a2b3c4d; with KafkaType 0.", {
    brief: "For KafkaType 0.",
  }).optional(),
  ServerAddr: text("Address of the brokers of a self-run Kafka, like 192.168.0.1:9095; with KafkaType 1.", {
    brief: "host:port, for KafkaType 1.",
  }).optional(),
  IsEncryptionAddr: flag("Whether ServerAddr takes encrypted connections; with KafkaType 1.").optional(),
  Protocol: protocol
    .describe("More: DescribeAction.\nHow to log in to a self-run Kafka; with KafkaType 1 and IsEncryptionAddr true.")
    .optional(),
  UserKafkaMeta: object({ KafkaVersion: version })
    .describe("\nWhat else is known of the Kafka that is read.")
    .optional(),
};
export const UserKafkaTopics = meant<string, string>(
  words.refine((text) => !text.includes("，"), "must have ASCII commas between the topics"),
  { is: "name", of: "topic", form: "commas", brief: "Names, joined by commas." },
  "The topics that are read: their names with commas between them, in one text. DescribeTopic lists those of an instance.",
);
export const ConsumerGroupName = name(
  "group",
  "The consumer group that reads on the Kafka; left out, the log service makes one up.",
);
