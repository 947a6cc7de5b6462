// How figures are printed and what they are computed with.
export const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
/** The median of a/b, pair by pair: both were measured in turn, so the machine's drift falls out. */
export const ratio = (a: number[], b: number[]) => median(a.map((t, i) => t / (b[i] as number))).toFixed(2);
export const ms = (n: number) => `${n.toFixed(n < 10 ? 3 : 1)} ms`;
export const heading = (text: string) => console.log(`\n${text}`);
export const line = (what: string, value: string, aim = "") =>
  console.log(`  ${what.padEnd(58)}${value.padStart(14)}   ${aim}`);
