// What the log service's own reference says of values, and what it requires beside them. Read from its pages.
import type { Need } from "./needs.ts";
import type { Rule } from "./values.ts";

const oneOf = (...values: (string | number)[]): Rule => ({ oneOf: values });
const fromEnd: Rule = { ...oneOf(-2, -1), min: -2 };
const source = { KafkaType: oneOf(0, 1) };
const consumer = { Compression: oneOf(0, 2, 3), HasServicesLog: oneOf(1, 2), ScopeType: oneOf(0, 1) };

const hours = (base: string, offsets: string) =>
  offsets.split(" ").map((offset) => `${base}${offset.includes(":") ? offset : `${offset}:00`}`);
const TIME_ZONES = [
  ...hours("GMT", "-12 -11 -10 -09:30 -09 -08 -07 -06 -05 -04 -03:30 -03 -02 -01 +00 +01 +02 +03:30 +04 +04:30 +05"),
  ...hours("GMT", "+05:30 +05:45 +06 +06:30 +07 +08 +09 +09:30 +10 +10:30 +11 +11:30 +12 +12:45 +13 +14"),
  ...hours("UTC", "-12 -11 -10 -09 -08 -07 -06 -05 -04:30 -04 -03:30 -03 -02 -01 +00 +01 +02 +03 +03:30 +04 +04:30"),
  ...hours("UTC", "+05 +05:45 +06 +06:30 +07 +08 +09 +09:30 +10 +11 +12 +13"),
];

export const actions: Record<string, Record<string, Rule>> = {
  CheckRechargeKafkaServer: source,
  CreateKafkaRecharge: { ...source, Offset: fromEnd },
  DescribeKafkaConsumerGroupList: {
    Filters: { items: 10 },
    "Filters.Key": oneOf("group"),
    "Filters.Values": { items: 10 },
    Limit: { max: 100 },
  },
  DescribeKafkaRecharges: { Status: oneOf(1, 2, 3) },
  ModifyKafkaConsumer: consumer,
  ModifyKafkaRecharge: { ...source, StatusControl: oneOf(1, 2) },
  OpenKafkaConsumer: consumer,
  PreviewKafkaRecharge: { ...source, Offset: fromEnd, PreviewType: oneOf(1, 2) },
};
export const structures: Record<string, Record<string, Rule>> = {
  JsonExpandInfo: { Fields: { items: 3 }, ConflictPolicy: oneOf("keep_outer", "keep_inner") },
  KafkaConsumerContent: {
    Format: oneOf(0, 1),
    MetaFields: oneOf("__SOURCE__", "__FILENAME__", "__TIMESTAMP__", "__HOSTNAME__", "__PKGID__"),
    TagTransaction: oneOf(1, 2),
    JsonType: oneOf(1, 2),
  },
  KafkaProtocolInfo: {
    Protocol: oneOf("plaintext", "sasl_ssl", "ssl", "sasl_plaintext"),
    Mechanism: oneOf("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"),
  },
  LogRechargeRuleInfo: {
    RechargeType: oneOf("json_log", "minimalist_log", "fullregex_log", "delimiter_log"),
    EncodingFormat: oneOf(0, 1),
    DefaultTimeSrc: oneOf(0, 1),
    UnMatchLogTimeSrc: oneOf(0, 1),
    TimeZone: oneOf(...TIME_ZONES),
    Metadata: oneOf("kafka_topic", "kafka_partition", "kafka_offset", "kafka_timestamp"),
  },
  UserKafkaMeta: {
    KafkaVersion: oneOf(..."0.10.2.0 1.0.0 2.0.0 2.2.0 2.4.0 2.6.0 2.7.0 2.8.0 3.0.0 3.2.0".split(" ")),
  },
};

const reached: Need[] = [
  ["KafkaType", [0], "KafkaInstance"],
  ["KafkaType", [1], "ServerAddr"],
  ["IsEncryptionAddr", [true], "Protocol.Protocol"],
];
export const actionNeeds: Record<string, Need[]> = {
  CheckRechargeKafkaServer: reached,
  CreateKafkaRecharge: [...reached, ["KafkaType", [1], "IsEncryptionAddr"]],
  ModifyKafkaRecharge: [...reached, ["KafkaType", [1], "IsEncryptionAddr"]],
  PreviewKafkaRecharge: reached,
};
export const structureNeeds: Record<string, Need[]> = {
  KafkaProtocolInfo: [["Protocol", ["sasl_plaintext", "sasl_ssl"], "Mechanism", "UserName", "Password"]],
  LogRechargeRuleInfo: [
    ["DefaultTimeSwitch", [false], "TimeFormat", "TimeZone"],
    ["RechargeType", ["fullregex_log"], "Keys"],
    ["RechargeType", ["delimiter_log"], "Keys", "Delimiter"],
  ],
};
