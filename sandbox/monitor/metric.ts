import type { Fakes } from "../../src/model/action.ts";
import type { metric as models } from "../../tools/monitor/metric/actions.ts";
import { BEIJING } from "../ckafka/answers.ts";
import { Fault } from "../state/fault.ts";
import type { Scope } from "../state/store.ts";
import { KEPT, PERIODS, table } from "./table.ts";
import { pointsOf, subjectOf } from "./values.ts";

const NAMESPACE = "QCE/CKAFKA";
const [MOST_INSTANCES, MOST_POINTS] = [10, 1440];
const DAY = 86_400_000;

const wrong = (message: string) => new Fault("InvalidParameterValue", message);

/** ISO 8601; without a zone it is Beijing time. */
function timeOf(text: string, name: string): number {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(" ", "T")}+08:00`;
  const ms = Date.parse(zoned);
  if (Number.isNaN(ms)) throw wrong(`${name} ${text} is not a time`);
  return ms;
}
const inBeijing = (ms: number) => new Date(ms + BEIJING).toISOString().replace(/\.\d+Z$/, "+08:00");
/** Spans are counted in Beijing time. */
const floorTo = (ms: number, period: number) => Math.floor((ms + BEIJING) / (period * 1000)) * period * 1000 - BEIJING;

export const metric: Fakes<typeof models, Scope> = {
  GetMonitorData: (scope, { Namespace, MetricName, Instances, Period = 300, StartTime, EndTime }) => {
    const row = (Namespace as string) === NAMESPACE ? table.get(MetricName) : undefined;
    const broker = /^B[A-Z]/.test(MetricName) ? ["broker_ip"] : undefined;
    const expected = row?.dimensions ?? broker;
    if ((Namespace as string) !== NAMESPACE) throw wrong(`there is no namespace ${Namespace}`);
    if (!expected) throw wrong(`there is no metric ${MetricName}`);
    if (!PERIODS.includes(Period)) throw wrong(`the metric has no period ${Period}`);
    if (Instances.length > MOST_INSTANCES) throw wrong(`Instances has more than ${MOST_INSTANCES} entries`);
    for (const { Dimensions } of Instances) {
      const names = Dimensions.map(({ Name }) => Name).sort();
      if (String(names) !== String([...expected].sort()))
        throw wrong(`the dimensions ${names} are not those of ${MetricName}`);
    }
    const end = EndTime === undefined ? scope.now : timeOf(EndTime, "EndTime");
    const start = StartTime === undefined ? end - 3_600_000 : timeOf(StartTime, "StartTime");
    if (end < start) throw wrong("EndTime is before StartTime");
    const [from, to] = [floorTo(start, Period), floorTo(end, Period)];
    if (((to - from) / Period / 1000) * Instances.length > MOST_POINTS)
      throw wrong(`more than ${MOST_POINTS} data points`);
    const oldest = scope.now - (KEPT[Period] as number) * DAY;
    const DataPoints = Instances.map(({ Dimensions }) => {
      const given = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
      const subject = subjectOf(scope, given);
      const points = subject ? pointsOf(MetricName, subject, { from, to, period: Period, oldest }, scope) : [];
      return {
        // Clients have to find them by their names.
        Dimensions: Dimensions.toReversed().map(({ Name, Value }) => ({ Name, Value })),
        Timestamps: points.map(({ at }) => at),
        Values: points.map(({ value }) => value),
        MaxValues: null,
        MinValues: null,
        AvgValues: null,
      };
    });
    return { StartTime: inBeijing(from), EndTime: inBeijing(to), Period, MetricName, DataPoints, Msg: "" };
  },
  DescribeBaseMetrics: (_, { Namespace, MetricName, Dimensions = [] }) => {
    const rows = (Namespace as string) === NAMESPACE ? [...table] : [];
    const found = rows.filter(
      ([name, row]) =>
        (MetricName === undefined || name === MetricName) && Dimensions.every((one) => row.dimensions.includes(one)),
    );
    return {
      MetricSet: found.map(([name, { unit, unitCname, statistic, en, zh, dimensions }]) => ({
        Namespace: NAMESPACE,
        MetricName: name,
        MetricCName: zh,
        MetricEName: en,
        Unit: unit,
        UnitCname: unitCname,
        Period: PERIODS,
        Periods: PERIODS.map((period) => ({ Period: String(period), StatType: [statistic] })),
        Meaning: { En: en, Zh: zh },
        Dimensions: [{ Dimensions: dimensions }],
      })),
    };
  },
};
