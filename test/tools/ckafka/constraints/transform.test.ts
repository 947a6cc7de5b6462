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

constraints({
  CreateDatahubTask: {
    base: { TaskName: "copy", TaskType: "SINK" },
    rows: [
      older(
        "FailureParam.DlqType CKAFKA, TOPIC",
        { FailureParam: { Type: "DLQ", DlqType: "TOPIC", TopicParam: { Resource: "1-a" } } },
        { FailureParam: { Type: "DROP", DlqType: "COS" } },
        /TransformParam\.FailureParam\.DlqType must be one of/,
      ),
      operation("REPLACE", "Replace", { OldValue: "a", NewValue: "b" }),
      operation("SUBSTR", "Substr", { Start: 0, End: 1 }),
      operation("DATE", "Date", { Format: "yyyy" }),
      operation("REGEX_REPLACE", "RegexReplace", { Regex: "a", NewValue: "b" }),
      operation("SPLIT", "Split", { Regex: "," }),
      operation("KV", "KV", { Delimiter: ",", Regex: "=" }),
      operation("JSON_PATH_REPLACE", "JsonPathReplace", { OldValue: "$.a", NewValue: "b" }),
      newer(
        "RowParam required with ROW",
        { OutputFormat: "ROW", RowParam: { RowContent: "VALUE" } },
        { OutputFormat: "ROW" },
        /TransformsParam\.RowParam is needed/,
      ),
    ],
  },
});
