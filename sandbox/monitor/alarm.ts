// Alarms are worked out like the series that they are about: nothing remembers that one fired.
import { createHash } from "node:crypto";
import type { Fakes } from "../../src/model/action.ts";
import type { alarm as models } from "../../tools/monitor/alarm/actions.ts";
import { matches, page } from "../ckafka/answers.ts";
import { Fault } from "../state/fault.ts";
import { type Alarm, type Instance, instancesOf, type Scope } from "../state/store.ts";
import { KEPT, table } from "./table.ts";
import { pointsOf, subjectOf } from "./values.ts";

const [USUAL, DAY] = [20, 86_400_000];
const SIGNS: Record<string, string> = { gt: ">", ge: ">=", lt: "<", le: "<=", eq: "=", ne: "!=" };
const MEETS: Record<string, (value: number, threshold: number) => boolean> = {
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
};
const idOf = (prefix: string, ...parts: unknown[]) =>
  `${prefix}-${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8)}`;
const seconds = (ms: number) => Math.floor(ms / 1000);
const policyId = ({ id }: Instance, { name }: Alarm) => idOf("policy", id, name);

/** As it comes over the wire, which is not as the tool takes it. */
interface Wire {
  Module: string;
  MonitorTypes?: string[];
}
function judge({ Module, MonitorTypes }: Wire) {
  if (Module !== "monitor") throw new Fault("InvalidParameterValue", "Module must be monitor");
  const other = MonitorTypes?.find((type) => type !== "MT_QCE");
  if (other) throw new Fault("InvalidParameterValue", `there is no MonitorType ${other}`);
}

type Target = Record<string, string>;
/** Everything that a policy of a type is about. */
function targetsOf({ id, topics, groups }: Instance, type: string): Target[] {
  if (type === "CKAFKA_INSTANCE") return [{ instanceId: id }];
  if (type === "CKAFKA_TOPIC") return topics.map((topic) => ({ instanceId: id, topicId: topic.id }));
  const seen = new Map<string, Target>();
  for (const group of groups)
    for (const { topic: topicName, partition } of group.positions) {
      const topic = topics.find(({ name }) => name === topicName);
      if (!topic) continue;
      const target: Target = { consumerGroup: group.name, instanceId: id, topicId: topic.id, topicName };
      if (type === "CKAFKA_CONSUMERGROUP") target.partition = String(partition);
      seen.set(JSON.stringify(target), target);
    }
  return [...seen.values()];
}

interface Fired {
  first: number;
  last: number;
  status: "ALARM" | "OK" | "NO_DATA";
  value: number;
}
/** When a rule fired first after one time and up to another. All times in milliseconds. */
function firings(scope: Scope, target: Target, rule: Alarm["rules"][number], since: number, until: number): Fired[] {
  const subject = subjectOf(scope, target);
  if (!subject) return [];
  const { metric, period, points, threshold } = rule;
  const span = period * 1000;
  const meets = (value: number) => (MEETS[rule.operator] as (a: number, b: number) => boolean)(value, threshold);
  const oldest = scope.now - (KEPT[period] ?? 1) * DAY;
  const seen: { at: number; value: number }[] = [];
  // What goes on at the beginning may have begun before.
  for (let to = scope.now, from = since - points * span; ; to = from, from -= DAY) {
    const start = Math.max(Math.floor(from / span) * span, Math.ceil(oldest / span) * span);
    const found = pointsOf(
      metric,
      subject,
      { from: start, to: Math.ceil(to / span) * span - 1, period, oldest },
      scope,
    );
    seen.unshift(...found.filter(({ at }) => seen.every((other) => at < other.at)));
    const [first] = found;
    if (!first || first.at * 1000 > start || !meets(first.value) || start <= oldest) break;
    from = start;
  }
  const byTime = new Map(seen.map(({ at, value }) => [at * 1000, value]));
  const fired: Fired[] = [];
  let run: { at: number; value: number }[] = [];
  const end = (at: number) => {
    const nth = run[points - 1];
    const last = run.at(-1);
    if (nth && last) {
      const next = byTime.get(at);
      // Nothing later is over by now: it still holds.
      const status = at + span > scope.now ? "ALARM" : next === undefined ? "NO_DATA" : "OK";
      fired.push({ first: nth.at + span, last: last.at + span, status, value: last.value });
    }
    run = [];
  };
  for (const { at, value } of seen) {
    const before = run.at(-1);
    if (before && before.at + span !== at * 1000) end(before.at + span);
    if (meets(value)) run.push({ at: at * 1000, value });
    else end(at * 1000);
  }
  const last = run.at(-1);
  if (last) end(last.at + span);
  return fired.filter(({ first }) => since <= first && first <= until);
}

