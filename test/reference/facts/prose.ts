// What one member's prose says of its unit, its codes and its time, by general patterns.
import { glossary, terms } from "./glossary.ts";

export interface Fact {
  unit?: string;
  /** Code to word. Beside a unit or a time: the values that are none, like -1 for no limit. */
  codes?: Record<string, string>;
  time?: "s" | "ms" | "Beijing" | "ISO";
  /** Answers, in lower case, that tell success; every other one is a failure. */
  success?: string[];
  deprecated?: true;
  secret?: true;
}
export interface Member {
  name: string;
  /** As the definition calls it: int64, string, bool, datetime, or the name of an object. */
  kind: string;
  text: string;
  example: string;
  disabled: boolean;
}

/** Without markup, and with one form for each sign, so that the patterns need only one as well. */
export function tidy(text: string): string {
  return text
    .replace(/<[^>]+>/g, "\n")
    .replace(/&(quot|#39);/g, '"')
    .replace(/注意[：:]?\s*此字段可能返回\s*null[^\n]*/g, "")
    .replace(/：/g, ":")
    .replace(/[，、]/g, ",")
    .replace(/；/g, ";")
    .replace(/（/g, "(")
    .replace(/）/g, ")")
    .replace(/。/g, "\n")
    .replace(/["'“”[\]【】]/g, "")
    .replace(/填写?(?= *-?\w)/g, ":")
    .trim();
}

export function factOf({ name, kind, text, example, disabled }: Member): Fact {
  const prose = tidy(text);
  const number = /^(u?int64|integer|float)$/i.test(kind);
  const words = /^(string|bool|boolean)$/i.test(kind);
  // A structure has no meaning of its own; its fields have.
  if (!number && !words && !/^datetime/.test(kind)) return disabled ? { deprecated: true } : {};
  const time = timeIn(kind, prose, example, number);
  const unit = time ? undefined : unitIn(name, prose, number);
  const success =
    /(^|\D)0 ?(为正常|-?修改成功|成功)|正常为0/.test(prose) && /^(ReturnCode|Result|ErrorCode)$/.test(name);
  const codes = success ? {} : codesIn(prose, kind);
  return {
    ...(unit && { unit }),
    ...(Object.keys(codes).length > 0 && { codes }),
    ...(time && { time }),
    ...(success && { success: ["0"] }),
    ...((disabled || /废弃/.test(prose)) && { deprecated: true as const }),
    ...(/^string$/i.test(kind) && /密码|token串|keytab文件的内容/.test(prose) && { secret: true as const }),
  };
}

/** A clock is told by the type, by words, or by how the example is written. */
function timeIn(kind: string, prose: string, example: string, number: boolean): Fact["time"] {
  if (kind === "datetime_iso" || /ISO ?8601/.test(prose)) return "ISO";
  if (number) {
    if (/13位时间戳|毫秒级?时间戳/.test(prose) || (/单位ms/.test(prose) && /timestamp/.test(prose))) return "ms";
    if (/秒级时间戳|时间戳,精确到秒/.test(prose)) return "s";
    return /时间/.test(prose) && /^1\d{9}$/.test(example) ? "s" : undefined;
  }
  // The API writes China's wall clock, without a zone or with CST.
  const wall = /^\d{4}[-/]\d\d?[-/]\d\d? \d\d:\d\d:\d\d$|CST \d{4}$/;
  return kind === "datetime" || wall.test(example) ? "Beijing" : undefined;
}

/** Units as they are printed after the word for unit, or after a quantity that bounds the value; the first that fits. */
const UNITS: [unit: string, pattern: RegExp][] = [
  ["messages/min", /Count\/Minute/i],
  ["MB/s", /单位:? ?MB\/s|,MB\/s/],
  ["Mbps", /单位:? ?Mbps|最小\d+Mbps/],
  ["ms", /单位(:|为)? ?(ms|毫秒)|\(毫秒\)/],
  ["min", /单位(:|为)? ?分钟/],
  ["h", /单位(:|为)? ?小时/],
  ["months", /单位(:|是)? ?月/],
  ["s", /偏移的秒数/],
  ["%", /单位(:|是)? ?%|百分比/],
  ["MB", /单位(:|为)? ?MB(?![/p])|\(MB\)/],
  ["GB", /单位(:|为)? ?GB?(?![a-z])|以 GB 为单位/i],
  ["B", /单位(:|为)? ?(Bytes?|字节)/i],
  ["queries/s", /^Qps /],
  ["partitions", /(分区|partition) ?(数量?|个数|上限)|最大(分区数|Partition数)|Partition个数|单位个.*分区上限/i],
  ["topics", /(主题|topic) ?(数量?|个数|总数)/i],
  ["messages", /消息(数量?|的?个数)|查询条数|最大发送消息数/],
];
/** Offsets of messages, not of pages. */
const OFFSET = /位点|位移|最新的 offset|提交的 offset|[始端]Offset|offset位置/;

function unitIn(name: string, prose: string, number: boolean): string | undefined {
  if (number && /Offset$/.test(name) && OFFSET.test(prose)) return "offsets";
  // Counts the entries that a list has, whatever they are.
  if (name === "TotalCount") return undefined;
  const printed = UNITS.find(([, pattern]) => pattern.test(prose))?.[0];
  // A count is a number; text that speaks of partitions or percent counts nothing.
  if (printed) return number || /^(MB|months)$/.test(printed) ? printed : undefined;
  // Where the prose has none, a name may have it.
  if (number && /Ms$/.test(name)) return "ms";
  return number && /Bytes?$/.test(name) ? "B" : undefined;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const oneOf = (words: string[]) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");
const known = oneOf(Object.keys(glossary));
/** Words that stand before a name without being its word: default X, supports X, original X. */
const BEFORE = ["默认", "支持", "不支持", "原始", "是", "否"];
const knownBefore = oneOf(Object.keys(glossary).filter((word) => !BEFORE.includes(word)));
const NUMBER = "(?<![\\w.非-])-?\\d+";
const NAME = "(?<![\\w])[A-Za-z][A-Za-z0-9_-]*";
const AS = "(?: *[:.-])? *(?:表示|为|则)? *";
/** Words that are Latin themselves need a sign between, or any number beside any name would be a code. */
const LATIN = " *(?:[:-]|表示) *(?<latin>[A-Za-z][A-Za-z0-9_-]*)";
const codeFirst = (code: string, latin = "") => new RegExp(`(?<code>${code})(?:${AS}(?<word>${known})${latin}) *$`);
/** After a word, these are parts of a title: the ID of what is created, the custom key. */
const TITLE = "(?!(?:ID|key|VALUE)\\b)";
const wordFirst = (code: string) => new RegExp(`(?<word>${knownBefore}) *:? *${TITLE}(?<code>${code}) *$`);
const same = (code: string) => new RegExp(`^(?<latin>(?<code>${code})) *: *\\k<code>$`, "i");
const NUMBERED = [codeFirst(NUMBER, `|${LATIN}`)];
/** A code with its word in brackets, which would be taken apart with the brackets. */
const BRACKETED = new RegExp(`(${NUMBER}|${NAME}) *\\((${known})\\)`, "g");
const ITSELF = /^[A-Z][A-Z0-9_]+$/;
/** A list of bare names: after a word that announces one, or the whole of a piece of text. */
const LIST = /(?:[A-Za-z][A-Za-z0-9_]*)(?:\s*(?:[,/\\]|和|或者)\s*[A-Za-z][A-Za-z0-9_]*)+/g;
const ANNOUNCED = /(?:枚举值列表|枚举值|固定)[:\s]*(?<list>[A-Za-z]\w*(?:\/\w+)*)/;
const MAY_LIST = /枚举值|取值包括|支持|(?<!字符串)格式|类型|类别|内容|可以选择|如下/;

function codesIn(prose: string, kind: string): Record<string, string> {
  const code = /^bool/i.test(kind) ? "true|false" : /^string$/i.test(kind) ? NAME : NUMBER;
  const patterns = code === NUMBER ? NUMBERED : [same(code), codeFirst(code), wordFirst(code)];
  const found = new Map<string, string>();
  const names: string[] = [];
  for (const piece of piecesOf(prose)) {
    const { groups } = patterns.map((pattern) => pattern.exec(piece)).find((match) => match) ?? {};
    if (groups)
      found.set(groups.code as string, groups.word ? (glossary[groups.word] as string) : spoken(groups.latin));
    else if (ITSELF.test(piece)) names.push(piece);
  }
  if (code === NAME) {
    // Beside names with words, a bare name in capitals is one of them.
    if (found.size > 0) for (const name of names) found.set(name, spoken(name));
    else for (const name of listIn(prose)) found.set(name, spoken(name));
  }
  return Object.fromEntries(found);
}

/** The text cut where one code ends and the next may begin. */
function piecesOf(prose: string): string[] {
  return prose
    .replace(/\(\w*默认\)/g, "")
    .replace(BRACKETED, "\n$1:$2\n")
    .replace(/,(?=则)/g, "")
    .replace(/ +(?=-?\d+ *(?:[:.-]|\p{Script=Han}))/gu, "\n")
    .replace(/ +(?=(true|false) *:)/g, "\n")
    .split(/[,;\n()]/)
    .map((piece) => piece.replace(/ 默认.*$/, "").trim())
    .filter((piece) => piece !== "");
}

function listIn(prose: string): string[] {
  const announced = ANNOUNCED.exec(prose)?.groups?.list;
  if (announced) return announced.split("/");
  if (!MAY_LIST.test(prose)) return [];
  return (prose.match(LIST) ?? []).flatMap((list) => list.split(/\s*(?:[,/\\]|和|或者)\s*/));
}

/** A code that is a word itself: TRANSACTIONAL_ID, LogAppendTime. */
const spoken = (code = "") =>
  terms[code] ??
  code
    .replace(/([a-z])(?=[A-Z])/g, "$1 ")
    .replace(/_+/g, " ")
    .trim()
    .toLowerCase();
