// Alarms: what fired, and what would fire.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import {
  codes,
  type Field,
  foreign,
  integer,
  meant,
  name,
  object,
  quantity,
  text,
  time,
  total,
} from "../../../src/model/field.ts";
import { only } from "../only.ts";
import { AlarmStatus, Operator, Origin, PolicyTypes, Switch, Union } from "./codes.ts";

/** Constants of everything that is asked here: alarms of cloud products. */
const ABOUT = { Module: "monitor", MonitorTypes: ["MT_QCE"] };
const page = {
  PageNumber: integer("Which page of the list to return; the first is 1.", { min: 1, brief: "From 1" }).optional(),
  PageSize: (
    meant(
      z.number().int().min(1).max(100),
      { is: "size", usual: 20 },
      "How many entries a page has; default 20, at most 100.",
    ) as Field<number>
  ).optional(),
};
const types = z
  .array(PolicyTypes.field("What the policy is about, by Cloud Monitor's name for it."))
  .min(1)
  .describe("\nOnly policies about these things of CKafka; left out, those of every product.")
  .optional();
const Order = codes({ ASC: "earliest first", DESC: "latest first" });

const history = z.object({
  AlarmId: z.string().nullish(),
  Namespace: PolicyTypes.open("What the policy is about.").nullish(),
  AlarmObject: foreign("What the alarm is about: instance, topic, group, with names that people gave.").nullish(),
  Content: foreign("What the alarm says.").nullish(),
  FirstOccurTime: time("s", "When it fired first.").nullish(),
  LastOccurTime: time("s", "When it fired last.").nullish(),
  AlarmStatus: AlarmStatus.open("Whether it is over.").nullish(),
  AlarmType: z.string().nullish(),
  AlarmLevel: z.string().nullish(),
  PolicyId: z.string().nullish(),
  PolicyName: foreign("The policy's name.").nullish(),
  PolicyExists: codes({ 0: "the policy is gone", 1: "the policy is there" })
    .open("Whether its policy still exists.")
    .nullish(),
  Region: z.string().nullish(),
  Dimensions: foreign("The dimensions of what fired, as JSON.").nullish(),
  MetricsInfo: z
    .array(
      z.object({
        QceNamespace: z.string().nullish(),
        MetricName: z.string().nullish(),
        Period: quantity("s", "How long a span was looked at.").nullish(),
        Value: z.string().nullish(),
        Description: z.string().nullish(),
      }),
    )
    .nullish(),
});
const rule = z.object({
  MetricName: z.string().nullish(),
  Description: z.string().nullish(),
  Operator: Operator.open("How the value is compared; cycle_, day_ and week_ compare with an earlier one.").nullish(),
  Value: z.string().nullish(),
  Unit: z.string().nullish(),
  Period: quantity("s", "How long a span is looked at.").nullish(),
  ContinuePeriod: integer("How many spans on end have to meet it.").nullish(),
  NoticeFrequency: quantity("s", "How often it is told again.", { special: { 0: "told once" } }).nullish(),
  HierarchicalValue: z
    .object({ Remind: z.string().nullish(), Warn: z.string().nullish(), Serious: z.string().nullish() })
    .nullish(),
});
const policy = z.object({
  PolicyId: z.string().nullish(),
  PolicyName: foreign("The policy's name.").nullish(),
  Namespace: PolicyTypes.open("What the policy is about.").nullish(),
  Enable: Switch.open("Whether the policy is on; one that is off tells nobody.").nullish(),
  UseSum: integer("How many things the policy is bound to.").nullish(),
  IsBindAll: codes({ 0: "bound to some", 1: "bound to all there are" }).open("Whether it is bound to all.").nullish(),
  IsDefault: codes({ 0: "not the default policy", 1: "the default policy" })
    .open("Whether new things get it.")
    .nullish(),
  RuleType: z.string().nullish(),
  UpdateTime: time("s", "When it was changed last.").nullish(),
  Condition: z
    .object({ IsUnionRule: Union.open("Which of its rules have to be met.").nullish(), Rules: z.array(rule).nullish() })
    .nullish(),
  EventCondition: z.object({ Rules: z.array(z.object({ MetricName: z.string().nullish() })).nullish() }).nullish(),
});
const histories = z.object({ TotalCount: total("Histories").nullish(), Histories: z.array(history).nullish() });
const policies = z.object({ TotalCount: total("Policies").nullish(), Policies: z.array(policy).nullish() });
const kept = (model: z.AnyZodObject, response: Record<string, unknown>) => ({
  ...(only(model, response) as Record<string, unknown>),
  RequestId: response.RequestId,
});

export const alarm = domain({
  DescribeAlarmHistories: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List alarms that fired: when, on what, whether it is over.",
    input: object({
      AlarmObject: name("instance", "Only alarms about this: an instance's id, or a part of it.", {
        brief: "Instance id",
      }).optional(),
      AlarmStatus: z
        .array(AlarmStatus.field("A state of an alarm."))
        .min(1)
        .describe("\nOnly alarms in these states: ALARM is not over, OK is.")
        .optional(),
      Namespaces: types,
      MetricNames: z
        .array(text("Name of a metric, like InstanceDiskUsage or UnconsumeTopic."))
        .min(1)
        .describe("\nOnly alarms about these metrics, by their names.")
        .optional(),
      StartTime: time("s", "Only alarms that fired first after this moment; default a day ago.", {
        brief: "ISO 8601 or -12h; default -1d",
      }).optional(),
      EndTime: time("s", "Only alarms that fired first before this moment; default now.", {
        brief: "Default now",
      }).optional(),
      ...page,
      Order: Order.field("In which order of their first occurrence; DESC when left out.").optional(),
    }),
    rule: ({ StartTime, EndTime }) =>
      StartTime !== undefined && EndTime !== undefined && Number(EndTime) < Number(StartTime)
        ? "EndTime must not be before StartTime"
        : undefined,
    sends: ({ Namespaces, ...input }) => ({
      ...ABOUT,
      ...input,
      ...(Namespaces ? { Namespaces: Namespaces.map((Namespace) => ({ MonitorType: "MT_QCE", Namespace })) } : {}),
    }),
    shows: (_, response) => ({ response: kept(histories, response), told: [] }),
    output: histories,
  },
  DescribeAlarmPolicies: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "List alarm policies: rules, thresholds, whether they are on.",
    input: object({
      PolicyName: text("Only policies with this text in their name.").optional(),
      Namespaces: types,
      Enable: z
        .array(Switch.field("Whether a policy is on: 1 is, 0 is not."))
        .min(1)
        .describe("\nOnly policies that are on (1) or off (0).")
        .optional(),
      PolicyType: z
        .array(Origin.field("Whether the policy came with a new instance."))
        .min(1)
        .describe("\nOnly default policies, which come with every new instance, or only others.")
        .optional(),
      ...page,
    }),
    sends: (input) => ({ ...ABOUT, ...input }),
    shows: (_, response) => ({ response: kept(policies, response), told: [] }),
    output: policies,
  },
});