export const alarm: Fakes<typeof models, Scope> = {
  DescribeAlarmHistories: (scope, input) => {
    const wire = input as unknown as Wire & { Namespaces?: { Namespace: string }[] };
    judge(wire);
    const end = input.EndTime === undefined ? scope.now : input.EndTime * 1000;
    const start = input.StartTime === undefined ? end - DAY : input.StartTime * 1000;
    const types = wire.Namespaces?.map(({ Namespace }) => Namespace);
    const found = instancesOf(scope).flatMap((instance) =>
      instance.alarms
        .filter(({ on, type }) => on && (types?.includes(type) ?? true))
        .flatMap((policy) =>
          policy.rules
            .filter(({ metric }) => input.MetricNames?.includes(metric) ?? true)
            .flatMap((rule) =>
              targetsOf(instance, policy.type).flatMap((target) =>
                firings(scope, target, rule, start, end).map((fired) => ({ instance, policy, rule, target, fired })),
              ),
            ),
        ),
    );
    const shown = found.map(({ instance, policy, rule, target, fired }) => {
      const row = table.get(rule.metric);
      const Description = row?.en ?? rule.metric;
      return {
        AlarmId: idOf("alarm", instance.id, policy.name, rule, target, fired.first),
        Namespace: policy.type,
        AlarmObject: Object.values(target).join(" | "),
        Content: `${Description} ${SIGNS[rule.operator]} ${rule.threshold} ${row?.unit ?? ""}`.trim(),
        FirstOccurTime: seconds(fired.first),
        LastOccurTime: seconds(fired.last),
        AlarmStatus: fired.status,
        AlarmType: "METRIC",
        AlarmLevel: "",
        PolicyId: policyId(instance, policy),
        PolicyName: policy.name,
        PolicyExists: 1,
        Region: null,
        Dimensions: JSON.stringify(Object.entries(target).map(([name, value]) => ({ name, value }))),
        MetricsInfo: [
          {
            QceNamespace: "qce/ckafka",
            MetricName: rule.metric,
            Period: rule.period,
            Value: String(fired.value),
            Description,
          },
        ],
      };
    });
    const direction = input.Order === "ASC" ? 1 : -1;
    const all = shown
      .filter(({ AlarmObject }) => matches(AlarmObject, input.AlarmObject))
      .filter(({ AlarmStatus }) => input.AlarmStatus?.includes(AlarmStatus) ?? true)
      .sort((a, b) => direction * (a.FirstOccurTime - b.FirstOccurTime));
    return { TotalCount: all.length, Histories: paged(all, input) };
  },
  DescribeAlarmPolicies: (scope, input) => {
    judge(input as unknown as Wire);
    const found = instancesOf(scope)
      .flatMap((instance) => instance.alarms.map((policy) => ({ instance, policy })))
      .filter(
        ({ policy: { name, type, on } }) =>
          matches(name, input.PolicyName) &&
          ((input.Namespaces as string[] | undefined)?.includes(type) ?? true) &&
          (input.Enable?.includes(on ? 1 : 0) ?? true) &&
          // Nothing here makes policies by itself.
          (input.PolicyType?.includes("NOT_DEFAULT") ?? true),
      );
    const Policies = paged(found, input).map(({ instance, policy }) => ({
      PolicyId: policyId(instance, policy),
      PolicyName: policy.name,
      Namespace: policy.type,
      Enable: Number(policy.on),
      UseSum: targetsOf(instance, policy.type).length,
      IsBindAll: 0,
      IsDefault: 0,
      RuleType: "STATIC",
      UpdateTime: seconds(instance.created),
      Condition: {
        IsUnionRule: 0,
        Rules: policy.rules.map(({ metric, operator, threshold, period, points }) => ({
          MetricName: metric,
          Description: table.get(metric)?.en ?? metric,
          Operator: operator,
          Value: String(threshold),
          Unit: table.get(metric)?.unit ?? "",
          Period: period,
          ContinuePeriod: points,
          NoticeFrequency: 3600,
          HierarchicalValue: null,
        })),
      },
      EventCondition: null,
    }));
    return { TotalCount: found.length, Policies };
  },
};
interface Page {
  PageNumber?: number | undefined;
  PageSize?: number | undefined;
}
const paged = <T>(all: T[], { PageNumber = 1, PageSize = USUAL }: Page) =>
  page(all, (PageNumber - 1) * PageSize, PageSize);
