// What data tasks do to messages on their way: parse, change, filter, write out.
import { z } from "zod/v3";
import { flag, integer, meant, text } from "../../../src/model/field.ts";
import { word } from "../connect/fields.ts";
import { list, need, shape } from "../fields.ts";
import * as code from "./codes.ts";
import { failure } from "./topics.ts";

/** A text that may be empty. */
const any = (about: string) => meant<string, string>(z.string(), { is: "plain" }, about);

const Content = any("A sample message, to try the processing on.");
const Result = word("What the processing makes of the sample message.");
const Regex = word("The delimiter, or the regular expression.");
const Delimiter = text("The delimiter at which the value is split.");

const FilterParam = z
  .array(
    shape({
      Key: text("Name of the field that is compared."),
      MatchMode: code.MatchMode.field(
        "How the field is compared with Value: begins with it, ends with it, contains it, is anything EXCEPT it, or by NUMBER or IP.",
      ),
      Value: any("Value that the field is compared with."),
      Type: code.FilterType.field("Kind of condition: always REGULAR.").optional(),
    }),
  )
  .describe("Conditions on the fields of the messages that go through.")
  .optional();

const mapping = shape({
  Key: text("Name of the field in the output."),
  Type: code.MappingType.field(
    "Where its value is from: DEFAULT as parsed, DATE the time now, CUSTOMIZE a value of your own, MAPPING another field.",
  ).optional(),
  Value: word("Value of your own, or the other field."),
});

/** The older form: one pass of parsing. */
export const transform = shape({
  AnalysisFormat: code.AnalysisFormat.field(
    "How messages are parsed: as JSON, by a DELIMITER, or by a regular expression (REGULAR).",
  ),
  OutputFormat: text("Format of what comes out, like JSON."),
  FailureParam: failure.describe("What becomes of messages that cannot be parsed."),
  Content,
  SourceType: code.SampleType.field("Where the sample message is from: TOPIC, the source, or CUSTOMIZE, made up."),
  Regex,
  MapParam: z.array(mapping).describe("The fields of the output, and where each value is from.").optional(),
  FilterParam,
  Result,
  AnalyseResult: z.array(mapping).describe("What the sample message is after parsing.").optional(),
  UseEventBus: flag("Whether the event bus does the processing.").optional(),
});

const replacement = shape({
  OldValue: text("What is replaced in the value."),
  NewValue: any("What it is replaced by."),
});
const operation = shape({
  Type: code.OperationType.field(
    "What is done: REPLACE text, SUBSTR cut out a part, DATE convert a time, TRIM spaces off both ends, REGEX_REPLACE by pattern, SPLIT into several, KV parse pairs, JSON_PATH_REPLACE by JSONPath, URL_DECODE, LOWERCASE.",
  ),
  Replace: replacement.describe("What is replaced, for Type REPLACE.").optional(),
  Substr: shape({
    Start: integer("Position at which the part begins."),
    End: integer("Position at which the part ends."),
  })
    .describe("Which part is cut out, for Type SUBSTR.")
    .optional(),
  Date: shape({
    Format: word("Format of the time, like yyyy-MM-dd HH:mm:ss."),
    // The reference names one of its two values only in words.
    TargetType: word("What the input is: string (default), or a Unix timestamp."),
    TimeZone: word("Time zone of the time; default GMT+8."),
  })
    .describe("How a time is converted, for Type DATE.")
    .optional(),
  RegexReplace: shape({
    Regex: text("Regular expression of what is replaced."),
    NewValue: any("What it is replaced by."),
  })
    .describe("What is replaced, for Type REGEX_REPLACE.")
    .optional(),
  Split: shape({ Regex: Delimiter }).describe("How one value is split into several, for Type SPLIT.").optional(),
  KV: shape({
    Delimiter: text("What stands between two pairs, like ;."),
    Regex: text("What stands between key and value, like =."),
    KeepOriginalKey: code.KeepKey.field(
      'Whether the source field is kept as well: "true", or "false" (default).',
    ).optional(),
  })
    .describe("How pairs of key and value are parsed, for Type KV.")
    .optional(),
  Result,
  JsonPathReplace: replacement
    .describe("What is replaced, for Type JSON_PATH_REPLACE; both can be JSONPath.")
    .optional(),
  UrlDecode: shape({ CharsetName: word("Character set of the text, like UTF-8.") })
    .describe("How URL encoding is undone, for Type URL_DECODE.")
    .optional(),
  Lowercase: shape({}).describe("Stays empty: lower case has no settings. For Type LOWERCASE.").optional(),
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
  Key: text("Name of the field in the output."),
  Operate: code.Operate.field(
    "Where its value is from: DATE the time now, CUSTOMIZE a value of your own, MAPPING another field, JSONPATH a place in the message.",
  ),
  SchemeType: code.ValueType.field(
    "Type of the value: ORIGINAL as it was, STRING text, INT64 integer, FLOAT64 number, BOOLEAN, MAP or ARRAY.",
  ),
  Value: word("Value of your own, the other field or the place."),
  ValueOperate: operation.describe("What is done to the value, in one step.").optional(),
  OriginalValue: word("The value in the sample message."),
  ValueOperates: z.array(operation).describe("What is done to the value in several steps, in turn.").optional(),
});

