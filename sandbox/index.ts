// The sandbox as the program starts it. Each part is loaded when it is first needed.
import { UsageError } from "../src/model/errors.ts";
import type { Credential } from "../src/model/service.ts";
import { type Sandbox, startSandbox } from "./server/http.ts";
import { readWorld, WorldError } from "./world/world.ts";

export interface StartOptions {
  /** File of the world; the world that ships when left out. */
  world: string | undefined;
  rateLimit: boolean;
  host?: string;
  port?: number;
  credential?: Credential | undefined;
  alone?: boolean;
}

/** @throws UsageError where the world cannot be used */
export async function start({ world, credential, ...options }: StartOptions) {
  return startSandbox({ ...options, world: read(world), ...(credential && { credential }) });
}
function read(file: string | undefined) {
  try {
    return readWorld(file);
  } catch (error) {
    throw error instanceof WorldError ? new UsageError(error.message) : error;
  }
}

/** The endpoint at which a sandbox that `start` made is controlled. */
export async function control(sandbox: object, port: number) {
  const { startControl } = await import("./server/control.ts");
  return startControl(sandbox as Sandbox, port);
}
