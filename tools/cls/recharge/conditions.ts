// What the reference requires only beside certain values: one list for all actions that name a source or a rule.

interface Source {
  KafkaType?: number | undefined;
  KafkaInstance?: string | undefined;
  ServerAddr?: string | undefined;
  IsEncryptionAddr?: boolean | undefined;
  Protocol?:
    | {
        Protocol?: string | undefined;
        Mechanism?: string | undefined;
        UserName?: string | undefined;
        Password?: unknown;
      }
    | undefined;
}
interface Rule {
  RechargeType: string;
  DefaultTimeSwitch: boolean;
  LogRegex?: string | undefined;
  TimeKey?: string | undefined;
  TimeRegex?: string | undefined;
  TimeFormat?: string | undefined;
  TimeZone?: string | undefined;
  Keys?: string[] | undefined;
  Delimiter?: string | undefined;
  JsonExpand?: object | undefined;
}
type Condition = [broken: boolean, said: string];
/** Where a condition holds, these have to be given. */
const needed = (holds: boolean, when: string, given: object | undefined, ...fields: string[]): Condition[] =>
  fields.map((field) => [
    holds && (given as Record<string, unknown> | undefined)?.[field.split(".").at(-1) as string] === undefined,
    `${field} is needed ${when}`,
  ]);
const first = (conditions: Condition[]) => conditions.find(([broken]) => broken)?.[1];

/** @param encryption whether IsEncryptionAddr has no default */
export function sourceProblem(input: Source, encryption: boolean): string | undefined {
  const { KafkaType, KafkaInstance, ServerAddr, IsEncryptionAddr, Protocol } = input;
  const [ours, own] = [KafkaType === 0, KafkaType === 1];
  const encrypted = own && IsEncryptionAddr === true;
  const login = Protocol?.Protocol?.startsWith("sasl_") === true;
  return first([
    ...needed(ours, "with KafkaType 0", input, "KafkaInstance"),
    ...needed(own, "with KafkaType 1", input, "ServerAddr"),
    ...(encryption ? needed(own, "with KafkaType 1", input, "IsEncryptionAddr") : []),
    [own && KafkaInstance !== undefined, "KafkaInstance is only for KafkaType 0"],
    [ours && ServerAddr !== undefined, "ServerAddr is only for KafkaType 1"],
    ...needed(encrypted, "with IsEncryptionAddr true", input, "Protocol"),
    ...needed(encrypted, "with IsEncryptionAddr true", Protocol, "Protocol.Protocol"),
    ...needed(
      login,
      `with Protocol.Protocol ${Protocol?.Protocol}`,
      Protocol,
      ...["Protocol.Mechanism", "Protocol.UserName", "Protocol.Password"],
    ),
  ]);
}

export function ruleProblem(rule: Rule | undefined): string | undefined {
  if (!rule) return undefined;
  const { RechargeType: type, DefaultTimeSwitch, LogRegex, JsonExpand } = rule;
  const own = DefaultTimeSwitch === false;
  const at = (field: string) => `LogRechargeRule.${field}`;
  const off = "with DefaultTimeSwitch false";
  const apart = type === "fullregex_log" || type === "delimiter_log";
  return first([
    ...needed(apart, `with RechargeType ${type}`, rule, at("Keys")),
    ...needed(type === "delimiter_log", `with RechargeType ${type}`, rule, at("Delimiter")),
    ...needed(own && (type === "json_log" || type === "fullregex_log"), `${off} and ${type}`, rule, at("TimeKey")),
    ...needed(own && type === "minimalist_log", `${off} and ${type}`, rule, at("TimeRegex")),
    ...needed(own, off, rule, at("TimeFormat"), at("TimeZone")),
    [LogRegex !== undefined && type !== "fullregex_log", `${at("LogRegex")} is only for RechargeType fullregex_log`],
    [JsonExpand !== undefined && type !== "json_log", `${at("JsonExpand")} is only for RechargeType json_log`],
  ]);
}