/** A chain of parsing and changing. */
export const transforms = shape({
  Content,
  FieldChain: list(
    shape({
      Analyse: shape({
        Format: code.StepFormat.field(
          "How it is parsed: as JSON, by a DELIMITER, by a regular expression (REGULAR), or SOURCE, all that the step before made.",
        ),
        Regex,
        InputValueType: word("How InputValue is written, like JSONPATH."),
        InputValue: word("Field that is parsed again, like $.log."),
      }).describe("How the message is parsed in this step."),
      SecondaryAnalyse: shape({ Regex: Delimiter }).describe("How what was parsed is parsed once more.").optional(),
      SMT: z.array(field).describe("The fields of the output, and where each value is from.").optional(),
      Result,
      AnalyseResult: z.array(field).describe("What the sample message is after parsing.").optional(),
      SecondaryAnalyseResult: z.array(field).describe("What the sample message is after parsing once more.").optional(),
      AnalyseJsonResult: word("What the sample message is after parsing, as JSON."),
      SecondaryAnalyseJsonResult: word("What the sample message is after parsing once more, as JSON."),
    }),
    "The steps of processing, in turn.",
  ),
  FilterParam,
  FailureParam: failure.describe("What becomes of messages that cannot be processed.").optional(),
  Result,
  SourceType: word("Where the sample message is from."),
  OutputFormat: code.RowFormat.field(
    "Format of what comes out: JSON (default), or ROW, lines as RowParam says.",
  ).optional(),
  RowParam: shape({
    RowContent: code.RowContent.field("What a row holds: keys and values (KEY_VALUE) or values alone (VALUE)."),
    KeyValueDelimiter: word("What stands between key and value, like =."),
    EntryDelimiter: word("What stands between two entries, like &."),
  })
    .describe("How rows are written; OutputFormat ROW needs it.")
    .optional(),
  KeepMetadata: flag("Whether the source's topic, partition and offset are added; default false.").optional(),
  BatchAnalyse: shape({
    Format: code.BatchFormat.field("How the entries are written: each by itself (ONE_BY_ONE) or together (MERGE)."),
  })
    .describe("How a message that is a list is parsed.")
    .optional(),
});
/** As they go over the wire. */
export type SentTransform = z.input<typeof transform>;
export type SentTransforms = z.input<typeof transforms>;

/** Rows need to know how they are written. */
export function written(given: Record<string, unknown>, issues: z.RefinementCtx) {
  if (given.OutputFormat === "ROW") need(given, issues, "with OutputFormat ROW", "RowParam");
}
