// What the reference states about how data tasks change messages on their way.
import { constraints, type Row } from "../../../support/constraints.ts";

const failure = { Type: "DROP" };
const transform = {
  AnalysisFormat: "JSON",
  OutputFormat: "JSON",
  FailureParam: failure,
  Content: "{}",
  SourceType: "TOPIC",
};
const older = (says: string, valid: object, invalid: object, refusal: RegExp): Row => [
  `TransformParam: ${says}`,
  { TransformParam: { ...transform, ...valid } },
  { TransformParam: { ...transform, ...invalid } },
  refusal,
];
const step = { Analyse: { Format: "JSON" } };
const newer = (says: string, valid: object, invalid: object, refusal: RegExp): Row => [
  `TransformsParam: ${says}`,
  { TransformsParam: { Content: "{}", FieldChain: [step], ...valid } },
  { TransformsParam: { Content: "{}", FieldChain: [step], ...invalid } },
  refusal,
];
const smt = (change: object) => ({
  FieldChain: [{ ...step, SMT: [{ Key: "a", Operate: "MAPPING", SchemeType: "STRING", ...change }] }],
});
const operation = (Type: string, detail: string, given: object): Row =>
  newer(
    `${detail} required with Type ${Type}`,
    smt({ ValueOperate: { Type, [detail]: given } }),
    smt({ ValueOperate: { Type } }),
    new RegExp(`SMT\\[0\\]\\.ValueOperate\\.${detail} is needed`),
  );
const filter = { Key: "a", MatchMode: "PREFIX", Value: "b" };

constraints({
  CreateDatahubTask: {
    base: { TaskName: "copy", TaskType: "SINK" },
    rows: [
      older(
        "AnalysisFormat JSON, DELIMITER, REGULAR",
        { AnalysisFormat: "REGULAR" },
        { AnalysisFormat: "SOURCE" },
        /TransformParam\.AnalysisFormat must be one of/,
      ),
      older(
        "SourceType TOPIC, CUSTOMIZE",
        { SourceType: "CUSTOMIZE" },
        { SourceType: "FILE" },
        /TransformParam\.SourceType must be one of/,
      ),
      older(
        "FailureParam.Type DLQ, IGNORE_ERROR, DROP",
        { FailureParam: { Type: "IGNORE_ERROR" } },
        { FailureParam: { Type: "KEEP" } },
        /TransformParam\.FailureParam\.Type must be one of/,
      ),
      older(
        "FailureParam.DlqType CKAFKA, TOPIC",
        { FailureParam: { Type: "DLQ", DlqType: "TOPIC", TopicParam: { Resource: "1-a" } } },
        { FailureParam: { Type: "DROP", DlqType: "COS" } },
        /TransformParam\.FailureParam\.DlqType must be one of/,
      ),
      older(
        "MapParam.Type four kinds",
        { MapParam: [{ Key: "a", Type: "DATE" }] },
        { MapParam: [{ Key: "a", Type: "UUID" }] },
        /TransformParam\.MapParam\[0\]\.Type must be one of/,
      ),
      newer(
        "Format four kinds",
        { FieldChain: [{ Analyse: { Format: "SOURCE" } }] },
        { FieldChain: [{ Analyse: { Format: "XML" } }] },
        /FieldChain\[0\]\.Analyse\.Format must be one of/,
      ),
      newer(
        "Operate four kinds",
        smt({ Operate: "JSONPATH" }),
        smt({ Operate: "COPY" }),
        /SMT\[0\]\.Operate must be one of/,
      ),
      newer(
        "SchemeType seven kinds",
        smt({ SchemeType: "ARRAY" }),
        smt({ SchemeType: "INT32" }),
        /SMT\[0\]\.SchemeType must be one of/,
      ),
      newer(
        "ValueOperate.Type one of the listed",
        smt({ ValueOperate: { Type: "TRIM" } }),
        smt({ ValueOperate: { Type: "UPPERCASE" } }),
        /SMT\[0\]\.ValueOperate\.Type must be one of/,
      ),
      operation("REPLACE", "Replace", { OldValue: "a", NewValue: "b" }),
      operation("SUBSTR", "Substr", { Start: 0, End: 1 }),
      operation("DATE", "Date", { Format: "yyyy" }),
      operation("REGEX_REPLACE", "RegexReplace", { Regex: "a", NewValue: "b" }),
      operation("SPLIT", "Split", { Regex: "," }),
      operation("KV", "KV", { Delimiter: ",", Regex: "=" }),
      newer(
        'KV.KeepOriginalKey "true", "false"',
        smt({ ValueOperate: { Type: "KV", KV: { Delimiter: ",", Regex: "=", KeepOriginalKey: "true" } } }),
        smt({ ValueOperate: { Type: "KV", KV: { Delimiter: ",", Regex: "=", KeepOriginalKey: "yes" } } }),
        /SMT\[0\]\.ValueOperate\.KV\.KeepOriginalKey must be one of/,
      ),
      operation("JSON_PATH_REPLACE", "JsonPathReplace", { OldValue: "$.a", NewValue: "b" }),
      newer(
        "MatchMode six kinds",
        { FilterParam: [filter] },
        { FilterParam: [{ ...filter, MatchMode: "LIKE" }] },
        /FilterParam\[0\]\.MatchMode must be one of/,
      ),
      newer(
        "filters always REGULAR",
        { FilterParam: [{ ...filter, Type: "REGULAR" }] },
        { FilterParam: [{ ...filter, Type: "EXACT" }] },
        /FilterParam\[0\]\.Type must be one of "REGULAR"/,
      ),
      newer(
        "OutputFormat JSON, ROW",
        { OutputFormat: "JSON" },
        { OutputFormat: "CSV" },
        /TransformsParam\.OutputFormat must be one of/,
      ),
      newer(
        "RowParam required with ROW",
        { OutputFormat: "ROW", RowParam: { RowContent: "VALUE" } },
        { OutputFormat: "ROW" },
        /TransformsParam\.RowParam is needed/,
      ),
      newer(
        "RowContent KEY_VALUE, VALUE",
        { RowParam: { RowContent: "KEY_VALUE" } },
        { RowParam: { RowContent: "KEY" } },
        /RowParam\.RowContent must be one of/,
      ),
      newer(
        "BatchAnalyse ONE_BY_ONE, MERGE",
        { BatchAnalyse: { Format: "MERGE" } },
        { BatchAnalyse: { Format: "ALL" } },
        /BatchAnalyse\.Format must be one of/,
      ),
    ],
  },
});
