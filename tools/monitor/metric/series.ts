// A series in words and numbers: thinned out so that it can be read, with what sums it up beside it.
import { inBeijing, msOf } from "../times.ts";

export interface DataPoint {
  Dimensions?: { Name: string; Value: string }[] | null | undefined;
  Timestamps?: (number | null)[] | null | undefined;
  Values?: (number | null)[] | null | undefined;
}
/** Points that are shown of one series, and of all together. */
const [MOST_OF_ONE, MOST_OF_ALL] = [120, 600];

interface Point {
  at: number;
  value: number;
}
/** What is null in either list is no point. */
function pointsOf({ Timestamps, Values }: DataPoint): Point[] {
  return (Timestamps ?? []).flatMap((at, i) => {
    const value = Values?.[i];
    return at === null || value === null || value === undefined ? [] : [{ at, value }];
  });
}
const rounded = (value: number) => Number(value.toPrecision(6));

/** Change per hour of the line that fits best; undefined where there is no line. */
function slope(points: Point[]): number | undefined {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [at, value] = [mean((p) => p.at), mean((p) => p.value)];
  const spread = points.reduce((sum, p) => sum + (p.at - at) ** 2, 0);
  if (spread === 0) return undefined;
  return (points.reduce((sum, p) => sum + (p.at - at) * (p.value - value), 0) / spread) * 3600;
}

/** One point of every few, the last among them. */
function thinned(points: Point[], most: number): Point[] {
  const step = Math.ceil(points.length / most);
  return points.filter((_, at) => (points.length - 1 - at) % step === 0);
}

export interface Asked {
  /** As the answer has them, after rounding; undefined where it does not say. */
  start: string | undefined;
  end: string | undefined;
  period: number;
}
/** Points that there would be if there were one for every period. */
function expected({ start, end, period }: Asked): number | undefined {
  const spans = (msOf(end ?? "") - msOf(start ?? "")) / period / 1000;
  return Number.isNaN(spans) || spans < 0 ? undefined : Math.floor(spans) + 1;
}

export function summarized(series: readonly DataPoint[], asked: Asked): { series: object[]; told: string[] } {
  const whole = expected(asked);
  const most = Math.min(MOST_OF_ONE, Math.max(10, Math.floor(MOST_OF_ALL / Math.max(1, series.length))));
  let [longest, empty, missing] = [0, 0, 0];
  const shown = series.map((one) => {
    const points = pointsOf(one);
    const lacking = whole === undefined ? 0 : Math.max(0, whole - points.length);
    longest = Math.max(longest, points.length);
    missing += points.length > 0 ? lacking : 0;
    empty += Number(points.length === 0);
    const values = points.map(({ value }) => value);
    const perHour = slope(points);
    const summary =
      points.length === 0
        ? { Points: 0, ...(whole === undefined ? {} : { Missing: lacking }) }
        : {
            Points: points.length,
            ...(whole === undefined ? {} : { Missing: lacking }),
            From: inBeijing((points[0] as Point).at * 1000),
            To: inBeijing((points.at(-1) as Point).at * 1000),
            First: values[0],
            Last: values.at(-1),
            Min: values.reduce((a, b) => Math.min(a, b)),
            Max: values.reduce((a, b) => Math.max(a, b)),
            Mean: rounded(values.reduce((a, b) => a + b, 0) / values.length),
            ...(perHour === undefined ? {} : { SlopePerHour: rounded(perHour) }),
          };
    const kept = thinned(points, most);
    return {
      ...one,
      Timestamps: kept.map(({ at }) => at),
      Values: kept.map(({ value }) => value),
      Summary: summary,
    };
  });
  const told: string[] = [];
  if (longest > most)
    told.push(
      `Thinned out to at most ${most} points a series, one of every ${Math.ceil(longest / most)}; each Summary is of all of them.`,
    );
  if (missing > 0)
    told.push(
      `${missing} of ${whole === undefined ? "the" : whole * (series.length - empty)} points are missing: no data for them, which is not 0. The latest come one to five minutes late.`,
    );
  if (empty > 0)
    told.push(
      `${empty === series.length ? (empty === 1 ? "The series is empty" : "Every series is empty") : `${empty} of ${series.length} series are empty`}: no data was reported, which is not 0. Is the Region the instance's, is the id (not the name) of the topic given, did anything happen then? If it is known to be busy, DescribeBaseMetrics has the spelling of the dimensions.`,
    );
  return { series: shown, told };
}

type Dimensions = readonly { Name: string; Value: string }[];
const has = (point: DataPoint, { Name, Value }: { Name: string; Value: string }) =>
  (point.Dimensions ?? []).some((own) => own.Name === Name && own.Value === Value);

/**
 * The series of an answer in the order in which they were asked for: by the values of their dimensions, whose order and number
 * differ; by their place only where their names differ as well and exactly as many came.
 */
export function matched(asked: readonly { Dimensions: Dimensions }[], points: readonly DataPoint[]) {
  const left = new Set(points);
  const found = asked.map(({ Dimensions }) => {
    const point = [...left].find((one) => Dimensions.every((dimension) => has(one, dimension)));
    if (point) left.delete(point);
    return point;
  });
  const absent: string[] = [];
  for (const [at, point] of found.entries()) {
    const here = points[at];
    if (point) continue;
    if (points.length === asked.length && here && left.delete(here)) found[at] = here;
    else absent.push((asked[at]?.Dimensions ?? []).map(({ Name, Value }) => `${Name} ${Value}`).join(", "));
  }
  return { found: [...found.flatMap((point) => point ?? []), ...left], absent };
}
