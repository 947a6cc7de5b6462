// What previews read of connections, of the instances behind them, and of the tasks that use them.
import type { z } from "zod/v3";
import type { OutputOf, Reader } from "../../../src/model/action.ts";
import { CloudError, Refusal } from "../../../src/model/errors.ts";
import { type Given, leaves, type Path, pathText } from "../../../src/model/leaves.ts";
import { field, joined, type Line, quoted, say, several, worded } from "../../../src/model/line.ts";
import { type Finding, note, UNREAD } from "../../../src/model/preview.ts";
import { shown } from "../../../src/model/shown.ts";
import type { Actions } from "../actions.ts";
import { every } from "../previews/pages.ts";
import { connect } from "./actions.ts";
import { ChangeableType, ConnectionStatus } from "./codes.ts";

export type Read = Reader<Actions>;
export type Connection = OutputOf<Actions["DescribeConnectResource"]>["Result"];

/** What a read finds. Where the cloud refuses it, the person is told that of this one thing; mistakes of ours go on. */
export async function attempt(what: Line, find: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [note(say`${what} could not be read (${quoted(error.code)}).`)];
  }
}
/** What a read brings, or nothing where the cloud refuses it. */
export async function orNothing<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return undefined;
  }
}

/** Where a connection leads: all that it holds but what is secret. */
export function address(Result: Connection): Line {
  const told = leaves(connect.DescribeConnectResource.output.shape.Result, Result).filter(
    ({ path, value, meaning }) =>
      String(path[0]).endsWith("ConnectParam") &&
      path.at(-1) !== "IsUpdate" &&
      meaning?.is !== "secret" &&
      value !== null &&
      value !== "",
  );
  const settings = told.map(
    ({ path, value, meaning }) => say`${field(pathText(path.slice(1)))} ${shown(value, meaning)}`,
  );
  return settings.length > 0 ? joined(settings) : say`no address`;
}
/** A connection as it is now, so that leading it elsewhere changes what is shown. */
export const described = (Result: Connection): Line =>
  say`Connection ${quoted(Result.ResourceId)} ${quoted(Result.ResourceName)}: ${worded(ChangeableType.words, Result.Type)}, ${worded(ConnectionStatus.words, Result.Status)}, ${address(Result)}.`;

/** The instance of this region that a connection leads to, by its id. */
export function instanceBehind({ KafkaConnectParam: kafka }: Connection): string | undefined {
  const here = kafka && !kafka.Region && kafka.SelfBuilt !== true && kafka.Resource?.startsWith("ckafka-");
  return here ? (kafka.Resource as string) : undefined;
}

/** Whether a connection leads out of the cloud, to where others may read. */
export const outside = ({ KafkaConnectParam: kafka }: Connection): boolean =>
  kafka?.SelfBuilt === true || kafka?.NetworkType === "PUBLIC" || !kafka?.Resource;

/** States in which clients can work: running, and being upgraded. */
const USABLE = [1, 7];
/** @throws Refusal where there is no such instance, or none that can be used */
export async function usableInstance(read: Read, id: string): Promise<string> {
  if (!id.startsWith("ckafka-")) {
    const { Result } = await read("DescribeInstances", { SearchWord: id, Limit: 20 } as never);
    const [one] = (Result.InstanceList ?? []).filter(({ InstanceName }) => InstanceName === id);
    throw new Refusal(
      one
        ? `${JSON.stringify(id)} is the name of instance ${one.InstanceId}: give its id`
        : `${JSON.stringify(id)} is no id of an instance, which is like ckafka-1a2b3c4d; DescribeInstances lists them`,
    );
  }
  const { Result } = await read("DescribeInstances", { InstanceId: id, Limit: 1 } as never);
  const found = (Result.InstanceList ?? []).find(({ InstanceId }) => InstanceId === id);
  if (!found) throw new Refusal(`instance ${id} does not exist in this region; DescribeInstances lists what there is`);
  if (!USABLE.includes(Number(found.Status)))
    throw new Refusal(
      `instance ${id} is not running (Status ${found.Status}); DescribeInstances tells what the states mean`,
    );
  return found.InstanceName;
}

/** The tasks that use something, by its id. */
export async function tasksUsing(read: Read, Resource: string) {
  const { items, beyond } = await every(async (Offset) => {
    const { Result } = await read("DescribeDatahubTasks", { Resource, Limit: 100, Offset });
    return { items: Result.TaskList ?? [], total: Number(Result.TotalCount) };
  });
  return { tasks: items, all: items.length + beyond };
}
export type Users = Awaited<ReturnType<typeof tasksUsing>>;
/** Tasks by name and id; of many the first ones. */
export function listed({ tasks, all }: Users): Line {
  const each = tasks.map((task) => say`${quoted(task.TaskName)} (${quoted(task.TaskId)})`);
  return several(each, 10, all);
}
/** The same, for a sentence that is no line of a preview. */
export const spelt = ({ tasks, all }: Users): string => {
  const first = tasks.slice(0, 10).map(({ TaskName, TaskId }) => `${JSON.stringify(TaskName)} (${TaskId})`);
  return `${first.join(", ")}${all > first.length ? ` and ${all - first.length} more` : ""}`;
};

/**
 * Nobody is asked about what changes nothing.
 * @param except parameters that name what is changed, or only say how
 * @throws Refusal
 */
export function refuseUnchanged(model: z.ZodTypeAny, input: Given, today: object, except: string[], subject: string) {
  const changes = leaves(model, input).some(({ path, value, meaning }) => {
    if (except.includes(String(path.at(-1)))) return false;
    const from = at(today, path);
    return meaning?.is === "secret" || from === UNREAD || plain(from) !== plain(value);
  });
  if (!changes) throw new Refusal(`nothing would change on ${subject}: what is given is in force already`);
}
const at = (root: object, path: Path) =>
  path.reduce<unknown>((value, step) => (value === UNREAD ? value : (value as Given | null | undefined)?.[step]), root);
const plain = (value: unknown) =>
  JSON.stringify(value === undefined || value === "" ? null : value, (_, item) =>
    typeof item === "bigint" ? String(item) : item,
  );
