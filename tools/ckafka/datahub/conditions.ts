// What can come to nothing with data tasks: argument × state → refusal. Nobody is asked about that.
import { isMissing, Refusal } from "../../../src/model/errors.ts";
import { orNothing, type Read } from "../connect/reading.ts";
import { every } from "../previews/pages.ts";
import { TaskStatus } from "./codes.ts";

/** @throws Refusal where another task has the name */
export async function freeTaskName(read: Read, name: string, own?: string) {
  const found = await orNothing(() =>
    every(async (Offset) => {
      const { Result } = await read("DescribeDatahubTasks", { SearchWord: name, Limit: 100, Offset });
      return { items: Result.TaskList ?? [], total: Number(Result.TotalCount) };
    }),
  );
  const other = found?.items.find(({ TaskName, TaskId }) => TaskName === name && TaskId !== own);
  if (other) throw new Refusal(`a task named ${JSON.stringify(name)} exists already: ${other.TaskId}`);
}
/** @throws Refusal where a task has the id that the new one is to get */
export async function freeTaskId(read: Read, TaskId: string) {
  try {
    await read("DescribeDatahubTask", { TaskId });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  throw new Refusal(`a task ${TaskId} exists already`);
}

const { code } = TaskStatus;
/** In which states a task takes what. */
const TAKES = {
  paused: [code.running, code["pausing failed"]],
  resumed: [code.paused, code["resuming failed"]],
  restarted: [code.running, code.paused, code["creation failed"], code["pausing failed"], code["resuming failed"]],
} as const;
/** @throws Refusal where a task is in a state in which that cannot be done to it */
export function takes(what: keyof typeof TAKES, { TaskId, Status }: { TaskId: string; Status: number }) {
  const states: readonly number[] = TAKES[what];
  if (states.includes(Status)) return;
  const words = states.map((state) => `${TaskStatus.words[state as 0]} (${state})`);
  throw new Refusal(`task ${TaskId} is ${worded(Status)}; it can be ${what} when it is ${words.join(" or ")}`);
}
/** @throws Refusal where a task goes or is gone */
export function there({ TaskId, Status }: { TaskId: string; Status: number }) {
  if (Status === code["being deleted"] || Status === code.deleted)
    throw new Refusal(`task ${TaskId} is ${worded(Status)}`);
}
const worded = (status: number) => `${TaskStatus.words[status as 0] ?? "in an unknown state"} (${status})`;
