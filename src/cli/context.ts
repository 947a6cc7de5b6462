import type { Logger } from "pino";
import type { Advertised } from "../discovery/advertised.ts";
import type { Reference } from "../discovery/reference.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { Prompt } from "../model/prompt.ts";
import type { Credential } from "../model/service.ts";
import type { End } from "./ends.ts";

/** A sandbox that runs. */
export interface RunningSandbox {
  url: string;
  credential: Credential;
  /** Where calls go that name no region. */
  region: string;
  /** Its clock, milliseconds since the epoch. */
  now: () => number;
  close: () => Promise<void>;
}
export interface SandboxOptions {
  /** File of its world; the world that ships when left out. */
  world: string | undefined;
  /** Whether the documented calls per second are enforced. */
  rateLimit: boolean;
  host?: string;
  port?: number;
  credential?: Credential | undefined;
  /** Keeps the process alive, as an embedded sandbox must not. */
  alone?: boolean;
}
/** What the program is put together of, besides its own machine. Each part is loaded when it is first needed. */
export interface Parts {
  catalogue: () => Promise<Catalogue>;
  prompts: () => Promise<readonly Prompt[]>;
  /** @throws UsageError where its world cannot be used */
  sandbox: (options: SandboxOptions) => Promise<RunningSandbox>;
  /** The endpoint at which a sandbox that runs is controlled. */
  sandboxControl: (sandbox: RunningSandbox, port: number) => Promise<{ url: string; close: () => Promise<void> }>;
}

/** What a command may know of the process: src/index.ts alone touches it. */
export interface Context {
  /** For a command, what stands behind its own word. */
  argv: string[];
  env: NodeJS.ProcessEnv;
  /** Undefined where the process has none. */
  home: string | undefined;
  version: string;
  /** What a person types to run this program again, from another shell. */
  self: string;
  /** To the real stdout. */
  write: (text: string) => void;
  stdin: NodeJS.ReadStream;
  /** The real stdout, for the one who speaks a protocol on it. */
  stdout: NodeJS.WriteStream;
  /** Where questions and complaints go, so that what a command prints can be piped. */
  stderr: NodeJS.WritableStream;
  /** What the build worked out of the catalogue. */
  advertised: () => Advertised;
  reference: () => Reference;
  parts: Parts;
  /** Resolves when somebody, or a crash, asks the process to end; whoever waits for it then ends the process. */
  interrupted: () => Promise<End>;
  openLog: (level: string) => Promise<Logger>;
}
/** Resolves with the exit code; undefined: the process ends by itself. */
export type Command = (context: Context) => Promise<number | undefined>;
