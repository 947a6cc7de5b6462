// What is on sale, and for how much. The sizes are those that the reference prints for the profession edition; the
// prices are the sandbox's own. Enquiries, purchases and refunds all come from here.

export interface Size {
  /** MB/s. */
  bandwidth: number;
  /** GB. */
  disk: number;
  diskType: string;
  partitions: number;
  /** Mbps that are paid for. */
  publicNetwork: number;
}
export interface Price {
  unit: "m" | "h";
  /** One instance for one unit of time, in CNY. */
  parts: { type: number; bandwidth: number; disk: number; partitions: number };
  publicNetwork: number;
}

/** MB/s, least GB of disk, partitions included, CNY a month. In between, the next lower row counts. */
const TIERS: [bandwidth: number, disk: number, partitions: number, month: number][] = [
  [20, 200, 400, 600],
  [40, 500, 800, 1000],
  [60, 500, 900, 1400],
  [120, 1000, 1200, 2500],
  [180, 1000, 1400, 3600],
  [240, 1000, 1600, 4600],
  [320, 3000, 1800, 6000],
  [400, 3000, 2000, 7300],
  [500, 3000, 2200, 9000],
  [600, 3000, 2400, 10_600],
  [800, 5400, 2600, 13_900],
  [1000, 7500, 2800, 17_100],
  [1200, 7500, 3200, 20_300],
  [1600, 10_000, 4000, 26_600],
  [2000, 10_000, 4500, 32_800],
  [2400, 10_000, 5000, 39_000],
  [2800, 10_000, 5500, 45_100],
  [3200, 10_000, 6000, 51_200],
];
/** CNY a month. */
const PER_MBPS_BETWEEN_TIERS = 15;
const PER_GB: Record<string, number> = { CLOUD_BASIC: 0.35, CLOUD_PREMIUM: 0.35, CLOUD_SSD: 1, SSD: 1 };
const PER_PARTITION = 0.3;
const PER_PUBLIC_MBPS = 25;
/** By the hour, an instance that runs for longer than this in a month is dearer than a prepaid one. */
const HOURS_FOR_A_MONTH = 480;

const LARGEST = { disk: 500_000, partitions: 40_000 };
const STEP = 100;
const BANDS = [
  { name: "BasicEdition", from: 20, to: 1200, step: 20 },
  { name: "HighPerformanceEdition", from: 1600, to: 100_000, step: 200 },
];
export const MOST_AT_ONCE = 20;
const DISK_TYPES = Object.keys(PER_GB);
const MONTH_MS = 30 * 86_400_000;

const tierOf = (bandwidth: number) =>
  TIERS.findLast(([least]) => least <= bandwidth) ?? (TIERS[0] as (typeof TIERS)[0]);
/** Partitions that a bandwidth comes with. */
export const included = (bandwidth: number) => tierOf(bandwidth)[2];
const cents = (amount: number) => Math.round(amount * 100) / 100;

/** What one instance costs per month or hour. */
export function priceOf(size: Size, chargeType: string): Price {
  const [bandwidth, , partitions, month] = tierOf(size.bandwidth);
  const unit = chargeType === "PREPAID" ? "m" : "h";
  const each = (amount: number) => cents(unit === "m" ? amount : amount / HOURS_FOR_A_MONTH);
  return {
    unit,
    parts: {
      type: each(month),
      bandwidth: each(Math.max(0, size.bandwidth - bandwidth) * PER_MBPS_BETWEEN_TIERS),
      disk: each(size.disk * (PER_GB[size.diskType] ?? 0)),
      partitions: each(Math.max(0, size.partitions - partitions) * PER_PARTITION),
    },
    publicNetwork: each(size.publicNetwork * PER_PUBLIC_MBPS),
  };
}

export const sum = ({ parts }: Price) => cents(parts.type + parts.bandwidth + parts.disk + parts.partitions);

/** CNY for a prepaid instance over a number of months. */
export const amount = (size: Size, months: number) => {
  const price = priceOf(size, "PREPAID");
  return cents((sum(price) + price.publicNetwork) * months);
};
/** Months from now until a time, as money is counted. */
export const monthsLeft = (until: number, now: number) => Math.max(0, until - now) / MONTH_MS;

/** Why a size is not on sale, or undefined. Only what is asked for is judged. */
export function misfit(size: Size, asked: ("bandwidth" | "disk" | "partitions")[]): string | undefined {
  const [, disk, partitions] = tierOf(size.bandwidth);
  const band = BANDS.find(({ from, to }) => size.bandwidth >= from && size.bandwidth <= to);
  if (asked.includes("bandwidth") && (!band || size.bandwidth % band.step !== 0))
    return `BandWidth ${size.bandwidth} is not on sale: ${BANDS.map((b) => `${b.from} to ${b.to} in steps of ${b.step}`).join(", or ")}`;
  const least = { disk, partitions };
  for (const [name, key] of [["DiskSize", "disk"] as const, ["Partition", "partitions"] as const])
    if (asked.includes(key) && (size[key] < least[key] || size[key] > LARGEST[key] || size[key] % STEP !== 0))
      return `${name} ${size[key]} does not go with ${size.bandwidth} MB/s: ${least[key]} to ${LARGEST[key]} in steps of ${STEP}`;
  return undefined;
}
export const upToStep = (value: number) => Math.ceil(value / STEP) * STEP;

/** The sizes as DescribeCkafkaZone prints them: JSON in a string. */
export const profession = JSON.stringify(
  Object.fromEntries(
    BANDS.map(({ name, from, to, step }) => {
      const own = TIERS.filter(([bandwidth]) => bandwidth >= from && bandwidth <= to);
      const range = (least: number, most: number) => ({ Maximum: most, Minimal: least, Step: STEP });
      return [
        name,
        {
          Bandwidth: { Maximum: to, Minimal: from, Step: step },
          DiskCapacity: Object.fromEntries(own.map(([mbps, disk]) => [mbps, range(disk, LARGEST.disk)])),
          DiskTypes: DISK_TYPES,
          MessageRetention: { Maximum: 2160, Minimal: 24, Step: 1 },
          Partition: Object.fromEntries(own.map(([mbps, , least]) => [mbps, range(least, LARGEST.partitions)])),
        },
      ];
    }),
  ),
);
