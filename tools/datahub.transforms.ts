// What data tasks do to messages on their way: parse, change, filter, write out.
import { z } from "zod/v3";
import { failure } from "./datahub.topics.ts";
import { list, need, shape, text, words } from "./fields.ts";

const FilterParam = z
  .array(
    shape({
      Key: text("Field."),
      MatchMode: z
        .enum(["PREFIX", "SUFFIX", "CONTAINS", "EXCEPT", "NUMBER", "IP"])
        .describe("Prefix, suffix, contained, all but, number, IP."),
      Value: z.string().describe("Value."),
      Type: z.literal("REGULAR").describe("Always REGULAR.").optional(),
    }),
  )
  .describe("Which messages go through.")
  .optional();

const mapping = shape({
  Key: text("Field."),
  Type: z
    .enum(["DEFAULT", "DATE", "CUSTOMIZE", "MAPPING"])
    .describe("As parsed, time now, own value, another field.")
    .optional(),
  Value: words("Value."),
});

/** The older form: one pass of parsing. */
export const transform = shape({
  AnalysisFormat: z.enum(["JSON", "DELIMITER", "REGULAR"]).describe("Parse as JSON, by delimiter, or by pattern."),
  OutputFormat: text("Output format."),
  FailureParam: failure.describe("Messages that cannot be parsed."),
  Content: z.string().describe("A sample message."),
  SourceType: z.enum(["TOPIC", "CUSTOMIZE"]).describe("Whether the sample is from the topic or made up."),
  Regex: words("Delimiter or pattern."),
  MapParam: z.array(mapping).describe("Fields of the output.").optional(),
  FilterParam,
  Result: words("What the sample becomes."),
  AnalyseResult: z.array(mapping).describe("The sample, parsed.").optional(),
  UseEventBus: z.boolean().describe("Run on the event bus.").optional(),
});

const replacement = shape({ OldValue: text("What to replace."), NewValue: z.string().describe("By what.") });
const operation = shape({
  Type: z
    .enum([
      ...(["REPLACE", "SUBSTR", "DATE", "TRIM", "REGEX_REPLACE", "SPLIT", "KV", "JSON_PATH_REPLACE"] as const),
      ...(["URL_DECODE", "LOWERCASE"] as const),
    ])
    .describe("What to do; its own field says how. TRIM takes the spaces off both ends."),
  Replace: replacement.describe("For REPLACE.").optional(),
  Substr: shape({ Start: z.number().int(), End: z.number().int() }).describe("For SUBSTR: from, to.").optional(),
  Date: shape({
    Format: words("Time format."),
    // The reference names one of its two values only in words.
    TargetType: words("Input: string (default) or Unix time."),
    TimeZone: words("Default GMT+8."),
  })
    .describe("For DATE.")
    .optional(),
  RegexReplace: shape({ Regex: text("Pattern."), NewValue: z.string().describe("By what.") })
    .describe("For REGEX_REPLACE.")
    .optional(),
  Split: shape({ Regex: text("Delimiter.") })
    .describe("For SPLIT: one value into several.")
    .optional(),
  KV: shape({
    Delimiter: text("Between pairs."),
    Regex: text("Between key and value."),
    KeepOriginalKey: z.enum(["true", "false"]).describe('"true" keeps the source field; default "false".').optional(),
  })
    .describe("For KV: parse key-value pairs.")
    .optional(),
  Result: words("What the sample becomes."),
  JsonPathReplace: replacement.describe("For JSON_PATH_REPLACE; both can be JSONPath.").optional(),
  UrlDecode: shape({ CharsetName: words("Character set.") })
    .describe("For URL_DECODE.")
    .optional(),
  Lowercase: shape({}).describe("For LOWERCASE.").optional(),
}).superRefine((given, issues) => {
  const details = {
    REPLACE: "Replace",
    SUBSTR: "Substr",
    DATE: "Date",
    REGEX_REPLACE: "RegexReplace",
    SPLIT: "Split",
    KV: "KV",
    JSON_PATH_REPLACE: "JsonPathReplace",
  };
  const detail = (details as Record<string, string | undefined>)[given.Type];
  if (detail) need(given, issues, `for Type ${given.Type}`, detail);
});

const field = shape({
  Key: text("Field."),
  Operate: z
    .enum(["DATE", "CUSTOMIZE", "MAPPING", "JSONPATH"])
    .describe("Time now, own value, another field, JSONPath."),
  SchemeType: z
    .enum(["ORIGINAL", "STRING", "INT64", "FLOAT64", "BOOLEAN", "MAP", "ARRAY"])
    .describe("Type of the value; ORIGINAL leaves it."),
  Value: words("Value."),
  ValueOperate: operation.describe("What is done to the value.").optional(),
  OriginalValue: words("Value in the sample."),
  ValueOperates: z.array(operation).describe("Several, in turn.").optional(),
});

/** A chain of parsing and changing. */
export const transforms = shape({
  Content: z.string().describe("A sample message."),
  FieldChain: list(
    shape({
      Analyse: shape({
        Format: z
          .enum(["JSON", "DELIMITER", "REGULAR", "SOURCE"])
          .describe("JSON, delimiter, pattern, or SOURCE: all that the step before made."),
        Regex: words("Delimiter or pattern."),
        InputValueType: words("How InputValue is meant."),
        InputValue: words("Field to parse again."),
      }).describe("How to parse."),
      SecondaryAnalyse: shape({ Regex: text("Delimiter.") })
        .describe("Parse once more.")
        .optional(),
      SMT: z.array(field).describe("Fields of the output.").optional(),
      Result: words("What the sample becomes."),
      AnalyseResult: z.array(field).describe("The sample, parsed.").optional(),
      SecondaryAnalyseResult: z.array(field).describe("The sample, parsed once more.").optional(),
      AnalyseJsonResult: words("The sample, parsed, as JSON."),
      SecondaryAnalyseJsonResult: words("The sample, parsed once more, as JSON."),
    }),
    "Steps, in turn.",
  ),
  FilterParam,
  FailureParam: failure.describe("Messages that fail.").optional(),
  Result: words("What the sample becomes."),
  SourceType: words("Where the sample is from."),
  OutputFormat: z.enum(["JSON", "ROW"]).describe("Default JSON.").optional(),
  RowParam: shape({
    RowContent: z.enum(["KEY_VALUE", "VALUE"]).describe("What a row holds."),
    KeyValueDelimiter: words("Between key and value."),
    EntryDelimiter: words("Between entries."),
  })
    .describe("For OutputFormat ROW.")
    .optional(),
  KeepMetadata: z.boolean().describe("Add source topic, partition, offset; default false.").optional(),
  BatchAnalyse: shape({ Format: z.enum(["ONE_BY_ONE", "MERGE"]).describe("Write entries one by one or merged.") })
    .describe("Parse a list.")
    .optional(),
});
export type Transform = z.output<typeof transform>;
export type Transforms = z.output<typeof transforms>;

/** Rows need to know how they are written. */
export function written(given: Record<string, unknown>, issues: z.RefinementCtx) {
  if (given.OutputFormat === "ROW") need(given, issues, "with OutputFormat ROW", "RowParam");
}
