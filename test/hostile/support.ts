// What the attempts of a hostile agent are measured by: every request that reached the sandbox,
// and the sandbox's state.
import { Agent, request as forward } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import type { z } from "zod/v3";
import older from "../../sandbox/reference/2025-07.json" with { type: "json" };
import newer from "../../sandbox/reference/2026-08.json" with { type: "json" };
import type { Sandbox } from "../../sandbox/server/http.ts";
import { dumpWorld } from "../../sandbox/world/dump.ts";
import { parse } from "../../src/call/parse.ts";
import type { Confirm } from "../../src/guard/verdict.ts";
import type { AnyAction } from "../../src/model/action.ts";
import { bare } from "../../src/model/field.ts";
import { actions } from "../../tools/ckafka/actions.ts";
import { afterTest, sandbox, serve, smallWorld, temporaryFolder, terminal } from "../support/harness.ts";
import { endpoint } from "../support/http.ts";

type Given = Record<string, unknown>;
/** Every action there is, as the machine sees it. */
export const all = Object.entries(actions) as unknown as [string, AnyAction][];
export const changing = all.filter(([, action]) => action.effect !== "read");
const reading = new Set(all.filter(([, action]) => action.effect === "read").map(([name]) => name));

export interface Requested {
  action: string;
  region: string;
  /** As it came in, byte for byte. */
  body: string;
}
export interface Watched {
  /** The sandbox, reached through what writes every request down. */
  box: Sandbox;
  /** The requests that were not plain reads. */
  changes: () => Requested[];
  /** From here on nothing may change; what it returns checks that nothing did, and that nothing even tried. */
  watch: () => () => void;
}

export async function watched(world?: object): Promise<Watched> {
  const box = await sandbox(world);
  const requests: Requested[] = [];
  const agent = new Agent({ keepAlive: true });
  const url = await endpoint(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { headers } = incoming;
    const body = Buffer.concat(chunks);
    const [action, region] = [String(headers["x-tc-action"]), String(headers["x-tc-region"])];
    requests.push({ action, region, body: body.toString() });
    forward(box.url, { method: incoming.method, headers, agent }, (answer) => answer.pipe(response)).end(body);
  });
  afterTest(async () => agent.destroy());
  const changes = () => requests.filter(({ action }) => !reading.has(action));
  // Ids that were given out are not state: every read takes one.
  const state = () => JSON.stringify({ ...dumpWorld(box.world), made: 0 });
  const watch = () => {
    const [before, sent] = [state(), changes().length];
    return () => {
      expect(changes().slice(sent)).toEqual([]);
      expect(state()).toBe(before);
    };
  };
  return { box: { ...box, url }, changes, watch };
}

export const InstanceId = "ckafka-one";
export const deletion = { InstanceId, TopicName: "events" };
export const other = { InstanceId, TopicName: "quiet" };
export const noting = { ...deletion, Note: "new" };
export const ticketOf = (text: string) => /Ticket "([^"]+)"/.exec(text)?.[1] as string;
export const idIn = (text: string) => / approve ([0-9a-f]{8})/.exec(text)?.[1] as string;
export const WAITS = /was not carried out yet/;

/** A server in front of a watched sandbox, which a person approves for in a terminal where they do at all. */
export async function start(confirm: Confirm, args: string[] = [], making = watched(smallWorld)) {
  const under = await making;
  const dir = join(temporaryFolder(), "state");
  const again = () => serve(under.box, { args: ["--confirm", confirm, "--state-dir", dir, ...args] });
  const approving = (id: string, typed: string) => terminal(["approve", id, "--state-dir", dir], typed);
  const file = (folder: string, id: string) => join(dir, folder, `${id}.json`);
  return { ...under, ...(await again()), dir, again, approving, file };
}

type Definition = { actions: Record<string, { examples?: { request: { body?: object } }[] }> };

/** The first documented request of an action that our models take; undefined where there is none. */
export function documented(name: string, action: AnyAction): Given | undefined {
  const bodies = ([newer, older] as unknown as Definition[]).flatMap(({ actions }) =>
    (actions[name]?.examples ?? []).map(({ request }) => request.body as Given | undefined),
  );
  return bodies.find((body) => body && takes(name, action, body));
}

export function takes(name: string, action: AnyAction, given: Given): boolean {
  try {
    parse(name, action, given);
    return true;
  } catch {
    return false;
  }
}

/** Arguments of the kinds that a model asks for. Its refinements and rules need not be kept: nobody sends them. */
export function argumentsOf(wrapped: z.ZodTypeAny): fc.Arbitrary<unknown> {
  const model = bare(wrapped);
  const { typeName } = model._def;
  if (typeName === "ZodObject") {
    const fields = Object.entries((model as z.AnyZodObject).shape as z.ZodRawShape);
    const requiredKeys = fields.filter(([, field]) => !field.isOptional()).map(([key]) => key);
    return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, argumentsOf(field)])), { requiredKeys });
  }
  if (typeName === "ZodArray") return fc.array(argumentsOf(model._def.type), { minLength: 1, maxLength: 2 });
  if (typeName === "ZodUnion") return fc.oneof(...model._def.options.map(argumentsOf));
  if (typeName === "ZodEnum") return fc.constantFrom(...model._def.values);
  if (typeName === "ZodLiteral") return fc.constant(model._def.value);
  if (typeName === "ZodBoolean") return fc.boolean();
  if (typeName === "ZodNumber") return fc.integer({ min: -1, max: 1_000_000 });
  return fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
}
