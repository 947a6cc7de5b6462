// What is told is bounded, whoever made it long.

/** The beginning of a text, by whole characters. @param most UTF-16 units, with what says that it goes on */
export function begin(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The first of many problems, as many as somebody can read, and how many more there are. */
export function few(problems: readonly string[], most = 3_000, longest = 1_000): string {
  const told: string[] = [];
  let used = 0;
  for (const problem of problems) {
    const short = begin(problem, longest);
    used += short.length;
    if (told.length > 0 && used > most) break;
    told.push(short);
  }
  const rest = problems.length - told.length;
  return `${told.join("; ")}${rest > 0 ? `; and ${rest} more of this kind` : ""}`;
}
