// Series of metrics, and what the metrics are.
import { z } from "zod/v3";
import { domain } from "../../../src/model/action.ts";
import { codes, integer, name, object, quantity, text, time } from "../../../src/model/field.ts";
import { type Quantity, quantityOf } from "../../../src/model/quantity.ts";
import { DIMENSIONS, METRICS, type Metric, MOST_INSTANCES, MOST_POINTS, metricOf, PERIODS } from "../metrics.ts";
import { inBeijing, msOf } from "../times.ts";
import { type Asked, brokenBy } from "./rules.ts";
import { type DataPoint, matched, summarized } from "./series.ts";

const Namespaces = codes({ "QCE/CKAFKA": "CKafka" });
const Namespace = Namespaces.field("The product whose metrics are asked for; QCE/CKAFKA is the only one here.");

/** "instanceId: InstanceProCount (messages produced, count), …": which metric answers what. */
const catalogue = () => {
  const sets = new Map<string, string[]>();
  for (const [metric, { dimensions, about, unit }] of Object.entries<Metric>(METRICS)) {
    const set = dimensions.join(", ");
    sets.set(set, [...(sets.get(set) ?? []), `${metric} (${about}; ${unit})`]);
  }
  return [...sets].map(([set, metrics]) => `With ${set}: ${metrics.join(", ")}.`).join(" ");
};

const Instance = object({
  Dimensions: z
    .array(
      object({
        Name: text(`Name of a dimension, spelt like this: ${DIMENSIONS.join(", ")}.`),
        Value: name(
          {
            beside: "Name",
            kinds: { instanceId: "instance", topicId: "topic", topicName: "topic", consumerGroup: "group" },
          },
          "What the dimension is of, as text: ckafka-…, topic-… (the id), the name, the number of the partition.",
        ),
      }),
    )
    .min(1)
    .describe("All dimensions of the metric with their values; together they name one series."),
});

/** What a value of a metric is. */
const meaningOf = (metric: string, { about, unit, statistic }: Metric, period: number) => {
  const how = { sum: "the sum over", last: "what stood at the end of", max: "the greatest within", open: "a value of" };
  const per = unit.endsWith("/min") ? "the rate over" : how[statistic];
  return `${metric}: ${about}. Unit: ${unit}. Each value is ${per} the ${period} s that begin at its timestamp.`;
};
const PERIOD = 300;
const periodOf = (given: Quantity<"s"> | undefined) => Number(given ?? quantityOf(PERIOD, "s"));
const textOf = (time: unknown) => (time === undefined ? undefined : String(time));
const HOUR = 3_600_000;
const within = (input: { StartTime?: unknown; EndTime?: unknown }, now: number) => {
  const end = msOf(textOf(input.EndTime) ?? inBeijing(now));
  return { start: input.StartTime === undefined ? end - HOUR : msOf(String(input.StartTime)), end };
};

const point = z.object({
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).nullish(),
  Timestamps: z.array(z.number()).nullish(),
  Values: z.array(z.number()).nullish(),
  MaxValues: z.array(z.number()).nullish(),
  MinValues: z.array(z.number()).nullish(),
  AvgValues: z.array(z.number()).nullish(),
});

const explained = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  MetricCName: z.string().nullish(),
  MetricEName: z.string().nullish(),
  Unit: z.string(),
  UnitCname: z.string(),
  Period: z.array(integer("Seconds that a value can stand for.")),
  Periods: z.array(z.object({ Period: z.string(), StatType: z.array(z.string()) })),
  Meaning: z.object({ En: z.string(), Zh: z.string() }),
  Dimensions: z.array(z.object({ Dimensions: z.array(z.string()) })),
});

