// The control endpoint: the world, the clock and the faults of a sandbox, for whoever tests against it. JSON over HTTP, on
// loopback only and without credentials.
import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod/v3";
import { served } from "../services.ts";
import { diff } from "../world/diff.ts";
import { dumpWorld, isDump } from "../world/dump.ts";
import { moment, problems, span, spanMs, time } from "../world/fields.ts";
import { makeWorld, WorldError } from "../world/world.ts";
import { LARGEST_BODY, type Sandbox, urlOf } from "./http.ts";
import { LASTING, stagedModel } from "./staged.ts";

export interface Control {
  url: string;
  close: () => Promise<void>;
}
/** What is wrong with a request to the control endpoint. */
class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
const bad = (message: string) => new ControlError(400, message);

const clockModel = z.strictObject({
  stand: z.literal(true).optional(),
  run: z.literal(true).optional(),
  step: z.union([span, z.number().int().min(0)]).optional(),
  at: time.optional(),
});
/** Without `after`, what is now. */
const diffModel = z.strictObject({ before: z.unknown(), after: z.unknown() });

const clockOf = ({ clock }: Sandbox) => ({
  mode: clock.stands() ? "standing" : "running",
  at: new Date(clock.now()).toISOString(),
});

function moveClock({ clock }: Sandbox, { stand, run, step, at }: z.output<typeof clockModel>) {
  if ([stand, run, step, at].every((given) => given === undefined)) throw bad("give stand, run, step or at");
  if (stand && run) throw bad("a clock cannot stand and run");
  if (step !== undefined && at !== undefined) throw bad("give step or at, not both");
  const now = clock.now();
  const to = at === undefined ? now : moment(at, now);
  // What is in a log, or has ended, does not come back.
  if (to < now) throw bad(`at: the clock is at ${new Date(now).toISOString()} and goes only forward`);
  if (stand) clock.stand();
  clock.step(typeof step === "string" ? spanMs(step) : (step ?? to - now));
  if (run) clock.run();
}

function parse<T extends z.ZodTypeAny>(model: T, body: unknown): z.output<T> {
  const result = model.safeParse(body);
  if (result.success) return result.data;
  const names = model instanceof z.ZodObject ? Object.keys(model.shape) : [];
  throw bad(problems(result.error, names));
}

type Handler = (box: Sandbox, body: unknown) => unknown;
const routes: Record<string, Handler> = {
  "GET /world": ({ world }) => dumpWorld(world),
  "PUT /world": (box, body) => {
    box.load(makeWorld(body, "sent"));
    return clockOf(box);
  },
  "GET /clock": clockOf,
  "POST /clock": (box, body) => {
    moveClock(box, parse(clockModel, body));
    return clockOf(box);
  },
  "GET /faults": ({ staged }) => staged.list(),
  "POST /faults": ({ staged }, body) => {
    const fault = parse(stagedModel, body);
    if (fault.action !== "*" && !served.some(({ fakes }) => Object.hasOwn(fakes, fault.action)))
      throw bad(`action: there is no ${fault.action}`);
    if (fault.code !== undefined && fault.drop) throw bad("a dropped connection answers no code: give code or drop");
    if (fault.code === undefined && !fault.drop && !fault.outcome && fault.delay === 0)
      throw bad("give delay, code, drop or outcome");
    if (fault.outcome && !LASTING.includes(fault.action))
      throw bad(
        `outcome: ${fault.action} is over when it answers; actions that set something going are ${LASTING.join(", ")}`,
      );
    if (fault.outcome && (fault.code !== undefined || fault.drop) && !fault.after)
      throw bad("what is not carried out has no outcome: add after, or leave out code and drop");
    staged.add(fault);
    return staged.list();
  },
  "DELETE /faults": ({ staged }) => {
    staged.clear();
    return staged.list();
  },
  "POST /diff": ({ world }, body) => {
    const { before, after } = parse(diffModel, body);
    if (!isDump(before) || (after !== undefined && !isDump(after))) throw bad("before and after must be dumps");
    return { differences: diff(before, after ?? JSON.parse(JSON.stringify(dumpWorld(world)))) };
  },
};

/** @param port any free one for 0 */
export async function startControl(box: Sandbox, port = 0): Promise<Control> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(`${JSON.stringify(body)}\n`);
    };
    try {
      answer(200, await serve(box, request));
    } catch (error) {
      const status = error instanceof ControlError ? error.status : error instanceof WorldError ? 400 : 500;
      answer(status, { error: (error as Error).message });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  server.unref();
  return {
    url: urlOf(server),
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

async function serve(box: Sandbox, request: IncomingMessage): Promise<unknown> {
  // A page in somebody's browser also reaches loopback; it cannot help to say where it comes from, one way or the other.
  const { origin, host = "", "sec-fetch-site": site = "none" } = request.headers;
  if (origin !== undefined || site !== "none" || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host))
    throw new ControlError(403, "not for web pages");
  const route = `${request.method} ${request.url}`;
  const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (!handler) throw new ControlError(404, `there is no ${route}; there are ${Object.keys(routes).join(", ")}`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_BODY) throw new ControlError(413, "the body is larger than 10 MB");
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks)
    .toString()
    .replace(/^\ufeff/, "");
  let body: unknown;
  try {
    body = text === "" ? undefined : JSON.parse(text);
  } catch (error) {
    throw bad(`the body is not JSON: ${(error as Error).message}`);
  }
  if (body === undefined && /^(POST|PUT) /.test(route)) throw bad(`${route} needs a body of JSON`);
  return handler(box, body);
}
