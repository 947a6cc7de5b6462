// Bytes as they come in → lines of text, in time and memory that do not depend on how they were cut.

/** Bytes of a line; JSON-RPC messages are far smaller. */
export const LONGEST_LINE = 10 * 1_048_576;
/** What is kept of both ends of a line that is too long: enough to see whose it is. */
const KEPT = 1_024;

export interface Takers {
  line: (text: string) => void;
  /** A line that is too long, its middle left out. */
  oversized: (start: string, end: string) => void;
}
export interface Splitter {
  add: (chunk: Buffer) => void;
  /** Nothing more comes; what has no line break yet is the last line. */
  end: () => void;
}

export function createSplitter({ line, oversized }: Takers): Splitter {
  let parts: Buffer[] = [];
  let size = 0;
  /** Of a line that is too long: how it began, and its last bytes so far. */
  let cut: { start: string; end: Buffer } | undefined;

  const take = (part: Buffer) => {
    size += part.length;
    if (cut) cut.end = Buffer.concat([cut.end, part.subarray(-KEPT)]).subarray(-KEPT);
    else parts.push(part);
    if (cut || size <= LONGEST_LINE) return;
    const whole = Buffer.concat(parts);
    cut = { start: whole.toString("utf8", 0, KEPT), end: whole.subarray(-KEPT) };
    parts = [];
  };
  const finish = () => {
    if (cut) oversized(cut.start, cut.end.toString());
    else line((parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)).toString());
    [parts, size, cut] = [[], 0, undefined];
  };
  return {
    add(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        take(chunk.subarray(from, at));
        finish();
        from = at + 1;
      }
      if (from < chunk.length) take(chunk.subarray(from));
    },
    end() {
      if (size > 0) finish();
    },
  };
}