export const metric = domain({
  GetMonitorData: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Get a metric's values over time: lag, disk, traffic, throttling.",
    input: object({
      Namespace,
      MetricName: text(`The one metric to read. ${catalogue()} Of brokers: names that begin with B, with broker_ip.`, {
        brief: "Like UnconsumeTopic (lag), InstanceDiskUsage; DescribeAction lists them",
      }),
      Instances: z
        .array(Instance)
        .min(1)
        .describe(
          `One entry a series, with the metric's dimensions.\nThe series to read, at most ${MOST_INSTANCES}, all with the same dimensions.`,
        ),
      Period: quantity(
        "s",
        `How long a span each value stands for: ${PERIODS.join(", ")}; default ${PERIOD}. 60 s are kept 15 days, 300 s 31, 3600 s 93, 86400 s 186. At most ${MOST_POINTS} values a call, of all series together.`,
        { brief: "60, 300, 3600, 86400 s; default 300" },
      ).optional(),
      StartTime: time(
        "ISO",
        "From when on, ISO 8601; without a zone it is Beijing time; default an hour before EndTime.",
        {
          brief: "ISO 8601 or -6h; default 1 h before EndTime",
        },
      ).optional(),
      EndTime: time("ISO", "Until when, ISO 8601; without a zone it is Beijing time; default now.", {
        brief: "Default now",
      }).optional(),
    }),
    rule: (input, now) => brokenBy({ ...input, ...within(input, now), period: periodOf(input.Period), now } as Asked),
    sends: (input, now) => {
      const { start, end } = within(input, now);
      const { Namespace, MetricName, Instances, Period } = input;
      return {
        Namespace,
        MetricName,
        Period: periodOf(Period),
        StartTime: inBeijing(start),
        EndTime: inBeijing(end),
        Instances,
      };
    },
    shows: ({ MetricName, Instances, Period }, response) => {
      const { DataPoints, Msg, StartTime, EndTime, ...rest } = response as {
        DataPoints?: DataPoint[] | null;
        Msg?: string | null;
        StartTime?: string | null;
        EndTime?: string | null;
        Period?: number | null;
      };
      const period = Number(rest.Period ?? periodOf(Period));
      const iso = (text: string | null | undefined) =>
        text && !Number.isNaN(msOf(text)) ? inBeijing(msOf(text)) : undefined;
      const [start, end] = [iso(StartTime), iso(EndTime)];
      const { found, absent } = matched(Instances, DataPoints ?? []);
      const { series, told } = summarized(found, { start, end, period });
      return {
        response: {
          ...rest,
          StartTime: start ?? StartTime,
          EndTime: end ?? EndTime,
          DataPoints: series,
          // Empty and Success are no news.
          ...(Msg && !/^success$/i.test(Msg) ? { Msg } : {}),
        },
        told: [
          meaningOf(MetricName, metricOf(MetricName) as Metric, period),
          ...told,
          ...(absent.length > 0 ? [`Nothing came back for ${absent.join("; ")}.`] : []),
        ],
      };
    },
    output: z.object({
      StartTime: time("ISO", "Where the series begin, rounded down to the period.").nullish(),
      EndTime: time("ISO", "Where the series end, rounded down to the period; this point belongs to them.").nullish(),
      Period: quantity("s", "How long a span each value stands for.").nullish(),
      MetricName: z.string().nullish(),
      DataPoints: z.array(point).nullish(),
      Msg: z.string().nullish(),
    }),
  },
  DescribeBaseMetrics: {
    effect: "read",
    bills: false,
    perSecond: 20,
    about: "Explain metrics: unit, dimensions as they are spelt, periods.",
    input: object({
      Namespace,
      MetricName: text("The metric to explain; left out, all are listed, each in brief.").optional(),
      Dimensions: z
        .array(z.string().min(1).describe("Name of a dimension, like instanceId or consumerGroup."))
        .min(1)
        .describe("\nOnly metrics that have these dimensions, by their names.")
        .optional(),
    }),
    shows: ({ MetricName }, response) => {
      const known = MetricName === undefined ? undefined : metricOf(MetricName);
      const told = known ? [`${MetricName}: ${known.about}.`] : [];
      const set = (response.MetricSet ?? []) as z.input<typeof explained>[];
      if (MetricName !== undefined || set.length <= 3) return { response, told };
      const brief = set.map(({ MetricName, Unit, Meaning, Dimensions }) => ({
        MetricName,
        Unit,
        Meaning: Meaning?.En || Meaning?.Zh,
        Dimensions: Dimensions?.map((one) => one.Dimensions?.join(", ")),
      }));
      const periods = [...new Set(set.flatMap(({ Period }) => Period ?? []))].sort((a, b) => a - b);
      return {
        response: { ...response, MetricSet: brief },
        told: [`In brief; with a MetricName it is whole. Periods that occur: ${periods.join(", ")} s.`],
      };
    },
    output: z.object({ MetricSet: z.array(explained).nullish() }),
  },
});
