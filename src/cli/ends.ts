// The ways in which somebody, or a crash, asks the process to end.

export interface End {
  why: string;
  /** The exit code. */
  code: number;
}
export interface Ends {
  /** Resolves when the process is asked to end. From the first call on a signal or a crash ends nothing by itself: who asked here does. */
  asked: () => Promise<End>;
  /** Tells of a crash. False where nobody will end the process for it. */
  crashed: () => boolean;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export function createEnds(on: (signal: NodeJS.Signals, listener: () => void) => void): Ends {
  let asked: Promise<End> | undefined;
  let tell: (end: End) => void = () => {};
  return {
    asked() {
      asked ??= new Promise((resolve) => {
        tell = resolve;
        // Again and again as well: a second signal must not end what the first one waits for.
        for (const [signal, code] of Object.entries(SIGNALS))
          on(signal as NodeJS.Signals, () => resolve({ why: signal, code }));
      });
      return asked;
    },
    crashed() {
      tell({ why: "a crash", code: 1 });
      return asked !== undefined;
    },
  };
}

/** Streams whose reader was given up. */
const deaf = new WeakSet<object>();

/**
 * Resolves when what was written has left, or has been given up by who should read it: at once where they are gone, after a
 * while without progress where they do not read.
 * @param patience milliseconds; none: as long as it takes
 */
export function flushed(stream: NodeJS.WriteStream, patience?: number): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writable || stream.writableLength === 0 || deaf.has(stream)) return resolve();
    let left = stream.writableLength;
    const watch = setInterval(() => {
      if (patience !== undefined && stream.writableLength >= left) {
        deaf.add(stream);
        end();
      }
      left = stream.writableLength;
    }, patience ?? 1_000);
    const end = () => {
      clearInterval(watch);
      resolve();
    };
    stream.on("error", end).on("close", end);
    stream.write("", end);
  });
}
