import type { Logger } from "pino";

/** What a command may know of the process: src/index.ts alone touches it. */
export interface Context {
  /** For a command, what stands behind its own word. */
  argv: string[];
  env: NodeJS.ProcessEnv;
  home: string;
  version: string;
  /** To the real stdout. */
  write: (text: string) => void;
  stdin: NodeJS.ReadStream;
  /** The real stdout, for the one who speaks a protocol on it. */
  stdout: NodeJS.WriteStream;
  /** Where questions and complaints go, so that what a command prints can be piped. */
  stderr: NodeJS.WritableStream;
  /** A JSON file that the build made. */
  read: (file: "tools.json" | "manual.json") => unknown;
  /** Resolves when somebody asks the process to end. */
  interrupted: () => Promise<void>;
  openLog: (level: string) => Promise<Logger>;
}
/** Resolves with the exit code; undefined: the process ends by itself. */
export type Command = (context: Context) => Promise<number | undefined>;
