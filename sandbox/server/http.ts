// The sandbox as a server: HTTP on loopback, answering as the cloud does, to any SDK.
import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Credential } from "../../src/model/service.ts";
import { settle } from "../ckafka/settle.ts";
import { documented } from "../reference/codes.ts";
import { judge } from "../reference/judge.ts";
import { type Served, served } from "../services.ts";
import type { Clock } from "../state/clock.ts";
import { Fault } from "../state/fault.ts";
import { emptyRegion, type Failure } from "../state/store.ts";
import type { World } from "../state/world.ts";
import { createLimits } from "./limits.ts";
import { createStage, meet, type Stage } from "./staged.ts";
import { verify } from "./verify.ts";

const LARGEST_BODY = 10 * 1024 * 1024;

export interface Sandbox {
  url: string;
  credential: Credential;
  /** Where calls go that name no region. */
  region: string;
  world: World;
  clock: Clock;
  /** What the clock shows, milliseconds since the epoch. */
  now: () => number;
  /** Faults that the next calls meet. */
  staged: Stage;
  /** Puts another world in the place of this one. */
  load: (world: World) => void;
  close: () => Promise<void>;
}
export interface SandboxOptions {
  world: World;
  /** 127.0.0.1 when left out. */
  host?: string;
  port?: number;
  /** Keeps the process alive, as an embedded sandbox must not. */
  alone?: boolean;
  /** Whether the documented calls per second are enforced. */
  rateLimit?: boolean;
  /** What requests must be signed with; made up when left out. */
  credential?: Credential;
}

export async function startSandbox({
  world,
  host = "127.0.0.1",
  port = 0,
  alone = false,
  credential = madeUp(),
  rateLimit = false,
}: SandboxOptions): Promise<Sandbox> {
  const count = rateLimit ? createLimits() : () => {};
  const staged = createStage();
  // The same requests in the same order get the same ids.
  const next = () =>
    createHash("sha256")
      .update(`${world.seed}/${++world.made}`)
      .digest("hex");

  const server = createServer(async (request, response) => {
    const requestId = next().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
    const answer = (body: object, date: object = {}) => {
      response.writeHead(200, { "content-type": "application/json", ...date });
      response.end(JSON.stringify({ Response: { ...body, RequestId: requestId } }));
    };
    try {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of request) {
        size += (chunk as Buffer).length;
        if (size > LARGEST_BODY) throw new Fault("RequestSizeLimitExceeded", "The request is larger than 10 MB.");
        chunks.push(chunk as Buffer);
      }
      const execute = admit(request.method, request.headers, Buffer.concat(chunks));
      const fault = staged.take(String(request.headers["x-tc-action"]));
      const body = fault ? await meet(fault, execute) : execute(null);
      // Answers have the world's time. Errors have the machine's, by which signatures expire.
      if (body) answer(body, { date: new Date(world.clock.now()).toUTCString() });
      else response.destroy();
    } catch (error) {
      const fault =
        error instanceof Fault ? error : new Fault("InternalError", `The sandbox failed: ${(error as Error).stack}`);
      answer({ Error: { Code: fault.code, Message: fault.message } });
    }
  });

  /** Whether a request may come in. @returns what carries it out */
  function admit(method: string | undefined, headers: Record<string, string | string[] | undefined>, body: Buffer) {
    if (method !== "POST") throw new Fault("UnsupportedProtocol", "The sandbox takes POST requests only.");
    const header = (name: string, parameter: string) => {
      const value = headers[name];
      if (!value)
        throw new Fault("MissingParameter", `The request is missing the required parameter \`${parameter}\`.`);
      return String(value);
    };
    const action = header("x-tc-action", "Action");
    const version = header("x-tc-version", "Version");
    const { service, fakes } = servedAt(version);
    verify({ headers, body }, [credential], service.name, Math.floor(Date.now() / 1000));
    if (version !== service.version) throw new Fault("NoSuchVersion", `The version ${version} does not exist.`);
    const fake = fakes[action];
    if (!fake) throw new Fault("InvalidAction", `The action ${action} does not exist.`);
    const name = header("x-tc-region", "Region");
    if (!service.regions.includes(name)) throw new Fault("UnsupportedRegion", `The region ${name} is not supported.`);
    count(action, name, credential.secretId);
    const input = parse(body);
    documented(action, () => judge(action, input));
    return (failure: Failure) => {
      world.regions[name] ??= emptyRegion();
      const region = world.regions[name];
      const now = world.clock.now();
      // What data tasks have moved by now, so that whatever is asked shows it.
      settle(region, now);
      const newId = (prefix: string) => `${prefix}-${next().slice(0, 8)}`;
      return documented(action, () => fake({ region, now, appId: world.appId, newId, failure }, input));
    };
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  if (!alone) server.unref();
  return {
    url: urlOf(server),
    credential,
    world,
    staged,
    get region() {
      return world.region;
    },
    get clock() {
      return world.clock;
    },
    now: () => world.clock.now(),
    load: (other) => void Object.assign(world, other),
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

/** Where a server listens. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Services are told apart by their version; a version that none has is refused after the signature, as by the first. */
const servedAt = (version: string): Served =>
  served.find(({ service }) => service.version === version) ?? (served[0] as Served);

const madeUp = (): Credential => ({
  secretId: `AKIDsandbox${randomBytes(12).toString("hex")}`,
  secretKey: randomBytes(16).toString("hex"),
});

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch {
    throw new Fault("InvalidParameter", "The request body is not JSON.");
  }
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new Fault("InvalidParameter", "The request body is not an object.");
  // The cloud does not tell null from absent.
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
