// Where the log goes: lines on stderr that never block the program, never end it and never pile up in it.
import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

/** Characters kept for a reader that is slow; of one that does not read at all no more is asked. */
const MOST_KEPT = 1_048_576;

export interface Lines {
  write: (line: string) => void;
}

/** What cannot be written is dropped and counted; the count is the first that is written once something can be. */
export function createLines(stderr: NodeJS.WriteStream & { fd: number }): Lines {
  const put = isFile(stderr.fd) ? toFile(stderr.fd) : toReader(stderr);
  let dropped = 0;
  const tell = () => {
    // With room for more than this line, or every other line would tell of one that was dropped.
    if (dropped > 0 && put(aboutDropped(dropped), MOST_KEPT / 2)) dropped = 0;
  };
  // A broken pipe says so here, and would otherwise end the process.
  stderr.on("error", () => {});
  stderr.on("drain", tell);
  return {
    write(line) {
      tell();
      if (dropped > 0 || !put(line)) dropped += 1;
    },
  };
}

const aboutDropped = (dropped: number) =>
  `${JSON.stringify({ level: 40, time: Date.now(), pid: process.pid, dropped, msg: "so many lines of the log could not be written" })}\n`;

/** Whether a line was taken. @param most characters that may wait with it */
type Put = (line: string, most?: number) => boolean;

/** A pipe, a socket or a terminal: somebody reads at the other end, or does not. */
function toReader(stderr: NodeJS.WriteStream): Put {
  // A terminal that is held would hold the program as well; node opened it for itself, so nobody else notices.
  if (stderr.isTTY)
    (stderr as unknown as { _handle?: { setBlocking?: (on: boolean) => void } })._handle?.setBlocking?.(false);
  return (line, most = MOST_KEPT) => {
    if (!stderr.writable || stderr.writableLength + line.length > most) return false;
    stderr.write(line);
    return true;
  };
}

/** A disk that is full today may have room tomorrow; a stream would be over after its first error. */
const toFile =
  (fd: number): Put =>
  (line) => {
    try {
      writeSync(fd, line);
      return true;
    } catch {
      return false;
    }
  };

function isFile(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFile() || (stats.isCharacterDevice() && !isatty(fd));
  } catch {
    return false;
  }
}
