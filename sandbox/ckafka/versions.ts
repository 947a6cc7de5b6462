/** Kafka versions on sale, with the newest build of their brokers as the reference's example prints it. */
export const builds: Record<string, string> = {
  "1.1.1": "v1.1.1_r1.1.14",
  "2.4.1": "v2.4.2_r1.2.4",
  "2.8.1": "v2.8.1_r1.1.6",
  "3.2.3": "v3.2.3_r1.0.7",
};
export const newestBuild = (version: string) => builds[version] ?? `v${version}_r1.0.0`;
