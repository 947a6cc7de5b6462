// What must be so before a series is asked for. The API answers a wrong name, dimension or period with an empty series or an
// error that does not say which; each is told here, with what would be right.
import { nearest } from "../../../src/text/nearest.ts";
import { KEPT, METRICS, type Metric, MOST_INSTANCES, MOST_POINTS, metricOf, PERIODS } from "../metrics.ts";
import { floorTo } from "../times.ts";

export interface Asked {
  MetricName: string;
  Instances: { Dimensions: { Name: string; Value: string }[] }[];
  period: number;
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  now: number;
}
type Wrong = string | undefined;
const DAY = 86_400_000;

export const brokenBy = (asked: Asked): Wrong =>
  wrongMetric(asked.MetricName) ??
  wrongDimensions(asked.MetricName, asked.Instances) ??
  wrongPeriod(asked.period) ??
  wrongTimes(asked);

function wrongMetric(name: string): Wrong {
  if (metricOf(name)) return undefined;
  const near = nearest(name, Object.keys(METRICS));
  const metric = near ? metricOf(near) : undefined;
  return `MetricName: there is no metric ${JSON.stringify(name)}; ${near ? `did you mean ${near} (${metric?.about})?` : "DescribeBaseMetrics lists them"}`;
}

function wrongDimensions(name: string, instances: Asked["Instances"]): Wrong {
  const { dimensions } = metricOf(name) as Metric;
  if (instances.length > MOST_INSTANCES)
    return `Instances may have at most ${MOST_INSTANCES} entries, got ${instances.length}: make ${Math.ceil(instances.length / MOST_INSTANCES)} calls of it`;
  for (const [at, { Dimensions }] of instances.entries()) {
    const where = `Instances[${at}].Dimensions`;
    const given = Dimensions.map((dimension) => dimension.Name);
    const twice = given.find((one, i) => given.indexOf(one) !== i);
    if (twice !== undefined)
      return `${where}: ${twice} stands there twice; another series is another entry of Instances`;
    const strange = given.find((one) => !(dimensions as readonly string[]).includes(one));
    if (strange !== undefined) return `${where}: ${unknown(strange, name, dimensions)}`;
    const missing = dimensions.filter((one) => !given.includes(one));
    if (missing.length > 0)
      return `${where}: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing; ${name} has the dimensions ${dimensions.join(", ")}`;
    for (const { Name, Value } of Dimensions) {
      const wrong = wrongValue(Name, Value);
      if (wrong) return `${where}: ${wrong}`;
    }
  }
  return undefined;
}

/** Only the spelling, a metric of another level, or something that no metric of its name has. */
function unknown(given: string, name: string, dimensions: readonly string[]): string {
  const plain = (text: string) => text.replace(/[^a-z]/gi, "").toLowerCase();
  const meant = dimensions.find((one) => plain(one) === plain(given)) ?? nearest(given, dimensions);
  if (meant) return `${given} is no dimension of ${name} (did you mean ${meant}?)`;
  return `${given} is no dimension of ${name}, which has ${dimensions.join(", ")}`;
}

function wrongValue(name: string, value: string): Wrong {
  if (name === "topicId" && !value.startsWith("topic-"))
    return `topicId takes the topic's id, like topic-1a2b3c4d, not ${JSON.stringify(value)}: DescribeTopic shows the TopicId of each name`;
  if (name === "topicName" && /^topic-[a-z0-9]{8,}$/.test(value))
    return `topicName takes the topic's name; ${value} looks like its id, which goes to topicId`;
  if (name === "instanceId" && !value.startsWith("ckafka-"))
    return `instanceId takes the instance's id, like ckafka-1a2b3c4d, not ${JSON.stringify(value)}: DescribeInstances lists them`;
  if (name === "partition" && !/^\d+$/.test(value))
    return `partition takes the partition's number as text, like "0", not ${JSON.stringify(value)}`;
  return undefined;
}

function wrongPeriod(period: number): Wrong {
  if ((PERIODS as readonly number[]).includes(period)) return undefined;
  const near = PERIODS.find((one) => one >= period) ?? PERIODS.at(-1);
  return `Period must be one of ${PERIODS.join(", ")}, got ${period}: ${near} is the nearest`;
}

function wrongTimes({ Instances, period, start, end, now }: Asked): Wrong {
  if (end < start) return "EndTime must not be before StartTime";
  const kept = (one: number) => now - start <= (KEPT[one] as number) * DAY;
  if (!kept(period)) {
    const longer = PERIODS.find((one) => one > period && kept(one));
    const how = longer
      ? `Period ${longer} reaches back that far`
      : `nothing is kept for more than ${KEPT[86_400]} days`;
    return `StartTime is too long ago: values of ${period} s are kept for ${KEPT[period]} days; ${how}`;
  }
  const points = (one: number) => ((floorTo(one, end) - floorTo(one, start)) / one / 1000) * Instances.length;
  if (points(period) <= MOST_POINTS) return undefined;
  const longer = PERIODS.find((one) => one > period && points(one) <= MOST_POINTS);
  return `that would be ${points(period)} values, and a call may have ${MOST_POINTS} of all series together: ${longer ? `take Period ${longer}, a shorter time or fewer Instances` : "take a shorter time or fewer Instances"}`;
}
